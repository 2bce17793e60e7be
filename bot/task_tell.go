package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// tellChange tells everybody whom a change concerns, except the one who made
// it, and returns who was told: they are told of an undoing too.
func (r *request) tellChange(before, after council.Task, change taskChange) ([]int64, error) {
	switch change.event {
	case council.EventObstacle:
		return r.tellObstacle(after, change.words)
	case council.EventSubmitted:
		if after.State == council.TaskSubmitted {
			return r.askCheck(after)
		}
		return nil, nil
	case council.EventReassigned:
		return r.tellReassigned(before, after)
	case council.EventTaken:
		return nil, nil
	case council.EventWaits, council.EventFreed:
		return r.tellAssignees(after, change)
	case council.EventAccepted, council.EventSentBack, council.EventCancelled, council.EventDeadline, council.EventReopened:
		return r.tellAssignees(after, change)
	}
	return nil, nil
}

func (r *request) tellAssignees(task council.Task, change taskChange) ([]int64, error) {
	var told []int64
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 || assignee.MemberID == r.actor.ID {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return told, err
		}
		if _, err := r.tell(member, task.Reference().String(), cardTask, r.changeNotice(task, change, member)); err != nil {
			return told, err
		}
		told = append(told, member.ID)
	}
	return told, nil
}

func (r *request) changeNotice(task council.Task, change taskChange, member council.Member) string {
	speak := r.speaker(member)
	details := []any{"Person", greetPerson(speak, member), "Reference", task.Reference().String(), "Title", shorten(task.Title, cardTitleLimit)}
	switch change.event {
	case council.EventAccepted:
		return speak.Say("task.notice.accepted", details...)
	case council.EventSentBack:
		return speak.Say("task.notice.sent_back", details...)
	case council.EventCancelled:
		return speak.Say("task.notice.cancelled", details...)
	case council.EventReopened:
		return speak.Say("task.notice.reopened", details...)
	}
	if change.event == council.EventWaits || change.event == council.EventFreed {
		return r.waitNotice(speak, task, details)
	}
	if task.Deadline.IsZero() {
		return speak.Say("task.notice.deadline_none", details...)
	}
	return speak.Say("task.notice.deadline", append(details, "Deadline", r.deadlineIn(speak, task.Deadline))...)
}

// tellObstacle tells every other coordinator of an obstacle, at once, and returns who
// can be reached.
func (r *request) tellObstacle(task council.Task, words string) ([]int64, error) {
	members, err := r.others(coordinators(r.tx))
	if err != nil {
		return nil, err
	}
	told, err := r.tellEach(members, task.Reference().String(), cardTask, func(speak speaker, _ council.Member) (string, [][]store.Button, error) {
		key := "task.notice.obstacle_words"
		if words == "" {
			key = "task.notice.obstacle"
		}
		return speak.Say(key, "Reference", task.Reference().String(), "Title", shorten(task.Title, cardTitleLimit),
			"Person", namePerson(speak, r.actor.Member), "Words", words), nil, nil
	})
	return memberIDs(told), err
}

// askCheck shows handed-in work to every coordinator; the first press wins.
func (r *request) askCheck(task council.Task) ([]int64, error) {
	members, err := coordinators(r.tx)
	if err != nil {
		return nil, err
	}
	var told []int64
	for _, member := range members {
		if member.Reach == council.ReachOpen {
			if err := r.afresh(task, cardCheck, member); err != nil {
				return told, err
			}
		}
		if _, err := r.privateCard(task, cardCheck, member, cardExtra{}); err != nil {
			return told, err
		}
		told = append(told, member.ID)
	}
	return told, nil
}

// tellAssigned brings a task to those it was given to.
func (r *request) tellAssigned(task council.Task, except []int64) ([]int64, error) {
	var told []int64
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 || assignee.MemberID == r.actor.ID || slices.Contains(except, assignee.MemberID) {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return told, err
		}
		if err := r.vouchFor(member, task); err != nil {
			return told, err
		}
		if _, err := r.privateCard(task, cardTask, member, cardExtra{}); err != nil {
			return told, err
		}
		told = append(told, member.ID)
	}
	return told, nil
}

func (r *request) tellReassigned(before, after council.Task) ([]int64, error) {
	var kept, told []int64
	for _, assignee := range before.Assignees {
		if assignee.MemberID == 0 {
			continue
		}
		if isAssignee(after, assignee.MemberID) {
			kept = append(kept, assignee.MemberID)
			continue
		}
		if assignee.MemberID == r.actor.ID {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return told, err
		}
		speak := r.speaker(member)
		text := speak.Say("task.notice.reassigned", "Person", greetPerson(speak, member), "Reference", after.Reference().String())
		if _, err := r.tell(member, after.Reference().String(), cardTask, text); err != nil {
			return told, err
		}
		told = append(told, member.ID)
	}
	added, err := r.tellAssignedAnew(after, kept)
	return append(told, added...), err
}

// tellAssignedAnew brings a task to those it was passed on to: as a new message,
// even to somebody who had its card before, and to a group that has none.
func (r *request) tellAssignedAnew(task council.Task, kept []int64) ([]int64, error) {
	for _, assignee := range task.Assignees {
		if assignee.GroupID != 0 && assignee.GroupID != task.GroupID {
			group, err := r.tx.Group(assignee.GroupID)
			if err != nil {
				return nil, notFoundIsNil(err)
			}
			where := place{speak: r.book.In(group.Language), group: group}
			return nil, r.showCard(task, cardTask, group.ChatID, group.ThreadID, where, cardExtra{})
		}
		if assignee.MemberID == 0 || assignee.MemberID == r.actor.ID || slices.Contains(kept, assignee.MemberID) {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return nil, err
		}
		if member.Reach == council.ReachOpen && member.TelegramID != 0 {
			if err := r.afresh(task, cardTask, member); err != nil {
				return nil, err
			}
		}
	}
	return r.tellAssigned(task, kept)
}
