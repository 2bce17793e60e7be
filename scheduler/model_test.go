package scheduler

import (
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
)

// The model is a second, simple opinion on when something must be said. It shares
// names of steps and dates without hours with the rules, and nothing else.

// key names what is to be said: once for each.
type key struct {
	subject       council.Reference
	milestone     int64
	step          council.Step
	audience      council.Audience
	member, group int64
	anchor        time.Time
}

func keyOf(r council.Reminder) key {
	return key{r.Subject, r.MilestoneID, r.Step, r.Audience, r.MemberID, r.GroupID, r.Anchor.UTC()}
}

// common is the key of what several people hear.
func (k key) common() key {
	if k.audience != council.ToAssignee && k.audience != council.ToMember {
		k.member = 0
	}
	return k
}

// care tells whether the step belongs to no ladder, but to what is heard of somebody.
func (k key) care() bool {
	return k.step == council.StepUnacknowledged || k.step == council.StepSilent || k.step == council.StepSnoozed
}

func (k key) overdue() int {
	days, _ := k.step.Days()
	return max(days, 0)
}

// almanac is the days off beside weekends.
type almanac map[council.Day]bool

const eight = 8 * 60 // the hour of the mornings, in minutes

func clock(day council.Day, minute int) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, minute, 0, 0, wita).UTC()
}

func today(moment time.Time) council.Day { return council.DayOf(moment, wita) }

func (a almanac) works(day council.Day) bool {
	return !a[day] && day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

func (a almanac) nearest(day council.Day, direction int) council.Day {
	for !a.works(day) {
		day = day.Add(direction)
	}
	return day
}

// morningFrom is the first morning of a working day that is not before a moment.
func (a almanac) morningFrom(moment time.Time) time.Time {
	day := a.nearest(today(moment), 1)
	for clock(day, eight).Before(moment) {
		day = a.nearest(day.Add(1), 1)
	}
	return clock(day, eight)
}

// quiet tells whether everybody is left alone.
func (a almanac) quiet(moment time.Time) bool {
	local := moment.In(wita)
	hour := float64(local.Hour()) + float64(local.Minute())/60 + float64(local.Second())/3600
	friday := local.Weekday() == time.Friday && hour >= 11.5 && hour < 13.5
	return !a.works(today(moment)) || hour < 7.5 || hour > 16.5 || friday
}

// rested is when everybody is left alone no more.
func (a almanac) rested(moment time.Time) time.Time {
	for a.quiet(moment) {
		moment = moment.Add(time.Minute).Truncate(time.Minute)
	}
	return moment
}

// moment is when a step is said, with the mornings at a minute of the day.
func (a almanac) moment(step council.Step, anchor time.Time, minute int) time.Time {
	day := today(anchor)
	switch step {
	case council.StepUnacknowledged:
		given := anchor.In(wita)
		for range 2 {
			day = a.nearest(day.Add(1), 1)
		}
		return a.morningFrom(clock(day, given.Hour()*60+given.Minute()).Add(time.Duration(given.Second()) * time.Second))
	case council.StepSilent:
		return a.morningFrom(clock(day.Add(7), 0))
	case council.StepYearMissing:
		return a.morningFrom(anchor)
	case council.StepSoon:
		return earlier(anchor, clock(day, 16*60+30)).Add(-2 * time.Hour)
	case council.StepDay:
		return clock(day, minute)
	}
	days, ladder := step.Days()
	switch {
	case !ladder:
		return anchor
	case days < 0:
		return clock(a.nearest(day.Add(days), -1), minute)
	}
	return clock(a.nearest(day.Add(days), 1), minute)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// ladder is the steps that are still to come and lie before the deadline; of two
// on one morning the one that is nearer to it.
func (a almanac) ladder(days []int, deadline, now time.Time, minute int) map[council.Step]time.Time {
	at := make(map[time.Time]council.Step)
	for _, before := range days { // farthest first
		step := council.StepBefore(before)
		if moment := a.moment(step, deadline, minute); moment.After(now) && moment.Before(deadline) {
			at[moment] = step
		}
	}
	steps := make(map[council.Step]time.Time)
	for moment, step := range at {
		steps[step] = moment
	}
	return steps
}

// rungs are the days on which overdue work is spoken of.
var rungs = func() []int {
	days := []int{1, 3}
	for day := 7; day < 700; day += 7 {
		days = append(days, day)
	}
	return days
}()

// rung is the first overdue day after another that is still to come; of two on
// one morning the later one.
func (a almanac) rung(deadline time.Time, after int, now time.Time) (days int, moment time.Time) {
	for _, day := range rungs {
		at := a.moment(council.OverdueStep(day), deadline, eight)
		if day > after && at.After(now) && (days == 0 || at.Equal(moment)) {
			days, moment = day, at
		}
	}
	return days, moment
}

// expected is what must have been said, or wait for a named reason, from a moment on.
type expected map[key]time.Time

// task plans what is to be said about a task, after a change to it, or to the calendar.
func (e expected) task(a almanac, task council.Task, now time.Time, calendar bool) {
	var after []int
	for k := range e {
		if k.subject != task.Reference() {
			continue
		}
		hangs, begun := k.anchor.Equal(task.Deadline.At), !a.moment(k.step, k.anchor, eight).After(now)
		stays := begun || k.step == council.StepSoon && calendar
		if !calendar && k.overdue() > 0 {
			stays = true
		}
		if calendar && hangs && k.overdue() > 0 && !begun {
			after = append(after, slices.Max(append([]int{0}, rungs[:slices.Index(rungs, k.overdue())]...)))
		}
		if task.State.Ended() || !stays || !hangs && !k.care() {
			delete(e, k)
		}
	}
	if task.State.Ended() {
		return
	}
	e.care(a, task, now)
	if task.Deadline.IsZero() {
		return
	}
	e.ahead(a, task, now, calendar)
	e.overdue(a, task, 0, now)
	for _, rung := range after {
		e.overdue(a, task, rung, now)
	}
}

func (e expected) ahead(a almanac, task council.Task, now time.Time, calendar bool) {
	steps := a.ladder([]int{7, 3, 1, 0}, task.Deadline.At, now, eight)
	if today(now) == today(task.Deadline.At) && (len(steps) == 0 || today(task.CreatedAt) == today(now)) {
		soon := a.moment(council.StepSoon, task.Deadline.At, eight)
		clear(steps)
		if !soon.Before(clock(today(soon), 7*60+30)) && soon.After(now) && !calendar {
			steps[council.StepSoon] = soon
		}
	}
	for step, moment := range steps {
		for _, assignee := range task.Assignees {
			e[key{subject: task.Reference(), step: step, audience: council.ToAssignee, member: assignee.MemberID, anchor: task.Deadline.At}] = moment
		}
	}
}

// overdue plans the overdue step that follows another.
func (e expected) overdue(a almanac, task council.Task, after int, now time.Time) {
	days, moment := a.rung(task.Deadline.At, after, now)
	base := key{subject: task.Reference(), step: council.OverdueStep(days), anchor: task.Deadline.At}
	for _, assignee := range task.Assignees {
		base.audience, base.member = council.ToAssignee, assignee.MemberID
		e[base] = moment
	}
	base.audience, base.member = council.ToCoordinator, 0
	e[base] = moment
	if days >= 3 {
		base.audience = council.ToLeader
		e[base] = moment
	}
}

// care plans what is asked when nothing is heard of an assignee.
func (e expected) care(a almanac, task council.Task, now time.Time) {
	for _, assignee := range task.Assignees {
		base := key{subject: task.Reference(), audience: council.ToAssignee, member: assignee.MemberID}
		if assignee.State == council.TaskNew && !assignee.Acknowledged {
			base.step, base.audience, base.member, base.anchor = council.StepUnacknowledged, council.ToCoordinator, 0, task.CreatedAt
			if !assignee.AssignedAt.IsZero() {
				base.anchor = assignee.AssignedAt
			}
			e.keep(base, a.moment(base.step, base.anchor, eight))
		}
		working := assignee.State == council.TaskInProgress || assignee.State == council.TaskNew && assignee.Acknowledged
		base.audience, base.member = council.ToAssignee, assignee.MemberID
		if working && !assignee.ActiveAt.IsZero() {
			base.step, base.anchor = council.StepSilent, assignee.ActiveAt
			e.keep(base, a.moment(base.step, base.anchor, eight))
		}
		if assignee.SnoozedUntil.After(now) && assignee.State != council.TaskSubmitted {
			base.step, base.anchor = council.StepSnoozed, assignee.SnoozedUntil
			e[base] = assignee.SnoozedUntil
		}
	}
}

// keep expects something at a moment, unless it has begun to wait for another one.
func (e expected) keep(k key, moment time.Time) {
	if _, begun := e[k]; !begun {
		e[k] = moment
	}
}

// evaluation plans what is to be said about an evaluation with one date, to the
// groups, owners and leaders.
func (e expected) evaluation(a almanac, evaluation council.Evaluation, groups []council.Group, now time.Time) {
	minute, deadline := evaluation.Rhythm.Minute, evaluation.Milestones[0].Deadline.At.UTC()
	if minute == 0 {
		minute = eight
	}
	for k := range e {
		if k.subject == evaluation.Reference() && (evaluation.State != council.EvaluationOpen || !k.anchor.Equal(deadline) || a.moment(k.step, k.anchor, minute).After(now)) {
			delete(e, k)
		}
	}
	if evaluation.State != council.EvaluationOpen {
		return
	}
	plan := func(days []int, audience council.Audience, group int64) {
		for step, moment := range a.ladder(days, deadline, now, minute) {
			e[key{evaluation.Reference(), evaluation.Milestones[0].ID, step, audience, 0, group, deadline}] = moment
		}
	}
	all := []int{30, 14, 7, 3, 1, 0}
	if evaluation.Rhythm.Groups != nil {
		all = evaluation.Rhythm.Groups
	}
	for _, group := range groups {
		switch group.Kind {
		case council.KindCouncil:
			plan([]int{7, 1}, council.ToGroup, group.ID)
		case council.KindWorkingGroup, council.KindSecretariat:
			plan(all, council.ToGroup, group.ID)
		}
	}
	plan(all, council.ToOwner, 0)
	plan([]int{3}, council.ToLeader, 0)
	plan([]int{7}, council.ToCoordinator, 0)
}
