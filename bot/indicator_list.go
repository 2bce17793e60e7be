package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How many indicators a page holds; in a group, where everybody has to scroll past
// it, fewer. Their buttons stand side by side.
const (
	indicatorsPage      = 8
	indicatorsPageGroup = 3
	indicatorButtons    = 4
)

// listIndicators is /indikator without a code: how far the evaluation is, named or
// the newest that has indicators, and its dimensions to open.
func (r *request) listIndicators() error {
	evaluation, err := r.evaluationToList()
	if err != nil {
		return err
	}
	if evaluation.Number == 0 {
		return r.reply(r.speak.Say("evaluation.none"))
	}
	text, rows, err := r.indicatorOverview(evaluation)
	if err != nil {
		return err
	}
	return r.replyAbout(evaluation.Reference().String(), aboutIndicators, text, rows...)
}

// listDimension is /indikator lingkungan: the first page of a dimension.
func (r *request) listDimension(dimension council.Dimension) error {
	evaluation, err := r.evaluationToList()
	if err != nil || evaluation.Number == 0 {
		return errorsOr(err, r.reply(r.speak.Say("evaluation.none")))
	}
	text, rows, err := r.indicatorsOf(evaluation, dimensionWord(dimension), 0)
	if err != nil {
		return err
	}
	return r.replyAbout(evaluation.Reference().String(), aboutIndicators, text, rows...)
}

// evaluationToList is the evaluation that a command names, otherwise the newest that
// has indicators, otherwise the newest; the zero Evaluation for none.
func (r *request) evaluationToList() (chosen council.Evaluation, err error) {
	if references, _ := r.references(); len(references) > 0 && references[0].Letter == council.EvaluationLetter {
		return r.evaluation(references[0])
	}
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return chosen, err
	}
	slices.Reverse(evaluations)
	for _, evaluation := range evaluations {
		has, err := r.tx.HasIndicators(evaluation.Number)
		if err != nil || has {
			return evaluation, err
		}
	}
	if len(evaluations) > 0 {
		chosen = evaluations[0]
	}
	return chosen, nil
}

// indicatorOverview counts an evaluation's indicators, in all and by dimension.
func (r *request) indicatorOverview(evaluation council.Evaluation) (string, [][]store.Button, error) {
	standings, err := r.tx.Standings(evaluation.Number)
	if err != nil {
		return "", nil, err
	}
	head := evaluation.Reference().String() + " · " + evaluation.Name
	if len(standings) == 0 {
		text := head + "\n" + r.speak.Say("indicator.none")
		if r.actor.Coordinates() {
			text += " " + r.speak.Say("indicator.how")
		}
		return text, nil, nil
	}
	all, byDimension := council.ReadinessOf(standings)
	var rows [][]store.Button
	for i, part := range byDimension {
		if i%2 == 0 {
			rows = append(rows, nil)
		}
		label := r.dimensionName(part.Dimension) + " " + fraction(part.Count[council.EvidenceVerified], part.Total)
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: label,
			Data: data(pressIndicator, indicatorList, evaluation.Number, dimensionWord(part.Dimension), 0)})
	}
	return head + "\n" + r.speak.Say("indicator.overview", "Complete", all.Count[council.EvidenceVerified], "Total", all.Total), rows, nil
}

// dimensionName is the name of a dimension; of indicators without one, "Lainnya".
func (r *request) dimensionName(dimension council.Dimension) string {
	if dimension == "" {
		return r.speak.Say("dimension.none")
	}
	return r.speak.Say("dimension." + string(dimension))
}

// dimensionWord is a dimension as a button carries it; "none" for those without one,
// since an empty word means all of them.
func dimensionWord(dimension council.Dimension) string {
	if dimension == "" {
		return "none"
	}
	return string(dimension)
}

// turnIndicators shows a page of a dimension, or the overview for no dimension.
func (r *request) turnIndicators(number int64, word string, wanted int64) error {
	evaluation, err := r.evaluation(council.EvaluationReference(number))
	if err != nil {
		return err
	}
	text, rows, err := r.indicatorOverview(evaluation)
	if word != "" && err == nil {
		text, rows, err = r.indicatorsOf(evaluation, word, wanted)
	}
	if err != nil {
		return err
	}
	if err := r.editIndicators(evaluation.Reference().String(), aboutIndicators, text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// indicatorsOf lists the indicators of a dimension with how far their evidence is.
func (r *request) indicatorsOf(evaluation council.Evaluation, word string, wanted int64) (string, [][]store.Button, error) {
	standings, err := r.tx.Standings(evaluation.Number)
	if err != nil {
		return "", nil, err
	}
	standings = slices.DeleteFunc(standings, func(s council.IndicatorStanding) bool { return dimensionWord(s.Dimension) != word })
	if len(standings) == 0 {
		return r.indicatorOverview(evaluation) // the sheet was changed in the meantime
	}
	all, _ := council.ReadinessOf(standings)
	size := indicatorsPage
	if !r.private {
		size = indicatorsPageGroup
	}
	page, before, behind := onePage(wanted, size, len(standings))
	lines := []string{r.speak.Say("indicator.of_dimension", "Reference", evaluation.Reference().String(), "Dimension", r.dimensionName(standings[0].Dimension),
		"Complete", all.Count[council.EvidenceVerified], "Total", all.Total)}
	var rows [][]store.Button
	for i, standing := range standings[page*size : min(len(standings), (page+1)*size)] {
		lines = append(lines, standing.Code+" · "+shorten(standing.Name, cardTitleLimit)+" · "+r.evidenceState(standing))
		if i%indicatorButtons == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: standing.Code, Data: data(pressIndicator, indicatorOne, standing.ID)})
	}
	turn := turnButtons(r.speak, page, before, behind, pressIndicator, indicatorList, evaluation.Number, word)
	turn = append(turn, button(r.speak, "back", pressIndicator, indicatorList, evaluation.Number))
	return strings.Join(lines, "\n"), append(rows, turn), nil
}

// evidenceState says how far the evidence of an indicator is.
func (r *request) evidenceState(standing council.IndicatorStanding) string {
	return r.speak.Say("indicator.state." + string(standing.State()))
}
