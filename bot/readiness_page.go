package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// readinessPage says how complete an evaluation is: in all, by dimension, what waits
// to be checked and what is blocked. In a group that takes three lines.
func (r *request) readinessPage(evaluation council.Evaluation) (string, [][]store.Button, error) {
	prepared, err := r.tx.Preparation(evaluation, r.now)
	if err != nil {
		return "", nil, err
	}
	others, err := r.otherReadiness(evaluation)
	if err != nil {
		return "", nil, err
	}
	if !prepared.Counts.OfIndicators {
		text := r.speak.Say("readiness.none", "Reference", evaluation.Reference().String(), "Name", evaluation.Name)
		if r.actor.Coordinates() && r.private {
			text += " " + r.speak.Say("indicator.how")
		}
		return text, others, nil
	}
	all, byDimension := council.ReadinessOf(prepared.Standings)
	byDimension = r.ownFirst(byDimension)
	lines := []string{r.readinessHead(evaluation), report.ReadinessTotal(r.speak, all)}
	if !r.private {
		if waiting := all.Count[council.EvidenceUploaded]; waiting > 0 {
			lines[1] += " · " + r.speak.Say("readiness.waiting", "N", waiting)
		}
		lines = append(lines, r.dimensionsInLine(byDimension))
	} else {
		lines = append(lines, r.whatIsLeft(all, prepared.Counts.Blocked)...)
		for _, part := range byDimension {
			lines = append(lines, r.dimensionReady(part))
		}
	}
	return strings.Join(lines, "\n"), append(r.readinessButtons(evaluation, all), others...), nil
}

// readinessHead names an evaluation with its next date; in a group with the days that
// are left, for a line.
func (r *request) readinessHead(evaluation council.Evaluation) string {
	head := evaluation.Reference().String() + " · " + evaluation.Name
	if r.private {
		return head + "\n" + r.evaluationText().next(evaluation)
	}
	milestone, found := evaluation.Next(r.now)
	if !found || evaluation.State != council.EvaluationOpen {
		return head + " · " + r.evaluationText().next(evaluation)
	}
	return head + " · " + r.speak.Left(r.city.days(r.now, milestone.Deadline.At))
}

// whatIsLeft counts what is not verified, and the blocked tasks.
func (r *request) whatIsLeft(all council.Readiness, blocked int) (lines []string) {
	left := r.countsLeft(all)
	if len(left) > 0 {
		lines = append(lines, strings.Join(left, " · "))
	}
	if blocked > 0 {
		lines = append(lines, r.speak.Say("readiness.blocked", "N", blocked))
	}
	return append(lines, "")
}

func (r *request) countsLeft(all council.Readiness) (left []string) {
	for _, one := range []struct {
		state council.EvidenceState
		key   string
	}{{council.EvidenceUploaded, "readiness.waiting"}, {council.EvidenceNeedsFix, "readiness.needs_fix"}, {council.EvidenceMissing, "readiness.missing"}} {
		if count := all.Count[one.state]; count > 0 {
			left = append(left, r.speak.Say(one.key, "N", count))
		}
	}
	return left
}

// ownFirst puts the dimensions in front that concern the reader: the group's in a
// group, in private those of the groups in which the person works.
func (r *request) ownFirst(byDimension []council.Readiness) []council.Readiness {
	own := map[council.Dimension]bool{r.group.Dimension: true}
	if r.private && !r.actor.Coordinates() {
		for _, group := range r.actor.Groups {
			own[group.Dimension] = true
		}
	}
	return slices.SortedStableFunc(slices.Values(byDimension), func(a, b council.Readiness) int {
		switch mine, other := a.Dimension != "" && own[a.Dimension], b.Dimension != "" && own[b.Dimension]; {
		case mine == other:
			return 0
		case mine:
			return -1
		}
		return 1
	})
}

// dimensionReady is a line about a dimension.
func (r *request) dimensionReady(part council.Readiness) string {
	line := r.dimensionName(part.Dimension) + " " + fraction(part.Count[council.EvidenceVerified], part.Total)
	if part.Weight > 0 {
		line = r.speak.Say("readiness.part_weighted", "Part", line, "Percent", report.WholePercent(r.speak, part.Share()))
	}
	if waiting := part.Count[council.EvidenceUploaded]; waiting > 0 {
		line += " · " + r.speak.Say("readiness.waiting", "N", waiting)
	}
	return line
}

func (r *request) dimensionsInLine(byDimension []council.Readiness) string {
	parts := make([]string, len(byDimension))
	for i, part := range byDimension {
		parts[i] = r.dimensionName(part.Dimension) + " " + fraction(part.Count[council.EvidenceVerified], part.Total)
	}
	return strings.Join(parts, " · ")
}

func (r *request) readinessButtons(evaluation council.Evaluation, all council.Readiness) [][]store.Button {
	number := evaluation.Number
	row := []store.Button{r.readinessButton("picture", readinessPicture, number)}
	missing := all.Total - all.Count[council.EvidenceVerified]
	if r.mayName() != nil || missing == 0 {
		return [][]store.Button{row}
	}
	label := r.speak.Say("readiness.button.missing", "N", missing)
	return [][]store.Button{
		{{Text: label, Data: data(pressReadiness, readinessMissing, number, 0)}},
		append(row, r.readinessButton("sheet", readinessSheet, number)),
	}
}

func (r *request) readinessButton(label, verb string, number int64) store.Button {
	return store.Button{Text: r.speak.Say("readiness.button." + label), Data: data(pressReadiness, verb, number)}
}

// readinessOthers is how many other evaluations are offered, the newest first.
const readinessOthers = 4

// otherReadiness opens the other evaluations that are being prepared.
func (r *request) otherReadiness(shown council.Evaluation) ([][]store.Button, error) {
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return nil, err
	}
	var row []store.Button
	for _, evaluation := range slices.Backward(evaluations) {
		if evaluation.Number != shown.Number && evaluation.State == council.EvaluationOpen && len(row) < readinessOthers {
			row = append(row, store.Button{Text: evaluation.Reference().String(), Data: data(pressReadiness, readinessShow, evaluation.Number)})
		}
	}
	if len(row) == 0 {
		return nil, nil
	}
	return [][]store.Button{row}, nil
}

// readinessLines are a line for each evaluation with indicators: "Kesiapan E-1: 14
// dari 20 (72 %) · 2 menunggu pemeriksaan". For a dimension it is about that alone.
func (r *request) readinessLines(dimension council.Dimension) (lines []string, err error) {
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return nil, err
	}
	for _, evaluation := range evaluations {
		standings, err := r.tx.Readiness(evaluation.Number)
		if err != nil {
			return nil, err
		}
		all, byDimension := council.ReadinessOf(standings)
		if dimension != "" {
			all = council.Readiness{}
			if at := slices.IndexFunc(byDimension, func(part council.Readiness) bool { return part.Dimension == dimension }); at >= 0 {
				all = byDimension[at]
			}
		}
		if all.Total > 0 {
			lines = append(lines, readinessLine(r.speak, evaluation, all))
		}
	}
	return lines, nil
}

func readinessLine(speak locale.Speaker, evaluation council.Evaluation, part council.Readiness) string {
	about := evaluation.Reference().String()
	if part.Dimension != "" {
		about += " " + speak.Say("dimension."+string(part.Dimension))
	}
	line := speak.Say("readiness.status", "About", about, "Done", part.Count[council.EvidenceVerified], "Total", part.Total, "Percent", report.WholePercent(speak, part.Share()))
	if waiting := part.Count[council.EvidenceUploaded]; waiting > 0 {
		line += " · " + speak.Say("readiness.waiting", "N", waiting)
	}
	return line
}

// readinessOfCity is how complete the evaluations are.
func (r *request) readinessOfCity() ([]string, error) { return r.readinessLines("") }

// readinessHere is how complete the evaluations are as far as it concerns the place:
// in a dimension's group that, and nothing in a community's.
func (r *request) readinessHere() ([]string, error) {
	if r.group.Kind == council.KindCommunity {
		return nil, nil
	}
	return r.readinessLines(r.group.Dimension)
}
