package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// taskChange is one change of a task: what is done, by whose right, and what
// the rules make of it.
type taskChange struct {
	action council.Action
	event  council.EventKind
	apply  func(task council.Task, memberID int64) (council.Task, error)
	words  string
	detail []string
	files  []file
	takes  bool // the person acts for himself or herself, assignee or not
}

// task loads a task that the person may do something with.
func (r *request) task(number int64, action council.Action) (council.Task, error) {
	if r.actor.IsStranger() {
		return council.Task{}, council.Refuse("stranger")
	}
	reference := council.TaskReference(number)
	if elsewhere, err := r.pressedAboutOther(reference); err != nil || elsewhere || number <= 0 {
		return council.Task{}, errorsOr(err, council.Refuse("unknown_action"))
	}
	task, err := r.tx.Task(number)
	if errors.Is(err, store.ErrNotFound) {
		return task, council.Refuse("no_such_thing", "Reference", reference.String())
	}
	if err != nil {
		return task, err
	}
	if err := r.may(action, r.scope(task)); err != nil {
		return task, err
	}
	if !r.showsHere(task) {
		return task, council.Refuse("only_in_private", "Reference", reference.String())
	}
	return task, nil
}

// showsHere tells whether everybody who reads the answer may see the task: in
// private the person alone does, in council and secretariat all have that right,
// and any other group sees what is its own. Where a button stands, the task was
// shown before, as to the group in which it was made for another one.
func (r *request) showsHere(task council.Task) bool {
	return r.private || r.press != nil || r.ofCity() || r.linked() && r.ofGroup(task)
}

// ofCity tells whether this is a group that sees the work of all others.
func (r *request) ofCity() bool {
	return r.group.Kind == council.KindCouncil || r.group.Kind == council.KindSecretariat
}

// ofGroup tells whether a task belongs to this group, or to somebody through it.
func (r *request) ofGroup(task council.Task) bool {
	return task.GroupID == r.group.ID || slices.Contains(task.Partners, r.group.ID) ||
		slices.ContainsFunc(task.Assignees, func(a council.Assignee) bool { return a.GroupID == r.group.ID })
}

// pressedAboutOther tells whether a button was pressed on a message about
// another task than the one it names: such a button was never offered.
func (r *request) pressedAboutOther(reference council.Reference) (bool, error) {
	if r.press == nil {
		return false, nil
	}
	subject, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	isTask := about == cardTask || about == cardCheck
	return isTask && subject != "" && subject != reference.String(), notFoundIsNil(err)
}

// scope says how the person stands to a task.
func (r *request) scope(task council.Task) council.Scope { return scopeOf(r.actor, task) }

func scopeOf(actor council.Actor, task council.Task) council.Scope {
	scope := council.Scope{GroupID: task.GroupID, Partners: task.Partners}
	for _, assignee := range task.Assignees {
		if assignee.MemberID == actor.ID && assignee.MemberID != 0 || assignee.GroupID != 0 && actor.In(assignee.GroupID) {
			scope.Assigned = true
		}
	}
	return scope
}

// changeTask makes a change: decide, store, plan, show, tell.
func (r *request) changeTask(number int64, change taskChange) (council.Task, error) {
	before, after, err := r.decide(number, change)
	if err != nil {
		return before, err
	}
	if err := r.keepTask(before, after, change); err != nil {
		return before, err
	}
	told, err := r.tellChange(before, after, change)
	if err != nil {
		return before, err
	}
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, Told: told, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, before); err != nil {
		return before, err
	}
	if err := r.refreshCards(after, cardExtra{undoBy: r.actor.ID}); err != nil {
		return before, err
	}
	return after, r.repeat(before, after)
}

// changeTasks makes one change of several tasks. What the rules do not allow
// for one of them stops all of it, before anything is stored.
func (r *request) changeTasks(numbers []int64, change taskChange) ([]council.Task, error) {
	if len(numbers) > 1 {
		for _, number := range numbers {
			if _, _, err := r.decide(number, change); err != nil {
				return nil, err
			}
		}
	}
	var changed []council.Task
	for _, number := range numbers {
		task, err := r.changeTask(number, change)
		if err != nil {
			return nil, err
		}
		changed = append(changed, task)
	}
	return changed, r.awaitAlbum(changed)
}

// decide finds out what a task becomes, or why it may not.
func (r *request) decide(number int64, change taskChange) (before, after council.Task, err error) {
	if before, err = r.task(number, change.action); err != nil {
		return before, before, err
	}
	memberID := r.actingAs(before)
	if change.takes {
		memberID = r.actor.ID
	}
	after, err = change.apply(before, memberID)
	return before, after, r.explain(err, before)
}

// actingAs is the assignee for whom the person acts: the person, or everyone
// when somebody acts who is not an assignee.
func (r *request) actingAs(task council.Task) int64 {
	if isAssignee(task, r.actor.ID) {
		return r.actor.ID
	}
	return council.Everyone
}

// actionOf is what a person must be allowed to do to make something happen.
var actionOf = map[council.EventKind]council.Action{
	council.EventAcknowledged: council.ActionAcknowledge, council.EventTaken: council.ActionTake, council.EventProgress: council.ActionReport,
	council.EventObstacle: council.ActionObstruct, council.EventSubmitted: council.ActionSubmit, council.EventAccepted: council.ActionCheck,
	council.EventSentBack: council.ActionCheck, council.EventDeadline: council.ActionReschedule, council.EventReassigned: council.ActionAssign,
	council.EventCancelled: council.ActionCancel, council.EventReopened: council.ActionReopen,
}

// explain completes a refusal: it names the one who was faster, and of what is
// possible in the task's state only what this person may do.
func (r *request) explain(err error, task council.Task) error {
	var refusal *council.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	possible := strings.FieldsFunc(refusal.Details["possible"], func(letter rune) bool { return letter == ',' })
	possible = slices.DeleteFunc(possible, func(kind string) bool {
		allowed, _ := council.May(r.actor, actionOf[council.EventKind(kind)], r.scope(task))
		return !allowed
	})
	if len(possible) == 0 {
		possible = []string{"ask"}
	}
	refusal.Details["possible"] = strings.Join(possible, ",")
	if refusal.Details["member"] == "" {
		return refusal
	}
	member, found := r.tx.Member(pressArguments{refusal.Details["member"]}.number(0))
	if found != nil {
		return found
	}
	refusal.Details["Person"] = namePerson(r.speak, member)
	return refusal
}

func (r *request) keepTask(before, after council.Task, change taskChange) error {
	if change.event != council.EventUndone { // which gives back the times as well
		after = after.Stamp(before, r.actor.ID, r.now)
	}
	if err := r.tx.SaveTask(after, r.now); err != nil {
		return err
	}
	if err := r.keepTies(before, after); err != nil {
		return err
	}
	if err := r.attach(after.Reference(), change.files); err != nil {
		return err
	}
	if err := r.record(after.Reference(), change.event, change.words, change.detail...); err != nil {
		return err
	}
	if err := r.ideaTaskChanged(after); err != nil {
		return err
	}
	if err := r.evidenceOfTask(before, after, change); err != nil {
		return err
	}
	if !reschedules(before, after) {
		return r.planCare(after)
	}
	return r.planTask(after)
}

// reschedules tells whether a change touches what is to be said when. A step
// that is due is decided anew when it is said, so states alone touch nothing.
func reschedules(before, after council.Task) bool {
	return before.Deadline != after.Deadline || before.State.Ended() != after.State.Ended() ||
		(before.State == council.TaskSubmitted) != (after.State == council.TaskSubmitted) || before.Waiting() != after.Waiting() ||
		!slices.EqualFunc(before.Assignees, after.Assignees, func(a, b council.Assignee) bool {
			return a.MemberID == b.MemberID && a.GroupID == b.GroupID
		})
}

// planTask keeps the reminders in step with the task, in the same transaction.
// What has come due and waits, as for the end of a quiet time, stays.
func (r *request) planTask(task council.Task) error {
	stay := func(reminder council.Reminder) bool { return r.city.Timing.Stays(reminder, task, r.now) }
	return r.tx.PlanReminders(task.Reference(), council.PlanTask(task, r.now, r.city.Timing), stay)
}

// planCare plans anew what hangs on when the assignees were last heard of.
func (r *request) planCare(task council.Task) error {
	stay := func(reminder council.Reminder) bool {
		return !slices.Contains(council.CareSteps, reminder.Step) || r.city.Timing.Stays(reminder, task, r.now)
	}
	return r.tx.PlanReminders(task.Reference(), council.PlanCare(task, r.now, r.city.Timing), stay)
}
