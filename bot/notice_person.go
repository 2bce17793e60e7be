package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How much of a digest is written out.
const (
	noticeTasks   = 12 // lines of tasks
	noticeButtons = 5  // tasks that have buttons
)

// writeOwn lists the tasks the person has promised, with the date and the days left.
func (n *notice) writeOwn() error {
	items := n.items(council.ToAssignee)
	for i, item := range items {
		if n.listed[item.Task.Number] {
			continue
		}
		n.openOwn()
		if len(n.tasks) == noticeTasks {
			n.add(n.speak.Count("notice.more", len(items)-i))
			break
		}
		n.listOwn(item.Task)
		if item.Days < 0 {
			n.add(n.speak.Moment(item.Task.Deadline.At, n.city.Zone), n.speak.Count("notice.overdue", -item.Days))
		} else {
			n.add(n.deadline(item.Task.Deadline))
		}
	}
	return nil
}

func (n *notice) openOwn() {
	if len(n.lines) == 0 {
		n.open("notice.person")
	}
}

// listOwn writes the first line of an own task.
func (n *notice) listOwn(task council.Task) {
	n.listed[task.Number] = true
	n.tasks = append(n.tasks, task.Number)
	n.about[task.Reference().String()] = true
	n.add(task.Reference().String() + " · " + shorten(task.Title, cardTitleLimit))
}

// writeEvaluations tells an owner how near an evaluation is, and what is still open.
func (n *notice) writeEvaluations() error {
	for _, items := range n.evaluations(n.items(council.ToOwner)) {
		n.open("notice.person")
		if err := n.writeEvaluation(items); err != nil {
			return err
		}
		filter, err := n.tx.TasksFor(items[0].Evaluation)
		if err != nil {
			return err
		}
		filter.MemberID, filter.OpenOnly = n.member.ID, true
		if err := n.writeOpen(filter); err != nil {
			return err
		}
	}
	return nil
}

func (n *notice) writeOpen(filter store.TaskFilter) error {
	tasks, err := n.tx.Tasks(filter, 0, noticeTasks)
	if err != nil {
		return err
	}
	headed := false
	for _, task := range tasks {
		own, _ := task.Assignee(n.member.ID)
		if n.listed[task.Number] || own.State == council.TaskSubmitted {
			continue
		}
		if !headed {
			headed = true
			n.add(n.speak.Say("notice.open"))
		}
		n.listOwn(task)
		if !task.Deadline.IsZero() {
			n.lines[len(n.lines)-1] += " · " + n.deadline(task.Deadline)
		}
	}
	all, err := n.tx.CountMatching(filter)
	if err == nil && all > noticeTasks {
		n.add(n.speak.Count("notice.more", all-noticeTasks))
	}
	return err
}

// writeCoordination tells a coordinator what is overdue, and with whom.
func (n *notice) writeCoordination() error {
	var lines []string
	for _, item := range n.items(council.ToCoordinator) {
		if n.listed[item.Task.Number] {
			continue
		}
		n.listed[item.Task.Number] = true
		if len(lines) == 2*noticeTasks {
			continue
		}
		persons, err := n.bot.personsOf(n.tx, n.speak, item.Task)
		if err != nil {
			return err
		}
		n.about[item.Task.Reference().String()] = true
		lines = append(lines, n.speak.Say("notice.coordinator_line", "Reference", item.Task.Reference().String(),
			"Title", shorten(item.Task.Title, cardTitleLimit), "Persons", persons, "Left", n.speak.Left(item.Days)))
	}
	if len(lines) == 0 {
		return nil
	}
	n.open("notice.report")
	n.add(n.speak.Say("notice.coordinator"))
	n.add(lines...)
	return nil
}

// taskButtons lets the person answer with one press, for the first few tasks.
func (n *notice) taskButtons() {
	for i, number := range n.tasks {
		if i == noticeButtons {
			n.buttons = append(n.buttons, []store.Button{button(n.speak, "see_all", pressList, listMine, 0)})
			break
		}
		submit, obstacle := button(n.speak, "submit", pressSubmit, number), button(n.speak, "obstacle", pressObstacle, number)
		if len(n.tasks) > 1 {
			reference := council.TaskReference(number).String()
			submit.Text = n.speak.Say("button.submit_one", "Reference", reference)
			obstacle.Text = n.speak.Say("button.obstacle_one", "Reference", reference)
		}
		n.buttons = append(n.buttons, []store.Button{submit, obstacle})
	}
}

// onDigest tells whether the button that was pressed stands on a digest about
// several things, which stays as it is for the others.
func (r *request) onDigest() (bool, error) {
	subject, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	return subject == "" && about == aboutNotice, notFoundIsNil(err)
}
