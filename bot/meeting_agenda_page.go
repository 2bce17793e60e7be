package bot

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// agendaPresses maps what is done with an agenda by button to what does it, for those
// who lead the meeting, take its minutes, or coordinate.
func agendaPresses() map[string]func(*request, council.Meeting, pressArguments) error {
	return map[string]func(*request, council.Meeting, pressArguments) error{
		agendaOpen: (*request).pressAgendaOpen, agendaPick: (*request).pressAgendaPick, agendaWrite: (*request).pressAgendaWrite,
		agendaOne: (*request).pressAgendaOne, agendaUp: (*request).pressAgendaUp, agendaDown: (*request).pressAgendaDown,
		agendaRemove: (*request).pressAgendaRemove, agendaBack: (*request).pressAgendaBack,
		agendaAccept: (*request).pressAgendaAccept, agendaDecline: (*request).pressAgendaDecline, agendaReopen: (*request).pressAgendaReopen,
	}
}

// pressAgenda answers the buttons of agendas. What a button carries may be forged: who
// presses is asked anew, and what it names is looked for in the meeting that it names.
func (r *request) pressAgenda(arguments pressArguments) error {
	m, err := r.findMeeting(arguments.number(1))
	if err != nil {
		return err
	}
	verb, rest := arguments.text(0), arguments[min(2, len(arguments)):]
	switch verb {
	case agendaShow:
		return r.pressAgendaShow(m)
	case agendaPropose:
		return r.pressAgendaPropose(m)
	case agendaRetract:
		return r.pressAgendaRetract(m, rest)
	}
	press, known := agendaPresses()[verb]
	if !known {
		return r.stale()
	}
	if err := r.mayChangeAgenda(m); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("agenda_private")
	}
	return press(r, m, rest)
}

// mayChangeAgenda refuses who does not lead the meeting, take its minutes, or
// coordinate, and meetings that are over.
func (r *request) mayChangeAgenda(m council.Meeting) error {
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	if m.State != council.MeetingPlanned {
		return council.Refuse("meeting_over", "Reference", m.Reference().String())
	}
	return nil
}

// pressAgendaShow shows the agenda: in private in the place of the page that was
// pressed, from a group in private as well, or in a box to who cannot be written to.
func (r *request) pressAgendaShow(m council.Meeting) error {
	if err := r.mayMeeting(council.ActionSeeMeeting, m); err != nil {
		return err
	}
	if r.private {
		return r.showAgenda(m, "")
	}
	private := *r
	private.private, private.group, private.speak = true, council.Group{}, r.speaker(r.actor.Member)
	text, rows, err := private.agendaPage(m)
	if err != nil {
		return err
	}
	reached, err := r.tell(r.actor.Member, m.Reference().String(), aboutAgenda, text, rows...)
	if err != nil || !reached {
		return errorsOr(err, r.alert(shorten(text, alertLimit)))
	}
	return r.toast(r.speak.Say("agenda.toast.private"))
}

// alertLimit is how many characters a box has that answers a press.
const alertLimit = 200

// agendaInPlace shows something in the place of a page about an agenda, otherwise in a
// message of its own.
func (r *request) agendaInPlace(m council.Meeting, text string, rows ...[]store.Button) error {
	if r.press != nil {
		_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
		if notFoundIsNil(err) != nil {
			return err
		}
		if about == aboutAgenda {
			return r.editIndicators(m.Reference().String(), aboutAgenda, text, rows...)
		}
	}
	return r.replyAbout(m.Reference().String(), aboutAgenda, text, rows...)
}

// shortLines cuts lines where all of them together may be too long for a message: the page
// of each topic has it whole.
func shortLines(lines []string) []string {
	if utf8.RuneCountInString(strings.Join(lines, "\n")) <= agendaWhole {
		return lines
	}
	short := make([]string, len(lines))
	for i, line := range lines {
		short[i] = shorten(line, agendaWhole/(council.AgendaLimit+1))
	}
	return short
}

// agendaWhole is how many letters of an agenda leave room in a message for what is proposed
// below it.
const agendaWhole = 2200

// agendaPage is the agenda with what may be done with it by the one who asks.
func (r *request) agendaPage(m council.Meeting) (string, [][]store.Button, error) {
	lines, err := r.agendaLines(r.speak, m)
	if err != nil {
		return "", nil, err
	}
	if len(lines) == 0 {
		lines = []string{r.speak.Say("agenda.empty")}
	}
	lines = append([]string{r.speak.Say("agenda.head", "Reference", m.Reference().String(), "Title", agendaTitle(m.Title))}, shortLines(lines)...)
	if r.mayChangeAgenda(m) != nil {
		return strings.Join(lines, "\n"), filledRows(r.agendaProposeRow(m)), nil
	}
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return "", nil, err
	}
	rows := [][]store.Button{
		{button(r.speak, "agenda_open", pressAgenda, agendaOpen, m.Number, 1)}, {button(r.speak, "agenda_write", pressAgenda, agendaWrite, m.Number)},
	}
	rows = append(rows, r.agendaTopicRows(m, topics, len(lines)-1)...)
	proposed, more, err := r.agendaProposed(m, topics)
	return strings.Join(append(lines, proposed...), "\n"), append(rows, more...), err
}

// agendaTopicRows let each topic be moved or taken off, by its number; shown is how
// many lines the agenda has, of which the first may be no topic.
func (r *request) agendaTopicRows(m council.Meeting, topics []council.Topic, shown int) (rows [][]store.Button) {
	agenda := council.Agenda(topics)
	if len(agenda) == 0 {
		return nil
	}
	before := shown - len(agenda)
	for i, topic := range agenda {
		if i%agendaNumbersInRow == 0 {
			rows = append(rows, nil)
		}
		number := store.Button{Text: strconv.Itoa(before + i + 1), Data: data(pressAgenda, agendaOne, m.Number, topic.ID)}
		rows[len(rows)-1] = append(rows[len(rows)-1], number)
	}
	return rows
}

// agendaNumbersInRow is how many numbers of topics stand side by side.
const agendaNumbersInRow = 6

// agendaProposed lists what is proposed, with the answers to it.
func (r *request) agendaProposed(m council.Meeting, topics []council.Topic) (lines []string, rows [][]store.Button, err error) {
	waiting := slices.DeleteFunc(slices.Clone(topics), func(topic council.Topic) bool { return topic.State != council.TopicProposed })
	for i, topic := range waiting[:min(len(waiting), agendaProposedShown)] {
		member, err := r.tx.Member(topic.ProposedBy)
		if err != nil {
			return nil, nil, err
		}
		letter := string(rune('a' + i))
		lines = append(lines, letter+") "+joinParts(topic.Text, namePerson(r.speak, member)))
		rows = append(rows, []store.Button{
			{Text: r.speak.Say("button.agenda_accept_one", "Letter", letter), Data: data(pressAgenda, agendaAccept, m.Number, topic.ID)},
			{Text: r.speak.Say("button.agenda_decline_one", "Letter", letter), Data: data(pressAgenda, agendaDecline, m.Number, topic.ID)},
		})
	}
	if len(lines) > 0 {
		lines = append([]string{r.speak.Count("agenda.proposed", len(waiting))}, lines...)
	}
	return lines, rows, nil
}

// agendaProposedShown is how many proposals stand below an agenda at once.
const agendaProposedShown = 5

// agendaProposeRow offers to propose a topic to who may.
func (r *request) agendaProposeRow(m council.Meeting) []store.Button {
	if r.mayPropose(m) != nil {
		return nil
	}
	return []store.Button{button(r.speak, "agenda_propose", pressAgenda, agendaPropose, m.Number)}
}

// showAgenda shows the agenda after a change of it.
func (r *request) showAgenda(m council.Meeting, toast string) error {
	text, rows, err := r.agendaPage(m)
	if err != nil {
		return err
	}
	if err := r.agendaInPlace(m, text, rows...); err != nil || r.press == nil {
		return err
	}
	return r.toast(toast)
}
