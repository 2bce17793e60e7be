package bot

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dialogPrompt asks for what is missing of a prompt.
const dialogPrompt = "prompt"

// Steps of the questions about a prompt.
const (
	promptWho      = "who"
	promptText     = "text"
	promptKindOf   = "kind"
	promptChoices  = "choices"
	promptDeadline = "deadline"
	promptChange   = "change"
)

// askPrompt puts the next question, and keeps what has been said so far.
func (r *request) askPrompt(draft promptDraft, step, text string, rows ...[]store.Button) error {
	return r.askOn(dialogPrompt, step, draft, text, rows...)
}

// promptsNamed is how many running prompts the first question names.
const promptsNamed = 10

// beginPrompt asks for whom, and names the prompts that run already.
func (r *request) beginPrompt(draft promptDraft) error {
	numbers, err := r.tx.LivingPrompts(promptsNamed)
	if err != nil {
		return err
	}
	text := r.speak.Say("prompt.ask.who")
	var running []string
	for _, number := range numbers {
		running = append(running, council.Prompt{Number: number}.Reference().String())
	}
	if len(running) > 0 {
		text += "\n" + r.speak.Say("prompt.ask.running", "References", strings.Join(running, ", "), "First", running[0])
	}
	return r.askPromptWho(draft, text)
}

// askPromptWho offers the linked groups; people are named by typing.
func (r *request) askPromptWho(draft promptDraft, text string) error {
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for _, group := range groups[:min(len(groups), peopleOffered)] {
		rows = append(rows, []store.Button{{Text: r.groupName(group), Data: data(pressPrompt, promptPickGroup, group.ID)}})
	}
	return r.askPrompt(draft, promptWho, text, rows...)
}

// askPromptKind offers the kinds of answers, the guessed one first.
func (r *request) askPromptKind(draft promptDraft) error {
	text := r.speak.Say("prompt.ask.kind", "Kind", r.speak.Say("prompt.kind."+string(draft.Kind)))
	return r.askPrompt(draft, promptKindOf, text, r.answerKindRows(draft.Kind)...)
}

func (r *request) answerKindRows(first council.AnswerKind) [][]store.Button {
	name := func(kind council.AnswerKind) store.Button {
		return store.Button{Text: r.speak.Say("prompt.kind_button." + string(kind)), Data: data(pressPrompt, promptPickKind, string(kind))}
	}
	rows := [][]store.Button{{name(first)}}
	for _, kind := range council.AnswerKinds {
		if kind == first {
			continue
		}
		if last := len(rows) - 1; last == 0 || len(rows[last]) == 2 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], name(kind))
	}
	return rows
}

// askPromptDeadline asks for the deadline only, and says what was not understood
// of the one that was given.
func (r *request) askPromptDeadline(draft promptDraft) error {
	due, phrase := draft.unread, shorten(draft.phrase, phraseLimit)
	moments := due.Candidates[:min(candidateLimit, len(due.Candidates))]
	text := r.speak.Say("prompt.ask.deadline")
	switch {
	case !due.Time.IsZero() && (due.Outcome == reading.Past || !due.Time.After(r.now)):
		text = r.speak.Say("task.draft.due_past", "Moment", r.speak.Moment(due.Time, r.city.Zone))
	case len(moments) > 0:
		text = r.speak.Say("task.draft.due_choose")
	case phrase != "":
		text = r.speak.Say("task.draft.due_unread", "Phrase", phrase)
	}
	if len(moments) == 0 {
		moments = r.usualDeadlines()
	}
	var rows [][]store.Button
	for _, moment := range moments {
		local := moment.In(r.city.Zone)
		rows = append(rows, []store.Button{{Text: r.speak.Day(local) + " " + r.speak.Hour(local), Data: data(pressPrompt, promptPickDue, moment.Unix())}})
	}
	rows = append(rows, []store.Button{{Text: r.speak.Say("button.no_deadline"), Data: data(pressPrompt, promptPickDue, 0)}})
	return r.askPrompt(draft, promptDeadline, text, rows...)
}

// answerPromptForm takes the answer to what was asked about a prompt.
func (r *request) answerPromptForm(dialog store.Dialog) error {
	if err := r.may(council.ActionPrompt, council.Scope{}); err != nil {
		return err
	}
	var draft promptDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	text := strings.TrimSpace(r.text)
	var err error
	switch dialog.Step {
	case promptWho:
		return r.answerPromptWho(draft)
	case promptText:
		draft, err = r.readPromptAnswer(draft)
	case promptKindOf:
		kind, known := kindNamed(text)
		if !known {
			return r.askPromptKind(draft)
		}
		draft.Kind, draft.KindChosen = kind, true
	case promptChoices:
		if _, choices := splitChoices(text); choices != "" {
			text = choices
		}
		err = draft.setChoices(text)
	case promptDeadline:
		r.settlePromptDeadline(reading.ReadDue(text, r.readingContext()), text, &draft)
	case promptChange:
		return r.changePrompt(draft)
	}
	if err != nil {
		return err
	}
	return r.takeUpPrompt(draft)
}

// readPromptAnswer reads a question that may bring its deadline and its choices;
// what somebody answers here names nobody.
func (r *request) readPromptAnswer(draft promptDraft) (promptDraft, error) {
	question, choices := splitChoices(strings.TrimSpace(r.text))
	question = r.takePromptTimes(question, &draft)
	if choices != "" {
		if err := draft.setChoices(r.takePromptTimes(choices, &draft)); err != nil {
			return draft, err
		}
	}
	return draft, r.setPromptText(&draft, question)
}

// answerPromptWho reads whom a prompt is put to; what also is a question is one.
func (r *request) answerPromptWho(draft promptDraft) error {
	answered, err := r.readPrompt(r.text, r.entities, draft)
	if err != nil {
		return err
	}
	if len(answered.Targets) == 0 && answered.TaskNumber == 0 {
		return r.askPromptWho(draft, r.speak.Say("prompt.ask.who_unknown", "Name", shorten(r.text, phraseLimit)))
	}
	if draft.Text != "" {
		answered.Text, answered.Kind = draft.Text, draft.Kind
	}
	return r.takeUpPrompt(answered)
}

// takeUpPrompt goes on with a draft after an answer.
func (r *request) takeUpPrompt(draft promptDraft) error {
	if draft.Number != 0 {
		return r.reschedulePrompt(draft)
	}
	return r.goOnPrompt(draft)
}

// changePrompt makes of a preview what somebody says is to be changed.
func (r *request) changePrompt(draft promptDraft) error {
	if kind, known := kindNamed(strings.TrimSpace(r.text)); known {
		draft.Kind, draft.KindChosen = kind, true
		return r.goOnPrompt(draft)
	}
	changed, err := r.readPrompt(r.text, r.entities, draft)
	if err != nil {
		return err
	}
	if changed.Recurrence != nil && draft.Recurrence == nil && changed.At.Equal(draft.At) {
		changed.At = time.Time{} // the former deadline was of the one round
	}
	return r.goOnPrompt(changed)
}

// pressInPrompt takes an answer to the form that was given by button.
func (r *request) pressInPrompt(step string, take func(*promptDraft) bool) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && (dialog.Kind != dialogPrompt || dialog.Step != step && dialog.Step != promptChange) {
		return r.toast(r.speak.Say("prompt.form"))
	}
	if err != nil {
		return err
	}
	var draft promptDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	if !take(&draft) {
		return r.stale()
	}
	if err := r.takeUpPrompt(draft); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) pickGroup(id int64) error {
	if _, err := r.tx.Group(id); err != nil {
		return errorsOr(err, r.stale())
	}
	return r.pressInPrompt(promptWho, func(draft *promptDraft) bool {
		draft.Targets = []council.Target{{GroupID: id}}
		return true
	})
}

func (r *request) pickKind(kind council.AnswerKind) error {
	return r.pressInPrompt(promptKindOf, func(draft *promptDraft) bool {
		draft.Kind, draft.KindChosen = kind, true
		return r.speak.Knows("prompt.kind." + string(kind))
	})
}

func (r *request) pickDue(text string) error {
	return r.pressInPrompt(promptDeadline, func(draft *promptDraft) bool {
		deadline, ok := r.dateOffered(text)
		draft.At, draft.Zone, draft.NoDeadline = deadline.At, deadline.Zone, deadline.IsZero()
		return ok
	})
}
