package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// tellLeftBehind tells the coordinators which open tasks somebody still has who is in
// no group any more. Whoever was given a role stays reachable by that.
func (r *request) tellLeftBehind(member council.Member) error {
	actor, err := r.tx.Actor(member)
	if err != nil || !actor.IsStranger() {
		return err
	}
	tasks, err := r.tx.Tasks(store.TaskFilter{MemberID: member.ID, OpenOnly: true}, 0, council.IndicatorsLimit)
	tasks = slices.DeleteFunc(tasks, func(task council.Task) bool {
		own, _ := task.Assignee(member.ID)
		return own.State == council.TaskDone || own.State == council.TaskSubmitted
	})
	if err != nil || len(tasks) == 0 {
		return err
	}
	shown, subject := tasks[:min(len(tasks), assignedListed)], ""
	if len(tasks) == 1 {
		subject = tasks[0].Reference().String()
	}
	return r.tellCoordinators(subject, cardTask, func(speak speaker, _ council.Member) (string, [][]store.Button, error) {
		references := referenceList(shown)
		if more := len(tasks) - len(shown); more > 0 {
			references += " " + speak.Count("notice.more", more)
		}
		return speak.Say("task.notice.left_behind", "Person", namePerson(speak, member), "References", references, "Command", namedForCommand(shown)), nil, nil
	})
}

// namedForCommand writes references as a command takes them.
func namedForCommand(tasks []council.Task) string {
	text := ""
	for _, task := range tasks {
		text += task.Reference().String() + " "
	}
	return text
}
