package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// writeScores asks a member of the council, once, for the scores that wait.
func (n *notice) writeScores() error {
	for i, item := range n.items(council.ToScorer) {
		idea := item.Idea
		if i == 0 {
			n.open("notice.report")
			n.headline(n.speak.Say("idea_score.notice"))
		}
		line := idea.Reference().String() + " · " + shorten(plainLine(idea.Title), cardTitleLimit)
		given, err := n.tx.ScoresBy(idea.Number, n.member.ID)
		switch {
		case err != nil:
			return err
		case given.Complete(idea.Review.Rubric):
			n.add("✓ " + line)
		case idea.State != council.IdeaUnderReview:
			n.add(line + " · " + ideaStanding(n.speak, idea))
		default:
			n.add(line, n.speak.Say("idea_score.until", "Day", n.nearMoment(idea.Review.Until)))
			n.offer(store.Button{Text: n.speak.Say("idea_score.button", "Reference", idea.Reference().String()), Data: data(pressIdea, ideaScore, idea.Number)})
		}
	}
	return nil
}
