package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerSheetLines stands in the outbox for all that is to be seen of a sheet.
const makerSheetLines = "indicator_lines"

// How much of a sheet is shown at once, and from how many lines on it can be had as a file.
const (
	sheetPage     = 12
	sheetAsFile   = 2 * sheetPage
	sheetLine     = textLimit/sheetPage - 20 // runes of a line, so that a page is never cut
	sheetValue    = 60                       // runes of a part of an indicator, before and after
	sheetNameOnly = 80                       // runes of its name
)

// sheetLines are the problems of a sheet row by row, and what it changes in an
// evaluation that has indicators already.
func (r *request) sheetLines(draft indicatorDraft) (lines []string, err error) {
	for _, problem := range draft.Sheet.Problems {
		lines = append(lines, r.problemLine(problem))
	}
	if draft.Evaluation == 0 || draft.State != store.IndicatorDraftWaiting {
		return lines, nil
	}
	update, err := draft.update(r.tx)
	if err != nil || update.Same+len(update.Missing) == 0 && !hasOld(update.Changes) {
		return lines, err // all of them are new
	}
	for _, change := range update.Changes {
		lines = append(lines, r.changeLine(change))
	}
	for _, indicator := range update.Missing {
		lines = append(lines, r.speak.Say("indicator.line.missing", "Code", indicator.Code, "Name", shorten(indicator.Name, sheetNameOnly)))
	}
	return lines, nil
}

func hasOld(changes []council.IndicatorChange) bool {
	for _, change := range changes {
		if !change.IsNew() {
			return true
		}
	}
	return false
}

// problemLine says where a problem is, and what it is: "Baris 7 · ENV-08: …"
func (r *request) problemLine(problem report.SheetProblem) string {
	var where []string
	if problem.Row > 0 {
		where = append(where, r.speak.Say("indicator.row", "Row", problem.Row))
	}
	if problem.Code != "" {
		where = append(where, problem.Code)
	}
	key := "indicator.problem." + string(problem.Kind)
	if problem.Kind == report.ProblemUnknownDimension && problem.Value == "" {
		key = "indicator.problem.no_dimension"
	}
	what := r.speak.Say(key, "Value", problem.Value, "Sum", r.weightSum(problem.Value))
	if len(where) == 0 {
		return what
	}
	return strings.Join(where, " · ") + ": " + what
}

// changeLine says what becomes of an indicator: "ENV-08: target 70 → 75".
func (r *request) changeLine(change council.IndicatorChange) string {
	if change.IsNew() {
		return r.speak.Say("indicator.line.new", "Code", change.After.Code, "Name", shorten(change.After.Name, sheetNameOnly))
	}
	var parts []string
	for _, field := range change.Fields() {
		parts = append(parts, r.speak.Say("indicator.line.field", "Field", r.speak.Say("indicator.field."+field),
			"Before", r.fieldOf(change.Before, field), "After", r.fieldOf(change.After, field)))
	}
	return change.After.Code + ": " + strings.Join(parts, "; ")
}

// fieldOf writes one part of an indicator, short enough for a line.
func (r *request) fieldOf(indicator council.Indicator, field string) string {
	return shorten(r.wholeField(indicator, field), sheetValue)
}

// wholeField writes one part of an indicator; a word for nothing where it is empty.
func (r *request) wholeField(indicator council.Indicator, field string) string {
	text := ""
	switch field {
	case "dimension":
		if indicator.Dimension != "" {
			text = r.speak.Say("dimension." + string(indicator.Dimension))
		}
	case "weight":
		if indicator.Weight > 0 {
			text = r.percentOf(indicator.Weight) + " %"
		}
	default:
		text = map[string]string{"subdimension": indicator.Subdimension, "name": indicator.Name, "unit": indicator.Unit, "target": indicator.Target,
			"owner": indicator.Owner, "examples": indicator.Examples}[field]
	}
	if text == "" {
		return r.speak.Say("indicator.empty")
	}
	return text
}

// seeSheet is [Lihat]: page by page what is to be looked at.
func (r *request) seeSheet(draft indicatorDraft, wanted int64) error {
	lines, err := r.sheetLines(draft)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return r.stale()
	}
	page, before, behind := onePage(wanted, sheetPage, len(lines))
	pages := (len(lines) + sheetPage - 1) / sheetPage
	shown := []string{r.speak.Say("indicator.page", "Page", page+1, "Pages", pages)}
	if pages == 1 {
		shown = nil
	}
	whole := true
	for _, line := range lines[page*sheetPage : min(len(lines), (page+1)*sheetPage)] {
		short := shorten(line, sheetLine)
		shown, whole = append(shown, short), whole && short == line
	}
	var turn, others []store.Button
	turn = append(turn, turnButtons(r.speak, page, before, behind, pressIndicator, sheetSee, draft.Number)...)
	if len(lines) > sheetAsFile || !whole {
		others = append(others, button(r.speak, "indicator_file", pressIndicator, sheetFile, draft.Number))
	}
	if draft.State == store.IndicatorDraftWaiting {
		others = append(others, button(r.speak, "back", pressIndicator, sheetBack, draft.Number))
	}
	if err := r.editIndicators("", aboutSheet, strings.Join(shown, "\n"), filledRows(turn, others)...); err != nil {
		return err
	}
	return r.toast("")
}

// filledRows leaves out rows without buttons.
func filledRows(rows ...[]store.Button) (filled [][]store.Button) {
	for _, row := range rows {
		if len(row) > 0 {
			filled = append(filled, row)
		}
	}
	return filled
}

// sendSheetLines sends all that is to be seen as a file.
func (r *request) sendSheetLines(draft indicatorDraft) error {
	file := store.File{Kind: fileDocument, Maker: makerSheetLines, Name: r.speak.Say("indicator.lines_file"),
		Arguments: []string{idText(draft.Number), r.speak.Language}}
	if err := queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Files: []store.File{file}, About: aboutSheet}}); err != nil {
		return err
	}
	return r.toast("")
}

// makeSheetLines writes all that is to be seen of a sheet as text. Arguments: the
// draft, and the language.
func makeSheetLines(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 2 {
		return nil, errors.New("indicator lines: a draft and a language are expected")
	}
	number, err := strconv.ParseInt(arguments[0], 10, 64)
	if err != nil {
		return nil, err
	}
	r := &request{Bot: b, tx: tx, now: b.Now(), speak: b.book.In(arguments[1])}
	draft, err := keptSheet(tx, number)
	if err != nil {
		return nil, err
	}
	lines, err := r.sheetLines(draft)
	return []byte("\ufeff" + strings.Join(lines, "\r\n") + "\r\n"), err
}
