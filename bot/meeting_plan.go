package bot

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// considerMeeting asks the rules about a reminder of a meeting at a moment, as the meeting
// stands now.
func (f *planFacts) considerMeeting(reminder council.Reminder, item *council.Item, at time.Time) (decision council.Decision, err error) {
	if item.Meeting, err = f.tx.Meeting(reminder.Subject.Number); err != nil {
		return decision, err
	}
	standing, err := f.tx.MeetingStanding(item.Meeting, reminder, f.calendar().Zone)
	return council.DecideMeeting(reminder, item.Meeting, standing, at, f.timing), err
}

// followMeeting lists what follows on a reminder of a meeting.
func (f *planFacts) followMeeting(reminder council.Reminder, decision council.Decision, meeting council.Meeting, at time.Time) ([]council.Reminder, error) {
	groups, err := f.tx.Groups()
	return council.FollowMeeting(reminder, decision, meeting, groups, at, f.timing), err
}
