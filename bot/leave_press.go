package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// What a button about a leave does.
const (
	leaveSet  = "set"  // the days it carries, for the member it carries
	leaveEnd  = "end"  // of the person who presses
	leaveUndo = "undo" // of the person who presses
	leavePass = "pass" // a task that falls into somebody's leave
)

// pressLeave answers a button about a leave.
func (r *request) pressLeave(arguments pressArguments) error {
	if err := r.may(council.ActionOwnReminders, council.Scope{}); err != nil {
		return err
	}
	var answer leaveAnswer
	var err error
	switch arguments.text(0) {
	case leaveSet:
		answer, err = r.pressSetLeave(arguments)
	case leaveEnd:
		answer, err = r.endLeave(arguments.number(1))
	case leaveUndo:
		return r.pressUndoLeave(arguments.number(1))
	case leavePass:
		return r.pressPassOn(arguments.number(1))
	default:
		return r.stale()
	}
	if err != nil {
		return err
	}
	if err := r.endDialogOf(dialogLeave); err != nil {
		return err
	}
	if err := r.answerLeave(answer); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// endDialogOf ends what the bot asked, if it was of this kind: a button has
// answered it.
func (r *request) endDialogOf(kind string) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != kind {
		return notFoundIsNil(err)
	}
	_, err = r.tx.EndDialog(r.chatID, r.actor.ID)
	return err
}

func (r *request) pressSetLeave(arguments pressArguments) (leaveAnswer, error) {
	first, unread := council.ParseDay(arguments.text(1))
	last, alsoUnread := council.ParseDay(arguments.text(2))
	if errors.Join(unread, alsoUnread) != nil {
		return leaveAnswer{}, council.Refuse("leave_gone")
	}
	if arguments.number(3) != r.actor.ID {
		return leaveAnswer{}, council.Refuse("leave_not_yours")
	}
	leave := council.Leave{MemberID: r.actor.ID, First: first, Last: last}
	if err := leave.Check(r.todayThere()); err != nil {
		return leaveAnswer{}, err
	}
	return r.keepLeave(leave)
}

func (r *request) pressUndoLeave(version int64) error {
	if version == 0 {
		return r.stale()
	}
	text, err := r.undoLeave(version)
	if err != nil {
		return err
	}
	if err := r.edit(text); err != nil {
		return err
	}
	return r.toast(r.speak.Say("leave.toast.undone"))
}

// pressPassOn asks to whom a task is to be passed on.
func (r *request) pressPassOn(number int64) error {
	task, err := r.task(number, council.ActionAssign)
	if err != nil {
		return err
	}
	if err := r.askAssignee(task); err != nil {
		return err
	}
	return r.toast("")
}

// awayNote tells whoever assigns work that somebody is away before it is due;
// "" if nobody is. A deadline of zero counts as today's.
func (r *request) awayNote(speak locale.Speaker, memberIDs []int64, deadline council.Deadline) (string, error) {
	today := r.todayThere()
	until := today
	if !deadline.IsZero() && deadline.At.After(r.now) {
		until = council.DayOf(deadline.At, r.city.Zone)
	}
	var notes []string
	for _, id := range memberIDs {
		leaves, err := r.tx.Leaves(id, today)
		if err != nil {
			return "", err
		}
		for _, leave := range leaves {
			if !leave.Overlaps(today, until) || id == r.actor.ID {
				continue
			}
			member, err := r.tx.Member(id)
			if err != nil {
				return "", err
			}
			notes = append(notes, speak.Say("leave.away", "Person", namePerson(speak, member), "Days", r.shortDays(speak, leave)))
			break
		}
	}
	return strings.Join(notes, "\n"), nil
}

// warnOfLeave tells in private whoever has just made a task that its assignee is
// away; the card has no room for it. Who cannot be written to reads it here.
func (r *request) warnOfLeave(task council.Task) error {
	var ids []int64
	for _, assignee := range task.Assignees {
		if assignee.MemberID != 0 {
			ids = append(ids, assignee.MemberID)
		}
	}
	speak := r.speaker(r.actor.Member)
	note, err := r.awayNote(speak, ids, task.Deadline)
	if err != nil || note == "" {
		return err
	}
	reference := task.Reference().String()
	reached, err := r.tell(r.actor.Member, reference, cardTask, reference+" · "+note)
	if err != nil || reached {
		return err
	}
	return r.replyAbout(reference, cardTask, reference+" · "+note)
}
