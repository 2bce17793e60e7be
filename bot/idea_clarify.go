package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What is done by button when the council wishes to know more of an idea; its number
// follows.
const (
	ideaAskDetail = "askd"  // [Minta penjelasan]
	ideaAskWhom   = "askto" // whom to ask: a member, or 0 for who gave the idea
)

// Messages in which a reply is a question of the council, or the explanation. The
// first carries whom to ask.
const (
	aboutIdeaAsk     = "idea ask"
	aboutIdeaExplain = "idea explain"
)

// dialogExplain takes a question or an explanation in private; its step is what it is
// about, its data the idea's number.
const dialogExplain = "idea_explain"

// pressAskDetail asks what is to be explained, and by whom where others than those who
// gave the idea may know.
func (r *request) pressAskDetail(number int64, _ pressArguments) error {
	idea, err := r.explainable(number)
	if err != nil {
		return err
	}
	rows, err := r.whomRows(idea)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return errors.Join(r.askForQuestion(idea, 0), r.toast(r.speak.Say("question.toast.write")))
	}
	text := r.speak.Say("idea_explain.whom", "Reference", idea.Reference().String())
	return errors.Join(r.queueHere(store.Payload{Text: text, Buttons: rows, Subject: idea.Reference().String(), About: aboutIdeaAsk, ReplyTo: r.pressed}), r.toast(""))
}

// explainable finds an idea about which the council may ask, and refuses who may not.
func (r *request) explainable(number int64) (council.Idea, error) {
	if err := r.may(council.ActionScoreIdea, council.Scope{}); err != nil {
		return council.Idea{}, err
	}
	if !r.private && r.group.Kind != council.KindCouncil {
		return council.Idea{}, council.Refuse("decide_elsewhere")
	}
	idea, err := r.standsFor(number)
	if err != nil {
		return idea, err
	}
	_, err = idea.Ask(r.now)
	return idea, err
}

// whomRows offers who gave the idea, and those in charge of its working group who can
// be written to; nothing when there is no choice.
func (r *request) whomRows(idea council.Idea) ([][]store.Button, error) {
	group, found, err := r.preparingGroup(idea)
	if err != nil || !found {
		return nil, err
	}
	ids, err := r.inChargeOf(group)
	if err != nil {
		return nil, err
	}
	members, err := membersOf(r.tx, ids)
	rows := [][]store.Button{{button(r.speak, "idea_ask_submitter", pressIdea, ideaAskWhom, idea.Number, 0)}}
	for _, member := range members {
		if member.Reach == council.ReachOpen && member.TelegramID != 0 && member.ID != idea.SubmitterID {
			rows = append(rows, []store.Button{{Text: namePerson(r.speak, member), Data: data(pressIdea, ideaAskWhom, idea.Number, member.ID)}})
		}
	}
	if len(rows) == 1 {
		return nil, err
	}
	return rows, err
}

// pressAskWhom asks for the question to somebody. Only who was offered can be asked.
func (r *request) pressAskWhom(number int64, rest pressArguments) error {
	idea, err := r.explainable(number)
	if err != nil {
		return err
	}
	if err := r.mayBeAsked(idea, rest.number(0)); err != nil {
		return err
	}
	return errors.Join(r.askForQuestion(idea, rest.number(0)), r.toast(r.speak.Say("question.toast.write")))
}

func (r *request) mayBeAsked(idea council.Idea, whom int64) error {
	if whom == 0 {
		return nil
	}
	group, _, err := r.preparingGroup(idea)
	if err != nil {
		return err
	}
	ids, err := r.inChargeOf(group)
	if err == nil && !slices.Contains(ids, whom) {
		return council.Refuse("idea_explain_whom", "Reference", idea.Reference().String())
	}
	return err
}

// askForQuestion asks for the question in words: in private the next message, in the
// group a reply.
func (r *request) askForQuestion(idea council.Idea, whom int64) error {
	payload := store.Payload{Subject: idea.Reference().String(), About: kindOf(aboutIdeaAsk, whom),
		Text: r.speak.Say("idea_explain.write", "Reference", idea.Reference().String())}
	if r.private {
		return errors.Join(r.awaitWords(r.chatID, r.actor.ID, payload.About, idea), r.queueHere(payload))
	}
	payload.ForceReply, payload.ReplyTo = true, r.pressed
	if r.actor.Username != "" {
		payload.Text = "@" + r.actor.Username + " " + payload.Text // whom Telegram asks for the reply
	}
	return r.queueHere(payload)
}

// awaitWords takes somebody's next words in private as what was asked for, unless
// something else is being asked there.
func (r *request) awaitWords(chatID, memberID int64, about string, idea council.Idea) error {
	dialog, err := r.tx.Dialog(chatID, memberID)
	if notFoundIsNil(err) != nil || err == nil && dialog.Kind != dialogExplain {
		return notFoundIsNil(err)
	}
	return r.tx.SetDialog(store.Dialog{ChatID: chatID, MemberID: memberID, Kind: dialogExplain, Step: about, Data: idText(idea.Number)}, r.now)
}

// answerExplain takes words in private that were asked for.
func (r *request) answerExplain(dialog store.Dialog) error {
	if dialog.Step == stepExplainAlbum { // the album is over: this is something else
		return errors.Join(r.endExplainDialog(), r.onPlain())
	}
	r.about, r.aboutAs = council.Reference{Letter: council.IdeaLetter, Number: pressArguments{dialog.Data}.number(0)}, dialog.Step
	return r.replyToIdea()
}

// replyAskDetail passes a question of the council on; the clock stands still until the
// explanation comes.
func (r *request) replyAskDetail(idea council.Idea) error {
	idea, err := r.explainable(idea.Number)
	if err != nil {
		return err
	}
	words, files := strings.TrimSpace(r.text), keptFiles(r.filesToKeep(filesOf(r.message)))
	if words == "" && len(files) == 0 {
		return nil
	}
	if err := tooLong(words, council.IdeaDetailLimit, "question_too_long"); err != nil {
		return err
	}
	_, whom := splitKind(r.aboutAs)
	if err := r.mayBeAsked(idea, whom); err != nil {
		return err
	}
	after, err := idea.Ask(r.now)
	if err != nil {
		return err
	}
	if err := r.endExplainDialog(); err != nil {
		return err
	}
	if err := r.passQuestionOn(idea, whom, words, files); err != nil {
		return err
	}
	if err := r.keepIdeaAs(after, council.EventClarified, words, "asked", idText(whom)); err != nil {
		return err
	}
	return r.replyAbout(idea.Reference().String(), cardIdeaReview, r.speak.Say("idea_explain.sent", "Reference", idea.Reference().String()))
}

func (r *request) endExplainDialog() error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogExplain {
		return notFoundIsNil(err)
	}
	_, err = r.tx.EndDialog(r.chatID, r.actor.ID)
	return err
}

// passQuestionOn asks one person in private; of those who gave the idea the first who
// can be written to, else all of them in the group where it was given.
func (r *request) passQuestionOn(idea council.Idea, whom int64, words string, files []store.File) error {
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	ids := family.Submitters()
	if whom != 0 {
		ids = []int64{whom}
	}
	say := func(speak locale.Speaker) store.Payload {
		return store.Payload{Subject: idea.Reference().String(), About: aboutIdeaExplain, Files: files, Text: speak.Say("idea_explain.asked",
			"Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit), "Text", words)}
	}
	members, err := membersOf(r.tx, ids)
	if err != nil {
		return err
	}
	for _, member := range members {
		if member.Reach != council.ReachOpen || member.TelegramID == 0 {
			continue
		}
		return errors.Join(queueWithFiles(r.tx, store.Outgoing{ChatID: member.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
			Payload: say(r.speaker(member))}), r.awaitWords(member.TelegramID, member.ID, aboutIdeaExplain, idea))
	}
	group, err := r.tx.Group(idea.FromGroup)
	if whom != 0 || err != nil || !group.Reachable {
		return errorsOr(notFoundIsNil(err), council.Refuse("idea_explain_unreached", "Reference", idea.Reference().String()))
	}
	payload := say(r.book.In(group.Language))
	payload.ReplyTo = idea.Origin.MessageID
	return queueWithFiles(r.tx, store.Outgoing{ChatID: group.ChatID, ThreadID: group.ThreadID, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload})
}

// passOverCouncil leaves what is said below the card to the council.
func (r *request) passOverCouncil(council.Idea) error { return nil }
