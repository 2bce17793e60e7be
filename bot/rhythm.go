package bot

import (
	"errors"
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogRhythm asks on which days, at which hour and with which sentence
// something is to be said about a thing; its data name the evaluation, or are
// empty for the whole city.
const dialogRhythm = "rhythm"

// readWish reads what is wished for ladders, hour and sentence.
func (r *request) readWish(text string) (wish rhythmWish, about bool, err error) {
	hours := r.city.Timing.Calendar.WorkingHours()
	wish, about, err = readRhythm(text, r.now.In(r.city.Zone).Format("MST"), hours)
	var refusal *council.Refusal
	if errors.As(err, &refusal) && refusal.Code == "rhythm_hour" {
		err = council.Refuse("rhythm_hour", "From", r.speak.Clock(hours.Starts), "Until", r.speak.Clock(hours.Ends))
	}
	return wish, about, err
}

// planRhythm shows what a wish means for an evaluation, to be confirmed. refused
// is what stands against the wish itself.
func (r *request) planRhythm(before council.Evaluation, wish rhythmWish, refused error) error {
	_, tasks := wish.ladders[rhythmTasks]
	reference := before.Reference().String()
	switch {
	case refused != nil:
		return refused
	case tasks:
		return council.Refuse("rhythm_tasks")
	case ended(before):
		return council.Refuse("evaluation_ended", "Reference", reference, "State", r.evaluationState(before))
	}
	after := before
	after.Rhythm = wish.apply(before.Rhythm)
	if sameRhythm(before.Rhythm, after.Rhythm) {
		return council.Refuse("rhythm_same", "Reference", reference)
	}
	change := plannedChange{Before: before, After: after, Kind: council.EventRhythm, Outcome: "changed"}
	preview, err := r.keepPlanned(plannedEvaluation, change)
	if err != nil {
		return err
	}
	text, err := r.beforeAndAfter(change)
	if err != nil {
		return err
	}
	return r.replyAbout(reference, aboutPlan, text, r.confirmButtons(preview))
}

func (r *request) confirmButtons(preview int) []store.Button {
	return []store.Button{button(r.speak, "confirm", pressPlan, planApply, preview), button(r.speak, "change", pressPlan, planChange, preview)}
}

func sameRhythm(a, b council.Rhythm) bool {
	same := func(a, b council.Ladder) bool { return slices.Equal(a, b) && (a == nil) == (b == nil) }
	return same(a.Groups, b.Groups) && same(a.Council, b.Council) && same(a.Leader, b.Leader) && same(a.Tasks, b.Tasks) &&
		a.Minute == b.Minute && a.Wording == b.Wording
}

// changePlan asks what is to be different from what was shown.
func (r *request) changePlan(preview int) error {
	step, change, waits, err := r.plannedUnder(preview)
	if err != nil || !waits {
		return err
	}
	if step == plannedCity {
		return r.askRhythm("", council.ActionSettings)
	}
	return r.askRhythm(change.Before.Reference().String(), council.ActionEvaluation)
}

// adjustEvaluation is [Atur] below what came of a change: it explains, and asks.
func (r *request) adjustEvaluation(number int64) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	evaluation, err := r.evaluation(council.EvaluationReference(number))
	if err != nil {
		return err
	}
	return r.askRhythm(evaluation.Reference().String(), council.ActionEvaluation)
}

func (r *request) askRhythm(reference string, action council.Action) error {
	if err := r.mayInPlace(action); err != nil {
		return err
	}
	text := r.speak.Say("rhythm.ask_city")
	if reference != "" {
		text = r.speak.Say("rhythm.ask", "Reference", reference)
	}
	if err := r.ask(dialogRhythm, "", reference, text); err != nil {
		return err
	}
	return r.toast("")
}

// answerRhythm takes the steps that were asked for.
func (r *request) answerRhythm(dialog store.Dialog) error {
	reference, ofEvaluation := council.ParseReference(dialog.Data)
	action := council.ActionSettings
	if ofEvaluation {
		action = council.ActionEvaluation
	}
	if err := r.mayInPlace(action); err != nil {
		return err
	}
	wish, about, err := r.readWish(r.text)
	if err == nil && !about {
		err = council.Refuse("rhythm_unread", "Word", shorten(r.text, phraseLimit))
	}
	if err != nil {
		return err // the question stays open
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if !ofEvaluation {
		return r.planCityRhythm(wish, nil)
	}
	evaluation, err := r.evaluation(reference)
	if err != nil {
		return err
	}
	return r.planRhythm(evaluation, wish, nil)
}

// ownRhythm writes what an evaluation's reminders have of their own; nothing
// when all is as in the city.
func (w evaluationText) ownRhythm(evaluation council.Evaluation) []string {
	var lines []string
	if own := w.rhythm(evaluation.Rhythm); own != "" {
		lines = append(lines, w.speak.Say("rhythm.own", "Rhythm", own))
	}
	return append(lines, w.sentence(evaluation.Rhythm)...)
}
