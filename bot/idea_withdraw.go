package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideaDeeds maps what a person may ask of one idea, behind its number, to what does
// it: "/ide I-2 tarik". The words stand in words.toml under [idea_deed].
func ideaDeeds() map[string]func(r *request, number int64) error {
	return map[string]func(*request, int64) error{
		"withdraw": (*request).withdrawNamedIdea,
		"adopt":    (*request).adoptNamed, "stop": (*request).stopNamed, "trial_day": (*request).beginNamed,
		"profile": (*request).sendProfile, "fill": (*request).fillNamed,
	}
}

// aboutOwnIdea does with an idea what the words behind its number ask; without words
// it is shown.
func (r *request) aboutOwnIdea(number int64, rest string) error {
	if do, known := ideaDeeds()[ownIdeaWord(rest)]; known {
		return do(r, number)
	}
	idea, err := r.idea(number)
	if err != nil {
		return err
	}
	reference := idea.Reference().String()
	switch stranger := r.actor.IsStranger(); {
	case stranger && idea.SubmitterID != r.actor.ID:
		return council.Refuse("no_such_thing", "Reference", reference)
	case !stranger && strings.TrimSpace(rest) == "":
		return r.showIdeaHere(number)
	}
	return r.reply(r.speak.Say("idea.which_deed", "Reference", reference))
}

func (r *request) withdrawNamedIdea(number int64) error {
	idea, err := r.takeBack(number)
	if err != nil {
		return err
	}
	return r.replyAbout(idea.Reference().String(), cardIdeaGiven, r.speak.Say("idea.withdrawn", "Reference", idea.Reference().String()), r.undoIdeaRow(idea))
}

// pressWithdrawIdea takes an idea back by button.
func (r *request) pressWithdrawIdea(number int64, _ pressArguments) error {
	idea, err := r.takeBack(number)
	if err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("idea.withdrawn", "Reference", idea.Reference().String()), r.undoIdeaRow(idea)); err != nil {
		return err
	}
	return r.toast("")
}

// takeBack takes back an idea of the person's own, before it is decided.
func (r *request) takeBack(number int64) (council.Idea, error) {
	before, err := r.idea(number)
	if err != nil {
		return before, err
	}
	if before.SubmitterID != r.actor.ID {
		return before, council.Refuse("idea_not_yours", "Reference", before.Reference().String())
	}
	idea, err := before.Withdraw(r.now)
	if err != nil {
		return idea, err
	}
	if err := r.dropDraftsOf(number); err != nil {
		return idea, err
	}
	if err := r.keepIdeaAs(idea, council.EventWithdrawn, ""); err != nil {
		return idea, err
	}
	return idea, r.canUndoIdea(before, idea)
}

// dropDraftsOf stops asking about an idea.
func (r *request) dropDraftsOf(number int64) error {
	drafts, err := r.draftsAt(stepProblem, stepBenefit, stepName)
	if err != nil {
		return err
	}
	for _, draft := range drafts {
		if draft.Number != number {
			continue
		}
		if err := r.tx.DropIdeaDraft(draft.ID); err != nil {
			return err
		}
		if err := r.endIdeaDialog(); err != nil {
			return err
		}
	}
	return nil
}

// canUndoIdea keeps how an idea was, so that its last change can be undone for a while.
func (r *request) canUndoIdea(before, after council.Idea) error {
	return r.tx.KeepUndo(store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}, before)
}

func (r *request) undoIdeaRow(idea council.Idea) []store.Button {
	return []store.Button{button(r.speak, "undo", pressIdea, ideaUndo, idea.Number, idea.Version)}
}

// pressUndoIdea undoes the change that the button stands beside.
func (r *request) pressUndoIdea(number int64, rest pressArguments) error {
	idea, err := r.undoIdea(number, rest.number(0))
	if err != nil {
		return err
	}
	text := r.speak.Say("idea.undone", "Reference", idea.Reference().String(), "State", r.speak.Say("idea.state."+string(idea.State)))
	if err := r.edit(text); err != nil {
		return err
	}
	if idea.Held != council.HeldNot && r.actor.Coordinates() {
		if err := r.showHeld(r.actor.Member, idea); err != nil {
			return err
		}
	}
	return r.toast("")
}

// undoLastIdea is /urungkan for an idea.
func (r *request) undoLastIdea(number int64) error {
	idea, err := r.undoIdea(number, 0)
	if err != nil {
		return err
	}
	text := r.speak.Say("idea.undone", "Reference", idea.Reference().String(), "State", r.speak.Say("idea.state."+string(idea.State)))
	return r.replyAbout(idea.Reference().String(), cardIdeaGiven, text)
}

// undoIdea puts an idea back to where it was before its last change, when that was
// the person's own, within ten minutes, and nothing has happened since.
func (r *request) undoIdea(number, version int64) (council.Idea, error) {
	current, err := r.idea(number)
	if err != nil {
		return current, err
	}
	reference := current.Reference().String()
	var before council.Idea
	undo, err := r.lastUndo(reference, &before)
	switch {
	case err != nil:
		return current, err
	case undo.MemberID != r.actor.ID:
		return current, council.Refuse("nothing_to_undo")
	case undo.Version != current.Version || version != 0 && version != undo.Version:
		return current, council.Refuse("undo_changed_since", "Reference", reference)
	}
	if err := r.mayUndoDecision(current, before); err != nil {
		return current, err
	}
	before.Version = current.Version + 1
	if err := r.tx.ForgetUndo(reference); err != nil {
		return current, err
	}
	if err := r.keepIdeaAs(before, council.EventUndone, ""); err != nil {
		return current, err
	}
	if reviewChanged(current, before) {
		return before, r.tellReviewUndone(current, before)
	}
	if current.State == council.IdeaTrial || before.State == council.IdeaTrial {
		return before, r.tellTrialUndone(current, before)
	}
	if before.SubmitterID == r.actor.ID {
		return before, nil
	}
	author, err := r.tx.Member(before.SubmitterID)
	if err != nil {
		return before, err
	}
	speak := r.speaker(author)
	_, err = r.tell(author, reference, cardIdeaGiven, speak.Say("idea.undone", "Reference", reference, "State", speak.Say("idea.state."+string(before.State))))
	return before, err
}
