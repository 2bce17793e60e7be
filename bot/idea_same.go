package bot

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// ideaAlike stands in [Sama, satukan], [Mirip, tetap terpisah] and [Berbeda]; the
// two ideas follow, and what the submitter says.
const ideaAlike = "alike"

// alikeLimit is how many ideas are shown that are like another.
const alikeLimit = 3

// Whoever gives a long idea, or many, may not make the comparison dear: so many terms
// are looked for, those that say most, and so many bytes of other ideas are read, from
// the one that shares the most on. Both are more than people's own ideas come to.
const (
	termsLookedFor = 32
	textCompared   = 16 << 10
)

// How many words are said of why two ideas are alike, and how much of each, in runes.
const (
	reasonLimit     = 4
	reasonWordLimit = 30
)

// alikeIdea is an idea that is like what somebody wrote, and why.
type alikeIdea struct {
	idea council.Idea
	like reading.Likeness
}

// alikeIdeas finds up to three ideas that are like a text of which these are the terms, the
// most alike first; the idea with this number is not among them.
func (r *request) alikeIdeas(own []reading.Term, but int64) ([]alikeIdea, error) {
	keys := make([]string, min(len(own), termsLookedFor))
	for i := range keys {
		keys[i] = own[i].Key
	}
	candidates, err := r.tx.IdeasSharing(keys, but)
	if err != nil {
		return nil, err
	}
	var found []alikeIdea
	compared := 0
	for _, candidate := range candidates {
		if compared += len(candidate.Text); compared > textCompared {
			break
		}
		if one := compareTo(candidate, own); one.like.Verdict != reading.Unrelated {
			found = append(found, one)
		}
	}
	slices.SortStableFunc(found, func(a, b alikeIdea) int { return cmp.Or(b.rank()-a.rank(), cmp.Compare(b.like.Score, a.like.Score)) })
	return found[:min(len(found), alikeLimit)], nil
}

func (a alikeIdea) rank() int {
	if a.like.Verdict == reading.Same {
		return 1
	}
	return 0
}

// reasonWords says what two ideas have in common, in the language of the reader. A
// word that is part of another one says nothing more: "truk sampah", "truk".
func reasonWords(speak locale.Speaker, words []string) string {
	words = slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		return slices.ContainsFunc(words, func(other string) bool { return other != word && slices.Contains(strings.Fields(other), word) })
	})
	words = slices.Clone(words[:min(len(words), reasonLimit)])
	if speak.Language == locale.English {
		words = reading.InEnglish(words)
	}
	for i, word := range words {
		words[i] = shorten(word, reasonWordLimit)
	}
	return strings.Join(words, ", ")
}

// findAlike keeps which ideas one is like that is about these terms. The coordinators hear of them on the
// next working morning. What is held waits until it is released.
func (r *request) findAlike(idea council.Idea, terms []reading.Term) error {
	if idea.Held != council.HeldNot || idea.State != council.IdeaSubmitted {
		return nil
	}
	found, err := r.alikeIdeas(terms, idea.Number)
	if err != nil || len(found) == 0 {
		return err
	}
	for _, one := range found {
		like := council.IdeaLikeness{Number: idea.Number, Other: one.idea.Number, State: council.LikenessFound, At: r.now}
		if err := r.tx.FindLikeness(like); err != nil {
			return err
		}
	}
	return r.planLikeness(idea)
}

// offerAlike is called when an idea is told to the end: it stands in its group from
// now on, and its submitter is asked in private about the ideas that are like it;
// shown is false when nothing is asked. People outside every group are told of no
// other idea.
func (r *request) offerAlike(idea council.Idea) (shown bool, err error) {
	if idea.Held != council.HeldNot || idea.State != council.IdeaSubmitted {
		return false, nil
	}
	if err := errors.Join(r.postIdea(idea), r.findAlike(idea, reading.Terms(idea.Text))); err != nil {
		return false, err
	}
	submitter, err := r.submitterOf(idea)
	if err != nil || submitter.IsStranger() {
		return false, err
	}
	text, rows, err := r.alikeQuestion(idea, r.speaker(submitter.Member))
	if err != nil || text == "" {
		return false, err
	}
	return r.tell(submitter.Member, idea.Reference().String(), cardIdeaGiven, text, rows...)
}

// planLikeness has the coordinators told of what an idea is like, anew when
// something was said to it.
func (r *request) planLikeness(idea council.Idea) error {
	planned := []council.Reminder{council.PlanLikeness(idea, r.now, r.city.Timing)}
	others := func(reminder council.Reminder) bool { return reminder.Step != council.StepLikeness }
	return r.tx.PlanReminders(idea.Reference(), planned, others)
}

// alikeQuestion asks about the first idea that is like this one and to which the
// submitter has said nothing yet; empty when there is none.
func (r *request) alikeQuestion(idea council.Idea, speak locale.Speaker) (string, [][]store.Button, error) {
	open, err := r.openLikenesses(idea)
	if err != nil || len(open) == 0 {
		return "", nil, err
	}
	first := open[0]
	family, err := r.tx.IdeaFamily(first.idea.Number)
	if err != nil {
		return "", nil, err
	}
	key := "idea_same.related"
	if first.like.Verdict == reading.Same {
		key = "idea_same.same"
	}
	text := speak.Say(key, "Reference", first.idea.Reference().String(), "Title", shorten(plainLine(first.idea.Title), cardTitleLimit),
		"Support", speak.Count("idea_same.support", len(family.Supporters())), "Words", reasonWords(speak, first.like.Shared))
	if len(open) > 1 {
		text += "\n" + speak.Count("idea_same.more", len(open)-1)
	}
	answer := func(label, state string) store.Button {
		return button(speak, label, pressIdea, ideaAlike, idea.Number, first.idea.Number, state)
	}
	submitter, err := r.tx.Member(idea.SubmitterID)
	if err != nil {
		return "", nil, err
	}
	return text + "\n" + speak.Say("idea_same.ask", "Person", greetPerson(speak, submitter)), [][]store.Button{
		{answer("idea_same", string(council.LikenessAgreed))},
		{answer("idea_near", string(council.LikenessRelated)), answer("idea_other", string(council.LikenessDifferent))},
	}, nil
}

// openLikenesses lists the ideas that are like this one and to which its submitter
// has said nothing yet, the most alike first.
func (r *request) openLikenesses(idea council.Idea) ([]alikeIdea, error) {
	found, err := r.tx.Likenesses(idea.Number)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var open []alikeIdea
	own := reading.Terms(idea.Text)
	for _, like := range found {
		if like.State != council.LikenessFound {
			continue
		}
		other, err := r.tx.Idea(like.Other)
		if err != nil {
			return nil, err
		}
		one := compareTo(other, own)
		if other.State != council.IdeaWithdrawn && other.State != council.IdeaMerged && one.like.Verdict != reading.Unrelated {
			open = append(open, one)
		}
	}
	slices.SortStableFunc(open, func(a, b alikeIdea) int { return cmp.Or(b.rank()-a.rank(), cmp.Compare(b.like.Score, a.like.Score)) })
	return open, nil
}

// compareTo tells what another idea is to one that is about these terms.
func compareTo(other council.Idea, own []reading.Term) alikeIdea {
	return alikeIdea{other, reading.Compare(own, reading.Terms(other.Text))}
}

// pressAlike takes what the submitter says to an idea that is like the own one.
func (r *request) pressAlike(number int64, rest pressArguments) error {
	idea, like, err := r.ownPair(number, rest)
	if err != nil {
		return err
	}
	state := council.LikenessState(rest.text(1))
	said := state == council.LikenessAgreed || state == council.LikenessRelated || state == council.LikenessDifferent
	if !said || !like.Open() {
		return r.stale()
	}
	if !council.PossibleForIdea(idea.State, council.EventMerged) {
		_, err := idea.Merge(council.Idea{Number: like.Other}, r.now)
		return err
	}
	like.State, like.MemberID, like.At = state, r.actor.ID, r.now
	if err := r.tx.SaveLikeness(like); err != nil {
		return err
	}
	if err := r.planLikeness(idea); err != nil {
		return err
	}
	if err := r.refreshDigests(idea.Reference()); err != nil {
		return err
	}
	return errors.Join(r.afterAlike(idea, state), r.toast(""))
}

// afterAlike says what follows on what the submitter said, or asks about the next
// idea.
func (r *request) afterAlike(idea council.Idea, state council.LikenessState) error {
	details := []any{"Reference", idea.Reference().String(), "Person", greetPerson(r.speak, r.actor.Member)}
	if state == council.LikenessAgreed {
		return r.edit(r.speak.Say("idea_same.agreed", details...))
	}
	text, rows, err := r.alikeQuestion(idea, r.speak)
	switch {
	case err != nil:
		return err
	case text != "":
		return r.edit(text, rows...)
	}
	return r.edit(r.speak.Say("idea_same.apart", details...))
}

// likeness finds that an idea is like another; a press that names two ideas of
// which that was never found means nothing.
func (r *request) likeness(idea council.Idea, other int64) (council.IdeaLikeness, error) {
	found, err := r.tx.Likenesses(idea.Number)
	if err != nil {
		return council.IdeaLikeness{}, err
	}
	at := slices.IndexFunc(found, func(like council.IdeaLikeness) bool { return like.Other == other })
	if at < 0 {
		return council.IdeaLikeness{}, council.Refuse("no_likeness", "Reference", idea.Reference().String())
	}
	return found[at], nil
}

// pairPressed finds the two ideas that a press names, as one is like the other.
func (r *request) pairPressed(number int64, rest pressArguments) (council.Idea, council.IdeaLikeness, error) {
	idea, err := r.idea(number)
	if err != nil {
		return idea, council.IdeaLikeness{}, err
	}
	like, err := r.likeness(idea, rest.number(0))
	return idea, like, err
}

// ownPair finds them for who gave the first one, and refuses everybody else.
func (r *request) ownPair(number int64, rest pressArguments) (council.Idea, council.IdeaLikeness, error) {
	idea, like, err := r.pairPressed(number, rest)
	if idea.Number != 0 && idea.SubmitterID != r.actor.ID {
		err = council.Refuse("idea_not_yours", "Reference", idea.Reference().String())
	}
	return idea, like, err
}

// submitterOf is who gave an idea, as the rules see that person.
func (r *request) submitterOf(idea council.Idea) (council.Actor, error) {
	member, err := r.tx.Member(idea.SubmitterID)
	if err != nil {
		return council.Actor{}, err
	}
	return r.tx.Actor(member)
}
