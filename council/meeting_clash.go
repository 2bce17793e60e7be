package council

import (
	"slices"
	"time"
)

// Clash is something that stands against the time of a meeting. It hinders nothing:
// whoever invites is told and decides.
type Clash struct {
	Kind       ClashKind
	Name       string     // of ClashHoliday and ClashJointLeave: of the day
	Day        Day        // on which it falls
	Meeting    Meeting    // of ClashMeeting: the other one
	Shared     int        // of ClashMeeting: how many people are invited to both, as far as is known
	Evaluation Evaluation // of ClashMilestone
	Milestone  Milestone  // of ClashMilestone
	Leave      Leave      // of ClashChairAway
}

// ClashKind is what stands against a time.
type ClashKind string

// Kinds of clashes (domain.md sections 12 and 13).
const (
	ClashHoliday    ClashKind = "holiday"
	ClashJointLeave ClashKind = "joint_leave"
	ClashWeekend    ClashKind = "weekend"
	ClashFridayNoon ClashKind = "friday_noon" // from 11.30 up to 13.00
	ClashEarly      ClashKind = "early"       // it begins before working hours
	ClashLate       ClashKind = "late"        // it ends after working hours
	ClashMeeting    ClashKind = "meeting"     // another one at the same time, with the same people
	ClashMilestone  ClashKind = "milestone"   // of an evaluation, on the same day
	ClashChairAway  ClashKind = "chair_away"  // who leads is on leave
)

// fridayPrayerOver is when the Friday prayer is over, in minutes after midnight; what
// is written by itself rests half an hour longer.
const fridayPrayerOver = 13 * 60

// Engagement is a meeting with those who are invited to it: groups, and the people
// who are known.
type Engagement struct {
	Meeting Meeting
	Groups  []int64
	People  []int64
}

// shares tells whether two meetings ask for the same people, and how many of them are known.
func (e Engagement) shares(other Engagement) (people int, shares bool) {
	for _, id := range e.People {
		if slices.Contains(other.People, id) {
			people++
		}
	}
	return people, people > 0 || slices.ContainsFunc(e.Groups, func(id int64) bool { return slices.Contains(other.Groups, id) })
}

// Surroundings are what else there is at the time of a meeting.
type Surroundings struct {
	Calendar    Calendar
	Others      []Engagement // other meetings; itself and those that are not planned are passed over
	Evaluations []Evaluation
	Leaves      []Leave // of who leads
}

// Clashes lists what stands against the time of a meeting: first days, then hours, then
// other meetings, milestones and leaves, each in order of time. Of a meeting over several
// days every day counts, and its hours are those at which it begins and ends.
func (s Surroundings) Clashes(with Engagement) []Clash {
	m := with.Meeting
	first, last := s.Calendar.Day(m.Starts), s.Calendar.Day(m.Ends().Add(-time.Nanosecond))
	clashes := s.daysOff(first, last)
	clashes = append(clashes, s.hours(m, first, last)...)
	for _, other := range s.Others {
		if other.Meeting.Number == m.Number && m.Number != 0 || other.Meeting.State != MeetingPlanned || !m.Clashes(other.Meeting) {
			continue
		}
		if people, shares := with.shares(other); shares {
			clashes = append(clashes, Clash{Kind: ClashMeeting, Day: s.Calendar.Day(other.Meeting.Starts), Meeting: other.Meeting, Shared: people})
		}
	}
	clashes = append(clashes, s.milestones(m, first, last)...)
	for _, leave := range s.Leaves {
		if leave.MemberID == m.Chair.MemberID && leave.MemberID != 0 && leave.Overlaps(first, last) {
			clashes = append(clashes, Clash{Kind: ClashChairAway, Day: leave.First, Leave: leave})
		}
	}
	return clashes
}

func (s Surroundings) daysOff(first, last Day) []Clash {
	var clashes []Clash
	for day := first; !last.Before(day); day = day.Add(1) {
		holiday, named := s.Calendar.holidays[day]
		switch weekday := day.Weekday(); {
		case named && holiday.JointLeave:
			clashes = append(clashes, Clash{Kind: ClashJointLeave, Name: holiday.Name, Day: day})
		case named:
			clashes = append(clashes, Clash{Kind: ClashHoliday, Name: holiday.Name, Day: day})
		case weekday == time.Saturday || weekday == time.Sunday:
			clashes = append(clashes, Clash{Kind: ClashWeekend, Day: day})
		}
	}
	return clashes
}

// hours looks at the clock of working days alone: on a day off no hour is a usual one.
func (s Surroundings) hours(m Meeting, first, last Day) []Clash {
	var clashes []Clash
	hours := s.Calendar.WorkingHours()
	for day := first; !last.Before(day); day = day.Add(1) {
		noon, over := s.Calendar.at(day, UsualHours.FridayStarts), s.Calendar.at(day, fridayPrayerOver)
		if day.Weekday() == time.Friday && s.Calendar.isWorkday(day) && m.Starts.Before(over) && noon.Before(m.Ends()) {
			clashes = append(clashes, Clash{Kind: ClashFridayNoon, Day: day})
		}
	}
	if s.Calendar.isWorkday(first) && m.Starts.Before(s.Calendar.at(first, hours.Starts)) {
		clashes = append(clashes, Clash{Kind: ClashEarly, Day: first})
	}
	if s.Calendar.isWorkday(last) && s.Calendar.at(last, hours.Ends).Before(m.Ends()) {
		clashes = append(clashes, Clash{Kind: ClashLate, Day: last})
	}
	return clashes
}

// milestones are those of evaluations under way, but not of the one that the meeting
// itself is for.
func (s Surroundings) milestones(m Meeting, first, last Day) []Clash {
	var clashes []Clash
	for _, evaluation := range s.Evaluations {
		if evaluation.State != EvaluationOpen || evaluation.Number == m.Evaluation {
			continue
		}
		for _, milestone := range evaluation.Milestones {
			if day := s.Calendar.Day(milestone.Deadline.At); !day.Before(first) && !last.Before(day) && milestone.Kind != MilestoneInternal {
				clashes = append(clashes, Clash{Kind: ClashMilestone, Day: day, Evaluation: evaluation, Milestone: milestone})
			}
		}
	}
	return clashes
}

// goesOnWithin is how long ago a meeting may have been that another goes on with.
const goesOnWithin = 100 * 24 * time.Hour

// GoesOnWith is the newest of the meetings that were held within the last hundred days
// with the same invited; false for none.
func (m Meeting) GoesOnWith(past []Meeting, now time.Time) (Meeting, bool) {
	var newest Meeting
	for _, other := range past {
		if other.State == MeetingHeld && other.Number != m.Number && m.invitesTheSame(other) &&
			!other.Starts.Before(now.Add(-goesOnWithin)) && other.Starts.Before(m.Starts) && other.Starts.After(newest.Starts) {
			newest = other
		}
	}
	return newest, newest.Number != 0
}

// invitesTheSame tells whether two meetings are for the same groups, roles and persons.
func (m Meeting) invitesTheSame(other Meeting) bool {
	return m.To.Name(other.To) && other.To.Name(m.To) &&
		len(difference(m.People, other.People))+len(difference(other.People, m.People)) == 0
}
