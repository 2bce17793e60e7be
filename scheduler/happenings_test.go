package scheduler

import (
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// happenings are what may happen between two turns of the loop, the more often
// named the likelier.
var happenings = []string{
	"task", "task", "task", "task without a date", "act", "act", "act", "act", "act", "act", "act", "act",
	"evaluation", "change an evaluation", "ask", "ask", "end what was asked", "leave", "leave", "end a leave", "quiet person", "quiet group",
	"holiday", "no holiday", "absence", "hours", "hours", "busy day", "days", "days", "days", "weeks", "sleep", "sleep", "back", "kill", "kill",
}

// happen lets one thing happen, and the loop go round after it.
func (w *world) happen(what string) {
	w.happened++
	w.rapid.Logf("%s: %s", w.local(), what)
	switch what {
	case "task":
		w.makeTask(w.date(40))
	case "task without a date":
		w.makeTask(council.Deadline{})
	case "act":
		w.actByChance()
	case "evaluation":
		w.makeEvaluation()
	case "change an evaluation":
		w.changeEvaluation()
	case "ask":
		w.askByChance()
	case "end what was asked":
		w.endAsked()
	case "leave", "end a leave":
		w.leaveByChance(what == "leave")
	case "quiet person":
		w.setQuiet(store.Hearer{MemberID: w.pick("member", baso, deputy)})
	case "quiet group":
		w.setQuiet(store.Hearer{GroupID: w.pick("group", 1, 3)})
	case "holiday", "no holiday":
		w.setHoliday(today(w.clock.now).Add(int(w.pick("day", 0, 30))), what == "holiday")
	case "absence":
		w.makeAbsence()
	case "hours":
		w.live(time.Duration(w.pick("minutes", 1, 24*60)) * time.Minute)
	case "busy day":
		w.busyDay()
	case "days":
		w.live(w.days("days", 1, 5))
	case "weeks":
		w.live(w.days("days", 6, 25))
	case "sleep":
		w.jump(time.Duration(w.pick("minutes", 30, 9*24*60)) * time.Minute)
	case "back":
		w.jump(-time.Duration(w.pick("minutes", 1, 3*24*60)) * time.Minute)
	case "kill":
		w.faults, w.panics = int(w.pick("faults", 0, 5)), rapid.Bool().Draw(w.rapid, "panics")
		w.scheduler = New(w.store, w.voice, w.clock, w.scheduler.log)
	}
	w.turn()
}

// makeTask makes a task of some people, for an evaluation or for none.
func (w *world) makeTask(deadline council.Deadline) {
	var assignees []int64
	for _, person := range []int64{baso, herlina, rahma, hidden} {
		if w.pick("assigned", 0, 2) == 0 {
			assignees = append(assignees, person)
		}
	}
	w.assign(deadline, assignees...)
}

func (w *world) assign(deadline council.Deadline, assignees ...int64) {
	w.tasks++
	task := w.create(council.Task{Deadline: deadline, Assignees: council.AssignTo(assignees...), EvaluationID: w.pick("evaluation", 0, w.evaluations)})
	w.expected.task(w.off, w.read(task.Number), w.clock.now, false)
}

// busyDay is one on which somebody is to do more for the same day than reminders may be sent.
func (w *world) busyDay() {
	morning := clock(today(w.clock.now), 7*60+35)
	if w.clock.now.Before(morning) {
		w.live(morning.Sub(w.clock.now))
	}
	person, now := w.somebody(), w.clock.now.Truncate(time.Minute)
	for number := range council.Budget + 2 {
		w.assign(council.Deadline{At: now.Add(2*time.Hour + time.Duration(number+1)*20*time.Minute), Zone: "Asia/Makassar"}, person)
	}
	w.live(5 * time.Hour)
}

// actByChance lets somebody do something with a task.
func (w *world) actByChance() {
	if w.tasks == 0 {
		return
	}
	number, by := w.pick("task", max(1, w.tasks-5), w.tasks), w.somebody()
	moves := map[string]func(council.Task) (council.Task, error){
		"acknowledge": func(t council.Task) (council.Task, error) { return t.Acknowledge(by) },
		"take":        func(t council.Task) (council.Task, error) { return t.Take(by) },
		"report":      func(t council.Task) (council.Task, error) { return t.Report(by, 10) },
		"obstruct":    func(t council.Task) (council.Task, error) { return t.Obstruct(by) },
		"submit":      func(t council.Task) (council.Task, error) { return t.Submit(by) },
		"submit all":  func(t council.Task) (council.Task, error) { return t.Submit(council.Everyone) },
		"accept":      council.Task.Accept,
		"send back":   council.Task.SendBack,
		"cancel":      council.Task.Cancel,
		"reopen":      council.Task.Reopen,
		"reschedule":  func(t council.Task) (council.Task, error) { return t.Reschedule(w.date(40)) },
		"no date":     func(t council.Task) (council.Task, error) { return t.Reschedule(council.Deadline{}) },
		"reassign":    func(t council.Task) (council.Task, error) { return t.Reassign(council.AssignTo(by, w.somebody())) },
		"snooze": func(t council.Task) (council.Task, error) {
			until := w.off.morningFrom(w.clock.now.Add(w.days("snoozed days", 0, 6)))
			return t.Snooze(by, until)
		},
	}
	names := []string{"acknowledge", "acknowledge", "acknowledge", "take", "report", "report", "obstruct", "submit", "submit all",
		"accept", "send back", "cancel", "reopen", "reschedule", "reschedule", "no date", "reassign", "reassign", "snooze", "snooze", "snooze"}
	if w.act(number, by, moves[rapid.SampledFrom(names).Draw(w.rapid, "move")]) {
		w.expected.task(w.off, w.read(number), w.clock.now, false)
	}
}

func (w *world) makeEvaluation() {
	var rhythm council.Rhythm
	if rapid.Bool().Draw(w.rapid, "own rhythm") {
		rhythm = council.Rhythm{Groups: council.Ladder{20, 5, 2}, Minute: int(rapid.SampledFrom([]int64{7*60 + 45, 9 * 60, 15 * 60}).Draw(w.rapid, "minute"))}
	}
	w.evaluations++
	evaluation := w.evaluationBy(rhythm, w.date(45).At.In(wita).Format("2006-01-02 15:04"))
	w.expected.evaluation(w.off, evaluation, w.groups, w.clock.now)
}

// changeEvaluation moves its date, postpones it, or takes it up again.
func (w *world) changeEvaluation() {
	if w.evaluations == 0 {
		return
	}
	number, now := w.pick("evaluation", 1, w.evaluations), w.clock.now
	var evaluation council.Evaluation
	w.change(func(tx *store.Tx) (err error) {
		if evaluation, err = tx.Evaluation(number); err != nil {
			return err
		}
		switch rapid.SampledFrom([]string{"move", "move", "postpone", "open", "close"}).Draw(w.rapid, "change") {
		case "move":
			evaluation.Milestones[0].Deadline = w.date(45)
		case "postpone":
			evaluation.State = council.EvaluationPostponed
		case "open":
			evaluation.State = council.EvaluationOpen
		case "close":
			evaluation.State = council.EvaluationClosed
		}
		timing, err := w.voice.Timing(tx)
		if err != nil {
			return err
		}
		stay := func(r council.Reminder) bool {
			return evaluation.State == council.EvaluationOpen && r.Anchor.Equal(evaluation.Milestones[0].Deadline.At) && timing.For(evaluation).Begun(r, now)
		}
		if err := tx.SaveEvaluation(evaluation); err != nil {
			return err
		}
		return tx.PlanReminders(evaluation.Reference(), council.PlanEvaluation(evaluation, w.groups, now, timing), stay)
	})
	w.expected.evaluation(w.off, evaluation, w.groups, now)
}

// askByChance lets somebody ask to be reminded, or a group to be.
func (w *world) askByChance() {
	rule := rapid.SampledFrom([]*council.Recurrence{nil, nil, {Unit: council.EveryDay, Every: 1, Hour: 21, Minute: 30},
		{Unit: council.EveryWorkday, Every: 1, Hour: 8}, {Unit: council.EveryWeek, Every: 1, Weekday: time.Sunday, Hour: 12}}).Draw(w.rapid, "rule")
	member, group := rapid.SampledFrom([]int64{baso, baso, baso, herlina, rahma, anwar, head, hidden}).Draw(w.rapid, "member"), int64(0)
	if w.pick("in a group", 0, 3) == 0 {
		group = w.pick("group", 1, 3)
	}
	next := w.clock.now.Add(time.Duration(w.pick("minutes", 1, 6*24*60)) * time.Minute).Truncate(time.Minute)
	if rule != nil {
		next = w.nextAsked(council.OwnReminder{MemberID: member, GroupID: group, Recurrence: rule}, w.clock.now)
	}
	w.asked++
	own := w.asks(member, group, next.In(wita).Format("2006-01-02 15:04"), rule)
	w.expectAsked(own)
}

func (w *world) endAsked() {
	if w.asked == 0 {
		return
	}
	number := w.pick("asked", 1, w.asked)
	w.change(func(tx *store.Tx) error {
		own, err := tx.OwnReminder(number)
		if err != nil {
			return err
		}
		ended, refused := own.End()
		if refused != nil {
			return nil
		}
		w.forget(own.Reference())
		return tx.SaveOwnReminder(ended)
	})
}

// leaveByChance lets somebody go on leave, or come back before its end.
func (w *world) leaveByChance(goes bool) {
	member, now := rapid.SampledFrom([]int64{baso, baso, baso, herlina, sitti, rahma, anwar, head, head, deputy}).Draw(w.rapid, "member"), today(w.clock.now)
	w.change(func(tx *store.Tx) error {
		if !goes {
			for _, leave := range w.leaves[member] {
				if err := tx.EndLeave(leave.ID); err != nil {
					return err
				}
			}
			delete(w.leaves, member)
			return nil
		}
		first := now.Add(int(w.pick("first", 0, 9)))
		leave, err := tx.AddLeave(council.Leave{MemberID: member, First: first, Last: first.Add(int(w.pick("length", 0, 9)))})
		w.leaves[member] = append(w.leaves[member], leave)
		return err
	})
}

func (w *world) setQuiet(of store.Hearer) {
	times := rapid.SampledFrom([][]council.QuietTime{nil, nil, {{From: 6 * 60, Until: 9 * 60}}, {{From: 7 * 60, Until: 8*60 + 30}, {From: 8*60 + 30, Until: 10 * 60}},
		{{From: 13 * 60, Until: 8*60 + 15}}, {{From: 9 * 60, Until: 15 * 60}}, {{From: 17 * 60, Until: 7 * 60}}}).Draw(w.rapid, "quiet")
	w.quiet[of] = times
	w.change(func(tx *store.Tx) error { return tx.SetQuietTimes(of, times) })
}

// setHoliday makes a day a day off, or an ordinary one again; everything that is
// open is planned anew then.
func (w *world) setHoliday(day council.Day, off bool) {
	w.change(func(tx *store.Tx) error {
		if off {
			w.off[day] = true
			return tx.SetHoliday(store.Holiday{Date: day.String(), Name: "Libur"})
		}
		delete(w.off, day)
		return tx.DropHoliday(day.String())
	})
	for number := int64(1); number <= w.tasks; number++ {
		if task := w.read(number); !task.State.Ended() {
			w.expected.task(w.off, task, w.clock.now, true)
		}
	}
	w.view(func(tx *store.Tx) error {
		evaluations, err := tx.Evaluations()
		for _, evaluation := range evaluations {
			w.expected.evaluation(w.off, evaluation, w.groups, w.clock.now)
		}
		return err
	})
	w.expectYear()
}

func (w *world) makeAbsence() {
	w.change(func(tx *store.Tx) error {
		absence, err := tx.AddAbsence(council.Absence{From: w.clock.now.Add(-w.days("away", 1, 3)), Until: w.clock.now})
		if err != nil {
			return err
		}
		w.expected[key{subject: absence.Reference(), step: council.StepAbsence, audience: council.ToGroup, group: 3, anchor: w.clock.now.UTC()}] = w.clock.now
		return tx.AddReminders(absence.Plan(w.groups))
	})
}

// coordinators of the world.
var coordinators = []int64{sitti, rahma}
