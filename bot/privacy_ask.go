package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// dialogPrivacy is for words about one's own data: steps are the kind of a request, and
// privacyAnswer for what a coordinator answers.
const dialogPrivacy = "privacy"

// privacyWords is how long a request and its answer may be, in runes.
const privacyWords = 1000

// pressAskPrivacy asks in which words somebody wants something about the own data.
func (r *request) pressAskPrivacy(arguments pressArguments) error {
	kind := council.PrivacyKind(arguments.text(0))
	if kind != council.PrivacyCorrection && kind != council.PrivacyOther {
		return r.stale()
	}
	if err := r.ask(dialogPrivacy, string(kind), "", r.speak.Say("privacy.ask."+string(kind))); err != nil {
		return err
	}
	return r.toast("")
}

// answerPrivacy takes the words that were asked for.
func (r *request) answerPrivacy(dialog store.Dialog) error {
	words := strings.TrimSpace(r.text)
	if words == "" || !fits(words, privacyWords) {
		return r.reply(r.speak.Say("privacy.words", "Limit", idText(privacyWords)))
	}
	if dialog.Step == privacyAnswer {
		return r.previewPrivacy(pressArguments{dialog.Data}.number(0), words)
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.mayOwnData(); err != nil {
		return err
	}
	asked, err := r.openPrivacyWords(council.PrivacyKind(dialog.Step), words)
	if err != nil {
		return err
	}
	if err := r.replyAbout(asked.Reference().String(), aboutPrivacy, r.speak.Say("privacy.asked", "Reference", asked.Reference().String(), "Due", r.speak.Moment(asked.Due, r.city.Zone))); err != nil {
		return err
	}
	return r.tellCoordinators(asked.Reference().String(), aboutPrivacy, func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		return r.privacyRequestPage(speak, asked)
	})
}

// aboutPrivacy marks a message about what somebody asks about the own data.
const aboutPrivacy = "privacy"

// privacyRequestPage is one request with what can be done about it.
func (r *request) privacyRequestPage(speak locale.Speaker, asked council.PrivacyRequest) (text string, rows [][]store.Button, err error) {
	member, err := r.tx.Member(asked.MemberID)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.privacyLine(speak, asked), speak.Say("privacy.by", "Person", namePerson(speak, member), "Moment", speak.Moment(asked.AskedAt, r.city.Zone))}
	if asked.Words != "" {
		lines = append(lines, "“"+asked.Words+"”")
	}
	if asked.Answer != "" {
		lines = append(lines, speak.Say("privacy.answer", "Text", asked.Answer))
	}
	if asked.Open() {
		rows = append(rows, []store.Button{button(speak, "privacy_answer", pressPrivacy, privacyAnswer, asked.Number), button(speak, "privacy_consents_of", pressPrivacy, privacyConsents, asked.MemberID)})
	}
	return strings.Join(lines, "\n"), rows, nil
}

func (r *request) privacyLine(speak locale.Speaker, asked council.PrivacyRequest) string {
	return privacyLine(speak, asked, r.now, r.city.Zone)
}

// privacyLine is a request in one line: what is asked, and by when or how it ended.
func privacyLine(speak locale.Speaker, asked council.PrivacyRequest, now time.Time, zone *time.Location) string {
	line := asked.Reference().String() + " · " + speak.Say("privacy.kind."+string(asked.Kind)) + " · "
	switch {
	case !asked.Open():
		return line + speak.Say("privacy.ended."+string(asked.How), "Moment", speak.Moment(asked.EndedAt, zone))
	case asked.Due.Before(now):
		return line + speak.Say("privacy.overdue", "Moment", speak.Moment(asked.Due, zone))
	}
	return line + speak.Say("privacy.due", "Moment", speak.Moment(asked.Due, zone))
}
