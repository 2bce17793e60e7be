package bot

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Steps of adding an indicator: for which evaluation, and how it is called.
const (
	stepNewFor  = "new_for"
	stepNewName = "new_name"
)

// addIndicator is /indikator tambah ENV-10 nama: one more, without a sheet.
func (r *request) addIndicator(words string) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	var question indicatorQuestion
	if reference, after, named := nextReference(words, false); named && reference.Letter == council.EvaluationLetter {
		question.Evaluation, words = reference.Number, after
	}
	code, name, isCode := nextCode(words, false)
	if !isCode { // the letters and the number may be apart
		letters, after := firstWord(words)
		digits, rest := firstWord(after)
		code, isCode = council.IndicatorCode(letters + "-" + digits)
		name = rest
	}
	if !isCode {
		return council.Refuse("indicator_add")
	}
	question.Code, question.Name = code, strings.Trim(name, " \n:–-")
	return r.goOnAddingIndicator(question)
}

// goOnAddingIndicator adds an indicator, or asks for what is missing.
func (r *request) goOnAddingIndicator(question indicatorQuestion) error {
	if question.Evaluation == 0 {
		evaluations, err := r.evaluationsAhead()
		switch {
		case err != nil:
			return err
		case len(evaluations) == 0:
			return council.Refuse("sheet_no_evaluation")
		case len(evaluations) > 1:
			return r.askNewFor(question, evaluations)
		}
		question.Evaluation = evaluations[0].Number
	}
	if _, err := r.evaluationAhead(council.EvaluationReference(question.Evaluation)); err != nil {
		return err
	}
	ever, err := r.tx.IndicatorsEver(question.Evaluation)
	if err != nil {
		return err
	}
	before := council.Indicator{}
	if at := slices.IndexFunc(ever, func(i council.Indicator) bool { return i.Code == question.Code }); at >= 0 {
		before = ever[at]
	}
	if before.ID != 0 && !before.Retired {
		return council.Refuse("indicator_exists", "Code", question.Code, "Reference", council.EvaluationReference(question.Evaluation).String())
	}
	if question.Name == "" {
		return r.askOn(dialogIndicator, stepNewName, question, r.speak.Say("indicator.change.new_name", "Code", question.Code))
	}
	return r.makeIndicator(question, before, ever)
}

// makeIndicator adds an indicator, of the dimension of those whose codes begin alike.
func (r *request) makeIndicator(question indicatorQuestion, before council.Indicator, ever []council.Indicator) error {
	after := before
	after.Evaluation, after.Code, after.Retired = question.Evaluation, question.Code, false
	for _, other := range ever {
		if after.Dimension == "" && !other.Retired && codeLetters(other.Code) == codeLetters(after.Code) {
			after.Dimension, after.Subdimension = other.Dimension, other.Subdimension
		}
	}
	after, err := r.withField(after, "name", question.Name)
	if err != nil {
		return err
	}
	changes := []council.IndicatorChange{{Before: before, After: after}}
	version, err := r.keepIndicators(question.Evaluation, changes)
	if err != nil {
		return err
	}
	return r.showChanged(changes[0].After, r.changeLine(changes[0]), version)
}

func codeLetters(code string) string { return strings.TrimRight(code, "0123456789") }

// evaluationsAhead are those that are still being prepared, the newest first.
func (r *request) evaluationsAhead() ([]council.Evaluation, error) {
	evaluations, err := r.tx.Evaluations()
	slices.Reverse(evaluations)
	return slices.DeleteFunc(evaluations, ended), err
}

// askNewFor asks for which evaluation an indicator is.
func (r *request) askNewFor(question indicatorQuestion, evaluations []council.Evaluation) error {
	var rows [][]store.Button
	for _, evaluation := range evaluations[:min(len(evaluations), evaluationChoices)] {
		label := evaluation.Reference().String() + " · " + shorten(evaluation.Name, cardTitleLimit)
		rows = append(rows, []store.Button{{Text: label, Data: data(pressIndicator, indicatorNewFor, evaluation.Number)}})
	}
	return r.askOn(dialogIndicator, stepNewFor, question, r.speak.Say("indicator.change.which", "Code", question.Code), rows...)
}

// pressNewFor says for which evaluation the indicator is that is being added.
func (r *request) pressNewFor(evaluation int64) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogIndicator || dialog.Step != stepNewFor {
		return errorsOr(err, r.stale())
	}
	var question indicatorQuestion
	if err := json.Unmarshal([]byte(dialog.Data), &question); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	question.Evaluation = evaluation
	if question.Name == "" {
		return r.answerByMessage(r.goOnAddingIndicator(question))
	}
	return r.goOnAddingIndicator(question)
}
