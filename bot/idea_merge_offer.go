package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// pressOffer asks the submitter of an idea, in a coordinator's name, whether it may
// become part of another one. One that holds a complaint is pointed to where
// complaints are heard.
func (r *request) pressOffer(number int64, rest pressArguments) error {
	if err := r.mayMerge(); err != nil {
		return err
	}
	idea, like, err := r.pairPressed(number, rest)
	if err != nil {
		return err
	}
	other, err := r.standsFor(like.Other)
	if err != nil {
		return err
	}
	if _, err := idea.Merge(other, r.now); err != nil {
		return err // what would be refused is not asked
	}
	if like.State == council.LikenessOffered {
		return council.Refuse("merge_offered", "Reference", idea.Reference().String())
	}
	submitter, err := r.submitterOf(idea)
	if err != nil {
		return err
	}
	reached, err := r.askSubmitter(idea, other, like, submitter)
	switch {
	case err != nil:
		return err
	case !reached:
		return council.Refuse("submitter_unreached", "Reference", idea.Reference().String(), "Into", other.Reference().String())
	}
	like.State, like.MemberID, like.At = council.LikenessOffered, r.actor.ID, r.now
	return errors.Join(r.tx.SaveLikeness(like), r.refreshDigests(idea.Reference()),
		r.toast(r.speak.Say("idea_merge.offered", "Reference", idea.Reference().String())))
}

// askSubmitter asks who gave an idea whether it may become part of another one;
// reached is false for whoever the bot cannot write to, and for people outside
// every group, who are told of no other idea.
func (r *request) askSubmitter(idea, other council.Idea, like council.IdeaLikeness, submitter council.Actor) (reached bool, err error) {
	if submitter.IsStranger() {
		return false, nil
	}
	speak := r.speaker(submitter.Member)
	key := "idea_merge.ask"
	if idea.Complaint {
		key = "idea_merge.ask_complaint"
	}
	text := speak.Say(key, "Reference", idea.Reference().String(), "Into", other.Reference().String(),
		"Title", shorten(plainLine(other.Title), cardTitleLimit), "Person", greetPerson(speak, submitter.Member))
	answer := func(label string, yes int) store.Button {
		return button(speak, label, pressIdea, ideaJoin, idea.Number, like.Other, yes)
	}
	return r.tell(submitter.Member, idea.Reference().String(), cardIdeaGiven, text, []store.Button{answer("yes", 1), answer("no", 0)})
}

// pressJoin takes the submitter's answer to that: the coordinator who asked has
// decided it already.
func (r *request) pressJoin(number int64, rest pressArguments) error {
	idea, like, err := r.ownPair(number, rest)
	if err != nil {
		return err
	}
	if like.State != council.LikenessOffered {
		return r.stale()
	}
	if rest.number(1) == 0 {
		return r.keepApart(idea, like)
	}
	into, err := r.standsFor(like.Other)
	if err != nil {
		return err
	}
	family, err := r.mergeIdea(number, into.Number, like.MemberID)
	if err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("idea_merge.joined", "Reference", idea.Reference().String(), "Into", family.Root.Reference().String(),
		"Person", greetPerson(r.speak, r.actor.Member))); err != nil {
		return err
	}
	var unwritten error
	err = r.tellWhoAsked(like, idea, func(speak locale.Speaker) string {
		var text string
		text, unwritten = r.mergedText(speak, number, family)
		return speak.Say("idea_merge.submitter_agreed", "Reference", idea.Reference().String()) + " " + text
	}, true)
	return errors.Join(err, unwritten, r.toast(""))
}

// keepApart leaves two ideas apart, as the submitter wants.
func (r *request) keepApart(idea council.Idea, like council.IdeaLikeness) error {
	asked := like
	like.State, like.MemberID, like.At = council.LikenessRelated, r.actor.ID, r.now
	details := []any{"Reference", idea.Reference().String(), "Into", ideaReference(like.Other), "Person", greetPerson(r.speak, r.actor.Member)}
	return errors.Join(r.tx.SaveLikeness(like), r.edit(r.speak.Say("idea_same.apart", details...)),
		r.tellWhoAsked(asked, idea, func(speak locale.Speaker) string { return speak.Say("idea_merge.submitter_apart", details...) }, false), r.toast(""))
}

// tellWhoAsked tells the coordinator who had the submitter asked.
func (r *request) tellWhoAsked(asked council.IdeaLikeness, idea council.Idea, write func(locale.Speaker) string, undoable bool) error {
	coordinator, err := r.tx.Member(asked.MemberID)
	if err != nil || coordinator.ID == r.actor.ID {
		return err
	}
	speak := r.speaker(coordinator)
	var rows [][]store.Button
	if undoable {
		rows = [][]store.Button{{button(speak, "idea_unmerge", pressIdea, ideaUnmerge, idea.Number)}}
	}
	_, err = r.tell(coordinator, idea.Reference().String(), cardIdeaGiven, write(speak), rows...)
	return err
}
