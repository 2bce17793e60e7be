package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// dialogPromptPreview keeps a draft that waits for [Benar].
const dialogPromptPreview = "prompt_preview"

// previewPrompt shows everything at once, to be confirmed with one press.
func (r *request) previewPrompt(draft promptDraft) error {
	onQuestion, err := r.onQuestion()
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if draft.Preview != 0 {
		if _, err := r.tx.EndDialog(r.chatID, previewOwner(draft.Preview)); err != nil {
			return err
		}
	}
	draft.Preview = r.pressed
	if r.message != nil {
		draft.Preview = r.message.ID
	}
	return r.keepPromptPreview(draft, onQuestion)
}

// keepPromptPreview keeps a draft and shows it, where it stands already or anew.
func (r *request) keepPromptPreview(draft promptDraft, inPlace bool) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: previewOwner(draft.Preview), Kind: dialogPromptPreview, Data: string(kept)}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	lines, asksGroups, err := r.promptPreviewLines(draft)
	if err != nil {
		return err
	}
	rows := [][]store.Button{{
		button(r.speak, "confirm", pressPrompt, promptConfirm, draft.Preview),
		button(r.speak, "change", pressPrompt, promptEdit, draft.Preview),
	}}
	if asksGroups && hasTexts(draft.Kind) {
		label := "prompt_show"
		if draft.ShowTexts {
			label = "prompt_hide"
		}
		rows = append(rows, []store.Button{button(r.speak, label, pressPrompt, promptTexts, draft.Preview)})
	}
	if inPlace {
		return r.edit(strings.Join(lines, "\n"), rows...)
	}
	return r.reply(strings.Join(lines, "\n"), rows...)
}

// hasTexts tells whether answers of a kind have words that may be shown.
func hasTexts(kind council.AnswerKind) bool {
	return kind == council.AnswerText || kind == council.AnswerYesNo
}

// promptPreviewLines is everything about a drafted prompt.
func (r *request) promptPreviewLines(draft promptDraft) (lines []string, asksGroups bool, err error) {
	prompt := r.draftedPrompt(draft)
	asked, err := r.askedNow(prompt)
	if err != nil {
		return nil, false, err
	}
	names, err := r.targetNames(r.speak, prompt)
	if err != nil {
		return nil, false, err
	}
	lines = []string{r.speak.Say("prompt.preview.head"), prompt.Text, r.speak.Say("prompt.preview.to", "Names", names),
		r.speak.Say("prompt.preview.answer", "Kind", r.kindText(r.speak, prompt))}
	lines = append(lines, r.promptTimes(draft, prompt)...)
	for _, one := range asked {
		asksGroups = asksGroups || one.MemberID == 0
	}
	if asksGroups {
		key := "prompt.preview.counts_only"
		if draft.ShowTexts {
			key = "prompt.preview.texts_shown"
		}
		lines = append(lines, r.speak.Say(key))
	}
	more, err := r.unreachedLines(r.speak, asked)
	return append(lines, more...), asksGroups, err
}

// kindText names how a prompt is answered, with its choices.
func (r *request) kindText(speak locale.Speaker, prompt council.Prompt) string {
	return speak.Say("prompt.kind."+string(prompt.Kind), "Choices", strings.Join(prompt.Choices, " / "))
}

// promptTimes says when a prompt is asked, until when it is answered, and when
// those who are silent are reminded.
func (r *request) promptTimes(draft promptDraft, prompt council.Prompt) []string {
	if prompt.Recurrence != nil {
		words := r.reminderWords()
		opens := prompt.Opens(r.city.Timing.Calendar)
		lines := []string{r.speak.Say("prompt.preview.repeats", "Rule", words.rule(*prompt.Recurrence), "Moment", words.deadline(council.Deadline{At: opens, Zone: r.city.Zone.String()}))}
		if prompt.Length == (council.RoundLength{}) {
			return append(lines, r.speak.Say("prompt.preview.until_next"))
		}
		end := council.DayOf(opens, r.city.Zone).Add(prompt.Length.Days).At(prompt.Length.Minute/60, prompt.Length.Minute%60, r.city.Zone)
		return append(lines, r.speak.Say("prompt.preview.until", "Deadline", r.speak.Moment(end, r.city.Zone)))
	}
	deadline := draft.deadline()
	if deadline.IsZero() {
		return []string{r.speak.Say("prompt.no_deadline")}
	}
	lines := []string{r.speak.Say("prompt.deadline", "Deadline", r.deadlineIn(r.speak, deadline))}
	opened := prompt.Open(nil, deadline, r.now, r.city.Timing.Calendar)
	for _, planned := range council.PlanPrompt(opened, r.city.Timing) {
		if planned.Step == council.StepUnanswered {
			lines = append(lines, r.speak.Say("prompt.preview.reminder", "Moment", r.speak.Moment(planned.Due, r.city.Zone)))
		}
	}
	return lines
}

// unreachedLines name those who cannot be written to in private.
func (r *request) unreachedLines(speak locale.Speaker, asked []council.Asked) ([]string, error) {
	found, err := r.notInPrivate(asked)
	if err != nil {
		return nil, err
	}
	var lines []string
	groups, err := r.tx.Groups()
	for _, group := range groups {
		members := slices.DeleteFunc(found.carried[group.ID], func(m council.Member) bool { return m.Reach == council.ReachOpen })
		if len(members) > 0 {
			lines = append(lines, speak.Say("prompt.by_group", "Names", memberNames(speak, members), "Group", r.groupNameIn(speak, group)))
		}
	}
	if len(found.nowhere) > 0 {
		lines = append(lines, speak.Say("prompt.nowhere", "Names", memberNames(speak, found.nowhere)))
	}
	if len(found.outside) > 0 {
		lines = append(lines, speak.Say("prompt.outside", "Names", memberNames(speak, found.outside)))
	}
	return lines, err
}

func memberNames(speak locale.Speaker, members []council.Member) string {
	names := make([]string, len(members))
	for i, member := range members {
		names[i] = namePerson(speak, member)
	}
	return strings.Join(names, ", ")
}

// promptPreview finds the draft that waits under a button; false when it was
// confirmed or replaced in the meantime, and the press has been answered.
func (r *request) promptPreview(number int) (draft promptDraft, waits bool, err error) {
	if err := r.mayInPlace(council.ActionPrompt); err != nil {
		return draft, false, err
	}
	dialog, err := r.tx.Dialog(r.chatID, previewOwner(number))
	if errors.Is(err, store.ErrNotFound) || err == nil && dialog.Kind != dialogPromptPreview {
		return draft, false, r.toast(r.speak.Say("prompt.stale"))
	}
	if err != nil {
		return draft, false, err
	}
	return draft, true, json.Unmarshal([]byte(dialog.Data), &draft)
}

// pressPromptTexts lets answers be shown in the groups, or no longer.
func (r *request) pressPromptTexts(number int) error {
	draft, waits, err := r.promptPreview(number)
	if err != nil || !waits {
		return err
	}
	draft.ShowTexts = !draft.ShowTexts
	if err := r.keepPromptPreview(draft, true); err != nil {
		return err
	}
	return r.toast("")
}

// pressPromptEdit asks what is to be changed in a preview.
func (r *request) pressPromptEdit(number int) error {
	draft, waits, err := r.promptPreview(number)
	if err != nil || !waits {
		return err
	}
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	if err := r.ask(dialogPrompt, promptChange, string(kept), r.speak.Say("prompt.ask.change"), r.answerKindRows(draft.Kind)...); err != nil {
		return err
	}
	return r.toast("")
}

// pressPromptConfirm makes the prompt and asks it.
func (r *request) pressPromptConfirm(number int) error {
	draft, waits, err := r.promptPreview(number)
	if err != nil || !waits {
		return err
	}
	if deadline := draft.deadline(); draft.Recurrence == nil && !deadline.IsZero() && !deadline.At.After(r.now) {
		return council.Refuse("prompt_deadline_past", "Moment", r.speak.Moment(deadline.At, r.city.Zone))
	}
	if _, err := r.tx.EndDialog(r.chatID, previewOwner(number)); err != nil {
		return err
	}
	prompt, err := r.makePrompt(draft)
	if err != nil {
		return err
	}
	names, err := r.targetNames(r.speak, prompt)
	if err != nil {
		return err
	}
	key, when := "prompt.sent", ""
	if prompt.State == council.PromptWaiting {
		key, when = "prompt.planned", r.speak.Moment(prompt.Opens(r.city.Timing.Calendar), r.city.Zone)
	}
	reference := prompt.Reference().String()
	text := r.speak.Say(key, "Reference", reference, "Names", names, "Text", shorten(prompt.Text, cardTitleLimit), "Moment", when)
	if err := r.tx.Queue(store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindEdit, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Buttons: [][]store.Button{r.promptUndoRow(prompt)}, MessageID: r.pressed,
			Subject: reference, About: promptKind(cardPromptResult, prompt.Round.Number)}}, time.Now()); err != nil {
		return err
	}
	return r.toast(r.speak.Say("prompt.toast.sent", "Reference", reference))
}

// correctPrompt makes a preview that still waits what its edited command says.
func (r *request) correctPrompt(message *models.Message) error {
	former, err := r.tx.Dialog(message.Chat.ID, previewOwner(message.ID))
	if err != nil || former.Kind != dialogPromptPreview {
		return notFoundIsNil(err)
	}
	if err := r.findAbout(message); err != nil {
		return err
	}
	_, _, r.text, _ = splitCommand(r.text, r.entities)
	return r.prompt()
}
