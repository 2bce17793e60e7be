package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// showResult shows a coordinator how the present round stands: in the card that
// stands in the private chat already, or afresh at its end.
func (r *request) showResult(prompt council.Prompt, member council.Member, afresh bool) error {
	person, err := r.tx.Actor(member)
	if err != nil || !person.Coordinates() || member.Reach != council.ReachOpen || member.TelegramID == 0 {
		return err // the right may have gone since
	}
	kind := promptKind(cardPromptResult, prompt.Round.Number)
	card, err := r.tx.Card(prompt.Reference().String(), kind, member.TelegramID, 0)
	if err != nil {
		return err
	}
	if afresh {
		if err := r.tx.ForgetCardMessage(card.ID, 0); err != nil {
			return err
		}
	}
	payload, err := r.resultFace(prompt, r.speaker(member))
	if err != nil {
		return err
	}
	payload.Subject, payload.About = prompt.Reference().String(), kind
	return r.tx.Queue(store.Outgoing{ChatID: member.TelegramID, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, Payload: payload}, time.Now())
}

// showResults shows every coordinator what came of a round.
func (r *request) showResults(prompt council.Prompt) error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if err := r.showResult(prompt, member, true); err != nil {
			return err
		}
	}
	return nil
}

// resultFace is how a round stands, for a coordinator: counts, who cannot be
// reached, and the ways to the names.
func (r *request) resultFace(prompt council.Prompt, speak locale.Speaker) (store.Payload, error) {
	names, err := r.targetNames(speak, prompt)
	if err != nil {
		return store.Payload{}, err
	}
	lines := []string{prompt.Reference().String() + " · " + prompt.Text, speak.Say("prompt.preview.to", "Names", names)}
	if prompt.Recurrence != nil {
		lines = append(lines, r.roundLine(speak, prompt))
	}
	if prompt.Round.Number == 0 {
		return store.Payload{Text: strings.Join(lines, "\n"), Buttons: r.resultRows(prompt, speak, 0, 0)}, nil
	}
	answers, err := r.tx.PromptAnswers(prompt.Number, prompt.Round.Number)
	if err != nil {
		return store.Payload{}, err
	}
	silent, err := r.tx.SilentMembers(prompt)
	if err != nil {
		return store.Payload{}, err
	}
	counted := council.TallyAnswers(prompt, answers).Answers
	lines = append(lines, r.promptState(speak, prompt), speak.Say("prompt.result.share", "Answered", counted, "Known", counted+len(silent)),
		r.tallyText(speak, prompt, answers))
	more, err := r.troubles(speak, prompt)
	if err != nil {
		return store.Payload{}, err
	}
	lines = append(lines, more...)
	return store.Payload{Text: shorten(strings.Join(lines, "\n"), messageLimit), Buttons: r.resultRows(prompt, speak, len(answers), len(silent))}, nil
}

// roundLine says which round it is, and when the next one comes.
func (r *request) roundLine(speak locale.Speaker, prompt council.Prompt) string {
	words := r.reminderWords()
	words.speak = speak
	rule := words.rule(*prompt.Recurrence)
	if !prompt.Repeats() {
		return speak.Say("prompt.result.last_round", "N", prompt.Round.Number, "Rule", rule)
	}
	next := speak.Moment(prompt.Opens(r.city.Timing.Calendar), r.city.Zone)
	return speak.Say("prompt.result.round", "N", prompt.Round.Number, "Rule", rule, "Next", next)
}

// troubles name whom the question has not reached: groups that are linked no more
// or have put the bot out, people who cannot be written to or are in no group any more.
func (r *request) troubles(speak locale.Speaker, prompt council.Prompt) ([]string, error) {
	lines, err := r.unreachedLines(speak, prompt.Round.Asked)
	if err != nil {
		return nil, err
	}
	for _, asked := range prompt.Round.Asked {
		if asked.MemberID != 0 {
			continue
		}
		group, err := r.tx.Group(asked.GroupID)
		switch {
		case notFoundIsNil(err) != nil:
			return nil, err
		case err != nil:
			lines = append(lines, speak.Say("prompt.result.group_gone"))
		case !group.Reachable:
			lines = append(lines, speak.Say("prompt.result.group_lost", "Group", r.groupNameIn(speak, group)))
		}
	}
	return lines, nil
}

// resultRows are the buttons of a coordinator.
func (r *request) resultRows(prompt council.Prompt, speak locale.Speaker, answers, silent int) [][]store.Button {
	press := func(label, verb string) store.Button {
		return button(speak, label, pressPrompt, verb, prompt.Number, prompt.Version)
	}
	page := func(label, verb string, count int) store.Button {
		return store.Button{Text: speak.Say("button."+label, "N", count), Data: data(pressPrompt, verb, prompt.Number, prompt.Round.Number, 0)}
	}
	var rows [][]store.Button
	var row []store.Button
	if answers > 0 {
		row = append(row, page("prompt_texts", promptTable, answers))
	}
	if silent > 0 {
		row = append(row, page("prompt_silent", promptSilent, silent))
	}
	if len(row) > 0 {
		rows = append(rows, row)
	}
	if prompt.State == council.PromptOpen {
		rows = append(rows, []store.Button{press("prompt_deadline", promptDate), press("prompt_close", promptClose)})
	}
	if prompt.Ended() {
		return rows
	}
	last := []store.Button{press("prompt_withdraw", promptWithdraw)}
	if prompt.Repeats() {
		last = append(last, press("prompt_stop", promptStop))
	}
	return append(rows, last)
}

// showPrompt is /pemantik P-7: how it stands, at the end of the private chat. In a
// group, where others read along, the question comes again.
func (r *request) showPrompt(number int64) error {
	prompt, err := r.promptOf(number)
	if err != nil {
		return err
	}
	if r.private {
		return r.showResult(prompt, r.actor.Member, true)
	}
	if prompt.State == council.PromptOpen && prompt.AsksGroup(r.group.ID) {
		kind := promptKind(cardPrompt, prompt.Round.Number)
		card, err := r.tx.Card(prompt.Reference().String(), kind, r.chatID, r.thread)
		if err != nil {
			return err
		}
		if err := r.tx.ForgetCardMessage(card.ID, card.ThreadID); err != nil {
			return err
		}
		return r.showPromptCard(prompt, kind, r.chatID, r.thread, place{speak: r.speak, group: r.group}, store.PriorityAnswer)
	}
	return r.reply(r.speak.Say("prompt.in_private", "Reference", prompt.Reference().String()),
		[]store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(prompt.Reference().String())}})
}
