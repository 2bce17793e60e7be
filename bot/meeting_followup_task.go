package bot

import (
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// takeMeeting takes "M-4" out of a line where that meeting is under way or over, so that
// something can follow from it; otherwise the words stay.
func (r *request) takeMeeting(text string) (rest string, number int64, err error) {
	words := strings.Split(text, " ")
	for i, word := range words {
		reference, is := council.ParseReference(word)
		if !is || reference.Letter != council.MeetingLetter || !strings.Contains(word, "-") {
			continue
		}
		m, err := r.tx.Meeting(reference.Number)
		if notFoundIsNil(err) != nil {
			return text, 0, err
		}
		if _, opens := m.Open(r.now); err != nil || opens != nil || r.mayMeeting(council.ActionSeeMeeting, m) != nil {
			continue
		}
		before := words[:i]
		for len(before) > 0 {
			if _, leads := locale.Meaning("of_meeting", before[len(before)-1]); !leads {
				break
			}
			before = before[:len(before)-1]
		}
		return strings.Join(slices.Concat(before, words[i+1:]), " "), reference.Number, nil
	}
	return text, 0, nil
}

// replyOfMeeting finds the meeting of a task that was written as reply to a message of
// the bot about it, and leaves out what that message says: it is not what is to be done.
func (r *request) replyOfMeeting(message *models.Message, draft *taskDraft) (*models.Message, error) {
	reply := message.ReplyToMessage
	if reply == nil || !r.ofBot(reply) {
		return message, nil
	}
	subject, _, err := r.tx.MessageAbout(r.chatID, reply.ID)
	if err != nil {
		return message, notFoundIsNil(err)
	}
	reference, _ := council.ParseReference(subject)
	if reference.Letter != council.MeetingLetter {
		return message, nil
	}
	alone := *message
	alone.ReplyToMessage = nil
	m, err := r.findMeeting(reference.Number)
	if err != nil {
		return message, err
	}
	if _, err := m.Open(r.now); err == nil && draft.Meeting == 0 {
		draft.Meeting = m.Number
	}
	return &alone, nil
}

// followUp makes a new task a follow-up of its meeting, or offers that to whoever takes
// the minutes; a meeting that is not held any more has none. It gives what is to be said of
// it, below the card of the task.
func (r *request) followUp(number int64, task council.Task) (say func() error, err error) {
	if number == 0 {
		return func() error { return nil }, nil
	}
	m, err := r.findMeeting(number)
	if err != nil {
		return nil, err
	}
	if _, opens := m.Open(r.now); opens != nil {
		return func() error { return nil }, nil
	}
	reference := m.Reference().String()
	text := r.speak.Say("follow_up.offered", "Task", task.Reference().String(), "Reference", reference)
	rows := [][]store.Button{{{Text: r.speak.Say("button.note_task", "Reference", reference), Data: data(pressNote, noteTask, m.Number, task.Number)}}}
	if r.mayMeeting(council.ActionMinutes, m) == nil && m.Minutes.State != council.MinutesAgreed {
		text, rows, err = r.keepFollowUp(m, task)
	}
	return func() error { return r.replyAbout(reference, aboutMeeting, text, rows...) }, err
}

// keepFollowUp keeps a task in the minutes of a meeting, once, with it in its history.
func (r *request) keepFollowUp(m council.Meeting, task council.Task) (string, [][]store.Button, error) {
	text := r.speak.Say("follow_up.kept", "Task", task.Reference().String(), "Reference", m.Reference().String())
	if task.State == council.TaskCancelled {
		return "", nil, council.Refuse("no_such_thing", "Reference", task.Reference().String())
	}
	if stands, err := r.followsFrom(m, task); stands || err != nil {
		return text, nil, err
	}
	m, err := r.openMinutes(m)
	if err != nil {
		return "", nil, err
	}
	line, err := r.noteMinute(m, council.MinuteTask, task.Title, task.Reference())
	if err != nil {
		return "", nil, err
	}
	if err := r.record(task.Reference(), council.EventNoted, "", "meeting", m.Reference().String()); err != nil {
		return "", nil, err
	}
	return text, [][]store.Button{{button(r.speak, "undo", pressNote, noteUndo, m.Number, line.ID, line.ID)}}, nil
}

// followCorrected makes a task a follow-up of a meeting that only the correction of its
// command names.
func (r *request) followCorrected(number int64, task council.Task) error {
	if number == 0 {
		return nil
	}
	m, err := r.findMeeting(number)
	if err != nil || r.mayMeeting(council.ActionMinutes, m) != nil {
		return err
	}
	if stands, err := r.followsFrom(m, task); stands || err != nil {
		return err
	}
	say, err := r.followUp(number, task)
	if err != nil {
		return err
	}
	return say()
}

// followsFrom tells whether a task stands in the newest edition of a meeting's minutes.
func (r *request) followsFrom(m council.Meeting, task council.Task) (bool, error) {
	lines, err := r.standingMinutes(m)
	return slices.ContainsFunc(lines, func(line council.Minute) bool {
		return line.Kind == council.MinuteTask && line.Subject == task.Reference()
	}), err
}

// renameFollowUp lets the minutes that are open call a task as it is called now.
func (r *request) renameFollowUp(task council.Task, title string) error {
	meetings, err := r.tx.MeetingsAbout(task.Reference())
	if err != nil {
		return err
	}
	for _, m := range meetings {
		lines, err := r.standingMinutes(m)
		if err != nil {
			return err
		}
		for _, line := range lines {
			if line.Kind != council.MinuteTask || line.Subject != task.Reference() || m.Minutes.State == council.MinutesAgreed {
				continue
			}
			line.Text = title
			if err := r.tx.SaveMinute(m.Number, line, m.Minutes.Edition); err != nil {
				return err
			}
		}
	}
	return nil
}
