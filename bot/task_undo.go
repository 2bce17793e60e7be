package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// undo is /urungkan, of a task named or of the person's last change.
func (r *request) undo() error {
	if err := r.may(council.ActionUndo, council.Scope{}); err != nil {
		return err
	}
	numbers, _ := r.tasksNamed()
	if len(numbers) == 0 {
		subject, err := r.tx.LastUndoOf(r.actor.ID)
		reference, ok := council.ParseReference(subject)
		if errors.Is(err, store.ErrNotFound) || err == nil && !ok {
			return council.Refuse("nothing_to_undo")
		}
		if err != nil {
			return err
		}
		if reference.Letter == council.EvaluationLetter {
			return r.undoEvaluation(reference)
		}
		numbers = append(numbers, reference.Number)
	}
	task, err := r.undoTask(numbers[0])
	if err != nil {
		return err
	}
	return r.reply(r.speak.Say("task.reply.undone", "Reference", task.Reference().String()))
}

func (r *request) pressUndo(arguments pressArguments) error {
	task, err := r.undoTask(arguments.number(0))
	if err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.undone", "Reference", task.Reference().String()))
}

// undoTask puts a task back to where it was before its last change, when that
// was the person's own, within ten minutes, and nothing has happened since.
func (r *request) undoTask(number int64) (council.Task, error) {
	current, err := r.task(number, council.ActionSeeTask)
	if err != nil {
		return current, err
	}
	reference := current.Reference().String()
	var before council.Task
	undo, err := r.tx.LastUndo(reference, &before)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return current, council.Refuse("nothing_to_undo")
	case err != nil:
		return current, err
	case undo.MemberID != r.actor.ID && !r.actor.Coordinates():
		return current, council.Refuse("nothing_to_undo")
	case undo.Version != current.Version:
		return current, council.Refuse("undo_changed_since", "Reference", reference)
	case r.now.Sub(undo.ChangedAt) > undoTime:
		return current, council.Refuse("undo_too_late", "Reference", reference)
	}
	before.Version = current.Version + 1
	if err := r.tx.ForgetUndo(reference); err != nil {
		return current, err
	}
	if err := r.keepTask(current, before, taskChange{event: council.EventUndone}); err != nil {
		return current, err
	}
	if err := r.refreshCards(before, cardExtra{}); err != nil {
		return current, err
	}
	return before, r.tellUndone(before, undo.Told)
}

// tellUndone tells of the undoing whoever was told of the change.
func (r *request) tellUndone(task council.Task, told []int64) error {
	for _, id := range told {
		if id == r.actor.ID {
			continue
		}
		member, err := r.tx.Member(id)
		if err != nil {
			return err
		}
		speak := r.speaker(member)
		text := speak.Say("task.notice.undone", "Person", greetPerson(speak, member),
			"Reference", task.Reference().String(), "State", speak.Say("task.state."+string(task.State)))
		if _, err := r.tell(member, task.Reference().String(), cardTask, text); err != nil {
			return err
		}
	}
	return nil
}
