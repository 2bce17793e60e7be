package council

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// Telegram's limits of a poll, in characters.
const (
	PollQuestionLimit = 300
	PollOptionLimit   = 100
	PollFewestOptions = 2 // Telegram takes one, which is no choice
	PollMostOptions   = 12
)

// PollState is where a poll stands as a whole.
type PollState string

// States of a poll. While it is closing or being cancelled, the groups in which it
// stands are being told so, and the last counts come in.
const (
	PollOpen       PollState = "open"
	PollClosing    PollState = "closing"
	PollClosed     PollState = "closed"
	PollCancelling PollState = "cancelling"
	PollCancelled  PollState = "cancelled"
)

// Ended tells whether nobody is to vote any more.
func (s PollState) Ended() bool { return s != PollOpen }

// Settled is the state in which a poll that is being closed or cancelled ends.
func (s PollState) Settled() PollState {
	switch s {
	case PollClosing:
		return PollClosed
	case PollCancelling:
		return PollCancelled
	}
	return s
}

// Steps of a poll, which the bot takes itself.
const (
	StepPollClose  Step = "poll_close"  // its time is over
	StepPollShow   Step = "poll_show"   // votes have come in, which its cards are to show
	StepPollSettle Step = "poll_settle" // the counts that are known are the last ones
)

// Poll is one question with a choice, put to several groups at once.
type Poll struct {
	Number    int64
	Question  string
	Options   []string
	Several   bool     // of the options more than one may be chosen
	Named     bool     // Telegram shows in the groups who chose what; the counts are all that is kept here
	Deadline  Deadline // zero: until somebody closes it
	State     PollState
	CreatedBy int64
	CreatedAt time.Time
	ClosedAt  time.Time
	Version   int64
}

// Reference names the poll.
func (p Poll) Reference() Reference { return Reference{PollLetter, p.Number} }

// Check tells what of a poll Telegram does not take: "poll_question_long",
// "poll_few_options", "poll_many_options", "poll_option_long",
// "poll_option_twice"; nil when nothing stands against it.
func (p Poll) Check() *Refusal {
	if length := utf8.RuneCountInString(p.Question); length > PollQuestionLimit {
		return Refuse("poll_question_long", "Length", strconv.Itoa(length), "Most", strconv.Itoa(PollQuestionLimit))
	}
	count := strconv.Itoa(len(p.Options))
	switch {
	case len(p.Options) < PollFewestOptions:
		return Refuse("poll_few_options", "Count", count, "Fewest", strconv.Itoa(PollFewestOptions))
	case len(p.Options) > PollMostOptions:
		return Refuse("poll_many_options", "Count", count, "Most", strconv.Itoa(PollMostOptions))
	}
	for i, option := range p.Options {
		if length := utf8.RuneCountInString(option); length > PollOptionLimit {
			return Refuse("poll_option_long", "Option", option, "Length", strconv.Itoa(length), "Most", strconv.Itoa(PollOptionLimit))
		}
		if slices.Contains(p.Options[:i], option) {
			return Refuse("poll_option_twice", "Option", option)
		}
	}
	return nil
}

// End begins to close or to cancel an open poll; state is PollClosing or
// PollCancelling. Whoever comes second is refused with "poll_ended".
func (p Poll) End(state PollState, now time.Time) (Poll, error) {
	if p.State.Ended() {
		return p, Refuse("poll_ended", "Reference", p.Reference().String())
	}
	p.State, p.ClosedAt = state, now
	p.Version++
	return p, nil
}

// PollCopyState is where a poll stands in one group.
type PollCopyState string

// States of a copy. A missing one counts with what was known of it.
const (
	CopyWaiting  PollCopyState = "waiting"  // to be posted
	CopyPosted   PollCopyState = "posted"   // people can vote
	CopyStopping PollCopyState = "stopping" // Telegram is asked to close it
	CopyStopped  PollCopyState = "stopped"  // it is closed, and its last counts are awaited
	CopyFinal    PollCopyState = "final"    // its last counts are known
	CopyMissing  PollCopyState = "missing"  // Missing says why
)

// Why a copy is missing.
const (
	MissingLeft    = "left"    // the bot is no longer in the group
	MissingRefused = "refused" // the group does not let the bot post polls
	MissingDeleted = "deleted" // its message is gone, as with its topic
	MissingMoved   = "moved"   // the group became a supergroup, and the poll stayed behind
	MissingUnsent  = "unsent"  // it was closed before it was posted
	MissingUnknown = "unknown" // nobody knows whether it was posted or closed
)

// PollCopy is a poll as it stands in one group.
type PollCopy struct {
	ID         int64
	Poll       int64
	GroupID    int64
	Kind       GroupKind // of the group when it was posted
	ChatID     int64
	ThreadID   int
	MessageID  int    // 0: not posted, or out of reach
	TelegramID string // of Telegram's own poll
	State      PollCopyState
	Missing    string // why, for CopyMissing
	Tally      Tally
}

// Tally is what people chose, in absolute numbers.
type Tally struct {
	Votes  []int // by option
	Voters int
	Final  bool // it was counted after the poll was closed
}

// Posted tells whether it was ever known to stand in its group.
func (c PollCopy) Posted() bool { return c.TelegramID != "" || c.MessageID != 0 }

// Settled tells whether nothing more is waited for.
func (c PollCopy) Settled() bool { return c.State == CopyFinal || c.State == CopyMissing }

// Count takes the numbers that Telegram tells, which are absolute: the same again
// changes nothing, and none that come late count after the final ones. It
// tells whether anything changed. Numbers of other options than there are, as of a
// poll that is none of the bot's, are passed over.
func (c PollCopy) Count(tally Tally, options int) (PollCopy, bool) {
	if c.Tally.Final || len(tally.Votes) != options {
		return c, false
	}
	changed := tally.Final || tally.Voters != c.Tally.Voters || !slices.Equal(tally.Votes, c.Tally.Votes)
	c.Tally = tally
	if tally.Final && c.State != CopyMissing {
		c.State = CopyFinal
	}
	return c, changed
}

// Lose makes a copy missing, unless its last counts are known.
func (c PollCopy) Lose(why string) PollCopy {
	if !c.Settled() {
		c.State, c.Missing = CopyMissing, why
	}
	return c
}

// PollSum is the outcome of a poll over some groups.
type PollSum struct {
	Groups int // that were asked
	Asked  int // of these, in which it was posted
	Votes  []int
	Voters int
}

// PollResult is the outcome over all groups and by kind of group.
type PollResult struct {
	PollSum
	ByKind  map[GroupKind]PollSum
	Missing []PollCopy // groups that are not counted to the end
}

// Result adds up the copies of a poll with so many options.
func Result(copies []PollCopy, options int) PollResult {
	result := PollResult{PollSum: PollSum{Votes: make([]int, options)}, ByKind: make(map[GroupKind]PollSum)}
	for _, one := range copies {
		kind := result.ByKind[one.Kind]
		if kind.Votes == nil {
			kind.Votes = make([]int, options)
		}
		result.add(one)
		kind.add(one)
		result.ByKind[one.Kind] = kind
		if one.State == CopyMissing && !one.Tally.Final {
			result.Missing = append(result.Missing, one)
		}
	}
	return result
}

func (s *PollSum) add(one PollCopy) {
	s.Groups++
	if one.Posted() {
		s.Asked++
	}
	s.Voters += one.Tally.Voters
	for i, votes := range one.Tally.Votes {
		s.Votes[i] += votes
	}
}

// AllSettled tells whether the outcome is the last one.
func AllSettled(copies []PollCopy) bool {
	return !slices.ContainsFunc(copies, func(one PollCopy) bool { return !one.Settled() })
}
