package council

import (
	"slices"
	"testing"
	"time"
)

// privacyCity is on WITA, with the hours that reminders keep.
func privacyCity() Timing {
	return Timing{Calendar: NewCalendar(time.FixedZone("WITA", 8*3600), nil)}
}

func onFebruary(day, hour, minute int) time.Time {
	return time.Date(2026, 2, day, hour, minute, 0, 0, time.FixedZone("WITA", 8*3600))
}

func TestARequestHasThreeDaysAndEndsOnce(t *testing.T) {
	asked := AskPrivacy(7, PrivacyOther, "kata", onFebruary(6, 23, 30)) // a Friday night
	asked.Number = 3
	if !asked.Due.Equal(onFebruary(9, 23, 30)) || !asked.Open() || asked.Reference().String() != "H-3" {
		t.Errorf("asked: %+v", asked)
	}
	ended, err := asked.End(PrivacyAnswered, "jawab", 9, onFebruary(7, 8, 0))
	if err != nil || ended.Open() || ended.EndedBy != 9 || ended.Answer != "jawab" || PlanPrivacy(ended) != nil {
		t.Errorf("ended: %+v, %v", ended, err)
	}
	if _, err := ended.End(PrivacyDone, "", 9, onFebruary(7, 9, 0)); err == nil {
		t.Error("it ended twice")
	}
}

// TestARequestIsSpokenOfBeforeItsEnd: never at night or on a day off, unless it would be
// too late after that.
func TestARequestIsSpokenOfBeforeItsEnd(t *testing.T) {
	cases := []struct {
		name  string
		asked time.Time
		now   time.Time
		want  Decision
	}{
		{"a day before its end, in working hours", onFebruary(2, 9, 0), onFebruary(4, 9, 0), Decision{Verdict: Say, Reason: "due"}},
		{"too early", onFebruary(2, 9, 0), onFebruary(3, 9, 0), Decision{Verdict: Wait, Reason: "not_due", Until: onFebruary(4, 9, 0)}},
		{"at night it waits for the morning", onFebruary(2, 22, 0), onFebruary(4, 22, 0), Decision{Verdict: Wait, Reason: "quiet", Until: onFebruary(5, 7, 30)}},
		{"the morning would be too late", onFebruary(5, 9, 0), onFebruary(7, 9, 0), Decision{Verdict: Say, Reason: "due"}},                                    // a Saturday, due on Sunday
		{"Monday morning is early enough", onFebruary(6, 15, 0), onFebruary(8, 15, 0), Decision{Verdict: Wait, Reason: "quiet", Until: onFebruary(9, 7, 30)}}, // a Sunday, due on Monday
		{"past its end", onFebruary(2, 9, 0), onFebruary(6, 9, 0), Decision{Verdict: Say, Reason: "due"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			asked := AskPrivacy(7, PrivacyErasure, "", c.asked)
			got := DecidePrivacy(PlanPrivacy(asked)[0], asked, c.now, privacyCity())
			if got.Verdict != c.want.Verdict || got.Reason != c.want.Reason || !got.Until.Equal(c.want.Until) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
	asked := AskPrivacy(7, PrivacyErasure, "", onFebruary(2, 9, 0))
	reminder := PlanPrivacy(asked)[0]
	if done, _ := asked.End(PrivacyDone, "", 7, onFebruary(2, 9, 0)); DecidePrivacy(reminder, done, onFebruary(4, 9, 0), privacyCity()).Verdict != Drop {
		t.Error("what is done is spoken of")
	}
}

func TestWhichTextApplies(t *testing.T) {
	said := onFebruary(2, 9, 0)
	versions := []PrivacyVersion{
		{Number: 1, AppliesAt: onFebruary(2, 9, 0), AnnouncedAt: said}, {Number: 2, AppliesAt: onFebruary(10, 0, 0), AnnouncedAt: said},
		{Number: 4, AppliesAt: onFebruary(12, 0, 0), AnnouncedAt: said}, {Number: 5, AppliesAt: onFebruary(12, 12, 0)}, // of the last nobody was told
	}
	for moment, want := range map[time.Time]int{onFebruary(1, 0, 0): 1, onFebruary(2, 9, 0): 1, onFebruary(9, 23, 59): 1, onFebruary(10, 0, 0): 2, onFebruary(13, 0, 0): 4} {
		if got, ok := PrivacyApplying(versions, moment); !ok || got.Number != want {
			t.Errorf("at %v: %d, want %d", moment, got.Number, want)
		}
	}
	if _, ok := PrivacyApplying(nil, onFebruary(1, 0, 0)); ok {
		t.Error("there is no text, and one applies")
	}
}

// TestAChangeIsAnnouncedAWeekBefore: whole days lie between, and nobody hears of it at night.
func TestAChangeIsAnnouncedAWeekBefore(t *testing.T) {
	announced, applies := AnnouncePrivacy(onFebruary(6, 19, 0), privacyCity().Calendar)
	if !announced.Equal(onFebruary(9, 7, 30)) || !applies.Equal(onFebruary(16, 0, 0)) {
		t.Errorf("announced %v, applies %v", announced, applies)
	}
}

func TestWhatChangedOfAText(t *testing.T) {
	got := NewLines("satu\n\ndua\ntiga", "satu\n\ndua lagi\ntiga\nempat")
	if !slices.Equal(got, []string{"dua lagi", "empat"}) {
		t.Errorf("got %q", got)
	}
}
