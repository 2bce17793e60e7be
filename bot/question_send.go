package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// sendQuestion asks a question that was confirmed: it gets its card where it is to
// be answered, and waits.
func (r *request) sendQuestion(draft store.QuestionDraft, named bool, shown string) error {
	text := draft.Text
	if strings.TrimSpace(text) == "" {
		text = r.speak.Say("question.only_files")
	}
	places, err := r.addresseePlaces(draft.To)
	if err != nil {
		return err
	}
	q := council.NewQuestion(council.Question{
		Number: draft.Number, AskerID: draft.MemberID, Named: named, ShownAs: shown, FromGroup: draft.FromGroup, Origin: draft.Place,
		To: draft.To, Text: text, Workdays: r.city.Timing.Clocks.OrUsual().Question,
	}, len(places) > 0, r.now, r.city.Timing.Calendar)
	if q, err = r.tx.CreateQuestion(q); err != nil {
		return err
	}
	if err := r.tx.DropQuestionDraft(draft.ID); err != nil {
		return err
	}
	if err := r.keepFiles(q.Reference().String(), draft.Files); err != nil {
		return err
	}
	if err := r.keepQuestion(q, council.EventAsked, ""); err != nil {
		return err
	}
	if err := r.canUndo(council.Question{}, q); err != nil {
		return err
	}
	return r.bringQuestion(q, places)
}

func (r *request) keepFiles(subject string, files []store.Attachment) error {
	for _, attachment := range files {
		attachment.Subject = subject
		if err := r.tx.Attach(attachment, r.now); err != nil {
			return err
		}
	}
	return nil
}

// bringQuestion puts the card of a question, and its files, where it is to be
// answered; where nobody can be reached, the coordinators get it.
func (r *request) bringQuestion(q council.Question, places []destination) error {
	if len(places) == 0 {
		return r.askCoordinators(q)
	}
	files, err := r.tx.Attachments(q.Reference().String())
	if err != nil {
		return err
	}
	for _, to := range places {
		if err := r.bringCard(q, to, keptFiles(files)); err != nil {
			return err
		}
	}
	return nil
}

// bringCard makes the card of a question come as a new message, with the files below.
func (r *request) bringCard(q council.Question, to destination, files []store.File) error {
	card, err := r.tx.Card(q.Reference().String(), cardQuestion, to.chatID, to.thread)
	if err != nil {
		return err
	}
	if err := r.tx.ForgetCardMessage(card.ID, to.thread); err != nil {
		return err
	}
	payload, err := r.questionFace(q, to.where)
	if err != nil {
		return err
	}
	payload.Files = files
	return queueWithFiles(r.tx, store.Outgoing{
		ChatID: to.chatID, ThreadID: to.thread, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, Payload: payload,
	})
}

// askCoordinators brings a question that nobody can be reached with to those who
// can pass it on.
func (r *request) askCoordinators(q council.Question) error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if to, open := r.privateOf(member); open && member.ID != q.AskerID {
			if err := r.bringCard(q, to, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// destination is a chat to which something about a question goes.
type destination struct {
	chatID  int64
	thread  int
	replyTo int // the message it answers; 0: none
	where   place
}

// privateOf is a person's private chat, if the bot can write there.
func (r *request) privateOf(member council.Member) (destination, bool) {
	to := destination{chatID: member.TelegramID, where: place{speak: r.speaker(member), private: true, person: member}}
	return to, member.Reach == council.ReachOpen && member.TelegramID != 0
}

func (r *request) groupPlace(group council.Group) destination {
	return destination{chatID: group.ChatID, thread: group.ThreadID, where: place{speak: r.book.In(group.Language), group: group}}
}

// addresseePlaces lists where a question can be answered: the group's topic, or
// the private chats of those it is put to. Whoever is outside every linked group
// is not reached.
func (r *request) addresseePlaces(to council.Addressee) ([]destination, error) {
	if to.GroupID != 0 {
		group, err := r.tx.Group(to.GroupID)
		if err != nil || !group.Reachable {
			return nil, notFoundIsNil(err)
		}
		return []destination{r.groupPlace(group)}, nil
	}
	ids := []int64{to.MemberID}
	if to.PositionID != 0 {
		var err error
		if ids, err = r.tx.Responsible(council.Question{To: to}, r.day()); err != nil {
			return nil, err
		}
	}
	var places []destination
	for _, id := range ids {
		member, err := r.tx.Member(id)
		if err != nil {
			return nil, err
		}
		actor, err := r.tx.Actor(member)
		if err != nil {
			return nil, err
		}
		if place, open := r.privateOf(member); open && !actor.IsStranger() {
			places = append(places, place)
		}
	}
	return places, nil
}

// queueQuestionCard puts a message about a question into a chat, or brings it up to
// date there.
func (r *request) queueQuestionCard(subject, kind string, at council.Place, payload store.Payload) error {
	card, err := r.tx.Card(subject, kind, at.ChatID, at.ThreadID)
	if err != nil {
		return err
	}
	payload.Subject, payload.About = subject, kind
	return r.tx.Queue(store.Outgoing{
		ChatID: at.ChatID, ThreadID: at.ThreadID, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, Payload: payload,
	}, time.Now())
}
