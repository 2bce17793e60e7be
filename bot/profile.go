package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// addressChoices are the forms of address on buttons, by the key of the
// sentence that holds each. The word of a choice is what is kept.
var addressChoices = []string{"bapak", "ibu", "doctor", "professor"}

// Further answers to how somebody wishes to be addressed.
const (
	addressAsk  = "ask"
	addressType = "type"
	addressSkip = "skip"
)

// addressLimit is how many characters of a form of address are kept.
const addressLimit = 30

// profilePayload is in the link that opens one's profile in private.
const profilePayload = "profile"

// profile shows a person what the bot knows about them.
func (r *request) profile() error {
	if err := r.may(council.ActionOwnProfile, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.reply(r.speak.Say("profile.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(profilePayload)}})
	}
	positions, err := r.ownPositions()
	if err != nil {
		return err
	}
	return r.reply(r.profileText()+positions,
		[]store.Button{button(r.speak, "address", pressAddress, addressAsk)},
		r.languageButtons())
}

func (r *request) profileText() string {
	var roles, groups []string
	for _, role := range council.Roles {
		if r.actor.Has(role) {
			roles = append(roles, r.roleName(role))
		}
	}
	for _, group := range r.actor.Groups {
		groups = append(groups, r.groupName(group))
	}
	address := r.actor.Address
	if address == "" {
		address = r.speak.Say("profile.no_address")
	}
	return r.speak.Say("profile.text", "Name", r.ownNameKept(), "Address", address, "Roles", listOr(roles, "–"),
		"Groups", listOr(groups, "–"), "Language", r.speak.Say("language.name_"+r.actor.Language))
}

// ownNameKept is the name that is kept of the person who acts.
func (r *request) ownNameKept() string {
	if r.actor.Name == "" && r.actor.Username == "" {
		return r.speak.Say("profile.no_name")
	}
	return r.actor.Label()
}

func listOr(words []string, none string) string {
	if len(words) == 0 {
		return none
	}
	return strings.Join(words, ", ")
}

// askAddressOnce asks somebody who works for the programme for the form of
// address, the first time.
func (r *request) askAddressOnce() error {
	key := "address_asked:" + idText(r.actor.ID)
	asked, err := r.tx.Setting(key)
	if err != nil || asked != "" || r.actor.Address != "" || !staff(r.actor) {
		return err
	}
	if err := r.tx.SetSetting(key, "yes"); err != nil {
		return err
	}
	return r.reply(r.speak.Say("profile.ask_address"), r.addressButtons()...)
}

func (r *request) addressButtons() [][]store.Button {
	var row []store.Button
	for _, choice := range addressChoices {
		row = append(row, store.Button{Text: r.speak.Say("profile.address." + choice), Data: data(pressAddress, choice)})
	}
	return [][]store.Button{row, {
		button(r.speak, "address_type", pressAddress, addressType), button(r.speak, "address_skip", pressAddress, addressSkip),
	}}
}

// pressAddress takes the form of address of whoever presses.
func (r *request) pressAddress(arguments pressArguments) error {
	if err := r.may(council.ActionOwnProfile, council.Scope{}); err != nil {
		return err
	}
	choice := arguments.text(0)
	var text string
	var rows [][]store.Button
	var err error
	switch {
	case r.private && choice == addressAsk:
		text, rows = r.speak.Say("profile.ask_address"), r.addressButtons()
	case r.private && choice == addressSkip:
		text = r.speak.Say("profile.skipped")
	case r.private && choice == addressType:
		text = r.speak.Say("profile.type_address")
		err = r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogAddress, Step: addressType}, r.now)
	case r.private && slices.Contains(addressChoices, choice):
		text, err = r.setAddress(r.speak.Say("profile.address." + choice))
	default:
		return r.toast(r.speak.Say("press.stale"))
	}
	if err != nil {
		return err
	}
	if err := r.toast(""); err != nil {
		return err
	}
	return r.edit(text, rows...)
}

// answerAddress takes a form of address that is on no button.
func (r *request) answerAddress(store.Dialog) error {
	if err := r.may(council.ActionOwnProfile, council.Scope{}); err != nil {
		return err
	}
	address := shorten(strings.Join(strings.Fields(r.text), " "), addressLimit)
	if address == "" {
		return r.reply(r.speak.Say("profile.type_address"))
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	text, err := r.setAddress(address)
	if err != nil {
		return err
	}
	return r.reply(text)
}

func (r *request) setAddress(address string) (string, error) {
	if err := r.tx.SetAddress(r.actor.ID, address); err != nil {
		return "", err
	}
	r.actor.Address = address
	return r.speak.Say("profile.addressed", "Person", greetPerson(r.speak, r.actor.Member)), nil
}
