package scheduler

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// considerMeeting asks the rules about a reminder of a meeting.
func (t *tick) considerMeeting(reminder council.Reminder) (decision council.Decision, item council.Item, err error) {
	if item.Meeting, err = t.tx.Meeting(reminder.Subject.Number); err != nil {
		return decision, item, err
	}
	standing, err := t.tx.MeetingStanding(item.Meeting, reminder, t.timing.Calendar.Zone)
	return council.DecideMeeting(reminder, item.Meeting, standing, t.now, t.timing), item, err
}

// invited lists the guests of a meeting whom a reminder of it concerns.
func (t *tick) invited(reminder council.Reminder) ([]int64, error) {
	meeting, err := t.tx.Meeting(reminder.Subject.Number)
	if err != nil {
		return nil, err
	}
	return t.tx.MeetingHearers(meeting, reminder.Step == council.StepMeetingSoon)
}

// followMeeting plans what follows on a reminder of a meeting that was decided on.
func (t *tick) followMeeting(reminder council.Reminder, decision council.Decision, meeting council.Meeting) error {
	groups, err := t.tx.Groups()
	if err != nil {
		return err
	}
	return t.tx.AddReminders(council.FollowMeeting(reminder, decision, meeting, groups, t.now, t.timing))
}

// planMeetings plans anew every meeting of which something may still be said.
func (s *Scheduler) planMeetings(tx *store.Tx, timing council.Timing) error {
	now := s.clock.Now()
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	meetings, err := tx.MeetingsToPlan(now.AddDate(-1, -2, 0))
	if err != nil {
		return err
	}
	for _, meeting := range meetings {
		stay := func(reminder council.Reminder) bool { return meeting.Stays(reminder, groups, now, timing) }
		if err := tx.PlanReminders(meeting.Reference(), council.PlanMeeting(meeting, groups, now, timing), stay); err != nil {
			return err
		}
	}
	return nil
}
