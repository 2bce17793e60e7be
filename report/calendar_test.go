package report

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/locale"
)

// calendarEntry is a meeting on Thursday, 4 June 2026, from 9 to 11 in Makassar.
func calendarEntry() CalendarEntry {
	starts := time.Date(2026, time.June, 4, 1, 0, 0, 0, time.UTC)
	return CalendarEntry{City: "Kabupaten Teluk Marannu", Calendar: "abcdef", Number: 4, Edition: 2, Reference: "M-4", Title: "Rapat persiapan evaluasi",
		Place: "Media Center, lantai 2", Chair: "Bapak Anwar", Agenda: []string{"Bukti; ide, dan jadwal", "Lain-lain"},
		Starts: starts, Ends: starts.Add(2 * time.Hour), CreatedAt: starts.AddDate(0, 0, -7), ChangedAt: starts.AddDate(0, 0, -6)}
}

// hostileTitles are what people may write where a title is asked for.
var hostileTitles = []string{
	"Rapat; persiapan, evaluasi: \\n \\; \\\\ \"Pokja\"", "satu\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR", "a\u2028END:VCALENDAR\u0085END:VEVENT\vEND:VCALENDAR\fx",
	"👨‍👩‍👧 Rapat 日本 keluarga é q\u0302", strings.Repeat("ä", 300), strings.Repeat("kata panjang ", 25), "\r", "", "nol\x00tiga\x1bhapus\x7f", "rusak \xff\xfe", "MAILTO:a@b;CN=x", "\ttab\t",
}

// readCalendar opens a file with the library, and gives its only event.
func readCalendar(t rapid.TB, content []byte) *ics.VEvent {
	t.Helper()
	calendar, err := ics.ParseCalendar(bytes.NewReader(content))
	if err != nil {
		t.Fatalf("%v in\n%s", err, content)
	}
	if len(calendar.Events()) != 1 || len(calendar.Components) != 1 {
		t.Fatalf("there are %d events in\n%s", len(calendar.Events()), content)
	}
	return calendar.Events()[0]
}

func property(event *ics.VEvent, name ics.ComponentProperty) string {
	if found := event.GetProperty(name); found != nil {
		return found.Value
	}
	return ""
}

func TestCalendarSays(t *testing.T) {
	content := got(calendarEntry().File(speaker(t, locale.Indonesian)))(t)
	event := readCalendar(t, content)
	for name, want := range map[ics.ComponentProperty]string{
		ics.ComponentPropertyUniqueId: "meeting-4@abcdef.rembuk", ics.ComponentPropertySequence: "2", ics.ComponentPropertyStatus: "CONFIRMED",
		ics.ComponentPropertyDtStart: "20260604T010000Z", ics.ComponentPropertyDtEnd: "20260604T030000Z",
		ics.ComponentPropertyDtstamp: "20260529T010000Z", ics.ComponentPropertyLastModified: "20260529T010000Z", ics.ComponentPropertyCreated: "20260528T010000Z",
		ics.ComponentPropertySummary: "Rapat persiapan evaluasi", ics.ComponentPropertyLocation: "Media Center, lantai 2",
		ics.ComponentPropertyDescription: "Pemimpin rapat: Bapak Anwar\nAgenda:\n1. Bukti; ide, dan jadwal\n2. Lain-lain\nM-4 · Kabupaten Teluk Marannu",
	} {
		if got := property(event, name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if alarms := event.Alarms(); len(alarms) != 1 || alarms[0].GetProperty(ics.ComponentPropertyTrigger).Value != "-PT1H" {
		t.Errorf("there is no alarm an hour before in\n%s", content)
	}
	if !bytes.Contains(content, []byte("\r\nMETHOD:PUBLISH\r\n")) || bytes.Contains(content, []byte("ORGANIZER")) {
		t.Errorf("it is not something published without an organiser:\n%s", content)
	}
}

// TestCancelledInCalendar: the entry stays under its name, and wakes nobody.
func TestCancelledInCalendar(t *testing.T) {
	entry := calendarEntry()
	entry.Cancelled, entry.Edition, entry.Place, entry.Agenda, entry.Chair = true, 3, "", nil, ""
	event := readCalendar(t, got(entry.File(speaker(t, locale.English)))(t))
	for name, want := range map[ics.ComponentProperty]string{
		ics.ComponentPropertyUniqueId: "meeting-4@abcdef.rembuk", ics.ComponentPropertySequence: "3", ics.ComponentPropertyStatus: "CANCELLED",
		ics.ComponentPropertySummary: "Cancelled: Rapat persiapan evaluasi", ics.ComponentPropertyLocation: "", ics.ComponentPropertyDescription: "M-4 · Kabupaten Teluk Marannu",
	} {
		if got := property(event, name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if len(event.Alarms()) != 0 {
		t.Error("it wakes people for what does not take place")
	}
}

func TestCalendarIsMadeAlike(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	first := got(calendarEntry().File(speak))(t)
	if !bytes.Equal(first, got(calendarEntry().File(speak))(t)) {
		t.Error("the same edition makes other bytes")
	}
	moved := calendarEntry()
	moved.Edition++
	if bytes.Equal(first, got(moved.File(speak))(t)) {
		t.Error("the next edition makes the same bytes")
	}
}

// TestHostileWordsInCalendar: nothing people write is more than a text, and all of it
// can be read again.
func TestHostileWordsInCalendar(t *testing.T) {
	for _, title := range hostileTitles {
		checkHostile(t, title)
	}
	rapid.Check(t, func(t *rapid.T) { checkHostile(t, rapid.String().Draw(t, "title")) })
}

func checkHostile(t rapid.TB, title string) {
	t.Helper()
	entry := calendarEntry()
	entry.Title, entry.Place, entry.Chair, entry.City, entry.Agenda = title, title, title, title, []string{title}
	content, err := entry.File(indonesian())
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(content), "\r\n"), "\r\n")
	for _, line := range lines {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\v\f\u0085\u2028\u2029\x00") {
			t.Fatalf("%q has the line %q", title, line)
		}
	}
	if ends := strings.Count("\r\n"+string(content), "\r\nEND:VCALENDAR\r\n"); ends != 1 || lines[len(lines)-1] != "END:VCALENDAR" {
		t.Fatalf("%q ends the calendar %d times", title, ends)
	}
	event := readCalendar(t, content)
	if said := property(event, ics.ComponentPropertySummary); said != inCalendar(title) {
		t.Fatalf("%q is read as %q", title, said)
	}
	if said := property(event, ics.ComponentPropertyLocation); said != inCalendar(title) {
		t.Fatalf("the place %q is read as %q", title, said)
	}
	if said := property(event, ics.ComponentPropertyDescription); !strings.Contains(said, inCalendar(title)) {
		t.Fatalf("the description with %q is read as %q", title, said)
	}
}

func indonesian() locale.Speaker {
	book, err := sentences()
	if err != nil {
		panic(err)
	}
	return book.In(locale.Indonesian)
}

func TestInCalendar(t *testing.T) {
	for text, want := range map[string]string{
		"satu\r\ndua\rtiga\u2028empat": "satu\ndua\ntiga\nempat", " a\x00b\x1b ": "ab", "rusak \xff!": "rusak !", "👨‍👩‍👧": "👨‍👩‍👧", "a;b,c\\n": "a;b,c\\n",
	} {
		if said := inCalendar(text); said != want {
			t.Errorf("%q becomes %q, not %q", text, said, want)
		}
	}
}
