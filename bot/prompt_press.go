package bot

import "github.com/rembuk/rembuk/council"

// pressPrompt is the meaning of every button of prompts.
const pressPrompt = "prompt"

// What the buttons of prompts mean, by what stands behind.
const (
	promptPickGroup = "who"   // an answer in the form: this group
	promptPickKind  = "kind"  // an answer in the form: answered in this way
	promptPickDue   = "due"   // an answer in the form: this deadline
	promptConfirm   = "ok"    // the preview is right
	promptEdit      = "edit"  // something in the preview is to be changed
	promptTexts     = "show"  // answers are shown in groups, or no longer
	promptAnswer    = "ans"   // an answer of a round
	promptWrite     = "write" // an answer in words
	promptGroupPage = "page"  // answers, on the card of a group
	promptTable     = "table" // who has answered what
	promptSilent    = "rest"  // who has not
	promptDate      = "date"  // another deadline
	promptClose     = "close"
	promptWithdraw  = "drop"
	promptStop      = "stop" // no further round
	promptUndo      = "undo"
)

// pressPrompt answers the buttons of prompts.
func (r *request) pressPrompt(arguments pressArguments) error {
	number, second := arguments.number(1), arguments.number(2)
	switch verb := arguments.text(0); verb {
	case promptAnswer:
		return r.pressPromptAnswer(number, int(second), arguments.text(3))
	case promptWrite:
		return r.pressPromptWrite(number, int(second))
	case promptGroupPage:
		return r.pressGroupPage(number, int(second), arguments.number(3))
	}
	if err := r.mayInPlace(council.ActionPrompt); err != nil {
		return err
	}
	switch verb := arguments.text(0); verb {
	case promptPickGroup:
		return r.pickGroup(number)
	case promptPickKind:
		return r.pickKind(council.AnswerKind(arguments.text(1)))
	case promptPickDue:
		return r.pickDue(arguments.text(1))
	case promptConfirm:
		return r.pressPromptConfirm(int(number))
	case promptEdit:
		return r.pressPromptEdit(int(number))
	case promptTexts:
		return r.pressPromptTexts(int(number))
	case promptTable, promptSilent:
		return r.pressPromptPage(verb, number, int(second), arguments.number(3))
	case promptDate:
		return r.pressPromptDate(number)
	case promptClose:
		return r.pressPromptClose(number)
	case promptWithdraw:
		return r.pressPromptWithdraw(number)
	case promptStop:
		return r.pressPromptStop(number)
	case promptUndo:
		return r.pressPromptUndo(number, second)
	}
	return r.stale()
}
