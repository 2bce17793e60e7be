package scheduler

import (
	"errors"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// forum is the group in which the questions of these tests are asked.
const forum = 1

// question puts a question, as the bot does.
func (c *city) question(asker int64, to council.Addressee) council.Question {
	c.t.Helper()
	var question council.Question
	c.change(func(tx *store.Tx) error {
		timing, err := c.voice.Timing(tx)
		if err != nil {
			return err
		}
		now := c.clock.Now()
		question = council.NewQuestion(council.Question{AskerID: asker, FromGroup: forum, Text: "kapan?", To: to}, true, now, timing.Calendar)
		if question, err = tx.CreateQuestion(question); err != nil {
			return err
		}
		return tx.PlanReminders(question.Reference(), council.PlanQuestion(question, now, timing), nil)
	})
	return question
}

// alter changes a question and plans it anew, as the bot does. It tells whether the
// question allowed it.
func (c *city) alter(number int64, move func(council.Question, council.Calendar) (council.Question, error)) (changed bool) {
	c.t.Helper()
	now := c.clock.Now()
	c.change(func(tx *store.Tx) error {
		timing, err := c.voice.Timing(tx)
		if err != nil {
			return err
		}
		question, err := tx.Question(number)
		if err != nil {
			return err
		}
		after, refused := move(question, timing.Calendar)
		if changed = refused == nil; !changed {
			return nil
		}
		stay := func(reminder council.Reminder) bool { return timing.StaysFor(after, reminder, now) }
		return errors.Join(tx.SaveQuestion(after), tx.PlanReminders(after.Reference(), council.PlanQuestion(after, now, timing), stay))
	})
	return changed
}

func (c *city) holiday(date string) {
	c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: date, Name: "Libur"}) })
	c.patience(time.Second)
}

func (c *city) clarify(number int64) bool {
	return c.alter(number, func(q council.Question, _ council.Calendar) (council.Question, error) {
		return q.Clarify(c.clock.Now())
	})
}

func (c *city) explain(number int64) bool {
	return c.alter(number, func(q council.Question, calendar council.Calendar) (council.Question, error) {
		return q.Explain(c.clock.Now(), calendar)
	})
}

func (c *city) reply(number int64) bool {
	return c.alter(number, func(q council.Question, calendar council.Calendar) (council.Question, error) {
		return q.Reply(council.Answer{MemberID: 2, At: c.clock.Now()}, calendar)
	})
}

func (c *city) forward(number int64, to council.Addressee) bool {
	return c.alter(number, func(q council.Question, _ council.Calendar) (council.Question, error) { return q.Forward(to, true) })
}

// restart stops the loop until a moment.
func (c *city) restart(moment string) {
	c.t.Helper()
	c.stop()
	c.clock.set(at(c.t, moment))
	c.start()
}

// The asker is told as group 1: what the bot does itself is written there.
const (
	tellsAsker  = "group 1: answer_late"
	soon, onDay = "2026-10-12 08:00", "2026-10-14 08:00"
	late        = "2026-10-15 08:00"
)

// The people of these tests, by their ids.
const (
	fadli int64 = 1 + iota
	pic
	standIn
	sekda
	ramlah // coordinator
	other
)

// A question of story 3: put to a group on Wednesday, 7 October, due on the 14th.
func TestAQuestionIsRemindedAndTakenUp(t *testing.T) {
	type moments [][]string // the moment, and what is said then
	inGroup := council.Position{Kind: council.PositionInCharge, GroupID: 2}
	for name, row := range map[string]struct {
		happens func(*city)
		said    moments
		ended   []string
	}{
		"nobody answers": {
			said: moments{{soon, "2: Q-1 answer_soon responsible"}, {"2026-10-13 08:00"}, {onDay, "2: Q-1 answer_day responsible"},
				{"2026-10-14 16:01"}, {late, tellsAsker, "4: Q-1 answer_late leader"}, {"2026-11-30 12:00"}},
			ended: []string{"answer_soon responsible said due", "answer_day responsible said due", "answer_late leader said due", "answer_late bot said due"},
		},
		"answered before anything is due": {
			happens: func(c *city) { c.reply(1) },
			said:    moments{{soon}, {onDay}, {late}, {"2026-11-30 12:00"}},
		},
		"an outage over the target": {
			happens: func(c *city) { c.restart("2026-10-16 09:10") },
			said:    moments{{"2026-10-16 09:10", tellsAsker, "4: late Q-1 answer_late leader"}, {"2026-10-19 08:00"}},
			ended: []string{"answer_soon responsible dropped past_target", "answer_day responsible dropped past_target",
				"answer_late leader said due", "answer_late bot said due"},
		},
		"an outage over both reminders": {
			happens: func(c *city) { c.restart("2026-10-14 09:30") },
			said:    moments{{"2026-10-14 09:30", "2: late Q-1 answer_day responsible"}, {late, tellsAsker, "4: Q-1 answer_late leader"}},
			ended: []string{"answer_soon responsible dropped superseded", "answer_day responsible said due",
				"answer_late leader said due", "answer_late bot said due"},
		},
		"an outage that ends at night: asker and leader hear of it in the same morning": {
			happens: func(c *city) { c.restart("2026-10-15 21:00") },
			said:    moments{{"2026-10-15 21:00"}, {"2026-10-16 07:59"}, {"2026-10-16 08:00", tellsAsker, "4: late Q-1 answer_late leader"}},
		},
		"holidays come in between: the target stays": {
			happens: func(c *city) { c.holiday("2026-10-13"); c.holiday("2026-10-15") },
			said: moments{{"2026-10-09 08:00", "2: Q-1 answer_soon responsible"}, {soon}, {onDay, "2: Q-1 answer_day responsible"}, {late},
				{"2026-10-16 08:00", tellsAsker, "4: Q-1 answer_late leader"}},
		},
		"the target's day becomes a day off": {
			happens: func(c *city) { c.holiday("2026-10-14") },
			said:    moments{{onDay, "2: Q-1 answer_day responsible"}, {late, tellsAsker, "4: Q-1 answer_late leader"}},
		},
		"the clock stands while the asker explains": {
			happens: func(c *city) { c.clarify(1); c.reach("2026-10-16 09:00"); c.said(); c.explain(1) }, // from the 7th: seven working days
			said: moments{{"2026-10-21 08:00", "2: Q-1 answer_soon responsible"}, {"2026-10-23 08:00", "2: Q-1 answer_day responsible"},
				{"2026-10-26 08:00", tellsAsker, "4: Q-1 answer_late leader"}},
		},
		"asked to explain in the morning in which it would be taken up": {
			happens: func(c *city) {
				c.reach("2026-10-15 07:00")
				c.clarify(1)
				c.reach("2026-10-15 10:00")
				c.said()
				c.explain(1)
			},
			said: moments{{"2026-10-15 12:00"}, {"2026-10-16 08:00", tellsAsker, "4: late Q-1 answer_late leader"}, {"2026-10-29 12:00"}},
		},
		"forwarded in between": {
			happens: func(c *city) {
				c.reach(soon)
				c.said("2: Q-1 answer_soon responsible")
				c.forward(1, council.Addressee{MemberID: other})
			},
			said: moments{{onDay, "6: Q-1 answer_day responsible"}, {late, tellsAsker, "4: Q-1 answer_late leader"}},
		},
		"explained after it was taken up: not taken up again": {
			happens: func(c *city) {
				c.reach(late)
				c.said(tellsAsker, "4: Q-1 answer_late leader")
				c.clarify(1)
				c.reach("2026-10-20 09:00")
				c.explain(1) // three working days: the target is the 19th
			},
			said: moments{{"2026-10-29 12:00"}},
		},
		"forwarded after it was taken up": {
			happens: func(c *city) {
				c.reach(late)
				c.said(tellsAsker, "4: Q-1 answer_late leader")
				c.forward(1, council.Addressee{MemberID: other})
			},
			said: moments{{"2026-10-29 12:00"}},
		},
		"a deputy while the one in charge is on leave": {
			happens: func(c *city) { c.holds(inGroup, pic, standIn); c.away(pic, "2026-10-12", "2026-10-13") },
			said:    moments{{soon, "3: Q-1 answer_soon responsible"}, {onDay, "2: Q-1 answer_day responsible"}},
		},
		"on leave without a deputy: it waits": {
			happens: func(c *city) { c.away(pic, "2026-10-12", "2026-10-12") },
			said:    moments{{soon}, {"2026-10-13 08:00", "2: Q-1 answer_soon responsible"}, {onDay, "2: Q-1 answer_day responsible"}},
		},
		"on leave over both: the later one is said": {
			happens: func(c *city) { c.away(pic, "2026-10-12", "2026-10-13") },
			said:    moments{{soon}, {"2026-10-13 08:00"}, {onDay, "2: Q-1 answer_day responsible"}, {late, tellsAsker, "4: Q-1 answer_late leader"}},
		},
		"nobody is in charge: the coordinators are told once": {
			happens: func(c *city) { c.holds(inGroup) },
			said:    moments{{soon, "5: Q-1 unmanned coordinator"}, {onDay}, {late, tellsAsker, "4: Q-1 answer_late leader"}},
		},
		"who is in charge cannot be written to": {
			happens: func(c *city) { c.change(func(tx *store.Tx) error { return tx.SetReach(pic, council.ReachBlocked) }) },
			said:    moments{{soon, "5: Q-1 unmanned coordinator"}, {onDay}},
		},
		"somebody is put in charge before the coordinator is back": {
			happens: func(c *city) {
				c.holds(inGroup)
				c.away(ramlah, "2026-10-12", "2026-10-12")
				c.reach(soon)
				c.said()
				c.holds(inGroup, pic)
			},
			said: moments{{"2026-10-13 08:00"}, {onDay, "2: Q-1 answer_day responsible"}},
		},
		"forwarded to a group that nobody is in charge of, too": {
			happens: func(c *city) {
				c.holds(inGroup)
				c.reach(soon)
				c.said("5: Q-1 unmanned coordinator")
				c.forward(1, council.Addressee{GroupID: 3})
			},
			said: moments{{onDay, "5: Q-1 unmanned coordinator"}},
		},
		"nobody above: a leader by role": {
			happens: func(c *city) {
				c.holds(council.Position{Kind: council.PositionSecretary})
				c.change(func(tx *store.Tx) error { return tx.GrantRole(other, council.RoleLeader, "granted") })
			},
			said: moments{{late, tellsAsker, "6: Q-1 answer_late leader"}},
		},
		"nobody above at all: the coordinator": {
			happens: func(c *city) { c.holds(council.Position{Kind: council.PositionSecretary}) },
			said:    moments{{late, tellsAsker, "5: Q-1 answer_late leader"}},
		},
		"more time was asked": {
			happens: func(c *city) {
				c.alter(1, func(q council.Question, calendar council.Calendar) (council.Question, error) {
					return q.NeedTime(council.Day{Year: 2026, Month: 10, Day: 20}, c.clock.Now(), calendar)
				})
			},
			said: moments{{soon}, {onDay}, {late, tellsAsker, "4: Q-1 answer_late leader"}, {"2026-10-19 08:00", "2: Q-1 answer_needs responsible"}, {"2026-11-30 12:00"}},
		},
		"a quiet time of the group's own": {
			happens: func(c *city) {
				c.change(func(tx *store.Tx) error {
					return tx.SetQuietTimes(store.Hearer{GroupID: forum}, []council.QuietTime{{From: 7 * 60, Until: 10 * 60}})
				})
			},
			said: moments{{late, "4: Q-1 answer_late leader"}, {"2026-10-15 09:59"}, {"2026-10-15 10:00", tellsAsker}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-10-07 10:12", func(c *city) {
				for _, person := range []string{"Fadli", "PIC", "wakil", "Sekda", "Ramlah", "lain"} {
					c.member(person)
				}
				c.change(func(tx *store.Tx) error { return tx.GrantRole(ramlah, council.RoleCoordinator, "granted") })
				for chat, kind := range []council.GroupKind{council.KindCommunity, council.KindCouncil, council.KindWorkingGroup} {
					c.group(int64(-chat-1), kind)
				}
				c.holds(inGroup, pic)
				c.holds(council.Position{Kind: council.PositionSecretary}, sekda)
				c.question(fadli, council.Addressee{GroupID: 2})
				if row.happens != nil {
					row.happens(c)
				}
				for _, moment := range row.said {
					if at(t, moment[0]).Before(c.clock.Now()) {
						t.Fatalf("%s has passed", moment[0])
					}
					c.reach(moment[0])
					c.said(moment[1:]...)
				}
				if row.ended != nil {
					c.ended("Q-1", row.ended...)
				}
			})
		})
	}
}
