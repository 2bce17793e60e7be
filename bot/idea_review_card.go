package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// cardIdeaReview is the card of an idea in the council's group.
const cardIdeaReview = "idea_review"

// reviewReasonShown is how much of a decision's reason the card shows, in runes.
const reviewReasonShown = 160

// reviewFace writes the card of a review: three short lines, with how many have
// scored, and no more than that before the end.
func (r *request) reviewFace(family council.IdeaFamily, idea council.Idea, speak locale.Speaker) (store.Payload, error) {
	standing, err := r.reviewStanding(idea, speak)
	if err != nil {
		return store.Payload{}, err
	}
	dimension := idea.Dimension
	if dimension == "" {
		dimension = "none"
	}
	lines := []string{
		speak.Say("idea_review.head", "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit)),
		speak.Say("idea_review.about", "Dimension", speak.Say("dimension."+string(dimension)),
			"Support", speak.Count("idea_same.support", len(family.Supporters())), "Submitters", speak.Count("idea_review.submitters", len(family.Submitters()))),
		standing,
	}
	payload := store.Payload{Text: strings.Join(lines, "\n")}
	payload.Buttons = append(reviewButtons(speak, idea), []store.Button{{Text: speak.Say("button.idea_full"), URL: r.privateLink(idea.Reference().String())}})
	return payload, nil
}

// reviewButtons are what the council does with an idea as it stands.
func reviewButtons(speak locale.Speaker, idea council.Idea) [][]store.Button {
	if !idea.State.Undecided() || idea.Review.OpenedAt.IsZero() {
		return nil
	}
	row := []store.Button{button(speak, "idea_score", pressIdea, ideaScore, idea.Number)}
	if idea.State != council.IdeaNeedsDetail {
		row = append(row, button(speak, "idea_ask", pressIdea, ideaAskDetail, idea.Number))
	}
	if idea.State != council.IdeaDeliberated {
		return [][]store.Button{row}
	}
	return [][]store.Button{row, decisionRow(speak, idea)}
}

// reviewStanding is where a review stands: by what is scored and by how many so far;
// the average once it is over, and the decision with its reason.
func (r *request) reviewStanding(idea council.Idea, speak locale.Speaker) (string, error) {
	average, scorers, err := r.scored(idea)
	if err != nil {
		return "", err
	}
	shown := ""
	if idea.ShowsAverage() {
		shown = speak.Decimal(average)
	}
	details := []any{"N", scorers, "Quorum", idea.Review.Quorum, "Until", shortDay(speak, idea.Review.Until.In(r.city.Zone)),
		"Criteria", criteriaNames(speak, idea.Review.Rubric), "State", ideaStanding(speak, idea), "Average", shown,
		"Reason", shorten(plainLine(idea.Decision.Reason), reviewReasonShown)}
	say := func(key string) (string, error) { return speak.Say("idea_review."+key, details...), nil }
	switch {
	case idea.State == council.IdeaUnderReview && !idea.Review.Until.After(r.now):
		return say("quorum_missing")
	case idea.State == council.IdeaUnderReview:
		return say("scoring")
	case idea.State == council.IdeaNeedsDetail && !idea.Review.OpenedAt.IsZero():
		return say("stands_still")
	case idea.State == council.IdeaDeliberated && scorers == 0:
		return say("deliberated_unscored")
	case idea.State == council.IdeaDeliberated:
		return say("deliberated")
	case idea.Decision.State == "":
		return ideaStanding(speak, idea), nil
	case scorers == 0:
		return say("decided_unscored")
	}
	return say("decided")
}

// scored is the average of those who have scored everything, and how many they are.
func (r *request) scored(idea council.Idea) (average float64, scorers int, err error) {
	given, err := r.tx.Scores(idea.Number)
	if err != nil || len(idea.Review.Rubric) == 0 {
		return 0, 0, err
	}
	all := make([]council.Scores, 0, len(given))
	for _, scores := range given {
		all = append(all, scores)
	}
	average, scorers = council.Average(idea.Review.Rubric, all)
	return average, scorers, nil
}

// criteriaNames lists by what an idea is scored.
func criteriaNames(speak locale.Speaker, rubric []council.Criterion) string {
	names := make([]string, len(rubric))
	for i, criterion := range rubric {
		names[i] = criterionName(speak, criterion)
	}
	return strings.Join(names, ", ")
}

// criterionName is the city's own name of a criterion, or the usual one.
func criterionName(speak locale.Speaker, criterion council.Criterion) string {
	if criterion.Label != "" {
		return criterion.Label
	}
	return speak.Say("idea_rubric." + criterion.Name)
}
