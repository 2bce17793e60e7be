package bot

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// fetchIndicators is why a sheet of indicators is fetched.
const fetchIndicators = "indicators"

// Endings of the names of files that are read as a sheet, and of those of which it is
// known what they are.
var (
	sheetEndings    = []string{".xlsx", ".xlsm", ".csv", ".tsv"}
	oldSheetEndings = []string{".xls", ".xlsb", ".ods"}
)

// sheetDocument is the file that was sent with the command, or is replied to.
func (r *request) sheetDocument() *models.Document {
	if r.message.Document != nil {
		return r.message.Document
	}
	if reply := r.message.ReplyToMessage; reply != nil && !r.ofBot(reply) {
		if text := strings.TrimSpace(r.text); text == "" || r.onlyEvaluation(text) {
			return reply.Document
		}
	}
	return nil
}

// onlyEvaluation tells whether a text is nothing but the reference of an evaluation.
func (r *request) onlyEvaluation(text string) bool {
	reference, is := council.ParseReference(text)
	return is && reference.Letter == council.EvaluationLetter
}

// sheetBySelf takes a sheet that a coordinator sends to the bot without a command.
func (r *request) sheetBySelf() (bool, error) {
	document := r.message.Document
	if document == nil || !r.actor.Coordinates() {
		return false, nil
	}
	ending := strings.ToLower(path.Ext(document.FileName))
	if !slices.Contains(sheetEndings, ending) && !slices.Contains(oldSheetEndings, ending) {
		return false, nil
	}
	return true, r.fetchSheet(document)
}

// replyToEvaluation takes a sheet that comes in reply to a message about the evaluation
// that it is for.
func (r *request) replyToEvaluation() error {
	if read, err := r.sheetBySelf(); read || err != nil {
		return err
	}
	return r.reply(r.speak.Say("reply.unclear", "Reference", r.about.String()))
}

// fetchSheet lets a sheet be fetched, for the evaluation that is named beside it.
// What cannot be one is said at once.
func (r *request) fetchSheet(document *models.Document) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	ending := strings.ToLower(path.Ext(document.FileName))
	switch {
	case slices.Contains(oldSheetEndings, ending):
		return council.Refuse("sheet_old")
	case ending != "" && ending != ".txt" && !slices.Contains(sheetEndings, ending):
		return council.Refuse("sheet_type")
	case document.FileSize > report.IndicatorSheetLimit:
		return council.Refuse("sheet_large")
	}
	named := ""
	if references, _ := r.references(); len(references) > 0 && references[0].Letter == council.EvaluationLetter {
		if _, err := r.evaluationAhead(references[0]); err != nil {
			return err
		}
		named = references[0].String()
	}
	return r.queueFetch(fetchIndicators, document.FileID, report.IndicatorSheetLimit, named)
}

// evaluationAhead finds an evaluation that is still being prepared.
func (r *request) evaluationAhead(reference council.Reference) (council.Evaluation, error) {
	evaluation, err := r.evaluation(reference)
	if err != nil {
		return evaluation, err
	}
	if evaluation.State == council.EvaluationClosed || evaluation.State == council.EvaluationCancelled {
		return evaluation, council.Refuse("evaluation_ended", "Reference", reference.String(), "State", r.evaluationState(evaluation))
	}
	return evaluation, nil
}

// readSheet shows what was understood of a sheet of indicators.
func (r *request) readSheet(file fetchedFile) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	switch file.failure {
	case fetchTooLarge:
		return council.Refuse("sheet_large")
	case fetchGone:
		return council.Refuse("sheet_gone")
	}
	if failure, is := file.unread.(report.SheetFailure); is {
		return council.Refuse("sheet_" + string(failure))
	}
	if file.unread != nil {
		return file.unread
	}
	maskSheet(&file.sheet)
	return r.offerSheet(indicatorDraft{Sheet: file.sheet}, r.text)
}

// maskSheet hides long digit runs, as in everything that people write.
func maskSheet(sheet *report.IndicatorSheet) {
	for i := range sheet.Indicators {
		indicator := &sheet.Indicators[i]
		for _, text := range []*string{&indicator.Subdimension, &indicator.Name, &indicator.Unit, &indicator.Target, &indicator.Owner, &indicator.Examples} {
			*text = maskText(*text)
		}
	}
	for i := range sheet.Problems {
		if sheet.Problems[i].Kind != report.ProblemWeightSum {
			sheet.Problems[i].Value = maskText(sheet.Problems[i].Value)
		}
	}
	for i := range sheet.UnknownColumns {
		sheet.UnknownColumns[i] = maskText(sheet.UnknownColumns[i])
	}
}

// offerSheet keeps what was read, and shows it for the evaluation that is named, for
// the only one, or asks for which one it is.
func (r *request) offerSheet(draft indicatorDraft, named string) error {
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return err
	}
	reference, isNamed := council.ParseReference(named)
	switch {
	case isNamed:
		draft.Evaluation = reference.Number
	case len(evaluations) == 0:
		return council.Refuse("sheet_no_evaluation")
	case len(evaluations) == 1:
		draft.Evaluation = evaluations[0].Number
	}
	draft, err = r.keepSheet(draft)
	if err != nil {
		return err
	}
	if draft.Evaluation == 0 {
		text := r.sheetRead(draft) + "\n" + r.speak.Say("indicator.which")
		return r.replyAbout("", aboutSheet, text, r.whichEvaluation(draft, evaluations)...)
	}
	text, rows, err := r.sheetPreview(draft)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutSheet, text, rows...)
}

// evaluationChoices is how many evaluations are offered, the newest first.
const evaluationChoices = 8

// whichEvaluation are buttons for the evaluations that a sheet may be for.
func (r *request) whichEvaluation(draft indicatorDraft, evaluations []council.Evaluation) (rows [][]store.Button) {
	slices.Reverse(evaluations)
	for _, evaluation := range evaluations[:min(len(evaluations), evaluationChoices)] {
		label := evaluation.Reference().String() + " · " + shorten(evaluation.Name, cardTitleLimit)
		rows = append(rows, []store.Button{{Text: label, Data: data(pressIndicator, sheetFor, draft.Number, evaluation.Number)}})
	}
	return append(rows, []store.Button{button(r.speak, "cancel_form", pressIndicator, sheetCancel, draft.Number)})
}

// percentOf writes hundredths of a percent as a number: "7,5".
func (r *request) percentOf(weight int) string {
	number := strconv.FormatFloat(float64(weight)/100, 'f', -1, 64)
	if r.speak.Language == locale.English {
		return number
	}
	return strings.Replace(number, ".", ",", 1)
}
