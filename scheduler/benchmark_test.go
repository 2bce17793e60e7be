package scheduler

import (
	"context"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// openTasks is the city that the limit of 50 ms for a tick is measured in.
const openTasks = 100_000

// fill makes open tasks with their reminders, none of which is due this year.
func (c *city) fill(count int) {
	c.t.Helper()
	const chunk = 5_000
	assignee := c.member("baso")
	deadline := council.Deadline{At: c.clock.Now().AddDate(2, 0, 0), Zone: "Asia/Makassar"}
	for made := 0; made < count; made += chunk {
		c.change(func(tx *store.Tx) error {
			for i := range chunk {
				task := council.Task{Title: "Rekap", CreatedAt: c.clock.Now(), State: council.TaskNew,
					Assignees: council.AssignTo(assignee), Deadline: deadline}
				task.Deadline.At = deadline.At.Add(time.Duration(made+i) * time.Minute)
				task, err := tx.CreateTask(task, 0, 0)
				if err != nil {
					return err
				}
				planned := council.PlanTask(task, c.clock.Now(), council.Timing{Calendar: council.NewCalendar(wita, nil)})
				if err := tx.AddReminders(planned); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := c.scheduler.planAnew(context.Background()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) turn() {
	c.t.Helper()
	if _, err := c.scheduler.turn(context.Background()); err != nil {
		c.t.Fatal(err)
	}
}

func BenchmarkTickWithNothingDue(b *testing.B) {
	c := newCity(b, "2026-06-01 09:00")
	c.fill(openTasks)
	for b.Loop() {
		c.turn()
	}
	if err := c.store.Close(); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkTickWithOneDue(b *testing.B) {
	c := newCity(b, "2026-06-01 09:00")
	c.fill(openTasks)
	c.group(-1, council.KindWorkingGroup)
	morning := at(b, "2026-06-02 08:00")
	for b.Loop() {
		b.StopTimer()
		c.clock.now = morning.AddDate(0, 0, -1).Add(time.Hour)
		c.task(morning.AddDate(0, 0, 1).Format("2006-01-02 15:04"), 1)
		c.clock.now = morning
		b.StartTimer()
		c.turn()
	}
	if err := c.store.Close(); err != nil {
		b.Fatal(err)
	}
}
