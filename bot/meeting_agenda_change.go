package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dialogAgenda asks for topics; its steps are agendaWrite and agendaPropose.
const dialogAgenda = "agenda"

// agendaDraft is for which meeting topics are being written.
type agendaDraft struct {
	Number int64
}

// agendaWords is what is written behind /rapat M-4: "agenda kata" puts topics on the
// agenda, "usul kata" proposes them. Without words the agenda is shown, or asked for.
func (r *request) agendaWords(m council.Meeting, deed, words string) error {
	if !r.shownHere(m) {
		return council.Refuse("not_invited")
	}
	switch {
	case deed == agendaPropose && words == "":
		if err := r.mayPropose(m); err != nil {
			return err
		}
		return r.askTopic(m, agendaPropose)
	case deed == agendaPropose:
		return r.proposeTopics(m, words)
	case words == "":
		if err := r.mayMeeting(council.ActionSeeMeeting, m); err != nil {
			return err
		}
		return r.replyAgenda(m)
	}
	return r.writeTopics(m, words)
}

// replyAgenda shows the agenda; in a group what is on it, without buttons that change it.
func (r *request) replyAgenda(m council.Meeting) error {
	if r.private {
		return r.showAgenda(m, "")
	}
	lines, err := r.agendaLines(r.speak, m)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		lines = []string{r.speak.Say("agenda.empty")}
	}
	head := r.speak.Say("agenda.head", "Reference", m.Reference().String(), "Title", agendaTitle(m.Title))
	return r.replyAbout(m.Reference().String(), aboutAgenda, strings.Join(append([]string{head}, shortLines(lines)...), "\n"))
}

// pressAgendaWrite asks for topics in words.
func (r *request) pressAgendaWrite(m council.Meeting, _ pressArguments) error {
	return r.answerByMessage(r.askTopic(m, agendaWrite))
}

// askTopic asks for topics; in a group it names whom, so that Telegram opens the reply.
func (r *request) askTopic(m council.Meeting, step string) error {
	kept, err := json.Marshal(agendaDraft{m.Number})
	if err != nil {
		return err
	}
	text := r.speak.Say("agenda.ask."+step, "Reference", m.Reference().String(), "Title", agendaTitle(m.Title))
	if !r.private && r.press != nil && r.actor.Username != "" {
		text = "@" + r.actor.Username + " " + text
	}
	return r.ask(dialogAgenda, step, string(kept), text)
}

// answerAgenda takes the topics that were asked for. What cannot be taken leaves the
// question open.
func (r *request) answerAgenda(dialog store.Dialog) error {
	var draft agendaDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	m, err := r.findMeeting(draft.Number)
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	take := r.writeTopics
	if dialog.Step == agendaPropose {
		take = r.proposeTopics
	}
	err = take(m, r.text)
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) && slices.Contains([]string{"topic_empty", "meeting_topic_long"}, refusal.Code) {
		return errors.Join(err, r.tx.SetDialog(dialog, r.now))
	}
	return err
}

// topicsIn are the topics that somebody wrote, each line one.
func topicsIn(words string) ([]council.Topic, error) {
	var topics []council.Topic
	for _, item := range reading.Items(words) {
		text := plainLine(item)
		if err := council.CheckTopic(text); err != nil {
			return nil, err
		}
		topics = append(topics, council.Topic{Text: text})
	}
	if len(topics) == 0 {
		return nil, council.CheckTopic("")
	}
	return topics, nil
}

// writeTopics puts topics on the agenda in words.
func (r *request) writeTopics(m council.Meeting, words string) error {
	if err := r.mayChangeAgenda(m); err != nil {
		return err
	}
	written, err := topicsIn(words)
	if err != nil {
		return err
	}
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return err
	}
	if err := r.addTopics(m, topics, written); err != nil {
		return err
	}
	return r.replyAgenda(m)
}

// addTopics puts topics at the end of the agenda. A thing that was taken off comes back.
func (r *request) addTopics(m council.Meeting, topics, more []council.Topic) error {
	if err := council.CheckAgenda(topics, len(more)); err != nil {
		return err
	}
	for _, topic := range more {
		off := slices.IndexFunc(topics, func(known council.Topic) bool {
			return !topic.Subject.IsZero() && known.State == council.TopicDeclined && agendaItem{topic.Subject, topic.Text}.same(known)
		})
		if off >= 0 {
			if err := r.keepTopic(m, topics[off].Decide(council.TopicOnAgenda, r.actor.ID, r.now)); err != nil {
				return err
			}
			continue
		}
		topic.ProposedBy, topic.At = r.actor.ID, r.now
		kept, err := r.tx.AddTopic(m.Number, topic.Decide(council.TopicOnAgenda, r.actor.ID, r.now))
		if err != nil {
			return err
		}
		if err := r.recordAgenda(m, kept); err != nil {
			return err
		}
	}
	return nil
}

// keepTopic keeps what was decided about a topic, with the record.
func (r *request) keepTopic(m council.Meeting, topic council.Topic) error {
	if err := r.tx.SaveTopic(m.Number, topic); err != nil {
		return err
	}
	return r.recordAgenda(m, topic)
}

func (r *request) recordAgenda(m council.Meeting, topic council.Topic) error {
	return r.record(m.Reference(), council.EventAgenda, "", "topic", idText(topic.ID), "state", string(topic.State))
}

// agendaTopicNamed finds a topic that stands on the agenda, and its number there.
func (r *request) agendaTopicNamed(m council.Meeting, id int64) (topic council.Topic, number int, err error) {
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return topic, 0, err
	}
	agenda := council.Agenda(topics)
	at := slices.IndexFunc(agenda, func(topic council.Topic) bool { return topic.ID == id })
	if at < 0 {
		return topic, 0, store.ErrNotFound
	}
	lines, err := r.agendaLines(r.speak, m)
	return agenda[at], len(lines) - len(agenda) + at + 1, err
}

// pressAgendaOne shows one topic, to move it or to take it off.
func (r *request) pressAgendaOne(m council.Meeting, rest pressArguments) error {
	return r.showTopic(m, rest.number(0), "")
}

func (r *request) showTopic(m council.Meeting, id int64, toast string) error {
	topic, number, err := r.agendaTopicNamed(m, id)
	if errors.Is(err, store.ErrNotFound) {
		return r.showAgenda(m, r.speak.Say("press.renewed"))
	}
	if err != nil {
		return err
	}
	text, err := r.agendaTopic(r.speak, topic)
	if err != nil {
		return err
	}
	head := r.speak.Say("agenda.head", "Reference", m.Reference().String(), "Title", agendaTitle(m.Title))
	rows := [][]store.Button{
		{button(r.speak, "agenda_up", pressAgenda, agendaUp, m.Number, id), button(r.speak, "agenda_down", pressAgenda, agendaDown, m.Number, id)},
		{button(r.speak, "agenda_remove", pressAgenda, agendaRemove, m.Number, id), button(r.speak, "back", pressAgenda, agendaShow, m.Number)},
	}
	return errors.Join(r.agendaInPlace(m, head+"\n"+strconv.Itoa(number)+". "+text, rows...), r.toast(toast))
}

func (r *request) pressAgendaUp(m council.Meeting, rest pressArguments) error {
	return r.shiftTopic(m, rest.number(0), -1)
}

func (r *request) pressAgendaDown(m council.Meeting, rest pressArguments) error {
	return r.shiftTopic(m, rest.number(0), 1)
}

// shiftTopic moves a topic by one place.
func (r *request) shiftTopic(m council.Meeting, id int64, by int) error {
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(council.Agenda(topics), func(topic council.Topic) bool { return topic.ID == id }) {
		return r.showAgenda(m, r.speak.Say("press.renewed"))
	}
	moved := council.ShiftTopic(topics, id, by)
	if len(moved) == 0 {
		return r.toast(r.speak.Say("agenda.toast.end"))
	}
	for _, topic := range moved {
		if err := r.tx.SaveTopic(m.Number, topic); err != nil {
			return err
		}
	}
	if err := r.recordAgenda(m, moved[0]); err != nil {
		return err
	}
	return r.showTopic(m, id, "")
}

// pressAgendaRemove takes a topic off the agenda, and offers the way back.
func (r *request) pressAgendaRemove(m council.Meeting, rest pressArguments) error {
	topic, _, err := r.agendaTopicNamed(m, rest.number(0))
	if errors.Is(err, store.ErrNotFound) {
		return r.showAgenda(m, r.speak.Say("press.renewed"))
	}
	if err != nil {
		return err
	}
	if err := r.keepTopic(m, topic.Decide(council.TopicDeclined, r.actor.ID, r.now)); err != nil {
		return err
	}
	text, rows, err := r.agendaPage(m)
	if err != nil {
		return err
	}
	undo := []store.Button{button(r.speak, "undo", pressAgenda, agendaBack, m.Number, topic.ID)}
	return errors.Join(r.agendaInPlace(m, text, append(rows, undo)...), r.toast(r.speak.Say("agenda.toast.off")))
}

// pressAgendaBack puts back what was taken off, to where it stood.
func (r *request) pressAgendaBack(m council.Meeting, rest pressArguments) error {
	topic, err := r.topicDecided(m, rest.number(0))
	if err != nil {
		return err
	}
	if topic.State != council.TopicDeclined {
		return r.showAgenda(m, r.speak.Say("press.renewed"))
	}
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return err
	}
	if err := council.CheckAgenda(topics, 1); err != nil {
		return err
	}
	if err := r.keepTopic(m, topic.Return(r.actor.ID, r.now)); err != nil {
		return err
	}
	return r.showAgenda(m, r.speak.Say("agenda.toast.on"))
}

// topicDecided finds a topic about which something was decided within ten minutes.
func (r *request) topicDecided(m council.Meeting, id int64) (council.Topic, error) {
	topic, err := r.tx.Topic(m.Number, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return topic, council.Refuse("nothing_to_undo")
	case err == nil && r.now.Sub(topic.DecidedAt) > undoTime:
		return topic, council.Refuse("undo_too_late", "Reference", m.Reference().String())
	}
	return topic, err
}
