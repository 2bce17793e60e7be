package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// pressErase answers the buttons about the erasing of one's own data.
const pressErase = "erase"

// What such a button does.
const (
	erasePreview = "ask" // show what goes and what stays
	eraseConfirm = "yes"
	eraseRefrain = "no"
)

// erasePayload is in the link that opens this in private.
const erasePayload = "hapus_data"

// erase is /hapus_data: it shows what would be erased and what stays, and why.
func (r *request) erase() error {
	if err := r.mayOwnData(); err != nil {
		return err
	}
	if !r.private {
		return r.reply(r.speak.Say("erase.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(erasePayload)}})
	}
	text, row, err := r.erasePreview()
	if err != nil {
		return err
	}
	return r.reply(text, row)
}

// pressErase answers a press about erasing.
func (r *request) pressErase(arguments pressArguments) error {
	if !r.private {
		return r.stale()
	}
	if err := r.mayOwnData(); err != nil {
		return err
	}
	switch arguments.text(0) {
	case erasePreview:
		text, row, err := r.erasePreview()
		if err != nil {
			return err
		}
		return errorsOr(r.reply(text, row), r.toast(""))
	case eraseRefrain:
		return errorsOr(r.edit(r.speak.Say("erase.refrained")), r.toast(""))
	case eraseConfirm:
		return r.eraseNow()
	}
	return r.stale()
}

// erasePreview says what goes, what stays without the person and why, and what others
// will have to take over.
func (r *request) erasePreview() (string, []store.Button, error) {
	if err := r.mayBeErased(); err != nil {
		return "", nil, err
	}
	kept, err := r.tx.KeptOf(r.actor.ID)
	if err != nil {
		return "", nil, err
	}
	left, err := r.leavesBehind(r.actor.Member)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.speak.Say("erase.head"), "", r.speak.Say("erase.goes")}
	for _, part := range []struct {
		key   string
		count int
	}{{"ideas", kept.Ideas}, {"supports", kept.Supports}, {"questions", kept.Questions}, {"answers", kept.Answers},
		{"comments", kept.Comments}, {"reminders", kept.Reminders}, {"files", kept.Files}, {"drafts", kept.Drafts}} {
		if part.count > 0 {
			lines = append(lines, "• "+r.speak.Count("erase.count."+part.key, part.count))
		}
	}
	lines = append(lines, "", r.speak.Say("erase.stays", "Ideas", kept.DecidedIdeas, "Evidence", kept.Verified, "Tasks", kept.Done))
	if !left.empty() {
		lines = append(lines, "", r.speak.Say("erase.open", "References", joinShortly(r.speak, r.leftNames(r.speak, left))))
	}
	lines = append(lines, "", r.speak.Say("erase.beyond"), "", r.speak.Say("erase.sure"))
	return strings.Join(lines, "\n"), []store.Button{button(r.speak, "erase_confirm", pressErase, eraseConfirm), button(r.speak, "erase_refrain", pressErase, eraseRefrain)}, nil
}

// mayBeErased refuses those without whom nobody whom the bot can write to would look
// after the city, with what is to be done first.
func (r *request) mayBeErased() error {
	if !r.actor.Coordinates() {
		return nil
	}
	if slices.Contains(r.Owners, r.actor.TelegramID) {
		return council.Refuse("erase_owner")
	}
	others, err := r.others(coordinators(r.tx))
	if err == nil && !slices.ContainsFunc(others, council.Member.Answered) {
		return council.Refuse("erase_last_coordinator")
	}
	return err
}

// eraseNow erases what is kept of the person who presses, and says so once. Nothing tells
// afterwards to whom that was said.
func (r *request) eraseNow() error {
	if err := r.mayBeErased(); err != nil {
		return err
	}
	asked, err := r.openPrivacyRequest(council.PrivacyErasure)
	if err != nil {
		return err
	}
	if err := r.forgetMember(r.actor.Member, asked.Reference().String()); err != nil {
		return err
	}
	if err := r.endOwnPrivacyRequests(); err != nil {
		return err
	}
	done := store.Payload{MessageID: r.pressed, EditOnly: true, Text: r.speak.Say("erase.done", "Reference", asked.Reference().String(), "Moment", r.speak.Moment(r.now, r.city.Zone))}
	if err := r.lastWord(store.KindEdit, asked.Reference().String(), done); err != nil {
		return err
	}
	toast := store.Payload{PressID: r.press.ID, Text: r.speak.Say("erase.toast", "Reference", asked.Reference().String())}
	if err := r.lastWord(store.KindAnswer, asked.Reference().String()+" toast", toast); err != nil {
		return err
	}
	return r.tx.ForgetArrivals(r.chatID)
}

func (r *request) lastWord(kind store.Kind, about string, payload store.Payload) error {
	priority := store.PriorityAnswer
	if kind == store.KindAnswer {
		priority = store.PriorityPress
	}
	return r.tx.Queue(store.Outgoing{ChatID: r.chatID, Kind: kind, Priority: priority, UniqueKey: store.LastWord(about), Payload: payload}, time.Now())
}

// pressedAgain answers a second press of the button by which somebody was forgotten: the
// person is not known any more, and does not become known by it.
func (r *request) pressedAgain(press *models.CallbackQuery) (bool, error) {
	if press.Data != data(pressErase, eraseConfirm) {
		return false, nil
	}
	_, err := r.tx.MemberByTelegramID(press.From.ID)
	if err == nil || notFoundIsNil(err) != nil {
		return false, err
	}
	chat, _ := pressedMessage(press)
	r.chatID = chat.ID
	text := r.book.In(startLanguage(&press.From, r.city.Language)).Say("erase.again")
	if err := r.lastWord(store.KindAnswer, "press "+press.ID, store.Payload{PressID: press.ID, Text: text}); err != nil {
		return true, err
	}
	return true, r.tx.ForgetArrivals(r.chatID)
}

// erasedWords stand in the place of words that were erased, in the city's first language.
func (r *request) erasedWords() (blank, nameless string) {
	speak := r.book.In(locale.Indonesian)
	return speak.Say("erase.blank"), speak.Say("person.unknown")
}
