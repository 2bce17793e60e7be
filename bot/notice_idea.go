package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideasNamed is how many new ideas one line names; the rest is counted.
const ideasNamed = 10

// ideaButtons is for how many ideas a digest offers buttons at once.
const ideaButtons = 3

// ideaLook opens a list of ideas as a message of its own: 1 behind it the new ones,
// 2 those that wait for a coordinator.
const (
	ideaLook = "look"
	lookNew  = 1
	lookHeld = 2
)

// writeIdeas tells a coordinator which ideas are new, which wait to be looked at,
// whose target comes near, and which trials are to be decided on.
func (n *notice) writeIdeas() error {
	n.writeIdeasInOne("new", lookNew, council.StepIdeaNew)
	n.writeIdeasInOne("held", lookHeld, council.StepIdeaHeld)
	n.writeIdeaTargets()
	return n.writeTrials()
}

// ideaItems gives the items of these steps for an audience, each idea once.
func (n *notice) ideaItems(audience council.Audience, steps ...council.Step) []council.Item {
	var items []council.Item
	for _, item := range n.items(audience) {
		known := slices.ContainsFunc(items, func(other council.Item) bool { return other.Idea.Number == item.Idea.Number })
		if item.Idea.Number != 0 && slices.Contains(steps, item.Reminder.Step) && !known {
			items = append(items, item)
		}
	}
	return items
}

// writeIdeasInOne names ideas in one line, but for those that the digest has
// proposed to merge already.
func (n *notice) writeIdeasInOne(key string, look int, step council.Step) {
	var references []string
	proposed := n.ideaItems(council.ToCoordinator, council.StepLikeness)
	items := n.ideaItems(council.ToCoordinator, step)
	for _, item := range items {
		if !slices.ContainsFunc(proposed, func(other council.Item) bool { return other.Idea.Number == item.Idea.Number }) {
			references = append(references, item.Idea.Reference().String())
		}
	}
	if len(references) == 0 {
		return
	}
	count := len(references)
	slices.SortFunc(references, func(a, b string) int { return ideaNumber(a) - ideaNumber(b) })
	line := strings.Join(references[:min(count, ideasNamed)], ", ")
	if count > ideasNamed {
		line += " " + n.speak.Count("notice.more", count-ideasNamed)
	}
	n.open("notice.report")
	n.add(n.speak.Count("notice.idea."+key, count, "References", line))
	see := store.Button{Text: n.speak.Say("button.idea_see"), Data: data(pressIdea, ideaLook, look)}
	if count == 1 && look == lookNew {
		see.Data = data(pressIdea, ideaSee, ideaNumber(references[0]))
	}
	n.offer(see)
}

func ideaNumber(reference string) int {
	parsed, _ := council.ParseReference(reference)
	return int(parsed.Number)
}

// writeIdeaTargets says by when the council should have seen or decided ideas.
func (n *notice) writeIdeaTargets() {
	items := n.ideaItems(council.ToCoordinator, council.StepReviewSoon, council.StepReviewDay, council.StepDecideSoon, council.StepDecideDay)
	for i, item := range items {
		if i == 0 {
			n.open("notice.report")
			n.headline(n.speak.Say("notice.idea.waiting"))
		}
		n.add(n.ideaTarget(item))
		if i < ideaButtons {
			n.offer(n.seeIdea(item.Idea))
		}
	}
}

// ideaTarget is an idea with what is waited for and by when; where it stands, once
// nothing is.
func (n *notice) ideaTarget(item council.Item) string {
	idea := item.Idea
	head := idea.Reference().String() + " · " + shorten(plainLine(idea.Title), cardTitleLimit)
	word, by := "decide", idea.DecideBy
	if item.Reminder.Step == council.StepReviewSoon || item.Reminder.Step == council.StepReviewDay {
		word, by = "review", idea.ReviewBy
	}
	if council.DecideIdeaCare(item.Reminder, idea, n.At, n.city.Timing).Verdict == council.Drop {
		return head + " · " + ideaStanding(n.speak, idea)
	}
	return head + "\n" + n.speak.Say("notice.idea."+word, "Day", n.nearMoment(by), "Left", n.speak.Left(n.city.days(n.now, by)))
}

func (n *notice) seeIdea(idea council.Idea) store.Button {
	return store.Button{Text: n.speak.Say("notice.likeness.button.see", "Reference", idea.Reference().String()), Data: data(pressIdea, ideaSee, idea.Number)}
}

// writeTrials asks a coordinator what becomes of the trials that have run for a while.
func (n *notice) writeTrials() error {
	for i, item := range n.ideaItems(council.ToCoordinator, council.StepTrialDecide) {
		if i == 0 {
			n.open("notice.report")
			n.headline(n.speak.Say("notice.idea.trials"))
		}
		idea := item.Idea
		head := idea.Reference().String() + " · " + shorten(plainLine(idea.Title), cardTitleLimit)
		if idea.State != council.IdeaTrial {
			n.add(head + " · " + ideaStanding(n.speak, idea))
			continue
		}
		standing, err := n.asRequest().trialStanding(n.speak, idea)
		if err != nil {
			return err
		}
		n.add(head, standing)
		if i < ideaButtons {
			n.offer(trialDeeds(n.speak, idea)...)
		}
	}
	return nil
}

// writeIdeaReport tells a leader, respectfully, which ideas are past a target, and
// asks for a direction.
func (n *notice) writeIdeaReport() error {
	items := n.ideaItems(council.ToLeader, council.StepReviewLate, council.StepDecideLate)
	if len(items) == 0 {
		return nil
	}
	office, directs, err := n.readStanding()
	if err != nil {
		return err
	}
	n.openReport("notice.question.leader", office)
	asked := 0
	for _, item := range items {
		n.add(n.ideaLate(item))
		given, err := n.directed(item.Idea.Reference())
		if err != nil {
			return err
		}
		switch {
		case given.word != "":
			if err := n.noteDirection(item.Idea.Reference(), given); err != nil {
				return err
			}
		case item.Idea.State.Undecided():
			if asked++; asked <= ideaButtons {
				n.offer(n.seeIdea(item.Idea))
				if !directs {
					continue
				}
				if err := n.offerDirections(item.Idea.Reference(), len(items) > 1); err != nil {
					return err
				}
			}
		}
	}
	switch {
	case asked > 0 && directs:
		n.add(n.speak.Say("notice.leader_ask"))
	case asked > 0:
		n.add(n.speak.Say("notice.leader_support"))
	}
	return nil
}

// ideaLate says since when an idea waits beyond its target; where it stands, once it
// does not.
func (n *notice) ideaLate(item council.Item) string {
	idea := item.Idea
	head := idea.Reference().String() + " · " + shorten(plainLine(idea.Title), cardTitleLimit)
	word, by, waits := "decide_late", idea.DecideBy, idea.State.Undecided() && idea.State != council.IdeaNeedsDetail
	if item.Reminder.Step == council.StepReviewLate {
		word, by, waits = "review_late", idea.ReviewBy, idea.State == council.IdeaSubmitted
	}
	if !waits {
		return head + " · " + ideaStanding(n.speak, idea)
	}
	return head + "\n" + n.speak.Say("notice.idea."+word, "Day", n.nearMoment(by))
}

// pressLookIdeas opens the ideas that a digest speaks of as a list.
func (r *request) pressLookIdeas(look int64, _ pressArguments) error {
	if !r.private {
		return r.stale()
	}
	text, rows, err := r.ideaList(ideaChoice{Held: look == lookHeld}, 0)
	if err != nil {
		return err
	}
	if err := r.replyAbout("", aboutIdeas, text, rows...); err != nil {
		return err
	}
	return r.toast("")
}
