package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// What makes the papers of a meeting; these words stand in the outbox.
const (
	makerCalendar         = "meeting_calendar"
	makerInvitationLetter = "meeting_letter"
	makerAttendanceList   = "meeting_attendance"
	makerMinutes          = "meeting_minutes"
)

// meetingCalendarFile is a meeting for people's calendars, as it is when it is sent.
func meetingCalendarFile(m council.Meeting, speak locale.Speaker) store.File {
	return meetingFile(makerCalendar, "calendar", m, 0, speak)
}

// invitationLetterFile is the invitation as a letter of the city's government.
func invitationLetterFile(m council.Meeting, speak locale.Speaker) store.File {
	return meetingFile(makerInvitationLetter, "letter", m, 0, speak)
}

// attendanceListFile is a list on which those who are there sign.
func attendanceListFile(m council.Meeting, speak locale.Speaker) store.File {
	return meetingFile(makerAttendanceList, "attendance", m, 0, speak)
}

// minutesFile is an edition of the minutes.
func minutesFile(m council.Meeting, edition int, speak locale.Speaker) store.File {
	return meetingFile(makerMinutes, "minutes", m, edition, speak)
}

// meetingFile is a paper about a meeting. It is called as the sentence of its kind
// says, and so is its second and any later edition.
func meetingFile(maker, kind string, m council.Meeting, edition int, speak locale.Speaker) store.File {
	key := "paper.file." + kind
	if edition > 1 {
		key += "_later"
	}
	return store.File{Kind: fileDocument, Maker: maker,
		Name:      speak.Say(key, "Reference", strings.ToLower(m.Reference().String()), "Edition", edition),
		Arguments: []string{strconv.FormatInt(m.Number, 10), speak.Language, strconv.Itoa(edition)}}
}

// meetingPaper finds the meeting that a paper is about, and speaks as its reader
// does. Arguments: the meeting's number, the language, and the edition (0 for none).
func (b *Bot) meetingPaper(tx *store.Tx, arguments []string) (r *request, m council.Meeting, edition int, err error) {
	if len(arguments) != 3 {
		return nil, m, 0, errors.New("paper of a meeting: a number, a language and an edition are expected")
	}
	if edition, err = strconv.Atoi(arguments[2]); err != nil {
		return nil, m, 0, err
	}
	r = &request{Bot: b, tx: tx, now: b.Now(), speak: b.book.In(arguments[1])}
	if r.city, err = b.cityNow(tx); err != nil {
		return nil, m, 0, err
	}
	m, err = tx.Meeting(pressArguments(arguments).number(0))
	return r, m, edition, err
}

// makeCalendar makes the entry for people's calendars.
func makeCalendar(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	r, m, _, err := b.meetingPaper(tx, arguments)
	if err != nil {
		return nil, err
	}
	entry := report.CalendarEntry{
		City: r.city.Name, Number: m.Number, Reference: m.Reference().String(), Edition: m.Edition, Title: m.Title, Place: m.Place,
		Starts: m.Starts, Ends: m.Ends(), CreatedAt: m.CreatedAt, ChangedAt: m.CreatedAt, Cancelled: m.State == council.MeetingCancelled,
	}
	if !m.ToldAt.IsZero() {
		entry.ChangedAt = m.ToldAt
	}
	if entry.Calendar, err = tx.Setting(store.SettingCalendar); err != nil {
		return nil, err
	}
	if entry.Chair, err = r.seatName(r.speak, m.Chair); err != nil {
		return nil, err
	}
	if entry.Agenda, err = r.agendaOnPaper(r.speak, m); err != nil {
		return nil, err
	}
	return entry.File(r.speak)
}

// nameCalendar gives the city a name of its own in people's calendars, once: one that
// no other city has, and that stays whatever the city is called.
func nameCalendar(tx *store.Tx) error {
	name, err := tx.Setting(store.SettingCalendar)
	if err != nil || name != "" {
		return err
	}
	return tx.SetSetting(store.SettingCalendar, strings.ToLower(rand.Text()[:16]))
}

// agendaOnPaper is the agenda of a meeting for what is handed on: what it is about, and
// not how each thing stands at the moment.
func (r *request) agendaOnPaper(speak locale.Speaker, m council.Meeting) ([]string, error) {
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return nil, err
	}
	left, err := r.agendaFollowUps(speak, m)
	if err != nil {
		return nil, err
	}
	var texts []string
	if left != "" {
		texts = append(texts, speak.Say("paper.follow_ups", "Reference", council.MeetingReference(m.Previous).String()))
	}
	for _, topic := range council.Agenda(topics) {
		switch {
		case topic.Subject.IsZero():
			texts = append(texts, topic.Text)
		case topic.Subject.Letter == council.EvaluationLetter:
			texts = append(texts, speak.Say("paper.evidence", "Dimension", speak.Say("dimension."+topic.Text), "Reference", topic.Subject.String()))
		default:
			texts = append(texts, joinParts(topic.Subject.String(), topic.Text))
		}
	}
	return texts, nil
}
