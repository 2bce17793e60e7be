package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How much of what is missing a notice names; the rest is counted.
const (
	codesNamed     = 12
	officesNamed   = 3
	obstaclesNamed = 2
	obstaclesRead  = 500 // open tasks that are looked through for them
)

// writeMissing tells a coordinator by their codes which indicators are not complete,
// and offers the list.
func (n *notice) writeMissing() error {
	var due []council.Item
	for _, item := range n.items(council.ToCoordinator) {
		if item.Reminder.Subject.Letter == council.EvaluationLetter {
			due = append(due, item)
		}
	}
	for _, items := range n.evaluations(due) {
		evaluation := items[0].Evaluation
		standings, err := n.tx.Standings(evaluation.Number)
		if err != nil {
			return err
		}
		n.open("notice.report")
		n.writeEvaluation(items)
		codes := missingCodes(standings)
		if evaluation.State != council.EvaluationOpen {
			continue
		}
		if len(codes) == 0 {
			n.add(n.speak.Say("readiness.all_complete"))
			continue
		}
		named := strings.Join(codes[:min(len(codes), codesNamed)], ", ")
		if more := len(codes) - codesNamed; more > 0 {
			named = n.speak.Say("readiness.more_codes", "Codes", named, "N", more)
		}
		n.add(n.speak.Say("readiness.codes", "Codes", named) + " " + n.speak.Say("readiness.download"))
		n.offer(store.Button{Text: n.speak.Say("readiness.button.sheet"), Data: data(pressReadiness, readinessSheet, evaluation.Number)})
	}
	return nil
}

// missingCodes are the codes of what is not verified.
func missingCodes(standings []council.IndicatorStanding) (codes []string) {
	for _, standing := range standings {
		if standing.State() != council.EvidenceVerified {
			codes = append(codes, standing.Code)
		}
	}
	return codes
}

// readinessMatter is what a leader is told of an evaluation with indicators: how much
// is complete, with which offices the rest is, and what holds it up.
func (n *notice) readinessMatter(item council.Item) (string, error) {
	evaluation := item.Evaluation
	prepared, err := n.tx.Preparation(evaluation, n.now)
	if err != nil {
		return "", err
	}
	lines := []string{n.speak.Say("readiness.leader", "Reference", evaluation.Reference().String(), "Name", evaluation.Name,
		"Left", n.speak.Left(item.Days), "Done", prepared.Counts.Done, "Total", prepared.Counts.Total)}
	if offices := n.officesLeft(prepared.Standings); offices != "" {
		lines = append(lines, n.speak.Say("readiness.rest", "Offices", offices))
	}
	obstacles, err := n.obstacles(prepared)
	return strings.Join(append(lines, obstacles...), " "), err
}

// officesLeft says how much is missing at which office.
func (n *notice) officesLeft(standings []council.IndicatorStanding) string {
	var parts []string
	more := 0
	for _, office := range council.MissingByOffice(standings) {
		switch count := len(office.Missing); {
		case len(parts) == officesNamed:
			more += count
		case office.Owner == "":
			parts = append(parts, n.speak.Say("readiness.rest_nobody", "N", count))
		default:
			parts = append(parts, n.speak.Say("readiness.rest_office", "N", count, "Office", readinessOffice(n.speak, office.Owner)))
		}
	}
	if more > 0 {
		parts = append(parts, n.speak.Say("readiness.rest_more", "N", more))
	}
	return strings.Join(parts, ", ")
}

// obstacles say what holds up the tasks that are to bring indicators, in the words
// of those who have them; the rest is counted.
func (n *notice) obstacles(prepared store.Preparation) (lines []string, err error) {
	if prepared.Counts.Blocked == 0 {
		return nil, nil
	}
	open := prepared.Tasks
	open.OpenOnly = true
	tasks, err := n.tx.Tasks(open, 0, obstaclesRead)
	if err != nil {
		return nil, err
	}
	for _, task := range tasks {
		if task.State != council.TaskBlocked || len(lines) == obstaclesNamed {
			continue
		}
		line, err := n.obstacle(task)
		if err != nil {
			return nil, err
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	switch more := prepared.Counts.Blocked - len(lines); {
	case more > 0 && len(lines) > 0:
		lines = append(lines, n.speak.Say("readiness.more_obstacles", "N", more))
	case more > 0:
		lines = append(lines, n.speak.Say("readiness.obstacles", "N", more))
	}
	return lines, nil
}

// obstacle is what holds up a task that is to bring an indicator; "" where nothing
// was said, and for other tasks.
func (n *notice) obstacle(task council.Task) (string, error) {
	indicator, err := n.tx.IndicatorOfTask(task.Number)
	if err != nil || indicator.ID == 0 {
		return "", err
	}
	words, err := n.asRequest().obstacleWords(task.Reference())
	if err != nil || words == "" {
		return "", err
	}
	words = strings.TrimRight(plainLine(words), ".")
	return n.speak.Say("readiness.obstacle", "Code", indicator.Code, "Words", shorten(words, cardTitleLimit)), nil
}

// examplesLine says to whom a task was given what evidence may be; nothing for a task
// that brings none.
func (n *notice) examplesLine(indicator council.Indicator) []string {
	if indicator.Examples == "" {
		return nil
	}
	return []string{n.speak.Say("readiness.examples", "Examples", shorten(plainLine(indicator.Examples), evidenceWordsLimit))}
}

// uploadButton lets the person file evidence for the indicator of a task.
func (n *notice) uploadButton(indicator council.Indicator, several bool) store.Button {
	text := n.speak.Say("readiness.button.upload")
	if several {
		text = n.speak.Say("readiness.button.upload_one", "Code", indicator.Code)
	}
	return store.Button{Text: text, Data: data(pressEvidence, evidenceUpload, indicator.ID)}
}

// ownTasksButton opens the person's own tasks in the private chat, from a group.
func (n *notice) ownTasksButton() store.Button {
	return store.Button{Text: n.speak.Say("readiness.button.tasks"), URL: n.asRequest().privateLink(tasksPayload)}
}
