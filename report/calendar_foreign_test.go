//go:build icalendar

package report

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/locale"
)

// debianPython is the interpreter that finds what Debian installs.
const debianPython = "/usr/bin/python3"

// readEntry is what another program takes from a calendar file.
type readEntry struct {
	Method, UID, Sequence, Status, Summary, Location, Description, Starts, Ends string
	Alarms                                                                      []string
}

// TestForeignCalendar lets vobject, which is written by others in another language, open
// what was made: a meeting, its cancelling, and whatever people write as its title.
func TestForeignCalendar(t *testing.T) {
	cancelled := calendarEntry()
	cancelled.Cancelled, cancelled.Edition = true, 3
	entries := []CalendarEntry{calendarEntry(), cancelled}
	for _, title := range hostileTitles {
		entry := calendarEntry()
		entry.Title, entry.Place, entry.Chair, entry.Agenda = title, title, title, []string{title}
		entries = append(entries, entry)
	}
	folder, names := t.TempDir(), []string{}
	for i, entry := range entries {
		name := filepath.Join(folder, fmt.Sprintf("rapat-%d.ics", i))
		if err := os.WriteFile(name, got(entry.File(speaker(t, locale.Indonesian)))(t), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	command := exec.Command(debianPython, slices.Concat([]string{filepath.Join("testdata", "read_calendar.py")}, names)...)
	command.Stderr = os.Stderr
	said, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found []readEntry
	if err := json.Unmarshal(said, &found); err != nil {
		t.Fatal(err)
	}
	for i, entry := range entries {
		want := readEntry{Method: "PUBLISH", UID: "meeting-4@abcdef.rembuk", Sequence: "2", Status: "CONFIRMED", Summary: inCalendar(entry.Title), Location: inCalendar(entry.Place),
			Description: inCalendar(entry.description(speaker(t, locale.Indonesian))), Starts: "2026-06-04T01:00:00+00:00", Ends: "2026-06-04T03:00:00+00:00", Alarms: []string{"-1 day, 23:00:00"}}
		if entry.Cancelled {
			want.Sequence, want.Status, want.Summary, want.Alarms = "3", "CANCELLED", "Dibatalkan: "+want.Summary, []string{}
		}
		if difference := cmp.Diff(want, found[i]); difference != "" {
			t.Errorf("%q: %s", entry.Title, difference)
		}
	}
}
