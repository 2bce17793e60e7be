package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// repeatSpan is how long the same words from the same person count as a repeat.
const repeatSpan = 24 * time.Hour

// makeIdea makes an idea of a draft whose author has agreed to that: it has its
// number at once, and the draft becomes what is still asked of it.
func (r *request) makeIdea(draft store.IdeaDraft) (council.Idea, store.IdeaDraft, error) {
	text, _ := cutTo(draft.Text, council.IdeaTextLimit)
	judgement, terms := r.kindOfWords(text), reading.Terms(text)
	idea := council.Idea{
		SubmitterID: draft.MemberID, FromGroup: draft.FromGroup, Origin: draft.Place, Title: ideaTitle(text), Text: text,
		Dimension: council.Dimension(reading.Dimension(terms)), NeedsBudget: judgement.Budget, Complaint: judgement.Complaint,
	}
	var err error
	if idea.Held, err = r.heldBecause(draft.MemberID, text, judgement, terms); err != nil {
		return idea, draft, err
	}
	idea, err = r.keepIdea(council.NewIdea(idea, r.now, r.city.Timing), terms)
	if err != nil {
		return idea, draft, err
	}
	for _, file := range draft.Files {
		file.Subject = idea.Reference().String()
		if err := r.tx.Attach(file, r.now); err != nil {
			return idea, draft, err
		}
	}
	if idea.Held != council.HeldNot {
		return idea, draft, errors.Join(r.dropIfKept(draft), r.sayHeld(idea))
	}
	draft.Number, draft.Files = idea.Number, nil
	draft, err = r.atStep(draft, stepProblem)
	return idea, draft, err
}

// heldBecause tells why an idea has to wait for a coordinator. What coordinators
// give themselves waits for nobody.
func (r *request) heldBecause(memberID int64, text string, judgement reading.Judgement, terms []reading.Term) (council.HeldReason, error) {
	if r.actor.Coordinates() {
		return council.HeldNot, nil
	}
	if judgement.Spam {
		return council.HeldSpam, nil
	}
	earlier, err := r.tx.IdeasBy(memberID, r.now.Add(-repeatSpan))
	if err != nil {
		return council.HeldNot, err
	}
	for _, other := range earlier {
		same := strings.EqualFold(plainLine(other.Text), plainLine(text))
		if same || reading.Compare(reading.Terms(other.Text), terms).Verdict == reading.Same {
			if other.State != council.IdeaWithdrawn {
				return council.HeldRepeat, nil
			}
		}
	}
	return council.HeldNot, nil
}

// keepIdea keeps a new idea, which has its number then, with what it is about.
func (r *request) keepIdea(idea council.Idea, terms []reading.Term) (council.Idea, error) {
	idea, err := r.tx.CreateIdea(idea)
	if err != nil {
		return idea, err
	}
	if err := r.tx.SetIdeaTerms(idea.Number, termsOf(terms)); err != nil {
		return idea, err
	}
	if err := r.record(idea.Reference(), council.EventCreated, "", council.DetailGroup, idText(idea.FromGroup)); err != nil {
		return idea, err
	}
	return idea, errors.Join(r.planIdea(idea), r.findAlike(idea, terms))
}

// receipt is what a person is told of an idea that has its number now.
func (r *request) receipt(idea council.Idea, draft store.IdeaDraft) string {
	speak := r.speaker(r.actor.Member)
	text := speak.Say("idea.receipt", "Reference", idea.Reference().String())
	if _, cut := cutTo(draft.Text, council.IdeaTextLimit); cut {
		text += "\n" + speak.Say("idea.cut", "Limit", idText(council.IdeaTextLimit))
	}
	if idea.Complaint {
		text += "\n" + speak.Say("idea.not.complaint_too")
	}
	return text
}

// keepConsentedDrafts makes ideas of everything for which a person has just agreed,
// and asks about the first.
func (r *request) keepConsentedDrafts() error {
	drafts, err := r.draftsAt(stepConsent, stepOfficer)
	if err != nil {
		return err
	}
	var first store.IdeaDraft
	var said []string
	for _, draft := range drafts {
		idea, kept, err := r.makeIdea(draft)
		if err != nil {
			return err
		}
		if idea.Held != council.HeldNot {
			continue
		}
		said = append(said, r.receipt(idea, draft))
		if first.ID == 0 {
			first = kept
		}
	}
	if first.ID == 0 {
		return nil
	}
	return r.askStep(first, strings.Join(said, "\n"))
}
