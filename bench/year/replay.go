package main

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rembuk/rembuk/bench/table"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// personDay is one person, or one group, on one day.
type personDay struct {
	member, group int64
	day           council.Day
}

// year is what was heard in the whole time.
type year struct {
	took, ticking   time.Duration
	slowest         time.Duration // tick that said something
	acts            int
	messages, items int
	all, unasked    map[personDay]int
	present         int // messages of the tick in hand
}

// replay lets the people of a regency live through the time, and the scheduler beside them.
func replay(ctx context.Context, folder string, size size) (result *year, err error) {
	r, err := open(ctx, folder, "year.db", size)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.opened.Close()) }()
	l := &life{regency: r, end: r.clock.now.AddDate(0, 0, size.days)}
	l.plan(size)
	y := &year{all: make(map[personDay]int), unasked: make(map[personDay]int)}
	var failed error
	began := time.Now()
	err = r.live(ctx, func(notice council.Notice) { y.hear(notice, r.timing.Calendar.Day(notice.At)) }, func(until time.Time, took time.Duration) time.Time {
		y.ticking += took
		if y.present > 0 {
			y.slowest = max(y.slowest, took)
		}
		y.present = 0
		var next time.Time
		next, failed = l.next(ctx, until, y)
		return next
	})
	y.took = time.Since(began)
	return y, errors.Join(err, failed, ctx.Err())
}

// next lets people do what they do before the scheduler has to wake up, an hour's
// worth at once; the zero time ends the whole.
func (l *life) next(ctx context.Context, until time.Time, y *year) (time.Time, error) {
	now := l.clock.now
	if len(l.diary) == 0 || l.diary[0].at.After(until) {
		if until.After(l.end) || ctx.Err() != nil {
			return time.Time{}, nil
		}
		return until, nil
	}
	last := l.diary[0].at.Add(time.Hour)
	err := l.opened.Update(ctx, func(tx *store.Tx) error {
		for len(l.diary) > 0 && !l.diary[0].at.After(until) && !l.diary[0].at.After(last) {
			one := heap.Pop(&l.diary).(act)
			y.acts++
			if one.at.After(l.clock.now) {
				l.clock.now = one.at
			}
			if err := one.do(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || l.clock.now.After(l.end) {
		return time.Time{}, err
	}
	if l.clock.now.Before(now) {
		return time.Time{}, errors.New("the clock went back")
	}
	return l.clock.now, nil
}

func (y *year) hear(notice council.Notice, day council.Day) {
	y.messages++
	y.present++
	y.items += len(notice.Items)
	on := personDay{notice.MemberID, notice.GroupID, day}
	y.all[on]++
	if slices.ContainsFunc(notice.Items, func(item council.Item) bool { return item.Reminder.Step != council.StepOwn }) {
		y.unasked[on]++
	}
}

func (y *year) report(t *table.Table, size size) {
	t.Title(fmt.Sprintf("%d days of a regency: %d tasks, %d people, %d groups", size.days, size.tasks, size.people, size.groups))
	t.Note("seconds, and of these in the scheduler", "%.1f   %.1f", y.took.Seconds(), y.ticking.Seconds())
	t.Note("things that people did", "%d", y.acts)
	t.Note("messages said, and reminders in them", "%d   %d", y.messages, y.items)
	t.Note("the slowest tick that said something, ms", "%.0f", float64(y.slowest)/float64(time.Millisecond))
	persons, groups := perDay(y.all)
	with, _ := middle(persons, 0)
	all, most := middle(persons, size.people*size.days)
	t.Note("messages per person and day: median of days with any", "%d", with)
	t.Note("median of all days", "%d", all)
	t.Note("at most, with what was asked for", "%d", most)
	persons, _ = perDay(y.unasked)
	_, most = middle(persons, 0)
	t.Must("at most, unasked", fmt.Sprint(most), fmt.Sprintf("at most %d", council.Budget), most <= council.Budget && len(persons) > 0)
	with, most = middle(groups, 0)
	t.Note("messages per group and day: median of days with any, most", "%d   %d", with, most)
}

// perDay parts people from groups.
func perDay(counts map[personDay]int) (persons, groups []int) {
	for on, count := range counts {
		if on.member != 0 {
			persons = append(persons, count)
		} else {
			groups = append(groups, count)
		}
	}
	return persons, groups
}

// middle gives the median and the most of some counts, beside as many zeros as
// there are fewer than of.
func middle(counts []int, of int) (median, most int) {
	counts = append(slices.Clone(counts), make([]int, max(0, of-len(counts)))...)
	if len(counts) == 0 {
		return 0, 0
	}
	slices.Sort(counts)
	return counts[len(counts)/2], counts[len(counts)-1]
}
