package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

func TestLookingUpEventsReadsNoWholeTable(t *testing.T) {
	s := openStore(t)
	writer := got(sql.Open("sqlite3_watched", source(filepath.Clean(s.path), "_foreign_keys=on")))(t)
	inner := got(writer.Begin())(t)
	t.Cleanup(func() { ok(t, inner.Rollback()); ok(t, writer.Close()) })
	tx := &Tx{inner: inner, linked: &linkedGroups{}, settled: &council.Day{}}
	for i := range 30 { // of one person with a role, so that every alternative finds something
		ok(t, tx.Record(council.Event{At: noon, MemberID: 3, Subject: council.TaskReference(12), Kind: council.EventRoleChanged,
			Detail: map[string]string{"member": fmt.Sprint(3 + i%2)}}, ""))
	}
	period := EventFilter{Since: noon.Add(-time.Hour), Until: noon.Add(time.Hour)}
	tests := map[string]struct {
		filter EventFilter
		want   []string
	}{
		"all":                      {EventFilter{}, []string{"SEARCH event USING INTEGER PRIMARY KEY"}},
		"the bot itself":           {EventFilter{Bot: true}, []string{"SEARCH event USING INTEGER PRIMARY KEY"}},
		"a thing":                  {EventFilter{Subject: council.TaskReference(12)}, []string{"event_subject (subject=?"}},
		"a person":                 {EventFilter{Member: 3}, []string{"event_member (member_id=?", "event_about (<expr>=?"}},
		"roles":                    {EventFilter{Matter: council.MatterRoles}, []string{"event_kind (kind=?"}},
		"meetings":                 {EventFilter{Matter: "meetings"}, []string{"event_letter (<expr>=?"}},
		"a person and a thing":     {EventFilter{Member: 3, Subject: council.TaskReference(12)}, []string{"event_subject (subject=?"}},
		"a person and roles":       {EventFilter{Member: 3, Matter: council.MatterRoles}, []string{"event_kind (kind=?"}},
		"a person and tasks":       {EventFilter{Member: 3, Matter: "tasks"}, []string{"event_member (member_id=?", "event_about (<expr>=?"}},
		"a period":                 {period, []string{"event_at (at>? AND at<?)", "SEARCH event USING INTEGER PRIMARY KEY"}},
		"tasks in a period":        {EventFilter{Matter: "tasks", Since: period.Since, Until: period.Until}, []string{"event_at (at>? AND at<?)", "event_letter (<expr>=?"}},
		"a person since a moment":  {EventFilter{Member: 3, Since: period.Since}, []string{"event_at (at>? AND at<?)", "event_member (member_id=?"}},
		"a thing up to a moment":   {EventFilter{Subject: council.TaskReference(12), Until: period.Until}, []string{"event_at (at>? AND at<?)", "event_subject (subject=?"}},
		"settings of a person ...": {EventFilter{Member: 3, Matter: council.MatterSettings, Since: period.Since}, []string{"event_kind (kind=?"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for way, method := range map[string]func(*Tx) error{
				"older": func(tx *Tx) error { return second(tx.EventsBefore(test.filter, 20, 5)) },
				"newer": func(tx *Tx) error { return second(tx.EventsAfter(test.filter, 5, 5)) },
			} {
				lines := plans(t, tx, method)
				whole := strings.Join(lines, "\n")
				for _, want := range test.want {
					if !strings.Contains(whole, want) {
						t.Errorf("%s: no %q in\n%s", way, want, whole)
					}
				}
				for _, line := range lines {
					if strings.HasPrefix(line, "SCAN") && line != "SCAN CONSTANT ROW" || strings.Contains(line, "TEMP B-TREE") {
						t.Errorf("%s: a whole table is read, or sorted: %s in\n%s", way, line, whole)
					}
				}
			}
		})
	}
}

// drawnEvents writes events of a few people, things and kinds at a few moments, some of
// them out of turn, and gives them as they were recorded.
func drawnEvents(t *rapid.T, tx *Tx, base int64) []council.Event {
	var events []council.Event
	for range rapid.IntRange(0, 40).Draw(t, "events") {
		event := council.Event{
			At:       noon.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, "day")) * 24 * time.Hour),
			MemberID: rapid.SampledFrom([]int64{0, 1, 2}).Draw(t, "member"),
			Subject:  rapid.SampledFrom([]council.Reference{{}, council.TaskReference(1), council.TaskReference(12), {Letter: council.MeetingLetter, Number: 1}}).Draw(t, "subject"),
			Kind:     rapid.SampledFrom([]council.EventKind{council.EventCreated, council.EventRoleChanged, council.EventSetting, council.EventRhythm}).Draw(t, "kind"),
		}
		if about := rapid.IntRange(0, 2).Draw(t, "about"); about > 0 {
			event.Detail = map[string]string{"member": fmt.Sprint(about)}
		}
		if err := tx.Record(event, ""); err != nil {
			t.Fatal(err)
		}
		event.ID = base + int64(len(events)) + 1
		events = append(events, event)
	}
	return events
}

// lets is what a filter means, said without SQL.
func lets(f EventFilter, event council.Event) bool {
	about := event.Kind == council.EventRoleChanged && event.Detail["member"] == fmt.Sprint(f.Member)
	matter := f.Matter == "" || slices.Contains(f.Matter.Kinds(), event.Kind) || f.Matter.Letter() != 0 && f.Matter.Letter() == event.Subject.Letter
	return (f.Subject.IsZero() || f.Subject == event.Subject) && matter && (f.Member == 0 || f.Member == event.MemberID || about) &&
		(!f.Bot || event.MemberID == 0) && (f.Since.IsZero() || !event.At.Before(f.Since)) && (f.Until.IsZero() || event.At.Before(f.Until))
}

func TestPagesOfEventsHoldWhatTheFilterMeansOnceEach(t *testing.T) {
	s := openStore(t)
	base := int64(0)
	rapid.Check(t, func(t *rapid.T) {
		failed := fmt.Errorf("not to be kept")
		err := s.Update(context.Background(), func(tx *Tx) error {
			events := drawnEvents(t, tx, base)
			filter := EventFilter{
				Subject: rapid.SampledFrom([]council.Reference{{}, {}, council.TaskReference(1)}).Draw(t, "of"),
				Matter:  rapid.SampledFrom([]council.Matter{"", "tasks", council.MatterRoles, council.MatterSettings}).Draw(t, "matter"),
				Member:  rapid.SampledFrom([]int64{0, 0, 1, 2}).Draw(t, "by"),
				Bot:     rapid.Bool().Draw(t, "bot"),
			}
			if rapid.Bool().Draw(t, "since") {
				filter.Since = noon.Add(-24 * time.Hour)
			}
			if rapid.Bool().Draw(t, "until") {
				filter.Until = noon.Add(24 * time.Hour)
			}
			var want []int64
			for _, event := range slices.Backward(events) {
				if lets(filter, event) {
					want = append(want, event.ID)
				}
			}
			pages := turned(t, tx, filter, rapid.IntRange(1, 4).Draw(t, "page"))
			if !slices.Equal(pages, want) {
				t.Fatalf("%+v: pages hold %v, want %v", filter, pages, want)
			}
			return failed
		})
		if err != failed {
			t.Fatal(err)
		}
	})
}

// turned turns all pages to the oldest and back, and gives the ids on the way there.
func turned(t *rapid.T, tx *Tx, filter EventFilter, size int) []int64 {
	var there, back []int64
	page, err := tx.EventsBefore(filter, 0, size)
	if err != nil || page.Newer {
		t.Fatal("the first page is the newest", err)
	}
	for {
		for _, one := range page.List {
			there = append(there, one.ID)
		}
		if !page.Older {
			break
		}
		if page, err = tx.EventsBefore(filter, page.List[len(page.List)-1].ID, size); err != nil || !page.Newer || len(page.List) == 0 {
			t.Fatal("there is a newer page, and something on this one", err)
		}
	}
	for {
		for _, one := range slices.Backward(page.List) {
			back = append(back, one.ID)
		}
		if !page.Newer {
			break
		}
		if page, err = tx.EventsAfter(filter, page.List[0].ID, size); err != nil || !page.Older {
			t.Fatal("there is an older page", err)
		}
	}
	slices.Reverse(back)
	if !slices.Equal(there, back) {
		t.Fatalf("there %v, back %v", there, back)
	}
	return there
}
