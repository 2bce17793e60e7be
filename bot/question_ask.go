package bot

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Kinds of drafts.
const (
	draftQuestion = "ask"
	draftAnswer   = "answer"
	draftSent     = "sent" // an answer that has left
)

// dialogQuestion asks in private for words about a question: Step is what they
// will be, Data the number of the question or of the draft.
const dialogQuestion = "question"

// stepAsk waits for what is asked.
const stepAsk = "ask"

// askQuestion is /tanya: to whom and what, in one line, or as a reply to the
// message that holds the question.
func (r *request) askQuestion() error {
	if err := r.mayAskHere(); err != nil {
		return err
	}
	draft, err := r.readQuestion(r.message)
	if err != nil {
		return err
	}
	if draft.Number, err = r.tx.ReserveQuestion(); err != nil {
		return err
	}
	if draft, err = r.tx.CreateQuestionDraft(draft, r.now); err != nil {
		return err
	}
	return r.goOnQuestion(draft)
}

// readQuestion reads what a message asks, and of whom. Of the message that it
// answers, the words and files are the question when it has no words of its own;
// else its author is who is asked, unless somebody else is named.
func (r *request) readQuestion(message *models.Message) (store.QuestionDraft, error) {
	full, entities := body(message)
	_, _, rest, _ := splitCommand(full, entities)
	draft := store.QuestionDraft{
		Kind: draftQuestion, MemberID: r.actor.ID, FromGroup: r.group.ID, Album: message.MediaGroupID,
		Place: council.Place{ChatID: r.chatID, ThreadID: r.thread, MessageID: message.ID}, Files: r.filesToKeep(filesOf(message)),
	}
	var err error
	if draft.To, draft.Text, err = r.readAddressee(rest, full, entities); err != nil {
		return draft, err
	}
	reply := message.ReplyToMessage
	if reply == nil || reply.From == nil || reply.From.IsBot {
		return draft, tooLong(draft.Text, council.QuestionLimit, "question_too_long")
	}
	switch {
	case draft.Text == "":
		draft.Text, _ = body(reply)
		draft.Files = append(r.filesToKeep(filesOf(reply)), draft.Files...)
	case draft.To == council.Addressee{} && reply.From.ID != r.actor.TelegramID && reply.SenderChat == nil:
		member, err := r.known(reply.From)
		if err != nil {
			return draft, err
		}
		draft.To.MemberID = member.ID
	}
	return draft, tooLong(draft.Text, council.QuestionLimit, "question_too_long")
}

// tooLong refuses what would not fit.
func tooLong(text string, limit int, code string) error {
	if length := utf8.RuneCountInString(text); length > limit {
		return council.Refuse(code, "Length", idText(int64(length)), "Limit", idText(int64(limit)))
	}
	return nil
}

// filesToKeep are files as they are kept with a draft.
func (r *request) filesToKeep(files []file) []store.Attachment {
	var kept []store.Attachment
	for _, f := range files {
		kept = append(kept, store.Attachment{Kind: f.Kind, FileID: f.ID, UniqueID: f.UniqueID, Name: f.Name, MemberID: r.actor.ID})
	}
	return kept
}

// goOnQuestion asks for what is missing of a question: what is asked, of whom, and
// whether the name may be shown.
func (r *request) goOnQuestion(draft store.QuestionDraft) error {
	if strings.TrimSpace(draft.Text) == "" && len(draft.Files) == 0 {
		return r.ask(dialogQuestion, stepAsk, idText(draft.ID), r.speak.Say("question.ask.what"))
	}
	return r.showAsked(draft)
}

// showAsked asks the asker, in one message that is edited, to whom the question
// goes, then whether the name may be shown.
func (r *request) showAsked(draft store.QuestionDraft) error {
	reference := draftReference(draft)
	var rows [][]store.Button
	var text string
	if draft.To == (council.Addressee{}) {
		groups, err := r.askable("", "")
		if err != nil {
			return err
		}
		if len(groups) == 0 {
			return council.Refuse("question_nobody")
		}
		text = r.speak.Say("question.ask.whom", "Reference", reference)
		rows = r.groupRows(groups, func(id int64) string { return data(pressQuestion, questionTo, draft.ID, "g", id) })
	} else {
		name, err := r.addresseeName(r.speak, draft.To)
		if err != nil {
			return err
		}
		text = r.speak.Say("question.ask.name", "Reference", reference, "To", name, "Person", greetPerson(r.speak, r.actor.Member))
		rows = [][]store.Button{{
			button(r.speak, "question_named", pressQuestion, questionName, draft.ID, 1),
			button(r.speak, "question_unnamed", pressQuestion, questionName, draft.ID, 0),
		}}
	}
	return r.queueQuestionCard(reference, cardAsked, draft.Place, store.Payload{Text: text, Buttons: rows, ReplyTo: r.replyIn(draft.Place)})
}

func draftReference(draft store.QuestionDraft) string {
	return council.Reference{Letter: council.QuestionLetter, Number: draft.Number}.String()
}

// groupRows offers groups, two to a row.
func (r *request) groupRows(groups []council.Group, press func(groupID int64) string) [][]store.Button {
	var rows [][]store.Button
	for i, group := range groups {
		if i%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: r.groupNameIn(r.speak, group), Data: press(group.ID)})
	}
	return rows
}

// replyIn is the message that is answered in a place: in private, where there is
// only one conversation, none.
func (r *request) replyIn(place council.Place) int {
	if place.ChatID > 0 {
		return 0
	}
	return place.MessageID
}

// ownDraft finds a draft of the person who presses; others, and those that are
// confirmed, have none.
func (r *request) ownDraft(id int64, kind string) (draft store.QuestionDraft, found bool, err error) {
	draft, err = r.tx.QuestionDraft(id)
	switch {
	case errors.Is(err, store.ErrNotFound) || err == nil && (draft.Kind != kind || draft.Place.ChatID != r.chatID):
		return draft, false, r.stale()
	case err != nil:
		return draft, false, err
	case draft.MemberID != r.actor.ID:
		return draft, false, r.alert(r.speak.Say("question.toast.not_writer"))
	}
	return draft, true, nil
}

// pressTo takes to whom a question is put.
func (r *request) pressTo(id int64, rest pressArguments) error {
	draft, found, err := r.ownDraft(id, draftQuestion)
	if err != nil || !found {
		return err
	}
	to, known, err := r.addresseeIn(rest)
	if err != nil {
		return err
	}
	if !known {
		return r.stale()
	}
	draft.To = to
	if err := r.tx.SaveQuestionDraft(draft); err != nil {
		return err
	}
	if err := r.showAsked(draft); err != nil {
		return err
	}
	return r.toast("")
}

// addresseeIn reads to whom a button puts a question, if there is such a one.
func (r *request) addresseeIn(arguments pressArguments) (to council.Addressee, known bool, err error) {
	id := arguments.number(1)
	switch arguments.text(0) {
	case "g":
		groups, err := r.askable("", "")
		for _, group := range groups {
			known = known || group.ID == id
		}
		return council.Addressee{GroupID: id}, known, err
	case "p":
		_, err = r.tx.PositionByID(id)
		return council.Addressee{PositionID: id}, err == nil, notFoundIsNil(err)
	}
	return to, false, nil
}

// pressName takes whether the name may be shown, and sends the question.
func (r *request) pressName(id int64, rest pressArguments) error {
	draft, found, err := r.ownDraft(id, draftQuestion)
	if err != nil || !found {
		return err
	}
	if err := r.may(council.ActionAsk, council.Scope{}); err != nil {
		return err
	}
	if draft.To == (council.Addressee{}) {
		return r.stale()
	}
	shown := ""
	if rest.text(0) == "1" {
		shown = r.ownName()
	}
	if err := r.sendQuestion(draft, rest.text(0) == "1", shown); err != nil {
		return err
	}
	return r.toast(r.speak.Say("question.toast.sent"))
}

// ownName is the name under which Telegram shows the person now. Of people who are
// only in communities no other is known, and this one is kept with the question
// because they have just said so.
func (r *request) ownName() string {
	name := r.actor.Name
	if name == "" && r.press != nil {
		name = displayName(&r.press.From)
	}
	return shorten(plainLine(name), titleLimit)
}
