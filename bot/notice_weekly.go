package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// needsRead is how many tasks of a group are looked at for what others need of it.
const needsRead = 500

// needsShown is how many of what is needed a group's digest names, the most
// pressing first; the rest is counted.
const needsShown = 3

// furtherNeeds lists what else the others may need from a working group beside
// its tasks: each finds its lines, without names of people, or none.
func furtherNeeds() []func(b *Bot, tx *store.Tx, speak speaker, group council.Group) ([]string, error) {
	return []func(*Bot, *store.Tx, speaker, council.Group) ([]string, error){questionNeeds}
}

// remindOfNeeds lets each working group from which others need something hear of
// that, in the same message as whatever else is due for it.
func (r *request) remindOfNeeds(due council.Reminder) error {
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	for _, group := range groups {
		if group.Kind != council.KindWorkingGroup {
			continue
		}
		lines, err := r.needLines(r.tx, r.book.In(group.Language), group)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			continue
		}
		reminder := council.Reminder{Subject: due.Subject, Step: council.StepWeekly, Audience: council.ToGroup, GroupID: group.ID, Anchor: due.Due, Due: due.Due}
		if err := r.tx.AddReminders([]council.Reminder{reminder}); err != nil {
			return err
		}
	}
	return nil
}

// writeWeekly tells a working group what the others need from it this week, as
// things stand now.
func (n *notice) writeWeekly() error {
	due := slices.ContainsFunc(n.Items, func(item council.Item) bool { return item.Reminder.Step == council.StepWeekly })
	if !due || n.group.Kind != council.KindWorkingGroup {
		return nil
	}
	lines, err := n.bot.needLines(n.tx, n.speak, n.group)
	if err != nil || len(lines) == 0 {
		return err
	}
	n.open("notice.group")
	n.headline(n.speak.Say("week.needs.head", "Group", kindName(n.speak, n.group.Kind, n.group.Dimension)))
	n.add(lines...)
	return nil
}

// needLines says in counts, with a few references, what others need from a group.
func (b *Bot) needLines(tx *store.Tx, speak speaker, group council.Group) ([]string, error) {
	needs, err := needsOf(tx, group)
	if err != nil {
		return nil, err
	}
	var lines []string
	if !needs.IsZero() {
		lines = b.taskNeeds(speak, needs)
	}
	for _, find := range furtherNeeds() {
		more, err := find(b, tx, speak, group)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

func (b *Bot) taskNeeds(speak speaker, needs council.Needs) []string {
	var lines []string
	for key, tasks := range map[string][]council.Task{"week.needs.awaited": needs.Awaited, "week.needs.shared": needs.Shared} {
		if len(tasks) > 0 {
			lines = append(lines, speak.Count(key, len(tasks), "References", pressing(tasks)))
		}
	}
	slices.Sort(lines)
	if needs.Submitted > 0 {
		lines = append(lines, speak.Count("week.needs.submitted", needs.Submitted))
	}
	return lines
}

// pressing names the first few of tasks.
func pressing(tasks []council.Task) string {
	names := make([]string, 0, needsShown+1)
	for _, task := range tasks[:min(len(tasks), needsShown)] {
		names = append(names, task.Reference().String())
	}
	if len(tasks) > needsShown {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// needsOf finds out what the tasks of others need from a group.
func needsOf(tx *store.Tx, group council.Group) (council.Needs, error) {
	awaited, err := tx.Tasks(store.TaskFilter{GroupID: group.ID, Awaited: true, OpenOnly: true}, 0, needsRead)
	if err != nil {
		return council.Needs{}, err
	}
	shared, err := tx.Tasks(store.TaskFilter{GroupID: group.ID, Shared: true, OpenOnly: true}, 0, needsRead)
	if err != nil || len(awaited)+len(shared) == 0 {
		return council.Needs{}, err
	}
	waiting := make(map[int64]council.Task)
	for _, task := range awaited {
		for _, number := range task.AwaitedBy {
			if waiting[number], err = tx.Task(number); err != nil {
				return council.Needs{}, err
			}
		}
	}
	members, err := tx.MembersOf(group.ChatID)
	if err != nil {
		return council.Needs{}, err
	}
	ids := make([]int64, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}
	return council.NeedsOf(group.ID, awaited, shared, waiting, ids), nil
}
