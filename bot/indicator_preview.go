package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// editIndicators changes the message whose button was pressed.
func (r *request) editIndicators(subject, about, text string, rows ...[]store.Button) error {
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindEdit, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Buttons: rows, MessageID: r.pressed, Subject: subject, About: about},
	}, time.Now())
}

// sheetPreview shows what a sheet says, what is to be completed, and what it changes
// in its evaluation, before anything is kept.
func (r *request) sheetPreview(draft indicatorDraft) (string, [][]store.Button, error) {
	evaluation, err := r.evaluation(council.EvaluationReference(draft.Evaluation))
	if err != nil {
		return "", nil, err
	}
	update, err := draft.update(r.tx)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.sheetRead(draft)}
	if hindered := r.problemWords(draft.Sheet.Problems, true); len(hindered) > 0 {
		lines = append(lines, r.speak.Say("indicator.hindered", "Problems", strings.Join(hindered, "; ")))
	}
	if len(draft.Sheet.UnknownColumns) > 0 {
		lines = append(lines, r.speak.Say("indicator.unknown_columns", "Columns", shorten(strings.Join(draft.Sheet.UnknownColumns, ", "), unknownColumnsLength)))
	}
	if draft.Sheet.Macros {
		lines = append(lines, r.speak.Say("indicator.macros"))
	}
	reference := evaluation.Reference().String()
	changes := r.updateWords(update)
	if changes == "" {
		changes = r.speak.Say("indicator.nothing_new")
	}
	lines = append(lines, r.speak.Say("indicator.update", "Reference", reference, "Name", evaluation.Name, "Changes", changes))
	see, err := r.sheetLines(draft)
	return strings.Join(lines, "\n"), r.sheetButtons(draft, update, len(see) > 0), err
}

// unknownColumnsLength is how many letters of unknown headings are said.
const unknownColumnsLength = 200

func (r *request) sheetButtons(draft indicatorDraft, update council.IndicatorUpdate, see bool) (rows [][]store.Button) {
	var first []store.Button
	if see {
		first = append(first, button(r.speak, "indicator_see", pressIndicator, sheetSee, draft.Number, 0))
	}
	if len(update.Changes) > 0 {
		first = append(first, button(r.speak, "indicator_keep", pressIndicator, sheetKeep, draft.Number))
	}
	if first = append(first, button(r.speak, "cancel_form", pressIndicator, sheetCancel, draft.Number)); len(first) > 0 {
		rows = append(rows, first)
	}
	if len(update.Missing) > 0 && len(draft.Sheet.Indicators) > 0 {
		rows = append(rows, []store.Button{{Text: r.speak.Say("button.indicator_keep_all", "N", len(update.Missing)),
			Data: data(pressIndicator, sheetKeepIt, draft.Number)}})
	}
	return rows
}

// sheetRead says how much was read and what is to be completed: "Terbaca 20
// indikator, 6 dimensi. Perlu dilengkapi: …"
func (r *request) sheetRead(draft indicatorDraft) string {
	dimensions := make(map[council.Dimension]bool)
	for _, indicator := range draft.Sheet.Indicators {
		if indicator.Dimension != "" {
			dimensions[indicator.Dimension] = true
		}
	}
	key, from := "indicator.read", ""
	if draft.From != 0 {
		key, from = "indicator.copied", council.EvaluationReference(draft.From).String()
	}
	text := r.speak.Say(key, "From", from, "Indicators", r.speak.Count("indicator.count", len(draft.Sheet.Indicators)),
		"Dimensions", r.speak.Count("indicator.dimensions", len(dimensions)))
	if problems := r.problemWords(draft.Sheet.Problems, false); len(problems) > 0 {
		text += " " + r.speak.Say("indicator.to_complete", "Problems", strings.Join(problems, "; "))
	}
	return text
}

// problemWords counts the problems of each kind: those that keep a row out, or the others.
func (r *request) problemWords(problems []report.SheetProblem, hinder bool) (words []string) {
	counts := make(map[report.ProblemKind]int)
	sum := ""
	for _, problem := range problems {
		counts[problem.Kind]++
		if problem.Kind == report.ProblemWeightSum {
			sum = problem.Value
		}
	}
	for _, kind := range report.ProblemKinds {
		if counts[kind] > 0 && kind.Hinders() == hinder {
			words = append(words, r.speak.Count("indicator.problems."+string(kind), counts[kind], "Sum", r.weightSum(sum)))
		}
	}
	return words
}

// weightSum writes a sum of weights that a problem carries.
func (r *request) weightSum(value string) string {
	sum, err := strconv.Atoi(value)
	if err != nil {
		return value
	}
	return r.percentOf(sum)
}

// updateWords counts what a sheet changes: "2 baru, 5 berubah, 13 tetap"; "" for nothing.
func (r *request) updateWords(update council.IndicatorUpdate) string {
	fresh := 0
	for _, change := range update.Changes {
		if change.IsNew() {
			fresh++
		}
	}
	var words []string
	say := func(key string, count int) {
		if count > 0 {
			words = append(words, r.speak.Count("indicator.updates."+key, count))
		}
	}
	say("new", fresh)
	say("changed", len(update.Changes)-fresh)
	if len(words) == 0 && len(update.Missing) == 0 {
		return ""
	}
	say("same", update.Same)
	say("missing", len(update.Missing))
	return strings.Join(words, ", ")
}
