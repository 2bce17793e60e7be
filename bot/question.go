package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressQuestion stands in every button about a question; what it does is the
// word behind it: data(pressQuestion, "answer", number). These words stand inside
// buttons that live as long as their messages: they are added to, never changed.
const pressQuestion = "q"

// What is done with a question by button; its number follows.
const (
	questionAnswer   = "answer"   // [Jawab]
	questionForward  = "forward"  // [Teruskan]
	questionClarify  = "clarify"  // [Minta penjelasan]
	questionCard     = "card"     // shows the question as it stands
	questionText     = "text"     // [Teks lengkap]
	questionGoTo     = "goto"     // to whom it is forwarded
	questionYes      = "yes"      // [Terjawab]
	questionNo       = "no"       // [Belum terjawab]
	questionWithdraw = "withdraw" // [Batalkan]
	questionUndo     = "undo"     // [Urungkan]
	questionList     = "list"     // turns the page of a list; the page follows
)

// What is done by button with what somebody wrote and has not confirmed; the id
// of the draft follows.
const (
	questionTo     = "to"     // to whom a question is put
	questionName   = "name"   // [Ya], [Tanpa nama]
	questionSend   = "send"   // [Kirim], [Tambahkan]
	questionChange = "change" // [Ubah]
	questionLeave  = "leave"  // [Biarkan]
	questionInvite = "invite" // [Kirim + undangan]
)

// pressQuestion answers a press on a message about a question.
func (r *request) pressQuestion(arguments pressArguments) error {
	press, known := questionPresses()[arguments.text(0)]
	if !known || len(arguments) < 2 {
		return r.stale()
	}
	return press(r, arguments.number(1), arguments[2:])
}

// questionPress answers a press about the thing with this number.
type questionPress func(r *request, number int64, rest pressArguments) error

func questionPresses() map[string]questionPress {
	return map[string]questionPress{
		questionAnswer: (*request).pressAnswer, questionForward: (*request).pressForward, questionClarify: (*request).pressClarify,
		questionCard: (*request).pressQuestionCard, questionText: (*request).pressQuestionText, questionGoTo: (*request).pressGoTo,
		questionYes: (*request).pressAnswered, questionNo: (*request).pressNotAnswered, questionWithdraw: (*request).pressWithdraw,
		questionTime: (*request).pressQuestionTime,
		questionUndo: (*request).pressQuestionUndo, questionList: (*request).pressQuestions,
		questionTo: (*request).pressTo, questionName: (*request).pressName, questionSend: (*request).pressSend,
		questionChange: (*request).pressChange, questionLeave: (*request).pressLeaveBe, questionInvite: (*request).pressSendInvite,
	}
}

// What messages about a question are, beside its reference: it decides what a
// reply to them means. These words stand in the database: they are added to, never changed.
const (
	cardQuestion   = "question"         // the card of those to whom it is put: a reply is an answer
	cardAsked      = "question asked"   // what the asker was told
	cardAnswer     = "question answer"  // an answer that has reached the asker; its place in the list follows
	cardDraft      = "question draft"   // an answer before it leaves; the id of the draft follows
	aboutClarify   = "question clarify" // asks what the asker is to explain
	aboutExplain   = "question explain" // asks the asker to explain
	aboutRedo      = "question redo"    // asks for an answer anew; the id of the draft follows
	aboutUnclear   = "question missing" // asks the asker what is missing
	aboutQuestions = "questions"        // a list
)

// replyToQuestion takes a reply to a message about a question.
func (r *request) replyToQuestion() error {
	q, err := r.question(r.about.Number)
	if err != nil {
		return err
	}
	kind, id := splitKind(r.aboutAs)
	switch kind {
	case aboutClarify:
		return r.clarify(q, r.text)
	case aboutExplain, cardAsked:
		return r.explainQuestion(q)
	case cardAnswer, aboutUnclear:
		return r.tellMissing(q)
	case cardDraft, aboutRedo:
		return r.redo(id, r.text, filesOf(r.message))
	}
	return r.takeAnswer(q, r.text, filesOf(r.message))
}

// kindOf and splitKind join a kind of message and the number that it carries.
func kindOf(kind string, number int64) string { return kind + ":" + idText(number) }

func splitKind(about string) (kind string, number int64) {
	kind, digits, _ := strings.Cut(about, ":")
	return kind, pressArguments{digits}.number(0)
}

// planQuestion keeps the reminders and what was said today in step with a question
// that a change has left as it is kept now, in the same transaction.
func (r *request) planQuestion(q council.Question) error {
	stay := func(reminder council.Reminder) bool { return r.city.Timing.StaysFor(q, reminder, r.now) }
	if err := r.tx.PlanReminders(q.Reference(), council.PlanQuestion(q, r.now, r.city.Timing), stay); err != nil {
		return err
	}
	return r.refreshDigests(q.Reference())
}

// question finds a question.
func (r *request) question(number int64) (council.Question, error) {
	q, err := r.tx.Question(number)
	if errors.Is(err, store.ErrNotFound) {
		return q, council.Refuse("no_such_thing", "Reference", council.Reference{Letter: council.QuestionLetter, Number: number}.String())
	}
	return q, err
}

// questionNamed is the question that a command names by its first word, or by
// replying to a message about it; 0 for none. The rest is what follows.
func (r *request) questionNamed() (number int64, rest string) {
	word, after := firstWord(r.text)
	if reference, ok := council.ParseReference(word); ok && reference.Letter == council.QuestionLetter {
		return reference.Number, after
	}
	if r.about.Letter == council.QuestionLetter {
		return r.about.Number, r.text
	}
	return 0, r.text
}

// keepQuestion keeps what a change has made of a question, with all that follows
// from that: the record, the reminders, and what stands in the chats.
func (r *request) keepQuestion(q council.Question, kind council.EventKind, words string, detail ...string) error {
	if err := r.tx.SaveQuestion(q); err != nil {
		return err
	}
	detail = append(detail, council.DetailGroup, idText(q.FromGroup), council.DetailTo, idText(q.To.GroupID))
	if err := r.record(q.Reference(), kind, words, detail...); err != nil {
		return err
	}
	if err := r.planQuestion(q); err != nil {
		return err
	}
	return r.refreshQuestion(q)
}

// canUndo keeps how a question was, so that its last change can be undone for a while.
func (r *request) canUndo(before, after council.Question) error {
	return r.tx.KeepUndo(store.Undo{
		Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now,
	}, before)
}
