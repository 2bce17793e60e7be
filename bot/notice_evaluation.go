package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// openShown is how many open tasks of an evaluation its owner's digest holds; the
// rest is behind a button.
const openShown = 40

// stepOpen stands in a digest beside a task that is there because it is open for
// an evaluation.
const stepOpen council.Step = "open"

// addOpenTasks adds, behind each evaluation that an owner is told of, what that
// person has still open for it, so that the digest shows later what became of it.
func (n *notice) addOpenTasks() error {
	known := make(map[int64]bool)
	for _, item := range n.items(council.ToAssignee) {
		known[item.Task.Number] = true
	}
	var others []council.Item
	for _, item := range n.Items {
		if item.Reminder.Audience != council.ToOwner {
			others = append(others, item)
		}
	}
	for _, items := range n.evaluations(n.items(council.ToOwner)) {
		tasks, err := n.openTasks(items[0].Evaluation)
		if err != nil {
			return err
		}
		others = append(others, items...)
		for _, task := range tasks {
			own, _ := task.Assignee(n.member.ID)
			if known[task.Number] || own.State == council.TaskSubmitted {
				continue
			}
			known[task.Number] = true
			others = append(others, council.Item{Task: task, Evaluation: items[0].Evaluation,
				Reminder: council.Reminder{Subject: task.Reference(), Step: stepOpen, Audience: council.ToOwner}})
		}
	}
	n.Items = others
	return nil
}

func (n *notice) openTasks(evaluation council.Evaluation) ([]council.Task, error) {
	filter, err := n.ownFilter(evaluation)
	if err != nil {
		return nil, err
	}
	return n.tx.Tasks(filter, 0, openShown)
}

func (n *notice) ownFilter(evaluation council.Evaluation) (store.TaskFilter, error) {
	filter, err := n.tx.TasksFor(evaluation)
	filter.MemberID, filter.OpenOnly = n.member.ID, true
	return filter, err
}

// writeEvaluations tells an owner how near an evaluation is, and what is still open.
func (n *notice) writeEvaluations() error {
	for _, items := range n.evaluations(n.items(council.ToOwner)) {
		n.open("notice.person")
		n.writeEvaluation(items)
		if err := n.writeOpen(items); err != nil {
			return err
		}
	}
	return nil
}

func (n *notice) writeOpen(items []council.Item) error {
	listed, headed := 0, false
	for _, item := range items {
		if item.Task.Number == 0 {
			continue
		}
		listed++
		if n.listed[item.Task.Number] {
			continue
		}
		if !headed {
			headed = true
			n.join(n.speak.Say("notice.open"))
		}
		if err := n.writeTask(&ownTask{task: item.Task, brief: true}); err != nil {
			return err
		}
	}
	if listed < openShown {
		return nil
	}
	filter, err := n.ownFilter(items[0].Evaluation)
	if err != nil {
		return err
	}
	count, err := n.tx.CountMatching(filter)
	if err == nil && count > listed {
		n.add(n.speak.Count("notice.more", count-listed))
		n.offer(button(n.speak, "see_all", pressList, listMine, 0))
	}
	return err
}

// writeGroupEvaluations tells a group how near its evaluations are, with counts.
func (n *notice) writeGroupEvaluations() error {
	together := n.evaluations(n.items(council.ToGroup))
	if len(together) > 0 {
		n.open("notice.group")
	}
	tasksOffered := false
	for _, items := range together {
		n.writeEvaluation(items)
		counts := items[0].Counts
		lines := n.progress(counts, items[0].Dimensions)
		switch {
		case counts.Total > 0 && counts.Done >= counts.Total && counts.OfIndicators:
			lines = append(lines, n.speak.Say("readiness.all_complete"))
		case counts.Total > 0 && counts.Done >= counts.Total:
			lines = append(lines, n.speak.Say("notice.complete"))
		case counts.Total > 0 && n.group.Kind == council.KindWorkingGroup:
			lines = append(lines, n.speak.Say("notice.private"))
		}
		if len(lines) > 0 {
			n.add(lines...)
		}
		if counts.OfIndicators && counts.Done < counts.Total && n.group.Kind == council.KindWorkingGroup && !tasksOffered {
			tasksOffered = true
			n.offer(n.ownTasksButton())
		}
	}
	return nil
}

// evaluations puts the items of one evaluation together: several of its dates may
// be spoken of on one morning.
func (n *notice) evaluations(items []council.Item) [][]council.Item {
	var together [][]council.Item
	where := make(map[int64]int)
	for _, item := range items {
		if item.Evaluation.Number == 0 {
			continue
		}
		at, known := where[item.Evaluation.Number]
		if !known {
			at = len(together)
			where[item.Evaluation.Number] = at
			together = append(together, nil)
		}
		together[at] = append(together[at], item)
	}
	return together
}

// writeEvaluation writes an evaluation with the dates that are spoken of, why
// that is earlier than usual, and the coordinator's own sentence about it.
func (n *notice) writeEvaluation(items []council.Item) {
	evaluation := items[0].Evaluation
	head := evaluation.Reference().String() + " · " + evaluation.Name
	if evaluation.State != council.EvaluationOpen {
		n.add(head + " · " + n.speak.Say("evaluation.state."+string(evaluation.State)))
		return
	}
	lines, reasons := []string{head}, []string(nil)
	for _, item := range items {
		if item.Milestone.Deadline.IsZero() {
			continue
		}
		lines = append(lines, n.milestones([]council.Milestone{item.Milestone}, false)...)
		if why := n.whyMoved(item.Reminder.Step, item.Milestone.Deadline); why != "" {
			moved := n.speak.Say("notice.moved", "Step", string(item.Reminder.Step), "Why", why)
			if !slices.Contains(reasons, moved) {
				reasons = append(reasons, moved)
			}
		}
	}
	if wording := n.city.Timing.For(evaluation).Rhythm.Wording; wording != "" {
		reasons = append(reasons, wording)
	}
	n.add(append(lines, reasons...)...)
}
