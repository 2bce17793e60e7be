package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// writeLikeness proposes to a coordinator which ideas may become one, with the
// reason, and says which only look alike.
func (n *notice) writeLikeness() error {
	var told []int64
	for _, item := range n.items(council.ToCoordinator) {
		if item.Idea.Number == 0 || item.Reminder.Step != council.StepLikeness || slices.Contains(told, item.Idea.Number) {
			continue
		}
		if len(told) == 0 {
			n.open("notice.report")
			n.headline(n.speak.Say("notice.likeness.headline"))
		}
		told = append(told, item.Idea.Number)
		if err := n.writeLikenessOf(item.Idea); err != nil {
			return err
		}
	}
	return nil
}

// writeLikenessOf writes what one idea is most like, as it stands now.
func (n *notice) writeLikenessOf(idea council.Idea) error {
	details := []any{"Reference", idea.Reference().String()}
	if idea.State == council.IdeaMerged {
		n.add(n.speak.Say("notice.likeness.merged", append(details, "Into", ideaReference(idea.MergedInto))...))
		return nil
	}
	found, err := n.tx.Likenesses(idea.Number)
	if err != nil {
		return err
	}
	var best alikeIdea
	state := council.LikenessIgnored
	for _, like := range found {
		if !like.Open() {
			continue
		}
		other, err := n.tx.Idea(like.Other)
		if err != nil {
			return err
		}
		one := compareTo(other, reading.Terms(idea.Text))
		agreed := like.State == council.LikenessAgreed && state != council.LikenessAgreed
		if state == council.LikenessIgnored || agreed || like.State == state && (one.rank() > best.rank() || one.rank() == best.rank() && one.like.Score > best.like.Score) {
			best, state = one, like.State
		}
	}
	if state == council.LikenessIgnored {
		n.add(n.speak.Say("notice.likeness.settled", details...))
		return nil
	}
	family, err := n.tx.IdeaFamily(best.idea.Number)
	if err != nil {
		return err
	}
	n.writeProposal(idea, best, family.Root, state)
	return nil
}

func (n *notice) writeProposal(idea council.Idea, best alikeIdea, into council.Idea, state council.LikenessState) {
	reference := idea.Reference().String()
	named := func(label, action string, arguments ...any) store.Button {
		return store.Button{Text: n.speak.Say("notice.likeness.button."+label, "Reference", reference), Data: data(pressIdea, append([]any{action}, arguments...)...)}
	}
	merge := named("merge", ideaMerge, idea.Number, best.idea.Number)
	see := named("see", ideaSee, idea.Number)
	details := []any{"Reference", reference, "Into", into.Reference().String(),
		"Words", reasonWords(n.speak, best.like.Shared), "Own", reasonWords(n.speak, best.like.Own)}
	switch {
	case state == council.LikenessAgreed:
		n.add(n.speak.Say("notice.likeness.agreed", details...))
		n.offer(merge, see)
	case idea.Complaint:
		n.add(n.speak.Say("notice.likeness.complaint", details...))
		n.offer(see)
	case best.like.Verdict == reading.Same:
		n.add(n.speak.Say("notice.likeness.same", details...))
		n.offer(merge, see, named("ignore", ideaApart, idea.Number, best.idea.Number))
	default:
		key := "notice.likeness.related"
		if len(best.like.Own) == 0 {
			key = "notice.likeness.related_only"
		}
		n.add(n.speak.Say(key, details...))
		n.offer(see, named("ignore", ideaApart, idea.Number, best.idea.Number))
	}
}
