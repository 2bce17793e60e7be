package bot

import (
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// statusRecommendations is how many recommendations /status names.
const statusRecommendations = 4

// recommendationFigures is what the bot counts for a recommendation itself, in one line;
// "" where nothing is counted.
func (r *request) recommendationFigures(recommendation council.Recommendation) (string, error) {
	var counted string
	var err error
	switch recommendation.Measure {
	case council.MeasureIdeas:
		counted, err = r.ideaCounts(store.IdeaFilter{})
	case council.MeasureInvolvement:
		var words []string
		words, err = r.involvementThisYear()
		counted = strings.Join(words, ", ")
	default:
		return "", nil
	}
	if counted == "" {
		counted = r.speak.Say("recommendation.nothing_counted")
	}
	return r.speak.Say("recommendation.counted", "Measure", r.speak.Say("recommendation.measure."+string(recommendation.Measure)), "Numbers", counted), err
}

// recordedRecommendations is how the recommendations that were recorded are followed, in
// their order: what is counted for each, else what points to it; none where there is none.
func (r *request) recordedRecommendations() ([]string, error) {
	open, err := r.tx.Recommendations(true)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	var shown []string
	for i, recommendation := range open[:min(len(open), statusRecommendations)] {
		name, numbers, err := r.followedBy(recommendation)
		if err != nil {
			return nil, err
		}
		shown = append(shown, strconv.Itoa(i+1)+") "+name+": "+numbers)
	}
	if more := len(open) - statusRecommendations; more > 0 {
		shown = append(shown, r.speak.Count("notice.more", more))
	}
	return []string{r.speak.Say("status.recommended.line", "Shown", strings.Join(shown, " · "))}, nil
}

// followedBy names a recommendation in a few words, and says what shows that it is
// followed.
func (r *request) followedBy(recommendation council.Recommendation) (name, numbers string, err error) {
	var words []string
	switch recommendation.Measure {
	case council.MeasureIdeas:
		words, err = r.innovationsThisYear()
	case council.MeasureInvolvement:
		words, err = r.involvementThisYear()
	}
	name = shorten(recommendation.Text, phraseLimit)
	if recommendation.Measure != council.MeasureNone {
		name = r.speak.Say("recommendation.measure." + string(recommendation.Measure))
	}
	if len(words) == 0 {
		words = append(words, r.linkedCount(recommendation))
	}
	if numbers = strings.Join(words, ", "); numbers == "" {
		numbers = r.speak.Say("recommendation.nothing_yet")
	}
	return name, numbers, err
}
