package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// usualChoices are the ladders on buttons, beside the usual ones.
var usualChoices = []struct {
	word    string
	of      func(*council.Rhythm) *council.Ladder
	now     func(council.Timing) council.Ladder
	ladders []council.Ladder
}{
	{"ladder_groups", func(r *council.Rhythm) *council.Ladder { return &r.Groups }, council.Timing.OwnerLadder,
		[]council.Ladder{{21, 7, 1, 0}, {14, 7, 3, 1, 0}, {30, 21, 14, 7, 3, 2, 1, 0}}},
	{"ladder_council", func(r *council.Rhythm) *council.Ladder { return &r.Council },
		func(t council.Timing) council.Ladder { return t.GroupLadder(council.KindCouncil) }, []council.Ladder{{1}, {3}, {14, 7, 1}}},
	{"ladder_leader", func(r *council.Rhythm) *council.Ladder { return &r.Leader }, council.Timing.LeaderLadder,
		[]council.Ladder{{1}, {7}, {7, 3}}},
	{"ladder_tasks", func(r *council.Rhythm) *council.Ladder { return &r.Tasks }, council.Timing.TaskLadder,
		[]council.Ladder{{3, 0}, {1, 0}, {14, 7, 3, 1, 0}}},
}

// usualMinutes are the hours of mornings on buttons.
var usualMinutes = []int{7*60 + 30, 7*60 + 45, 8 * 60, 8*60 + 30, 9 * 60}

// rhythmSettings are the city's ladders and its morning's hour. They are kept as one
// rhythm, shown before and after, and undone as /rencana kota does.
func rhythmSettings() []setting {
	settings := []setting{{word: "ladder", key: store.SettingRhythm, value: saidRhythm, undo: (*request).undoRhythmRow}}
	for _, one := range usualChoices {
		settings = append(settings, setting{word: one.word, key: store.SettingRhythm, parent: "ladder",
			value: func(r *request, _ string) (string, error) {
				return r.evaluationText().steps(one.now(r.city.Timing)), nil
			},
			choices: func(r *request, _ string) ([]settingChoice, error) {
				return r.ladderChoices(one.of, one.now, one.ladders)
			},
			change: func(r *request, after string) error { return r.changeRhythm(one.word, after) },
			ask:    askCityRhythm, undo: (*request).undoRhythmRow})
	}
	return append(settings, setting{word: "hour", key: store.SettingRhythm, value: saidHour, choices: hourChoices,
		change: func(r *request, after string) error { return r.changeRhythm("hour", after) }, ask: askCityRhythm, undo: (*request).undoRhythmRow})
}

func askCityRhythm(r *request) error { return r.askRhythm("", council.ActionSettings) }

func saidRhythm(r *request, _ string) (string, error) {
	words := r.evaluationText()
	whole := words.whole()
	whole.Minute = 0 // it stands on a line of its own
	return words.rhythm(whole), nil
}

func saidHour(r *request, _ string) (string, error) {
	return r.speak.Clock(r.evaluationText().whole().Minute), nil
}

// ladderChoices are the usual ladder, and others, as the whole rhythm would be kept.
func (r *request) ladderChoices(of func(*council.Rhythm) *council.Ladder, now func(council.Timing) council.Ladder, ladders []council.Ladder) ([]settingChoice, error) {
	words := r.evaluationText()
	choices := make([]settingChoice, 0, len(ladders)+1)
	for _, ladder := range append([]council.Ladder{nil}, ladders...) {
		rhythm := r.city.Timing.Rhythm
		*of(&rhythm) = ladder
		kept, err := keptRhythm(rhythm)
		if err != nil {
			return nil, err
		}
		choices = append(choices, settingChoice{words.steps(now(council.Timing{Rhythm: rhythm})), kept})
	}
	return choices, nil
}

// hourChoices are the hours of mornings that lie in the city's hours.
func hourChoices(r *request, _ string) ([]settingChoice, error) {
	hours := r.city.Timing.Calendar.WorkingHours()
	choices := []settingChoice{{label: r.speak.Say("settings.usual")}}
	for i, minute := range append([]int{0}, usualMinutes...) {
		rhythm := r.city.Timing.Rhythm
		rhythm.Minute = minute
		kept, err := keptRhythm(rhythm)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			choices[0].kept = kept
		} else if hours.Holds(minute) {
			choices = append(choices, settingChoice{r.speak.Clock(minute), kept})
		}
	}
	return choices, nil
}

// changeRhythm shows what another rhythm would mean, to be confirmed.
func (r *request) changeRhythm(page, after string) error {
	rhythm, err := readKeptRhythm(after)
	if err != nil {
		return err
	}
	return r.previewCityRhythm(rhythm, page)
}

// undoRhythmRow is the button that undoes the last change of the rhythm.
func (r *request) undoRhythmRow() ([]store.Button, error) {
	var before council.Rhythm
	undo, err := r.lastUndo(cityReference.String(), &before)
	if known, err := refused(err); known || err != nil {
		return nil, err
	}
	return []store.Button{button(r.speak, "undo", pressPlan, planUndoCity, undo.Version)}, nil
}
