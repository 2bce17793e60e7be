package council

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestAttendanceOfAMeeting(t *testing.T) {
	starts := time.Date(2026, 6, 4, 1, 0, 0, 0, time.UTC)
	at := func(hours float64) time.Time { return starts.Add(time.Duration(hours * float64(time.Hour))) }
	for _, test := range []struct {
		name       string
		state      MeetingState
		minutes    MinutesState
		themselves bool
		now        time.Time
		want       string
	}{
		{"too early", MeetingPlanned, MinutesNone, false, at(-0.51), "meeting_not_yet"},
		{"as they come together", MeetingPlanned, MinutesNone, true, at(-0.5), ""},
		{"an hour after the end", MeetingHeld, MinutesDraft, true, at(2.99), ""},
		{"later", MeetingHeld, MinutesDraft, true, at(3), "attendance_closed"},
		{"later by the scribe", MeetingHeld, MinutesProposed, false, at(300), ""},
		{"after the minutes were agreed", MeetingHeld, MinutesAgreed, false, at(1), "attendance_closed"},
		{"cancelled", MeetingCancelled, MinutesNone, false, at(1), "meeting_over"},
		{"did not take place", MeetingMissed, MinutesNone, true, at(1), "meeting_over"},
	} {
		m := Meeting{Number: 4, Starts: starts, Length: 2 * time.Hour, State: test.state, Minutes: Minutes{State: test.minutes}}
		code := ""
		if refusal := (*Refusal)(nil); errors.As(m.CheckAttendance(test.themselves, test.now), &refusal) {
			code = refusal.Code
		}
		if code != test.want {
			t.Errorf("%s: got %q, want %q", test.name, code, test.want)
		}
	}
}

func TestWhoIsNotedAsPresent(t *testing.T) {
	now := time.Date(2026, 6, 4, 1, 0, 0, 0, time.UTC)
	m := Meeting{Number: 4, Starts: now, Length: 2 * time.Hour, State: MeetingPlanned}
	noted, err := m.Attend(Attendee{Name: "Rahma", Until: 7}, 3, now)
	if err != nil || noted != (Attendee{Name: "Rahma", NotedBy: 3, At: now, From: 1}) {
		t.Errorf("got %+v, %v", noted, err)
	}
	m.Minutes = Minutes{State: MinutesDraft, Edition: 2}
	if noted, err = m.Attend(Attendee{MemberID: 3}, 3, now.Add(100*time.Hour)); err != nil || noted.From != 2 {
		t.Errorf("got %+v, %v", noted, err)
	}
	for want, who := range map[string]Attendee{
		"attendee_empty":      {Office: "DLH"},
		"meeting_name_long":   {Name: strings.Repeat("é", MeetingNameLimit+1)},
		"meeting_office_long": {Name: strings.Repeat("é", MeetingNameLimit), Office: strings.Repeat("é", AttendeeOfficeLimit+1)},
	} {
		refusal := (*Refusal)(nil)
		if _, err := m.Attend(who, 3, now); !errors.As(err, &refusal) || refusal.Code != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
