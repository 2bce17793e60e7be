package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// dialogIndicator is a question about one indicator; its steps are the parts of an
// indicator, and those of adding one.
const dialogIndicator = "indicator"

// What the buttons of an indicator mean that change it.
const (
	indicatorEdit   = "edit"   // an indicator: what is to be changed
	indicatorField  = "field"  // an indicator, one of its parts
	indicatorSet    = "set"    // an indicator, a dimension
	indicatorOffice = "office" // an indicator, an office of the city's list as its owner
	indicatorRemove = "drop"   // an indicator
	indicatorNewFor = "newfor" // an evaluation, for the one that is being added
)

// indicatorQuestion is what is being asked about an indicator. It is kept in the
// conversation's row.
type indicatorQuestion struct {
	ID         int64  // 0: it is being added
	Evaluation int64  // for which it is added; 0: that is still to be said
	Code, Name string // of one that is being added
}

// pressIndicatorChange answers the buttons that change an indicator.
func (r *request) pressIndicatorChange(verb string, number int64, arguments pressArguments) error {
	if verb == indicatorNewFor {
		return r.pressNewFor(number)
	}
	indicator, err := r.changeable(number)
	if err != nil {
		return err
	}
	switch verb {
	case indicatorEdit:
		return r.offerChanges(indicator)
	case indicatorField:
		return r.answerByMessage(r.askIndicatorField(indicator, arguments.text(2)))
	case indicatorSet:
		return r.pressDimension(indicator, arguments.text(2))
	case indicatorOffice:
		return r.pressIndicatorOffice(indicator, arguments)
	}
	return r.removeIndicator(indicator)
}

// changeable finds an indicator of an evaluation that is still being prepared.
func (r *request) changeable(id int64) (council.Indicator, error) {
	indicator, err := r.tx.Indicator(id)
	if errors.Is(err, store.ErrNotFound) || err == nil && indicator.Retired {
		return indicator, council.Refuse("no_such_indicator", "Code", indicator.Code)
	}
	if err != nil {
		return indicator, err
	}
	_, err = r.evaluationAhead(council.EvaluationReference(indicator.Evaluation))
	return indicator, err
}

// offerChanges shows what of an indicator can be changed, and what was changed last.
func (r *request) offerChanges(indicator council.Indicator) error {
	lines := []string{indicator.Code + " · " + indicator.Name, r.speak.Say("indicator.change.what")}
	last, err := r.lastFieldChange(indicator)
	if err != nil {
		return err
	}
	if last != "" {
		lines = append(lines, r.speak.Say("indicator.change.last", "Change", last))
	}
	var rows [][]store.Button
	for i, field := range []string{"name", "dimension", "subdimension", "unit", "target", "weight", "owner", "examples"} {
		if i%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: capitalised(r.speak.Say("indicator.field." + field)),
			Data: data(pressIndicator, indicatorField, indicator.ID, field)})
	}
	rows = append(rows, []store.Button{button(r.speak, "indicator_remove", pressIndicator, indicatorRemove, indicator.ID),
		button(r.speak, "back", pressIndicator, indicatorOne, indicator.ID)})
	if err := r.editIndicators(indicator.Reference().String(), aboutIndicators, strings.Join(lines, "\n"), rows...); err != nil {
		return err
	}
	return r.toast("")
}

// lastFieldChange is the last change of an indicator by hand, as it was written; ""
// where there was none, or it was undone.
func (r *request) lastFieldChange(indicator council.Indicator) (string, error) {
	events, err := r.tx.History(indicator.Reference(), 0, 1)
	if err != nil || len(events) == 0 || events[0].Kind != council.EventIndicators {
		return "", err
	}
	last := events[0]
	return joinParts(last.Words, namePerson(r.speak, last.Member), r.speak.Moment(last.At, r.city.Zone)), nil
}

// askIndicatorField asks for what a part of an indicator is from now on.
func (r *request) askIndicatorField(indicator council.Indicator, field string) error {
	if !slices.Contains(council.IndicatorFields, field) {
		return r.stale()
	}
	how := "text"
	switch field {
	case "name", "dimension", "weight":
		how = field
	}
	text := indicator.Code + " · " + r.speak.Say("indicator.field."+field) + "\n" +
		r.speak.Say("indicator.change.now", "Value", r.wholeField(indicator, field)) + "\n" +
		r.speak.Say("indicator.change.ask_"+how)
	var rows [][]store.Button
	if field == "dimension" {
		for i, dimension := range council.Dimensions {
			if i%2 == 0 {
				rows = append(rows, nil)
			}
			rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: r.dimensionName(dimension),
				Data: data(pressIndicator, indicatorSet, indicator.ID, string(dimension))})
		}
	}
	if field == "owner" {
		var err error
		if rows, err = r.officeRows(func(mark string, index int) string {
			return data(pressIndicator, indicatorOffice, indicator.ID, mark, index)
		}); err != nil {
			return err
		}
	}
	return r.askOn(dialogIndicator, field, indicatorQuestion{ID: indicator.ID}, text, rows...)
}

// answerIndicator takes what was written in answer to such a question. What cannot be
// taken leaves the question open.
func (r *request) answerIndicator(dialog store.Dialog) error {
	var question indicatorQuestion
	if err := json.Unmarshal([]byte(dialog.Data), &question); err != nil {
		return err
	}
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	err := r.takeIndicatorAnswer(question, dialog.Step)
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) {
		return errors.Join(err, r.tx.SetDialog(dialog, r.now))
	}
	return err
}

func (r *request) takeIndicatorAnswer(question indicatorQuestion, step string) error {
	switch {
	case step == stepNewFor:
		reference, is := council.ParseReference(strings.TrimSpace(r.text))
		if !is || reference.Letter != council.EvaluationLetter {
			return council.Refuse("indicator_which")
		}
		question.Evaluation = reference.Number
		return r.goOnAddingIndicator(question)
	case step == stepNewName:
		question.Name = strings.TrimSpace(r.text)
		return r.goOnAddingIndicator(question)
	}
	indicator, err := r.changeable(question.ID)
	if err != nil {
		return err
	}
	return r.changeField(indicator, step, r.text)
}

// pressDimension takes the dimension that was chosen, as long as it is being asked for.
func (r *request) pressDimension(indicator council.Indicator, word string) error {
	return r.chooseField(indicator, "dimension", word)
}

// pressIndicatorOffice takes the office that was chosen from the city's list.
func (r *request) pressIndicatorOffice(indicator council.Indicator, arguments pressArguments) error {
	office, known, err := r.officeAt(arguments.text(2), arguments.number(3))
	if err != nil || !known {
		return errorsOr(err, r.stale())
	}
	return r.chooseField(indicator, "owner", office)
}

// chooseField takes what was chosen for a part of an indicator, as long as that is
// being asked for.
func (r *request) chooseField(indicator council.Indicator, field, word string) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogIndicator || dialog.Step != field {
		return errorsOr(err, r.stale())
	}
	var question indicatorQuestion
	if err := json.Unmarshal([]byte(dialog.Data), &question); err != nil || question.ID != indicator.ID {
		return errorsOr(err, r.stale())
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	return r.changeField(indicator, field, word)
}

// changeField makes one part of an indicator what words say, by the rules of a sheet,
// and shows what came of it with the way back.
func (r *request) changeField(indicator council.Indicator, field, words string) error {
	after, err := r.withField(indicator, field, words)
	if err != nil {
		return err
	}
	if after == indicator {
		return r.showChanged(after, r.speak.Say("indicator.nothing_new"), 0)
	}
	change := council.IndicatorChange{Before: indicator, After: after}
	line := r.changeLine(change)
	version, err := r.keepIndicators(indicator.Evaluation, []council.IndicatorChange{change})
	if err != nil {
		return err
	}
	said := strings.TrimPrefix(line, after.Code+": ")
	if err := r.record(after.Reference(), council.EventIndicators, said, "field", field); err != nil {
		return err
	}
	return r.showChanged(after, line, version)
}

// withField is an indicator with one part as words say; a refusal that says what cannot
// be so.
func (r *request) withField(indicator council.Indicator, field, words string) (council.Indicator, error) {
	words = maskText(words)
	if field == "owner" {
		office, err := r.officeMeant(words)
		if err != nil {
			return indicator, err
		}
		words = office
	}
	after, problem := report.SetIndicatorField(indicator, field, words, r.city.Groups)
	switch problem {
	case "":
		return after, nil
	case report.ProblemTooLong:
		return indicator, council.Refuse("indicator_long", "Code", indicator.Code, "N", strconv.Itoa(utf8.RuneCountInString(words)), "Limit", strconv.Itoa(report.IndicatorLengths[field]))
	}
	return indicator, council.Refuse("indicator_value", "Code", indicator.Code,
		"Problem", r.speak.Say("indicator.problem."+string(problem), "Value", shorten(plainLine(words), sheetValue)))
}

// showChanged shows an indicator after a change, with whether its weight still fits.
// version is that of the change; 0: nothing was changed.
func (r *request) showChanged(indicator council.Indicator, line string, version int64) error {
	lines := []string{line}
	all, err := r.tx.Indicators(indicator.Evaluation)
	if err != nil {
		return err
	}
	for _, problem := range report.CheckIndicators(all) {
		if problem.Kind == report.ProblemWeightSum && version != 0 {
			lines = append(lines, r.problemLine(problem))
		}
	}
	text, rows, err := r.indicatorPage(indicator)
	if err != nil {
		return err
	}
	if r.private {
		lines = append(lines, "", text)
	}
	if version != 0 {
		rows = append(rows, []store.Button{button(r.speak, "undo", pressIndicator, sheetUndo, indicator.Evaluation, version)})
	}
	text = strings.Join(lines, "\n")
	if r.press == nil {
		return r.replyAbout(indicator.Reference().String(), aboutIndicators, text, rows...)
	}
	return errors.Join(r.editIndicators(indicator.Reference().String(), aboutIndicators, text, rows...), r.toast(r.speak.Say("indicator.kept_short")))
}

// removeIndicator leaves out an indicator that was added by mistake: one for which
// nothing was filed, and which nobody is at.
func (r *request) removeIndicator(indicator council.Indicator) error {
	pieces, err := r.tx.EvidenceOf(indicator.ID)
	if err != nil {
		return err
	}
	pieces = slices.DeleteFunc(pieces, func(piece council.Evidence) bool { return !isFiled(piece) })
	tasks, err := r.tx.TasksOfIndicator(indicator.ID)
	if err != nil {
		return err
	}
	tasks = slices.DeleteFunc(tasks, func(task council.Task) bool { return task.State.Ended() })
	switch {
	case len(pieces) > 0:
		return council.Refuse("indicator_has_evidence", "Code", indicator.Code, "N", strconv.Itoa(len(pieces)))
	case len(tasks) > 0:
		return council.Refuse("indicator_has_task", "Code", indicator.Code, "References", referenceList(tasks))
	}
	retired := indicator
	retired.Retired = true
	version, err := r.keepIndicators(indicator.Evaluation, []council.IndicatorChange{{Before: indicator, After: retired}})
	if err != nil {
		return err
	}
	text := r.speak.Say("indicator.change.removed", "Code", indicator.Code, "Reference", council.EvaluationReference(indicator.Evaluation).String())
	undo := []store.Button{button(r.speak, "undo", pressIndicator, sheetUndo, indicator.Evaluation, version)}
	return errors.Join(r.editIndicators("", aboutIndicators, text, undo), r.toast(text))
}

// capitalised begins a word with a large letter, as buttons do.
func capitalised(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	return strings.ToUpper(word[:size]) + word[size:]
}
