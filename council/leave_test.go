package council

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func june(day int) Day { return Day{2026, time.June, day} }

func TestLeavesOfOnePerson(t *testing.T) {
	tests := map[string]struct {
		others   []Leave
		added    Leave
		kept     Leave
		replaced int
	}{
		"the first":                 {nil, Leave{First: june(3), Last: june(7)}, Leave{First: june(3), Last: june(7)}, 0},
		"beside another":            {[]Leave{{First: june(1), Last: june(2)}}, Leave{First: june(3), Last: june(7)}, Leave{First: june(3), Last: june(7)}, 0},
		"longer at the end":         {[]Leave{{First: june(3), Last: june(7)}}, Leave{First: june(5), Last: june(10)}, Leave{First: june(3), Last: june(10)}, 1},
		"longer at the beginning":   {[]Leave{{First: june(3), Last: june(7)}}, Leave{First: june(1), Last: june(3)}, Leave{First: june(1), Last: june(7)}, 1},
		"around another":            {[]Leave{{First: june(4), Last: june(5)}}, Leave{First: june(3), Last: june(7)}, Leave{First: june(3), Last: june(7)}, 1},
		"inside another: corrected": {[]Leave{{First: june(1), Last: june(20)}}, Leave{First: june(3), Last: june(7)}, Leave{First: june(3), Last: june(7)}, 1},
		"the same again":            {[]Leave{{First: june(3), Last: june(7)}}, Leave{First: june(3), Last: june(7)}, Leave{First: june(3), Last: june(7)}, 1},
		"from one into another": {[]Leave{{First: june(1), Last: june(4)}, {First: june(6), Last: june(9)}}, Leave{First: june(4), Last: june(6)},
			Leave{First: june(1), Last: june(9)}, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			kept, replaced := test.added.Among(test.others)
			if difference := cmp.Diff(test.kept, kept); difference != "" || len(replaced) != test.replaced {
				t.Errorf("%d replaced, want %d; %s", len(replaced), test.replaced, difference)
			}
		})
	}
}

func TestLeavesThatCannotBeMeant(t *testing.T) {
	tests := map[string]struct {
		leave Leave
		want  string
	}{
		"ahead":             {Leave{First: june(3), Last: june(7)}, ""},
		"one day":           {Leave{First: june(3), Last: june(3)}, ""},
		"under way":         {Leave{First: june(1), Last: june(2)}, ""},
		"over":              {Leave{First: june(1), Last: june(1)}, "leave_past"},
		"reversed":          {Leave{First: june(7), Last: june(3)}, "leave_reversed"},
		"as long as may be": {Leave{First: june(2), Last: june(2).Add(LeaveLimit - 1)}, ""},
		"longer":            {Leave{First: june(2), Last: june(2).Add(LeaveLimit)}, "leave_too_long"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if code := codeOf(t, test.leave.Check(june(2))); code != test.want {
				t.Errorf("refused as %q, want %q", code, test.want)
			}
		})
	}
}

// TestLeavesStayApart adds leaves at random: those kept never overlap, and every
// day of the newest is covered.
func TestLeavesStayApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var kept []Leave
		for range rapid.IntRange(1, 12).Draw(t, "leaves") {
			first := june(rapid.IntRange(1, 60).Draw(t, "first"))
			added := Leave{First: first.Add(0), Last: first.Add(rapid.IntRange(0, 15).Draw(t, "days"))}
			settled, replaced := added.Among(kept)
			var others []Leave
			for _, leave := range kept {
				gone := false
				for _, old := range replaced {
					gone = gone || old == leave
				}
				if !gone {
					others = append(others, leave)
				}
			}
			for _, other := range others {
				if settled.Overlaps(other.First, other.Last) {
					t.Fatalf("%v overlaps %v", settled, other)
				}
			}
			if !settled.Covers(added.First) || !settled.Covers(added.Last) {
				t.Fatalf("%v does not cover %v", settled, added)
			}
			kept = append(others, settled)
		}
	})
}

func TestTheFirstMorningAfterLeave(t *testing.T) {
	calendar := NewCalendar(time.UTC, []Holiday{{Date: june(16), Name: "Tahun Baru Islam"}})
	timing := Timing{Calendar: calendar}
	leaves := []Leave{{First: june(3), Last: june(5)}, {First: june(6), Last: june(9)}, {First: june(12), Last: june(15)}}
	tests := map[string]struct {
		day  Day
		want string
	}{
		"there":                             {june(10), ""},
		"away, and away again the next day": {june(4), "2026-06-10 08:00"},
		"back on a day off":                 {june(13), "2026-06-17 08:00"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			back, away := timing.Back(leaves, test.day)
			if away != (test.want != "") || away && back.Format("2006-01-02 15:04") != test.want {
				t.Errorf("%v %v, want %q", away, back, test.want)
			}
		})
	}
}

func TestQuietTimesThatMayBeChosen(t *testing.T) {
	tests := map[string]struct {
		quiet []QuietTime
		want  string
	}{
		"none":                               {nil, ""},
		"over noon":                          {[]QuietTime{{720, 810}}, ""},
		"over midnight":                      {[]QuietTime{{20 * 60, 7*60 + 30}}, ""},
		"no length":                          {[]QuietTime{{720, 720}}, "quiet_empty"},
		"four":                               {[]QuietTime{{0, 10}, {20, 30}, {40, 50}, {60, 70}}, "quiet_too_many"},
		"two hours stay":                     {[]QuietTime{{9*60 + 30, 24 * 60}}, ""},
		"a minute less":                      {[]QuietTime{{9*60 + 29, 24 * 60}}, "quiet_too_long"},
		"two hours, on Fridays in the noon":  {[]QuietTime{{0, 11*60 + 30}, {13*60 + 30, 0}}, "quiet_too_long"},
		"all day but an hour, over midnight": {[]QuietTime{{8 * 60, 7 * 60}}, "quiet_too_long"},
		"together too long":                  {[]QuietTime{{0, 12 * 60}, {12 * 60, 15 * 60}}, "quiet_too_long"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if code := codeOf(t, CheckQuiet(test.quiet, UsualHours)); code != test.want {
				t.Errorf("refused as %q, want %q", code, test.want)
			}
		})
	}
}

// TestWhatMayBeChosenEnds looks at any moment: quiet times that were let through
// end within a day.
func TestWhatMayBeChosenEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var quiet []QuietTime
		for range rapid.IntRange(0, QuietTimesLimit).Draw(t, "count") {
			quiet = append(quiet, QuietTime{rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1440).Draw(t, "until")})
		}
		if CheckQuiet(quiet, UsualHours) != nil {
			return
		}
		now := june(1).At(0, rapid.IntRange(0, 2879).Draw(t, "minute"), time.UTC)
		end := quietUntilAll(quiet, now, Calendar{})
		if end.Sub(now) >= 24*time.Hour || end.Before(now) {
			t.Fatalf("at %v quiet until %v", now, end)
		}
		for _, one := range quiet {
			if until, covered := one.Covers(end, Calendar{}); covered {
				t.Fatalf("at %v still quiet until %v", end, until)
			}
		}
	})
}
