package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// consented tells whether what a person gives may be kept under the person. Those
// who work for the programme do so by their task; communities, and people outside
// every group, have agreed to the text as it is now.
func (r *request) consented(actor council.Actor) (bool, error) {
	if staff(actor) {
		return true, nil
	}
	versions, err := r.settlePrivacy()
	if err != nil {
		return false, err
	}
	applying, ok := council.PrivacyApplying(versions, r.now)
	if !ok {
		return false, nil
	}
	return r.tx.Consented(actor.ID, applying.Number)
}

// consentStep is what a draft waits for whose author has not agreed yet.
func (r *request) consentStep() string {
	if r.Officer == "" {
		return stepOfficer
	}
	return stepConsent
}

// askConsent shows a person the text about personal data, in private; asked is
// false when the person cannot be written to. While nobody is named who looks after
// personal data nobody can be asked: then the person is told that the idea waits.
func (r *request) askConsent(member council.Member) (asked bool, err error) {
	speak := r.speaker(member)
	if r.Officer == "" {
		if err := r.planOfficer(r.city.Timing.Calendar.NextAllowed(r.now)); err != nil {
			return false, err
		}
		return r.tell(member, "", "", speak.Say("consent.waits"))
	}
	shown, _, err := r.privacyNow(speak)
	if err != nil {
		return false, err
	}
	return r.tell(member, "", aboutConsent, shown.Short, consentRows(speak, shown, true)...)
}

// aboutConsent marks the text about personal data.
const aboutConsent = "consent"

// consentRows carry what is agreed to: the version, and the language it was read in.
func consentRows(speak locale.Speaker, shown privacyShown, short bool) [][]store.Button {
	agree := button(speak, "idea_agree", pressIdea, ideaAgree, int64(shown.Number), shown.language)
	refuse := button(speak, "idea_refuse", pressIdea, ideaRefuse, int64(shown.Number))
	if short {
		return [][]store.Button{{agree, button(speak, "idea_notice", pressIdea, ideaNotice, int64(shown.Number)), refuse}}
	}
	return [][]store.Button{{agree, refuse}, {button(speak, "consent_child", pressIdea, ideaChild, int64(shown.Number))}}
}

// pressNotice shows all of the text about personal data in the place of its summary.
func (r *request) pressNotice(int64, pressArguments) error {
	if !r.private {
		return r.stale()
	}
	shown, ok, err := r.privacyNow(r.speak)
	if err != nil || !ok {
		return errorsOr(err, r.stale())
	}
	if err := r.edit(shown.Full+"\n\n"+r.speak.Say("consent.ask"), consentRows(r.speak, shown, false)...); err != nil {
		return err
	}
	return r.toast("")
}

// pressAgree records that somebody agrees; what that person had written becomes
// ideas, of which the first is asked about.
func (r *request) pressAgree(version int64, rest pressArguments) error {
	if !r.private {
		return r.stale()
	}
	if err := r.mayGiveIdea(); err != nil {
		return err
	}
	shown, ok, err := r.privacyNow(r.speak)
	switch {
	case err != nil:
		return err
	case !ok || r.Officer == "":
		return r.alert(r.speak.Say("consent.waits"))
	case version != int64(shown.Number):
		if err := r.edit(shown.Short, consentRows(r.speak, shown, true)...); err != nil {
			return err
		}
		return r.toast(r.speak.Say("consent.changed"))
	}
	if agreed, err := r.consented(r.actor); err != nil || agreed {
		return errorsOr(err, r.agreedAlready())
	}
	if err := r.agree(shown.Number, rest.text(0)); err != nil {
		return err
	}
	text := r.speak.Say("consent.given", "Moment", r.speak.Moment(r.now, r.city.Zone), "Version", idText(version))
	coming, ok, err := r.privacyComing()
	if err != nil {
		return err
	}
	if ok {
		text += "\n" + r.speak.Say("privacy.coming", "Version", idText(int64(coming.Number)), "Day", r.speak.Day(coming.AppliesAt.In(r.city.Zone)))
	}
	if err := r.edit(text); err != nil {
		return err
	}
	if err := r.toast(r.speak.Say("consent.thanks")); err != nil {
		return err
	}
	return r.keepConsentedDrafts()
}

// agreedAlready answers whoever agrees once more.
func (r *request) agreedAlready() error {
	already := r.speak.Say("consent.already")
	drafts, err := r.draftsAt(stepProblem, stepBenefit, stepName)
	if err != nil || len(drafts) == 0 {
		return errorsOr(err, r.toast(already))
	}
	return r.askLost(drafts[0], already) // of which keepConsentedDrafts has asked
}

// agree keeps that the person agrees, as it can be shown later, and from now on the name.
func (r *request) agree(version int, language string) error {
	if err := r.tx.GiveConsent(council.Consent{
		MemberID: r.actor.ID, Purpose: council.ConsentIdeas, Version: version, Language: language, MessageID: r.pressed, GivenAt: r.now,
	}); err != nil {
		return err
	}
	user := r.press.From
	var err error
	if r.actor.Member, err = r.tx.Seen(user.ID, displayName(&user), user.Username, r.actor.Language, r.now); err != nil {
		return err
	}
	return r.record(council.Reference{}, council.EventConsented, "", "version", idText(int64(version)))
}

// pressRefuse forgets what was written by somebody who does not agree.
func (r *request) pressRefuse(int64, pressArguments) error {
	return r.forgetUnagreed("consent.refused")
}

// pressChild forgets what was written by somebody below 18, of whom nothing is kept: such
// an idea comes in with a parent or guardian.
func (r *request) pressChild(int64, pressArguments) error { return r.forgetUnagreed("consent.child") }

func (r *request) forgetUnagreed(key string) error {
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
	if err := r.edit(r.speak.Say(key)); err != nil {
		return err
	}
	return r.toast("")
}

// agreeToName keeps whether the person's name may be shown with an idea, which is asked
// by itself and for each idea.
func (r *request) agreeToName(idea council.Idea) error {
	if _, err := r.tx.WithdrawNames(r.actor.ID, idea.Reference(), r.now); err != nil || !idea.Named {
		return err
	}
	versions, err := r.tx.PrivacyVersions()
	if err != nil {
		return err
	}
	applying, _ := council.PrivacyApplying(versions, r.now)
	return r.tx.GiveConsent(council.Consent{
		MemberID: r.actor.ID, Purpose: council.ConsentName, Version: applying.Number, Language: r.actor.Language,
		MessageID: r.pressed, Subject: idea.Reference(), GivenAt: r.now,
	})
}

// withdrawConsent is /tarik_izin: from now on the person's name is shown on no idea
// and what is only a draft is forgotten. It takes effect in this very moment, and has a
// number like every request about one's data.
func (r *request) withdrawConsent() error {
	if err := r.mayOwnData(); err != nil {
		return err
	}
	asked, err := r.openPrivacyRequest(council.PrivacyWithdrawal)
	if err != nil {
		return err
	}
	given, err := r.tx.WithdrawConsent(r.actor.ID, r.now)
	if err != nil {
		return err
	}
	if err := r.forgetDrafts(); err != nil {
		return err
	}
	if err := r.record(council.Reference{}, council.EventConsentWithdrawn, ""); err != nil {
		return err
	}
	key := "consent.none"
	switch {
	case staff(r.actor):
		key = "consent.withdrawn_staff"
	case given:
		key = "consent.withdrawn"
		if err := r.tx.Unname(r.actor.ID); err != nil {
			return err
		}
	}
	if err := r.endPrivacyRequest(asked, council.PrivacyDone); err != nil {
		return err
	}
	return r.reply(r.speak.Say(key) + "\n" + r.speak.Say("privacy.numbered", "Reference", asked.Reference().String()))
}

// forgetDrafts forgets what the person has not finished giving, and takes the name off
// every idea.
func (r *request) forgetDrafts() error {
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
	return r.unnameEverywhere()
}

// unnameEverywhere takes the person's name off all with which it is shown only because
// the person wanted that.
func (r *request) unnameEverywhere() error { return errors.Join(r.unnameIdeas(), r.unnameQuestions()) }

// unnameQuestions takes the person's name off every question, and off its cards.
func (r *request) unnameQuestions() error {
	asked, err := r.tx.Questions(store.QuestionFilter{AskerID: r.actor.ID}, 0, -1)
	if err != nil {
		return err
	}
	for _, question := range asked {
		if !question.Named {
			continue
		}
		question.Named, question.ShownAs = false, ""
		question.Version++
		if err := errors.Join(r.tx.SaveQuestion(question), r.refreshQuestion(question)); err != nil {
			return err
		}
	}
	return nil
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
