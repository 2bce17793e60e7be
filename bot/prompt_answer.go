package bot

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogPromptAnswer takes the next words in private as the answer to a prompt.
const dialogPromptAnswer = "prompt_answer"

// awaitedAnswer is the round that somebody is about to answer.
type awaitedAnswer struct {
	Number int64
	Round  int
}

// replyToPrompt takes a reply to a message about a prompt as an answer to it.
func (r *request) replyToPrompt() error {
	prompt, err := r.promptAsked(r.about.Number)
	if err != nil {
		return err
	}
	return r.answerPrompt(prompt, roundNamed(r.aboutAs, prompt), r.text)
}

// promptAsked finds a prompt that the person may answer. Of others nobody learns
// that they exist.
func (r *request) promptAsked(number int64) (council.Prompt, error) {
	if r.actor.IsStranger() {
		return council.Prompt{}, council.Refuse("stranger")
	}
	prompt, err := r.tx.Prompt(number)
	if errors.Is(err, store.ErrNotFound) || err == nil && !prompt.Asks(r.actor) {
		return prompt, council.Refuse("prompt_not_asked", "Reference", council.Prompt{Number: number}.Reference().String())
	}
	return prompt, err
}

// answerPrompt takes words as the answer to a round. What cannot be counted is
// kept beside the answer, and the person is told what is expected.
func (r *request) answerPrompt(prompt council.Prompt, round int, text string) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return r.reply(r.speak.Say("prompt.how." + string(prompt.Kind)))
	}
	former, err := r.tx.PromptAnswer(prompt.Number, round, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	if refusal := prompt.Takes(round, r.now); refusal != nil {
		return errorsOr(r.keepAside(prompt, round, former, text), refusal)
	}
	answer := former
	read := r.readAnswer(prompt, former, text)
	if !read.understood {
		if err := r.keepAside(prompt, round, former, text); err != nil {
			return err
		}
		if err := r.refreshPrompt(prompt, r.actor.ID); err != nil {
			return err
		}
		return r.askAnswerAgain(prompt, read)
	}
	answer.Value, answer.Words, answer.Aside = read.value, shorten(read.words, promptAnswerLimit), ""
	if err := r.keepAnswer(prompt, round, answer); err != nil {
		return err
	}
	return r.sayAnswered(prompt, answer, text)
}

// promptAnswerLimit is how many runes of an answer are kept.
const promptAnswerLimit = 2000

// keepAside keeps words that do not count, so that they are not lost.
func (r *request) keepAside(prompt council.Prompt, round int, former council.PromptAnswer, text string) error {
	former.Aside = shorten(text, promptAnswerLimit)
	return r.tx.SaveAnswer(prompt.Number, round, r.given(former), r.messageAnswering())
}

// given completes an answer with who gave it, where and when.
func (r *request) given(answer council.PromptAnswer) council.PromptAnswer {
	answer.MemberID, answer.GroupID, answer.At = r.actor.ID, r.group.ID, r.now
	return answer
}

func (r *request) messageAnswering() store.AnsweredBy {
	if r.message == nil {
		return store.AnsweredBy{}
	}
	return store.AnsweredBy{ChatID: r.chatID, MessageID: r.message.ID}
}

// keepAnswer keeps an answer in the place of an earlier one, and shows it.
func (r *request) keepAnswer(prompt council.Prompt, round int, answer council.PromptAnswer) error {
	if err := r.tx.SaveAnswer(prompt.Number, round, r.given(answer), r.messageAnswering()); err != nil {
		return err
	}
	detail := []string{"round", strconv.Itoa(round), council.DetailIn, r.actor.CountsFor(r.group.ID)}
	if err := r.record(prompt.Reference(), council.EventAnswered, "", detail...); err != nil {
		return err
	}
	return r.refreshPrompt(prompt, r.actor.ID)
}

// sayAnswered thanks in private; in a group the card shows that the answer counts.
func (r *request) sayAnswered(prompt council.Prompt, answer council.PromptAnswer, text string) error {
	if err := r.endAnswering(prompt); err != nil {
		return err
	}
	if prompt.TaskNumber != 0 {
		return r.feedTask(prompt, text)
	}
	if !r.private {
		return nil
	}
	said := r.speak.Say("prompt.noted", "Reference", prompt.Reference().String(), "Answer", shorten(r.answerText(r.speak, prompt, answer), cardTitleLimit))
	if !prompt.Round.Deadline.IsZero() {
		said += "\n" + r.speak.Say("prompt.changeable", "Deadline", r.speak.Moment(prompt.Round.Deadline.At, r.city.Zone))
	}
	return r.replyAbout(prompt.Reference().String(), promptKind(cardPrompt, prompt.Round.Number), said)
}

// endAnswering ends the conversation in which this answer was waited for.
func (r *request) endAnswering(prompt council.Prompt) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogPromptAnswer || !strings.Contains(dialog.Data, `"Number":`+idText(prompt.Number)+",") {
		return notFoundIsNil(err)
	}
	_, err = r.tx.EndDialog(r.chatID, r.actor.ID)
	return err
}

// askAnswerAgain says what is expected. The words are kept, and every further
// reply is taken as the answer.
func (r *request) askAnswerAgain(prompt council.Prompt, read answerRead) error {
	text := r.speak.Say("prompt.expected."+string(prompt.Kind), "Choices", strings.Join(prompt.Choices, " / "))
	rows := r.optionRows(prompt, r.speak)
	for _, candidate := range read.candidates {
		rows = append(rows, []store.Button{{Text: valueText(r.speak, prompt, candidate),
			Data: data(pressPrompt, promptAnswer, prompt.Number, prompt.Round.Number, candidate)}})
	}
	if err := r.awaitAnswer(prompt); err != nil {
		return err
	}
	return r.replyAbout(prompt.Reference().String(), promptKind(cardPrompt, prompt.Round.Number), text, rows...)
}

// awaitAnswer takes the next words in private as the answer, unless something
// else is being asked there, which must not be lost.
func (r *request) awaitAnswer(prompt council.Prompt) error {
	if !r.private {
		return nil
	}
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err == nil && dialog.Kind != dialogPromptAnswer || notFoundIsNil(err) != nil {
		return notFoundIsNil(err)
	}
	kept, err := json.Marshal(awaitedAnswer{prompt.Number, prompt.Round.Number})
	if err != nil {
		return err
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogPromptAnswer, Data: string(kept)}, r.now)
}

// answerInDialog takes words that answer [Jawab].
func (r *request) answerInDialog(dialog store.Dialog) error {
	var asked awaitedAnswer
	if err := json.Unmarshal([]byte(dialog.Data), &asked); err != nil {
		return err
	}
	prompt, err := r.promptAsked(asked.Number)
	if err != nil {
		return err
	}
	return r.answerPrompt(prompt, asked.Round, r.text)
}

// editedAnswer takes the message that gave an answer after it was edited. An edit
// that changes nothing, as of a preview of a link, is passed over.
func (r *request) editedAnswer(message *models.Message) error {
	number, round, err := r.tx.AnsweredWith(r.actor.ID, r.messageAnswering())
	if err != nil {
		return notFoundIsNil(err)
	}
	former, err := r.tx.PromptAnswer(number, round, r.actor.ID)
	if err != nil {
		return err
	}
	text, _ := body(message)
	if text = strings.TrimSpace(text); text == "" || text == former.Words || text == former.Aside {
		return nil
	}
	prompt, err := r.promptAsked(number)
	if err != nil {
		return err
	}
	return r.answerPrompt(prompt, round, text)
}

// pressPromptAnswer takes an answer given by button.
func (r *request) pressPromptAnswer(number int64, round int, value string) error {
	prompt, err := r.promptAsked(number)
	if err != nil {
		return err
	}
	if err := prompt.Takes(round, r.now); err != nil {
		return err
	}
	if !isValue(prompt, value) {
		return r.stale()
	}
	answer, err := r.tx.PromptAnswer(number, round, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	if answer.Value == value {
		return r.toast(r.speak.Say("prompt.toast.same", "Answer", valueText(r.speak, prompt, value)))
	}
	reason := ""
	if prompt.Kind == council.AnswerYesNo && !answer.Counts() {
		reason = answer.Aside // was written before without saying yes or no
	}
	answer.Value, answer.Words, answer.Aside = value, reason, ""
	if err := r.keepAnswer(prompt, round, answer); err != nil {
		return err
	}
	key := "prompt.toast.answered"
	if prompt.Kind == council.AnswerYesNo && reason == "" {
		key = "prompt.toast.reason"
		if err := r.askReason(prompt, value); err != nil {
			return err
		}
	}
	return r.toast(r.speak.Say(key, "Answer", valueText(r.speak, prompt, value)))
}

// askReason asks in private why.
func (r *request) askReason(prompt council.Prompt, value string) error {
	if !r.private {
		return nil
	}
	if err := r.awaitAnswer(prompt); err != nil {
		return err
	}
	return r.replyAbout(prompt.Reference().String(), promptKind(cardPrompt, prompt.Round.Number),
		r.speak.Say("prompt.ask_reason", "Answer", valueText(r.speak, prompt, value)))
}

// pressPromptWrite asks for an answer in words.
func (r *request) pressPromptWrite(number int64, round int) error {
	prompt, err := r.promptAsked(number)
	if err != nil {
		return err
	}
	if err := prompt.Takes(round, r.now); err != nil {
		return err
	}
	if err := r.askAnswer(prompt); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) askAnswer(prompt council.Prompt) error {
	if err := r.awaitAnswer(prompt); err != nil {
		return err
	}
	text := prompt.Reference().String() + " · " + shorten(prompt.Text, cardTitleLimit) + "\n" + r.speak.Say("prompt.write."+string(prompt.Kind))
	return r.replyAbout(prompt.Reference().String(), promptKind(cardPrompt, prompt.Round.Number), text)
}

// openPrompt is what the button [Jawab] of a group opens in private: the card,
// and the wish for an answer.
func (r *request) openPrompt(number int64) error {
	prompt, err := r.promptAsked(number)
	if err != nil {
		if r.actor.Coordinates() {
			return r.showPrompt(number)
		}
		return err
	}
	kind := promptKind(cardPrompt, prompt.Round.Number)
	card, err := r.tx.Card(prompt.Reference().String(), kind, r.chatID, 0)
	if err != nil {
		return err
	}
	if err := r.tx.ForgetCardMessage(card.ID, 0); err != nil {
		return err
	}
	where := place{speak: r.speak, private: true, person: r.actor.Member}
	if err := r.showPromptCard(prompt, kind, r.chatID, 0, where, store.PriorityAnswer); err != nil {
		return err
	}
	if prompt.Takes(prompt.Round.Number, r.now) != nil {
		return nil
	}
	return r.awaitAnswer(prompt)
}
