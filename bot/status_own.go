package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ownStatus is what is the person's own: open tasks, and the numbers of the
// groups in which the person works.
func (r *request) ownStatus() ([]string, error) {
	if err := r.may(council.ActionStatusOwn, council.Scope{}); err != nil {
		return nil, err
	}
	lines := []string{r.statusHead()}
	mine := store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}
	open, err := r.tx.Tasks(mine, 0, shownTasks)
	if err != nil {
		return nil, err
	}
	if len(open) == 0 {
		lines = append(lines, r.speak.Say("status.none_mine"))
	} else {
		counts, err := r.counts("status.mine", store.TaskFilter{MemberID: r.actor.ID})
		if err != nil {
			return nil, err
		}
		lines = append(lines, counts, r.speak.Say("status.open"))
		for _, task := range open {
			lines = append(lines, r.taskLineText(task))
		}
		if lines, err = r.withRest(lines, mine, len(open)); err != nil {
			return nil, err
		}
	}
	things, err := r.parts((*request).ideasHere, (*request).questionsHere, (*request).nextMeetingOwn)
	if err != nil {
		return nil, err
	}
	return r.withGroups(append(lines, things...))
}

// withGroups adds the numbers of the person's groups, and the evaluations.
func (r *request) withGroups(lines []string) ([]string, error) {
	if !staff(r.actor) {
		return lines, nil
	}
	for _, group := range r.actor.Groups {
		if group.Kind != council.KindWorkingGroup || !r.seesGroup(group) {
			continue
		}
		counts, err := r.counts("status.of_group", store.TaskFilter{GroupID: group.ID}, "Group", r.groupName(group))
		if err != nil {
			return nil, err
		}
		ready, err := r.readinessLines(group.Dimension)
		if err != nil {
			return nil, err
		}
		lines = append(append(lines, counts), ready...)
	}
	evaluations, err := r.evaluationLines()
	return append(lines, evaluations...), err
}

func (r *request) seesGroup(group council.Group) bool {
	sees, _ := council.May(r.actor, council.ActionStatusGroup, council.Scope{GroupID: group.ID})
	return sees
}

// statusOf is /status lingkungan: the groups that words name, as far as the
// person may see them.
func (r *request) statusOf(words string) error {
	if err := r.may(council.ActionStatusOwn, council.Scope{}); err != nil {
		return err
	}
	kind, dimension, known := r.groupWords(words)
	if !known {
		return council.Refuse("status_unclear")
	}
	groups, err := r.groupsNamed(kind, dimension)
	if err != nil {
		return err
	}
	visible := slices.DeleteFunc(slices.Clone(groups), func(group council.Group) bool { return !r.seesGroup(group) })
	if len(visible) == 0 {
		return r.mayNot(groups)
	}
	lines := []string{r.statusHead()}
	shown := max(fewTasks, shownTasks/len(visible))
	for _, group := range visible {
		more, err := r.groupLines(group, shown)
		if err != nil {
			return err
		}
		lines = append(lines, more...)
	}
	return r.reply(strings.Join(lines, "\n"))
}

// mayNot says why nothing of these groups is shown.
func (r *request) mayNot(groups []council.Group) error {
	for _, group := range groups {
		return r.may(council.ActionStatusGroup, council.Scope{GroupID: group.ID})
	}
	if err := r.may(council.ActionStatusGroup, council.Scope{}); err != nil {
		return err
	}
	return council.Refuse("no_such_group")
}

func (r *request) groupsNamed(kind council.GroupKind, dimension council.Dimension) ([]council.Group, error) {
	groups, err := r.tx.Groups()
	return slices.DeleteFunc(groups, func(group council.Group) bool {
		return group.Kind != kind || group.Dimension != dimension
	}), err
}

// fewTasks is how many tasks of each group are listed where there are many groups.
const fewTasks = 2

// groupLines are a group's numbers and what is open there, so many tasks of it, without
// names.
func (r *request) groupLines(group council.Group, shown int) ([]string, error) {
	counted, err := r.tx.CountTasks(store.TaskFilter{GroupID: group.ID}, r.now, r.monthStart())
	if err != nil {
		return nil, err
	}
	counts := r.countsText("status.of_group", counted, "Group", r.groupName(group))
	ideas, err := r.groupIdeas(group)
	if err != nil {
		return nil, err
	}
	questions, err := r.groupQuestions(group)
	if err != nil {
		return nil, err
	}
	lines := append(append([]string{"", counts}, ideas...), questions...)
	open, err := r.tx.Tasks(store.TaskFilter{GroupID: group.ID, OpenOnly: true}, 0, shown)
	if err != nil {
		return nil, err
	}
	for _, task := range open {
		lines = append(lines, r.taskLineText(task))
	}
	return r.andMore(lines, counted.Running+counted.Blocked-len(open)), nil
}
