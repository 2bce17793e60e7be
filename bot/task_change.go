package bot

import (
	"errors"
	"slices"

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
	takes  bool // the person acts for himself or herself, assignee or not
}

// task loads a task that the person may do something with.
func (r *request) task(number int64, action council.Action) (council.Task, error) {
	if r.actor.IsStranger() {
		return council.Task{}, council.Refuse("stranger")
	}
	task, err := r.tx.Task(number)
	if errors.Is(err, store.ErrNotFound) {
		return task, council.Refuse("no_such_thing", "Reference", council.TaskReference(number).String())
	}
	if err != nil {
		return task, err
	}
	return task, r.may(action, r.scope(task))
}

// scope says how the person stands to a task.
func (r *request) scope(task council.Task) council.Scope {
	scope := council.Scope{GroupID: task.GroupID}
	for _, assignee := range task.Assignees {
		if assignee.MemberID == r.actor.ID && assignee.MemberID != 0 || assignee.GroupID != 0 && r.actor.In(assignee.GroupID) {
			scope.Assigned = true
		}
	}
	return scope
}

// changeTask makes a change: decide, store, plan, show, tell.
func (r *request) changeTask(number int64, change taskChange) (council.Task, error) {
	before, err := r.task(number, change.action)
	if err != nil {
		return before, err
	}
	memberID := r.actingAs(before)
	if change.takes {
		memberID = r.actor.ID
	}
	after, err := change.apply(before, memberID)
	if err != nil {
		return before, r.withTaker(err)
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
	if err := r.refreshCards(after, r.extraAfter(change)); err != nil {
		return before, err
	}
	return after, r.repeat(before, after)
}

// actingAs is the assignee for whom the person acts: the person, or everyone
// when somebody acts who is not an assignee.
func (r *request) actingAs(task council.Task) int64 {
	if isAssignee(task, r.actor.ID) {
		return r.actor.ID
	}
	return council.Everyone
}

// withTaker names the one who was faster.
func (r *request) withTaker(err error) error {
	var refusal *council.Refusal
	if !errors.As(err, &refusal) || refusal.Details["member"] == "" {
		return err
	}
	member, found := r.tx.Member(pressArguments{refusal.Details["member"]}.number(0))
	if found != nil {
		return found
	}
	refusal.Details["Person"] = namePerson(r.speak, member)
	return refusal
}

func (r *request) keepTask(before, after council.Task, change taskChange) error {
	if err := r.tx.SaveTask(after, r.now); err != nil {
		return err
	}
	if err := r.record(after.Reference(), change.event, change.words, change.detail...); err != nil {
		return err
	}
	if !reschedules(before, after) {
		return nil
	}
	return r.planTask(after)
}

// reschedules tells whether a change touches what is to be said when. A step
// that is due is decided anew when it is said, so states alone touch nothing.
func reschedules(before, after council.Task) bool {
	return before.Deadline != after.Deadline || before.State.Ended() != after.State.Ended() ||
		(before.State == council.TaskSubmitted) != (after.State == council.TaskSubmitted) ||
		!slices.EqualFunc(before.Assignees, after.Assignees, func(a, b council.Assignee) bool {
			return a.MemberID == b.MemberID && a.GroupID == b.GroupID
		})
}

// planTask keeps the reminders in step with the task, in the same transaction.
func (r *request) planTask(task council.Task) error {
	return r.tx.PlanReminders(task.Reference(), r.taskReminders(task))
}

func (r *request) taskReminders(task council.Task) []store.Planned {
	reminders := council.PlanTask(task, r.now, r.city.Timing)
	planned := make([]store.Planned, len(reminders))
	for i, reminder := range reminders {
		planned[i] = store.Planned{Reminder: reminder, Deadline: task.Deadline.At}
	}
	return planned
}

// extraAfter is what cards show after a change, until the next one.
func (r *request) extraAfter(change taskChange) cardExtra {
	return cardExtra{undoable: change.event != council.EventCreated}
}

// refreshCards brings every card of a task up to date.
func (r *request) refreshCards(task council.Task, extra cardExtra) error {
	cards, err := r.tx.Cards(task.Reference().String())
	if err != nil {
		return err
	}
	for _, card := range cards {
		where, err := r.placeOf(card)
		if errors.Is(err, store.ErrNotFound) {
			continue // its group is no longer linked
		}
		if err != nil {
			return err
		}
		here := extra
		here.undoable = extra.undoable && (!where.private || where.person.ID == r.actor.ID)
		if err := r.showCard(task, card.Kind, card.ChatID, card.ThreadID, where, here); err != nil {
			return err
		}
	}
	return nil
}

// placeOf finds out where a card stands.
func (r *request) placeOf(card store.Card) (place, error) {
	if card.ChatID > 0 {
		member, err := r.tx.MemberByTelegramID(card.ChatID)
		return place{speak: r.speaker(member), private: true, person: member}, err
	}
	group, err := r.tx.GroupOf(card.ChatID, card.ThreadID)
	return place{speak: r.book.In(group.Language), group: group}, err
}

// groupCard shows a task's card in its group.
func (r *request) groupCard(task council.Task, extra cardExtra) error {
	if task.GroupID == 0 {
		return nil
	}
	group, err := r.tx.Group(task.GroupID)
	if err != nil {
		return notFoundIsNil(err)
	}
	return r.showCard(task, cardTask, group.ChatID, group.ThreadID, place{speak: r.book.In(group.Language), group: group}, extra)
}

// privateCard shows a task's card to one person, if the person can be written to.
func (r *request) privateCard(task council.Task, kind string, member council.Member, extra cardExtra) (bool, error) {
	if member.Reach != council.ReachOpen || member.TelegramID == 0 {
		return false, nil
	}
	where := place{speak: r.speaker(member), private: true, person: member}
	return true, r.showCard(task, kind, member.TelegramID, 0, where, extra)
}

// afresh makes a card in a private chat come as a new message at the end of
// the chat, as when something is asked anew.
func (r *request) afresh(task council.Task, kind string, member council.Member) error {
	card, err := r.tx.Card(task.Reference().String(), kind, member.TelegramID, 0)
	if err != nil {
		return err
	}
	return r.tx.ForgetCardMessage(card.ID, 0)
}
