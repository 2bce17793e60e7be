package scheduler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// planChunk is how many tasks are planned anew in one transaction, so that
// nobody's message waits long for it.
const planChunk = 200

// planAnew plans every open reminder anew if what moves reminders (see fingerprint)
// has changed since it was planned.
func (s *Scheduler) planAnew(ctx context.Context) error {
	for done := false; !done; {
		timing, mark, tasks, err := s.newPlan(ctx)
		if err != nil {
			return err
		}
		if mark == "" {
			return nil
		}
		for chunk := range slices.Chunk(tasks, planChunk) {
			if err := s.store.Update(ctx, func(tx *store.Tx) error { return s.planTasks(tx, chunk, timing) }); err != nil {
				return err
			}
		}
		err = s.store.Update(ctx, func(tx *store.Tx) (err error) {
			done, err = s.finishPlan(tx, timing, mark)
			return err
		})
		if err != nil {
			return err
		}
		s.log.Info("open reminders are planned by the calendar as it is now", "tasks", len(tasks))
	}
	return nil
}

// newPlan gives the calendar as it is now with its mark, and the tasks to plan
// by it; no mark if they are planned by it already.
func (s *Scheduler) newPlan(ctx context.Context) (timing council.Timing, mark string, tasks []int64, err error) {
	err = s.store.Update(ctx, func(tx *store.Tx) (err error) {
		if timing, err = s.speaker.Timing(tx); err != nil {
			return err
		}
		known, err := tx.Setting(store.SettingPlan)
		if err != nil {
			return err
		}
		if mark = fingerprint(timing); mark == known {
			s.planned, mark = known, ""
			return nil
		}
		tasks, err = tx.OpenTaskNumbers()
		return err
	})
	return timing, mark, tasks, err
}

// finishPlan plans the evaluations, the open questions, the ideas, the
// recommendations and the meetings, and keeps the mark, unless the calendar has changed again in the meantime.
func (s *Scheduler) finishPlan(tx *store.Tx, timing council.Timing, mark string) (bool, error) {
	if err := s.planEvaluations(tx, timing); err != nil {
		return false, err
	}
	if err := errors.Join(s.planQuestions(tx, timing), s.planIdeas(tx, timing), s.planRecommendations(tx, timing), s.planMeetings(tx, timing)); err != nil {
		return false, err
	}
	if err := errors.Join(planYear(tx, s.clock.Now(), timing), planWeek(tx, s.clock.Now(), timing)); err != nil {
		return false, err
	}
	latest, err := s.speaker.Timing(tx)
	if err != nil || fingerprint(latest) != mark {
		return false, err
	}
	s.planned = mark
	return true, tx.SetSetting(store.SettingPlan, mark)
}

func (s *Scheduler) planTasks(tx *store.Tx, numbers []int64, timing council.Timing) error {
	now := s.clock.Now()
	for _, number := range numbers {
		task, err := tx.Task(number)
		if err != nil {
			return err
		}
		waiting, err := tx.WaitingReminders(task.Reference())
		if err != nil {
			return err
		}
		stay := func(reminder council.Reminder) bool {
			// What is asked of assignees by a clock that has become shorter waits by the longer one.
			sooner := slices.Contains(council.CareSteps, reminder.Step) && reminder.Due.After(now) && reminder.Waited == ""
			return timing.Begun(reminder, now) && timing.Stays(reminder, task, now) && !sooner
		}
		if err := tx.PlanReminders(task.Reference(), council.Replan(task, waiting, now, timing), stay); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scheduler) planEvaluations(tx *store.Tx, timing council.Timing) error {
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	evaluations, err := tx.Evaluations()
	if err != nil {
		return err
	}
	now := s.clock.Now()
	for _, evaluation := range evaluations {
		stay := func(reminder council.Reminder) bool { return timing.For(evaluation).Begun(reminder, now) }
		if err := tx.PlanReminders(evaluation.Reference(), council.PlanEvaluation(evaluation, groups, now, timing), stay); err != nil {
			return err
		}
		due := func(offer council.Reminder) bool { return !offer.Due.After(now) }
		if err := tx.PlanReminders(council.PackReference(evaluation.Number), council.PlanPack(evaluation, now, timing), due); err != nil {
			return err
		}
	}
	return nil
}

// planYear plans anew when a year without holidays is spoken of next.
func planYear(tx *store.Tx, now time.Time, timing council.Timing) error {
	planned := council.PlanYear(now, timing)
	stay := func(reminder council.Reminder) bool { return timing.Begun(reminder, now) }
	return tx.PlanReminders(planned[0].Subject, planned, stay)
}

// planMark changes whenever more is planned for what is kept already.
const planMark = "meetings"

// marked is how many firings tell one cron expression from another, where it is not
// known: the mornings of a leap year, or the weeks of seven.
const marked = 370

// fingerprint is a mark of everything that moves reminders: what is planned, the zone, the hours, the clocks, the days off, the mornings and the weeks' summaries. Where their
// expressions are not known the first ones from a fixed year on stand for all.
func fingerprint(timing council.Timing) string {
	hash := sha256.New()
	fmt.Fprintln(hash, planMark, timing.Calendar.Zone, timing.Rhythm, timing.Calendar.WorkingHours(), timing.Clocks.OrUsual())
	for _, holiday := range timing.Calendar.HolidaysBetween(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)) {
		fmt.Fprintln(hash, holiday.Date)
	}
	fmt.Fprintln(hash, timing.Expressions)
	for _, firing := range []func(time.Time) time.Time{timing.Next, timing.Weekly} {
		if timing.Expressions == "" {
			markFirings(hash, firing)
		}
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// markFirings writes the first moments of an expression into a mark.
func markFirings(mark io.Writer, firing func(after time.Time) time.Time) {
	fmt.Fprintln(mark, firing == nil)
	if firing == nil {
		return
	}
	moment := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for range marked {
		next := firing(moment)
		if !next.After(moment) {
			return
		}
		moment = next
		fmt.Fprintln(mark, moment.Unix())
	}
}

// notFoundIsNil turns "there is none" into no error.
func notFoundIsNil(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
