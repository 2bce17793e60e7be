package bot

import (
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// criterionNameLimit is how long the name of a criterion may be, in runes: it stands
// on a button.
const criterionNameLimit = 40

// rubric is /telaah rubrik: by what ideas are scored from now on; with criteria and
// their weights behind, others: "kebaruan 30, manfaat 30, kesiapan 40". What is under
// review keeps the rubric with which it was opened.
func (r *request) rubric(words string) error {
	if err := r.may(council.ActionReviewIdea, council.Scope{}); err != nil {
		return err
	}
	if words = strings.TrimSpace(words); words != "" {
		after, err := readRubricSetting(r, "", words)
		if err != nil {
			return err
		}
		if _, err := r.changeSetting(rubricSetting(), after); err != nil {
			return err
		}
	}
	rubric, err := r.tx.Rubric()
	if err != nil {
		return err
	}
	key := "idea_rubric.is"
	if words != "" {
		key = "idea_rubric.now"
	}
	return r.reply(r.speak.Say(key, "Criteria", r.rubricText(rubric)))
}

// readRubric reads criteria with their weights, parted by commas or lines. The word
// for the usual one brings that back.
func (r *request) readRubric(words string) ([]council.Criterion, error) {
	if isReviewWord(words, "usual") {
		return council.UsualRubric, nil
	}
	var rubric []council.Criterion
	for _, part := range strings.FieldsFunc(words, func(letter rune) bool { return letter == ',' || letter == ';' || letter == '\n' }) {
		fields := strings.Fields(strings.ReplaceAll(part, "%", " "))
		if len(fields) < 2 {
			return nil, council.Refuse("rubric_unread", "Phrase", shorten(plainLine(part), phraseLimit))
		}
		weight, err := strconv.Atoi(fields[len(fields)-1])
		name := shorten(strings.Join(fields[:len(fields)-1], " "), criterionNameLimit)
		if err != nil {
			return nil, council.Refuse("rubric_unread", "Phrase", shorten(plainLine(part), phraseLimit))
		}
		rubric = append(rubric, r.criterionNamed(name, weight))
	}
	return rubric, nil
}

// criterionNamed is a usual criterion where its name is meant, in any language, or one
// of the city's own.
func (r *request) criterionNamed(name string, weight int) council.Criterion {
	for _, usual := range council.UsualRubric {
		for _, language := range locale.Languages {
			if locale.FoldWord(criterionName(r.book.In(language), usual)) == locale.FoldWord(name) {
				return council.Criterion{Name: usual.Name, Weight: weight}
			}
		}
	}
	return council.Criterion{Name: locale.FoldWord(name), Weight: weight, Label: name}
}
