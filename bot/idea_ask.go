package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dialogIdea asks for the words of an idea, and for what is still missing of one:
// Step is what, Data the id of the draft.
const dialogIdea = "idea"

// What messages about an idea are, beside its reference. Behind those that ask
// stands the id of the draft. These words stand in the database: they are added
// to, never changed.
const (
	aboutIdeaProblem = "idea problem"
	aboutIdeaBenefit = "idea benefit"
	aboutIdeaName    = "idea name"
)

// ideaSteps are the three questions, in their order.
var ideaSteps = []struct{ step, about, next string }{
	{stepProblem, aboutIdeaProblem, stepBenefit},
	{stepBenefit, aboutIdeaBenefit, stepName},
	{stepName, aboutIdeaName, ""},
}

// questionOf is what the question is about for which a draft waits, and of which kind the
// message is that asks it; nothing of a draft that waits for something else.
func questionOf(draft store.IdeaDraft) (reference, about string) {
	for _, known := range ideaSteps {
		if known.step == draft.Step {
			return council.Reference{Letter: council.IdeaLetter, Number: draft.Number}.String(), kindOf(known.about, draft.ID)
		}
	}
	return "", ""
}

// askStep asks the author in private for what a draft waits for. before is said in
// front of it. Whoever cannot be written to goes on from the group.
func (r *request) askStep(draft store.IdeaDraft, before string) error {
	reference, about := questionOf(draft)
	if about == "" {
		return nil
	}
	member := r.actor.Member
	speak := r.speaker(member)
	text := reference + " · " + r.stepQuestion(speak, draft.Step)
	if before != "" {
		text = before + "\n" + r.stepQuestion(speak, draft.Step)
	}
	row := []store.Button{button(speak, "idea_skip", pressIdea, ideaSkip, draft.ID, draft.Step)}
	if draft.Step == stepName {
		row = append([]store.Button{
			button(speak, "idea_named", pressIdea, ideaNamed, draft.ID, 1), button(speak, "idea_unnamed", pressIdea, ideaNamed, draft.ID, 0),
		}, row...)
	}
	said, err := r.tell(member, reference, about, text, row)
	if err != nil || !said {
		return err
	}
	return r.awaitStep(draft)
}

func (r *request) stepQuestion(speak speaker, step string) string {
	member := r.actor.Member
	member.Name = r.shownName()
	return speak.Say("idea.ask."+step, "Person", greetPerson(speak, member))
}

// awaitStep takes the author's next words in private as the answer. What somebody
// is asked there already is not cut short by what was said in a group.
func (r *request) awaitStep(draft store.IdeaDraft) error {
	open, err := r.tx.Dialog(r.actor.TelegramID, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	if err == nil && open.Kind != dialogIdea && !r.private {
		return nil
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.actor.TelegramID, MemberID: r.actor.ID, Kind: dialogIdea, Step: draft.Step, Data: idText(draft.ID)}, r.now)
}

// ideaResumed is for how long after giving an idea the person's words in private
// are taken as an answer, when a command has come in between.
const ideaResumed = 24 * time.Hour

// resumeIdea goes on waiting for an answer about an idea after a command that has
// ended the question, as long as nothing else is asked.
func (r *request) resumeIdea() error {
	_, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err == nil || notFoundIsNil(err) != nil {
		return err
	}
	drafts, err := r.draftsAt(stepWords, stepProblem, stepBenefit, stepName)
	if err != nil || len(drafts) == 0 {
		return err
	}
	newest := drafts[len(drafts)-1]
	since := newest.CreatedAt
	if newest.Number != 0 {
		idea, err := r.idea(newest.Number)
		if err != nil {
			return err
		}
		since = idea.CreatedAt
	}
	if newest.Place.ChatID != r.chatID && newest.Step == stepWords || r.now.Sub(since) > ideaResumed {
		return nil
	}
	return r.awaitStep(newest)
}

// endIdeaDialog ends what is asked of a person in private about an idea.
func (r *request) endIdeaDialog() error {
	open, err := r.tx.Dialog(r.actor.TelegramID, r.actor.ID)
	if err != nil || open.Kind != dialogIdea {
		return notFoundIsNil(err)
	}
	_, err = r.tx.EndDialog(r.actor.TelegramID, r.actor.ID)
	return err
}

// answerIdea takes words that were asked for: an idea, or what was missing of one.
func (r *request) answerIdea(dialog store.Dialog) error {
	draft, err := r.tx.IdeaDraft(pressArguments{dialog.Data}.number(0))
	if err != nil || draft.MemberID != r.actor.ID {
		return errorsOr(err, r.cancel())
	}
	if draft.Step != stepWords {
		idea, err := r.idea(draft.Number)
		if err != nil {
			return err
		}
		return r.takeDetail(idea, draft.Step, draft.ID)
	}
	draft.Files = append(draft.Files, r.filesToKeep(filesOf(r.message))...)
	if strings.TrimSpace(r.text) == "" {
		if err := r.tx.SaveIdeaDraft(draft); err != nil {
			return err
		}
		return r.sayOnce("words "+idText(draft.ID), tenMinutes, r.speak.Say("idea.ask.what_files"))
	}
	draft.Text, draft.Place.MessageID, draft.Album = strings.TrimSpace(r.text), r.message.ID, r.message.MediaGroupID
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	return r.takeIdea(draft)
}

// replyToAsked takes a reply to one of the three questions, also later.
func (r *request) replyToAsked(idea council.Idea) error {
	kind, id := splitKind(r.aboutAs)
	for _, known := range ideaSteps {
		if known.about == kind {
			return r.takeDetail(idea, known.step, id)
		}
	}
	return nil
}

// takeDetail takes an answer to one of the three questions, and goes on with the
// next when this one was open.
func (r *request) takeDetail(idea council.Idea, step string, draftID int64) error {
	reference := idea.Reference().String()
	if idea.SubmitterID != r.actor.ID {
		return council.Refuse("idea_not_yours", "Reference", reference)
	}
	for _, file := range r.filesToKeep(filesOf(r.message)) {
		file.Subject = reference
		if err := r.tx.Attach(file, r.now); err != nil {
			return err
		}
	}
	text := strings.TrimSpace(r.text)
	if reading.Judge(text).Personal {
		return r.reply(r.speak.Say("idea.not.personal"))
	}
	if text == "" {
		return r.sayOnce("detail "+reference+r.message.MediaGroupID, tenMinutes, r.speak.Say("idea.ask.attached", "Reference", reference))
	}
	before := ""
	switch step {
	case stepProblem:
		idea.Problem, before = r.cutDetail(text)
	case stepBenefit:
		idea.Benefit, before = r.cutDetail(text)
	case stepName:
		answer, known := locale.Meaning("prompt_yes_no", text)
		if !known {
			return r.askStep(store.IdeaDraft{ID: draftID, MemberID: r.actor.ID, Number: idea.Number, Step: stepName}, r.speak.Say("idea.ask.name_again"))
		}
		idea.Named = answer == "yes"
	}
	idea.Version++
	if err := r.keepIdeaAs(idea, council.EventCorrected, ""); err != nil {
		return err
	}
	if step == stepName {
		if err := r.agreeToName(idea); err != nil {
			return err
		}
	}
	draft, err := r.tx.IdeaDraft(draftID)
	switch {
	case notFoundIsNil(err) != nil:
		return err
	case err != nil || draft.Step != step:
		return r.replyAbout(reference, cardIdeaGiven, strings.TrimSpace(before+"\n"+r.speak.Say("idea.detail_kept", "Reference", reference)))
	}
	return r.nextStep(draft, idea, before)
}

// cutDetail shortens an answer to what is kept of it, and says so when some is not.
func (r *request) cutDetail(text string) (kept, said string) {
	kept, cut := cutTo(text, council.IdeaDetailLimit)
	if cut {
		said = r.speaker(r.actor.Member).Say("idea.cut", "Limit", idText(council.IdeaDetailLimit))
	}
	return kept, said
}

// nextStep asks the next question about an idea, or says that all is kept.
func (r *request) nextStep(draft store.IdeaDraft, idea council.Idea, before string) error {
	for _, known := range ideaSteps {
		if known.step != draft.Step {
			continue
		}
		if known.next == "" {
			return r.finishIdea(draft, idea)
		}
		draft.Step = known.next
		if err := r.tx.SaveIdeaDraft(draft); err != nil {
			return err
		}
		return r.askStep(draft, before)
	}
	return nil
}

// finishIdea says that an idea is kept with all that was asked, by when the council
// looks at it, and whether others had it as well.
func (r *request) finishIdea(draft store.IdeaDraft, idea council.Idea) error {
	if err := r.tx.DropIdeaDraft(draft.ID); err != nil {
		return err
	}
	if err := r.endIdeaDialog(); err != nil {
		return err
	}
	speak, reference := r.speaker(r.actor.Member), idea.Reference().String()
	text := speak.Say("idea.done", "Reference", reference, "Title", idea.Title, "Day", speak.Day(idea.ReviewBy.In(r.city.Zone)), "Address", r.actor.Address)
	if idea.NeedsBudget {
		text += "\n" + speak.Say("idea.budget")
	}
	rows := [][]store.Button{{button(speak, "idea_withdraw", pressIdea, ideaWithdraw, idea.Number)}}
	others, err := r.draftsAt(stepProblem, stepBenefit, stepName)
	if err != nil {
		return err
	}
	if len(others) > 0 {
		other := council.Reference{Letter: council.IdeaLetter, Number: others[0].Number}.String()
		rows = append(rows, []store.Button{{Text: speak.Say("button.idea_complete", "Reference", other), Data: data(pressIdea, ideaGoOn, others[0].ID)}})
	}
	if _, err := r.tell(r.actor.Member, reference, cardIdeaGiven, text, rows...); err != nil {
		return err
	}
	_, err = r.offerAlike(idea)
	return err
}
