package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressTask makes a change by button: the card changes, and a toast answers.
func (r *request) pressTask(arguments pressArguments, change taskChange, toast string) error {
	task, err := r.changeTask(arguments.number(0), change)
	if err != nil {
		return err
	}
	if err := r.closePressed(task); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast."+toast, "Reference", task.Reference().String()))
}

// showPressed shows something else on the card whose button was pressed.
func (r *request) showPressed(task council.Task, extra cardExtra) error {
	digest, err := r.onDigest()
	if err != nil {
		return err
	}
	card, err := r.tx.CardAt(r.chatID, r.pressed)
	if digest || errors.Is(err, store.ErrNotFound) {
		payload, err := r.taskFace(task, cardTask, r.here(), extra)
		if err != nil {
			return err
		}
		if digest {
			if err := r.refreshPressed(); err != nil {
				return err
			}
			return r.replyAbout(payload.Subject, payload.About, payload.Text, payload.Buttons...)
		}
		return r.edit(payload.Text, payload.Buttons...)
	}
	if err != nil {
		return err
	}
	where, err := r.placeOf(card)
	if errors.Is(err, store.ErrNotFound) {
		where, err = r.here(), nil // the group is no longer linked
	}
	if err != nil {
		return err
	}
	return r.showCard(task, card.Kind, r.chatID, card.ThreadID, where, extra)
}

// showPressedStanding shows the card as it stands on the message whose button
// was pressed.
func (r *request) showPressedStanding(task council.Task) error {
	extra, err := r.standing(task)
	if err != nil {
		return err
	}
	return r.showPressed(task, extra)
}

// onCard tells whether the message whose button was pressed is a current card.
func (r *request) onCard() (bool, error) {
	_, err := r.tx.CardAt(r.chatID, r.pressed)
	return err == nil, notFoundIsNil(err)
}

// closePressed leaves only the way back on a message that is not the task's
// card, so that its buttons are not pressed again; cards have been brought up to
// date already.
func (r *request) closePressed(task council.Task) error {
	digest, err := r.onDigest()
	if err != nil {
		return err
	}
	if digest {
		return r.refreshPressed()
	}
	if isCard, err := r.onCard(); err != nil || isCard {
		return err
	}
	payload, err := r.taskFace(task, cardTask, r.here(), cardExtra{only: true})
	if err != nil {
		return err
	}
	return r.edit(payload.Text, r.undoRow(task))
}

func (r *request) pressAcknowledge(arguments pressArguments) error {
	return r.pressTask(arguments, acknowledgeChange(r.actor.ID), "acknowledged")
}

// acknowledgeChange is a member's own promise.
func acknowledgeChange(memberID int64) taskChange {
	return taskChange{action: council.ActionAcknowledge, event: council.EventAcknowledged,
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.Acknowledge(memberID) }}
}

// acknowledgeAll promises for the member all of these tasks that are still to be promised,
// and gives those.
func (r *request) acknowledgeAll(tasks []council.Task) (ready []council.Task, err error) {
	for _, task := range tasks {
		own, mine := task.Assignee(r.actor.ID)
		if !mine || own.Acknowledged || task.State.Ended() || own.State == council.TaskSubmitted {
			continue
		}
		changed, err := r.changeTask(task.Number, acknowledgeChange(r.actor.ID))
		if err != nil {
			return nil, err
		}
		ready = append(ready, changed)
	}
	return ready, nil
}

func (r *request) pressTake(arguments pressArguments) error {
	return r.pressTask(arguments, takeChange(), "taken")
}

// pressSubmit hands work in; while another assignee has not, it says so.
func (r *request) pressSubmit(arguments pressArguments) error {
	task, err := r.changeTask(arguments.number(0), submitChange())
	if err != nil {
		return err
	}
	if err := r.closePressed(task); err != nil {
		return err
	}
	if err := r.showHandedIn(); err != nil {
		return err
	}
	toast := "submitted"
	if task.State != council.TaskSubmitted {
		toast = "submitted_part"
	}
	return r.toast(r.speak.Say("task.toast."+toast, "Reference", task.Reference().String()))
}

func (r *request) pressCancel(arguments pressArguments) error {
	return r.pressTask(arguments, taskChange{action: council.ActionCancel, event: council.EventCancelled,
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.Cancel() }}, "cancelled")
}

func (r *request) pressReopen(arguments pressArguments) error {
	return r.pressTask(arguments, taskChange{action: council.ActionReopen, event: council.EventReopened,
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.Reopen() }}, "reopened")
}

func (r *request) pressAccept(arguments pressArguments) error {
	return r.pressTask(arguments, taskChange{action: council.ActionCheck, event: council.EventAccepted,
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.Accept() }}, "accepted")
}

// pressSendBack sends work back at once; what needs fixing is asked for afterwards.
func (r *request) pressSendBack(arguments pressArguments) error {
	return r.pressTask(arguments, taskChange{action: council.ActionCheck, event: council.EventSentBack,
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.SendBack() }}, "sent_back")
}

// pressCard shows the card itself again. In private, a message that is not the
// card stays, and the card comes to the end of the chat.
func (r *request) pressCard(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionSeeTask)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	isCard, err := r.onCard()
	if err != nil {
		return err
	}
	if r.private && !isCard {
		err = r.showTask(task.Number)
	} else {
		err = r.showPressedStanding(task)
	}
	if err != nil {
		return err
	}
	return r.toast("")
}
