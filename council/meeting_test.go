package council

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var nineOClock = time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)

func planned() Meeting {
	return Meeting{Number: 4, Title: "Rapat persiapan", Starts: nineOClock, Length: MeetingLength, State: MeetingPlanned, Edition: 1, Version: 1,
		Chair: Seat{MemberID: 1}, Scribe: Seat{MemberID: 2}, People: []int64{3}}
}

func refusedAs(t *testing.T, err error, code string) {
	t.Helper()
	var refusal *Refusal
	if code == "" && err != nil || code != "" && (!errors.As(err, &refusal) || refusal.Code != code) {
		t.Errorf("got %v, want %q", err, code)
	}
}

func TestWhatNoMeetingCanBe(t *testing.T) {
	tests := map[string]func(*Meeting){
		"":                   func(*Meeting) {},
		"meeting_title":      func(m *Meeting) { m.Title = "" },
		"meeting_title_long": func(m *Meeting) { m.Title = string(make([]rune, MeetingTitleLimit+1)) },
		"meeting_place_long": func(m *Meeting) { m.Place = string(make([]rune, MeetingPlaceLimit+1)) },
		"meeting_length":     func(m *Meeting) { m.Length = time.Minute },
		"meeting_seats":      func(m *Meeting) { m.Seats = -1 },
		"meeting_past":       func(m *Meeting) { m.Starts = nineOClock.Add(-25 * time.Hour) },
	}
	for code, change := range tests {
		meeting := planned()
		change(&meeting)
		refusedAs(t, CheckMeeting(meeting, nineOClock.Add(-24*time.Hour)), code)
	}
}

// TestTheLifeOfAMeeting asks what may be done with a meeting at which time: what
// the invited know grows by one edition with each thing they are told of, and by none else.
func TestTheLifeOfAMeeting(t *testing.T) {
	before, within, after := nineOClock.Add(-24*time.Hour), nineOClock.Add(-10*time.Minute), nineOClock.Add(5*time.Hour)
	cancelled, _ := planned().Cancel(before)
	held, _ := planned().Hold(after)
	tests := []struct {
		name    string
		meeting Meeting
		now     time.Time
		change  func(Meeting, time.Time) (Meeting, error)
		code    string
		told    int
	}{
		{"moved", planned(), before, func(m Meeting, now time.Time) (Meeting, error) {
			return m.Move(nineOClock.Add(time.Hour), time.Hour, now)
		}, "", 1},
		{"moved into the past", planned(), before, func(m Meeting, now time.Time) (Meeting, error) {
			return m.Move(before.Add(-time.Hour), time.Hour, now)
		}, "meeting_past", 0},
		{"another place", planned(), before, func(m Meeting, now time.Time) (Meeting, error) { return m.Relocate("Aula", now) }, "", 1},
		{"another title", planned(), before, func(m Meeting, now time.Time) (Meeting, error) { return m.Rename("Lokakarya", now) }, "", 1},
		{"cancelled", planned(), within, Meeting.Cancel, "", 1},
		{"cancelled while it lasts", planned(), nineOClock.Add(time.Hour), Meeting.Cancel, "", 1},
		{"cancelled when it is over", planned(), after, Meeting.Cancel, "meeting_over", 0},
		{"cancelled twice", cancelled, before, Meeting.Cancel, "meeting_over", 0},
		{"moved after it was cancelled", cancelled, before, func(m Meeting, now time.Time) (Meeting, error) { return m.Relocate("Aula", now) }, "meeting_over", 0},
		{"held while people arrive", planned(), within, Meeting.Hold, "", 0},
		{"held before", planned(), before, Meeting.Hold, "meeting_not_yet", 0},
		{"missed", planned(), after, Meeting.Miss, "", 0},
		{"missed after it was held", held, after, Meeting.Miss, "meeting_over", 0},
		{"more are invited", planned(), before, func(m Meeting, _ time.Time) (Meeting, error) { return m.Invite(Addressees{}, []int64{9}) }, "", 0},
		{"minutes begin", planned(), within, Meeting.Open, "", 0},
		{"minutes before", planned(), before, Meeting.Open, "meeting_not_yet", 0},
		{"minutes of what was cancelled", cancelled, after, Meeting.Open, "meeting_over", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed, err := test.change(test.meeting, test.now)
			refusedAs(t, err, test.code)
			grew := int64(1)
			if test.code != "" {
				grew = 0
			}
			if changed.Edition != test.meeting.Edition+test.told || changed.Version != test.meeting.Version+grew {
				t.Errorf("edition %d, version %d", changed.Edition, changed.Version)
			}
		})
	}
}

func TestWhoIsConcerned(t *testing.T) {
	tests := []struct {
		name         string
		member       int64
		response     Response
		before, near bool
	}{
		{"who comes", 3, ResponseComing, true, true},
		{"who has not answered", 3, ResponseNone, true, false},
		{"who sends somebody", 3, ResponseRepresented, false, false},
		{"who does not come", 3, ResponseAway, false, false},
		{"who leads", 1, ResponseNone, true, true},
		{"who leads and does not come", 1, ResponseAway, false, false},
		{"who writes", 2, ResponseNone, true, true},
	}
	for _, test := range tests {
		guest := Guest{MemberID: test.member, Response: test.response}
		if got := planned().Concerned(guest, false); got != test.before {
			t.Errorf("%s, the day before: %v", test.name, got)
		}
		if got := planned().Concerned(guest, true); got != test.near {
			t.Errorf("%s, an hour before: %v", test.name, got)
		}
	}
}

// TestAnAnswerTakesThePlaceOfTheOneBefore: whatever was answered, the last answer
// alone counts, with nothing left of the others.
func TestAnAnswerTakesThePlaceOfTheOneBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		meeting, guest := planned(), Guest{MemberID: 3, GroupID: 5, Known: Known{Told: 1}}
		for range rapid.IntRange(1, 6).Draw(t, "answers") {
			response := rapid.SampledFrom([]Response{ResponseComing, ResponseRepresented, ResponseAway}).Draw(t, "response")
			var err error
			if guest, err = meeting.Respond(guest, response, Seat{Name: "Rahma"}, "dinas luar", nineOClock.Add(-time.Hour)); err != nil {
				t.Fatal(err)
			}
			if (guest.Representative != Seat{}) != (response == ResponseRepresented) || (guest.Reason != "") != (response == ResponseAway) {
				t.Fatalf("%s leaves %+v", response, guest)
			}
		}
		turnout := TurnoutOf([]Guest{guest, {}})
		if turnout.Expected()+turnout.Away != 1 || turnout.Silent != 1 {
			t.Fatalf("got %+v", turnout)
		}
	})
	_, err := planned().Respond(Guest{}, ResponseRepresented, Seat{}, "", nineOClock.Add(-time.Hour))
	refusedAs(t, err, "representative_missing")
	_, err = planned().Respond(Guest{}, ResponseComing, Seat{}, "", nineOClock.Add(2*time.Hour))
	refusedAs(t, err, "meeting_over")
}

// TestMinutesAreAgreedToAsTheyStand: nobody agrees to what is being corrected, and a
// correction after the agreement is an edition of its own.
func TestMinutesAreAgreedToAsTheyStand(t *testing.T) {
	now := nineOClock.Add(3 * time.Hour)
	meeting := planned()
	_, err := meeting.Agree(1, now)
	refusedAs(t, err, "minutes_none")
	_, err = meeting.Propose(1, now)
	refusedAs(t, err, "minutes_none")
	meeting, err = meeting.Open(now)
	refusedAs(t, err, "")
	first, err := meeting.Note(MinuteDecision, "mulai Senin", Reference{}, 2, now)
	refusedAs(t, err, "")
	_, err = meeting.Agree(1, now)
	refusedAs(t, err, "minutes_not_proposed")
	meeting, _ = meeting.Propose(1, now)
	_, err = meeting.Note(MinuteNote, "lagi", Reference{}, 2, now)
	refusedAs(t, err, "minutes_agreed")
	meeting, err = meeting.Agree(1, now)
	refusedAs(t, err, "")
	_, err = meeting.Agree(1, now)
	refusedAs(t, err, "minutes_agreed")
	corrected, err := meeting.Open(now)
	refusedAs(t, err, "")
	second, err := corrected.Note(MinuteNote, "hadir 12 orang", Reference{}, 2, now)
	refusedAs(t, err, "")
	lines := []Minute{first, second}
	if len(Standing(lines, 1)) != 1 || len(Standing(lines, corrected.Minutes.Edition)) != 2 || corrected.Minutes.AgreedBy != 0 {
		t.Errorf("got %+v of %+v", lines, corrected.Minutes)
	}
	_, err = corrected.Note(MinuteNote, "", Reference{}, 2, now)
	refusedAs(t, err, "minute_empty")
	_, err = corrected.Note(MinuteNote, string(make([]rune, MinuteLimit+1)), Reference{}, 2, now)
	refusedAs(t, err, "minute_long")
}
