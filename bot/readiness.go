package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressReadiness is what buttons about readiness begin with; an evaluation follows.
const pressReadiness = "ready"

// What the buttons mean. These words stand inside buttons: they are added to, never
// changed.
const (
	readinessShow    = "show" // how complete it is
	readinessMissing = "miss" // a page of what is missing
	readinessSheet   = "xlsx"
	readinessPicture = "pic"
)

// aboutReadiness marks the message that says how complete an evaluation is.
const aboutReadiness = "readiness"

// readiness is /kesiapan: how complete the evidence of an evaluation is, of the one
// that is named, or else of the newest that is being prepared.
func (r *request) readiness() error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	evaluation, err := r.evaluationReady()
	if err != nil {
		return err
	}
	if evaluation.Number == 0 {
		return r.reply(r.speak.Say("evaluation.none"))
	}
	text, rows, err := r.readinessPage(evaluation)
	if err != nil {
		return err
	}
	return r.replyAbout(evaluation.Reference().String(), aboutReadiness, text, rows...)
}

// evaluationReady is the evaluation that is meant: by its reference, by a reply to
// something about it, else the newest open one, of which one with indicators comes
// first; the zero Evaluation for none.
func (r *request) evaluationReady() (council.Evaluation, error) {
	references, _ := r.references()
	for _, reference := range append(references, r.about) {
		if reference.Letter == council.EvaluationLetter {
			return r.evaluation(reference)
		}
	}
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return council.Evaluation{}, err
	}
	slices.Reverse(evaluations)
	var newest council.Evaluation
	for _, evaluation := range evaluations {
		if evaluation.State != council.EvaluationOpen {
			continue
		}
		has, err := r.tx.HasIndicators(evaluation.Number)
		if err != nil || has {
			return evaluation, err
		}
		if newest.Number == 0 {
			newest = evaluation
		}
	}
	return newest, nil
}

// pressReadiness answers a press. Who presses is asked anew; what is shown in place
// is shown in messages of its kind only.
func (r *request) pressReadiness(arguments pressArguments) error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	evaluation, err := r.evaluation(council.EvaluationReference(arguments.number(1)))
	if err != nil {
		return err
	}
	switch arguments.text(0) {
	case readinessShow:
		return r.turnReadiness(evaluation, r.readinessPage)
	case readinessMissing:
		if err := r.mayName(); err != nil {
			return err
		}
		return r.turnReadiness(evaluation, func(evaluation council.Evaluation) (string, [][]store.Button, error) {
			return r.missingPage(evaluation, arguments.number(2))
		})
	case readinessSheet:
		return r.sendMissing(evaluation)
	case readinessPicture:
		return r.sendReadinessPicture(evaluation)
	}
	return r.stale()
}

// turnReadiness puts another page into the message whose button was pressed.
func (r *request) turnReadiness(evaluation council.Evaluation, write func(council.Evaluation) (string, [][]store.Button, error)) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	if about != aboutReadiness {
		return r.stale()
	}
	text, rows, err := write(evaluation)
	if err != nil {
		return err
	}
	if err := r.editIndicators(evaluation.Reference().String(), aboutReadiness, text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// mayName refuses everybody but coordinators, and groups: names stand in it.
func (r *request) mayName() error {
	if err := r.may(council.ActionExport, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("readiness_in_private")
	}
	return nil
}
