package council

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The town of the hand-counted example: one council, two working groups of the
// same kind, two communities.
var townGroups = []Group{
	{ID: 1, Kind: KindCouncil}, {ID: 2, Kind: KindWorkingGroup}, {ID: 3, Kind: KindWorkingGroup},
	{ID: 4, Kind: KindCommunity}, {ID: 5, Kind: KindCommunity},
}

// What happened in October, line by line: who, what, to which thing, and the
// details as they stand in the table.
const townOctober = `
11 commented   T-1            in=2
11 submitted   T-1            in=2
12 commented   T-1            in=2
12 taken       T-2            in=3
13 progress    T-2            in=3
14 asked       Q-1 group=4 to=1          in=4
14 asked       Q-2 group=4 to=2          in=4
15 asked       Q-3 to=1                  in=4,5
16 created     N-1            in=5
17 linked      -              group=5 in=5
18 asked       Q-4 group=5 to=1          in=0
19 created     T-9
21 answered    Q-1 group=4 to=1 working_days=2 in_time=true   in=1
11 answered    Q-2 group=4 to=2 working_days=6 in_time=false  in=2
21 answered    Q-3 to=1 working_days=3 in_time=true           in=1
21 answered    Q-3 to=1 working_days=5 in_time=false          in=1
14 asked       Q-5 group=4 to=1          in=4
14 withdrawn   Q-5 group=4 to=1          in=4
14 withdrawn   Q-5 group=4 to=1          in=4
21 forwarded   Q-7 group=5 to=3          in=1
21 answered    Q-1 group=4 to=1          in=1
14 asked       Q-6 group=4 to=1          in=4
21 forwarded   Q-6 group=4 to=3          in=1
0  asked       P-1 reached=14,15,16      in=4
0  asked       P-1 reached=15,16         in=5
0  asked       P-1 reached=14 round=2    in=4
14 answered    P-1 round=2    in=4
14 answered    P-1            in=4
14 answered    P-1            in=4
15 answered    P-1            in=4,5
0  announced   A-1 reached=21,14         in=1,4
21 read        A-1            in=1
21 read        A-1            in=1
14 read        A-2            in=4
16 created     I-1            in=5
21 decided     I-1            in=1
0  held        M-1            in=1,4
0  held        M-2            in=2,4
0  accepted    T-1            in=2
`

// TestInvolvementCountedByHand counts the October of the town by hand.
func TestInvolvementCountedByHand(t *testing.T) {
	count := NewInvolvementCount(townGroups)
	for _, event := range eventsWritten(t, townOctober) {
		count.Add(event)
	}
	got := count.Involvement()
	want := Involvement{
		City: Figures{
			// 11 12 13 in working groups, 14 15 16 in communities, 21 in the council, and 18, who was seen in no group:
			// own reminders (16 gave an idea as well), links (17) and coordination (19) are no involvement.
			Active: 8,
			// Six questions were asked, one of which was taken back. Answered, whose later answer holds
			// (5 days, late); what was added to Q-1 is no answer of its own. Q-7 was asked in September, and forwarded.
			Asked:   Questions{5, 3, 1, []int{2, 5, 6}},
			Put:     Questions{6, 3, 1, []int{2, 5, 6}},
			Prompts: Share{3, 4},                // 14 and 15 of 14, 15, 16; and 14 once more, in another round
			Read:    Share{2, 3},                // 21 of 21 and 14; and 14, whom A-2 reached in September
			Given:   1, Decided: 1, Meetings: 1, // M-2 was without the council
		},
		Kinds: map[GroupKind]Figures{
			// 21; put to it; answered Q-1 (2 days) and Q-3 (5 days, late).
			KindCouncil: {Active: 1, Put: Questions{4, 2, 1, []int{2, 5}}, Read: Share{1, 2}, Decided: 1, Meetings: 1},
			// 11, 12 (in both groups, once), 13; put to it Q-2, answered after 6 days, late; were forwarded to it.
			KindWorkingGroup: {Active: 3, Put: Questions{3, 1, 0, []int{6}}},
			// 14, 15 (seen in both groups, once), 16; asked; Q-3 was asked in private.
			KindCommunity: {Active: 3, Asked: Questions{4, 2, 1, []int{2, 6}}, Prompts: Share{3, 4}, Read: Share{1, 3}, Given: 1, Meetings: 1},
		},
		Groups: map[int64]Figures{
			1: {Active: 1, Put: Questions{4, 2, 1, []int{2, 5}}, Read: Share{1, 2}, Decided: 1, Meetings: 1},
			2: {Active: 2, Put: Questions{1, 1, 0, []int{6}}},                                                            // 11 12
			3: {Active: 2, Put: Questions{Count: 2}},                                                                     // 12 13
			4: {Active: 2, Asked: Questions{3, 2, 1, []int{2, 6}}, Prompts: Share{3, 4}, Read: Share{1, 3}, Meetings: 1}, // 14 15
			5: {Active: 2, Asked: Questions{1, 0, 0, nil}, Prompts: Share{1, 2}, Given: 1},                               // 15 16
		},
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Error(difference)
	}
	if got.ActiveGroups() != 5 {
		t.Errorf("%d groups are active, not 5", got.ActiveGroups())
	}
	if median, known := got.City.Put.Median(); !known || median != 5 {
		t.Errorf("the median of 2, 5 and 6 days is %v", median)
	}
	if median, known := got.Kinds[KindCommunity].Asked.Median(); !known || median != 4 {
		t.Errorf("the median of 2 and 6 days is %v", median)
	}
	if _, known := got.Groups[5].Asked.Median(); known {
		t.Error("there is a median of no answer")
	}
}

// eventsWritten reads events as they are written above.
func eventsWritten(t *testing.T, text string) (events []Event) {
	t.Helper()
	for line := range strings.Lines(strings.TrimSpace(text)) {
		words := strings.Fields(line)
		member, err := strconv.ParseInt(words[0], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		event := Event{MemberID: member, Kind: EventKind(words[1]), Detail: map[string]string{}}
		event.Subject, _ = ParseReference(words[2])
		for _, detail := range words[3:] {
			key, value, _ := strings.Cut(detail, "=")
			event.Detail[key] = value
		}
		events = append(events, event)
	}
	return events
}

// TestInvolvementAddsUp: whatever happened, groups, kinds and city fit together,
// and two halves of a span make up the whole of what is added.
func TestInvolvementAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(anyEvent), 0, 60).Draw(t, "events")
		whole := involvementOf(events)
		half := rapid.IntRange(0, len(events)).Draw(t, "half")
		first, second := involvementOf(events[:half]), involvementOf(events[half:])
		for kind, figures := range whole.Kinds {
			var sum, largest, asked, put int
			for _, group := range townGroups {
				if group.Kind == kind {
					of := whole.Groups[group.ID]
					sum, largest, asked, put = sum+of.Active, max(largest, of.Active), asked+of.Asked.Count, put+of.Put.Count
				}
			}
			if figures.Active > sum || figures.Active < largest {
				t.Fatalf("%s: %d active, its groups %d together and %d at most", kind, figures.Active, sum, largest)
			}
			if figures.Asked.Count != asked || figures.Put.Count != put {
				t.Fatalf("%s: %d asked and %d put, its groups %d and %d", kind, figures.Asked.Count, figures.Put.Count, asked, put)
			}
			if figures.Active > whole.City.Active || figures.Asked.Answered > whole.City.Asked.Answered {
				t.Fatalf("%s has more than the city", kind)
			}
		}
		if active := whole.City.Active; active > first.City.Active+second.City.Active || active < max(first.City.Active, second.City.Active) {
			t.Fatalf("%d active, in the halves %d and %d", active, first.City.Active, second.City.Active)
		}
		for _, questions := range []Questions{whole.City.Asked, whole.City.Put} {
			if questions.InTime > questions.Answered || len(questions.Days) != questions.Answered || !slices.IsSorted(questions.Days) {
				t.Fatalf("these do not fit together: %+v", questions)
			}
		}
	})
}

func anyEvent(t *rapid.T) Event {
	number := func(name string, most int) string { return strconv.Itoa(rapid.IntRange(0, most).Draw(t, name)) }
	kinds := []EventKind{EventAsked, EventAnswered, EventCommented, EventRead, EventCreated, EventLinked}
	question := rapid.IntRange(1, 9).Draw(t, "question")
	event := Event{
		MemberID: rapid.Int64Range(0, 6).Draw(t, "member"), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
		Subject: Reference{rapid.SampledFrom([]byte("TQPAINM")).Draw(t, "letter"), int64(question)},
		Detail:  map[string]string{DetailIn: number("in", 6) + "," + number("in", 6), DetailWorkingDays: number("days", 9), DetailInTime: "true"},
	}
	if event.Subject.Letter == QuestionLetter { // a question comes from one place and goes to one
		event.Detail[DetailGroup], event.Detail[DetailTo] = strconv.Itoa(question%6), strconv.Itoa((question+2)%6)
	}
	return event
}

func involvementOf(events []Event) Involvement {
	count := NewInvolvementCount(townGroups)
	for _, event := range events {
		count.Add(event)
	}
	return count.Involvement()
}

// TestInvolvementHoldsNumbersOnly looks at the type: nobody's name or words could
// stand in it.
func TestInvolvementHoldsNumbersOnly(t *testing.T) {
	var look func(reflect.Type, string)
	look = func(of reflect.Type, path string) {
		switch of.Kind() {
		case reflect.Struct:
			for field := range of.Fields() {
				look(field.Type, path+"."+field.Name)
			}
		case reflect.Map:
			if of.Key() != reflect.TypeFor[GroupKind]() && of.Key() != reflect.TypeFor[int64]() {
				t.Errorf("%s is kept by %v", path, of.Key())
			}
			look(of.Elem(), path)
		case reflect.Slice:
			look(of.Elem(), path)
		case reflect.Int:
		default:
			t.Errorf("%s holds a %v", path, of)
		}
	}
	look(reflect.TypeFor[Involvement](), "Involvement")
}

func TestWhichGroupsADeedCountsFor(t *testing.T) {
	seen := []Group{{ID: 3, Kind: KindCommunity}, {ID: 7, Kind: KindCommunity}}
	for _, row := range []struct {
		name  string
		actor Actor
		group int64
		want  string
	}{
		{"in a group", Actor{Member: Member{ID: 1}, Groups: seen}, 3, "3"},
		{"in private", Actor{Member: Member{ID: 1}, Groups: seen}, 0, "3,7"},
		{"in private, seen nowhere", Actor{Member: Member{ID: 1}, Granted: []Role{RoleLeader}}, 0, "0"},
		{"the bot itself", Actor{}, 3, ""},
		{"a coordinator", Actor{Member: Member{ID: 1}, Groups: seen, Granted: []Role{RoleCoordinator}}, 3, ""},
		{"a leader", Actor{Member: Member{ID: 1}, Groups: seen, Granted: []Role{RoleLeader}}, 3, "3"},
	} {
		if got := row.actor.CountsFor(row.group); got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[Share]int{{}: 0, {0, 3}: 0, {1, 3}: 33, {2, 3}: 67, {7, 9}: 78, {1, 200}: 1, {3, 3}: 100} {
		if got := share.Percent(); got != want {
			t.Errorf("%v is %d percent, not %d", share, got, want)
		}
	}
}

func TestMonths(t *testing.T) {
	for _, row := range []struct{ zone, moment, month, from, until string }{
		{"Asia/Makassar", "2026-09-30T15:59:59Z", "2026-09", "2026-08-31T16:00:00Z", "2026-09-30T16:00:00Z"},
		{"Asia/Makassar", "2026-09-30T16:00:00Z", "2026-10", "2026-09-30T16:00:00Z", "2026-10-31T16:00:00Z"},
		{"Asia/Jayapura", "2026-12-31T14:59:59Z", "2026-12", "2026-11-30T15:00:00Z", "2026-12-31T15:00:00Z"},
		{"Asia/Jayapura", "2026-12-31T15:00:00Z", "2027-01", "2026-12-31T15:00:00Z", "2027-01-31T15:00:00Z"},
	} {
		zone, moment := zoneNamed(row.zone), instant(t, row.moment)
		month := MonthOf(moment, zone)
		span := month.Span(zone)
		if month.String() != row.month || !span.From.Equal(instant(t, row.from)) || !span.Until.Equal(instant(t, row.until)) {
			t.Errorf("%s in %s is in %s, %s", row.moment, row.zone, month, fmt.Sprint(span.From.UTC(), span.Until.UTC()))
		}
		if again, err := ParseMonth(row.month); err != nil || again != month {
			t.Errorf("%s is read as %v, %v", row.month, again, err)
		}
	}
}

// TestWhatAMonthComparesWith: a month that goes on compares with as much of the
// month before.
func TestWhatAMonthComparesWith(t *testing.T) {
	zone := zoneNamed("Asia/Makassar")
	for _, row := range []struct{ name, month, now, until, before string }{
		{"over", "2026-09", "2026-10-16T08:05:00+08:00", "2026-10-01T00:00:00+08:00", "2026-09-01T00:00:00+08:00"},
		{"goes on", "2026-10", "2026-10-16T08:05:07+08:00", "2026-10-16T08:05:07+08:00", "2026-09-16T08:05:07+08:00"},
		{"a day that the month before has not", "2026-10", "2026-10-31T08:05:00+08:00", "2026-10-31T08:05:00+08:00", "2026-10-01T00:00:00+08:00"},
		{"in March", "2026-03", "2026-03-30T23:59:59+08:00", "2026-03-30T23:59:59+08:00", "2026-03-01T00:00:00+08:00"},
		{"over the year", "2027-01", "2027-01-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00", "2026-12-01T00:00:00+08:00"},
	} {
		month, err := ParseMonth(row.month)
		if err != nil {
			t.Fatal(err)
		}
		now := instant(t, row.now)
		if got := month.Until(now, zone).Until; !got.Equal(instant(t, row.until)) {
			t.Errorf("%s: counted until %v", row.name, got)
		}
		before := month.Alike(month.Add(-1), now, zone)
		if !before.Until.Equal(instant(t, row.before)) || !before.From.Equal(month.Add(-1).Span(zone).From) {
			t.Errorf("%s: compared with %v", row.name, before)
		}
	}
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// TestMeetingsOfCouncilAndCommunity: those are counted, once, in the groups whose members
// were there, and no more when it was taken back that they were held.
func TestMeetingsOfCouncilAndCommunity(t *testing.T) {
	groups := []Group{{ID: 1, Kind: KindCouncil}, {ID: 2, Kind: KindCommunity}, {ID: 3, Kind: KindWorkingGroup}}
	tests := map[string]struct {
		events string
		want   []int // in the city, and in each group
	}{
		"both":                     {"0 held M-1 in=1,2", []int{1, 1, 1, 0}},
		"the council alone":        {"0 held M-1 in=1", []int{0, 0, 0, 0}},
		"council and workers":      {"0 held M-1 in=1,3", []int{0, 0, 0, 0}},
		"all of them":              {"0 held M-1 in=1,2,3", []int{1, 1, 1, 1}},
		"nobody was noted":         {"0 held M-1", []int{0, 0, 0, 0}},
		"others were noted later":  {"0 held M-1 in=1\n0 held M-1 in=1,2", []int{1, 1, 1, 0}},
		"more were noted later":    {"0 held M-1 in=1,2\n0 held M-1 in=1,2,3", []int{1, 1, 1, 1}},
		"one was noted by mistake": {"0 held M-1 in=1,2\n0 held M-1 in=1", []int{0, 0, 0, 0}},
		"taken back":               {"0 held M-1 in=1,2\n9 undone M-1 what=held", []int{0, 0, 0, 0}},
		"another thing taken back": {"0 held M-1 in=1,2\n9 undone M-1", []int{1, 1, 1, 0}},
		"taken back, and held":     {"0 held M-1 in=1,2\n9 undone M-1 what=held\n0 held M-1 in=1,2", []int{1, 1, 1, 0}},
		"two":                      {"0 held M-1 in=1,2\n0 held M-2 in=1,2", []int{2, 2, 2, 0}},
		"one that was missed":      {"9 missed M-1 in=1,2", []int{0, 0, 0, 0}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			count := NewInvolvementCount(groups)
			for _, event := range eventsWritten(t, test.events) {
				count.Add(event)
			}
			counted := count.Involvement()
			got := []int{counted.City.Meetings}
			for _, group := range groups {
				got = append(got, counted.Groups[group.ID].Meetings)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v", got)
			}
		})
	}
}
