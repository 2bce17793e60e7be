package council

import "time"

// IdeaState is where an idea stands in its life (product.md, "Lives of things").
type IdeaState string

// States of an idea.
const (
	IdeaSubmitted   IdeaState = "submitted"
	IdeaUnderReview IdeaState = "under_review" // the council was shown it
	IdeaNeedsDetail IdeaState = "needs_detail" // the submitter was asked; the clock stands still
	IdeaDeliberated IdeaState = "deliberated"  // enough of the council have scored it
	IdeaApproved    IdeaState = "approved_trial"
	IdeaPostponed   IdeaState = "postponed"
	IdeaNotNow      IdeaState = "not_now"
	IdeaMerged      IdeaState = "merged"
	IdeaTrial       IdeaState = "trial"
	IdeaAdopted     IdeaState = "adopted"
	IdeaWithdrawn   IdeaState = "withdrawn" // the submitter took it back
)

// IdeaStates lists the states in the order in which an idea goes through them.
var IdeaStates = []IdeaState{IdeaSubmitted, IdeaUnderReview, IdeaNeedsDetail, IdeaDeliberated, IdeaApproved,
	IdeaPostponed, IdeaNotNow, IdeaMerged, IdeaTrial, IdeaAdopted, IdeaWithdrawn}

// Undecided tells whether a decision is still to come.
func (s IdeaState) Undecided() bool {
	return s == IdeaSubmitted || s == IdeaUnderReview || s == IdeaNeedsDetail || s == IdeaDeliberated
}

// Stage is the stage that the Indeks Inovasi Daerah knows (domain.md section 6):
// "initiative", "trial" or "implementation"; empty for what is not taken forward.
func (s IdeaState) Stage() string {
	switch s {
	case IdeaTrial:
		return "trial"
	case IdeaAdopted:
		return "implementation"
	case IdeaPostponed, IdeaNotNow, IdeaMerged, IdeaWithdrawn:
		return ""
	}
	return "initiative"
}

// HeldReason is why an idea waits for a coordinator before anybody else sees it.
type HeldReason string

// Reasons for which an idea is held.
const (
	HeldNot    HeldReason = ""
	HeldSpam   HeldReason = "spam"   // links and offers
	HeldRepeat HeldReason = "repeat" // the same words from the same person
)

// Idea is an innovation proposed by anyone. Its words stay as they were written.
type Idea struct {
	Number      int64
	SubmitterID int64
	Named       bool // the submitter's name may be shown
	FromGroup   int64
	Origin      Place // the message that gave it
	Title       string
	Text        string
	Problem     string // what the problem is and who feels it
	Benefit     string
	Dimension   Dimension
	NeedsBudget bool // to be carried into Musrenbang (domain.md section 8)
	Complaint   bool // it is likely a complaint as well, and was pointed to SP4N-LAPOR!
	Held        HeldReason
	State       IdeaState
	CreatedAt   time.Time
	StateSince  time.Time
	ReviewBy    time.Time // by when the council should have seen it
	DecideBy    time.Time // by when it should be decided
	StoodFrom   time.Time // since when the clock stands still; zero while it runs
	Resumes     IdeaState // in which state it goes on when the clock runs again
	Review      Review
	Decision    IdeaDecision
	MergedInto  int64 // 0: it stands for itself
	MergedAt    time.Time
	MergedFrom  IdeaState // in which state it was merged
	TrialAt     time.Time // when its trial began; zero: not yet
	Version     int64     // grows with every change
}

// Review is the council's round of scoring.
type Review struct {
	OpenedAt time.Time // zero: not opened
	Until    time.Time
	Quorum   int         // so many scores at least
	Rubric   []Criterion // as it was when the review was opened
}

// IdeaDecision is what the council decided, and why.
type IdeaDecision struct {
	State    IdeaState // IdeaApproved, IdeaPostponed or IdeaNotNow; empty: none
	Reason   string
	MemberID int64 // who decided
	OnBehalf int64 // the coordinator who recorded it; 0: nobody
	At       time.Time
	ToldAt   time.Time // when everybody was told; zero: not yet
}

// Limits of ideas, in runes.
const (
	IdeaTitleLimit  = 120
	IdeaTextLimit   = 3500
	IdeaDetailLimit = 1500
	ReasonLimit     = 1000
)

// How many ideas somebody of a community may give: on one day, and within a minute;
// and people outside every group on one day: each of them, and all together.
const (
	IdeasADay           = 5
	IdeasAMinute        = 2
	StrangersIdeasADay  = 1
	StrangersIdeasInAll = 20
)

// Service targets of ideas in working days, and for how long a merge can be undone.
const (
	ReceiptWorkdays  = 1
	ReviewWorkdays   = 5
	DecisionWorkdays = 20
	UnmergeDays      = 7
)

// NewIdea is an idea as it is given at a moment. Its targets stay what they are when the
// city's clocks change.
func NewIdea(given Idea, now time.Time, timing Timing) Idea {
	clocks := timing.clocks()
	given.State, given.CreatedAt, given.StateSince, given.Version = IdeaSubmitted, now, now, 1
	given.ReviewBy = targetAfter(now, clocks.Review, timing.Calendar)
	given.DecideBy = targetAfter(now, clocks.Decision, timing.Calendar)
	return given
}

// Reference of the idea.
func (i Idea) Reference() Reference { return Reference{IdeaLetter, i.Number} }

// LateReview tells whether the council should have seen the idea and has not.
func (i Idea) LateReview(now time.Time) bool {
	return i.State == IdeaSubmitted && i.Held == HeldNot && now.After(i.ReviewBy)
}

// LateDecision tells whether the idea should be decided and is not. While the
// submitter is asked, it is not late.
func (i Idea) LateDecision(now time.Time) bool {
	return i.State.Undecided() && i.State != IdeaNeedsDetail && i.Held == HeldNot && now.After(i.DecideBy)
}
