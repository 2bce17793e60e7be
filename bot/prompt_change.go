package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// promptOf finds a prompt for a coordinator.
func (r *request) promptOf(number int64) (council.Prompt, error) {
	if err := r.may(council.ActionPrompt, council.Scope{}); err != nil {
		return council.Prompt{}, err
	}
	prompt, err := r.tx.Prompt(number)
	if errors.Is(err, store.ErrNotFound) {
		return prompt, council.Refuse("no_such_prompt", "Reference", council.Prompt{Number: number}.Reference().String())
	}
	return prompt, err
}

func (r *request) keepPromptUndo(after, before council.Prompt) error {
	return r.tx.KeepUndo(store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}, before)
}

func (r *request) promptUndoRow(prompt council.Prompt) []store.Button {
	return []store.Button{button(r.speak, "undo", pressPrompt, promptUndo, prompt.Number, prompt.Version)}
}

// changePromptTo makes a change of a prompt by button, and says so with the way back.
func (r *request) changePromptTo(number int64, kind council.EventKind, word string, change func(council.Prompt) (council.Prompt, error)) error {
	before, err := r.promptOf(number)
	if err != nil {
		return err
	}
	after, err := change(before)
	if err != nil {
		return err
	}
	if err := r.keepPromptChange(before, after, kind); err != nil {
		return err
	}
	reference := after.Reference().String()
	if err := r.replyAbout(reference, promptKind(cardPromptResult, after.Round.Number),
		r.speak.Say("prompt."+word, "Reference", reference), r.promptUndoRow(after)); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) keepPromptChange(before, after council.Prompt, kind council.EventKind) error {
	if err := r.savePrompt(after); err != nil {
		return err
	}
	if err := r.record(after.Reference(), kind, ""); err != nil {
		return err
	}
	if err := r.keepPromptUndo(after, before); err != nil {
		return err
	}
	return r.refreshPrompt(after, everybodysCards)
}

func (r *request) pressPromptClose(number int64) error {
	return r.changePromptTo(number, council.EventClosed, "closed_by_you", func(p council.Prompt) (council.Prompt, error) { return p.Close(r.now) })
}

func (r *request) pressPromptWithdraw(number int64) error {
	return r.changePromptTo(number, council.EventWithdrawn, "withdrawn_by_you", func(p council.Prompt) (council.Prompt, error) { return p.Withdraw(r.now) })
}

func (r *request) pressPromptStop(number int64) error {
	return r.changePromptTo(number, council.EventEnded, "stopped", council.Prompt.Stop)
}

// pressPromptDate asks for another deadline.
func (r *request) pressPromptDate(number int64) error {
	prompt, err := r.promptOf(number)
	if err != nil {
		return err
	}
	if _, err := prompt.Reschedule(prompt.Round.Deadline); err != nil {
		return err
	}
	if err := r.askPromptDeadline(promptDraft{Number: number}); err != nil {
		return err
	}
	return r.toast("")
}

// reschedulePrompt sets the deadline that was given for the present round.
func (r *request) reschedulePrompt(draft promptDraft) error {
	if draft.asksDeadline() {
		return r.askPromptDeadline(draft)
	}
	before, err := r.promptOf(draft.Number)
	if err != nil {
		return err
	}
	after, err := before.Reschedule(draft.deadline())
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.keepPromptChange(before, after, council.EventDeadline); err != nil {
		return err
	}
	reference := after.Reference().String()
	text := reference + " · " + r.promptState(r.speak, after)
	onQuestion, err := r.onQuestion()
	if err != nil {
		return err
	}
	if onQuestion {
		return r.edit(text, r.promptUndoRow(after))
	}
	return r.replyAbout(reference, promptKind(cardPromptResult, after.Round.Number), text, r.promptUndoRow(after))
}

// pressPromptUndo takes back the change that made this version.
func (r *request) pressPromptUndo(number, version int64) error {
	prompt, err := r.restorePrompt(number, version)
	if err != nil {
		return err
	}
	if err := r.edit(r.promptUndoneText(prompt)); err != nil {
		return err
	}
	return r.toast(r.speak.Say("prompt.toast.undone", "Reference", prompt.Reference().String()))
}

// promptToUndo is the prompt that /urungkan names by its reference or by replying
// to a message about it; 0 if it names none.
func (r *request) promptToUndo() int64 {
	word, _ := firstWord(r.text)
	reference, found := council.ParseReference(word)
	if !found {
		reference = r.about
	}
	if reference.Letter != council.PromptLetter {
		return 0
	}
	return reference.Number
}

// undoPrompt is /urungkan of a prompt.
func (r *request) undoPrompt(number int64) error {
	prompt, err := r.restorePrompt(number, 0)
	if err != nil {
		return err
	}
	return r.reply(r.promptUndoneText(prompt))
}

func (r *request) promptUndoneText(prompt council.Prompt) string {
	key := "prompt.restored"
	if prompt.State == council.PromptWithdrawn {
		key = "prompt.not_asked"
	}
	return r.speak.Say(key, "Reference", prompt.Reference().String())
}

// restorePrompt puts a prompt back to where it was before its last change, when
// that was the person's own, within ten minutes, and nothing has happened since.
func (r *request) restorePrompt(number, version int64) (council.Prompt, error) {
	current, err := r.promptOf(number)
	if err != nil {
		return current, err
	}
	reference := current.Reference().String()
	var before council.Prompt
	undo, err := r.lastUndo(reference, &before)
	switch {
	case err != nil:
		return current, err
	case undo.Version != current.Version || version != 0 && version != undo.Version:
		return current, council.Refuse("prompt_changed", "Reference", reference)
	}
	before.Version = current.Version + 1
	if err := r.tx.ForgetUndo(reference); err != nil {
		return current, err
	}
	if err := r.savePrompt(before); err != nil {
		return current, err
	}
	if err := r.record(before.Reference(), council.EventUndone, ""); err != nil {
		return current, err
	}
	return before, r.refreshPrompt(before, everybodysCards)
}

// queueCard shows something else on a card that stands.
func (r *request) queueCard(card store.Card, payload store.Payload) error {
	return r.tx.Queue(store.Outgoing{ChatID: card.ChatID, ThreadID: card.ThreadID, Kind: store.KindCard, Priority: store.PriorityAnswer,
		CardID: card.ID, Payload: payload}, time.Now())
}
