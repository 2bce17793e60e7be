package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// digestTasks is how many tasks of a group a summary lists.
const digestTasks = 30

// digest is /rekap: plain text that still makes sense when it is forwarded to
// another app. It marks nobody as late and names no person.
func (r *request) digest() error {
	if !r.private && !r.linked() {
		return r.mayInPlace(council.ActionDigest)
	}
	groups, err := r.digestGroups()
	if err != nil {
		return err
	}
	head := r.speak.Say("digest.head", "City", r.city.Name, "Moment", r.speak.Moment(r.now, r.city.Zone))
	lines := []string{strings.Replace(head, " \n", "\n", 1)} // the city may have no name yet
	if staff(r.actor) {
		evaluations, err := r.evaluationLines()
		if err != nil {
			return err
		}
		lines = append(lines, evaluations...)
	}
	for _, group := range groups {
		more, err := r.digestPart(r.groupName(group), store.TaskFilter{GroupID: group.ID}, max(fewTasks, digestTasks/len(groups)))
		if err != nil {
			return err
		}
		lines = append(lines, more...)
	}
	if len(groups) == 0 {
		more, err := r.digestPart(r.speak.Say("digest.mine"), store.TaskFilter{MemberID: r.actor.ID}, digestTasks)
		if err != nil {
			return err
		}
		lines = append(lines, more...)
	}
	return r.reply(strings.Join(lines, "\n"))
}

// digestGroups are the groups whose work a summary holds: this group's; in
// private, and in council and secretariat, all that the person may see. Someone
// who is only assigned gets the own tasks.
func (r *request) digestGroups() ([]council.Group, error) {
	if r.group.Kind == council.KindWorkingGroup || r.group.Kind == council.KindCommunity {
		return []council.Group{r.group}, r.may(council.ActionDigest, council.Scope{GroupID: r.group.ID})
	}
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	var visible []council.Group
	for _, group := range groups {
		sees, _ := council.May(r.actor, council.ActionDigest, council.Scope{GroupID: group.ID})
		if sees && group.Kind != council.KindCommunity {
			visible = append(visible, group)
		}
	}
	if len(visible) > 0 {
		return visible, nil
	}
	own, err := r.tx.CountMatching(store.TaskFilter{MemberID: r.actor.ID})
	if err != nil {
		return nil, err
	}
	return nil, r.may(council.ActionDigest, council.Scope{Assigned: own > 0})
}

// digestPart is a group's numbers and what is open there, so many tasks of it.
func (r *request) digestPart(name string, filter store.TaskFilter, shown int) ([]string, error) {
	counted, err := r.tx.CountTasks(filter, r.now, r.monthStart())
	if err != nil {
		return nil, err
	}
	counts := r.countsText("status.of_group", counted, "Group", name)
	filter.OpenOnly = true
	tasks, err := r.tx.Tasks(filter, 0, shown)
	if err != nil {
		return nil, err
	}
	lines := []string{"", counts}
	for _, task := range tasks {
		lines = append(lines, "• "+r.digestLine(task))
	}
	if len(tasks) == 0 {
		lines = append(lines, r.speak.Say("digest.none"))
	}
	return r.andMore(lines, counted.Running+counted.Blocked-len(tasks)), nil
}

func (r *request) digestLine(task council.Task) string {
	due := r.speak.Say("digest.no_date")
	if !task.Deadline.IsZero() {
		due = r.speak.Moment(task.Deadline.At, r.city.Zone)
	}
	return task.Reference().String() + " · " + shorten(task.Title, cardTitleLimit) + " · " + due
}
