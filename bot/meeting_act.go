package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// planMeeting plans anew what is said about a meeting from now on. One that repeats, and
// goes on with another, keeps the rule in its place.
func (r *request) planMeeting(m council.Meeting) error {
	if err := r.passSeries(m); err != nil {
		return err
	}
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	stay := func(reminder council.Reminder) bool { return m.Stays(reminder, groups, r.now, r.city.Timing) }
	return r.tx.PlanReminders(m.Reference(), council.PlanMeeting(m, groups, r.now, r.city.Timing), stay)
}

// holdMeeting says that a meeting took place, and for which groups it counts, once. For one
// that is held already it records anew for which groups it counts, where others were there
// than was known.
func (r *request) holdMeeting(m council.Meeting) (council.Meeting, error) {
	attended, err := r.attendedGroups(m)
	if err != nil {
		return m, err
	}
	if m.State == council.MeetingHeld {
		before, recorded, err := r.tx.LastHappening(m.Reference(), council.EventHeld)
		if err != nil || recorded && before.Detail[council.DetailIn] == attended {
			return m, err
		}
		return m, r.recordHeld(m, attended)
	}
	if m, err = m.Hold(r.now); err != nil {
		return m, err
	}
	if err := r.tx.SaveMeeting(m); err != nil {
		return m, err
	}
	if err := r.recordHeld(m, attended); err != nil {
		return m, err
	}
	return m, r.afterMeeting(m)
}

// afterMeeting plans and shows a meeting anew that has ended.
func (r *request) afterMeeting(m council.Meeting) error {
	return errors.Join(r.planMeeting(m), r.showMeeting(m), r.refreshDigests(m.Reference()))
}

// actMeeting shows when people may note that they are at a meeting, and when they may no more.
func (r *request) actMeeting(due council.Reminder) error {
	m, err := r.tx.Meeting(due.Subject.Number)
	if err != nil || due.Step != council.StepMeetingBegin {
		return notFoundIsNil(err)
	}
	return r.showMeeting(m)
}

// recordHeld records in the bot's own name that a meeting was held, and for which groups it
// counts: those whose members were there. It counts in the month in which it was said to be
// held, however late the others are noted.
func (r *request) recordHeld(m council.Meeting, attended string) error {
	event := council.Event{At: m.EndedAt, Subject: m.Reference(), Kind: council.EventHeld}
	if attended != "" {
		event.Detail = map[string]string{council.DetailIn: attended}
	}
	return r.tx.Record(event, "")
}

// attendedGroups are the groups whose members were at a meeting, as DetailIn has them: the
// group for which somebody was noted, else the invited groups in which the person is seen,
// or that of who is represented. Coordinators sit in every group, and count for none.
func (r *request) attendedGroups(m council.Meeting) (string, error) {
	attendees, err := r.tx.Attendees(m.Number)
	if err != nil {
		return "", err
	}
	var groups []int64
	for _, attendee := range attendees {
		from, err := r.groupsOfAttendee(m, attendee)
		if err != nil {
			return "", err
		}
		groups = append(groups, from...)
	}
	slices.Sort(groups)
	texts := make([]string, 0, len(groups))
	for _, id := range slices.Compact(groups) {
		texts = append(texts, idText(id))
	}
	return strings.Join(texts, ","), nil
}

func (r *request) groupsOfAttendee(m council.Meeting, attendee council.Attendee) (groups []int64, err error) {
	var seen []council.Group
	for _, id := range []int64{attendee.MemberID, attendee.For} {
		if id == 0 {
			continue
		}
		member, err := r.tx.Member(id)
		if err != nil {
			return nil, err
		}
		actor, err := r.tx.Actor(member)
		if err != nil || actor.Coordinates() && id == attendee.MemberID {
			return nil, err
		}
		seen = append(seen, actor.Groups...)
	}
	if attendee.GroupID != 0 {
		return []int64{attendee.GroupID}, nil
	}
	for _, group := range seen {
		if m.To.Include(group) {
			groups = append(groups, group.ID)
		}
	}
	return groups, nil
}
