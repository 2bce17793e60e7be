package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressRecommendation answers a press. What the button carries may be forged: it counts
// on messages of its kind only, and who presses is asked anew.
func (r *request) pressRecommendation(arguments pressArguments) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	verb, number := arguments.text(0), arguments.number(1)
	if verb == recommendationOpen {
		return r.openRecommendation(number, about == aboutRecommendation)
	}
	if err := r.mayInPlace(council.ActionRecommendation); err != nil {
		return err
	}
	if about != aboutRecommendation && about != aboutDialog {
		return r.stale()
	}
	switch verb {
	case recommendationGuide:
		return r.answerByMessage(r.guideRecommendations(number, arguments.number(2)))
	case recommendationLater:
		return r.putOffRecommendations(number, arguments.number(2))
	case recommendationUnmake:
		return r.pressUnmakeRecommendations(number, arguments.number(2))
	case recommendationUndo:
		return r.pressUndoRecommendation(number, arguments.number(2))
	case recommendationMeasure:
		return r.pressMeasure(number, arguments.text(2))
	case recommendationOwner, recommendationDue, recommendationLink, recommendationDone, recommendationDropped:
		return r.answerByMessage(r.askRecommendation(recommendationDraft{Number: number}, verb))
	case recommendationWho, recommendationFrom, recommendationWhen, recommendationSkip:
		return r.chooseForRecommendation(verb, arguments)
	}
	return r.stale()
}

// answerByMessage ends the waiting of a press that was answered by a message.
func (r *request) answerByMessage(err error) error {
	if err != nil {
		return err
	}
	return r.toast("")
}

// openRecommendation shows one in the place of the list, or below another message.
func (r *request) openRecommendation(number int64, inPlace bool) error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	recommendation, err := r.findRecommendation(number)
	if err != nil {
		return err
	}
	if !inPlace {
		return errors.Join(r.showRecommendation(number), r.toast(""))
	}
	return errors.Join(r.editRecommendation(recommendation), r.toast(""))
}

// putOffRecommendations leaves open who is in charge; the way back stays.
func (r *request) putOffRecommendations(first, last int64) error {
	text := r.speak.Say("recommendation.later", "Reference", council.Reference{Letter: council.RecommendationLetter, Number: first}.String())
	undo := []store.Button{button(r.speak, "undo", pressRecommendation, recommendationUnmake, first, last)}
	return errors.Join(r.editIndicators("", aboutRecommendation, text, undo), r.toast(""))
}

func (r *request) pressUndoRecommendation(number, version int64) error {
	restored, err := r.undoRecommendation(number, max(version, 1))
	if err != nil {
		return err
	}
	return errors.Join(r.editRecommendation(restored), r.toast(r.speak.Say("recommendation.undone", "Reference", restored.Reference().String())))
}

// pressMeasure offers what can be counted, and takes the choice.
func (r *request) pressMeasure(number int64, chosen string) error {
	if chosen != "" {
		return r.answerByMessage(r.measureRecommendation(number, chosen))
	}
	recommendation, err := r.findRecommendation(number)
	if err != nil {
		return err
	}
	var row []store.Button
	for _, measure := range council.Measures {
		word := string(measure)
		if measure == council.MeasureNone {
			word = "none"
		}
		row = append(row, store.Button{Text: r.speak.Say("recommendation.measure." + word), Data: data(pressRecommendation, recommendationMeasure, number, word)})
	}
	text := recommendation.Reference().String() + " · " + shorten(recommendation.Text, cardTitleLimit) + "\n" + r.speak.Say("recommendation.ask.measure")
	back := []store.Button{button(r.speak, "back", pressRecommendation, recommendationOpen, number)}
	return errors.Join(r.editIndicators(recommendation.Reference().String(), aboutRecommendation, text, row, back), r.toast(""))
}

// chooseForRecommendation takes the answer of a button to what was asked.
func (r *request) chooseForRecommendation(verb string, arguments pressArguments) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogRecommendation {
		return errorsOr(err, r.toast(r.speak.Say("press.form")))
	}
	var draft recommendationDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	if arguments.number(1) != draft.Number { // asked before about another one
		return r.stale()
	}
	var change recommendationChange
	switch {
	case verb == recommendationSkip && draft.Guided:
		return r.answerByMessage(r.goOnGuiding(draft, dialog.Step))
	case verb == recommendationWho && dialog.Step == recommendationOwner:
		member, err := r.tx.Member(arguments.number(2))
		if err != nil {
			return errorsOr(err, r.stale())
		}
		change = giveChange(member.ID, "")
	case verb == recommendationFrom && dialog.Step == recommendationOwner:
		office, known, err := r.officeAt(arguments.text(2), arguments.number(3))
		if err != nil || !known {
			return errorsOr(err, r.stale())
		}
		change = giveChange(0, office)
	case verb == recommendationWhen && dialog.Step == recommendationDue:
		deadline, known := r.dateOffered(arguments.text(2))
		if !known {
			return r.stale()
		}
		change = scheduleChange(deadline)
	default:
		return r.stale()
	}
	if !draft.Guided {
		if err := r.endDialogOf(dialogRecommendation); err != nil {
			return err
		}
		return r.answerByMessage(r.changeAndShow(draft.Number, change, true))
	}
	return r.answerByMessage(r.guidedChange(draft, dialog.Step, change))
}

// replyToRecommendation takes words in reply to a message about a recommendation: what a
// coordinator does with it, or what anyone of the programme says of it.
func (r *request) replyToRecommendation() error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	recommendation, err := r.findRecommendation(r.about.Number)
	if err != nil {
		return err
	}
	deeds := []string{recommendationOwner, recommendationDue, recommendationLink, recommendationUnlink, recommendationMeasure}
	if deed, words := leadingMeaning("recommendation", r.text); slices.Contains(deeds, deed) && r.actor.Coordinates() {
		return r.doRecommendation(recommendation.Number, deed, words)
	}
	words := strings.TrimSpace(r.text)
	if words == "" {
		return r.showRecommendation(recommendation.Number)
	}
	if err := r.record(recommendation.Reference(), council.EventCommented, words); err != nil {
		return err
	}
	return r.replyAbout(recommendation.Reference().String(), aboutRecommendation, r.speak.Say("task.reply.comment", "Reference", recommendation.Reference().String()))
}
