package council

import (
	"slices"
	"time"
)

// QuestionState is where a question stands in its life (product.md, "Lives of things").
type QuestionState string

// States of a question.
const (
	QuestionSent       QuestionState = "sent"       // asked, and nobody could be reached with it yet
	QuestionWaiting    QuestionState = "waiting"    // it waits for an answer
	QuestionClarifying QuestionState = "clarifying" // the asker was asked to explain it; the clock stands still
	QuestionAnswered   QuestionState = "answered"
	QuestionClosed     QuestionState = "closed"
)

// QuestionOutcome is how a closed question ended.
type QuestionOutcome string

// Outcomes of a question.
const (
	OutcomeAnswered   QuestionOutcome = "answered"   // the asker says so
	OutcomeUnanswered QuestionOutcome = "unanswered" // the asker says for the second time that it is not
	OutcomeWithdrawn  QuestionOutcome = "withdrawn"  // the asker took it back
)

// Addressee is to whom a question is put: a group, a member, or whoever is in a
// position. Exactly one is set.
type Addressee struct {
	GroupID    int64
	MemberID   int64
	PositionID int64
}

// Place is a message in a chat, or the chat alone.
type Place struct {
	ChatID    int64
	ThreadID  int
	MessageID int // 0: no message that could be replied to
}

// Question is what is asked across groups and answered across groups. Nothing but
// its text, its files and, if the asker wishes, the asker's name crosses.
type Question struct {
	Number     int64
	AskerID    int64
	Named      bool   // the asker's name may be shown
	ShownAs    string // that name, as the asker saw it when letting it be shown; empty without
	FromGroup  int64  // the group in which it was asked; 0: in private
	Origin     Place  // the message that asked: the answer is a reply to it
	To         Addressee
	Text       string
	Edited     bool // the text was corrected after it was asked
	State      QuestionState
	Outcome    QuestionOutcome // once it is closed
	AskedAt    time.Time
	Target     time.Time // by when it should be answered
	Workdays   int       // how many working days the target gives
	StoodFrom  time.Time // since when the clock stands still; zero while it runs
	Stood      int       // for how many working days it has stood still
	Answers    []Answer  // the first one, and what was added to it
	ReopenedAt time.Time // when the asker said that it is not answered; zero: never
	NeedsUntil time.Time // until when those who are to answer have said that they need; zero: nothing was said
	Escalated  bool      // it has been taken to the position above
	Version    int64     // grows with every change
}

// Answer is an answer to a question, or what somebody added to it.
type Answer struct {
	MemberID   int64 // who answered
	RecordedBy int64 // the coordinator who recorded it on behalf; 0: nobody
	Text       string
	At         time.Time
	Delivered  bool // it is on its way to the asker; false while the asker cannot be reached
}

// Limits of questions: QuestionWorkdays is the usual target (domain.md section 7),
// the others are in runes.
const (
	QuestionWorkdays = 5
	QuestionLimit    = 1500
	AnswerLimit      = 3000
	needLimit        = 60      // days for which more time may be asked
	questionHour     = 16 * 60 // a target day ends at 16.00
)

// NewQuestion is a question as it is asked at a moment. reached tells whether those
// to whom it is put can be reached.
func NewQuestion(asked Question, reached bool, now time.Time, calendar Calendar) Question {
	asked.State, asked.AskedAt, asked.Version = QuestionSent, now, 1
	if reached {
		asked.State = QuestionWaiting
	}
	if asked.Workdays == 0 {
		asked.Workdays = QuestionWorkdays
	}
	asked.Target = targetAfter(now, asked.Workdays, calendar)
	return asked
}

// targetAfter is 16.00 on the last of so many working days after a moment's own day.
func targetAfter(now time.Time, workdays int, calendar Calendar) time.Time {
	return calendar.at(calendar.addWorkdays(calendar.Day(now), workdays), questionHour).UTC()
}

// Reference of the question.
func (q Question) Reference() Reference { return Reference{QuestionLetter, q.Number} }

// Open tells whether an answer is still to come.
func (q Question) Open() bool {
	return q.State == QuestionSent || q.State == QuestionWaiting || q.State == QuestionClarifying
}

// Late tells whether the target has passed without an answer. While the asker is
// asked to explain, the question is not late.
func (q Question) Late(now time.Time) bool {
	return q.waits() && now.After(q.Target)
}

// waits tells whether the clock runs and no answer has come.
func (q Question) waits() bool { return q.State == QuestionSent || q.State == QuestionWaiting }

// AnsweredAt is when the last word of an answer was given; zero if there is none.
func (q Question) AnsweredAt() time.Time {
	if len(q.Answers) == 0 {
		return time.Time{}
	}
	return q.Answers[len(q.Answers)-1].At
}

// Took is how many working days after the day of asking it took until the first
// answer of its present round, without those on which the clock stood still; until
// now where there is none.
func (q Question) Took(now time.Time, calendar Calendar) int {
	until := now
	if !q.Open() && len(q.Answers) > 0 {
		until = q.StoppedWaiting()
	}
	return max(0, calendar.workdaysBetween(q.AskedAt, until)-q.Stood)
}

// Added tells whether an answer adds to the one before it: the question was not
// opened again between the two.
func (q Question) Added(index int) bool {
	if index == 0 || q.ReopenedAt.IsZero() {
		return index > 0
	}
	return q.Answers[index-1].At.After(q.ReopenedAt) || q.Answers[index].At.Before(q.ReopenedAt)
}

// StoppedWaiting is when the first answer of the present round came: what is added to
// an answer afterwards does not make it later. Without one it is when the last answer
// came; zero if there is none.
func (q Question) StoppedWaiting() time.Time {
	for _, answer := range q.Answers {
		if !answer.At.Before(q.roundBegan()) {
			return answer.At
		}
	}
	return q.AnsweredAt()
}

// roundBegan is when the present round began: with asking, or with saying that it
// is not answered.
func (q Question) roundBegan() time.Time {
	if q.ReopenedAt.IsZero() {
		return q.AskedAt
	}
	return q.ReopenedAt
}

// InTime tells whether the first answer of its present round came by the target.
func (q Question) InTime() bool {
	return !q.Open() && len(q.Answers) > 0 && !q.StoppedWaiting().After(q.Target)
}

// refuse names why something cannot be done to the question as it stands.
func (q Question) refuse(code string) *Refusal {
	return Refuse(code, "Reference", q.Reference().String())
}

// Reach records that those to whom it is put can be reached now.
func (q Question) Reach() Question {
	if q.State == QuestionSent {
		q.State = QuestionWaiting
		q.Version++
	}
	return q
}

// Lose records that those to whom it is put cannot be reached any more. One that
// the asker was asked to explain goes on waiting for that.
func (q Question) Lose() Question {
	if q.State == QuestionWaiting {
		q.State = QuestionSent
		q.Version++
	}
	return q
}

// Reword corrects the text of a question that waits. Refusals: "question_answered",
// "question_closed".
func (q Question) Reword(text string) (Question, error) {
	if err := q.ended(); err != nil {
		return q, err
	}
	q.Text, q.Edited = text, true
	q.Version++
	return q, nil
}

// Forward puts the question to somebody else; the target stays. Refusals:
// "question_answered", "question_closed", "question_same_addressee".
func (q Question) Forward(to Addressee, reached bool) (Question, error) {
	if err := q.ended(); err != nil {
		return q, err
	}
	if to == q.To {
		return q, q.refuse("question_same_addressee")
	}
	q.To, q.NeedsUntil = to, time.Time{} // who is asked now has not said anything
	if q.State == QuestionSent && reached {
		q.State = QuestionWaiting
	} else if q.State == QuestionWaiting && !reached {
		q.State = QuestionSent
	}
	q.Version++
	return q, nil
}

// ended refuses what is possible only before an answer.
func (q Question) ended() error {
	switch q.State {
	case QuestionAnswered:
		return q.refuse("question_answered")
	case QuestionClosed:
		return q.refuse("question_closed")
	}
	return nil
}

// Clarify asks the asker to explain: the clock stands still from now on. Asked
// again before the explanation has come, it goes on standing. Refusals:
// "question_answered", "question_closed".
func (q Question) Clarify(now time.Time) (Question, error) {
	if err := q.ended(); err != nil {
		return q, err
	}
	q.State = QuestionClarifying
	q.Version++
	return q.stop(now), nil
}

// Explain takes the asker's explanation: the clock goes on, and the target moves by
// the whole working days for which it stood. Refusal: "question_not_clarifying".
func (q Question) Explain(now time.Time, calendar Calendar) (Question, error) {
	if q.State != QuestionClarifying {
		return q, q.refuse("question_not_clarifying")
	}
	q.State = QuestionWaiting
	q.Version++
	return q.goOn(now, calendar), nil
}

func (q Question) stop(now time.Time) Question {
	if q.StoodFrom.IsZero() {
		q.StoodFrom = now
	}
	return q
}

func (q Question) goOn(now time.Time, calendar Calendar) Question {
	stood := calendar.workdaysBetween(q.StoodFrom, now)
	q.StoodFrom, q.Stood = time.Time{}, q.Stood+stood
	if stood > 0 {
		q.Target = calendar.at(calendar.addWorkdays(calendar.Day(q.Target), stood), questionHour).UTC()
	}
	return q
}

// Reply answers the question. Whoever answers second sees the first answer, and may
// Add to it. Refusals: "question_answered", "question_closed".
func (q Question) Reply(answer Answer, calendar Calendar) (Question, error) {
	if err := q.ended(); err != nil {
		return q, err
	}
	if q.State == QuestionClarifying {
		q = q.goOn(answer.At, calendar)
	}
	q.State = QuestionAnswered
	return q.with(answer), nil
}

// Add adds to an answer that was given. Refusals: "question_not_answered",
// "question_closed".
func (q Question) Add(answer Answer) (Question, error) {
	switch {
	case q.State == QuestionClosed:
		return q, q.refuse("question_closed")
	case q.State != QuestionAnswered:
		return q, q.refuse("question_not_answered")
	}
	return q.with(answer), nil
}

func (q Question) with(answer Answer) Question {
	q.Answers = append(slices.Clone(q.Answers), answer)
	q.Version++
	return q
}

// Close ends an answered question because the asker says that it is answered.
// Refusals: "question_not_answered", "question_closed".
func (q Question) Close() (Question, error) {
	switch {
	case q.State == QuestionClosed:
		return q, q.refuse("question_closed")
	case q.State != QuestionAnswered:
		return q, q.refuse("question_not_answered")
	}
	return q.close(OutcomeAnswered), nil
}

// Reopen lets an answered question wait again because the asker says that it is
// not answered, with a target as long as the first; the second time it is closed
// as unanswered. Refusals: "question_not_answered", "question_closed".
func (q Question) Reopen(now time.Time, calendar Calendar) (Question, error) {
	switch {
	case q.State == QuestionClosed:
		return q, q.refuse("question_closed")
	case q.State != QuestionAnswered:
		return q, q.refuse("question_not_answered")
	case !q.ReopenedAt.IsZero():
		return q.close(OutcomeUnanswered), nil
	}
	q.Stood += calendar.workdaysBetween(q.AnsweredAt(), now)
	q.State, q.ReopenedAt, q.NeedsUntil, q.Escalated = QuestionWaiting, now, time.Time{}, false
	q.Target = targetAfter(now, q.Workdays, calendar)
	q.Version++
	return q, nil
}

// Withdraw takes back a question that is not answered. Refusals:
// "question_answered", "question_closed".
func (q Question) Withdraw() (Question, error) {
	if err := q.ended(); err != nil {
		return q, err
	}
	return q.close(OutcomeWithdrawn), nil
}

func (q Question) close(outcome QuestionOutcome) Question {
	q.State, q.Outcome, q.StoodFrom = QuestionClosed, outcome, time.Time{}
	q.Version++
	return q
}

// NeedTime records until which day those who are to answer need; the target stays
// as it was promised. Refusals: "question_answered", "question_closed",
// "question_clarifying" (the clock stands still anyway), "question_need_past" for
// today and before, "question_need_far" for more than sixty days ahead.
func (q Question) NeedTime(until Day, now time.Time, calendar Calendar) (Question, error) {
	if err := q.ended(); err != nil {
		return q, err
	}
	ahead := until.Sub(calendar.Day(now))
	switch {
	case q.State == QuestionClarifying:
		return q, q.refuse("question_clarifying")
	case ahead <= 0:
		return q, q.refuse("question_need_past")
	case ahead > needLimit:
		return q, q.refuse("question_need_far")
	}
	q.NeedsUntil = calendar.at(until, questionHour).UTC()
	q.Version++
	return q, nil
}

// Escalate records that the question has been taken to the position above. It may
// be, once in each round, and not while the asker is asked to explain.
func (q Question) Escalate(now time.Time) (Question, bool) {
	if q.Escalated || !q.Late(now) {
		return q, false
	}
	q.Escalated = true
	q.Version++
	return q, true
}
