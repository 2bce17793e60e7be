package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// showPromptCard puts the card of a prompt's present round into a chat, or brings
// it up to date there.
func (r *request) showPromptCard(prompt council.Prompt, kind string, chatID int64, thread int, where place, priority store.Priority) error {
	card, err := r.tx.Card(prompt.Reference().String(), kind, chatID, thread)
	if err != nil {
		return err
	}
	payload, err := r.promptFace(prompt, where)
	if err != nil {
		return err
	}
	payload.Subject, payload.About, payload.Silent = prompt.Reference().String(), kind, card.MessageID != 0
	return r.tx.Queue(store.Outgoing{ChatID: chatID, ThreadID: thread, Kind: store.KindCard, Priority: priority, CardID: card.ID, Payload: payload}, time.Now())
}

// everybodysCards, in the place of a member id, means the cards of all people.
const everybodysCards int64 = 0

// refreshPrompt brings the cards of the present round up to date: in groups, of
// those who see results, and of one person or everybody who is asked.
func (r *request) refreshPrompt(prompt council.Prompt, memberID int64) error {
	cards, err := r.tx.Cards(prompt.Reference().String())
	if err != nil {
		return err
	}
	for _, card := range cards {
		where, err := r.placeOf(card)
		if errors.Is(err, store.ErrNotFound) {
			continue // its group is no longer linked
		}
		if err != nil {
			return err
		}
		switch card.Kind {
		case promptKind(cardPromptResult, prompt.Round.Number):
			err = r.showResult(prompt, where.person, false)
		case promptKind(cardPrompt, prompt.Round.Number):
			if where.private && memberID != everybodysCards && where.person.ID != memberID {
				continue
			}
			err = r.showPromptCard(prompt, card.Kind, card.ChatID, card.ThreadID, where, store.PriorityAnswer)
		}
		if err != nil {
			return err
		}
	}
	return r.refreshDigests(prompt.Reference())
}

// promptFace writes the card of a prompt: in a group at most three short lines.
func (r *request) promptFace(prompt council.Prompt, where place) (store.Payload, error) {
	if where.private {
		return r.promptFacePrivate(prompt, where)
	}
	speak := where.speak
	lines := []string{prompt.Reference().String() + " · " + shorten(prompt.Text, cardTitleLimit)}
	state := r.promptState(speak, prompt)
	if !prompt.AsksGroup(where.group.ID) {
		found, err := r.notInPrivate(prompt.Round.Asked)
		if err != nil {
			return store.Payload{}, err
		}
		lines = append(lines, speak.Say("prompt.for", "Names", memberNames(speak, found.carried[where.group.ID])), state)
		return store.Payload{Text: strings.Join(lines, "\n"), Buttons: r.groupPromptRows(prompt, speak, 0)}, nil
	}
	answers, err := r.tx.PromptAnswers(prompt.Number, prompt.Round.Number)
	if err != nil {
		return store.Payload{}, err
	}
	lines = append(lines, state)
	texts := 0
	if prompt.State != council.PromptWithdrawn {
		lines = append(lines, r.tallyText(speak, prompt, answers))
		texts = len(promptTextsShown(prompt, answers, where.group.ID))
	}
	return store.Payload{Text: strings.Join(lines, "\n"), Buttons: r.groupPromptRows(prompt, speak, texts)}, nil
}

// promptState says until when a round takes answers, or that it does not any more.
func (r *request) promptState(speak locale.Speaker, prompt council.Prompt) string {
	switch {
	case prompt.State == council.PromptWithdrawn:
		return speak.Say("prompt.withdrawn")
	case prompt.State != council.PromptOpen:
		return speak.Say("prompt.closed")
	case prompt.Round.Deadline.IsZero():
		return speak.Say("prompt.no_deadline")
	}
	return speak.Say("prompt.deadline", "Deadline", r.deadlineIn(speak, prompt.Round.Deadline))
}

// groupPromptRows are the buttons of a card in a group: the answers themselves
// where they are few, and the way into the private chat. texts is how many
// answers may be opened there.
func (r *request) groupPromptRows(prompt council.Prompt, speak locale.Speaker, texts int) [][]store.Button {
	var rows [][]store.Button
	if prompt.State == council.PromptOpen {
		rows = append(r.optionRows(prompt, speak), []store.Button{{Text: speak.Say("button.prompt_answer"), URL: r.privateLink(prompt.Reference().String())}})
	}
	if texts > 0 {
		label := speak.Say("button.prompt_texts", "N", texts)
		rows = append(rows, []store.Button{{Text: label, Data: data(pressPrompt, promptGroupPage, prompt.Number, prompt.Round.Number, 0)}})
	}
	return rows
}

// optionRows are the buttons that answer with one press.
func (r *request) optionRows(prompt council.Prompt, speak locale.Speaker) [][]store.Button {
	answer := func(label, value string) store.Button {
		return store.Button{Text: label, Data: data(pressPrompt, promptAnswer, prompt.Number, prompt.Round.Number, value)}
	}
	switch prompt.Kind {
	case council.AnswerYesNo:
		return [][]store.Button{{answer(speak.Say("button.yes"), council.AnswerYes), answer(speak.Say("button.no"), council.AnswerNo)}}
	case council.AnswerChoice:
		rows := make([][]store.Button, len(prompt.Choices))
		for place, choice := range prompt.Choices {
			rows[place] = []store.Button{answer(choice, idText(int64(place)))}
		}
		return rows
	}
	return nil
}

// promptFacePrivate is the card of somebody who is asked: the whole question, and
// the person's own answer.
func (r *request) promptFacePrivate(prompt council.Prompt, where place) (store.Payload, error) {
	speak := where.speak
	answer, err := r.tx.PromptAnswer(prompt.Number, prompt.Round.Number, where.person.ID)
	if notFoundIsNil(err) != nil {
		return store.Payload{}, err
	}
	open := prompt.State == council.PromptOpen
	var lines []string
	if open && !answer.Counts() {
		lines = append(lines, speak.Say("prompt.hello", "Person", greetPerson(speak, where.person)))
	}
	lines = append(lines, prompt.Reference().String()+" · "+prompt.Text)
	if prompt.TaskNumber != 0 {
		line, err := r.promptTaskLine(speak, prompt)
		if err != nil {
			return store.Payload{}, err
		}
		lines = append(lines, line)
	}
	lines = append(lines, r.promptState(speak, prompt))
	switch {
	case answer.Counts():
		lines = append(lines, speak.Say("prompt.your_answer", "Answer", r.answerText(speak, prompt, answer)))
	case open:
		lines = append(lines, speak.Say("prompt.how."+string(prompt.Kind)))
	}
	if open && prompt.ShowTexts {
		lines = append(lines, speak.Say("prompt.shown_in_group"))
	}
	payload := store.Payload{Text: strings.Join(lines, "\n")}
	if open {
		payload.Buttons = r.privatePromptRows(prompt, speak, answer.Counts())
	}
	return payload, nil
}

func (r *request) privatePromptRows(prompt council.Prompt, speak locale.Speaker, answered bool) [][]store.Button {
	rows := r.optionRows(prompt, speak)
	if len(rows) > 0 {
		return rows
	}
	label := "prompt_answer"
	if answered {
		label = "prompt_answer_again"
	}
	return append(rows, []store.Button{button(speak, label, pressPrompt, promptWrite, prompt.Number, prompt.Round.Number)})
}

// answerText is an answer as people read it.
func (r *request) answerText(speak locale.Speaker, prompt council.Prompt, answer council.PromptAnswer) string {
	value := valueText(speak, prompt, answer.Value)
	switch {
	case value == "":
		return answer.Words
	case answer.Words == "" || answer.Words == value:
		return value
	}
	return value + " – " + answer.Words
}
