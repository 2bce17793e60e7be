package main

import (
	"container/heap"
	"errors"
	"fmt"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// act is what somebody does at a moment of the year.
type act struct {
	at time.Time
	do func(*store.Tx) error
}

// diary holds what people are going to do, the next first.
type diary []act

func (d diary) Len() int           { return len(d) }
func (d diary) Less(i, j int) bool { return d[i].at.Before(d[j].at) }
func (d diary) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }

// Push and Pop are for container/heap alone.
func (d *diary) Push(one any) { *d = append(*d, one.(act)) }

// Pop takes the last one.
func (d *diary) Pop() any {
	last := len(*d) - 1
	one := (*d)[last]
	*d = (*d)[:last]
	return one
}

// life is a regency in which people do things.
type life struct {
	*regency
	diary       diary
	evaluations []int64
	end         time.Time
}

// at notes what somebody is going to do some working days from now, in working hours.
func (l *life) at(workdays int, do func(*store.Tx) error) {
	day := l.timing.Calendar.Day(l.timing.Calendar.AddWorkdays(l.clock.now, workdays))
	moment := day.At(8, 0, l.timing.Calendar.Zone).Add(time.Duration(5+l.random.IntN(8*60)) * time.Minute)
	if moment.Before(l.clock.now) {
		moment = l.clock.now.Add(time.Minute)
	}
	heap.Push(&l.diary, act{moment, do})
}

// chance is true in so many of a hundred cases.
func (l *life) chance(percent int) bool { return l.random.IntN(100) < percent }

// plan notes what is begun in the whole time.
func (l *life) plan(size size) {
	on := func(do func(*store.Tx) error) {
		day := l.clock.now.AddDate(0, 0, l.random.IntN(size.days))
		heap.Push(&l.diary, act{day.Add(time.Duration(65+l.random.IntN(8*60)) * time.Minute), do})
	}
	for range size.tasks {
		on(l.makeTask)
	}
	for number := range 2 + size.days/60 {
		day := l.clock.now.AddDate(0, 0, number*50).Add(2 * time.Hour)
		heap.Push(&l.diary, act{day, func(tx *store.Tx) error { return l.makeEvaluation(tx, number) }})
	}
	for range 2 * size.people * size.days / 365 {
		on(l.goOnLeave)
	}
	for range size.people {
		on(l.ask)
	}
	for range size.people / 5 {
		on(func(tx *store.Tx) error {
			return tx.SetQuietTimes(store.Hearer{MemberID: l.worker()}, []council.QuietTime{{From: 17 * 60, Until: (7 + l.random.IntN(4)) * 60}})
		})
	}
	for range size.groups / 5 {
		on(func(tx *store.Tx) error {
			group := l.groups[l.random.IntN(len(l.groups))]
			return tx.SetQuietTimes(store.Hearer{GroupID: group.ID}, []council.QuietTime{{From: 7 * 60, Until: 10 * 60}})
		})
	}
}

// makeTask makes a task, and decides how its assignees will go about it: most
// promise it soon, report now and then, and hand it in in time.
func (l *life) makeTask(tx *store.Tx) error {
	assignees := council.AssignTo(l.worker())
	if l.chance(15) {
		assignees = council.AssignTo(assignees[0].MemberID, l.worker())
	}
	days := 3 + l.random.IntN(43)
	due := l.timing.Calendar.Day(l.clock.now).Add(days).At(16, 0, l.timing.Calendar.Zone)
	task := council.Task{Title: "Rekap tonase bank sampah", GroupID: l.groups[2+l.random.IntN(len(l.groups)-2)].ID, CreatedBy: l.people[0], CreatedAt: l.clock.now,
		Deadline: council.Deadline{At: due.UTC(), Zone: zoneName}, Assignees: assignees, State: council.TaskNew}
	if len(l.evaluations) > 0 && l.chance(60) {
		task.EvaluationID = l.evaluations[len(l.evaluations)-1-l.random.IntN(min(2, len(l.evaluations)))]
	}
	task, err := tx.CreateTask(task, 0, 0)
	if err != nil {
		return err
	}
	for _, assignee := range assignees {
		l.work(task, assignee.MemberID, days*5/7)
	}
	if l.chance(10) {
		l.at(1+l.random.IntN(days), l.moving(task.Number, council.Everyone, func(t council.Task) (council.Task, error) {
			return t.Reschedule(council.Deadline{At: t.Deadline.At.AddDate(0, 0, 7), Zone: zoneName})
		}))
	}
	if l.chance(3) {
		l.at(1+l.random.IntN(days), l.moving(task.Number, council.Everyone, council.Task.Cancel))
	}
	event := council.Event{At: l.clock.now, MemberID: task.CreatedBy, Subject: task.Reference(), Kind: council.EventCreated}
	return errors.Join(tx.Record(event, ""), tx.AddReminders(council.PlanTask(task, l.clock.now, l.timing)))
}

// work notes what an assignee will do with a task in the working days that it has.
func (l *life) work(task council.Task, id int64, workdays int) {
	if l.chance(85) {
		l.at(l.random.IntN(4), l.moving(task.Number, id, func(t council.Task) (council.Task, error) { return t.Acknowledge(id) }))
	}
	for day := 4; day < workdays; day += 4 + l.random.IntN(8) {
		l.at(day, l.moving(task.Number, id, func(t council.Task) (council.Task, error) { return t.Report(id, 10*(day%10)) }))
	}
	if l.chance(8) {
		l.at(1+l.random.IntN(workdays+1), l.moving(task.Number, id, func(t council.Task) (council.Task, error) {
			until, _, possible := council.SnoozeUntil(l.timing.Calendar.Day(l.clock.now).Add(3), t.Deadline, l.clock.now, l.timing)
			if !possible {
				return t, council.Refuse("snooze_past")
			}
			return t.Snooze(id, until)
		}))
	}
	ready := workdays - l.random.IntN(workdays/2+1)
	if l.chance(20) {
		ready = workdays + 1 + l.random.IntN(15)
	}
	submit := l.moving(task.Number, id, func(t council.Task) (council.Task, error) { return t.Submit(id) })
	l.at(ready, func(tx *store.Tx) error {
		l.at(1+l.random.IntN(2), l.moving(task.Number, council.Everyone, council.Task.Accept))
		return submit(tx)
	})
}

func (l *life) moving(number, memberID int64, move func(council.Task) (council.Task, error)) func(*store.Tx) error {
	return func(tx *store.Tx) error { return l.change(tx, number, memberID, move) }
}

// makeEvaluation makes an evaluation, every second one together with another in
// the same week, which has a ladder and an hour of its own.
func (l *life) makeEvaluation(tx *store.Tx, number int) error {
	day := l.timing.Calendar.Day(l.clock.now).Add(40)
	rhythms := []council.Rhythm{{}, {Groups: council.Ladder{20, 7, 3, 1}, Minute: 7*60 + 45}}
	for i, rhythm := range rhythms[:1+number%2] {
		evaluation := council.Evaluation{Name: fmt.Sprintf("Evaluasi Tahap %d", number+1), State: council.EvaluationOpen, Rhythm: rhythm, CreatedBy: l.people[0], CreatedAt: l.clock.now}
		for j, kind := range []council.MilestoneKind{council.MilestoneUpload, council.MilestonePresentation} {
			deadline := council.Deadline{At: day.Add(i+j).At(9+7*j, 0, l.timing.Calendar.Zone).UTC(), Zone: zoneName}
			evaluation.Milestones = append(evaluation.Milestones, council.Milestone{Kind: kind, Deadline: deadline})
		}
		evaluation, err := tx.CreateEvaluation(evaluation)
		if err != nil {
			return err
		}
		l.evaluations = append(l.evaluations, evaluation.Number)
		if err := tx.AddReminders(council.PlanEvaluation(evaluation, l.groups, l.clock.now, l.timing)); err != nil {
			return err
		}
	}
	return nil
}

func (l *life) goOnLeave(tx *store.Tx) error {
	first := l.timing.Calendar.Day(l.clock.now).Add(1 + l.random.IntN(20))
	_, err := tx.AddLeave(council.Leave{MemberID: l.people[l.random.IntN(len(l.people))], First: first, Last: first.Add(2 + l.random.IntN(6))})
	return err
}

// ask lets somebody ask to be reminded: once, every week or every working day; one
// in ten for a group.
func (l *life) ask(tx *store.Tx) error {
	own := council.OwnReminder{MemberID: l.worker(), Text: "Kirim rekap mingguan", CreatedAt: l.clock.now}
	if l.chance(10) {
		own.GroupID = l.groups[l.random.IntN(len(l.groups))].ID
	}
	own.Next = l.clock.now.Add(time.Duration(1+l.random.IntN(9*24*60)) * time.Minute).Truncate(time.Minute)
	switch {
	case l.chance(20):
		own.Recurrence = &council.Recurrence{Unit: council.EveryWeek, Every: 1, Weekday: time.Monday, Hour: 8}
	case l.chance(10):
		own.Recurrence = &council.Recurrence{Unit: council.EveryWorkday, Every: 1, Hour: 8}
	}
	if own.Recurrence != nil {
		own.Next = own.Recurrence.Next(l.clock.now, l.timing.Calendar)
	}
	_, err := tx.CreateOwnReminder(own)
	return err
}
