package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// cityReference names the city's rhythm, so that it can be undone.
var cityReference = council.Reference{Letter: council.RhythmLetter, Number: 1}

// planCity is /rencana kota: how the whole city is reminded, or what a change of
// that would mean.
func (r *request) planCity(text string) error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return r.reply(r.evaluationText().ofCity() + "\n" + r.speak.Say("rhythm.city_how"))
	}
	wish, about, err := r.readWish(text)
	if !about {
		return r.planIn(r.planView(), text)
	}
	return r.planCityRhythm(wish, err)
}

// planCityRhythm shows what a wish means for the whole city, to be confirmed.
func (r *request) planCityRhythm(wish rhythmWish, refused error) error {
	if refused != nil {
		return refused
	}
	return r.previewCityRhythm(wish.apply(r.city.Timing.Rhythm), "")
}

// previewCityRhythm shows what another rhythm means for the whole city, to be
// confirmed; it takes the place of the page of the settings on which it was chosen.
func (r *request) previewCityRhythm(after council.Rhythm, page string) error {
	before := r.city.Timing.Rhythm
	if sameRhythm(before, after) {
		return council.Refuse("rhythm_same", "Reference", r.speak.Say("rhythm.city_name"))
	}
	preview, err := r.keepPlanned(plannedCity, plannedChange{City: before, New: after, Page: page})
	if err != nil {
		return err
	}
	text, err := r.citySides(before, after)
	if err != nil {
		return err
	}
	if page == "" {
		return r.replyAbout("", aboutPlan, text, r.confirmButtons(preview))
	}
	back := []store.Button{button(r.speak, "back", pressSettings, settingsPage, page)}
	return r.answerByMessage(r.edit(text, r.confirmButtons(preview), back))
}

// cityEvaluations is how many evaluations a change of the city's rhythm is shown for.
const cityEvaluations = 3

// citySides writes how the city is reminded before and after a change, and the
// mornings of what is being prepared.
func (r *request) citySides(before, after council.Rhythm) (string, error) {
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return "", err
	}
	lines := []string{r.speak.Say("rhythm.city_head")}
	for i, rhythm := range []council.Rhythm{before, after} {
		words := r.inRhythm(rhythm)
		lines = append(lines, "", r.speak.Say("plan.change."+[]string{"before", "after"}[i]), words.rhythm(words.whole()))
		lines = append(lines, words.sentence(rhythm)...)
		for _, evaluation := range evaluations[:min(len(evaluations), cityEvaluations)] {
			if evaluation.State == council.EvaluationOpen {
				lines = append(lines, evaluation.Reference().String()+" · "+shorten(evaluation.Name, cardTitleLimit))
				lines = append(lines, words.plan(evaluation)...)
			}
		}
	}
	return shorten(strings.Join(append(lines, r.speak.Say("plan.change.nothing")), "\n"), messageLimit), nil
}

// inRhythm writes as if the city were reminded in another way.
func (r *request) inRhythm(rhythm council.Rhythm) evaluationText {
	words, changed := r.evaluationText(), *r.city
	changed.Timing.Rhythm = rhythm
	words.city = &changed
	return words
}

// applyCity makes a change of the city's rhythm, unless that has changed since.
// Everything that waits is planned anew by the scheduler.
func (r *request) applyCity(change plannedChange) error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	if !sameRhythm(r.city.Timing.Rhythm, change.City) {
		return council.Refuse("plan_changed", "Reference", r.speak.Say("rhythm.city_name"))
	}
	if err := r.setCityRhythm(change.New); err != nil {
		return err
	}
	version := r.now.UnixMilli()
	undo := store.Undo{Subject: cityReference.String(), MemberID: r.actor.ID, Version: version, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, change.City); err != nil {
		return err
	}
	text := r.inRhythm(change.New).ofCity() + "\n" + r.speak.Say("evaluation.undo_hint")
	row := []store.Button{button(r.speak, "undo", pressPlan, planUndoCity, version)}
	if change.Page != "" {
		row = append(row, button(r.speak, "back", pressSettings, settingsPage, change.Page))
	}
	if err := r.edit(text, row); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

func (r *request) setCityRhythm(rhythm council.Rhythm) error {
	kept, err := keptRhythm(rhythm)
	if err != nil {
		return err
	}
	if err := r.tx.SetSetting(store.SettingRhythm, kept); err != nil {
		return err
	}
	to, err := keptRhythm(r.rhythmChanged(rhythm))
	if err != nil {
		return err
	}
	return r.record(cityReference, council.EventRhythm, "", "to", to)
}

// rhythmChanged is what of the city's ladders and hour is another by a rhythm.
func (r *request) rhythmChanged(rhythm council.Rhythm) council.Rhythm {
	before, after := r.evaluationText().whole(), r.inRhythm(rhythm).whole()
	for _, pair := range []struct{ before, after *council.Ladder }{
		{&before.Groups, &after.Groups}, {&before.Council, &after.Council}, {&before.Leader, &after.Leader}, {&before.Tasks, &after.Tasks},
	} {
		if slices.Equal(*pair.before, *pair.after) {
			*pair.after = nil
		}
	}
	if before.Minute == after.Minute {
		after.Minute = 0
	}
	return after
}

// keptRhythm is how a rhythm is kept; empty for the usual one.
func keptRhythm(rhythm council.Rhythm) (string, error) {
	if rhythm.IsZero() {
		return "", nil
	}
	text, err := json.Marshal(rhythm)
	return string(text), err
}

// pressUndoCity undoes from the message that confirms a change, until the next one.
func (r *request) pressUndoCity(version int64) error {
	text, err := r.undoCity(version)
	if err != nil {
		return err
	}
	if err := r.edit(text); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// undoLastRhythm is /urungkan after a change of the city's rhythm.
func (r *request) undoLastRhythm() error {
	text, err := r.undoCity(0)
	if err != nil {
		return err
	}
	return r.reply(text)
}

// undoCity puts the city's rhythm back to what it was before its last change.
// The version is the one that the change made; 0 means whichever was last.
func (r *request) undoCity(version int64) (string, error) {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return "", err
	}
	var before council.Rhythm
	undo, err := r.lastUndo(cityReference.String(), &before)
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		return "", council.Refuse(refusal.Code, "Reference", r.speak.Say("rhythm.city_name"))
	}
	if err != nil {
		return "", err
	}
	if version != 0 && undo.Version != version {
		return "", council.Refuse("undo_changed_since", "Reference", r.speak.Say("rhythm.city_name"))
	}
	if err := r.tx.ForgetUndo(cityReference.String()); err != nil {
		return "", err
	}
	return r.inRhythm(before).ofCity(), r.setCityRhythm(before)
}

// ofCity writes the city's rhythm, and its sentence if there is one.
func (w evaluationText) ofCity() string {
	lines := []string{w.speak.Say("rhythm.city", "Rhythm", w.rhythm(w.whole()))}
	return strings.Join(append(lines, w.sentence(w.city.Timing.Rhythm)...), "\n")
}

// sentence writes a rhythm's sentence on a line of its own; nothing if there is none.
func (w evaluationText) sentence(rhythm council.Rhythm) []string {
	if rhythm.Wording == "" {
		return nil
	}
	return []string{w.speak.Say("rhythm.wording", "Wording", rhythm.Wording)}
}

// whole is the city's rhythm with everything that is as usual.
func (w evaluationText) whole() council.Rhythm {
	timing := w.city.Timing
	morning, _ := timing.Moment(council.StepDay, council.Deadline{At: w.now})
	local := morning.In(w.city.Zone)
	return council.Rhythm{Groups: timing.OwnerLadder(), Council: timing.GroupLadder(council.KindCouncil), Leader: timing.LeaderLadder(),
		Tasks: timing.TaskLadder(), Minute: local.Hour()*60 + local.Minute()}
}

// rhythm writes "Pokja, Sekretariat, petugas H-21 H-7 · Dewan H-14 · pukul 07.45 WITA".
func (w evaluationText) rhythm(rhythm council.Rhythm) string {
	var parts []string
	for _, audience := range []struct {
		key    string
		ladder council.Ladder
	}{{"groups", rhythm.Groups}, {"council", rhythm.Council}, {"leader", rhythm.Leader}, {"tasks", rhythm.Tasks}} {
		if audience.ladder == nil {
			continue
		}
		parts = append(parts, w.speak.Say("rhythm.for."+audience.key, "Steps", w.steps(audience.ladder)))
	}
	if rhythm.Minute != 0 {
		at := council.DayOf(w.now, w.city.Zone).At(rhythm.Minute/60, rhythm.Minute%60, w.city.Zone)
		parts = append(parts, w.speak.Say("rhythm.hour", "Hour", w.speak.Hour(at)))
	}
	return strings.Join(parts, " · ")
}

// steps writes a ladder: "H-7 H-1 hari H".
func (w evaluationText) steps(ladder council.Ladder) string {
	var steps []string
	for _, days := range ladder {
		step := string(council.StepBefore(days))
		if days == 0 {
			step = w.speak.Say("evaluation.day_itself")
		}
		steps = append(steps, step)
	}
	return strings.Join(steps, " ")
}
