package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// aMeeting is one that invites groups, a role and a member by name.
func aMeeting(t *testing.T, tx *Tx) (council.Meeting, council.Member) {
	t.Helper()
	member, _, err := tx.Appeared(7, "baso_contoh", "id", noon)
	ok(t, err)
	made, err := tx.CreateMeeting(council.Meeting{
		Title: "Rapat persiapan evaluasi", Starts: noon.Add(48 * time.Hour), Length: 2 * time.Hour, Place: "Media Center",
		To:     council.Addressees{Kinds: []council.GroupKind{council.KindCouncil}, Dimensions: []council.Dimension{council.Living}, Roles: []council.Role{council.RoleLeader}},
		People: []int64{member.ID}, Chair: council.Seat{Name: "Sekda"}, Scribe: council.Seat{MemberID: member.ID}, Seats: 5, Previous: 3, Evaluation: 1, Question: 2,
		Recurrence: &council.Recurrence{Unit: council.EveryMonth, Every: 1, Day: 5, Hour: 9}, CreatedBy: member.ID, CreatedAt: noon,
	}, -100, 12)
	ok(t, err)
	return made, member
}

func TestMeetingsAreKeptWhole(t *testing.T) {
	tx := writing(t)
	made, member := aMeeting(t, tx)
	kept, untouched, err := tx.MeetingByCommand(-100, 12)
	ok(t, err)
	if difference := cmp.Diff(made, kept); difference != "" || !untouched {
		t.Error(difference, untouched)
	}
	asked, err := tx.MeetingOfQuestion(2)
	ok(t, err)
	if asked.Number != made.Number {
		t.Errorf("question 2 was answered with %d", asked.Number)
	}
	if _, err := tx.MeetingOfQuestion(3); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	made.Place, made.Edition, made.Version = "Aula", 2, 2
	made.To = council.Addressees{Everyone: true}
	made.People = nil
	made.Minutes = council.Minutes{State: council.MinutesAgreed, Edition: 1, AgreedBy: member.ID, AgreedAt: noon.Add(time.Hour)}
	made.State, made.EndedAt = council.MeetingHeld, noon.Add(time.Hour)
	ok(t, tx.SaveMeeting(made))
	if _, untouched, err = tx.MeetingByCommand(-100, 12); err != nil || untouched {
		t.Errorf("a changed meeting is as its command says: %v, %v", untouched, err)
	}
	ok(t, tx.MeetingAsCommanded(made))
	if _, untouched, err = tx.MeetingByCommand(-100, 12); err != nil || !untouched {
		t.Errorf("a meeting that its command has changed is not as it says: %v, %v", untouched, err)
	}
	kept, err = tx.Meeting(made.Number)
	ok(t, err)
	if difference := cmp.Diff(made, kept); difference != "" {
		t.Error(difference)
	}
	if _, err := tx.Meeting(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestMeetingsByTheirTime(t *testing.T) {
	tx := writing(t)
	numbers := func(list []council.Meeting, err error) []int64 {
		t.Helper()
		ok(t, err)
		found := []int64{}
		for _, one := range list {
			found = append(found, one.Number)
		}
		return found
	}
	for i, hours := range []time.Duration{-5, -1, 1, 30} {
		made, err := tx.CreateMeeting(council.Meeting{Title: "rapat", Starts: noon.Add(hours * time.Hour), Length: 2 * time.Hour, CreatedAt: noon}, 0, 0)
		ok(t, err)
		if i == 2 {
			made.State = council.MeetingCancelled
			ok(t, tx.SaveMeeting(made))
		}
	}
	tests := []struct {
		name string
		got  []int64
		want []int64
	}{
		{"under way or to come", numbers(tx.ComingMeetings(noon, 10)), []int64{2, 4}},
		{"no more than asked", numbers(tx.ComingMeetings(noon, 1)), []int64{2}},
		{"over, or cancelled", numbers(tx.PastMeetings(noon, 10)), []int64{3, 1}},
		{"within a span", numbers(tx.MeetingsBetween(noon, noon.Add(24*time.Hour))), []int64{2}},
		{"what touches a span does not stand in it", numbers(tx.MeetingsBetween(noon.Add(time.Hour), noon.Add(30*time.Hour))), []int64{}},
	}
	for _, test := range tests {
		if difference := cmp.Diff(test.want, test.got); difference != "" {
			t.Errorf("%s: %s", test.name, difference)
		}
	}
}

func TestGuestsAnswerAndBecomeThePerson(t *testing.T) {
	tx := writing(t)
	made, member := aMeeting(t, tx)
	mentioned, err := tx.Mentioned("yuliana_contoh")
	ok(t, err)
	told := council.Guest{MemberID: mentioned.ID, GroupID: 3, Known: council.Known{Told: 1}}
	ok(t, tx.SaveGuest(made.Number, told))
	coming := council.Guest{MemberID: member.ID, Response: council.ResponseRepresented, Representative: council.Seat{Name: "Rahma"}, RespondedAt: noon}
	ok(t, tx.SaveGuest(made.Number, coming))
	ok(t, tx.SaveMeeting(made)) // who is invited by name keeps the answer
	guests, err := tx.Guests(made.Number)
	ok(t, err)
	if difference := cmp.Diff([]council.Guest{coming, told}, guests); difference != "" {
		t.Error(difference)
	}
	_, _, err = tx.Appeared(8, "", "id", noon)
	ok(t, err)
	person, _, err := tx.Appeared(8, "yuliana_contoh", "id", noon)
	ok(t, err)
	found, err := tx.Guest(made.Number, mentioned.ID)
	ok(t, err)
	if told.MemberID = person.ID; found != told {
		t.Errorf("got %+v", found)
	}
	ok(t, tx.ForgetResponses(made.Number))
	found, err = tx.Guest(made.Number, member.ID)
	ok(t, err)
	if found != (council.Guest{MemberID: member.ID}) {
		t.Errorf("still answered: %+v", found)
	}
}

func TestWhoIsInvitedByNameStaysSoAsThePerson(t *testing.T) {
	tx := writing(t)
	made, _ := aMeeting(t, tx)
	mentioned, err := tx.Mentioned("yuliana_contoh")
	ok(t, err)
	person, _, err := tx.Appeared(8, "", "id", noon)
	ok(t, err)
	made.People = append(made.People, mentioned.ID)
	ok(t, tx.SaveMeeting(made))
	answered := council.Guest{MemberID: person.ID, GroupID: 3, Known: council.Known{Told: 1}, Response: council.ResponseComing, RespondedAt: noon}
	ok(t, tx.SaveGuest(made.Number, answered)) // the person was met in an invited group before
	_, _, err = tx.AddAttendee(made.Number, council.Attendee{Name: "Rahma", For: mentioned.ID, NotedBy: person.ID, At: noon})
	ok(t, err)
	_, _, err = tx.Appeared(8, "yuliana_contoh", "id", noon)
	ok(t, err)
	if made = got(tx.Meeting(made.Number))(t); !made.InvitesByName(person.ID) {
		t.Errorf("%d is not among %v", person.ID, made.People)
	}
	if guest := got(tx.Guest(made.Number, person.ID))(t); guest != answered {
		t.Errorf("got %+v", guest)
	}
	if attendees := got(tx.Attendees(made.Number))(t); len(attendees) != 1 || attendees[0].For != person.ID {
		t.Errorf("got %+v", attendees)
	}
}

func TestAttendeesAreNotedOnce(t *testing.T) {
	tx := writing(t)
	made, member := aMeeting(t, tx)
	for i, test := range []struct {
		who   council.Attendee
		fresh bool
	}{
		{council.Attendee{MemberID: member.ID, NotedBy: member.ID, At: noon}, true},
		{council.Attendee{MemberID: member.ID, NotedBy: member.ID, At: noon}, false},
		{council.Attendee{Name: "Rahma", For: member.ID, Office: "DLH", GroupID: 2, NotedBy: member.ID, At: noon}, true},
		{council.Attendee{Name: "Rahma", NotedBy: member.ID, At: noon}, true}, // two people may have one name
	} {
		_, fresh, err := tx.AddAttendee(made.Number, test.who)
		ok(t, err)
		if fresh != test.fresh {
			t.Errorf("%d: fresh %v", i, fresh)
		}
	}
	there, err := tx.Attendees(made.Number)
	ok(t, err)
	if len(there) != 3 || there[1].Office != "DLH" || there[1].For != member.ID ||
		!slices.ContainsFunc(there, func(a council.Attendee) bool { return a.MemberID == member.ID }) {
		t.Fatalf("got %+v", there)
	}
	for _, want := range []bool{true, false} {
		dropped, err := tx.EndAttendee(made.Number, there[0].ID, 1)
		ok(t, err)
		if dropped != want {
			t.Errorf("dropped %v, want %v", dropped, want)
		}
	}
}

func TestAnAgendaKeepsItsOrder(t *testing.T) {
	tx := writing(t)
	made, _ := aMeeting(t, tx)
	var kept []council.Topic
	for _, topic := range []council.Topic{
		{Text: "usul warga", State: council.TopicProposed}, {Text: "bukti", State: council.TopicOnAgenda, Subject: council.TaskReference(4)}, {Text: "lain-lain", State: council.TopicOnAgenda},
	} {
		topic.At, topic.ProposedBy = noon, 1
		topic, err := tx.AddTopic(made.Number, topic)
		ok(t, err)
		kept = append(kept, topic)
	}
	kept[1].Position, kept[2].Position = kept[2].Position, kept[1].Position
	ok(t, tx.SaveTopic(made.Number, kept[1]))
	ok(t, tx.SaveTopic(made.Number, kept[2]))
	list, err := tx.Topics(made.Number)
	ok(t, err)
	if difference := cmp.Diff([]council.Topic{kept[2], kept[1], kept[0]}, list); difference != "" {
		t.Error(difference)
	}
}

func TestLinesOfAnAgreedEditionStay(t *testing.T) {
	tx := writing(t)
	made, _ := aMeeting(t, tx)
	var kept []council.Minute
	for _, text := range []string{"pertama", "kedua"} {
		line, err := tx.AddMinute(made.Number, council.Minute{Kind: council.MinuteDecision, Text: text, Subject: council.TaskReference(4), From: 1, By: 1, At: noon})
		ok(t, err)
		kept = append(kept, line)
	}
	ok(t, tx.EndMinute(made.Number, kept[0].ID, 1)) // within its own edition: it was a slip
	ok(t, tx.EndMinute(made.Number, kept[1].ID, 2))
	lines, err := tx.MinuteLines(made.Number)
	ok(t, err)
	kept[1].Until = 2
	if difference := cmp.Diff(kept[1:], lines); difference != "" {
		t.Error(difference)
	}
	if len(council.Standing(lines, 1)) != 1 || len(council.Standing(lines, 2)) != 0 {
		t.Errorf("got %+v", lines)
	}
	about, err := tx.MeetingsAbout(council.TaskReference(4))
	ok(t, err)
	if len(about) != 1 || about[0].Number != made.Number {
		t.Errorf("got %+v", about)
	}
}
