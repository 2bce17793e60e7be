package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// minePayload is in the link that opens the private chat with the person's ideas.
const minePayload = "ide_saya"

// myIdeas is /ide_saya: the person's ideas and what happens next with each. In a
// group it leads into private: who gave what without a name is nobody's business.
func (r *request) myIdeas() error {
	if !r.private {
		if !r.linked() {
			return council.Refuse("not_linked")
		}
		return r.reply(r.speak.Say("idea_list.mine_private"), []store.Button{{Text: r.speak.Say("button.idea_mine"), URL: r.privateLink(minePayload)}})
	}
	text, rows, err := r.ideaList(ideaChoice{Mine: true}, 0)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutIdeas, text, rows...)
}

// draftsLine says how many drafts of the person's own wait; nothing when none do.
func (r *request) draftsLine() ([]string, error) {
	drafts, err := r.tx.IdeaDrafts(r.actor.ID)
	if err != nil {
		return nil, err
	}
	waiting := slices.DeleteFunc(drafts, func(draft store.IdeaDraft) bool { return draft.Number != 0 || draft.Text == "" })
	if len(waiting) == 0 {
		return nil, nil
	}
	return []string{r.speak.Count("idea_list.drafts", len(waiting))}, nil
}

// ownIdeaLine is an idea of the person's own with what happens next.
func (r *request) ownIdeaLine(idea council.Idea) (string, error) {
	next, err := r.ideaNext(idea)
	return r.speak.Say("idea_list.own_line", "Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit), "Next", next), err
}

// ideaNext says in words what happens next with an idea and by when; of one that
// became part of another, what happens next with that.
func (r *request) ideaNext(idea council.Idea) (string, error) {
	switch idea.State {
	case council.IdeaApproved, council.IdeaTrial, council.IdeaAdopted:
		return r.ideaProgress(r.speak, idea)
	case council.IdeaMerged:
	default:
		return r.nextOfIdea(r.speak, idea), nil
	}
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return "", err
	}
	next, err := r.ideaNext(family.Root) // which became part of no other
	return r.speak.Say("idea_list.next.merged", "Into", family.Root.Reference().String(), "Next", next), err
}

func (r *request) nextOfIdea(speak locale.Speaker, idea council.Idea) string {
	if idea.Held != council.HeldNot && idea.State == council.IdeaSubmitted {
		return speak.Say("idea_list.next.held")
	}
	key, by := "idea_list.next."+string(idea.State), idea.DecideBy
	switch {
	case idea.LateReview(r.now):
		key, by = "idea_list.next.review_late", idea.ReviewBy
	case idea.LateDecision(r.now):
		key = "idea_list.next.decision_late"
	case idea.State == council.IdeaSubmitted:
		by = idea.ReviewBy
	}
	if !speak.Knows(key) {
		return ideaStateName(speak, idea) // nothing is waited for
	}
	return speak.Say(key, "State", ideaStateName(speak, idea), "Day", speak.Day(by.In(r.city.Zone)))
}

// showIdeaHere shows one idea: in full in private, in a group as its card there,
// which leads into private.
func (r *request) showIdeaHere(number int64) error {
	if r.private {
		return r.openIdea(number)
	}
	if !r.linked() {
		return council.Refuse("not_linked")
	}
	if err := r.may(council.ActionSupport, council.Scope{}); err != nil {
		return err
	}
	idea, err := r.idea(number)
	if err != nil {
		return err
	}
	switch {
	case idea.Held != council.HeldNot:
		return council.Refuse("no_such_thing", "Reference", idea.Reference().String())
	case idea.State == council.IdeaWithdrawn:
		return council.Refuse("idea_withdrawn", "Reference", idea.Reference().String())
	}
	family, err := r.tx.IdeaFamily(number)
	if err != nil {
		return err
	}
	face, err := r.ideaFace(family, idea, r.speak)
	if err != nil {
		return err
	}
	return r.replyAbout(idea.Reference().String(), cardIdeaGiven, face.Text, face.Buttons...)
}

// ideaLine is an idea in one line, without names.
func (r *request) ideaLine(idea council.Idea) string {
	return strings.Join([]string{idea.Reference().String(), shorten(plainLine(idea.Title), cardTitleLimit), ideaStanding(r.speak, idea)}, " · ")
}
