package bot

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dialogReminder asks for what is missing of an own reminder.
const dialogReminder = "reminder"

// Steps of the questions about an own reminder.
const (
	reminderWhose = "whose"
	reminderWhat  = "what"
	reminderWhen  = "when"
	reminderClock = "clock"
)

// askReminder puts the next question, and keeps what has been said so far.
func (r *request) askReminder(draft reminderDraft, step, text string, rows ...[]store.Button) error {
	return r.askOn(dialogReminder, step, draft, text, rows...)
}

// askWhose says why a reminder cannot be made as it was asked for, and offers to
// make it the person's own, so that nothing typed is lost.
func (r *request) askWhose(draft reminderDraft, text string) error {
	return r.askReminder(draft, reminderWhose, text, []store.Button{button(r.speak, "reminder_mine", pressReminder, reminderOwn)})
}

// othersText says that work for others is a task, in the words that were typed.
func (r *request) othersText() string {
	if r.mayCreateSomewhere() != nil {
		return r.speak.Say("reminder.others_no_task")
	}
	return r.speak.Say("reminder.others", "Line", "/"+commandWord(r.speak, "newtask")+" "+strings.TrimSpace(r.text))
}

func (r *request) askWhat(draft reminderDraft) error {
	if !draft.timed() {
		return r.askReminder(draft, reminderWhat, r.speak.Say("reminder.ask.what_when"))
	}
	when := r.reminderWords().when(council.OwnReminder{Recurrence: draft.Recurrence, Next: r.next(draft)}, draft.Zone)
	return r.askReminder(draft, reminderWhat, r.speak.Say("reminder.ask.what", "When", when))
}

// askWhen asks for the date only, and says what was not understood of the one
// that was given.
func (r *request) askWhen(draft reminderDraft) error {
	date, phrase := draft.unread, shorten(draft.unread.phrase, phraseLimit)
	moments := date.Candidates[:min(candidateLimit, len(date.Candidates))]
	var text string
	switch {
	case date.Outcome == reading.Past && !date.Time.IsZero():
		text = r.speak.Say("reminder.ask.past", "Moment", r.speak.Moment(date.Time, r.city.Zone))
	case len(moments) > 0:
		text = r.speak.Say("reminder.ask.choose", "Phrase", phrase)
	case phrase != "":
		text = r.speak.Say("reminder.ask.unread", "Phrase", phrase)
	default:
		text = r.speak.Say("reminder.ask.when")
	}
	if len(moments) == 0 {
		moments = r.usualMoments(reminderHour)
	}
	var rows [][]store.Button
	for _, moment := range moments {
		local := moment.In(r.city.Zone)
		rows = append(rows, []store.Button{{Text: r.speak.Day(local) + " " + r.speak.Hour(local), Data: data(pressReminder, reminderAt, moment.Unix())}})
	}
	return r.askReminder(draft, reminderWhen, text, rows...)
}

// askHour asks which hour a part of the day means.
func (r *request) askHour(draft reminderDraft) error {
	today := council.DayOf(r.now, r.city.Zone)
	var row []store.Button
	for _, minutes := range draft.Hours {
		hour := r.speak.Hour(today.At(minutes/60, minutes%60, r.city.Zone))
		row = append(row, store.Button{Text: hour, Data: data(pressReminder, reminderHourOf, minutes)})
	}
	return r.askReminder(draft, reminderClock, r.speak.Say("reminder.ask.hour"), row)
}

// answerReminder takes the answer to what was asked about a reminder.
func (r *request) answerReminder(dialog store.Dialog) error {
	if err := r.may(council.ActionOwnReminders, council.Scope{}); err != nil {
		return err
	}
	var draft reminderDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	switch {
	case dialog.Step == reminderWhen:
		r.answerWhen(&draft)
	case dialog.Step == reminderClock:
		r.answerHour(&draft)
	case dialog.Step == reminderWhat && draft.timed():
		draft.setText(strings.TrimSpace(r.text))
	default:
		if err := r.answerWhat(&draft); err != nil {
			return err
		}
	}
	return r.goOnReminder(draft)
}

// answerWhat reads an answer that may say everything. What it does not say stays
// as it was said before.
func (r *request) answerWhat(draft *reminderDraft) error {
	later, err := r.readReminderText(strings.TrimSpace(r.text), r.peopleNamed(r.message))
	if err != nil {
		return err
	}
	later.Message = draft.Message
	if later.For == "" && draft.For != forGroup {
		later.For = draft.For
	}
	if later.About.IsZero() {
		later.About = draft.About
	}
	if later.Text == "" {
		later.Text, later.Cut = draft.Text, draft.Cut
	}
	if !later.timed() && later.unread.phrase == "" && draft.timed() {
		later.At, later.Zone, later.Recurrence, later.Begins, later.Hours = draft.At, draft.Zone, draft.Recurrence, draft.Begins, draft.Hours
	}
	*draft = later
	return nil
}

// answerWhen reads an answer that as a whole should be a date or a repetition.
func (r *request) answerWhen(draft *reminderDraft) {
	text := strings.TrimSpace(r.text)
	if found, repeats := reading.FindRecurrence(text); repeats {
		r.takeRule(text, found, reading.FindAll(text, r.readingContext()), draft)
		return
	}
	r.settleDate(reminderDate{reading.ReadDue(text, r.readingContext()), text}, draft)
}

// answerHour reads an answer that should be an hour; any other is asked again.
func (r *request) answerHour(draft *reminderDraft) {
	due := reading.ReadDue(r.text, r.readingContext())
	if local := due.Time.In(r.city.Zone); due.HasHour && !due.Time.IsZero() {
		draft.Recurrence.Hour, draft.Recurrence.Minute, draft.Hours = local.Hour(), local.Minute(), nil
	}
}

// pressInReminder takes an answer that was given by button.
func (r *request) pressInReminder(step string, take func(*reminderDraft) bool) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogReminder || dialog.Step != step {
		return errorsOr(err, r.toast(r.speak.Say("reminder.form")))
	}
	var draft reminderDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	if !take(&draft) {
		return r.stale()
	}
	if err := r.goOnReminder(draft); err != nil {
		return err
	}
	return r.toast("")
}

// takeMoment takes the moment of a button into a draft, unless it is none that
// is ahead.
func (r *request) takeMoment(seconds int64, draft *reminderDraft) bool {
	if seconds <= r.now.Unix() || seconds > r.now.Add(offeredWithin).Unix() {
		return false
	}
	draft.At, draft.Zone = time.Unix(seconds, 0).UTC(), r.city.Zone.String()
	return true
}
