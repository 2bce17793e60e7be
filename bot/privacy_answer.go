package bot

import (
	"encoding/json"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// privacyReply is an answer on its way.
type privacyReply struct {
	Number int64
	Text   string
}

// requestsShown is how many requests a page lists.
const requestsShown = 10

// privacyNamed is for coordinators: a request by its number, or what somebody agreed to.
func (r *request) privacyNamed() error {
	if err := r.may(council.ActionPrivacy, council.Scope{}); err != nil {
		return err
	}
	word, _ := firstWord(strings.TrimSpace(r.text))
	if reference, ok := council.ParseReference(word); ok && reference.Letter == council.PrivacyRequestLetter {
		asked, err := r.privacyRequest(reference.Number)
		if err != nil {
			return err
		}
		return r.showPrivacyRequest(asked)
	}
	text, entities := body(r.message)
	_, people, err := r.takeMentions(text, entities)
	if err != nil {
		return err
	}
	if len(people) == 0 {
		return r.reply(r.speak.Say("privacy.how"))
	}
	member, err := r.tx.Member(people[0])
	if err != nil {
		return err
	}
	page, rows, err := r.consentPage(member)
	if err != nil {
		return err
	}
	return r.reply(page, rows...)
}

func (r *request) showPrivacyRequest(asked council.PrivacyRequest) error {
	text, rows, err := r.privacyRequestPage(r.speak, asked)
	if err != nil {
		return err
	}
	return r.replyAbout(asked.Reference().String(), aboutPrivacy, text, rows...)
}

// privacyRequest finds a request; refused with "no_privacy_request" if there is none.
func (r *request) privacyRequest(number int64) (council.PrivacyRequest, error) {
	asked, err := r.tx.PrivacyRequest(number)
	if err != nil {
		return asked, errorsOr(err, council.Refuse("no_privacy_request", "Reference", council.PrivacyReference(number).String()))
	}
	return asked, nil
}

// pressOpenRequests lists what nobody has answered yet.
func (r *request) pressOpenRequests(pressArguments) error {
	if err := r.may(council.ActionPrivacy, council.Scope{}); err != nil {
		return err
	}
	open, err := r.tx.OpenPrivacyRequests()
	if err != nil {
		return err
	}
	lines := []string{r.speak.Count("privacy.open", len(open))}
	var rows [][]store.Button
	for _, asked := range open[:min(len(open), requestsShown)] {
		lines = append(lines, "· "+r.privacyLine(r.speak, asked))
		rows = append(rows, []store.Button{{Text: r.speak.Say("button.privacy_answer_one", "Reference", asked.Reference().String()), Data: data(pressPrivacy, privacyAnswer, asked.Number)}})
	}
	return r.turnPrivacy(strings.Join(lines, "\n"), append(rows, r.backToPrivacy())...)
}

// pressAnswerPrivacy asks a coordinator for the answer to a request.
func (r *request) pressAnswerPrivacy(arguments pressArguments) error {
	if err := r.may(council.ActionPrivacy, council.Scope{}); err != nil {
		return err
	}
	asked, err := r.privacyRequest(arguments.number(0))
	if err != nil {
		return err
	}
	if !asked.Open() {
		return r.alert(r.privacyLine(r.speak, asked))
	}
	text := r.privacyLine(r.speak, asked)
	if asked.Words != "" {
		text += "\n“" + asked.Words + "”"
	}
	if err := r.ask(dialogPrivacy, privacyAnswer, idText(asked.Number), text+"\n"+r.speak.Say("privacy.ask.answer")); err != nil {
		return err
	}
	return r.toast("")
}

// replyToPrivacy takes a reply to a message about a request as its answer; of who asked,
// it is what they have to add, and goes to the coordinators as a request of its own.
func (r *request) replyToPrivacy() error {
	asked, err := r.privacyRequest(r.about.Number)
	if err != nil {
		return err
	}
	if asked.MemberID == r.actor.ID && !r.actor.Coordinates() {
		return r.answerPrivacy(store.Dialog{Step: string(council.PrivacyOther)})
	}
	if err := r.may(council.ActionPrivacy, council.Scope{}); err != nil {
		return err
	}
	return r.answerPrivacy(store.Dialog{Step: privacyAnswer, Data: idText(asked.Number)})
}

// previewPrivacy shows the answer as it will be sent.
func (r *request) previewPrivacy(number int64, words string) error {
	if err := r.may(council.ActionPrivacy, council.Scope{}); err != nil {
		return err
	}
	asked, err := r.privacyRequest(number)
	if err != nil {
		return err
	}
	if !asked.Open() {
		return r.showPrivacyRequest(asked)
	}
	kept, err := json.Marshal(privacyReply{number, words})
	if err != nil {
		return err
	}
	return r.ask(dialogPrivacy, privacySend, string(kept), r.speak.Say("privacy.preview", "Reference", asked.Reference().String(), "Text", words),
		[]store.Button{button(r.speak, "confirm", pressPrivacy, privacySend, number), button(r.speak, "change", pressPrivacy, privacyAnswer, number)})
}

// pressSendPrivacy sends the answer that was shown, and ends the request. Another
// coordinator may have been quicker.
func (r *request) pressSendPrivacy(arguments pressArguments) error {
	if err := r.may(council.ActionPrivacy, council.Scope{}); err != nil {
		return err
	}
	waiting, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || waiting.Kind != dialogPrivacy || waiting.Step != privacySend {
		return errorsOr(err, r.stale())
	}
	var answer privacyReply
	if err := json.Unmarshal([]byte(waiting.Data), &answer); err != nil {
		return err
	}
	if answer.Number != arguments.number(0) {
		return r.stale()
	}
	asked, err := r.privacyRequest(answer.Number)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.endPrivacyWords(asked, council.PrivacyAnswered, answer.Text); err != nil {
		return err
	}
	return r.sendPrivacyAnswer(asked, answer.Text)
}

func (r *request) sendPrivacyAnswer(asked council.PrivacyRequest, answer string) error {
	member, err := r.tx.Member(asked.MemberID)
	if err != nil {
		return err
	}
	reference := asked.Reference().String()
	told, err := r.tell(member, reference, aboutPrivacy, r.speaker(member).Say("privacy.answered", "Reference", reference, "Text", answer))
	if err != nil {
		return err
	}
	key := "privacy.sent"
	if !told {
		key = "privacy.sent_unreached"
	}
	if err := r.turnPrivacy(r.speak.Say(key, "Reference", reference, "Person", namePerson(r.speak, member))); err != nil {
		return err
	}
	others, err := r.others(coordinators(r.tx))
	if err != nil {
		return err
	}
	_, err = r.tellEach(others, reference, aboutPrivacy, func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		return speak.Say("privacy.done_by", "Reference", reference, "Person", namePerson(speak, r.actor.Member)), nil, nil
	})
	return err
}

// privacyOfCity is the line of /status: how many requests nobody has answered, and by when
// the first must be.
func (r *request) privacyOfCity() ([]string, error) {
	open, err := r.tx.OpenPrivacyRequests()
	if err != nil || len(open) == 0 {
		return nil, err
	}
	return []string{r.speak.Count("privacy.status", len(open), "Reference", open[0].Reference().String(), "Moment", r.speak.Moment(open[0].Due, r.city.Zone))}, nil
}
