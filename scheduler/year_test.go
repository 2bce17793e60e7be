package scheduler

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestAYearOfReminders lets chance drive a city through a part of a year, and now
// and then through a whole one. After every turn of the loop it holds what was
// said, and what became of every reminder, against the model.
func TestAYearOfReminders(t *testing.T) {
	many := append(slices.Repeat([]int{15}, 17), 30, 60, 220)
	rapid.Check(t, func(r *rapid.T) {
		months := rapid.IntRange(1, 12).Draw(r, "month")
		w := newWorld(t, r, time.Date(2026, time.Month(months), 5, 7, 0, 0, 0, wita).Format("2006-01-02 15:04"))
		defer w.close()
		for range rapid.SampledFrom(many).Draw(r, "happenings") {
			w.happen(rapid.SampledFrom(happenings).Draw(r, "happening"))
		}
		w.live(10 * 24 * time.Hour)
	})
}

// rows reads what waits, and what has ended at this moment.
func (w *world) rows() []row {
	rows, err := w.database.Query(`SELECT id, subject, milestone_id, step, audience, member_id, group_id, deadline_at, due_at, reason, state
		FROM reminder WHERE state = 'waiting' OR ended_at = ? ORDER BY id`, w.clock.now.UnixMilli())
	if err != nil {
		w.rapid.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []row
	for rows.Next() {
		var one row
		var subject string
		var anchor, due int64
		if err := rows.Scan(&one.ID, &subject, &one.MilestoneID, &one.Step, &one.Audience, &one.MemberID, &one.GroupID, &anchor, &due, &one.Waited, &one.state); err != nil {
			w.rapid.Fatal(err)
		}
		one.Subject, _ = council.ParseReference(subject)
		one.Anchor, one.Due = time.UnixMilli(anchor).UTC(), time.UnixMilli(due).UTC()
		list = append(list, one)
	}
	return list
}

// kept tells whether there is such a row, in whatever state.
func (w *world) kept(r council.Reminder) bool {
	var count int
	err := w.database.QueryRow(`SELECT count(*) FROM reminder WHERE subject = ? AND milestone_id = ? AND step = ? AND audience = ? AND member_id = ?
		AND group_id = ? AND deadline_at = ?`, r.Subject.String(), r.MilestoneID, r.Step, r.Audience, r.MemberID, r.GroupID, r.Anchor.UnixMilli()).Scan(&count)
	if err != nil {
		w.rapid.Fatal(err)
	}
	return count > 0
}

// mayEnd tells whether a row has ended for the reason that it names, as things
// stand at this moment.
func (w *world) mayEnd(row row) bool {
	switch row.Waited {
	case "due":
		return true
	case "unreachable":
		return row.MemberID == hidden || row.Audience == council.ToOwner
	case "nobody": // nobody has anything open; a deputy who has one alone acts no more
		return row.Audience == council.ToOwner || row.Audience == council.ToLeader && row.MemberID != 0 && !slices.Contains(w.leaders(), row.MemberID)
	case "copied":
		return row.MemberID == 0 && slices.ContainsFunc([]int64{baso, herlina, sitti, rahma, anwar, head, deputy}, func(id int64) bool {
			row.MemberID = id
			return w.kept(row.Reminder)
		})
	}
	switch row.Subject.Letter {
	case council.TaskLetter:
		return w.taskMayEnd(row, w.read(row.Subject.Number))
	case council.EvaluationLetter:
		return w.evaluationMayEnd(row)
	case council.OwnReminderLetter:
		return row.Waited == "on_leave" && w.onLeave(row.MemberID, today(row.Anchor)) || row.Waited == "day_off" && !w.off.works(today(row.Anchor))
	case council.HolidayYearLetter:
		return w.yearMayEnd(row)
	}
	return row.Waited == "lost_its_point" && w.clock.now.Sub(row.Anchor) > 7*24*time.Hour
}

func (w *world) taskMayEnd(row row, task council.Task) bool {
	now := w.clock.now
	own, assigned := council.Assignee{State: task.State}, true
	if row.Audience == council.ToAssignee {
		own, assigned = task.Assignee(row.MemberID)
	}
	working := own.State == council.TaskInProgress || own.State == council.TaskNew && own.Acknowledged
	switch row.Waited {
	case "task_ended":
		return task.State.Ended()
	case "not_assignee_any_more":
		return !assigned
	case "task_submitted":
		return own.State == council.TaskSubmitted
	case "lost_its_point":
		return task.Deadline.IsZero()
	case "deadline_moved":
		return !task.Deadline.At.Equal(row.Anchor)
	case "deadline_passed":
		return !now.Before(task.Deadline.At)
	case "superseded":
		return w.superseded(row, []int{7, 3, 1, 0}, eight)
	case "snoozed":
		return today(now).Before(today(own.SnoozedUntil))
	case "snoozed_again":
		return own.SnoozedUntil.After(now) && !own.SnoozedUntil.Equal(row.Anchor)
	case "heard_of":
		return !working || !own.ActiveAt.Equal(row.Anchor) || row.Step == council.StepSnoozed && !own.SnoozedUntil.Equal(row.Anchor)
	case "blocked":
		return own.State == council.TaskBlocked
	case "overdue":
		return row.Step != council.StepSnoozed && task.Deadline.At.Before(now)
	case "promised":
		return !slices.ContainsFunc(task.Assignees, func(a council.Assignee) bool {
			return !a.Acknowledged && a.State == council.TaskNew && (a.AssignedAt.Equal(row.Anchor) || a.AssignedAt.IsZero() && task.CreatedAt.Equal(row.Anchor))
		})
	}
	return false
}

// superseded tells whether a later step has come as well: it was heard in its
// place, or waits for the same person.
func (w *world) superseded(row row, ladder []int, minute int) bool {
	days, _ := row.Step.Days()
	for heard := range w.latest {
		if heard.key == ladderOf(row.Reminder) && w.outrun(row.Reminder, heard.recipient) {
			return true
		}
	}
	for _, other := range w.now {
		later, known := other.Step.Days()
		if known && later > days && ladderOf(other.Reminder) == ladderOf(row.Reminder) {
			return true
		}
	}
	for _, before := range ladder {
		if days <= 0 && -before > days && !w.off.moment(council.StepBefore(before), row.Anchor, minute).After(w.clock.now) {
			return true
		}
	}
	next := slices.Index(rungs, days) + 1
	return days > 0 && !w.off.moment(council.OverdueStep(rungs[next]), row.Anchor, minute).After(w.clock.now)
}

func (w *world) evaluationMayEnd(row row) bool {
	var evaluation council.Evaluation
	w.view(func(tx *store.Tx) (err error) {
		evaluation, err = tx.Evaluation(row.Subject.Number)
		return err
	})
	ladder, minute := []int{30, 14, 7, 3, 1, 0}, eight
	if evaluation.Rhythm.Minute != 0 {
		ladder, minute = evaluation.Rhythm.Groups, evaluation.Rhythm.Minute
	}
	switch {
	case row.Audience == council.ToLeader:
		ladder = []int{3}
	case row.Audience == council.ToCoordinator:
		ladder = []int{7}
	case row.GroupID == 2:
		ladder = []int{7, 1}
	}
	switch row.Waited {
	case "evaluation_ended":
		return evaluation.State == council.EvaluationClosed
	case "evaluation_postponed":
		return evaluation.State == council.EvaluationPostponed
	case "no_indicators": // evaluations have none here
		return row.Audience == council.ToCoordinator
	case "evaluation_complete":
		return row.Audience == council.ToLeader
	case "deadline_moved":
		return !evaluation.Milestones[0].Deadline.At.Equal(row.Anchor)
	case "deadline_passed":
		return !w.clock.now.Before(row.Anchor)
	case "superseded":
		return w.superseded(row, ladder, minute)
	}
	return false
}

func (w *world) yearMayEnd(row row) bool {
	year := int(row.Subject.Number)
	switch row.Waited {
	case "year_known":
		for day := range w.off {
			if day.Year == year {
				return true
			}
		}
		return false
	case "year_begun":
		return today(w.clock.now).Year >= year
	}
	for _, day := range []int{15, 28} {
		anchor := clock(council.Day{Year: year - 1, Month: time.December, Day: day}, 0)
		if row.Waited == "superseded" && anchor.After(row.Anchor) && !w.off.morningFrom(anchor).After(w.clock.now) {
			return true
		}
	}
	return false
}
