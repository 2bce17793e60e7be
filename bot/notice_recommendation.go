package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// writeRecommendations reminds whoever is in charge of a recommendation, and tells
// coordinators which one has nobody in charge, or is past its date.
func (n *notice) writeRecommendations() error {
	for _, audience := range []council.Audience{council.ToInCharge, council.ToCoordinator} {
		items := slices.DeleteFunc(n.items(audience), func(item council.Item) bool { return item.Recommendation.Number == 0 })
		if len(items) == 0 {
			continue
		}
		n.open("notice.report")
		n.headline(n.speak.Say("recommendation.notice." + string(audience)))
		for i, item := range items {
			if slices.ContainsFunc(items[:i], func(other council.Item) bool { return other.Recommendation.Number == item.Recommendation.Number }) {
				continue
			}
			if err := n.writeRecommendation(item.Recommendation, audience); err != nil {
				return err
			}
		}
	}
	return nil
}

func (n *notice) writeRecommendation(recommendation council.Recommendation, audience council.Audience) error {
	line := recommendation.Reference().String() + " · " + shorten(recommendation.Text, cardTitleLimit)
	settled := !recommendation.Open() || audience == council.ToInCharge && recommendation.OwnerID != n.member.ID
	if settled {
		state := recommendation.State
		if recommendation.Open() {
			state = "passed_on"
		}
		n.add(line + " · " + n.speak.Say("recommendation.state."+string(state)))
		return nil
	}
	if audience == council.ToCoordinator {
		owner := n.speak.Say("indicator.empty")
		if recommendation.OwnerID != 0 {
			member, err := n.tx.Member(recommendation.OwnerID)
			if err != nil {
				return err
			}
			owner = namePerson(n.speak, member)
		} else if recommendation.Office != "" {
			owner = recommendation.Office
		}
		line += " · " + owner
	}
	if recommendation.Due.IsZero() {
		n.add(line)
	} else {
		n.add(line, n.speak.Say("recommendation.due", "Due", n.deadline(recommendation.Due)))
	}
	n.offer(store.Button{Text: recommendation.Reference().String(), Data: data(pressRecommendation, recommendationOpen, recommendation.Number)})
	return nil
}
