package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// pressIndicator answers the buttons of indicators and of their sheets.
const pressIndicator = "ind"

// What the buttons mean.
const (
	indicatorList = "list" // an evaluation, a dimension, a page
	indicatorOne  = "one"  // an indicator's id

	// indicator_change.go has those that change one.

	sheetFor    = "for"  // a draft, an evaluation: for which it is
	sheetSee    = "see"  // a draft, a page: what is to be looked at
	sheetBack   = "back" // a draft
	sheetKeep   = "ok"   // a draft
	sheetKeepIt = "all"  // a draft: what it does not have is left out
	sheetCancel = "stop" // a draft
	sheetFile   = "file" // a draft: all there is to see, as a file
	sheetUndo   = "undo" // an evaluation, a version
)

// Kinds of messages: a list of indicators or one of them, and a sheet that was read.
const (
	aboutIndicators = "indicators"
	aboutSheet      = "indicator_sheet"
)

// indicators is /indikator: the list of an evaluation, one indicator by its code, a
// sheet that comes with it, the template for one, a copy from another evaluation, or one
// more indicator.
func (r *request) indicators() error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	if document := r.sheetDocument(); document != nil {
		return r.fetchSheet(document)
	}
	word, rest := firstWord(strings.TrimSpace(r.text))
	switch meaning, _ := locale.Meaning("indicator", word); meaning {
	case "template":
		return r.sendTemplate()
	case "copy":
		return r.copyIndicators(rest)
	case "add":
		return r.addIndicator(rest)
	}
	found, _, err := r.indicatorsNamed(r.text)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return r.replyIndicator(found[0])
	}
	if r.about.Letter == council.IndicatorLetter && word == "" {
		indicator, err := r.tx.Indicator(r.about.Number)
		if err != nil {
			return err
		}
		return r.replyIndicator(indicator)
	}
	if _, dimension, is := r.groupWords(r.text); is && dimension != "" {
		return r.listDimension(dimension)
	}
	return r.listIndicators()
}

// pressIndicator answers a press. What the button carries may be forged: it counts on
// messages of its kind only, and who presses is asked anew.
func (r *request) pressIndicator(arguments pressArguments) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	verb, number := arguments.text(0), arguments.number(1)
	switch verb {
	case indicatorList, indicatorOne:
		if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
			return err
		}
		if verb == indicatorOne {
			return r.openIndicator(number, about == aboutIndicators)
		}
		if about != aboutIndicators {
			return r.stale()
		}
		return r.turnIndicators(number, arguments.text(2), arguments.number(3))
	}
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	switch verb {
	case indicatorEdit, indicatorField, indicatorSet, indicatorOffice, indicatorRemove, indicatorNewFor:
		if about != aboutIndicators && about != aboutDialog {
			return r.stale()
		}
		return r.pressIndicatorChange(verb, number, arguments)
	case sheetUndo:
		if about != aboutSheet && about != aboutIndicators {
			return r.stale()
		}
		return r.pressUndoIndicators(number, arguments.number(2))
	}
	if about != aboutSheet {
		return r.stale()
	}
	return r.pressSheet(verb, number, arguments.number(2))
}
