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
	card, err := r.tx.CardAt(r.chatID, r.pressed)
	if errors.Is(err, store.ErrNotFound) {
		payload, err := r.taskFace(task, cardTask, r.here(), extra)
		if err != nil {
			return err
		}
		digest, err := r.onDigest()
		if err != nil {
			return err
		}
		if digest {
			return r.replyAbout(payload.Subject, payload.About, payload.Text, payload.Buttons...)
		}
		return r.edit(payload.Text, payload.Buttons...)
	}
	if err != nil {
		return err
	}
	return r.showCard(task, card.Kind, r.chatID, card.ThreadID, r.here(), extra)
}

// here is the place in which a button was pressed.
func (r *request) here() place {
	if r.private {
		return place{speak: r.speak, private: true, person: r.actor.Member}
	}
	return place{speak: r.speak, group: r.group}
}

// closePressed takes the buttons off a message that is not the task's card, so
// that they are not pressed again; cards have been brought up to date already.
func (r *request) closePressed(task council.Task) error {
	_, err := r.tx.CardAt(r.chatID, r.pressed)
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if digest, err := r.onDigest(); err != nil || digest {
		return err
	}
	payload, err := r.taskFace(task, cardTask, r.here(), cardExtra{only: true})
	if err != nil {
		return err
	}
	return r.edit(payload.Text)
}

func (r *request) pressAcknowledge(arguments pressArguments) error {
	return r.pressTask(arguments, taskChange{action: council.ActionAcknowledge, event: council.EventAcknowledged,
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.Acknowledge(r.actor.ID) }}, "acknowledged")
}

func (r *request) pressTake(arguments pressArguments) error {
	return r.pressTask(arguments, takeChange(), "taken")
}

func (r *request) pressSubmit(arguments pressArguments) error {
	return r.pressTask(arguments, submitChange(), "submitted")
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

// pressAssign gives a task to somebody picked from a list.
func (r *request) pressAssign(arguments pressArguments) error {
	member, err := r.tx.Member(arguments.number(1))
	if err != nil {
		return errorsOr(err, r.toast(r.speak.Say("press.stale")))
	}
	return r.pressTask(arguments, assignChange(council.AssignTo(member.ID), []int64{member.ID}), "assigned")
}

// pressObstacle records an obstacle at once and then asks who can help.
func (r *request) pressObstacle(arguments pressArguments) error {
	task, err := r.changeTask(arguments.number(0), obstacleChange(""))
	if err != nil {
		return err
	}
	extra := cardExtra{question: r.speak.Say("task.card.who_helps"), rows: [][]store.Button{helperRow(r.speak, task.Number)}, undoable: true}
	if err := r.showPressed(task, extra); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.obstacle"))
}

// pressHelper passes the wish for help on.
func (r *request) pressHelper(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionObstruct)
	if err != nil {
		return err
	}
	toast := "helper"
	switch arguments.text(1) {
	case helperCoordinator:
		_, err = r.toCoordinators(task, r.helperText(task))
	case helperLeader:
		err = r.toLeaders(task, r.helperText(task))
	default:
		toast = "helper_later"
	}
	if err != nil {
		return err
	}
	if err := r.showPressed(task, cardExtra{}); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast." + toast))
}

func (r *request) helperText(task council.Task) func(council.Member) string {
	return func(member council.Member) string {
		speak := r.speaker(member)
		return speak.Say("task.notice.helper", "Reference", task.Reference().String(),
			"Title", shorten(task.Title, cardTitleLimit), "Person", namePerson(speak, r.actor.Member))
	}
}

func (r *request) toLeaders(task council.Task, text func(council.Member) string) error {
	members, err := r.tx.MembersWithRole(council.RoleLeader)
	if err != nil {
		return err
	}
	for _, member := range members {
		if _, err := r.tell(member, task.Reference().String(), cardTask, text(member)); err != nil {
			return err
		}
	}
	return nil
}

// pressCard shows the card itself again.
func (r *request) pressCard(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionSeeTask)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.showPressed(task, cardExtra{}); err != nil {
		return err
	}
	return r.toast("")
}
