package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// asked finds a question of the person who presses; others are told that only the
// asker may.
func (r *request) asked(number int64) (q council.Question, mine bool, err error) {
	if q, err = r.question(number); err != nil {
		return q, false, err
	}
	if q.AskerID != r.actor.ID {
		return q, false, r.alert(r.speak.Say("question.toast.only_asker"))
	}
	return q, true, nil
}

// verdictRow asks the asker whether a question is answered.
func verdictRow(speak locale.Speaker, q council.Question) []store.Button {
	return []store.Button{button(speak, "question_yes", pressQuestion, questionYes, q.Number), button(speak, "question_no", pressQuestion, questionNo, q.Number)}
}

// pressAnswered closes a question: the asker says that it is answered.
func (r *request) pressAnswered(number int64, _ pressArguments) error {
	q, mine, err := r.asked(number)
	if err != nil || !mine {
		return err
	}
	after, err := q.Close()
	if err != nil {
		return err
	}
	if err := r.judge(q, after, council.EventClosed); err != nil {
		return err
	}
	return r.toast(r.speak.Say("question.toast.closed"))
}

// pressNotAnswered opens a question again, once; the second time it is closed as
// unanswered, and the coordinators hear of it.
func (r *request) pressNotAnswered(number int64, _ pressArguments) error {
	q, mine, err := r.asked(number)
	if err != nil || !mine {
		return err
	}
	after, err := q.Reopen(r.now, r.city.Timing.Calendar)
	if err != nil {
		return err
	}
	kind := council.EventReopened
	if after.State == council.QuestionClosed {
		kind = council.EventClosed
	}
	if err := r.judge(q, after, kind); err != nil {
		return err
	}
	if after.State == council.QuestionClosed {
		if err := r.tellCoordinatorsOfQuestion(after, r.closedText(after)); err != nil {
			return err
		}
		return r.toast(r.speak.Say("question.toast.closed_unanswered"))
	}
	if r.private {
		dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogQuestion, Step: aboutUnclear, Data: idText(q.Number)}
		if err := r.tx.SetDialog(dialog, r.now); err != nil {
			return err
		}
	}
	return r.toast(r.speak.Say("question.toast.reopened"))
}

// judge keeps what the asker says of an answer, and tells those who gave it.
func (r *request) judge(before, after council.Question, kind council.EventKind) error {
	places, err := r.addresseePlaces(after.To)
	if err != nil {
		return err
	}
	if len(places) == 0 {
		after = after.Lose()
	}
	if err := r.canUndo(before, after); err != nil {
		return err
	}
	if err := r.keepQuestion(after, kind, "", "outcome", string(after.Outcome)); err != nil {
		return err
	}
	if after.Open() {
		return r.bringQuestion(after, places)
	}
	return r.sayToAddressee(after, r.closedText(after), nil)
}

// closedText says how a question ended, and how long the answer took.
func (r *request) closedText(q council.Question) func(speaker) string {
	return func(speak speaker) string {
		return speak.Say("question.closed."+string(q.Outcome), "Reference", q.Reference().String(),
			"Took", q.Took(r.now, r.city.Timing.Calendar), "Workdays", q.Workdays)
	}
}

// tellMissing passes on what the asker misses in an answer.
func (r *request) tellMissing(q council.Question) error {
	words := strings.TrimSpace(r.text)
	switch {
	case q.AskerID != r.actor.ID:
		return nil // what others in the group say about an answer stays there
	case words == "" && len(filesOf(r.message)) == 0:
		return nil
	case q.State == council.QuestionAnswered:
		return r.reply(r.speak.Say("question.verdict.which", "Reference", q.Reference().String()), verdictRow(r.speak, q))
	case !q.Open() || q.ReopenedAt.IsZero():
		return r.reply(r.speak.Say("question.verdict.after_closing", "Reference", q.Reference().String()))
	}
	if err := r.endQuestionDialog(); err != nil {
		return err
	}
	if err := r.record(q.Reference(), council.EventExplained, words); err != nil {
		return err
	}
	err := r.sayToAddressee(q, func(speak speaker) string {
		return speak.Say("question.notice.missing", "Reference", q.Reference().String(), "Text", shorten(words, council.AnswerLimit))
	}, keptFiles(r.filesToKeep(filesOf(r.message))))
	if err != nil {
		return err
	}
	return r.reply(r.speak.Say("question.reply.passed_on", "Reference", q.Reference().String()))
}

// pressWithdraw takes a question back.
func (r *request) pressWithdraw(number int64, _ pressArguments) error {
	q, mine, err := r.asked(number)
	if err != nil || !mine {
		return err
	}
	if err := r.withdrawQuestion(q); err != nil {
		return err
	}
	return r.toast(r.speak.Say("question.toast.withdrawn"))
}

// withdrawQuestion takes back a question of the person, before it is answered.
func (r *request) withdrawQuestion(q council.Question) error {
	after, err := q.Withdraw()
	if err != nil {
		return err
	}
	if err := r.canUndo(q, after); err != nil {
		return err
	}
	return r.keepQuestion(after, council.EventWithdrawn, "")
}
