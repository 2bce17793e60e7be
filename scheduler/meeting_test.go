package scheduler

import (
	"errors"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// meeting makes a meeting of the first group with answers by member, as the bot does.
func (c *city) meeting(starts string, answers map[int64]council.Response, change ...func(*council.Meeting)) council.Meeting {
	c.t.Helper()
	m := council.Meeting{Title: "Rapat", Starts: at(c.t, starts), Length: council.MeetingLength, To: council.Addressees{Groups: []int64{1}}, CreatedBy: 1, CreatedAt: c.clock.Now()}
	for _, one := range change {
		one(&m)
	}
	c.change(func(tx *store.Tx) (err error) {
		if m, err = tx.CreateMeeting(m, 0, 0); err != nil {
			return err
		}
		for id, answer := range answers {
			err = errors.Join(err, tx.SeenIn(id, -100), tx.SaveGuest(m.Number, council.Guest{MemberID: id, Response: answer}))
		}
		return errors.Join(err, c.planMeeting(tx, m))
	})
	return m
}

func (c *city) planMeeting(tx *store.Tx, m council.Meeting) error {
	timing, err := c.voice.Timing(tx)
	if err != nil {
		return err
	}
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	now := c.clock.Now()
	stay := func(reminder council.Reminder) bool { return m.Stays(reminder, groups, now, timing) }
	return tx.PlanReminders(m.Reference(), council.PlanMeeting(m, groups, now, timing), stay)
}

// turnMeeting changes a meeting and plans it anew.
func (c *city) turnMeeting(change func(council.Meeting) (council.Meeting, error)) {
	c.t.Helper()
	c.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		if m, err = change(m); err != nil {
			return err
		}
		return errors.Join(tx.SaveMeeting(m), c.planMeeting(tx, m))
	})
}

// Those who are invited: one comes, one has not answered, one does not come.
const comes, silent, away int64 = 2, 3, 4

// livedMeeting is what is said around a meeting on Thursday, 4 June 2026, at nine.
type livedMeeting struct {
	change  func(*council.Meeting)
	happens func(*city)
	lived   []livedMoment
}

type livedMoment struct {
	at   string
	said []string
}

func livedMeetings(t *testing.T) map[string]livedMeeting {
	day := []string{"2: M-1 meeting_day invited", "3: M-1 meeting_day invited", "group 1: M-1 meeting_day group"}
	opens, soon, asked, again := "group 1: meeting_begin", "2: M-1 meeting_soon invited", "1: M-1 meeting_end coordinator", "1: M-1 meeting_again coordinator"
	return map[string]livedMeeting{
		"as planned": {lived: []livedMoment{{"2026-06-03 07:59", nil}, {"2026-06-03 08:00", day}, {"2026-06-04 07:59", nil}, {"2026-06-04 08:00", []string{soon}},
			{"2026-06-04 08:30", []string{opens}}, {"2026-06-04 10:59", nil}, {"2026-06-04 11:00", []string{asked}}, {"2026-06-04 12:00", []string{opens}},
			{"2026-06-05 08:00", []string{again}}, {"2026-06-30 12:00", nil}}},
		"at an hour when nothing else is said": {change: func(m *council.Meeting) { m.Starts = at(t, "2026-06-06 06:30") },
			lived: []livedMoment{{"2026-06-05 08:00", day}, {"2026-06-06 05:29", nil}, {"2026-06-06 05:30", []string{soon}},
				{"2026-06-07 12:00", []string{opens, opens}}, {"2026-06-08 08:00", []string{asked}}, {"2026-06-09 08:00", []string{again}}, {"2026-06-30 12:00", nil}}},
		"whoever has been reminded three times today still hears of the hour before": {
			happens: func(c *city) {
				for range council.Budget {
					c.change(func(tx *store.Tx) error {
						return errors.Join(tx.NoteNotice(comes, at(t, "2026-06-03 07:40")), tx.NoteNotice(comes, at(t, "2026-06-04 07:40")))
					})
				}
			},
			lived: []livedMoment{{"2026-06-03 08:00", day[1:]}, {"2026-06-04 08:00", []string{soon}}}},
		"on leave nobody is reminded": {happens: func(c *city) { c.away(comes, "2026-06-03", "2026-06-05") },
			lived: []livedMoment{{"2026-06-03 08:00", day[1:]}, {"2026-06-04 08:00", nil}, {"2026-06-04 11:00", []string{opens, asked}}, {"2026-06-05 08:00", []string{opens, again}},
				{"2026-06-08 08:00", nil}}},
		"in a quiet time of one's own the hour before is said": {
			happens: func(c *city) {
				c.change(func(tx *store.Tx) error {
					return tx.SetQuietTimes(store.Hearer{MemberID: comes}, []council.QuietTime{{From: 7 * 60, Until: 9 * 60}})
				})
			},
			lived: []livedMoment{{"2026-06-03 08:00", day[1:]}, {"2026-06-03 09:00", day[:1]}, {"2026-06-04 08:00", []string{soon}}}},
		"who has left the group is reminded no more": {happens: func(c *city) { c.change(func(tx *store.Tx) error { return tx.Left(comes, -100) }) },
			lived: []livedMoment{{"2026-06-03 08:00", day[1:]}, {"2026-06-04 08:00", nil}}},
		"moved": {
			happens: func(c *city) {
				c.turnMeeting(func(m council.Meeting) (council.Meeting, error) {
					return m.Move(at(t, "2026-06-10 09:00"), m.Length, c.clock.Now())
				})
			},
			lived: []livedMoment{{"2026-06-08 12:00", nil}, {"2026-06-09 08:00", day}, {"2026-06-10 08:00", []string{soon}}}},
		"another place is no reason to remind again": {
			lived: []livedMoment{{"2026-06-03 08:00", day}, {"relocate", nil}, {"2026-06-04 07:59", nil}, {"2026-06-04 08:00", []string{soon}}}},
		"cancelled": {
			happens: func(c *city) {
				c.turnMeeting(func(m council.Meeting) (council.Meeting, error) { return m.Cancel(c.clock.Now()) })
			},
			lived: []livedMoment{{"2026-06-30 12:00", nil}}},
		"the day before becomes a day off": {
			happens: func(c *city) {
				c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-06-03", Name: "Libur"}) })
			},
			lived: []livedMoment{{"2026-06-02 12:59", nil}, {"2026-06-03 12:00", nil}, {"2026-06-04 08:00", []string{soon}}}},
	}
}

// TestAMeetingIsSpokenOf lives through the days around a meeting.
func TestAMeetingIsSpokenOf(t *testing.T) {
	for name, test := range livedMeetings(t) {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-02 12:00", func(c *city) {
				c.member("Sitti", council.RoleCoordinator)
				for _, person := range []string{"Baso", "Yuliana", "Nurhikmah"} {
					c.member(person)
				}
				c.group(-100, council.KindWorkingGroup)
				change := test.change
				if change == nil {
					change = func(*council.Meeting) {}
				}
				c.meeting("2026-06-04 09:00", map[int64]council.Response{comes: council.ResponseComing, silent: council.ResponseNone, away: council.ResponseAway}, change)
				if test.happens != nil {
					test.happens(c)
				}
				for _, moment := range test.lived {
					if moment.at == "relocate" {
						c.turnMeeting(func(m council.Meeting) (council.Meeting, error) { return m.Relocate("Aula", c.clock.Now()) })
						continue
					}
					c.reach(moment.at)
					c.said(moment.said...)
				}
			})
		})
	}
}

// TestAnOutageOverAMeeting starts the program again at a moment after the reminders were due.
func TestAnOutageOverAMeeting(t *testing.T) {
	const opens = "group 1: meeting_begin" // which the bot does itself
	for until, said := range map[string][]string{
		"2026-06-04 07:50": {"2: late M-1 meeting_day invited", "group 1: late M-1 meeting_day group"},
		"2026-06-04 08:40": {opens, "2: late M-1 meeting_day invited, M-1 meeting_soon invited", "group 1: late M-1 meeting_day group"},
		"2026-06-04 09:30": {opens},
		"2026-06-04 11:30": {opens, "1: M-1 meeting_end coordinator"},
		"2026-06-05 14:00": {opens, opens, "1: late M-1 meeting_end coordinator, M-1 meeting_again coordinator"},
	} {
		t.Run(until, func(t *testing.T) {
			inBubble(t, "2026-06-02 12:00", func(c *city) {
				c.member("Sitti", council.RoleCoordinator)
				c.member("Baso")
				c.group(-100, council.KindWorkingGroup)
				c.meeting("2026-06-04 09:00", map[int64]council.Response{2: council.ResponseComing})
				c.stop()
				c.clock.set(at(t, until))
				c.start()
				c.said(said...)
				c.stop()
				c.start()
				c.said()
			})
		})
	}
}

// TestASeriesGoesOn lives through a year of a monthly coordination that nobody invites to
// again: every month it is offered, and missed.
func TestASeriesGoesOn(t *testing.T) {
	inBubble(t, "2026-06-02 12:00", func(c *city) {
		c.member("Sitti", council.RoleCoordinator)
		c.group(-100, council.KindWorkingGroup)
		c.group(-200, council.KindCouncil)
		c.meeting("2026-06-05 09:00", nil, func(m *council.Meeting) {
			m.To.Groups = []int64{1, 2}
			m.Recurrence = &council.Recurrence{Unit: council.EveryMonth, Every: 1, Day: 5, Hour: 9}
		})
		c.change(func(tx *store.Tx) error { return tx.SetReach(1, council.ReachOpen) })
		offered, missed := 0, 0
		for now := at(t, "2026-06-12 09:00"); now.Before(at(t, "2027-08-20 00:00")); now = now.AddDate(0, 0, 1) {
			c.clock.set(now)
			c.patience(time.Second)
		}
		for _, attempt := range c.voice.attempts {
			for _, item := range attempt.Items {
				switch item.Reminder.Step {
				case council.StepMeetingNext:
					offered++
				case council.StepMeetingMonth:
					missed++
				}
			}
		}
		if offered != 14 || missed != 12 {
			t.Errorf("offered %d times, missed %d times", offered, missed)
		}
	})
}
