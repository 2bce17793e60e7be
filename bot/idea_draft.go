package bot

import (
	"errors"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// ownIdeaDraft finds a draft of the person who presses.
func (r *request) ownIdeaDraft(id int64) (draft store.IdeaDraft, found bool, err error) {
	draft, err = r.tx.IdeaDraft(id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return draft, false, r.toast(r.speak.Say("idea.toast.nothing_open"))
	case err != nil:
		return draft, false, err
	case draft.MemberID != r.actor.ID:
		return draft, false, r.alert(r.speak.Say("idea.toast.not_yours"))
	}
	return draft, true, nil
}

// pressGoOn brings what a draft waits for into the private chat.
func (r *request) pressGoOn(id int64, _ pressArguments) error {
	draft, found, err := r.ownIdeaDraft(id)
	if err != nil || !found {
		return err
	}
	if r.actor.Reach != council.ReachOpen {
		return r.alert(r.speak.Say("idea.toast.open_private", "Bot", r.Username()))
	}
	if err := r.goOnDraft(draft); err != nil {
		return err
	}
	return r.toast(r.speak.Say("idea.toast.in_private"))
}

// goOnDraft says in private again what a draft waits for.
func (r *request) goOnDraft(draft store.IdeaDraft) error {
	switch draft.Step {
	case stepConsent, stepOfficer:
		_, err := r.askConsent(r.actor.Member)
		return err
	case stepDoubt, stepLater:
		return r.offerIdeaDraft(draft, 1)
	}
	return r.askStep(draft, "")
}

// continueIdea goes on with the newest idea on its way, as the link from a group
// asks; going is false when there is none.
func (r *request) continueIdea() (going bool, err error) {
	drafts, err := r.tx.IdeaDrafts(r.actor.ID)
	if err != nil || len(drafts) == 0 {
		return false, err
	}
	return true, r.goOnDraft(drafts[len(drafts)-1])
}

// offerIdeaDraft shows in private a draft that waits for its author's word. count is
// how many there are.
func (r *request) offerIdeaDraft(draft store.IdeaDraft, count int) error {
	speak := r.speaker(r.actor.Member)
	text := speak.Count("idea.draft", count, "Text", shorten(draft.Text, textLimit/4))
	_, err := r.tell(r.actor.Member, "", "", text, []store.Button{
		button(speak, "idea_go_on", pressIdea, ideaAnyway, draft.ID), button(speak, "idea_drop", pressIdea, ideaDrop, draft.ID),
	})
	return err
}

// pressAnyway takes as an idea what had been put aside.
func (r *request) pressAnyway(id int64, _ pressArguments) error {
	draft, found, err := r.ownIdeaDraft(id)
	if err != nil || !found {
		return err
	}
	if draft.Step != stepDoubt && draft.Step != stepLater {
		return r.toast(r.speak.Say("idea.toast.nothing_open"))
	}
	if err := r.mayGiveIdea(); err != nil {
		return err
	}
	if full, err := r.tooManyBut(draft.ID); err != nil || full != "" {
		return errorsOr(err, r.alert(r.speak.Say("idea.later."+full, "Limit", idText(council.IdeasADay))))
	}
	if r.private {
		if err := r.edit(r.speak.Say("idea.anyway", "Text", shorten(draft.Text, textLimit/4))); err != nil {
			return err
		}
	}
	if err := r.acceptIdea(draft); err != nil {
		return err
	}
	return r.toast(r.speak.Say("idea.toast.in_private"))
}

// pressDropIdeaDraft forgets a draft.
func (r *request) pressDropIdeaDraft(id int64, _ pressArguments) error {
	draft, found, err := r.ownIdeaDraft(id)
	if err != nil || !found {
		return err
	}
	if draft.Number != 0 {
		return r.toast(r.speak.Say("idea.toast.nothing_open"))
	}
	if err := r.tx.DropIdeaDraft(draft.ID); err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("idea.dropped", "Text", shorten(draft.Text, textLimit/2))); err != nil {
		return err
	}
	return r.toast("")
}

// askLost asks again what a draft waits for where the question has not arrived, as far as
// is known: whoever presses what was answered already may see nothing newer. Otherwise it
// only says that nothing is left to do here.
func (r *request) askLost(draft store.IdeaDraft, nothing string) error {
	reference, about := questionOf(draft)
	shown, err := r.tx.Shown(r.actor.TelegramID, reference, about)
	if err != nil || shown || about == "" {
		return errorsOr(err, r.toast(nothing))
	}
	if err := r.askStep(draft, ""); err != nil {
		return err
	}
	return r.toast("")
}

// pressSkip leaves one of the three questions out.
func (r *request) pressSkip(id int64, rest pressArguments) error {
	draft, found, err := r.ownIdeaDraft(id)
	if err != nil || !found {
		return err
	}
	if draft.Number == 0 || draft.Step != rest.text(0) {
		return r.askLost(draft, r.speak.Say("idea.toast.nothing_open"))
	}
	idea, err := r.idea(draft.Number)
	if err != nil {
		return err
	}
	if err := r.edit(r.stepQuestion(r.speak, draft.Step) + "\n" + r.speak.Say("idea.ask.skipped")); err != nil {
		return err
	}
	if err := r.nextStep(draft, idea, ""); err != nil {
		return err
	}
	return r.toast("")
}

// pressNamed takes whether the author's name may be shown.
func (r *request) pressNamed(id int64, rest pressArguments) error {
	draft, found, err := r.ownIdeaDraft(id)
	if err != nil || !found {
		return err
	}
	if draft.Number == 0 || draft.Step != stepName {
		return r.askLost(draft, r.speak.Say("idea.toast.nothing_open"))
	}
	idea, err := r.idea(draft.Number)
	if err != nil {
		return err
	}
	idea.Named = rest.text(0) == "1"
	idea.Version++
	if err := r.keepIdeaAs(idea, council.EventCorrected, ""); err != nil {
		return err
	}
	if err := r.agreeToName(idea); err != nil {
		return err
	}
	label := "button.idea_unnamed"
	if idea.Named {
		label = "button.idea_named"
	}
	if err := r.edit(r.stepQuestion(r.speak, stepName) + "\n" + r.speak.Say(label)); err != nil {
		return err
	}
	if err := r.nextStep(draft, idea, ""); err != nil {
		return err
	}
	return r.toast("")
}

// cancelIdea ends what is asked about an idea, as /batal asks; cancelled is false
// when something else or nothing is asked.
func (r *request) cancelIdea() (cancelled bool, err error) {
	open, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || open.Kind != dialogIdea {
		return false, notFoundIsNil(err)
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return true, err
	}
	draft, err := r.tx.IdeaDraft(pressArguments{open.Data}.number(0))
	if err != nil {
		return true, errorsOr(err, r.reply(r.speak.Say("dialog.cancelled")))
	}
	if err := r.tx.DropIdeaDraft(draft.ID); err != nil {
		return true, err
	}
	if draft.Number == 0 {
		return true, r.reply(r.speak.Say("dialog.cancelled"))
	}
	reference := council.Reference{Letter: council.IdeaLetter, Number: draft.Number}.String()
	if err := r.reply(r.speak.Say("idea.enough", "Reference", reference)); err != nil {
		return true, err
	}
	idea, err := r.idea(draft.Number)
	if err != nil {
		return true, err
	}
	_, err = r.offerAlike(idea)
	return true, err
}

// addToIdeaAlbum adds a further file of an album to the idea that its first one gave.
func (r *request) addToIdeaAlbum() (added bool, err error) {
	if added, err := r.addToExplanation(); added || err != nil {
		return added, err
	}
	draft, err := r.tx.IdeaDraftOf(r.chatID, r.actor.ID, r.message.MediaGroupID)
	if err != nil {
		return false, notFoundIsNil(err)
	}
	files := r.filesToKeep(filesOf(r.message))
	if draft.Number == 0 {
		draft.Files = append(draft.Files, files...)
		return true, r.tx.SaveIdeaDraft(draft)
	}
	for _, file := range files {
		file.Subject = council.Reference{Letter: council.IdeaLetter, Number: draft.Number}.String()
		if err := r.tx.Attach(file, r.now); err != nil {
			return true, err
		}
	}
	return true, nil
}

// correctIdea takes the edited message that gave an idea, as long as nobody else
// has had it in hand.
func (r *request) correctIdea(message *models.Message) error {
	text := r.readIdea(message).Text
	if reading.Judge(text).Personal {
		return r.sayOnce("personal", tenMinutes, r.speak.Say("idea.not.personal"))
	}
	draft, err := r.tx.IdeaDraftAt(r.chatID, message.ID)
	if err == nil && draft.Number == 0 && draft.MemberID == r.actor.ID && text != "" {
		draft.Text = text
		return r.tx.SaveIdeaDraft(draft)
	}
	if notFoundIsNil(err) != nil {
		return err
	}
	idea, err := r.tx.IdeaAt(r.chatID, message.ID)
	text, cut := cutTo(text, council.IdeaTextLimit)
	if err != nil || idea.SubmitterID != r.actor.ID || text == "" || text == idea.Text {
		return notFoundIsNil(err)
	}
	reference := idea.Reference().String()
	if idea.State != council.IdeaSubmitted {
		return council.Refuse("idea_touched", "Reference", reference)
	}
	judgement, terms := reading.Judge(text), reading.Terms(text)
	idea.Text, idea.Title, idea.NeedsBudget, idea.Complaint = text, ideaTitle(text), judgement.Budget, judgement.Complaint
	idea.Dimension = council.Dimension(reading.Dimension(terms))
	idea.Version++
	if err := r.tx.SetIdeaTerms(idea.Number, termsOf(terms)); err != nil {
		return err
	}
	if err := r.keepIdeaAs(idea, council.EventCorrected, ""); err != nil {
		return err
	}
	if err := r.findAlike(idea, terms); err != nil {
		return err
	}
	said := r.speak.Say("idea.corrected", "Reference", reference)
	if cut {
		said += "\n" + r.speak.Say("idea.cut", "Limit", idText(council.IdeaTextLimit))
	}
	return r.replyAbout(reference, cardIdeaGiven, strings.TrimSpace(said))
}
