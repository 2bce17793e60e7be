package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// heldFor are the groups for which the first meeting was recorded as held, each time.
func (h *harness) heldFor() (recorded []string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		history, err := tx.History(council.MeetingReference(1), 0, 50)
		for _, happening := range history {
			if happening.Kind == council.EventHeld {
				if happening.MemberID != 0 {
					h.t.Errorf("%d holds it, not the bot", happening.MemberID)
				}
				recorded = append(recorded, happening.Detail[council.DetailIn])
			}
		}
		return err
	})
	slices.Reverse(recorded)
	return recorded
}

func (h *harness) jointMeetings() (count int) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		groups, err := tx.Groups()
		if err != nil {
			return err
		}
		counted, err := tx.Involvement(council.Span{From: h.clock().AddDate(-1, 0, 0), Until: h.clock().Add(time.Second)}, groups)
		count = counted.City.Meetings
		return err
	})
	return count
}

// TestForWhichGroupsAMeetingCounts holds a meeting with different people there. The working
// group is linked first, the forum second, the council third.
func TestForWhichGroupsAMeetingCounts(t *testing.T) {
	type people struct{ sitti, baso, fadli, anwar int64 }
	tests := map[string]struct {
		there func(people) []council.Attendee
		want  string
		joint int
	}{
		"nobody was noted": {func(people) []council.Attendee { return nil }, "", 0},
		"council and community": {func(p people) []council.Attendee {
			return []council.Attendee{{MemberID: p.anwar}, {MemberID: p.fadli}}
		}, "2,3", 1},
		"the council alone": {func(p people) []council.Attendee { return []council.Attendee{{MemberID: p.anwar}} }, "3", 0},
		"a coordinator sits in every group, and counts for none": {func(p people) []council.Attendee {
			return []council.Attendee{{MemberID: p.anwar}, {MemberID: p.sitti}}
		}, "3", 0},
		"a stranger for the forum": {func(p people) []council.Attendee {
			return []council.Attendee{{MemberID: p.anwar}, {Name: "Rina", GroupID: 2}}
		}, "2,3", 1},
		"a stranger in a member's place": {func(p people) []council.Attendee {
			return []council.Attendee{{MemberID: p.anwar}, {Name: "Rina", For: p.fadli}}
		}, "2,3", 1},
		"a stranger of whom nothing is known": {func(p people) []council.Attendee {
			return []council.Attendee{{MemberID: p.anwar}, {Name: "Rina", Office: "Dinas Sosial"}}
		}, "3", 0},
		"not the working group, which was not invited": {func(p people) []council.Attendee {
			return []council.Attendee{{MemberID: p.anwar}, {MemberID: p.baso}, {MemberID: p.fadli}}
		}, "2,3", 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h, sitti, baso, fadli := heldMeeting(t)
			anwar := h.person("H. Anwar Malolo", "anwar_contoh")
			dewan := h.linkedGroup("Dewan", "dewan", sitti, anwar)
			h.say(dewan, anwar, "/status")
			for _, attendee := range test.there(people{h.memberID(sitti), h.memberID(baso), h.memberID(fadli), h.memberID(anwar)}) {
				h.attends(attendee)
			}
			answer, _ := h.pressing(sitti, sitti, data(pressMeetingPlan, planHeld, 1))
			contains(t, answer.Text, "M-1: terlaksana")
			h.pressing(sitti, sitti, data(pressMeetingPlan, planHeld, 1))
			if got := h.heldFor(); !slices.Equal(got, []string{test.want}) {
				t.Errorf("recorded for %q", got)
			}
			if joint := h.jointMeetings(); joint != test.joint {
				t.Errorf("%d meetings of council and community", joint)
			}
		})
	}
}

// heldMeeting is a meeting of community and council that ended just now.
func heldMeeting(t *testing.T) (h *harness, sitti, baso, fadli int64) {
	t.Helper()
	h, sitti, baso, fadli, _, _ = met(t)
	h.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.To = council.Addressees{Kinds: []council.GroupKind{council.KindCouncil, council.KindCommunity}}
		m.Starts = h.clock().Add(-m.Length)
		return tx.SaveMeeting(m)
	})
	return h, sitti, baso, fadli
}

func (h *harness) attends(attendee council.Attendee) {
	h.t.Helper()
	attendee.At = h.clock()
	h.change(func(tx *store.Tx) error {
		_, _, err := tx.AddAttendee(1, attendee)
		return err
	})
}

// TestWhetherAMeetingWasHeldIsTakenBack: for ten minutes, and then it is counted no more,
// until somebody says again that it was held.
func TestWhetherAMeetingWasHeldIsTakenBack(t *testing.T) {
	for _, row := range []struct {
		deed  string
		after time.Duration
		toast string
		state council.MeetingState
	}{
		{planHeld, 10 * time.Minute, "M-1: dijadwalkan", council.MeetingPlanned},
		{planMissed, 10 * time.Minute, "M-1: dijadwalkan", council.MeetingPlanned},
		{planHeld, 11 * time.Minute, "lebih dari 10 menit", council.MeetingHeld},
		{planMissed, 11 * time.Minute, "lebih dari 10 menit", council.MeetingMissed},
	} {
		t.Run(fmt.Sprint(row.deed, row.after), func(t *testing.T) {
			h, sitti, _, fadli := heldMeeting(t)
			h.attends(council.Attendee{MemberID: h.memberID(fadli)})
			h.attends(council.Attendee{Name: "H. Anwar", GroupID: h.dewan(sitti)})
			h.pressing(sitti, sitti, data(pressMeetingPlan, row.deed, 1))
			h.pass(row.after)
			answer, _ := h.pressing(sitti, sitti, data(pressMeetingPlan, planReopen, 1))
			contains(t, answer.Text, row.toast)
			h.look(func(tx *store.Tx) error {
				m, err := tx.Meeting(1)
				if m.State != row.state {
					t.Errorf("it is %s", m.State)
				}
				return err
			})
			counted := 0
			if row.state == council.MeetingHeld {
				counted = 1
			}
			if joint := h.jointMeetings(); joint != counted {
				t.Errorf("%d meetings of council and community", joint)
			}
			if row.state != council.MeetingPlanned {
				return
			}
			h.pressing(sitti, sitti, data(pressMeetingPlan, planHeld, 1))
			if joint := h.jointMeetings(); joint != 1 {
				t.Errorf("held again: %d meetings of council and community", joint)
			}
		})
	}
}

func (h *harness) dewan(coordinator int64) (id int64) {
	h.t.Helper()
	h.linkedGroup("Dewan", "dewan", coordinator)
	h.look(func(tx *store.Tx) error {
		groups, err := tx.Groups()
		for _, group := range groups {
			if group.Kind == council.KindCouncil {
				id = group.ID
			}
		}
		return err
	})
	return id
}

// TestWhoComesLaterIsCountedToo: when others are noted after the meeting was said to be held,
// it counts for their groups as well, and is one meeting still.
func TestWhoComesLaterIsCountedToo(t *testing.T) {
	h, sitti, _, fadli := heldMeeting(t)
	dewan := h.dewan(sitti)
	h.attends(council.Attendee{MemberID: h.memberID(fadli)})
	h.pressing(sitti, sitti, data(pressMeetingPlan, planHeld, 1))
	h.attends(council.Attendee{Name: "H. Anwar", GroupID: dewan})
	heldAt := h.clock()
	h.pass(40 * 24 * time.Hour) // in another month
	h.change(func(tx *store.Tx) error {
		r, err := h.bot.unasked(tx)
		if err != nil {
			return err
		}
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		for range 2 {
			if m, err = r.holdMeeting(m); err != nil {
				return err
			}
		}
		return nil
	})
	if got := h.heldFor(); !slices.Equal(got, []string{"2", "2," + idText(dewan)}) {
		t.Errorf("recorded for %q", got)
	}
	if joint := h.jointMeetings(); joint != 1 {
		t.Errorf("%d meetings of council and community", joint)
	}
	h.look(func(tx *store.Tx) error {
		held, _, err := tx.LastHappening(council.MeetingReference(1), council.EventHeld)
		if !held.At.Equal(heldAt) {
			t.Errorf("it counts at %s, and was held at %s", held.At, heldAt)
		}
		return err
	})
}

// TestNobodyElseSettlesAMeeting: buttons are forged by whoever neither coordinates nor writes.
func TestNobodyElseSettlesAMeeting(t *testing.T) {
	h, _, baso, fadli := heldMeeting(t)
	h.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.Recurrence = &council.Recurrence{Unit: council.EveryWeek, Every: 1, Weekday: time.Monday, Hour: 9}
		return tx.SaveMeeting(m)
	})
	next := h.clock().AddDate(0, 0, 7).Unix()
	for _, deed := range []string{planHeld, planMissed, planReopen, planInvite, planMove, planSkip, planEnd, "?"} {
		for _, person := range []int64{baso, fadli} {
			h.pressing(person, person, data(pressMeetingPlan, deed, 1, next))
		}
	}
	h.look(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil || m.State != council.MeetingPlanned || m.Recurrence == nil {
			t.Errorf("%v, %+v", err, m)
		}
		if _, err := tx.Meeting(2); err == nil {
			t.Error("another meeting was made")
		}
		return nil
	})
	if got := h.heldFor(); len(got) != 0 {
		t.Errorf("recorded for %q", got)
	}
}

// TestTheOfferOfTheNextMeetingBecomesADraft: its time is asked for, and it takes the rule along.
func TestTheOfferOfTheNextMeetingBecomesADraft(t *testing.T) {
	h, sitti, _, _ := heldMeeting(t)
	h.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.Recurrence = &council.Recurrence{Unit: council.EveryMonth, Every: 1, Day: 11, Hour: 9}
		return tx.SaveMeeting(m)
	})
	on := h.clock().AddDate(0, 0, 20).Unix()
	answer, asked := h.pressing(sitti, sitti, data(pressMeetingPlan, planMove, 1, on))
	if !slices.ContainsFunc(asked, func(m sim.Shown) bool { return strings.Contains(strings.ToLower(m.Text), "kapan") }) {
		t.Fatalf("asked was %q: %+v", texts(asked), answer)
	}
	h.say(sitti, sitti, "lusa jam 10")
	h.press(sitti, sitti, "Benar")
	h.look(func(tx *store.Tx) error {
		next, err := tx.Meeting(2)
		want := council.DayOf(h.clock(), wita).Add(2).At(10, 0, wita)
		if err != nil || next.Previous != 1 || next.Recurrence == nil || !next.Starts.Equal(want) {
			t.Errorf("%v, %+v", err, next)
		}
		before, err := tx.Meeting(1)
		if before.Recurrence != nil {
			t.Error("the rule is with both")
		}
		return err
	})
}

// TestWhatWasNotedIsNotMissed: an old button makes nothing of what was noted unreachable.
func TestWhatWasNotedIsNotMissed(t *testing.T) {
	h, sitti, _, _ := heldMeeting(t)
	h.say(sitti, sitti, "/notulen M-1 dibuka oleh Kepala Bappelitbangda")
	answer, _ := h.pressing(sitti, sitti, data(pressMeetingPlan, planMissed, 1))
	contains(t, answer.Text, "sudah ada notulennya")
	h.look(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if m.State != council.MeetingPlanned {
			t.Errorf("it is %s", m.State)
		}
		return err
	})
}

// TestASeriesGoesOnOnce: it is invited to while another time is asked for, and then left out
// with an old button.
func TestASeriesGoesOnOnce(t *testing.T) {
	h, sitti, _, _ := heldMeeting(t)
	h.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.Recurrence = &council.Recurrence{Unit: council.EveryMonth, Every: 1, Day: 11, Hour: 9}
		return tx.SaveMeeting(m)
	})
	on := h.clock().AddDate(0, 0, 20).Unix()
	under := h.say(sitti, sitti, "/status")
	h.pressData(sitti, under[0].ID, sitti, data(pressMeetingPlan, planMove, 1, on))
	h.say(sitti, sitti, "lusa jam 10")
	h.pressData(sitti, under[0].ID, sitti, data(pressMeetingPlan, planInvite, 1, on))
	contains(t, h.press(sitti, sitti, "Benar").Text, "M-2 sudah diundang sebagai rapat berikutnya")
	answer, _ := h.pressing(sitti, sitti, data(pressMeetingPlan, planSkip, 1, on))
	contains(t, answer.Text, "M-2 sudah diundang")
	h.look(func(tx *store.Tx) error {
		if _, err := tx.Meeting(3); err == nil {
			t.Error("there are two next ones")
		}
		if _, skipped, err := tx.LastHappening(council.MeetingReference(1), council.EventSkipped); skipped || err != nil {
			t.Errorf("what was invited to was left out; %v", err)
		}
		return nil
	})
}
