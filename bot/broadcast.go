package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressOfficial is what the buttons of official notices mean; what is done, and the key of
// a draft or the number of the notice, follow.
const pressOfficial = "offi"

// What a button of official notices does. These words stand in buttons: they are added to,
// never changed.
const (
	offToggle = "tog"  // adds or takes away addressees
	offGroups = "grp"  // shows a page of groups
	offOn     = "on"   // goes on with what is still missing
	offBreach = "brea" // it is about a breach
	offOther  = "oth"  // it is about something else
	offTo     = "to"   // asks for whom it is
	offText   = "text" // asks for what it says
	offFound  = "fnd"  // asks when it was found
	offNow    = "now"  // it was found just now
	offChange = "chg"  // shows what can be changed
	offSend   = "send"
	offDrop   = "drop"

	offUnread  = annNotRead // who has not read it
	offLost    = "lost"     // who could not be reached in private
	offFollow  = "fol"      // a notice that continues it
	offAgain   = "again"    // sends to whom it could not be sent
	offClose   = "close"    // asks whether nothing is left to be done
	offCloseOn = "closy"    // closes it
	offOpen    = "clon"     // leaves it open
)

const dialogOfficial = "official"

// notify is /siaran: an official notice, as of a breach of personal data, in one go or
// step by step; with a reference, that notice, and with words behind it what follows on it.
func (r *request) notify() error {
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("official_in_private")
	}
	word, rest := firstWord(strings.TrimSpace(r.text))
	reference, named := council.ParseReference(word)
	if !named && r.about.Letter == council.OfficialLetter {
		reference, named, rest = r.about, true, strings.TrimSpace(r.text)
	}
	if !named || reference.Letter != council.OfficialLetter {
		draft, err := r.readOfficial(strings.TrimSpace(r.text))
		if err != nil {
			return err
		}
		return r.goOnOfficial(draft)
	}
	notice, err := r.official(reference.Number)
	if err != nil {
		return err
	}
	if rest = strings.TrimLeft(rest, " :–-"); rest == "" {
		return r.showOverviewAfresh(notice)
	}
	draft := r.following(notice)
	draft.Text = rest
	return r.goOnOfficial(draft)
}

// official finds an official notice for a coordinator.
func (r *request) official(number int64) (council.Announcement, error) {
	notice, err := r.tx.Official(number)
	if errors.Is(err, store.ErrNotFound) {
		return notice, council.Refuse("no_such_thing", "Reference", council.OfficialReference(number).String())
	}
	return notice, err
}

// replyToOfficial takes an answer to the coordinator's own card as what follows; what
// people answer to a notice goes to nobody, and they are told who is there for them.
func (r *request) replyToOfficial() error {
	if !r.private {
		return nil
	}
	if r.aboutAs != cardAnnouncementOverview || !r.actor.Coordinates() {
		return r.reply(r.speak.Say("official.reply_hint", "Reference", r.about.String(), "Officer", r.Officer))
	}
	notice, err := r.official(r.about.Number)
	if err != nil {
		return err
	}
	draft := r.following(notice)
	draft.Text = strings.TrimSpace(r.text)
	return r.goOnOfficial(draft)
}

// pressOfficial answers the buttons of drafts and of the coordinator's card.
func (r *request) pressOfficial(arguments pressArguments) error {
	if err := r.may(council.ActionAnnouncement, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return r.stale()
	}
	onDraft := map[string]func(*request, officialDraft, pressArguments) error{
		offToggle: (*request).toggleOfficial, offGroups: (*request).officialGroups, offOn: (*request).goOnWith,
		offBreach: (*request).chooseBreach, offOther: (*request).chooseOther, offTo: (*request).askOfficialToAgain,
		offText: (*request).askOfficialTextAgain, offFound: (*request).askFoundAgain, offNow: (*request).foundNow,
		offChange: (*request).changeOfficial, offSend: (*request).sendOfficial, offDrop: (*request).dropOfficial,
	}
	if answer, known := onDraft[arguments.text(0)]; known {
		draft, waits, err := r.waitingOfficial(arguments.number(1))
		if err != nil || !waits {
			return errorsOr(err, r.stale())
		}
		return answer(r, draft, arguments[2:])
	}
	onCard := map[string]func(*request, council.Announcement, pressArguments) error{
		offUnread: (*request).pressNotRead, offLost: (*request).pressLost, offFollow: (*request).pressFollowOn, offAgain: (*request).pressSendAgain,
		offClose: (*request).askClose, offCloseOn: (*request).closeOfficial, offOpen: (*request).leaveOpen,
	}
	answer, known := onCard[arguments.text(0)]
	if !known {
		return r.stale()
	}
	notice, err := r.official(arguments.number(1))
	if err != nil {
		return err
	}
	return answer(r, notice, arguments)
}
