package scheduler

import (
	"errors"
	"fmt"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Limits of product.md, "Reminders", and of patience.
const (
	budget      = 3              // unasked reminders a day to a person
	withinReach = 24 * time.Hour // what is due so soon does not wait for the budget
	lateAfter   = time.Hour      // what is said so much later says so
	patience    = 3              // so often in a row speaking to somebody may fail
	afterAnHour = time.Hour      // then it waits, and the others are told
)

// tell says one digest to one person or group.
func (t *tick) tell(to recipient) error {
	parts := t.digests[to]
	reachable, err := t.reachable(to)
	if err != nil {
		return err
	}
	if !reachable {
		for _, part := range parts {
			part.due.unreachable++
		}
		return nil
	}
	if t.failures[to] >= patience {
		delete(t.failures, to)
		t.log.Error("a reminder could not be said and waits an hour", "member", to.memberID, "group", to.groupID)
		return t.putOff(to, parts, t.now.Add(afterAnHour), "failed")
	}
	if parts, err = t.withinBudget(to, parts); err != nil || len(parts) == 0 {
		return err
	}
	t.saying = to
	if err := t.speaker.Say(t.ctx, t.tx, t.notice(to, parts)); err != nil {
		return fmt.Errorf("say: %w", err)
	}
	t.saying = recipient{}
	for _, part := range parts {
		part.due.told++
	}
	if to.memberID == 0 {
		return nil
	}
	return t.tx.NoteNotice(to.memberID, t.now)
}

func (t *tick) notice(to recipient, parts []part) council.Notice {
	notice := council.Notice{MemberID: to.memberID, GroupID: to.groupID, At: t.now}
	for _, part := range parts {
		notice.Items = append(notice.Items, part.item)
		notice.Late = notice.Late || t.late(part.due)
	}
	return notice
}

// late tells whether a reminder is said more than an hour after its moment; where
// that lies in a quiet time, after the end of that.
func (t *tick) late(one *due) bool {
	moment, _ := t.timing.Moment(one.Step, one.deadline)
	if until := one.deadline.At.Sub(moment); until < 0 || until > withinReach {
		moment = t.morning(t.timing.Calendar.NextAllowed(moment))
	}
	return t.now.After(moment.Add(lateAfter))
}

func (t *tick) reachable(to recipient) (bool, error) {
	if to.groupID != 0 {
		group, err := t.tx.Group(to.groupID)
		if errors.Is(err, store.ErrNotFound) {
			return false, nil
		}
		return group.Reachable, err
	}
	member, err := t.tx.Member(to.memberID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return member.Reach == council.ReachOpen && member.TelegramID != 0, err
}

// withinBudget leaves what may still be said to a person today; the rest waits
// for the next morning's digest.
func (t *tick) withinBudget(to recipient, parts []part) ([]part, error) {
	if to.memberID == 0 {
		return parts, nil
	}
	said, err := t.tx.CountNotices(to.memberID, t.today())
	if err != nil || said < budget {
		return parts, err
	}
	var now, later []part
	for _, part := range parts {
		if left := part.due.deadline.At.Sub(t.now); left > 0 && left <= withinReach {
			now = append(now, part)
		} else {
			later = append(later, part)
		}
	}
	tomorrow, _ := t.timing.Moment(council.OverdueStep(1), council.Deadline{At: t.now})
	return now, t.putOff(to, later, tomorrow, "budget")
}

// today is the local day.
func (t *tick) today() store.Span {
	zone := t.timing.Calendar.Zone
	if zone == nil {
		zone = time.UTC
	}
	day := t.timing.Calendar.Day(t.now)
	return store.Span{Since: day.At(0, 0, zone), Until: day.Add(1).At(0, 0, zone)}
}

// putOff makes reminders wait for one of those they are for. A reminder that is
// for others as well is copied, so that it waits for this one alone.
func (t *tick) putOff(to recipient, parts []part, until time.Time, reason string) error {
	for _, part := range parts {
		one := part.due
		if to.groupID != 0 || one.MemberID == to.memberID {
			one.putOff = true
			if err := t.tx.MoveReminder(one.ID, until, reason); err != nil {
				return err
			}
			continue
		}
		one.copied = true
		own := one.Reminder
		own.MemberID, own.Due = to.memberID, until
		if err := t.tx.AddReminders([]store.Planned{{Reminder: own, Deadline: one.deadline.At}}); err != nil {
			return err
		}
	}
	return nil
}
