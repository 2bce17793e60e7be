package report

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"github.com/rembuk/rembuk/locale"
)

// CalendarEntry is a meeting as people take it into their calendars. A later edition
// of the same meeting takes the place of an earlier one there.
type CalendarEntry struct {
	City         string // the name of the city, for the reader
	Calendar     string // the name of the city in all calendars: it never changes
	Number       int64
	Edition      int
	Title, Place string
	Chair        string // who leads; empty: not named
	Agenda       []string
	Starts, Ends time.Time
	CreatedAt    time.Time
	ChangedAt    time.Time // when this edition began
	Cancelled    bool
	Reference    string
}

// File makes an iCalendar file (RFC 5545) with times in UTC. The same entry makes the
// same bytes.
func (c CalendarEntry) File(speak locale.Speaker) ([]byte, error) {
	calendar := ics.NewCalendar()
	calendar.SetProductId("-//Rembuk//Rembuk//" + strings.ToUpper(speak.Language))
	calendar.SetMethod(ics.MethodPublish)
	event := calendar.AddEvent(fmt.Sprintf("meeting-%d@%s.rembuk", c.Number, c.Calendar))
	event.SetDtStampTime(c.ChangedAt)
	event.SetCreatedTime(c.CreatedAt)
	event.SetModifiedAt(c.ChangedAt)
	event.SetSequence(c.Edition)
	event.SetStartAt(c.Starts)
	event.SetEndAt(c.Ends)
	title := inCalendar(c.Title)
	if c.Cancelled {
		title = speak.Say("calendar.cancelled", "Title", title)
		event.SetStatus(ics.ObjectStatusCancelled)
	} else {
		event.SetStatus(ics.ObjectStatusConfirmed)
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger("-PT1H")
		alarm.SetDescription(title)
	}
	event.SetSummary(title)
	if place := inCalendar(c.Place); place != "" {
		event.SetLocation(place)
	}
	event.SetDescription(inCalendar(c.description(speak)))
	var file bytes.Buffer
	err := calendar.SerializeTo(&file, ics.WithNewLineWindows) // what RFC 5545 asks for, on every machine
	return file.Bytes(), err
}

// description says who leads, what it is about, and from where the entry comes.
func (c CalendarEntry) description(speak locale.Speaker) string {
	var lines []string
	if c.Chair != "" {
		lines = append(lines, speak.Say("calendar.chair", "Person", c.Chair))
	}
	if len(c.Agenda) > 0 {
		lines = append(lines, speak.Say("calendar.agenda"))
	}
	for i, topic := range c.Agenda {
		lines = append(lines, strconv.Itoa(i+1)+". "+topic)
	}
	return strings.Join(append(lines, speak.Say("calendar.from", "Reference", c.Reference, "City", c.City)), "\n")
}

// inCalendar is what people wrote, without what programs may take for the end of a
// line, other than the one line break that is escaped, and without what has no shape.
func inCalendar(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n").Replace(strings.ToValidUTF8(text, ""))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, text))
}
