package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// reminder finds a reminder that the person may change: one's own, or a group's
// by those who may make tasks there. Of others nobody learns that they exist.
func (r *request) reminder(number int64) (council.OwnReminder, error) {
	if err := r.may(council.ActionOwnReminders, council.Scope{}); err != nil {
		return council.OwnReminder{}, err
	}
	own, err := r.tx.OwnReminder(number)
	unknown := council.Refuse("no_such_reminder", "Reference", council.OwnReminder{Number: number}.Reference().String())
	if errors.Is(err, store.ErrNotFound) || err == nil && own.GroupID == 0 && own.MemberID != r.actor.ID {
		return own, unknown
	}
	if err != nil || own.MemberID == r.actor.ID {
		return own, err
	}
	if allowed, _ := council.May(r.actor, council.ActionCreateTask, council.Scope{GroupID: own.GroupID}); allowed {
		return own, nil
	}
	if !r.actor.In(own.GroupID) {
		return own, unknown
	}
	return own, council.Refuse("reminder_of_group", "Reference", own.Reference().String())
}

// keepReminder keeps what has become of a reminder, and lets it be undone.
func (r *request) keepReminder(before, after council.OwnReminder, kind council.EventKind, detail ...string) error {
	if err := r.tx.SaveOwnReminder(after); err != nil {
		return err
	}
	if err := r.record(after.Reference(), kind, "", detail...); err != nil {
		return err
	}
	return r.keepReminderUndo(after, before)
}

func (r *request) keepReminderUndo(after, before council.OwnReminder) error {
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}
	return r.tx.KeepUndo(undo, before)
}

func (r *request) reminderUndoRow(own council.OwnReminder) []store.Button {
	return []store.Button{button(r.speak, "undo", pressReminder, reminderUndo, own.Number, own.Version)}
}

// reminderNamed is the number of the reminder that /urungkan names by its
// reference or by replying to a message about it; 0 if it names none.
func (r *request) reminderNamed() int64 {
	word, _ := firstWord(r.text)
	reference, found := council.ParseReference(word)
	if !found {
		reference = r.about
	}
	if reference.Letter != council.OwnReminderLetter {
		return 0
	}
	return reference.Number
}

// undoReminder takes back the last change of a reminder, and says so.
func (r *request) undoReminder(number int64) error {
	restored, err := r.restoreReminder(number, 0)
	if err != nil {
		return err
	}
	return r.sayRestored(restored)
}

func (r *request) sayRestored(own council.OwnReminder) error {
	lines, err := r.reminderWords().lines(own, "", r.private)
	if err != nil {
		return err
	}
	if own.Ended() {
		return r.sayReminder(own, r.speak.Say("reminder.withdrawn", "Line", lines[0]))
	}
	return r.sayReminder(own, strings.Join(append([]string{r.speak.Say("reminder.restored")}, lines...), "\n"))
}

// restoreReminder puts a reminder back to where it was before its last change,
// when that was the person's own, within ten minutes, and nothing has happened
// since. The version is the one that the change made; 0 means whichever was last.
func (r *request) restoreReminder(number, version int64) (council.OwnReminder, error) {
	current, err := r.reminder(number)
	if err != nil {
		return current, err
	}
	reference := current.Reference()
	var before council.OwnReminder
	undo, err := r.lastUndo(reference.String(), &before)
	switch {
	case err != nil:
		return current, err
	case undo.MemberID != r.actor.ID:
		return current, council.Refuse("nothing_to_undo")
	case undo.Version != current.Version || version != 0 && version != undo.Version:
		return current, council.Refuse("reminder_changed", "Reference", reference.String())
	}
	before.Version = current.Version + 1
	if !before.Ended() && !before.Next.After(r.now) {
		if before.Recurrence == nil {
			return current, council.Refuse("reminder_past", "Reference", reference.String())
		}
		before.Next = before.Recurrence.Next(r.now, r.city.Timing.Calendar)
	}
	if err := r.tx.ForgetUndo(reference.String()); err != nil {
		return current, err
	}
	if err := r.tx.SaveOwnReminder(before); err != nil {
		return current, err
	}
	if err := r.record(reference, council.EventUndone, ""); err != nil {
		return current, err
	}
	return before, r.refreshDigests(reference)
}

// retime gives the reminder whose message was replied to another time.
func (r *request) retime(draft reminderDraft) error {
	if _, err := r.reminder(draft.Number); err != nil {
		return err
	}
	return r.goOnReminder(draft)
}

func (r *request) retimeTo(draft reminderDraft) error {
	own, err := r.reminder(draft.Number)
	if err != nil {
		return err
	}
	moment := r.next(draft)
	if moment.IsZero() {
		return council.Refuse("reminder_never")
	}
	if draft.Recurrence == nil {
		own, err = r.sayAgain(own, moment)
	} else {
		before := own
		own.Recurrence, own.Next = draft.Recurrence, moment
		own.Version++
		err = r.keepReminder(before, own, council.EventCorrected)
	}
	if err != nil {
		return err
	}
	if err := r.refreshDigests(council.OwnReminder{Number: draft.Number}.Reference()); err != nil {
		return err
	}
	return r.confirmReminder(own, draft, false)
}

// replyToReminder takes a date in reply to a message about a reminder as its new time.
// Other words below what a group is reminded of are people's talk.
func (r *request) replyToReminder() error {
	own, err := r.reminder(r.about.Number)
	var refusal *council.Refusal
	if err != nil && !errors.As(err, &refusal) {
		return err
	}
	text := strings.TrimSpace(r.text)
	due := reading.ReadDue(text, r.readingContext())
	alone := due.Outcome != reading.None && isGap(strings.Trim(text[:due.Start]+text[due.End:], ".!"))
	word := due.Outcome == reading.None || due.Outcome == reading.Vague && r.shortReply() != wordNone
	switch ofGroup := own.GroupID != 0 || own.MemberID != r.actor.ID; {
	case !r.private && ofGroup && (word || !alone):
		return nil
	case err != nil:
		return err
	case word && own.GroupID == 0:
		if offered, err := r.offerForReminder(own); offered || err != nil {
			return err
		}
	}
	if !alone {
		return r.reply(r.speak.Say("reminder.how", "Reference", own.Reference().String()))
	}
	draft := reminderDraft{Number: own.Number}
	r.settleDate(reminderDate{due, text}, &draft)
	return r.goOnReminder(draft)
}

// sayAgain makes a reminder come once more at a moment. One that comes again by
// its own rule goes on, beside a copy for that moment.
func (r *request) sayAgain(own council.OwnReminder, moment time.Time) (council.OwnReminder, error) {
	until := []string{"until", moment.UTC().Format(time.RFC3339)}
	if own.Recurrence == nil {
		before := own
		own.Next = moment
		own.Version++
		return own, r.keepReminder(before, own, council.EventSnoozed, until...)
	}
	reference := own.Reference()
	own.Recurrence, own.Next, own.CreatedAt = nil, moment, r.now
	again, err := r.tx.CreateOwnReminder(own)
	if err != nil {
		return again, err
	}
	if err := r.record(again.Reference(), council.EventCreated, ""); err != nil {
		return again, err
	}
	if err := r.record(reference, council.EventSnoozed, "", append(until, "copy", idText(again.Number))...); err != nil {
		return again, err
	}
	ended := again
	ended.Next = time.Time{}
	return again, r.keepReminderUndo(again, ended)
}

// correctReminder makes a reminder what its edited command says, as long as it
// was not said and nobody has touched it since.
func (r *request) correctReminder(message *models.Message) error {
	own, untouched, err := r.tx.ReminderByCommand(message.Chat.ID, message.ID)
	if err != nil || own.MemberID != r.actor.ID {
		return notFoundIsNil(err)
	}
	if own.Ended() || !untouched {
		return council.Refuse("reminder_touched", "Reference", own.Reference().String())
	}
	if err := r.findAbout(message); err != nil {
		return err
	}
	draft, err := r.readReminder(message)
	if err != nil {
		return err
	}
	draft.Message = message.ID
	if draft.others || draft.For == forGroup && r.private || draft.Text == "" && draft.About.IsZero() || !draft.timed() || len(draft.Hours) > 0 {
		return r.reply(r.speak.Say("reminder.not_corrected", "Reference", own.Reference().String()))
	}
	before := own
	own.Text, own.About, own.Recurrence, own.Next = draft.Text, draft.About, draft.Recurrence, r.next(draft)
	if own.Next.IsZero() {
		return council.Refuse("reminder_never")
	}
	own.GroupID = r.groupReminded(draft)
	own.Version++
	if err := r.keepReminder(before, own, council.EventCorrected); err != nil {
		return err
	}
	if err := r.tx.NoteReminderCommand(own, r.chatID, draft.Message); err != nil {
		return err
	}
	return r.confirmReminder(own, draft, r.meantGroup(draft) && own.GroupID == 0)
}
