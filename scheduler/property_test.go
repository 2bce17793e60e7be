package scheduler

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestNothingDueIsLeftUnsaidAndNothingIsSaidTwice lets chance make tasks, change
// them, add days off, move the clock both ways, and kill the program in the
// middle of what it says.
func TestNothingDueIsLeftUnsaidAndNothingIsSaidTwice(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := newCity(t, "2026-12-14 07:00")
		defer func() {
			if err := c.store.Close(); err != nil {
				r.Error(err)
			}
		}()
		people := []int64{c.member("baso"), c.member("sitti", council.RoleCoordinator), c.member("anwar", council.RoleLeader)}
		c.group(-1, council.KindWorkingGroup)
		tasks := 0
		for range rapid.IntRange(5, 30).Draw(r, "steps") {
			switch rapid.SampledFrom([]string{"task", "evaluation", "day off", "submit", "forward", "forward", "forward", "back", "kill"}).Draw(r, "step") {
			case "task":
				tasks++
				ahead := time.Duration(rapid.IntRange(1, 12*24).Draw(r, "hours")) * time.Hour
				assignees := people[:rapid.IntRange(0, len(people)).Draw(r, "assignees")]
				c.task(c.clock.Now().Add(ahead).In(wita).Format("2006-01-02 15:04"), assignees...)
			case "evaluation":
				ahead := time.Duration(rapid.IntRange(1, 40).Draw(r, "days")) * 24 * time.Hour
				c.evaluation(c.clock.Now().Add(ahead).In(wita).Format("2006-01-02 15:04"))
			case "day off":
				day := c.clock.Now().AddDate(0, 0, rapid.IntRange(0, 9).Draw(r, "day")).In(wita)
				c.change(func(tx *store.Tx) error {
					return tx.SetHoliday(store.Holiday{Date: day.Format(time.DateOnly), Name: "Libur"})
				})
			case "submit":
				if tasks > 0 {
					c.act(int64(rapid.IntRange(1, tasks).Draw(r, "number")), council.Everyone, func(t council.Task) (council.Task, error) { return t.Submit(council.Everyone) })
				}
			case "forward":
				c.clock.now = c.clock.now.Add(time.Duration(rapid.IntRange(1, 5*24*60).Draw(r, "minutes")) * time.Minute)
			case "back":
				c.clock.now = c.clock.now.Add(-time.Duration(rapid.IntRange(1, 48).Draw(r, "hours")) * time.Hour)
			case "kill":
				c.scheduler = New(c.store, c.voice, c.clock, c.scheduler.log)
			}
			c.turnWithFaults(r)
		}
		c.saidOnce(r)
	})
}

// turnWithFaults lets the loop go round until it rests; what it says fails at
// chance, by an error or by a panic. Then nothing that is due may be waiting.
func (c *city) turnWithFaults(r *rapid.T) {
	faults := rapid.IntRange(0, 2).Draw(r, "faults")
	panics := rapid.Bool().Draw(r, "panics")
	c.voice.fail = func(council.Notice) error {
		if faults == 0 || rapid.Bool().Draw(r, "works") {
			return nil
		}
		faults--
		if panics {
			panic("killed")
		}
		return errors.New("killed")
	}
	for {
		next, err := c.scheduler.turn(context.Background())
		if err != nil {
			c.scheduler.blame(err)
			continue
		}
		if next.After(c.clock.Now()) {
			break
		}
	}
	if err := c.store.View(context.Background(), func(tx *store.Tx) error {
		due, err := tx.DueReminders(c.clock.Now())
		if len(due) > 0 {
			r.Errorf("left waiting: %v", due)
		}
		return err
	}); err != nil {
		r.Error(err)
	}
}

// saidOnce looks at everything that was really said.
func (c *city) saidOnce(r *rapid.T) {
	told := make(map[string]bool)
	for _, line := range c.strings(`SELECT chat_id || '|' || json_extract(payload, '$.text') FROM outbox`) {
		to, items, _ := strings.Cut(line, "|")
		for _, item := range strings.Split(strings.TrimPrefix(items, "late "), ", ") {
			key := to + " " + item
			if told[key] {
				r.Errorf("said twice: %s", key)
			}
			told[key] = true
		}
	}
	for _, row := range c.strings(`SELECT subject || ' ' || step || ' ' || audience || ' ' || reason FROM reminder WHERE state = 'said' AND reason <> 'due'`) {
		r.Errorf("everybody can be reached, and yet: %s", row)
	}
	known := map[string]bool{"task_submitted": true, "deadline_passed": true, "deadline_moved": true, "superseded": true,
		"evaluation_complete": true, "nobody": true, "copied": true, "lost_its_point": true}
	for _, reason := range c.strings(`SELECT DISTINCT reason FROM reminder WHERE state = 'dropped'`) {
		if !known[reason] {
			r.Errorf("dropped for a reason nobody knows: %q", reason)
		}
	}
}
