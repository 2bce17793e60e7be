package scheduler

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Limits of product.md, "Reminders", and of patience.
const (
	lateAfter   = time.Hour // what is said so much later says so
	patience    = 3         // so often in a row speaking to somebody may fail
	afterAnHour = time.Hour // then it waits, and the others are told
)

// tell says one digest to one person or group.
func (t *tick) tell(to recipient) error {
	parts := newest(t.digests[to])
	reachable, resting, err := t.reachable(to)
	if err != nil {
		return err
	}
	if resting {
		parts = ownAlone(parts)
		reachable = len(parts) > 0
	}
	if !reachable {
		for _, part := range parts {
			part.due.unreachable++
		}
		return nil
	}
	if t.failures[to] >= patience {
		t.log.Error("a reminder could not be said and waits an hour", "member", to.memberID, "group", to.groupID)
		return t.putOff(to, parts, t.now.Add(afterAnHour), council.WaitedFailed)
	}
	if parts, err = t.mannerly(to, parts); err != nil || len(parts) == 0 {
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
	if to.memberID == 0 || !slices.ContainsFunc(parts, func(p part) bool { return !p.due.Step.AskedFor() }) {
		return nil
	}
	return t.tx.NoteNotice(to.memberID, t.now)
}

// ownAlone leaves to somebody who has handed everything over what the person set alone;
// the rest reaches nobody.
func ownAlone(parts []part) []part {
	var own []part
	for _, one := range parts {
		if one.due.Step == council.StepOwn {
			own = append(own, one)
		} else {
			one.due.unreachable++
		}
	}
	return own
}

// newest leaves out the steps that meet a later one of their ladder in somebody's digest.
func newest(parts []part) []part {
	reminders := make([]council.Reminder, len(parts))
	for i, one := range parts {
		reminders[i] = one.due.Reminder
	}
	var left []part
	for i, met := range council.Met(reminders) {
		if met {
			parts[i].due.superseded = true
		} else {
			left = append(left, parts[i])
		}
	}
	return left
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
// that lies in a quiet time, after the end of that. What waited for the person's
// own sake, or was planned for later when a clock became shorter, is late only after
// that; an absence is told when it is over.
func (t *tick) late(one *due) bool {
	moment, known := one.timing.MomentOf(one.Reminder)
	sooner := slices.Contains(council.CareSteps, one.Step) && one.Waited == "" && one.Due.After(moment)
	switch {
	case one.Step == council.StepAbsence:
		return false
	case !known || sooner || one.Waited != "" && one.Waited != "quiet_time" && one.Waited != council.WaitedFailed:
		moment = one.Due
	case one.Step != council.StepOwn:
		if until := one.Anchor.Sub(moment); until < 0 || until > council.WithinReach {
			moment = t.timing.MorningOf(t.timing.Calendar.NextAllowed(moment))
		}
	}
	return t.now.After(moment.Add(lateAfter))
}

// reachable tells whether somebody can be written to, and whether the person rests: has
// handed everything over.
func (t *tick) reachable(to recipient) (reachable, resting bool, err error) {
	if to.groupID != 0 {
		group, err := t.tx.Group(to.groupID)
		if errors.Is(err, store.ErrNotFound) {
			return false, false, nil
		}
		return group.Reachable, false, err
	}
	member, err := t.tx.Member(to.memberID)
	if errors.Is(err, store.ErrNotFound) {
		return false, false, nil
	}
	known := member.TelegramID != 0
	return known && member.Reach == council.ReachOpen, known && member.Reach == council.ReachResting, err
}

// mannerly leaves what may be said to somebody now; the rest waits, each for its
// own reason.
func (t *tick) mannerly(to recipient, parts []part) ([]part, error) {
	listener, err := t.listener(to)
	if err != nil {
		return nil, err
	}
	var now []part
	for _, one := range parts {
		decision := listener.Decide(one.due.Reminder, one.item.Deadline(), t.now, t.timing)
		if decision.Verdict == council.Say {
			now = append(now, one)
			continue
		}
		t.log.Debug("reminder waits", "subject", one.due.Subject.String(), "step", string(one.due.Step), "reason", decision.Reason)
		if err := t.putOff(to, []part{one}, decision.Until, decision.Reason); err != nil {
			return nil, err
		}
	}
	return now, nil
}

func (t *tick) listener(to recipient) (council.Listener, error) {
	listener := council.Listener{Group: to.groupID != 0}
	var err error
	if listener.Quiet, err = t.tx.QuietTimes(store.Hearer{MemberID: to.memberID, GroupID: to.groupID}); err != nil || listener.Group {
		return listener, err
	}
	if listener.Leaves, err = t.tx.Leaves(to.memberID, t.timing.Calendar.Day(t.now)); err != nil {
		return listener, err
	}
	listener.Reminded, err = t.tx.CountNotices(to.memberID, t.today())
	return listener, err
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
		own.MemberID, own.Due, own.Waited = to.memberID, until, reason
		if err := t.tx.AddReminders([]council.Reminder{own}); err != nil {
			return err
		}
	}
	return nil
}
