package bot

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// noticeVersion is the version of the text about personal data ("consent.notice" and
// "consent.full"). It grows with every change of what the text says: those who
// agreed to an earlier one are asked again.
const noticeVersion = 1

// consented tells whether what a person gives may be kept under the person. Those
// who work for the programme do so by their task; communities, and people outside
// every group, have agreed to the text as it is now.
func (r *request) consented(actor council.Actor) (bool, error) {
	if staff(actor) {
		return true, nil
	}
	return r.tx.Consented(actor.ID, noticeVersion)
}

// askConsent shows a person the text about personal data, in private; asked is
// false when the person cannot be written to.
func (r *request) askConsent(member council.Member) (asked bool, err error) {
	speak := r.speaker(member)
	return r.tell(member, "", aboutConsent, speak.Say("consent.notice", "City", r.city.Name), r.consentRow(speak, true))
}

// aboutConsent marks the text about personal data.
const aboutConsent = "consent"

func (r *request) consentRow(speak speaker, short bool) []store.Button {
	row := []store.Button{button(speak, "idea_agree", pressIdea, ideaAgree, int64(noticeVersion))}
	if short {
		row = append(row, button(speak, "idea_notice", pressIdea, ideaNotice, int64(noticeVersion)))
	}
	return append(row, button(speak, "idea_refuse", pressIdea, ideaRefuse, int64(noticeVersion)))
}

// pressNotice shows all of the text about personal data in the place of its summary.
func (r *request) pressNotice(int64, pressArguments) error {
	if !r.private {
		return r.stale()
	}
	if err := r.edit(r.speak.Say("consent.full", "City", r.city.Name), r.consentRow(r.speak, false)); err != nil {
		return err
	}
	return r.toast("")
}

// pressAgree records that somebody agrees; what that person had written becomes
// ideas, of which the first is asked about.
func (r *request) pressAgree(version int64, _ pressArguments) error {
	if !r.private {
		return r.stale()
	}
	if err := r.mayGiveIdea(); err != nil {
		return err
	}
	if version != noticeVersion {
		if err := r.edit(r.speak.Say("consent.notice", "City", r.city.Name), r.consentRow(r.speak, true)); err != nil {
			return err
		}
		return r.toast(r.speak.Say("consent.changed"))
	}
	if agreed, err := r.consented(r.actor); err != nil || agreed {
		return errorsOr(err, r.toast(r.speak.Say("consent.already")))
	}
	if err := r.tx.GiveConsent(r.actor.ID, noticeVersion, r.now); err != nil {
		return err
	}
	user := r.press.From
	var err error
	if r.actor.Member, err = r.tx.Seen(user.ID, displayName(&user), user.Username, r.actor.Language, r.now); err != nil {
		return err
	}
	if err := r.record(council.Reference{}, council.EventConsented, "", "version", idText(noticeVersion)); err != nil {
		return err
	}
	text := r.speak.Say("consent.given", "Moment", r.speak.Moment(r.now, r.city.Zone), "Version", idText(noticeVersion))
	if err := r.edit(text); err != nil {
		return err
	}
	if err := r.toast(r.speak.Say("consent.thanks")); err != nil {
		return err
	}
	return r.keepConsentedDrafts()
}

// pressRefuse forgets what was written by somebody who does not agree.
func (r *request) pressRefuse(int64, pressArguments) error {
	if !r.private {
		return r.stale()
	}
	if agreed, err := r.consented(r.actor); err != nil || agreed {
		return errorsOr(err, r.toast(r.speak.Say("consent.already")))
	}
	if err := r.tx.DropUnkeptIdeas(r.actor.ID); err != nil {
		return err
	}
	if err := r.endIdeaDialog(); err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("consent.refused")); err != nil {
		return err
	}
	return r.toast("")
}

// withdrawConsent is /tarik_izin: from now on the person's name is shown on no idea
// and what is only a draft is forgotten. It takes effect in this very moment.
func (r *request) withdrawConsent() error {
	if err := r.mayGiveIdea(); err != nil {
		return err
	}
	given, err := r.tx.WithdrawConsent(r.actor.ID, r.now)
	if err != nil {
		return err
	}
	drafts, err := r.tx.IdeaDrafts(r.actor.ID)
	if err != nil {
		return err
	}
	for _, draft := range drafts {
		if err := r.tx.DropIdeaDraft(draft.ID); err != nil {
			return err
		}
	}
	if _, err := r.tx.EndDialog(r.actor.TelegramID, r.actor.ID); err != nil {
		return err
	}
	if err := r.unnameIdeas(); err != nil {
		return err
	}
	if err := r.record(council.Reference{}, council.EventConsentWithdrawn, ""); err != nil {
		return err
	}
	switch {
	case staff(r.actor):
		return r.reply(r.speak.Say("consent.withdrawn_staff"))
	case given:
		if err := r.tx.Unname(r.actor.ID); err != nil {
			return err
		}
		return r.reply(r.speak.Say("consent.withdrawn"))
	}
	return r.reply(r.speak.Say("consent.none"))
}

// unnameIdeas takes the person's name off every idea, and off every card in a group.
func (r *request) unnameIdeas() error {
	ideas, err := r.tx.IdeasBy(r.actor.ID, time.Time{})
	if err != nil {
		return err
	}
	if err := r.tx.UnnameIdeas(r.actor.ID); err != nil {
		return err
	}
	for _, idea := range ideas {
		if !idea.Named {
			continue
		}
		if err := r.refreshIdea(idea.Number); err != nil {
			return err
		}
	}
	return nil
}
