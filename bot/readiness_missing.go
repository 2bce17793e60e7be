package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// missingPerPage is how many indicators a page of what is missing holds.
const missingPerPage = 8

// missingPage lists for a coordinator what is not verified, by the office in charge,
// with the tasks that are to bring it and those who have them.
func (r *request) missingPage(evaluation council.Evaluation, wanted int64) (string, [][]store.Button, error) {
	standings, err := r.tx.Standings(evaluation.Number)
	if err != nil {
		return "", nil, err
	}
	offices, count := council.MissingByOffice(standings), 0
	for _, office := range offices {
		count += len(office.Missing)
	}
	page, before, behind := onePage(wanted, missingPerPage, count)
	lines := []string{r.speak.Say("readiness.by_office", "Reference", evaluation.Reference().String(), "N", count)}
	at := -page * missingPerPage // where the indicator stands on the page
	for _, office := range offices {
		headed := false
		for _, standing := range office.Missing {
			if at >= 0 && at < missingPerPage {
				if !headed {
					headed = true
					lines = append(lines, "", r.speak.Say("readiness.office", "Office", readinessOffice(r.speak, office.Owner), "N", len(office.Missing)))
				}
				line, err := r.missingLine(standing)
				if err != nil {
					return "", nil, err
				}
				lines = append(lines, line)
			}
			at++
		}
	}
	row := r.readinessTurns(evaluation, page, before, behind)
	return strings.Join(lines, "\n"), [][]store.Button{row, {r.readinessButton("sheet", readinessSheet, evaluation.Number)}}, nil
}

func (r *request) readinessTurns(evaluation council.Evaluation, page int, before, behind bool) []store.Button {
	row := turnButtons(r.speak, page, before, behind, pressReadiness, readinessMissing, evaluation.Number)
	return append(row, button(r.speak, "back", pressReadiness, readinessShow, evaluation.Number))
}

// readinessOffice is the office in charge as the sheet names it, on one line.
func readinessOffice(speak locale.Speaker, owner string) string {
	if owner == "" {
		return speak.Say("readiness.nobody")
	}
	return shorten(plainLine(owner), cardTitleLimit)
}

// missingLine is a line about an indicator: its state, and who is to bring what is
// missing.
func (r *request) missingLine(standing council.IndicatorStanding) (string, error) {
	line := standing.Code + " · " + shorten(plainLine(standing.Name), phraseLimit) + " · " + r.evidenceState(standing)
	tasks, err := r.tx.TasksOfIndicator(standing.ID)
	if err != nil {
		return "", err
	}
	for _, task := range tasks {
		if task.State.Ended() {
			continue
		}
		persons, err := r.personsOf(r.tx, r.speak, task)
		if err != nil {
			return "", err
		}
		key := "readiness.by_task"
		if task.State == council.TaskBlocked {
			key = "readiness.by_blocked_task"
		}
		line += " · " + r.speak.Say(key, "Reference", task.Reference().String(), "Persons", persons)
	}
	return line, nil
}
