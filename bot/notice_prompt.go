package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// writePrompts asks a person once more for the answers that wait.
func (n *notice) writePrompts() error {
	items := n.items(council.ToSilent)
	if len(items) == 0 {
		return nil
	}
	n.open("notice.report")
	n.headline(n.speak.Say("prompt.notice"))
	for _, item := range items {
		if err := n.writePrompt(item, len(items) > 1); err != nil {
			return err
		}
	}
	return nil
}

// writePrompt writes one question, or what has become of it since.
func (n *notice) writePrompt(item council.Item, several bool) error {
	prompt, round := item.Prompt, int(item.Reminder.MilestoneID)
	reference := prompt.Reference().String()
	line := reference + " · " + shorten(prompt.Text, cardTitleLimit)
	answer, err := n.tx.PromptAnswer(prompt.Number, round, n.member.ID)
	switch {
	case notFoundIsNil(err) != nil:
		return err
	case answer.Counts():
		n.add("✓ " + line)
		return nil
	case prompt.Takes(round, n.now) != nil:
		n.add(line, n.speak.Say("prompt.closed"))
		return nil
	}
	n.add(line, n.deadline(prompt.Round.Deadline))
	label := n.speak.Say("button.prompt_answer")
	if several {
		label = n.speak.Say("button.prompt_answer_one", "Reference", reference)
	}
	n.offer(store.Button{Text: label, Data: data(pressPrompt, promptWrite, prompt.Number, round)})
	return nil
}
