package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How many positions a leader is offered to take the obstacles of one thing to, and how
// many of these obstacles a message names.
const (
	forwardsOffered = 2
	forwardsNamed   = 5
)

// forwarding is what a leader may take to a position that can help.
type forwarding struct {
	position  council.Position
	obstacles []council.Task
}

// forwardings lists where the obstacles of a thing may be taken by a leader.
func (r *request) forwardings(subject council.Reference, leaderID int64) (found []forwarding, err error) {
	tasks, err := r.blockedTasks(subject)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	acting, err := r.tx.Acting(r.day())
	if err != nil {
		return nil, err
	}
	for _, task := range tasks {
		position, is, err := r.positionToHelp(task, acting, leaderID)
		if err != nil {
			return nil, err
		}
		if !is {
			continue
		}
		at := slices.IndexFunc(found, func(f forwarding) bool { return f.position.ID == position.ID })
		if at < 0 {
			found = append(found, forwarding{position: position})
			at = len(found) - 1
		}
		found[at].obstacles = append(found[at].obstacles, task)
	}
	return found, nil
}

// blockedTasks are the tasks with an obstacle that a thing is, or that serve it.
func (r *request) blockedTasks(subject council.Reference) (blocked []council.Task, err error) {
	var tasks []council.Task
	switch subject.Letter {
	case council.TaskLetter:
		task, err := r.tx.Task(subject.Number)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, task)
	case council.EvaluationLetter:
		evaluation, err := r.tx.Evaluation(subject.Number)
		if err != nil {
			return nil, err
		}
		filter, err := r.tx.TasksFor(evaluation)
		if err != nil {
			return nil, err
		}
		filter.OpenOnly = true
		if tasks, err = r.tx.Tasks(filter, 0, obstaclesRead); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(tasks, func(task council.Task) bool { return task.State != council.TaskBlocked }), nil
}

// positionToHelp is the position to which an obstacle may be taken: the one that was named as
// the one that can help, else the one of which the obstacle speaks, else the one above
// whoever has the task. A leader takes nothing to a position that is the leader's own.
func (r *request) positionToHelp(task council.Task, acting []council.Acting, leaderID int64) (council.Position, bool, error) {
	named, err := r.helperNamed(task.Reference())
	if err != nil {
		return council.Position{}, false, err
	}
	if named == 0 {
		words, err := r.obstacleWords(task.Reference())
		if err != nil {
			return council.Position{}, false, err
		}
		spoken, _ := positionSpokenOf(words, acting)
		named = spoken.ID
	}
	for _, position := range acting {
		if position.ID == named && named != 0 {
			return position.Position, !slices.Contains(position.Members(), leaderID), nil
		}
	}
	position, found := council.StandsAbove(task, acting, leaderID)
	return position, found, nil
}

// forwardButtons offer to take the obstacles of a thing to the positions that can help.
func (n *notice) forwardButtons(subject council.Reference) (buttons []store.Button, err error) {
	r := n.asRequest()
	found, err := r.forwardings(subject, n.member.ID)
	for _, one := range found[:min(len(found), forwardsOffered)] {
		name := n.bot.officeName(n.tx, n.speak, one.position, council.Holding{})
		buttons = append(buttons, store.Button{Text: n.speak.Say("button.direct_forward", "Position", name),
			Data: data(pressDirect, subject.String(), directionForward, one.position.ID)})
	}
	return buttons, err
}

// directedObstacles are what is taken to a position; a refusal where nothing is in the
// way any more that it could help with, nil for other directions.
func (r *request) directedObstacles(subject council.Reference, wanted direction) ([]council.Task, error) {
	if wanted.word != directionForward {
		return nil, nil
	}
	found, err := r.forwardings(subject, r.actor.ID)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(found, func(f forwarding) bool { return f.position.ID == wanted.to })
	if at < 0 {
		return nil, council.Refuse("no_obstacle", "Reference", subject.String())
	}
	return found[at].obstacles, nil
}

// directionText is a direction in words.
func (b *Bot) directionText(tx *store.Tx, speak speaker, given direction) (string, error) {
	if given.to == 0 {
		return speak.Say("notice.direction." + given.word), nil
	}
	position, err := tx.PositionByID(given.to)
	return speak.Say("notice.direction."+given.word, "Position", b.officeName(tx, speak, position, council.Holding{})), err
}

// tellHelpers tells those who act in the position what they are asked to help with, and
// returns whom it could reach.
func (r *request) tellHelpers(given direction, obstacles []council.Task, by func(speaker) string) ([]council.Member, error) {
	if given.to == 0 {
		return nil, nil
	}
	acting, err := r.tx.Acting(r.day())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(acting, func(position council.Acting) bool { return position.ID == given.to })
	if at < 0 {
		return nil, nil
	}
	members, err := r.others(membersOf(r.tx, acting[at].Members()))
	if err != nil {
		return nil, err
	}
	subject := ""
	if len(obstacles) == 1 {
		subject = obstacles[0].Reference().String()
	}
	return r.tellEach(members, subject, cardTask, func(speak speaker, member council.Member) (string, [][]store.Button, error) {
		_, holding, _ := council.HighestOffice(acting[at:at+1], member.ID)
		office := r.officeName(r.tx, speak, acting[at].Position, holding)
		lines, err := r.obstacleLines(speak, obstacles)
		text := speak.Say("notice.direction.helper", "Person", esteemed(speak, member, office), "By", by(speak)) + lines
		if subject != "" {
			text += "\n" + speak.Say("notice.direction.helper_reply")
		}
		return text, nil, err
	})
}

// helpersText tells a coordinator what is taken to a position, and whether whoever
// holds it has been told; "" for other directions.
func (r *request) helpersText(speak speaker, given direction, obstacles []council.Task, helpers []council.Member) (string, error) {
	if given.to == 0 {
		return "", nil
	}
	lines, err := r.obstacleLines(speak, obstacles)
	if err != nil {
		return "", err
	}
	if len(helpers) == 0 {
		return lines + "\n" + speak.Say("notice.direction.helper_unreached"), nil
	}
	names, err := r.namePersons(speak, memberIDs(helpers))
	return lines + "\n" + speak.Say("notice.direction.helper_told", "Persons", names), err
}

// obstacleLines write a line for each task, with what is in its way.
func (r *request) obstacleLines(speak speaker, tasks []council.Task) (string, error) {
	var lines strings.Builder
	for _, task := range tasks[:min(len(tasks), forwardsNamed)] {
		words, err := r.obstacleWords(task.Reference())
		if err != nil {
			return "", err
		}
		due := ""
		if !task.Deadline.IsZero() {
			due = r.deadlineIn(speak, task.Deadline)
		}
		line := joinParts(task.Reference().String(), shorten(task.Title, cardTitleLimit), due)
		if words = strings.TrimRight(plainLine(words), "."); words != "" {
			line += ": " + shorten(words, evidenceWordsLimit)
		}
		lines.WriteString("\n" + line)
	}
	if more := len(tasks) - forwardsNamed; more > 0 {
		lines.WriteString("\n" + speak.Count("notice.more", more))
	}
	return lines.String(), nil
}
