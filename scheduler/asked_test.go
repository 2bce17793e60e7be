package scheduler

import (
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// asks keeps what a member asks to be reminded of, or what a group is to be.
func (c *city) asks(memberID, groupID int64, next string, rule *council.Recurrence) council.OwnReminder {
	c.t.Helper()
	own := council.OwnReminder{MemberID: memberID, GroupID: groupID, Text: "minum obat", Recurrence: rule, Next: at(c.t, next), CreatedAt: c.clock.Now()}
	c.change(func(tx *store.Tx) (err error) {
		own, err = tx.CreateOwnReminder(own)
		return err
	})
	return own
}

// What somebody asked for is said at its hour: at night, on leave, in a quiet
// time, and after three others on the same day.
func TestAskedFor(t *testing.T) {
	workday := &council.Recurrence{Unit: council.EveryWorkday, Every: 1, Hour: 8}
	daily := &council.Recurrence{Unit: council.EveryDay, Every: 1, Hour: 21, Minute: 30}
	for name, row := range map[string]struct {
		group   bool
		next    string
		rule    *council.Recurrence
		happens func(*city, int64)
		said    map[string][]string
		ended   []string
	}{
		"once, on a Saturday night": {
			next: "2026-06-06 23:15",
			said: map[string][]string{"2026-06-06 23:14": nil, "2026-06-06 23:15": {"1: N-1 own member"}, "2026-06-20 12:00": nil},
		},
		"once, on leave": {
			next: "2026-06-05 09:00", happens: func(c *city, baso int64) { c.away(baso, "2026-06-03", "2026-06-09") },
			said: map[string][]string{"2026-06-05 09:00": {"1: N-1 own member"}, "2026-06-20 12:00": nil},
		},
		"once, in a quiet time of one's own": {
			next: "2026-06-05 09:00",
			happens: func(c *city, baso int64) {
				c.change(func(tx *store.Tx) error {
					return tx.SetQuietTimes(store.Hearer{MemberID: baso}, []council.QuietTime{{From: 8 * 60, Until: 12 * 60}})
				})
			},
			said: map[string][]string{"2026-06-05 09:00": {"1: N-1 own member"}, "2026-06-20 12:00": nil},
		},
		"once, beyond the budget": {
			next: "2026-06-05 09:00",
			happens: func(c *city, baso int64) {
				for range council.Budget {
					c.change(func(tx *store.Tx) error { return tx.NoteNotice(baso, at(t, "2026-06-05 08:30")) })
				}
			},
			said: map[string][]string{"2026-06-05 09:00": {"1: N-1 own member"}, "2026-06-20 12:00": nil},
		},
		"every day": {
			next: "2026-06-05 21:30", rule: daily,
			said: map[string][]string{"2026-06-05 21:30": {"1: N-1 own member"}, "2026-06-06 21:29": nil, "2026-06-06 21:30": {"1: N-1 own member"},
				"2026-06-07 21:30": {"1: N-1 own member"}},
			ended: []string{"own member said due", "own member said due", "own member said due"},
		},
		"every working day, but not on leave": {
			next: "2026-06-03 08:00", rule: workday, happens: func(c *city, baso int64) { c.away(baso, "2026-06-04", "2026-06-05") },
			said: map[string][]string{"2026-06-03 08:00": {"1: N-1 own member"}, "2026-06-08 07:59": nil, "2026-06-08 08:00": {"1: N-1 own member"}},
		},
		"every working day, with a leave that is asked for in between": {
			next: "2026-06-03 08:00", rule: workday,
			happens: func(c *city, baso int64) {
				c.reach("2026-06-03 08:00")
				c.said("1: N-1 own member")
				c.away(baso, "2026-06-04", "2026-06-05")
			},
			said:  map[string][]string{"2026-06-05 12:00": nil, "2026-06-08 08:00": {"1: N-1 own member"}},
			ended: []string{"own member said due", "own member dropped on_leave", "own member said due"},
		},
		"every working day, one of which becomes a day off": {
			next: "2026-06-03 08:00", rule: workday,
			happens: func(c *city, baso int64) {
				c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-06-03", Name: "Libur"}) })
			},
			said:  map[string][]string{"2026-06-03 08:00": nil, "2026-06-04 08:00": {"1: N-1 own member"}},
			ended: []string{"own member dropped day_off", "own member said due"},
		},
		"an outage from a leave on, over two working days more": {
			next: "2026-06-04 08:00", rule: workday,
			happens: func(c *city, baso int64) {
				c.away(baso, "2026-06-04", "2026-06-05")
				c.stop()
				c.clock.set(at(t, "2026-06-09 10:30"))
				c.start()
			},
			said: map[string][]string{"2026-06-09 10:31": {"1: late N-1 own member"}, "2026-06-10 08:00": {"1: N-1 own member"}},
		},
		"an outage over three times": {
			next: "2026-06-03 21:30", rule: daily,
			happens: func(c *city, baso int64) { c.stop(); c.clock.set(at(t, "2026-06-05 23:00")); c.start() },
			said: map[string][]string{"2026-06-05 23:01": {"1: late N-1 own member"}, "2026-06-06 21:29": nil,
				"2026-06-06 21:30": {"1: N-1 own member"}},
		},
		"a clock set back over a time that was said": {
			next: "2026-06-03 21:30", rule: daily,
			happens: func(c *city, baso int64) {
				c.reach("2026-06-04 21:30")
				c.said("1: late N-1 own member")
				c.reach("2026-06-02 08:00")
			},
			said: map[string][]string{"2026-06-04 21:30": nil, "2026-06-05 21:30": {"1: N-1 own member"}},
		},
		"ended in time": {
			next: "2026-06-03 21:30", rule: daily,
			happens: func(c *city, baso int64) {
				c.change(func(tx *store.Tx) error {
					own, err := tx.OwnReminder(1)
					if err != nil {
						return err
					}
					if own, err = own.End(); err != nil {
						return err
					}
					return tx.SaveOwnReminder(own)
				})
			},
			said: map[string][]string{"2026-06-20 12:00": nil},
		},
		"in a group, on a Sunday": {
			group: true, next: "2026-06-07 20:00", rule: &council.Recurrence{Unit: council.EveryWeek, Every: 1, Weekday: time.Sunday, Hour: 20},
			said: map[string][]string{"2026-06-07 20:00": {"group 1: N-1 own group"}, "2026-06-14 20:00": {"group 1: N-1 own group"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				baso, group := c.member("baso"), int64(0)
				if row.group {
					group = c.group(-1, council.KindWorkingGroup).ID
				}
				c.asks(baso, group, row.next, row.rule)
				if row.happens != nil {
					row.happens(c, baso)
				}
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
				if row.ended != nil {
					c.ended("N-1", row.ended...)
				}
			})
		})
	}
}

// What was asked for stands in the same message as what is due at that moment,
// and takes nothing from the budget.
func TestAskedForTakesNothingFromTheBudget(t *testing.T) {
	inBubble(t, "2026-06-04 09:00", func(c *city) {
		baso := c.member("baso")
		c.task("2026-06-12 16:00", baso)
		c.asks(baso, 0, "2026-06-05 08:00", nil)
		for _, hour := range []string{"09", "10", "11", "12"} {
			c.asks(baso, 0, "2026-06-05 "+hour+":00", nil)
		}
		c.reach("2026-06-05 08:00")
		c.said("1: T-1 H-7 assignee, N-1 own member")
		for i, hour := range []string{"09", "10", "11", "12"} {
			c.reach("2026-06-05 " + hour + ":00")
			c.said("1: N-" + string(rune('2'+i)) + " own member")
		}
		if notices := c.strings(`SELECT count(*) FROM notice`); notices[0] != "1" {
			t.Errorf("%s messages count as unasked", notices[0])
		}
	})
}

func TestAnAbsenceIsToldOnceItIsOver(t *testing.T) {
	absence := func(c *city, from, until string) {
		c.change(func(tx *store.Tx) error {
			absence, err := tx.AddAbsence(council.Absence{From: at(t, from), Until: at(t, until)})
			if err != nil {
				return err
			}
			groups, err := tx.Groups()
			if err != nil {
				return err
			}
			return tx.AddReminders(absence.Plan(groups))
		})
	}
	for name, row := range map[string]struct {
		secretariat bool
		from, until string
		said        map[string][]string
	}{
		"to the secretariat": {
			secretariat: true, from: "2026-06-02 12:00", until: "2026-06-03 14:00",
			said: map[string][]string{"2026-06-03 14:00": {"group 1: B-1 absence group"}, "2026-06-30 12:00": nil},
		},
		"to coordinators where there is no secretariat": {
			from: "2026-06-02 12:00", until: "2026-06-03 14:00",
			said: map[string][]string{"2026-06-03 14:00": {"1: B-1 absence coordinator"}, "2026-06-30 12:00": nil},
		},
		"to nobody there when nothing was lost": {
			from: "2026-06-03 12:00", until: "2026-06-03 14:00", said: map[string][]string{"2026-06-30 12:00": nil},
		},
		"on the morning after a night": {
			secretariat: true, from: "2026-06-04 12:00", until: "2026-06-05 22:00",
			said: map[string][]string{"2026-06-05 22:00": nil, "2026-06-08 07:59": nil, "2026-06-08 08:00": {"group 1: B-1 absence group"}},
		},
		"never when it is long over": {
			secretariat: true, from: "2026-06-04 12:00", until: "2026-06-05 22:00", said: map[string][]string{"2026-06-15 12:00": nil},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				c.member("sitti", council.RoleCoordinator)
				if row.secretariat {
					c.group(-1, council.KindSecretariat)
				}
				absence(c, row.from, row.until)
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
			})
		})
	}
}

func TestAMissingYearIsSaidInDecember(t *testing.T) {
	known := func(date string) func(*city) {
		return func(c *city) {
			c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: date, Name: "Tahun Baru"}) })
			c.patience(time.Second)
		}
	}
	for name, row := range map[string]struct {
		happens func(*city)
		said    map[string][]string
	}{
		"three times, and again a year later": {
			said: map[string][]string{"2026-11-30 12:00": nil, "2026-12-01 07:59": nil, "2026-12-01 08:00": {"1: Y-2027 year_missing coordinator"},
				"2026-12-15 08:00": {"1: Y-2027 year_missing coordinator"}, "2026-12-28 08:00": {"1: Y-2027 year_missing coordinator"},
				"2027-11-30 12:00": nil, "2027-12-01 08:00": {"1: Y-2028 year_missing coordinator"}},
		},
		"until it is known": {
			happens: func(c *city) {
				c.reach("2026-12-01 08:00")
				c.said("1: Y-2027 year_missing coordinator")
				known("2027-01-01")(c)
			},
			said: map[string][]string{"2027-01-31 12:00": nil, "2027-12-01 08:00": {"1: Y-2028 year_missing coordinator"}},
		},
		"after an outage, once": {
			happens: func(c *city) { c.stop(); c.clock.set(at(t, "2026-12-16 09:30")); c.start() },
			said:    map[string][]string{"2026-12-16 09:30": {"1: late Y-2027 year_missing coordinator"}, "2026-12-28 07:59": nil},
		},
		"not any more in January": {
			happens: func(c *city) { c.stop(); c.clock.set(at(t, "2027-01-04 09:30")); c.start() },
			said:    map[string][]string{"2027-11-30 12:00": nil, "2027-12-01 08:00": {"1: Y-2028 year_missing coordinator"}},
		},
		"at another hour when the morning has moved": {
			happens: func(c *city) { c.stop(); c.voice.next = cronNext(t, "30 9 * * *"); c.start() },
			said:    map[string][]string{"2026-12-01 09:29": nil, "2026-12-01 09:30": {"1: Y-2027 year_missing coordinator"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				c.member("sitti", council.RoleCoordinator)
				if row.happens != nil {
					row.happens(c)
				}
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
			})
		})
	}
}
