package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rembuk/rembuk/bench/table"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

const (
	fewest   = 1_000 // reminders that wait, to begin with
	together = 10    // reminders that are due in a tick
	rounds   = 25    // ticks of each kind that are measured
	perTask  = 6     // reminders that wait for a task with one assignee
	filled   = 500   // tasks made in one transaction
	// mostTimes is how many times as much a tick may cost beside the most waiting
	// reminders as beside the fewest, with the same number due.
	mostTimes = 3.0
)

// cost is what ticks take beside so many reminders that wait.
type cost struct {
	waiting   int
	idle, due time.Duration // medians: with nothing due, and with ten
}

// measure lets more and more reminders wait, far ahead, and takes the time of ticks.
func measure(ctx context.Context, folder string, size size) (costs []cost, err error) {
	r, err := open(ctx, folder, "ticks.db", size)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.opened.Close()) }()
	waiting := 0
	for goal := fewest; goal <= size.reminders; goal *= 10 {
		for waiting < goal {
			some := min(filled, (goal-waiting+perTask-1)/perTask)
			if err := r.opened.Update(ctx, func(tx *store.Tx) error { return r.fill(tx, some) }); err != nil {
				return nil, err
			}
			waiting += some * perTask
		}
		one, err := r.time(ctx)
		if err != nil {
			return nil, err
		}
		one.waiting = goal
		costs = append(costs, one)
	}
	return costs, nil
}

// fill makes tasks whose deadlines lie two years ahead and more.
func (r *regency) fill(tx *store.Tx, tasks int) error {
	for range tasks {
		due := r.clock.now.AddDate(2, 0, r.random.IntN(700)).Add(time.Duration(r.random.IntN(8*60)) * time.Minute)
		if _, err := r.promised(tx, r.worker(), due); err != nil {
			return err
		}
	}
	return nil
}

// promised makes a task that is acknowledged already, with its reminders.
func (r *regency) promised(tx *store.Tx, assignee int64, due time.Time) (council.Task, error) {
	task, err := tx.CreateTask(council.Task{Title: "Rekap tonase bank sampah", GroupID: r.groups[2].ID, CreatedBy: r.people[0], CreatedAt: r.clock.now,
		State: council.TaskNew, Deadline: council.Deadline{At: due.UTC().Truncate(time.Minute), Zone: zoneName},
		Assignees: []council.Assignee{{MemberID: assignee, State: council.TaskNew, Acknowledged: true}}}, 0, 0)
	if err != nil {
		return task, err
	}
	return task, tx.AddReminders(council.PlanTask(task, r.clock.now, r.timing))
}

// time takes the time of ticks with nothing due and with ten reminders due, in turns.
func (r *regency) time(ctx context.Context) (cost, error) {
	var idle, due []time.Duration
	var tasks []council.Task
	var failed error
	said, first := 0, true
	ofTasks := func(notice council.Notice) {
		for _, item := range notice.Items {
			if item.Task.Number != 0 { // and no summary of the week
				said++
			}
		}
	}
	err := r.live(ctx, ofTasks, func(until time.Time, took time.Duration) time.Time {
		switch {
		case first: // the scheduler has just started
			first = false
			return r.clock.now
		case len(idle) == len(due):
			idle = append(idle, took)
			tasks, failed = r.prepare(ctx)
			return r.ifGood(failed, r.clock.now)
		case said == 0: // it has looked at what was prepared
			return until
		}
		due = append(due, took)
		if said != together {
			failed = fmt.Errorf("%d reminders were said and not %d", said, together)
		}
		failed, said = errors.Join(failed, r.cancel(ctx, tasks)), 0
		if len(due) == rounds {
			return time.Time{}
		}
		return r.ifGood(failed, r.clock.now.Add(4*time.Hour))
	})
	return cost{idle: median(idle), due: median(due)}, errors.Join(err, failed, ctx.Err())
}

func (r *regency) ifGood(err error, next time.Time) time.Time {
	if err != nil {
		return time.Time{}
	}
	return next
}

// prepare makes tasks of different people for the day after, so that each has one
// reminder on that morning.
func (r *regency) prepare(ctx context.Context) (tasks []council.Task, err error) {
	due := r.timing.Calendar.Day(r.clock.now).Add(1).At(16, 0, r.timing.Calendar.Zone)
	return tasks, r.opened.Update(ctx, func(tx *store.Tx) error {
		tasks = nil
		for number := range together {
			person := r.people[(officers+number)%len(r.people)]
			task, err := r.promised(tx, person, due)
			if err != nil {
				return err
			}
			tasks = append(tasks, task)
		}
		return nil
	})
}

func (r *regency) cancel(ctx context.Context, tasks []council.Task) error {
	return r.opened.Update(ctx, func(tx *store.Tx) error {
		for _, task := range tasks {
			if err := r.change(tx, task.Number, council.Everyone, council.Task.Cancel); err != nil {
				return err
			}
		}
		return nil
	})
}

func median(times []time.Duration) time.Duration {
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// reportCosts adds what ticks take, and whether that grows with what waits.
func reportCosts(t *table.Table, costs []cost) {
	t.Title(fmt.Sprintf("a tick beside so many reminders that wait: nothing due, and %d due, median of %d, ms", together, rounds))
	if len(costs) == 0 {
		return
	}
	for _, one := range costs {
		t.Note(fmt.Sprintf("%d", one.waiting), "%.2f   %.2f", table.Milliseconds(one.idle), table.Milliseconds(one.due))
	}
	first, last := costs[0], costs[len(costs)-1]
	times := float64(last.due) / float64(max(first.due, 1))
	t.Timed(fmt.Sprintf("%d due: times as much beside %d as beside %d", together, last.waiting, first.waiting),
		fmt.Sprintf("%.2f", times), fmt.Sprintf("at most %.0f", mostTimes), times <= mostTimes)
	t.Timed("nothing due: the most, ms", fmt.Sprintf("%.2f", table.Milliseconds(last.idle)), "below what is due takes", last.idle < last.due)
}
