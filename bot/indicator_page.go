package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How many pieces of evidence and tasks an indicator's page names.
const (
	evidenceShown = 8
	tasksShown    = 5
)

// replyIndicator shows one indicator: /indikator ENV-08. A reply to it names it.
func (r *request) replyIndicator(indicator council.Indicator) error {
	text, rows, err := r.indicatorPage(indicator)
	if err != nil {
		return err
	}
	return r.replyAbout(indicator.Reference().String(), aboutIndicators, text, rows...)
}

// openIndicator shows one indicator in the place of the list, or below another message.
func (r *request) openIndicator(id int64, inPlace bool) error {
	indicator, err := r.tx.Indicator(id)
	if errors.Is(err, store.ErrNotFound) {
		return r.stale()
	}
	if err != nil {
		return err
	}
	text, rows, err := r.indicatorPage(indicator)
	if err != nil {
		return err
	}
	if !inPlace {
		return errors.Join(r.replyAbout(indicator.Reference().String(), aboutIndicators, text, rows...), r.toast(""))
	}
	if err := r.editIndicators(indicator.Reference().String(), aboutIndicators, text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// indicatorPage says everything about an indicator: what it asks for, what has been
// filed for it, and the tasks that are to bring it.
func (r *request) indicatorPage(indicator council.Indicator) (string, [][]store.Button, error) {
	standing, err := r.standingOf(indicator)
	if err != nil {
		return "", nil, err
	}
	lines := []string{indicator.Code + " · " + indicator.Name}
	if !r.private { // three lines; the rest is seen in private
		lines = append(lines, r.speak.Say("indicator.part.evidence", "State", r.evidenceState(standing)))
		if indicator.Owner != "" {
			lines = append(lines, r.speak.Say("indicator.part.owner", "Value", indicator.Owner))
		}
	} else {
		lines = append(lines, r.indicatorParts(indicator)...)
		filed, err := r.evidenceLines(indicator, standing)
		if err != nil {
			return "", nil, err
		}
		tasks, err := r.taskLines(indicator)
		if err != nil {
			return "", nil, err
		}
		lines = append(append(lines, filed...), tasks...)
	}
	row, err := r.sameCode(indicator)
	if r.private && r.actor.Coordinates() {
		row = append([]store.Button{button(r.speak, "change", pressIndicator, indicatorEdit, indicator.ID)}, row...)
	}
	row = append(row, button(r.speak, "back", pressIndicator, indicatorList, indicator.Evaluation, dimensionWord(indicator.Dimension), 0))
	return strings.Join(lines, "\n"), append([][]store.Button{row}, r.statisticsRow(indicator.ID)...), err
}

// sameCode opens the indicators with the same code in other evaluations that are being
// prepared.
func (r *request) sameCode(indicator council.Indicator) (row []store.Button, err error) {
	others, err := r.tx.IndicatorsByCode(indicator.Code)
	for _, other := range others[:min(len(others), evaluationChoices)] {
		if other.ID != indicator.ID {
			row = append(row, store.Button{Text: council.EvaluationReference(other.Evaluation).String(), Data: data(pressIndicator, indicatorOne, other.ID)})
		}
	}
	return row, err
}

// standingOf is how far an indicator's evidence is.
func (r *request) standingOf(indicator council.Indicator) (council.IndicatorStanding, error) {
	standings, err := r.tx.Standings(indicator.Evaluation)
	if err != nil {
		return council.IndicatorStanding{}, err
	}
	if at := slices.IndexFunc(standings, func(s council.IndicatorStanding) bool { return s.ID == indicator.ID }); at >= 0 {
		return standings[at], nil
	}
	return council.IndicatorStanding{Indicator: indicator}, nil
}

// indicatorParts writes what an indicator asks for, as far as it is known.
func (r *request) indicatorParts(indicator council.Indicator) (lines []string) {
	dimension := r.dimensionName(indicator.Dimension)
	if indicator.Subdimension != "" {
		dimension += " · " + indicator.Subdimension
	}
	lines = append(lines, council.EvaluationReference(indicator.Evaluation).String()+" · "+dimension)
	say := func(part, value string) {
		if value != "" {
			lines = append(lines, r.speak.Say("indicator.part."+part, "Value", value))
		}
	}
	say("target", strings.TrimSpace(indicator.Target+" "+indicator.Unit))
	if indicator.Weight > 0 {
		say("weight", r.percentOf(indicator.Weight))
	}
	owner := indicator.Owner
	if owner == "" {
		owner = r.speak.Say("indicator.empty")
	}
	say("owner", owner)
	say("examples", indicator.Examples)
	return lines
}

// evidenceLines list what counts as evidence.
func (r *request) evidenceLines(indicator council.Indicator, standing council.IndicatorStanding) ([]string, error) {
	pieces, err := r.tx.EvidenceOf(indicator.ID)
	if err != nil {
		return nil, err
	}
	pieces = slices.DeleteFunc(pieces, func(e council.Evidence) bool { return !e.Counts() })
	lines := []string{r.speak.Say("indicator.part.evidence", "State", r.evidenceState(standing))}
	for _, piece := range pieces[:min(len(pieces), evidenceShown)] {
		name := piece.Name
		if piece.Link != "" {
			name = piece.Link
		}
		if name == "" {
			name = r.speak.Say("evidence.kind." + piece.Kind)
		}
		lines = append(lines, "· "+shorten(plainLine(name), cardTitleLimit)+" · "+r.speak.Say("indicator.state."+string(piece.State)))
	}
	if more := len(pieces) - evidenceShown; more > 0 {
		lines = append(lines, r.speak.Count("notice.more", more))
	}
	return lines, nil
}

// taskLines list the tasks of an indicator that the person may see.
func (r *request) taskLines(indicator council.Indicator) (lines []string, err error) {
	tasks, err := r.tx.TasksOfIndicator(indicator.ID)
	if err != nil {
		return nil, err
	}
	for _, task := range tasks {
		if may, _ := council.May(r.actor, council.ActionSeeTask, r.scope(task)); may && len(lines) < tasksShown {
			lines = append(lines, task.Reference().String()+" · "+shorten(task.Title, cardTitleLimit)+" · "+r.speak.Say("task.state."+string(task.State)))
		}
	}
	return lines, nil
}

// replyToIndicator files what comes in reply to an indicator's page; words alone open
// the page again.
func (r *request) replyToIndicator() error {
	draft, large, err := r.readEvidence(r.text, evidenceDraft{})
	if err != nil {
		return err
	}
	if draft.isEmpty() && large == 0 {
		return r.indicators()
	}
	return r.goOnFiling(draft, large)
}
