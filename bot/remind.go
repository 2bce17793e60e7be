package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// aboutReminder marks a message of the bot about somebody's own reminder.
const aboutReminder = "reminder"

// reminderHour is when a reminder comes that was given a day without an hour.
const reminderHour = 8

// Whom a reminder is for, where that was said.
const (
	forOwn   = "own"
	forGroup = "group"
)

// reminderDraft is an own reminder on its way: what has been said of it so far.
// It is kept in the conversation's row, so that it survives a restart at every step.
type reminderDraft struct {
	For        string // forOwn, forGroup, or empty: as is usual here
	Text       string
	Cut        bool // the text was too long and has been shortened
	About      council.Reference
	Number     int64     // the reminder that gets another time; 0: a new one
	At         time.Time // zero until it is known
	Zone       string    // the zone in which the hour was given
	Recurrence *council.Recurrence
	Begins     time.Time // of what comes again: not before this moment
	Hours      []int     // of what comes again: minutes after midnight, of which one is meant
	Message    int       // the command's message, for corrections

	others bool         // somebody else is to be reminded
	unread reminderDate // a date that is no moment yet
}

func (d reminderDraft) timed() bool { return d.Recurrence != nil || !d.At.IsZero() }

// remind is /ingatkan: what the person wants to be reminded of, and when; as a
// reply to a message about a thing it is about that.
func (r *request) remind() error {
	if err := r.mayInPlace(council.ActionOwnReminders); err != nil {
		return err
	}
	draft, err := r.readReminder(r.message)
	if err != nil {
		return err
	}
	draft.Message = r.message.ID
	if r.about.Letter == council.OwnReminderLetter && draft.Text == "" {
		draft.Number = r.about.Number
		return r.retime(draft)
	}
	return r.goOnReminder(draft)
}

// goOnReminder makes the reminder, or asks for the next thing that is missing.
func (r *request) goOnReminder(draft reminderDraft) error {
	switch {
	case draft.others:
		return r.askWhose(draft, r.othersText())
	case draft.For == forGroup && r.private:
		return r.askWhose(draft, r.speak.Say("reminder.say_in_group"))
	case !draft.timed() && draft.unread.phrase != "":
		return r.askWhen(draft)
	case draft.Text == "" && draft.About.IsZero() && draft.Number == 0:
		return r.askWhat(draft)
	case draft.Recurrence != nil && len(draft.Hours) > 0:
		return r.askHour(draft)
	case !draft.timed():
		return r.askWhen(draft)
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if draft.Number != 0 {
		return r.retimeTo(draft)
	}
	return r.makeReminder(draft)
}

// next is the first moment at which a draft is said; zero if it never is.
func (r *request) next(draft reminderDraft) time.Time {
	if draft.Recurrence == nil {
		return draft.At
	}
	from := r.now
	if draft.Begins.After(from) {
		from = draft.Begins.Add(-time.Nanosecond)
	}
	return draft.Recurrence.Next(from, r.city.Timing.Calendar)
}

// makeReminder keeps a reminder: the group's by those who may make tasks there,
// anybody's own otherwise.
func (r *request) makeReminder(draft reminderDraft) error {
	own := council.OwnReminder{MemberID: r.actor.ID, Text: draft.Text, About: draft.About, Recurrence: draft.Recurrence,
		Next: r.next(draft), CreatedAt: r.now}
	if own.Next.IsZero() {
		return council.Refuse("reminder_never")
	}
	own.GroupID = r.groupReminded(draft)
	own, err := r.tx.CreateOwnReminder(own)
	if err != nil {
		return err
	}
	if err := r.tx.NoteReminderCommand(own, r.chatID, draft.Message); err != nil {
		return err
	}
	if err := r.record(own.Reference(), council.EventCreated, ""); err != nil {
		return err
	}
	ended := own
	ended.Next = time.Time{}
	if err := r.keepReminderUndo(own, ended); err != nil {
		return err
	}
	return r.confirmReminder(own, draft, r.meantGroup(draft) && own.GroupID == 0)
}

// meantGroup tells whether the group is to be reminded in which this was asked.
func (r *request) meantGroup(draft reminderDraft) bool { return r.linked() && draft.For != forOwn }

// groupReminded is the group that is reminded; 0 if it is the person.
func (r *request) groupReminded(draft reminderDraft) int64 {
	allowed, _ := council.May(r.actor, council.ActionCreateTask, council.Scope{GroupID: r.group.ID})
	if !allowed || !r.meantGroup(draft) {
		return 0
	}
	return r.group.ID
}

// confirmReminder echoes what was understood. instead says that the group was
// meant, and why it is the person's own.
func (r *request) confirmReminder(own council.OwnReminder, draft reminderDraft, instead bool) error {
	words := r.reminderWords()
	lines, err := words.lines(own, draft.Zone, r.private)
	if err != nil {
		return err
	}
	var notes []string
	rows := [][]store.Button{r.reminderUndoRow(own)}
	switch {
	case own.GroupID != 0:
		notes = append(notes, r.speak.Say("reminder.to_group"))
		rows[0] = append(rows[0], button(r.speak, "reminder_mine", pressReminder, reminderMine, own.Number))
	case instead:
		notes = append(notes, r.speak.Say("reminder.to_you_instead"))
	case !r.private:
		notes = append(notes, r.speak.Say("reminder.to_you"))
	}
	if own.GroupID == 0 && !r.actor.Answered() {
		notes = append(notes, r.speak.Say("reminder.unreached"))
		rows = append(rows, []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(own.Reference().String())}})
	}
	if draft.Cut {
		notes = append(notes, r.speak.Say("reminder.cut", "N", council.OwnReminderLimit))
	}
	if len(notes) > 0 {
		lines = append(lines, strings.Join(notes, " "))
	}
	return r.sayReminder(own, strings.Join(lines, "\n"), rows...)
}

// sayReminder answers with a message about a reminder; after a press it takes
// the place of the message whose button was pressed.
func (r *request) sayReminder(own council.OwnReminder, text string, rows ...[]store.Button) error {
	if r.press == nil {
		return r.replyAbout(own.Reference().String(), aboutReminder, text, rows...)
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindEdit, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Buttons: rows, MessageID: r.pressed, Subject: own.Reference().String(), About: aboutReminder},
	}, time.Now())
}
