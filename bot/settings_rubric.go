package bot

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// rubricStep is by how much a button changes a weight, in percent.
const rubricStep = 5

// rubricSetting is by what ideas are scored from now on. By buttons its weights go up
// and down and hold once they are 100 together; criteria are written.
func rubricSetting() setting {
	return setting{word: store.SettingRubric, number: 4, key: store.SettingRubric, words: true, value: saidRubric, choices: usualAlone,
		read: readRubricSetting, rows: rubricRows, press: (*request).pressRubric}
}

// readKeptRubric reads a rubric as it is kept; the empty text is the usual one.
func readKeptRubric(kept string) (rubric []council.Criterion, err error) {
	if kept == "" {
		return council.UsualRubric, nil
	}
	return rubric, json.Unmarshal([]byte(kept), &rubric)
}

// keptRubric is how a rubric is kept, unless it may not be one; empty for the usual one.
func keptRubric(rubric []council.Criterion) (string, error) {
	if err := council.CheckRubric(rubric); err != nil {
		return "", err
	}
	kept, err := json.Marshal(rubric)
	if err != nil {
		return "", err
	}
	usual, err := json.Marshal(council.UsualRubric)
	if err != nil || string(kept) == string(usual) {
		return "", err
	}
	return string(kept), nil
}

func saidRubric(r *request, kept string) (string, error) {
	rubric, err := readKeptRubric(kept)
	return r.rubricText(rubric), err
}

// rubricText writes criteria with their weights: "kebaruan 30, manfaat 25".
func (r *request) rubricText(rubric []council.Criterion) string {
	parts := make([]string, len(rubric))
	for i, criterion := range rubric {
		parts[i] = criterionName(r.speak, criterion) + " " + strconv.Itoa(criterion.Weight)
	}
	return strings.Join(parts, ", ")
}

func readRubricSetting(r *request, _, typed string) (string, error) {
	rubric, err := r.readRubric(typed)
	if err != nil {
		return "", err
	}
	return keptRubric(rubric)
}

// rubricRows opens the weights.
func rubricRows(r *request, kept string) ([][]store.Button, error) {
	rubric, err := readKeptRubric(kept)
	return [][]store.Button{{button(r.speak, "rubric_weights", pressSettings, settingsOwn, store.SettingRubric, markOfSetting(kept), weightsText(rubric))}}, err
}

// weightsText is how weights stand in a button: "30.25.15.20.10".
func weightsText(rubric []council.Criterion) string {
	parts := make([]string, len(rubric))
	for i, criterion := range rubric {
		parts[i] = strconv.Itoa(criterion.Weight)
	}
	return strings.Join(parts, ".")
}

// weighted gives criteria the weights that stand in a button; false for a button that
// is none of theirs.
func weighted(rubric []council.Criterion, weights string) ([]council.Criterion, int, bool) {
	parts := strings.Split(weights, ".")
	if len(parts) != len(rubric) {
		return nil, 0, false
	}
	sum, changed := 0, make([]council.Criterion, len(rubric))
	for i, criterion := range rubric {
		weight, err := strconv.Atoi(parts[i])
		if err != nil || weight <= 0 || weight > 100 {
			return nil, 0, false
		}
		criterion.Weight = weight
		changed[i], sum = criterion, sum+weight
	}
	return changed, sum, sum <= 100
}

// rubricSave is in the button that keeps the weights as they stand in it.
const rubricSave = "save"

// pressRubric shows the weights that a button carries, or keeps them.
func (r *request) pressRubric(arguments pressArguments) error {
	rubricIs := rubricSetting()
	kept, err := rubricIs.kept(r)
	if err != nil {
		return err
	}
	if markOfSetting(kept) != arguments.text(0) {
		return r.settingChangedSince(rubricIs)
	}
	rubric, err := readKeptRubric(kept)
	if err != nil {
		return err
	}
	changed, sum, known := weighted(rubric, arguments.text(1))
	if !known {
		return r.stale()
	}
	if arguments.text(2) == rubricSave {
		after, err := keptRubric(changed)
		if err != nil {
			return err
		}
		return r.setAtOnce(rubricIs, after)
	}
	return r.answerByMessage(r.showWeights(changed, sum, markOfSetting(kept)))
}

// showWeights shows weights that are not kept yet, with a button for less and for more
// of each where that is possible.
func (r *request) showWeights(rubric []council.Criterion, sum int, mark string) error {
	lines := []string{r.speak.Say("settings.weights", "Sum", sum)}
	to := func(i, by int) string {
		changed := make([]council.Criterion, len(rubric))
		copy(changed, rubric)
		changed[i].Weight += by
		return data(pressSettings, settingsOwn, store.SettingRubric, mark, weightsText(changed))
	}
	var rows [][]store.Button
	for i, criterion := range rubric {
		name := criterionName(r.speak, criterion)
		lines = append(lines, name+" "+strconv.Itoa(criterion.Weight))
		var row []store.Button
		if criterion.Weight > rubricStep {
			row = append(row, store.Button{Text: r.speak.Say("button.rubric_less", "Name", name), Data: to(i, -rubricStep)})
		}
		if sum+rubricStep <= 100 {
			row = append(row, store.Button{Text: r.speak.Say("button.rubric_more", "Name", name), Data: to(i, rubricStep)})
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	var last []store.Button
	if sum == 100 {
		last = append(last, button(r.speak, "rubric_save", pressSettings, settingsOwn, store.SettingRubric, mark, weightsText(rubric), rubricSave))
	}
	last = append(last, button(r.speak, "back", pressSettings, settingsPage, store.SettingRubric))
	return r.inSettings(strings.Join(lines, "\n"), append(rows, last)...)
}
