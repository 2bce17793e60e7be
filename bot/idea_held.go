package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// sayHeld tells the author that a coordinator looks at an idea first, and the
// coordinators that it waits, unless another one waits that they were told of: when
// that one is settled, the next is shown.
func (r *request) sayHeld(idea council.Idea) error {
	if err := r.sayOnce("held", tenMinutes, r.speak.Say("idea.held.author", "Reference", idea.Reference().String())); err != nil {
		return err
	}
	held, err := r.tx.HeldIdeas()
	if err != nil || len(held) > 1 {
		return err
	}
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if err := r.showHeld(member, idea); err != nil {
			return err
		}
	}
	return nil
}

// aboutHeld marks an idea that waits for a coordinator.
const aboutHeld = "idea held"

// showHeld shows a coordinator an idea that waits.
func (r *request) showHeld(member council.Member, idea council.Idea) error {
	speak, reference := r.speaker(member), idea.Reference().String()
	text := speak.Say("idea.held."+string(idea.Held), "Reference", reference, "Text", shorten(idea.Text, textLimit/4))
	_, err := r.tell(member, reference, aboutHeld, text, []store.Button{
		button(speak, "idea_release", pressIdea, ideaRelease, idea.Number), button(speak, "idea_none", pressIdea, ideaNone, idea.Number),
	})
	return err
}

// heldIdea finds an idea that waits for the coordinator who presses.
func (r *request) heldIdea(number int64) (idea council.Idea, waits bool, err error) {
	if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
		return idea, false, err
	}
	if idea, err = r.idea(number); err != nil {
		return idea, false, err
	}
	if idea.Held == council.HeldNot || idea.State != council.IdeaSubmitted {
		return idea, false, r.toast(r.speak.Say("idea.held.settled", "Reference", idea.Reference().String()))
	}
	return idea, true, nil
}

// pressRelease lets an idea go its way that was held.
func (r *request) pressRelease(number int64, _ pressArguments) error {
	before, waits, err := r.heldIdea(number)
	if err != nil || !waits {
		return err
	}
	idea := before.Release(r.now, r.city.Timing)
	if err := r.keepIdeaAs(idea, council.EventReleased, ""); err != nil {
		return err
	}
	author, err := r.tx.Member(idea.SubmitterID)
	if err != nil {
		return err
	}
	draft, err := r.tx.CreateIdeaDraft(store.IdeaDraft{MemberID: author.ID, FromGroup: idea.FromGroup, Place: idea.Origin, Text: idea.Text,
		Step: stepProblem, Number: idea.Number}, r.now)
	if err != nil {
		return err
	}
	speak, reference := r.speaker(author), idea.Reference().String()
	if _, err := r.tell(author, reference, cardIdeaGiven, speak.Say("idea.held.released", "Reference", reference),
		[]store.Button{{Text: speak.Say("button.idea_complete", "Reference", reference), Data: data(pressIdea, ideaGoOn, draft.ID)}}); err != nil {
		return err
	}
	return r.afterHeld(before, idea, "idea.held.done")
}

// pressNoIdea puts an idea away that was held.
func (r *request) pressNoIdea(number int64, _ pressArguments) error {
	before, waits, err := r.heldIdea(number)
	if err != nil || !waits {
		return err
	}
	idea, err := before.Withdraw(r.now)
	if err != nil {
		return err
	}
	if err := r.keepIdeaAs(idea, council.EventWithdrawn, ""); err != nil {
		return err
	}
	author, err := r.tx.Member(idea.SubmitterID)
	if err != nil {
		return err
	}
	reference := idea.Reference().String()
	if _, err := r.tell(author, reference, cardIdeaGiven, r.speaker(author).Say("idea.held.not_kept", "Reference", reference)); err != nil {
		return err
	}
	return r.afterHeld(before, idea, "idea.held.put_away")
}

// afterHeld says what became of a held idea where it stood, with the way back, and
// shows the next that waits.
func (r *request) afterHeld(before, idea council.Idea, key string) error {
	if err := r.canUndoIdea(before, idea); err != nil {
		return err
	}
	text := r.speak.Say(key, "Reference", idea.Reference().String(), "Text", shorten(idea.Text, textLimit/4))
	if err := r.edit(text, r.undoIdeaRow(idea)); err != nil {
		return err
	}
	held, err := r.tx.HeldIdeas()
	if err != nil {
		return err
	}
	if len(held) > 0 {
		if err := r.showHeld(r.actor.Member, held[0]); err != nil {
			return err
		}
	}
	return r.toast("")
}
