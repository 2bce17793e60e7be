package bot

import (
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// What the buttons of own reminders mean.
const (
	reminderOwn    = "own"   // an answer: for the person alone
	reminderAt     = "at"    // an answer: this moment
	reminderHourOf = "hour"  // an answer: at so many minutes after midnight
	reminderUndo   = "undo"  // the change that made this version
	reminderMine   = "mine"  // a group's becomes the person's own
	reminderDone   = "done"  // settled
	reminderLater  = "later" // again on the next working morning
	reminderAnew   = "date"  // again on a day that is asked for
)

// pressReminder answers the buttons of own reminders.
func (r *request) pressReminder(arguments pressArguments) error {
	number := arguments.number(1)
	switch arguments.text(0) {
	case reminderOwn:
		return r.pressInReminder(reminderWhose, func(draft *reminderDraft) bool {
			draft.For = forOwn
			return true
		})
	case reminderAt:
		return r.pressInReminder(reminderWhen, func(draft *reminderDraft) bool { return r.takeMoment(number, draft) })
	case reminderHourOf:
		return r.pressInReminder(reminderClock, func(draft *reminderDraft) bool { return takeHour(int(number), draft) })
	case reminderUndo:
		return r.pressReminderUndo(number, arguments.number(2))
	case reminderMine:
		return r.pressReminderMine(number)
	case reminderDone:
		return r.pressReminderDone(number)
	case reminderLater:
		return r.pressReminderLater(number)
	case reminderAnew:
		return r.pressReminderDate(number)
	}
	return r.stale()
}

// takeHour takes one of the hours that were offered.
func takeHour(minutes int, draft *reminderDraft) bool {
	if draft.Recurrence == nil || !slices.Contains(draft.Hours, minutes) {
		return false
	}
	draft.Recurrence.Hour, draft.Recurrence.Minute, draft.Hours = minutes/60, minutes%60, nil
	return true
}

func (r *request) pressReminderUndo(number, version int64) error {
	restored, err := r.restoreReminder(number, version)
	if err != nil {
		return err
	}
	if err := r.sayRestored(restored); err != nil {
		return err
	}
	return r.toast(r.speak.Say("reminder.undone", "Reference", restored.Reference().String()))
}

// pressReminderMine turns a group's reminder into one for its maker alone.
func (r *request) pressReminderMine(number int64) error {
	before, err := r.reminder(number)
	if err != nil {
		return err
	}
	switch {
	case before.MemberID != r.actor.ID:
		return council.Refuse("reminder_of_group", "Reference", before.Reference().String())
	case before.Ended():
		return council.Refuse("reminder_ended", "Reference", before.Reference().String())
	case before.GroupID == 0:
		return r.stale()
	}
	own := before
	own.GroupID = 0
	own.Version++
	if err := r.keepReminder(before, own, council.EventCorrected); err != nil {
		return err
	}
	if err := r.confirmReminder(own, reminderDraft{}, false); err != nil {
		return err
	}
	return r.toast("")
}

// ownReminder finds one that is said to the person in private.
func (r *request) ownReminder(number int64) (council.OwnReminder, error) {
	own, err := r.reminder(number)
	if err == nil && own.GroupID != 0 {
		return own, council.Refuse("reminder_of_group", "Reference", own.Reference().String())
	}
	return own, err
}

// pressReminderDone settles what was said. One that would be said once more ends.
func (r *request) pressReminderDone(number int64) error {
	own, err := r.ownReminder(number)
	if err != nil {
		return err
	}
	reference := own.Reference()
	if !own.Ended() && own.Recurrence == nil {
		ended, err := own.End()
		if err != nil {
			return err
		}
		if err := r.keepReminder(own, ended, council.EventEnded); err != nil {
			return err
		}
	}
	if err := r.record(reference, council.EventAcknowledged, ""); err != nil {
		return err
	}
	if err := r.showAnswered(reference); err != nil {
		return err
	}
	return r.toast(r.speak.Say("reminder.done", "Reference", reference.String()))
}

// showAnswered brings the digest up to date in which a reminder was answered.
func (r *request) showAnswered(reference council.Reference) error {
	if err := r.refreshDigests(reference); err != nil {
		return err
	}
	return r.refreshPressed()
}

// pressReminderLater says a reminder again on the next working morning, at the
// hour at which it was said.
func (r *request) pressReminderLater(number int64) error {
	own, err := r.ownReminder(number)
	if err != nil {
		return err
	}
	said, err := r.tx.LastSaid(own.Reference())
	if notFoundIsNil(err) != nil {
		return err
	}
	if err != nil {
		return r.stale() // it was never said, so that no such button was offered
	}
	local := said.In(r.city.Zone)
	today := council.DayOf(r.now, r.city.Zone).At(local.Hour(), local.Minute(), r.city.Zone)
	again, err := r.moveAgain(own, r.city.Timing.Calendar.NextWorkday(today), said)
	if err != nil {
		return err
	}
	if err := r.showAnswered(own.Reference()); err != nil {
		return err
	}
	return r.toast(r.speak.Say("reminder.again", "Reference", own.Reference().String(), "Moment", r.speak.Moment(again.Next, r.city.Zone)))
}

// moveAgain is sayAgain; a copy that was made since the reminder was said, and is
// still to come, moves instead of becoming two.
func (r *request) moveAgain(own council.OwnReminder, moment, said time.Time) (council.OwnReminder, error) {
	answer, err := r.reminderWords().answer(own, said)
	if err != nil {
		return own, err
	}
	if answer.copy != 0 {
		earlier, err := r.tx.OwnReminder(answer.copy)
		if err != nil {
			return own, err
		}
		if !earlier.Ended() {
			own = earlier
		}
	}
	return r.sayAgain(own, moment)
}

// pressReminderDate asks for the day on which a reminder is said again.
func (r *request) pressReminderDate(number int64) error {
	own, err := r.ownReminder(number)
	if err != nil {
		return err
	}
	if !r.private {
		return r.stale()
	}
	if err := r.askWhen(reminderDraft{Number: own.Number}); err != nil {
		return err
	}
	return r.toast("")
}

// answered is what the person has answered since a reminder was said.
type answered struct {
	done  bool
	until time.Time // when it is said again; zero if it is not
	copy  int64     // the reminder that says it again; 0 if it is the same one
}

// answer finds what was answered last about a reminder that was said at a moment.
func (w reminderWords) answer(own council.OwnReminder, said time.Time) (answered, error) {
	history, err := w.tx.History(own.Reference(), 0, historyPage)
	if err != nil {
		return answered{}, err
	}
	for _, event := range history {
		switch {
		case event.At.Before(said):
			return answered{}, nil
		case event.Kind == council.EventAcknowledged:
			return answered{done: true}, nil
		case event.Kind == council.EventSnoozed:
			return w.snoozed(event)
		}
		if event.Kind != council.EventEnded {
			return answered{}, nil // undone, or changed since
		}
	}
	return answered{}, nil
}

func (w reminderWords) snoozed(event store.Happening) (answered, error) {
	until, err := time.Parse(time.RFC3339, event.Detail["until"])
	if err != nil {
		return answered{}, nil // of an older version
	}
	copied := pressArguments{event.Detail["copy"]}.number(0)
	if copied == 0 {
		return answered{until: until}, nil
	}
	again, err := w.tx.OwnReminder(copied)
	if err != nil || again.Ended() && until.After(w.now) {
		return answered{}, notFoundIsNil(err) // it was taken back
	}
	if !again.Ended() {
		until = again.Next
	}
	return answered{until: until, copy: copied}, nil
}
