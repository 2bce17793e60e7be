package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// consentsShown is how many consents a page lists; the newest come first.
const consentsShown = 15

// turnPrivacy changes the message whose button was pressed, and answers the press.
func (r *request) turnPrivacy(text string, rows ...[]store.Button) error {
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) backToPrivacy() []store.Button {
	return []store.Button{button(r.speak, "privacy_back", pressPrivacy, privacyHome)}
}

func (r *request) pressPrivacyHome(pressArguments) error {
	text, rows, err := r.privacyPage()
	if err != nil {
		return err
	}
	return r.turnPrivacy(text, rows...)
}

// pressPrivacyText shows a version of the text, and when it holds.
func (r *request) pressPrivacyText(arguments pressArguments) error {
	versions, err := r.tx.PrivacyVersions()
	if err != nil {
		return err
	}
	number := int(arguments.number(0))
	at := slices.IndexFunc(versions, func(version council.PrivacyVersion) bool { return version.Number == number })
	if at < 0 {
		return r.stale()
	}
	shown, err := r.privacyIn(versions[at], r.speak)
	if err != nil {
		return err
	}
	key := "privacy.version"
	if shown.AppliesAt.After(r.now) {
		key = "privacy.coming"
	}
	line := r.speak.Say(key, "Version", idText(int64(shown.Number)), "Day", r.speak.Day(shown.AppliesAt.In(r.city.Zone)))
	return r.turnPrivacy(line+"\n\n"+shown.Full, r.backToPrivacy())
}

// pressConsents shows what somebody agreed to, when, and in which text: one's own, or for
// coordinators that of others.
func (r *request) pressConsents(arguments pressArguments) error {
	member := r.actor.Member
	if id := arguments.number(0); id != 0 && id != r.actor.ID {
		if err := r.may(council.ActionPrivacy, council.Scope{}); err != nil {
			return err
		}
		var err error
		if member, err = r.tx.Member(id); err != nil {
			return errorsOr(err, r.stale())
		}
	}
	text, rows, err := r.consentPage(member)
	if err != nil {
		return err
	}
	return r.turnPrivacy(text, append(rows, r.backToPrivacy())...)
}

// consentPage lists what somebody agreed to as it can be shown, with the texts.
func (r *request) consentPage(member council.Member) (text string, rows [][]store.Button, err error) {
	consents, err := r.tx.Consents(member.ID)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.speak.Say("privacy.consents", "Person", namePerson(r.speak, member))}
	var versions []int
	for _, consent := range consents[:min(len(consents), consentsShown)] {
		lines = append(lines, "· "+r.consentLine(consent))
		if consent.Purpose == council.ConsentIdeas && !slices.Contains(versions, consent.Version) {
			versions = append(versions, consent.Version)
		}
	}
	if len(consents) == 0 {
		lines = append(lines, r.speak.Say("privacy.consents_none"))
	}
	for _, version := range versions {
		rows = append(rows, []store.Button{{Text: r.speak.Say("button.privacy_version", "Version", idText(int64(version))), Data: data(pressPrivacy, privacyText, version)}})
	}
	return strings.Join(lines, "\n"), rows, nil
}

func (r *request) consentLine(consent council.Consent) string {
	key := "privacy.consent." + string(consent.Purpose)
	line := r.speak.Say(key, "Moment", r.speak.Moment(consent.GivenAt, r.city.Zone), "Version", idText(int64(consent.Version)), "Reference", consent.Subject.String())
	if consent.MessageID != 0 {
		line += r.speak.Say("privacy.consent.message", "Message", idText(int64(consent.MessageID)))
	}
	if !consent.WithdrawnAt.IsZero() {
		line += r.speak.Say("privacy.consent.withdrawn", "Moment", r.speak.Moment(consent.WithdrawnAt, r.city.Zone))
	}
	return line
}

// pressSeeProfile opens what the bot knows of the person, where it can be corrected.
func (r *request) pressSeeProfile(pressArguments) error {
	if r.actor.IsStranger() {
		return r.turnPrivacy(r.speak.Say("privacy.left_profile", "Name", r.ownNameKept()), r.backToPrivacy())
	}
	if err := r.profile(); err != nil {
		return err
	}
	return r.toast("")
}

// pressWithdrawConsent asks once, and then takes consent back in this moment.
func (r *request) pressWithdrawConsent(arguments pressArguments) error {
	if arguments.text(0) == "" {
		return r.turnPrivacy(r.speak.Say("privacy.withdraw"), []store.Button{button(r.speak, "privacy_withdraw_yes", pressPrivacy, privacyWithdraw, 1)},
			[]store.Button{button(r.speak, "privacy_unname", pressPrivacy, privacyUnname)}, r.backToPrivacy())
	}
	if err := r.withdrawConsent(); err != nil {
		return err
	}
	return r.toast("")
}

// pressUnname lets the person's name be shown with no idea and no question any more. What was agreed to
// about the ideas themselves stays.
func (r *request) pressUnname(pressArguments) error {
	asked, err := r.openPrivacyRequest(council.PrivacyWithdrawal)
	if err != nil {
		return err
	}
	if _, err := r.tx.WithdrawNames(r.actor.ID, council.Reference{}, r.now); err != nil {
		return err
	}
	if err := r.unnameEverywhere(); err != nil {
		return err
	}
	if err := r.endPrivacyRequest(asked, council.PrivacyDone); err != nil {
		return err
	}
	return r.turnPrivacy(r.speak.Say("privacy.unnamed")+"\n"+r.speak.Say("privacy.numbered", "Reference", asked.Reference().String()), r.backToPrivacy())
}

// pressMyRequests lists what the person has asked about the own data, and what became of it.
func (r *request) pressMyRequests(pressArguments) error {
	asked, err := r.tx.PrivacyRequestsOf(r.actor.ID)
	if err != nil {
		return err
	}
	lines := []string{r.speak.Say("privacy.mine")}
	for _, request := range asked[:min(len(asked), requestsShown)] {
		lines = append(lines, "· "+r.privacyLine(r.speak, request))
		if request.Answer != "" {
			lines = append(lines, shorten(request.Answer, textLimit/16))
		}
	}
	return r.turnPrivacy(strings.Join(lines, "\n"), r.backToPrivacy())
}
