package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// takeRecommendation takes "untuk R-1" out of a line, where there is such a
// recommendation that is followed; otherwise the words stay.
func (r *request) takeRecommendation(text string) (rest string, number int64, err error) {
	words := strings.Split(text, " ")
	for i, word := range words {
		reference, is := council.ParseReference(word)
		if !is || reference.Letter != council.RecommendationLetter || i == 0 || !strings.Contains(word, "-") {
			continue
		}
		if meaning, _ := locale.Meaning("indicator", words[i-1]); meaning != "to" {
			continue
		}
		found, err := r.tx.Recommendation(reference.Number)
		if notFoundIsNil(err) != nil {
			return text, 0, err
		}
		if err == nil && found.Open() {
			kept := slices.Concat(words[:i-1], words[i+1:])
			if strings.HasSuffix(word, ",") && i > 1 {
				kept[i-2] += ","
			}
			return strings.Join(kept, " "), reference.Number, nil
		}
	}
	return text, 0, nil
}

// unpointUndone lets a task that was made by mistake, and undone, point to no
// recommendation any more.
func (r *request) unpointUndone(task council.Task) error {
	if task.State != council.TaskCancelled {
		return nil
	}
	list, err := r.tx.Recommendations(true)
	if err != nil {
		return err
	}
	for _, before := range list {
		if !before.Linked(task.Reference()) {
			continue
		}
		after, err := before.Unlink([]council.Reference{task.Reference()})
		if err != nil {
			return err
		}
		if err := r.keepRecommendation(after, council.EventUnpointed, "", "subjects", task.Reference().String()); err != nil {
			return err
		}
	}
	return nil
}

// pointToRecommendation lets a new task point to the recommendation for which it is.
func (r *request) pointToRecommendation(number int64, task council.Task) error {
	if number == 0 {
		return nil
	}
	before, err := r.tx.Recommendation(number)
	if err != nil {
		return err
	}
	after, err := before.Link([]council.Reference{task.Reference()}, r.now)
	if err != nil {
		return nil // it is followed no more: the task stands for itself
	}
	return r.keepRecommendation(after, council.EventPointed, "", "subjects", task.Reference().String())
}
