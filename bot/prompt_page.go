package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// Pages of answers.
const (
	answersPage = 10 // lines
	answerLine  = 250
)

// aboutPromptPage marks a message that lists answers or names.
const aboutPromptPage = "prompt_page"

// pressPromptPage lists, for a coordinator in private, who has answered what, or
// who has not.
func (r *request) pressPromptPage(verb string, number int64, round int, page int64) error {
	prompt, err := r.promptOf(number)
	if err != nil {
		return err
	}
	if !r.private {
		return r.stale()
	}
	if round != prompt.Round.Number {
		if prompt.Round, err = r.tx.Round(number, round); err != nil {
			return errorsOr(err, r.stale())
		}
	}
	var head string
	var lines []string
	if verb == promptTable {
		head, lines, err = r.answerLines(prompt)
	} else {
		head, lines, err = r.silentLines(prompt)
	}
	if err != nil {
		return err
	}
	text, rows := r.pageOf(head, lines, page, func(page int) string { return data(pressPrompt, verb, number, round, page) })
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	if about == aboutPromptPage {
		err = r.edit(text, rows...)
	} else {
		err = r.replyAbout("", aboutPromptPage, text, rows...)
	}
	return errorsOr(err, r.toast(""))
}

// pageOf is one page of lines below a head, with the buttons that turn it.
func (r *request) pageOf(head string, lines []string, wanted int64, turn func(page int) string) (string, [][]store.Button) {
	page, before, behind := onePage(wanted, answersPage, len(lines))
	shown := append([]string{head}, lines[page*answersPage:min(len(lines), (page+1)*answersPage)]...)
	var row []store.Button
	if before {
		row = append(row, store.Button{Text: r.speak.Say("button.previous"), Data: turn(page - 1)})
	}
	if behind {
		row = append(row, store.Button{Text: r.speak.Say("button.next"), Data: turn(page + 1)})
	}
	if len(row) == 0 {
		return strings.Join(shown, "\n"), nil
	}
	return strings.Join(shown, "\n"), [][]store.Button{row}
}

// answerLines are the answers of a round with names; words that do not count say so.
func (r *request) answerLines(prompt council.Prompt) (string, []string, error) {
	answers, err := r.tx.PromptAnswers(prompt.Number, prompt.Round.Number)
	if err != nil {
		return "", nil, err
	}
	var lines []string
	for _, answer := range answers {
		member, err := r.tx.Member(answer.MemberID)
		if err != nil {
			return "", nil, err
		}
		name, err := r.nameIn(member, answer.GroupID)
		if err != nil {
			return "", nil, err
		}
		if answer.Counts() {
			lines = append(lines, "• "+name+": "+shorten(r.answerText(r.speak, prompt, answer), answerLine))
		}
		if answer.Aside != "" {
			lines = append(lines, "• "+name+": "+r.speak.Say("prompt.result.aside", "Words", shorten(answer.Aside, answerLine)))
		}
	}
	return r.speak.Say("prompt.result.answers", "Reference", prompt.Reference().String(), "N", len(answers)), lines, nil
}

// nameIn names a person; of whom no name is known, the group.
func (r *request) nameIn(member council.Member, groupID int64) (string, error) {
	name := namePerson(r.speak, member)
	if member.Name != "" || member.Username != "" || groupID == 0 {
		return name, nil
	}
	group, err := r.tx.Group(groupID)
	if err != nil {
		return name, notFoundIsNil(err)
	}
	return name + " (" + r.groupName(group) + ")", nil
}

// silentLines name those who have not answered, among those the bot knows, and
// who of them cannot be written to.
func (r *request) silentLines(prompt council.Prompt) (string, []string, error) {
	silent, err := r.tx.SilentMembers(prompt)
	if err != nil {
		return "", nil, err
	}
	var lines []string
	nameless := 0
	for _, member := range silent {
		switch {
		case member.Name == "" && member.Username == "":
			nameless++
		case member.Reach == council.ReachOpen && member.TelegramID != 0:
			lines = append(lines, "• "+namePerson(r.speak, member))
		default:
			lines = append(lines, "• "+r.speak.Say("prompt.result.unreached", "Name", namePerson(r.speak, member), "Why", r.speak.Say("prompt.reach."+string(member.Reach))))
		}
	}
	if nameless > 0 {
		lines = append(lines, "• "+r.speak.Count("prompt.result.nameless", nameless))
	}
	head := r.speak.Say("prompt.result.silent", "Reference", prompt.Reference().String(), "N", len(silent))
	reminded, err := r.tx.PromptReminded(prompt)
	if errors.Is(err, store.ErrNotFound) {
		return head, lines, nil
	}
	return head + "\n" + r.speak.Say("prompt.result.reminded", "Moment", r.speak.Moment(reminded, r.city.Zone)), lines, err
}

// promptTextsShown are the words that may be opened in a group: of answers that were
// given there, where the prompt shows them.
func promptTextsShown(prompt council.Prompt, answers []council.PromptAnswer, groupID int64) []council.PromptAnswer {
	var shown []council.PromptAnswer
	for _, answer := range answers {
		if prompt.ShowTexts && answer.Counts() && answer.Words != "" && answer.GroupID == groupID {
			shown = append(shown, answer)
		}
	}
	return shown
}

// pressGroupPage opens the answers on a group's card, without names, and goes
// back to the card with page -1.
func (r *request) pressGroupPage(number int64, round int, page int64) error {
	prompt, err := r.tx.Prompt(number)
	if errors.Is(err, store.ErrNotFound) || err == nil && (round != prompt.Round.Number || !prompt.AsksGroup(r.group.ID)) {
		return r.toast(r.speak.Say("prompt.stale"))
	}
	if err != nil {
		return err
	}
	if r.actor.IsStranger() {
		return council.Refuse("stranger")
	}
	card, err := r.tx.CardAt(r.chatID, r.pressed)
	if err != nil {
		return errorsOr(err, r.toast(r.speak.Say("prompt.stale")))
	}
	where := place{speak: r.speak, group: r.group}
	payload, err := r.promptFace(prompt, where)
	if err != nil {
		return err
	}
	if page >= 0 {
		if payload.Text, payload.Buttons, err = r.groupTexts(prompt, where.speak, page); err != nil {
			return err
		}
	}
	payload.Subject, payload.About, payload.Silent = prompt.Reference().String(), card.Kind, true
	return errorsOr(r.queueCard(card, payload), r.toast(""))
}

// groupTexts are the answers given in a group, in words.
func (r *request) groupTexts(prompt council.Prompt, speak locale.Speaker, page int64) (string, [][]store.Button, error) {
	answers, err := r.tx.PromptAnswers(prompt.Number, prompt.Round.Number)
	if err != nil {
		return "", nil, err
	}
	var lines []string
	for _, answer := range promptTextsShown(prompt, answers, r.group.ID) {
		lines = append(lines, "• "+shorten(r.answerText(speak, prompt, answer), answerLine))
	}
	turn := func(page int) string {
		return data(pressPrompt, promptGroupPage, prompt.Number, prompt.Round.Number, page)
	}
	text, rows := r.pageOf(prompt.Reference().String()+" · "+shorten(prompt.Text, cardTitleLimit), lines, page, turn)
	return text, append(rows, []store.Button{{Text: speak.Say("button.back"), Data: turn(-1)}}), nil
}
