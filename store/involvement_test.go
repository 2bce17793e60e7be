package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

var questionQ1 = council.Reference{Letter: council.QuestionLetter, Number: 1}

func recorded(t testing.TB, tx *Tx, at time.Time, member int64, subject council.Reference, kind council.EventKind, detail ...string) {
	t.Helper()
	event := council.Event{At: at, MemberID: member, Subject: subject, Kind: kind, Detail: map[string]string{}}
	for i := 0; i+1 < len(detail); i += 2 {
		event.Detail[detail[i]] = detail[i+1]
	}
	ok(t, tx.Record(event, "words that nobody counts"))
}

// TestInvolvementOfAMonthInItsZone: the first and the last moment of a local month
// are in it, those beside it are not.
func TestInvolvementOfAMonthInItsZone(t *testing.T) {
	for _, name := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"} {
		t.Run(name, func(t *testing.T) {
			tx := writing(t)
			zone := got(time.LoadLocation(name))(t)
			span := council.Month{Year: 2026, Month: time.October}.Span(zone)
			forum := group(t, tx, -100, 0, council.KindCommunity, "")
			in := []string{council.DetailIn, fmt.Sprint(forum.ID)}
			for member, at := range map[int64]time.Time{
				1: span.From.Add(-time.Millisecond), 2: span.From, 3: span.Until.Add(-time.Millisecond), 4: span.Until,
			} {
				recorded(t, tx, at, member, task12, council.EventCommented, in...)
			}
			recorded(t, tx, span.From, 1, questionQ1, council.EventAsked, council.DetailGroup, fmt.Sprint(forum.ID), council.DetailIn, "0")
			counted := got(tx.Involvement(span, got(tx.Groups())(t)))(t)
			if figures := counted.Groups[forum.ID]; figures.Active != 2 || figures.Asked.Count != 1 {
				t.Errorf("the group has %+v", figures)
			}
			if counted.City.Active != 3 { // the one who asked is seen in no group
				t.Errorf("the city has %+v", counted.City)
			}
		})
	}
}

// TestInvolvementIsWhatCouncilCounts: what the database gathers first leaves the
// numbers as they are when every event is counted one by one.
func TestInvolvementIsWhatCouncilCounts(t *testing.T) {
	tx := writing(t)
	groups := []council.Group{
		group(t, tx, -1, 0, council.KindCouncil, ""), group(t, tx, -2, 0, council.KindWorkingGroup, council.Living),
		group(t, tx, -3, 0, council.KindCommunity, ""), group(t, tx, -4, 0, council.KindCommunity, ""),
	}
	random := rand.New(rand.NewPCG(1, 2))
	one := council.NewInvolvementCount(groups)
	for i := range 3000 {
		event := anyInvolvement(random, noon)
		if i%7 == 0 {
			event.Detail = nil
		}
		one.Add(event)
		ok(t, tx.Record(event, ""))
	}
	span := council.Span{From: noon, Until: noon.Add(time.Hour)}
	if difference := cmp.Diff(one.Involvement(), got(tx.Involvement(span, groups))(t)); difference != "" {
		t.Error(difference)
	}
}

// anyInvolvement is something that somebody does: mostly about tasks, sometimes
// about what is counted one by one.
func anyInvolvement(random *rand.Rand, at time.Time) council.Event {
	number := func(most int) string { return fmt.Sprint(random.IntN(most) + 1) }
	event := council.Event{At: at, MemberID: random.Int64N(400), Kind: council.EventCommented, Detail: map[string]string{
		council.DetailIn: number(4) + "," + number(4), council.DetailGroup: number(4), council.DetailTo: number(4),
		council.DetailWorkingDays: number(9), council.DetailInTime: "true", council.DetailReached: number(400) + "," + number(400),
	}}
	kinds := []council.EventKind{council.EventAsked, council.EventAnswered, council.EventRead, council.EventCreated, council.EventHeld}
	event.Kind = kinds[random.IntN(len(kinds))]
	event.Subject = council.Reference{Letter: "TTTTTTTTTTEVNQPAIM"[random.IntN(18)], Number: random.Int64N(50) + 1}
	return event
}

// TestInvolvementOfAGroupLinkedAnew: what happened under the former link counts
// for the group.
func TestInvolvementOfAGroupLinkedAnew(t *testing.T) {
	tx := writing(t)
	before := group(t, tx, -1, 0, council.KindCommunity, "")
	recorded(t, tx, noon, 1, task12, council.EventCommented, council.DetailIn, fmt.Sprint(before.ID))
	recorded(t, tx, noon, 1, questionQ1, council.EventAsked, council.DetailGroup, fmt.Sprint(before.ID), council.DetailTo, "0")
	now := group(t, tx, -1001, 0, council.KindCommunity, "")
	ok(t, tx.Migrate(-1, -1001))
	again := group(t, tx, -1002, 0, council.KindCommunity, "")
	ok(t, tx.Migrate(-1001, -1002))
	counted := got(tx.Involvement(council.Span{From: noon, Until: noon.Add(time.Hour)}, got(tx.GroupsEver())(t)))(t)
	if figures := counted.Groups[again.ID]; figures.Active != 1 || figures.Asked.Count != 1 {
		t.Errorf("group %d, before %d and %d: %+v", again.ID, before.ID, now.ID, counted.Groups)
	}
}

func TestGroupsEver(t *testing.T) {
	tx := writing(t)
	forum := group(t, tx, -1, 0, council.KindCommunity, "")
	dewan := group(t, tx, -2, 0, council.KindCouncil, "")
	ok(t, tx.UnlinkGroup(forum, noon))
	if groups := got(tx.GroupsEver())(t); len(groups) != 2 || groups[0].ID != forum.ID || groups[1].ID != dewan.ID {
		t.Errorf("there were %v", groups)
	}
}

// BenchmarkInvolvement counts a month of a large city, 300 groups and 6,000
// people: a million events over three years, and a busy month with a fifth of them.
func BenchmarkInvolvement(b *testing.B) {
	const events, months = 1_000_000, 36
	for _, busy := range []int{events / months, 200_000} {
		b.Run(fmt.Sprintf("month=%d", busy), func(b *testing.B) {
			s := openStore(b)
			span := council.Month{Year: 2026, Month: time.October}.Span(time.UTC)
			random := rand.New(rand.NewPCG(3, 4))
			var groups []council.Group
			ok(b, s.Update(b.Context(), func(tx *Tx) error {
				for i := range 300 {
					groups = append(groups, group(b, tx, int64(-1-i), 0, council.GroupKinds[i%4], ""))
				}
				return nil
			}))
			const chunk = 50_000
			for first := 0; first < events; first += chunk {
				ok(b, s.Update(b.Context(), func(tx *Tx) error {
					for i := first; i < first+chunk; i++ {
						at := span.From.Add(-time.Duration(events-busy-i) * time.Minute)
						if i >= events-busy {
							at = span.From.Add(span.Until.Sub(span.From) / time.Duration(busy) * time.Duration(i-events+busy))
						}
						if err := tx.Record(townEvent(random, at), ""); err != nil {
							return err
						}
					}
					return nil
				}))
			}
			b.ResetTimer()
			for b.Loop() {
				ok(b, s.View(b.Context(), func(tx *Tx) error {
					_, err := tx.Involvement(span, groups)
					return err
				}))
			}
			if mean := b.Elapsed() / time.Duration(b.N); busy == events/months && mean > 200*time.Millisecond {
				b.Errorf("a month takes %v", mean)
			}
		})
	}
}

// townEvent is something that one of 6,000 people does in one of 300 groups: two
// in three about tasks, the rest readings, answers to prompts and questions.
func townEvent(random *rand.Rand, at time.Time) council.Event {
	member := random.Int64N(6000) + 1
	event := council.Event{At: at, MemberID: member, Subject: council.Reference{Letter: council.TaskLetter, Number: random.Int64N(9000) + 1},
		Kind: council.EventCommented, Detail: map[string]string{council.DetailIn: fmt.Sprint(member%300 + 1)}}
	switch random.IntN(30) {
	case 0, 1, 2, 3, 4, 5:
		event.Subject, event.Kind = council.Reference{Letter: council.AnnouncementLetter, Number: random.Int64N(40) + 1}, council.EventRead
	case 6, 7, 8:
		event.Subject, event.Kind = council.Reference{Letter: council.PromptLetter, Number: random.Int64N(40) + 1}, council.EventAnswered
	case 9:
		event.Subject, event.Kind = council.Reference{Letter: council.QuestionLetter, Number: random.Int64N(900) + 1}, council.EventAnswered
		event.Detail[council.DetailGroup], event.Detail[council.DetailTo] = fmt.Sprint(member%300+1), "1"
		event.Detail[council.DetailWorkingDays], event.Detail[council.DetailInTime] = "3", "true"
	}
	return event
}
