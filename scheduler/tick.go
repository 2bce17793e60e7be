package scheduler

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// recipient is one person or one group.
type recipient struct {
	memberID int64
	groupID  int64
}

// due is a reminder that is to be said, and what came of it.
type due struct {
	council.Reminder
	own         council.OwnReminder // for what somebody asked for
	told        int                 // how many have been told
	unreachable int                 // how many cannot be written to
	putOff      bool                // the reminder itself waits for another moment
	copied      bool                // it waits as a copy for somebody
}

// part is one line of somebody's digest.
type part struct {
	due  *due
	item council.Item
}

// tick is one look at what is due, in one transaction.
type tick struct {
	*Scheduler
	ctx    context.Context
	tx     *store.Tx
	now    time.Time
	timing council.Timing

	seen        map[int64]bool
	dues        []*due
	digests     map[recipient][]part
	order       []recipient // of first appearance
	roles       map[council.Role][]int64
	evaluations map[int64]*standing
	positions   []council.Acting // nil until they are needed
	later       time.Time        // when what is being brought forward was planned; zero for what is due
}

// tick says everything that is due at a moment. Everybody gets one message.
func (s *Scheduler) tick(ctx context.Context, tx *store.Tx, now time.Time) error {
	t := &tick{Scheduler: s, ctx: ctx, tx: tx, now: now, seen: make(map[int64]bool), digests: make(map[recipient][]part),
		roles: make(map[council.Role][]int64), evaluations: make(map[int64]*standing)}
	var err error
	if t.timing, err = s.speaker.Timing(tx); err != nil {
		return err
	}
	if err := t.gather(); err != nil {
		return err
	}
	for _, to := range t.order {
		if err := t.tell(to); err != nil {
			return err
		}
	}
	for _, due := range t.dues {
		if err := t.end(due); err != nil {
			return err
		}
	}
	return t.leave()
}

// gather decides about every reminder that is due. What is said may make others
// due at once, which belong to the same digests; so does what would be due later
// on the same morning, by another evaluation's hour.
func (t *tick) gather() error {
	for {
		reminders, err := t.tx.DueReminders(t.now)
		if err != nil {
			return err
		}
		fresh := false
		for _, reminder := range reminders {
			if t.seen[reminder.ID] {
				continue
			}
			t.seen[reminder.ID], fresh = true, true
			if err := t.decide(reminder); err != nil {
				return err
			}
		}
		if !fresh {
			return t.bringForward()
		}
	}
}

// bringForward adds what somebody who is told something now would be told later
// today, so that a day has one morning. What keeps an hour of its own stays there.
func (t *tick) bringForward() error {
	if len(t.order) == 0 || !slices.ContainsFunc(t.dues, func(one *due) bool { return ofTheMorning(one.Step) }) {
		return nil
	}
	later, err := t.tx.RemindersUntil(t.now, t.today().Until.Add(-time.Millisecond))
	if err != nil {
		return err
	}
	for _, reminder := range later {
		if !ofTheMorning(reminder.Step) || t.seen[reminder.ID] || reminder.Waited == "failed" {
			continue
		}
		t.seen[reminder.ID], t.later = true, reminder.Due
		reminder.Due = t.now
		if err := t.decide(reminder); err != nil {
			return err
		}
	}
	return nil
}

// forward leaves those of an audience who are told something now anyway; the
// others wait, each for the hour that was planned.
func (t *tick) forward(reminder council.Reminder, audience []recipient) ([]recipient, error) {
	var now, others []recipient
	for _, to := range audience {
		if _, told := t.digests[to]; told {
			now = append(now, to)
		} else {
			others = append(others, to)
		}
	}
	if len(now) == 0 {
		return nil, nil
	}
	copies := make([]council.Reminder, len(others))
	for i, to := range others {
		copies[i] = reminder
		copies[i].MemberID, copies[i].Due = to.memberID, t.later
	}
	return now, t.tx.AddReminders(copies)
}

// ofTheMorning tells whether a step is said in the morning, and has no hour of its own.
func ofTheMorning(step council.Step) bool {
	return step != council.StepSoon && step != council.StepOwn && step != council.StepAbsence
}

func (t *tick) decide(reminder council.Reminder) error {
	switch reminder.Subject.Letter {
	case council.TaskLetter:
		return t.decideTask(reminder)
	case council.EvaluationLetter:
		return t.decideEvaluation(reminder)
	case council.OwnReminderLetter:
		return t.decideOwn(reminder)
	case council.AbsenceLetter:
		return t.decideAbsence(reminder)
	case council.HolidayYearLetter:
		return t.decideYear(reminder)
	}
	return t.drop(reminder, "unknown_subject")
}

func (t *tick) decideTask(reminder council.Reminder) error {
	task, err := t.tx.Task(reminder.Subject.Number)
	if errors.Is(err, store.ErrNotFound) {
		return t.drop(reminder, "subject_gone")
	}
	if err != nil {
		return err
	}
	if said, err := t.follow(reminder, council.DecideTask(reminder, task, t.now, t.timing)); err != nil || !said {
		return err
	}
	if days, _ := reminder.Step.Days(); days > 0 {
		next := council.NextOverdue(task, reminder.Step, t.now, t.timing)
		if err := t.tx.AddReminders(next); err != nil {
			return err
		}
	}
	audience, err := t.audience(reminder, nil, task)
	if err != nil {
		return err
	}
	return t.add(reminder, council.Item{Task: task}, audience)
}

// follow does what a decision says, unless it is to say the reminder.
func (t *tick) follow(reminder council.Reminder, decision council.Decision) (say bool, err error) {
	t.log.Debug("reminder decided", "subject", reminder.Subject.String(), "step", string(reminder.Step),
		"audience", string(reminder.Audience), "verdict", string(decision.Verdict), "reason", decision.Reason)
	switch decision.Verdict {
	case council.Drop:
		return false, t.tx.EndReminder(reminder.ID, false, decision.Reason, t.now)
	case council.Wait:
		return false, t.tx.MoveReminder(reminder.ID, t.morning(decision.Until), decision.Reason)
	}
	return true, nil
}

func (t *tick) drop(reminder council.Reminder, reason string) error {
	_, err := t.follow(reminder, council.Decision{Verdict: council.Drop, Reason: reason})
	return err
}

// morning is the morning of a day that something waits for, if that is still to
// come then: what waited over quiet times belongs to that day's digest.
func (t *tick) morning(until time.Time) time.Time {
	dayBefore := council.Deadline{At: until.AddDate(0, 0, -1)}
	morning, _ := t.timing.Moment(council.OverdueStep(1), dayBefore)
	if morning.After(until) && t.timing.Calendar.DaysBetween(until, morning) == 0 {
		return morning
	}
	return until
}

// add puts a reminder into the digests of those it is for.
func (t *tick) add(reminder council.Reminder, item council.Item, audience []recipient) (err error) {
	if !t.later.IsZero() {
		if audience, err = t.forward(reminder, audience); err != nil || len(audience) == 0 {
			return err
		}
	}
	one := &due{Reminder: reminder, own: item.Own}
	t.dues = append(t.dues, one)
	item.Reminder = reminder
	deadline := item.Task.Deadline
	if reminder.MilestoneID != 0 {
		deadline = item.Milestone.Deadline
	}
	if !deadline.IsZero() {
		item.Days = t.timing.Calendar.DaysBetween(t.now, deadline.At)
		item.Moved = t.timing.Calendar.Moves(reminder.Step, deadline)
	}
	for _, to := range audience {
		if _, known := t.digests[to]; !known {
			t.order = append(t.order, to)
		}
		t.digests[to] = append(t.digests[to], part{one, item})
	}
	return nil
}

// end keeps what came of a reminder, with a named reason.
func (t *tick) end(one *due) error {
	said, reason := false, "nobody"
	switch {
	case one.putOff:
		return nil
	case one.told > 0:
		said, reason = true, "due"
	case one.copied:
		reason = "copied"
	case one.unreachable > 0:
		t.log.Info("a reminder reaches nobody", "subject", one.Subject.String(), "step", string(one.Step), "audience", string(one.Audience))
		said, reason = true, "unreachable"
	}
	if err := t.tx.EndReminder(one.ID, said, reason, t.now); err != nil {
		return err
	}
	return t.goOn(one)
}

// leave lets the bot leave the chats that nobody has linked.
func (t *tick) leave() error {
	moment, err := t.tx.NextLeave()
	if errors.Is(err, store.ErrNotFound) || err == nil && moment.After(t.now) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.speaker.LeaveUnlinked(t.tx, t.now); err != nil {
		return err
	}
	if left, err := t.tx.ToLeave(t.now); err != nil || len(left) > 0 {
		return errors.Join(err, errors.New("a chat that was to be left is still there"))
	}
	return nil
}
