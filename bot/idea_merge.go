package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What is done by button with two ideas that are alike; the one that moves follows,
// and for most the other.
const (
	ideaMerge   = "merge"   // [Satukan]
	ideaUnmerge = "unmerge" // [Batalkan]
	ideaApart   = "apart"   // [Abaikan]
	ideaOffer   = "offer"   // [Tanyakan pengusul]
	ideaJoin    = "join"    // [Ya], [Tidak] of the submitter: 1 or 0 behind
)

// merge is /satukan I-2 ke I-1, and /satukan I-2 batal.
func (r *request) merge() error {
	if err := r.mayMerge(); err != nil {
		return err
	}
	numbers, undoes := ideasIn(r.text)
	switch {
	case len(numbers) == 1 && undoes:
		return r.unmergeIdea(numbers[0])
	case len(numbers) == 2 && !undoes:
		return r.mergeByCoordinator(numbers[0], numbers[1])
	}
	return r.reply(r.speak.Say("idea_merge.how"))
}

// mayMerge refuses who may not merge, and places where submitters are spoken of
// that are no private chat.
func (r *request) mayMerge() error {
	if err := r.may(council.ActionMergeIdea, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("merge_in_private")
	}
	return nil
}

// ideasIn finds the ideas that a text names, and whether it takes something back.
func ideasIn(text string) (numbers []int64, undoes bool) {
	for text != "" {
		var word string
		word, text = firstWord(strings.TrimSpace(text))
		if reference, ok := council.ParseReference(word); ok && reference.Letter == council.IdeaLetter {
			numbers = append(numbers, reference.Number)
		}
		if _, known := locale.Meaning("idea_unmerge", word); known {
			undoes = true
		}
	}
	return numbers, undoes
}

// pressMerge merges as a coordinator was offered.
func (r *request) pressMerge(number int64, rest pressArguments) error {
	if err := r.mayMerge(); err != nil {
		return err
	}
	into, err := r.standsFor(rest.number(0))
	if err != nil {
		return err
	}
	if err := r.mergeByCoordinator(number, into.Number); err != nil {
		return err
	}
	return r.toast("")
}

// standsFor finds the idea that stands for another one: itself, or what it was merged
// into since a button was made.
func (r *request) standsFor(number int64) (council.Idea, error) {
	family, err := r.tx.IdeaFamily(number)
	if errors.Is(err, store.ErrNotFound) {
		err = council.Refuse("no_such_thing", "Reference", ideaReference(number))
	}
	return family.Root, err
}

// mergeByCoordinator makes an idea part of another one, tells everybody of both,
// and how it can be taken back.
func (r *request) mergeByCoordinator(number, into int64) error {
	family, err := r.mergeIdea(number, into, r.actor.ID)
	if err != nil {
		return err
	}
	text, err := r.mergedText(r.speak, number, family)
	if err != nil {
		return err
	}
	return r.replyAbout(family.Root.Reference().String(), cardIdeaGiven, text, []store.Button{button(r.speak, "idea_unmerge", pressIdea, ideaUnmerge, number)})
}

// mergedText says what was merged into what, with everybody who is credited. Scores
// belong to the text that was scored: those of what was merged are left aside.
func (r *request) mergedText(speak locale.Speaker, number int64, family council.IdeaFamily) (string, error) {
	names, err := r.ideaSubmitters(speak, family)
	if err != nil {
		return "", err
	}
	text := speak.Say("idea_merge.merged", "Reference", ideaReference(number), "Into", family.Root.Reference().String(),
		"Names", names, "N", len(family.Supporters()), "Days", council.UnmergeDays)
	scores, err := r.tx.Scores(number)
	if len(scores) > 0 {
		text += "\n" + speak.Say("idea_merge.scores_left", "Reference", ideaReference(number), "Into", family.Root.Reference().String())
	}
	return text, err
}

func ideaReference(number int64) string {
	return council.Reference{Letter: council.IdeaLetter, Number: number}.String()
}

// mergeIdea makes an idea part of another one, by somebody's decision, and gives
// the family as it is from now on.
func (r *request) mergeIdea(number, into, by int64) (council.IdeaFamily, error) {
	idea, err := r.idea(number)
	if err != nil {
		return council.IdeaFamily{}, err
	}
	target, err := r.idea(into)
	if err != nil {
		return council.IdeaFamily{}, err
	}
	before, err := r.tx.IdeaFamily(number)
	if err != nil {
		return before, err
	}
	merged, err := idea.Merge(target, r.now)
	if err != nil {
		return before, err
	}
	if err := r.keepIdeaAs(merged, council.EventMerged, "", council.DetailTo, idText(into)); err != nil {
		return before, err
	}
	like := council.IdeaLikeness{Number: number, Other: into, State: council.LikenessMerged, MemberID: by, At: r.now}
	if err := r.tx.SaveLikeness(like); err != nil {
		return before, err
	}
	family, err := r.tx.IdeaFamily(into)
	if err != nil {
		return family, err
	}
	return family, r.tellMerged(idea, before, family)
}

// tellMerged tells everybody of both ideas, but the one who does it.
func (r *request) tellMerged(idea council.Idea, before, after council.IdeaFamily) error {
	key := func(memberID int64) string {
		switch {
		case slices.Contains(before.Submitters(), memberID):
			return "idea_merge.told_submitter"
		case slices.Contains(before.People(), memberID):
			return "idea_merge.told_supporter"
		}
		return "idea_merge.told_host"
	}
	return r.tellIdeaPeople(append(before.People(), after.Submitters()...), after.Root, func(speak locale.Speaker, member council.Member) string {
		return speak.Say(key(member.ID), "Reference", idea.Reference().String(), "Into", after.Root.Reference().String(),
			"Title", shorten(plainLine(after.Root.Title), cardTitleLimit), "Person", greetPerson(speak, member), "N", len(after.Supporters()))
	})
}

// tellIdeaPeople writes to people in private about an idea, to each once, and not
// to the one who asks. Who cannot be reached keeps the credit and hears nothing.
func (r *request) tellIdeaPeople(members []int64, idea council.Idea, write func(locale.Speaker, council.Member) string) error {
	told := []int64{r.actor.ID}
	for _, id := range members {
		if slices.Contains(told, id) {
			continue
		}
		told = append(told, id)
		member, err := r.tx.Member(id)
		if err != nil {
			return err
		}
		if _, err := r.tell(member, idea.Reference().String(), cardIdeaGiven, write(r.speaker(member), member)); err != nil {
			return err
		}
	}
	return nil
}

// ideaSubmitters names who gave an idea and what was merged into it: those who may
// be named, and how many others.
func (r *request) ideaSubmitters(speak locale.Speaker, family council.IdeaFamily) (string, error) {
	var names []string
	hidden := 0
	for _, id := range family.Submitters() {
		member, err := r.tx.Member(id)
		if err != nil {
			return "", err
		}
		if name := shorten(plainLine(member.Name), titleLimit); name != "" && family.Shows(id) {
			names = append(names, name)
		} else {
			hidden++
		}
	}
	switch {
	case len(names) == 0:
		return speak.Count("idea_merge.unnamed", hidden), nil
	case hidden == 0:
		return strings.Join(names, ", "), nil
	}
	return speak.Count("idea_merge.and_unnamed", hidden, "Names", strings.Join(names, ", ")), nil
}

// pressUnmerge lets an idea stand for itself again.
func (r *request) pressUnmerge(number int64, _ pressArguments) error {
	if err := r.mayMerge(); err != nil {
		return err
	}
	if err := r.unmergeIdea(number); err != nil {
		return err
	}
	return r.toast("")
}

// unmergeIdea lets an idea stand for itself again, as it stood before, and tells
// its people.
func (r *request) unmergeIdea(number int64) error {
	idea, err := r.idea(number)
	if err != nil {
		return err
	}
	host, err := r.tx.IdeaFamily(number)
	if err != nil {
		return err
	}
	alone, err := idea.Unmerge(r.now)
	if err != nil {
		return err
	}
	count, err := r.keepAlone(idea, alone, host.Root.SubmitterID)
	if err != nil {
		return err
	}
	if err := r.refreshIdea(host.Root.Number); err != nil {
		return err
	}
	return r.replyAbout(idea.Reference().String(), cardIdeaGiven, r.speak.Say("idea_merge.unmerged", "Reference", idea.Reference().String(),
		"Into", ideaReference(idea.MergedInto), "N", count, "State", ideaStateName(r.speak, alone)))
}

// keepAlone keeps that an idea stands for itself again, tells its people and who gave
// what it was part of, and counts those who support it.
func (r *request) keepAlone(before, alone council.Idea, host int64) (supporters int, err error) {
	if err := r.keepIdeaAs(alone, council.EventUnmerged, "", council.DetailTo, idText(before.MergedInto)); err != nil {
		return 0, err
	}
	like := council.IdeaLikeness{Number: alone.Number, Other: before.MergedInto, State: council.LikenessIgnored, MemberID: r.actor.ID, At: r.now}
	if err := r.tx.SaveLikeness(like); err != nil {
		return 0, err
	}
	own, err := r.tx.IdeaFamily(alone.Number)
	if err != nil {
		return 0, err
	}
	supporters = len(own.Supporters())
	return supporters, r.tellIdeaPeople(append(own.People(), host), alone, func(speak locale.Speaker, member council.Member) string {
		return speak.Say("idea_merge.told_unmerged", "Reference", alone.Reference().String(), "Into", ideaReference(before.MergedInto),
			"N", supporters, "Person", greetPerson(speak, member), "State", ideaStateName(speak, alone))
	})
}

// freeMerged lets what was merged into an idea stand for itself again, since the idea
// was taken back.
func (r *request) freeMerged(host council.Idea) error {
	merged, err := r.tx.MergedInto(host.Number)
	if err != nil {
		return err
	}
	for _, idea := range merged {
		alone, err := idea.StandAlone(r.now)
		if err != nil {
			return err
		}
		if _, err := r.keepAlone(idea, alone, host.SubmitterID); err != nil {
			return err
		}
	}
	return nil
}

// pressApart leaves two ideas apart, as a coordinator decides.
func (r *request) pressApart(number int64, rest pressArguments) error {
	if err := r.mayMerge(); err != nil {
		return err
	}
	idea, like, err := r.pairPressed(number, rest)
	if err != nil {
		return err
	}
	if like.State == council.LikenessMerged {
		return council.Refuse("idea_merged", "Reference", idea.Reference().String(), "Into", ideaReference(like.Other))
	}
	like.State, like.MemberID, like.At = council.LikenessIgnored, r.actor.ID, r.now
	return errors.Join(r.tx.SaveLikeness(like), r.refreshDigests(idea.Reference()),
		r.toast(r.speak.Say("idea_merge.apart", "Reference", idea.Reference().String())))
}
