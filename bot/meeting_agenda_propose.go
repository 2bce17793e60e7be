package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// mayPropose refuses who is not invited and does not coordinate, and meetings that are over.
func (r *request) mayPropose(m council.Meeting) error {
	if err := r.mayMeeting(council.ActionRespond, m); err != nil && r.mayMeeting(council.ActionMinutes, m) != nil {
		return err
	}
	if !m.Coming(r.now) {
		return council.Refuse("meeting_over", "Reference", m.Reference().String())
	}
	return nil
}

// pressAgendaPropose asks for a topic: from a group in private, where that chat is open
// and nothing else is being asked there.
func (r *request) pressAgendaPropose(m council.Meeting) error {
	if err := r.mayPropose(m); err != nil {
		return err
	}
	if r.private {
		return r.answerByMessage(r.askTopic(m, agendaPropose))
	}
	_, err := r.tx.Dialog(r.actor.TelegramID, r.actor.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	if r.actor.Reach != council.ReachOpen || err == nil {
		return r.answerByMessage(r.askTopic(m, agendaPropose))
	}
	private := *r
	private.chatID, private.thread, private.private, private.group = r.actor.TelegramID, 0, true, council.Group{}
	private.speak = r.speaker(r.actor.Member)
	return errors.Join(private.askTopic(m, agendaPropose), r.toast(r.speak.Say("agenda.toast.private")))
}

// proposeTopics proposes topics to the coordinators. Whoever changes the agenda anyway
// puts them there.
func (r *request) proposeTopics(m council.Meeting, words string) error {
	if err := r.mayPropose(m); err != nil {
		return err
	}
	if r.mayChangeAgenda(m) == nil {
		return r.writeTopics(m, words)
	}
	written, err := topicsIn(words)
	if err != nil {
		return err
	}
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return err
	}
	if err := council.CheckProposals(topics, r.actor.ID, len(written)); err != nil {
		return err
	}
	for _, topic := range written {
		topic.State, topic.ProposedBy, topic.At = council.TopicProposed, r.actor.ID, r.now
		topic.From = council.Place{ChatID: r.chatID, ThreadID: r.thread}
		if r.message != nil {
			topic.From.MessageID = r.message.ID
		}
		if topic, err = r.tx.AddTopic(m.Number, topic); err != nil {
			return err
		}
		if err := r.record(m.Reference(), council.EventProposed, topic.Text, "topic", idText(topic.ID)); err != nil {
			return err
		}
		if err := r.tellProposed(m, topic); err != nil {
			return err
		}
		text := r.speak.Say("agenda.proposal.sent", "Reference", m.Reference().String(), "Topic", agendaTitle(topic.Text))
		undo := []store.Button{button(r.speak, "undo", pressAgenda, agendaRetract, m.Number, topic.ID)}
		if err := r.replyAbout(m.Reference().String(), aboutAgenda, text, undo); err != nil {
			return err
		}
	}
	return nil
}

// tellProposed asks the coordinators about a topic; the first answer counts.
func (r *request) tellProposed(m council.Meeting, topic council.Topic) error {
	groupID := r.group.ID
	if groupID == 0 { // in private: the group in which the person was met
		guest, err := r.tx.Guest(m.Number, r.actor.ID)
		if notFoundIsNil(err) != nil {
			return err
		}
		groupID = guest.GroupID
	}
	return r.tellCoordinators(m.Reference().String(), aboutAgenda, func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		who := namePerson(speak, r.actor.Member)
		if groupID != 0 {
			from, err := r.fromName(speak, groupID)
			if err != nil {
				return "", nil, err
			}
			who += " (" + from + ")"
		}
		text := speak.Say("agenda.proposal.asked", "Person", who, "Reference", m.Reference().String(), "Title", agendaTitle(m.Title), "Topic", topic.Text)
		row := []store.Button{button(speak, "agenda_accept", pressAgenda, agendaAccept, m.Number, topic.ID),
			button(speak, "agenda_decline", pressAgenda, agendaDecline, m.Number, topic.ID)}
		return capitalised(text), [][]store.Button{row}, nil
	})
}

func (r *request) pressAgendaAccept(m council.Meeting, rest pressArguments) error {
	return r.decideTopic(m, rest.number(0), council.TopicOnAgenda)
}

func (r *request) pressAgendaDecline(m council.Meeting, rest pressArguments) error {
	return r.decideTopic(m, rest.number(0), council.TopicDeclined)
}

// decideTopic takes a proposed topic or leaves it, and tells whoever proposed it. What
// somebody else has decided before stays, and is shown.
func (r *request) decideTopic(m council.Meeting, id int64, state council.TopicState) error {
	topic, err := r.tx.Topic(m.Number, id)
	if err != nil {
		return errorsOr(err, r.stale())
	}
	if topic.State != council.TopicProposed {
		return errors.Join(r.agendaInPlace(m, r.decidedTopic(m, topic), r.agendaBackRow(m)), r.toast(r.speak.Say("agenda.toast.decided")))
	}
	if state == council.TopicOnAgenda {
		topics, err := r.tx.Topics(m.Number)
		if err != nil {
			return err
		}
		if err := council.CheckAgenda(topics, 1); err != nil {
			return err
		}
	}
	topic = topic.Decide(state, r.actor.ID, r.now)
	if err := r.keepTopic(m, topic); err != nil {
		return err
	}
	if err := r.tellProposer(m, topic, "agenda.proposal.outcome."+string(state)); err != nil {
		return err
	}
	row := append([]store.Button{button(r.speak, "undo", pressAgenda, agendaReopen, m.Number, topic.ID)}, r.agendaBackRow(m)...)
	return errors.Join(r.agendaInPlace(m, r.decidedTopic(m, topic), row), r.toast(""))
}

// decidedTopic says what became of a topic.
func (r *request) decidedTopic(m council.Meeting, topic council.Topic) string {
	return r.speak.Say("agenda.proposal."+string(topic.State), "Reference", m.Reference().String(), "Topic", agendaTitle(topic.Text))
}

func (r *request) agendaBackRow(m council.Meeting) []store.Button {
	return []store.Button{button(r.speak, "agenda", pressAgenda, agendaShow, m.Number)}
}

// pressAgendaReopen leaves open again what was decided about a proposal.
func (r *request) pressAgendaReopen(m council.Meeting, rest pressArguments) error {
	topic, err := r.topicDecided(m, rest.number(0))
	if err != nil {
		return err
	}
	if topic.State == council.TopicProposed || topic.From == (council.Place{}) {
		return r.stale()
	}
	topic = topic.Decide(council.TopicProposed, r.actor.ID, r.now)
	if err := r.keepTopic(m, topic); err != nil {
		return err
	}
	if err := r.tellProposer(m, topic, "agenda.proposal.outcome.proposed"); err != nil {
		return err
	}
	return r.showAgenda(m, r.speak.Say("agenda.toast.undone"))
}

// tellProposer tells whoever proposed a topic what became of it: in private, or below
// the message that proposed it where the person cannot be written to.
func (r *request) tellProposer(m council.Meeting, topic council.Topic, key string) error {
	member, err := r.tx.Member(topic.ProposedBy)
	if err != nil {
		return err
	}
	say := func(speak locale.Speaker, person string) string {
		return speak.Say(key, "Person", person, "Reference", m.Reference().String(), "Title", agendaTitle(m.Title), "Topic", agendaTitle(topic.Text))
	}
	speak := r.speaker(member)
	reached, err := r.tell(member, m.Reference().String(), aboutAgenda, say(speak, greetPerson(speak, member)))
	if err != nil || reached {
		return err
	}
	group, err := r.tx.GroupOf(topic.From.ChatID, topic.From.ThreadID)
	if err != nil || !group.Reachable {
		return notFoundIsNil(err)
	}
	speak = r.book.In(group.Language)
	return r.tx.Queue(store.Outgoing{
		ChatID: group.ChatID, ThreadID: group.ThreadID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: say(speak, greetPerson(speak, member)), ReplyTo: topic.From.MessageID, Subject: m.Reference().String(), About: aboutAgenda},
	}, time.Now())
}

// pressAgendaRetract takes a proposal back while nobody has decided about it.
func (r *request) pressAgendaRetract(m council.Meeting, rest pressArguments) error {
	topic, err := r.tx.Topic(m.Number, rest.number(0))
	if err != nil {
		return errorsOr(err, r.stale())
	}
	switch {
	case topic.ProposedBy != r.actor.ID:
		return council.Refuse("nothing_to_undo")
	case topic.State != council.TopicProposed:
		return council.Refuse("undo_changed_since", "Reference", m.Reference().String())
	case r.now.Sub(topic.At) > undoTime:
		return council.Refuse("undo_too_late", "Reference", m.Reference().String())
	}
	if err := r.keepTopic(m, topic.Decide(council.TopicDeclined, r.actor.ID, r.now)); err != nil {
		return err
	}
	text := r.speak.Say("agenda.proposal.retracted", "Reference", m.Reference().String(), "Topic", agendaTitle(topic.Text))
	return errors.Join(r.editIndicators(m.Reference().String(), aboutAgenda, text), r.toast(""))
}
