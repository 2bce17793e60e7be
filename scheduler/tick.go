package scheduler

import (
	"context"
	"errors"
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
	timing      council.Timing      // by which it was planned
	told        int                 // how many have been told
	unreachable int                 // how many cannot be written to
	putOff      bool                // the reminder itself waits for another moment
	copied      bool                // it waits as a copy for somebody
	superseded  bool                // somebody is told of a later step instead
}

// tickHears is to how many people and groups one tick speaks that something alone is for.
// Whoever writes meanwhile waits for one transaction, and not for a morning of thousands.
const tickHears = 24

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
	alone       []store.Hearer // whose own reminders are said in this tick
	dealt       bool           // there is more to be said in the next one
	digests     map[recipient][]part
	order       []recipient // of first appearance
	roles       map[council.Role][]int64
	evaluations map[int64]*standing
	prepared    prepared         // what earlier ticks have counted, and later ones need not; may be nil
	positions   []council.Acting // nil until they are needed
}

// tick says what is due at a moment, and tells whether there is more to be said to
// others. Everybody gets one message.
func (s *Scheduler) tick(ctx context.Context, tx *store.Tx, now time.Time, counted prepared) (more bool, err error) {
	t, err := s.newTick(ctx, tx, now)
	if err != nil {
		return false, err
	}
	t.prepared = counted
	if t.alone, more, err = tx.DueHearers(now, tickHears); err != nil {
		return false, err
	}
	if err := t.gather(); err != nil {
		return false, err
	}
	if err := t.bringForward(); err != nil {
		return false, err
	}
	for _, to := range t.order {
		if err := t.tell(to); err != nil {
			return false, err
		}
	}
	for _, due := range t.dues {
		if err := t.end(due); err != nil {
			return false, err
		}
	}
	return more || t.dealt, t.leave()
}

func (s *Scheduler) newTick(ctx context.Context, tx *store.Tx, now time.Time) (*tick, error) {
	timing, err := s.speaker.Timing(tx)
	return &tick{Scheduler: s, ctx: ctx, tx: tx, now: now, timing: timing, seen: make(map[int64]bool), digests: make(map[recipient][]part),
		roles: make(map[council.Role][]int64), evaluations: make(map[int64]*standing)}, err
}

// gather decides about every reminder that is due for whom this tick speaks to:
// those that several people are for, and all of those whom they reach. What is decided may make
// others due at once, which belong to the same digests.
func (t *tick) gather() error {
	for {
		reminders, err := t.tx.DueReminders(t.now, t.spokenTo()...)
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
			return nil
		}
	}
}

// spokenTo are those to whom all is said that is due for them alone. There is always
// one, who is nobody: with none everything would be listed.
func (t *tick) spokenTo() []store.Hearer {
	hearers := append([]store.Hearer{{}}, t.alone...)
	for _, to := range t.order {
		hearers = append(hearers, store.Hearer{MemberID: to.memberID, GroupID: to.groupID})
	}
	return hearers
}

// decide follows the rules about one reminder that is due.
func (t *tick) decide(reminder council.Reminder) error {
	decision, item, err := t.consider(reminder)
	if err != nil {
		return err
	}
	t.log.Debug("reminder decided", "subject", reminder.Subject.String(), "step", string(reminder.Step),
		"audience", string(reminder.Audience), "verdict", string(decision.Verdict), "reason", decision.Reason)
	switch decision.Verdict {
	case council.Drop:
		err = t.tx.EndReminder(reminder.ID, false, decision.Reason, t.now)
	case council.Wait:
		err = t.tx.MoveReminder(reminder.ID, t.timing.MorningOf(decision.Until), decision.Reason)
	}
	if err != nil {
		return err
	}
	if err := t.planNext(reminder, decision, item); err != nil || decision.Verdict != council.Say {
		return err
	}
	audience, err := t.audience(reminder)
	if err != nil {
		return err
	}
	if len(audience) > tickHears {
		return t.deal(reminder, audience)
	}
	t.add(reminder, item, audience)
	return nil
}

// deal makes a reminder that is for many people one for each of them alone, so that they
// hear it in several ticks.
func (t *tick) deal(reminder council.Reminder, audience []recipient) error {
	each := make([]council.Reminder, len(audience))
	for at, to := range audience {
		each[at] = reminder
		each[at].ID, each[at].MemberID = 0, to.memberID
	}
	t.dealt = true
	return errors.Join(t.tx.AddReminders(each), t.tx.EndReminder(reminder.ID, false, "copied", t.now))
}

// add puts a reminder into the digests of those it is for.
func (t *tick) add(reminder council.Reminder, item council.Item, audience []recipient) {
	one := &due{Reminder: reminder, own: item.Own, timing: t.timing.For(item.Evaluation)}
	t.dues = append(t.dues, one)
	item.Reminder = reminder
	if deadline := item.Deadline(); !deadline.IsZero() {
		item.Days = t.timing.Calendar.DaysBetween(t.now, deadline.At)
		item.Moved = t.timing.Calendar.Moves(reminder.Step, deadline)
	}
	for _, to := range audience {
		if _, known := t.digests[to]; !known {
			t.order = append(t.order, to)
		}
		t.digests[to] = append(t.digests[to], part{one, item})
	}
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
	case one.superseded:
		reason = "superseded"
	case one.unreachable > 0:
		t.log.Info("a reminder reaches nobody", "subject", one.Subject.String(), "step", string(one.Step), "audience", string(one.Audience))
		said, reason = true, "unreachable"
	}
	if err := t.tx.EndReminder(one.ID, said, reason, t.now); err != nil {
		return err
	}
	return t.goOn(one.own, t.now)
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
