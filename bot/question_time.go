package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// questionTime stands in [Perlu waktu]; behind the number may stand a day that was offered.
const questionTime = "time"

// dialogQuestionTime asks until when more time is needed. Its data is the
// question's reference.
const dialogQuestionTime = "question_time"

// pressQuestionTime asks until when more time is needed for an answer, or takes a
// day that was offered.
func (r *request) pressQuestionTime(number int64, rest pressArguments) error {
	question, err := r.questionOfMine(number)
	if err != nil {
		return err
	}
	if rest.text(0) != "" {
		day, err := council.ParseDay(rest.text(0))
		if err != nil {
			return r.stale()
		}
		return r.needTime(question, day)
	}
	if !r.private {
		return r.stale()
	}
	if _, err := question.NeedTime(r.day().Add(1), r.now, r.city.Timing.Calendar); err != nil {
		return err
	}
	text := r.speak.Say("question_time.ask", "Reference", question.Reference().String())
	if err := r.askQuestionTime(question, text, r.usualMoments(deadlineHour)); err != nil {
		return err
	}
	return r.toast("")
}

// questionOfMine finds a question of which the person is to answer.
func (r *request) questionOfMine(number int64) (council.Question, error) {
	question, err := r.question(number)
	if err != nil {
		return question, err
	}
	responsible, err := r.tx.Responsible(question, r.day())
	if err == nil && !slices.Contains(responsible, r.actor.ID) {
		err = council.Refuse("question_passed_on", "Reference", question.Reference().String())
	}
	return question, err
}

// askQuestionTime asks for the day, and offers some.
func (r *request) askQuestionTime(question council.Question, text string, offered []time.Time) error {
	var rows [][]store.Button
	before := r.day() // today is no later day
	for _, moment := range offered {
		if day := council.DayOf(moment, r.city.Zone); before.Before(day) {
			rows = append(rows, []store.Button{{Text: r.speak.Day(moment.In(r.city.Zone)), Data: data(pressQuestion, questionTime, question.Number, day.String())}})
			before = day
		}
	}
	return r.ask(dialogQuestionTime, "", question.Reference().String(), text, rows...)
}

// answerQuestionTime takes the day until which more time is needed.
func (r *request) answerQuestionTime(dialog store.Dialog) error {
	reference, known := council.ParseReference(dialog.Data)
	if !known {
		return r.cancel()
	}
	question, err := r.questionOfMine(reference.Number)
	if err != nil {
		return err
	}
	due := reading.ReadDue(r.text, r.readingContext())
	if due.Outcome == reading.Found {
		return r.needTime(question, council.DayOf(due.Time, r.city.Zone))
	}
	text := r.speak.Say("question_time.unread", "Phrase", shorten(strings.TrimSpace(r.text), phraseLimit))
	return r.askQuestionTime(question, text, due.Candidates[:min(candidateLimit, len(due.Candidates))])
}

// needTime records until when those who are to answer need, and tells the asker,
// once for each date.
func (r *request) needTime(question council.Question, until council.Day) error {
	needs, err := question.NeedTime(until, r.now, r.city.Timing.Calendar)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if !needs.NeedsUntil.Equal(question.NeedsUntil) {
		if err := r.keepQuestion(needs, council.EventNeedsTime, "", "until", until.String()); err != nil {
			return err
		}
		if err := r.tellNeeds(needs); err != nil {
			return err
		}
	}
	text := r.speak.Say("question_time.noted", "Reference", needs.Reference().String(), "Day", r.speak.Day(needs.NeedsUntil.In(r.city.Zone)),
		"Target", r.speak.Moment(needs.Target, r.city.Zone))
	if r.press == nil {
		return r.reply(text)
	}
	if err := r.edit(text); err != nil {
		return err
	}
	return r.toast("")
}

// tellNeeds tells the asker until when an answer takes; a person is not named,
// since it may stand in a group.
func (r *request) tellNeeds(question council.Question) error {
	var unnamed error
	_, err := r.sayToAsker(question, cardAsked, func(speak speaker) string {
		details := []any{"Reference", question.Reference().String(), "Day", speak.Day(question.NeedsUntil.In(r.city.Zone))}
		if question.To.MemberID != 0 {
			return speak.Say("question_time.told_unnamed", details...)
		}
		var to string
		to, unnamed = r.addresseeName(speak, question.To)
		return speak.Say("question_time.told", append(details, "To", to)...)
	}, nil)
	return errors.Join(err, unnamed)
}
