package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressPrivacy answers the buttons about one's own data and, for coordinators, about what
// people ask.
const pressPrivacy = "priv"

// What such a button does.
const (
	privacyHome     = "home"  // the text and the rights
	privacyText     = "text"  // a version of the text
	privacyConsents = "proof" // what was agreed to; the member, 0: one's own
	privacyProfile  = "prof"  // see and correct
	privacyWithdraw = "back"  // take consent back; 1: asked once more already
	privacyUnname   = "name"  // let one's name be shown no more
	privacyAsk      = "ask"   // something in one's own words; the kind
	privacyMine     = "mine"  // what one has asked
	privacyAnswer   = "ans"   // answer a request; its number
	privacyOpen     = "open"  // what nobody has answered yet
	privacySend     = "send"  // send the answer that was written; the number
)

// privacyPayload is in the link that opens this in private.
const privacyPayload = "privasi"

// mayOwnData refuses those of whom nothing is kept. Everybody else may see and decide
// about their own data, in whatever groups they are or are no more.
func (r *request) mayOwnData() error {
	open, err := r.ownDataOpen()
	if err != nil {
		return err
	}
	return r.may(council.ActionOwnData, council.Scope{Assigned: open})
}

// ownDataOpen tells whether somebody outside every group is answered about the own data:
// in private, and where something is kept beside the id.
func (r *request) ownDataOpen() (bool, error) {
	if !r.private {
		return false, nil
	}
	return r.tx.KeepsOf(r.actor.ID)
}

// privacy is /privasi: the text about personal data with the rights as buttons; for
// coordinators also what people ask ("/privasi H-3", "/privasi @nama").
func (r *request) privacy() error {
	if err := r.mayOwnData(); err != nil {
		return err
	}
	if !r.private {
		return r.reply(r.speak.Say("privacy.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(privacyPayload)}})
	}
	if strings.TrimSpace(r.text) != "" && r.text != privacyPayload {
		return r.privacyNamed()
	}
	text, rows, err := r.privacyPage()
	if err != nil {
		return err
	}
	return r.reply(text, rows...)
}

// privacyPage is the text as it applies, and a button for each right.
func (r *request) privacyPage() (text string, rows [][]store.Button, err error) {
	shown, ok, err := r.privacyNow(r.speak)
	if err != nil {
		return "", nil, err
	}
	if !ok {
		shown.PrivacyText = r.privacyTexts(r.city)[r.speak.Language]
	}
	parts := []string{shown.Full}
	if ok {
		parts = append(parts, r.speak.Say("privacy.version", "Version", idText(int64(shown.Number)), "Day", r.speak.Day(shown.AppliesAt.In(r.city.Zone))))
	}
	coming, comes, err := r.privacyComing()
	if err != nil {
		return "", nil, err
	}
	if comes {
		parts = append(parts, r.speak.Say("privacy.coming", "Version", idText(int64(coming.Number)), "Day", r.speak.Day(coming.AppliesAt.In(r.city.Zone))))
		rows = append(rows, []store.Button{button(r.speak, "privacy_next", pressPrivacy, privacyText, coming.Number)})
	}
	rights, err := r.privacyRights()
	return strings.Join(parts, "\n\n"), append(rows, rights...), err
}

// privacyRights offer what a person can do about the own data; what there is none of has
// no button.
func (r *request) privacyRights() ([][]store.Button, error) {
	rows := [][]store.Button{
		{button(r.speak, "privacy_see", pressPrivacy, privacyProfile), button(r.speak, "privacy_correct", pressPrivacy, privacyAsk, string(council.PrivacyCorrection))},
		{button(r.speak, "privacy_withdraw", pressPrivacy, privacyWithdraw), button(r.speak, "privacy_other", pressPrivacy, privacyAsk, string(council.PrivacyOther))},
		{button(r.speak, "mydata", pressMyData), button(r.speak, "erase", pressErase, erasePreview)},
	}
	var more []store.Button
	consents, err := r.tx.Consents(r.actor.ID)
	if err != nil {
		return nil, err
	}
	if len(consents) > 0 {
		more = append(more, button(r.speak, "privacy_consents", pressPrivacy, privacyConsents, 0))
	}
	asked, err := r.tx.PrivacyRequestsOf(r.actor.ID)
	if err != nil {
		return nil, err
	}
	if len(asked) > 0 {
		more = append(more, button(r.speak, "privacy_mine", pressPrivacy, privacyMine))
	}
	if len(more) > 0 {
		rows = append(rows, more)
	}
	if allowed, _ := council.May(r.actor, council.ActionPrivacy, council.Scope{}); allowed {
		rows = append(rows, []store.Button{button(r.speak, "privacy_open", pressPrivacy, privacyOpen)})
	}
	return rows, nil
}

// pressOwnData answers a press about personal data.
func (r *request) pressOwnData(arguments pressArguments) error {
	if !r.private {
		return r.stale()
	}
	if err := r.mayOwnData(); err != nil {
		return err
	}
	answers := map[string]func(*request, pressArguments) error{
		privacyHome: (*request).pressPrivacyHome, privacyText: (*request).pressPrivacyText, privacyConsents: (*request).pressConsents,
		privacyProfile: (*request).pressSeeProfile, privacyWithdraw: (*request).pressWithdrawConsent, privacyUnname: (*request).pressUnname,
		privacyAsk: (*request).pressAskPrivacy, privacyMine: (*request).pressMyRequests,
		privacyAnswer: (*request).pressAnswerPrivacy, privacyOpen: (*request).pressOpenRequests, privacySend: (*request).pressSendPrivacy,
	}
	answer, known := answers[arguments.text(0)]
	if !known {
		return r.stale()
	}
	return answer(r, arguments[1:])
}
