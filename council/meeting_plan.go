package council

import (
	"slices"
	"time"
)

// When things are said about a meeting.
const (
	meetingSoonBefore = time.Hour
	meetingNextBefore = 5  // working days before the next one of those that repeat
	meetingMonthLeft  = 3  // working days of a month that are left when its meeting is missed
	meetingMonths     = 12 // so long a monthly meeting is missed that nobody holds any more
	minutesWait       = 2  // working days that proposed minutes wait before whoever agrees is reminded
	minutesLate       = 5  // and before coordinators are told
)

// MeetingStanding is what has come of a meeting, as far as its reminders depend on it.
type MeetingStanding struct {
	Begun    bool // somebody is noted as present
	Followed bool // a meeting goes on with it
	Covered  bool // of the month that is spoken of: it has its coordination
	Led      bool // whoever leads can be asked
}

// PlanMeeting plans what is said about a meeting from now on. Groups are those that are
// linked; the invited ones among them are told with counts.
//
// On the morning of the working day before it everybody is reminded whom it concerns; where
// it was made or moved later than that, on its own morning, if that leaves two hours. An
// hour before it those are who come. At its end, and on the working morning after that,
// those who answer for it are asked whether it was held; where people were there, for its
// minutes. Coordinators are offered the next
// one of those that repeat, and told of a month without coordination. Of minutes that wait
// whoever agrees is reminded, then the coordinators. The bot itself shows when people may
// note that they are there, and when they may no more.
func PlanMeeting(m Meeting, groups []Group, now time.Time, timing Timing) []Reminder {
	return slices.DeleteFunc(m.reminders(groups, now, timing), func(r Reminder) bool { return !r.Due.After(now) })
}

// Stays tells whether a waiting reminder of the meeting stays when it is planned anew: what
// has begun and waits, as for the end of a leave, and belongs to the meeting still.
func (m Meeting) Stays(reminder Reminder, groups []Group, now time.Time, timing Timing) bool {
	if reminder.Due.After(now) && reminder.Waited == "" {
		return false
	}
	switch reminder.Step {
	case StepMeetingNext:
		return m.Recurrence != nil
	case StepMeetingMonth:
		return m.counts() && m.Coordinates(groups)
	}
	return slices.ContainsFunc(m.reminders(groups, now, timing), func(planned Reminder) bool {
		return planned.Step == reminder.Step && planned.Audience == reminder.Audience && planned.GroupID == reminder.GroupID &&
			planned.Anchor.Equal(reminder.Anchor) && (planned.MemberID == 0 || planned.MemberID == reminder.MemberID)
	})
}

// reminders are all that hang on the meeting as it is, past ones too.
func (m Meeting) reminders(groups []Group, now time.Time, timing Timing) []Reminder {
	var planned []Reminder
	add := func(step Step, audience Audience, anchor, due time.Time) *Reminder {
		planned = append(planned, Reminder{Subject: m.Reference(), Step: step, Audience: audience, Anchor: anchor.UTC(), Due: due.UTC()})
		return &planned[len(planned)-1]
	}
	after := timing.Calendar.NextAllowed(m.Ends())
	after = timing.morningFrom(timing.Calendar.Day(after).Add(1).At(0, 0, timing.Calendar.zone()))
	ask := func(step Step, due time.Time) {
		add(step, ToCoordinator, m.Ends(), due)
		if m.Scribe.MemberID != 0 {
			add(step, ToMember, m.Ends(), due).MemberID = m.Scribe.MemberID
		}
	}
	if m.State == MeetingPlanned {
		day := m.morning(now, timing)
		add(StepMeetingDay, ToInvited, m.Starts, day)
		for _, group := range groups {
			if m.To.Include(group) {
				add(StepMeetingDay, ToGroup, m.Starts, day).GroupID = group.ID
			}
		}
		add(StepMeetingSoon, ToInvited, m.Starts, m.Starts.Add(-meetingSoonBefore))
		ask(StepMeetingEnd, m.Ends())
		ask(StepMeetingAgain, after)
	}
	if m.counts() && m.Minutes.State == MinutesNone {
		ask(StepMinutesAsk, after) // or whether it was held, where nobody was noted
	}
	if m.counts() && m.Minutes.State == MinutesProposed {
		proposed := m.Minutes.ProposedAt
		if m.Chair.MemberID != 0 {
			add(StepMinutesWait, ToMember, proposed, timing.waited(proposed, minutesWait)).MemberID = m.Chair.MemberID
		}
		add(StepMinutesWait, ToCoordinator, proposed, timing.waited(proposed, minutesWait)) // of these two one is said
		add(StepMinutesLate, ToCoordinator, proposed, timing.waited(proposed, minutesLate))
	}
	if m.counts() {
		for _, moment := range []time.Time{m.Starts.Add(-attendanceBefore), m.Ends().Add(attendanceAfter)} {
			add(StepMeetingBegin, ToBot, moment, moment)
		}
		if anchor, due, missed := m.nextMonth(now, timing); missed && m.Coordinates(groups) {
			add(StepMeetingMonth, ToCoordinator, anchor, due)
		}
	}
	if on, due, follows := m.nextOffer(now, timing); follows {
		add(StepMeetingNext, ToCoordinator, on, due)
	}
	return planned
}

// waited is the first working morning after so many working days beside the one of the
// moment.
func (t Timing) waited(moment time.Time, days int) time.Time {
	return t.onWorkday(t.Calendar.addWorkdays(t.Calendar.Day(moment), days+1), 1)
}

// counts tells whether the meeting is to be held, or was.
func (m Meeting) counts() bool { return m.State == MeetingPlanned || m.State == MeetingHeld }

// morning is when everybody is reminded whom the meeting concerns: a moment of the past
// where no morning leaves room any more.
func (m Meeting) morning(now time.Time, timing Timing) time.Time {
	start := Deadline{At: m.Starts}
	before, _ := timing.Moment(StepBefore(1), start)
	if same, _ := timing.Moment(StepDay, start); !before.After(now) && !same.Add(roomBefore).After(m.Starts) {
		return same
	}
	return before
}

// DecideMeeting decides about a reminder of a meeting as it stands now. Reasons to drop:
// "meeting_over" (it is held, missed or cancelled), "meeting_moved", "deadline_passed" (it
// has begun), "meeting_begun" (people were there, or minutes are written: nobody asks),
// "series_over", "followed" (the next one exists), "covered" (the month has its meeting),
// "minutes_begun", "held_unknown" (that is asked instead), "minutes_settled" (they are corrected, or agreed), "proposed_anew", "chair_asked" and
// "chair_not_reached" (another one agrees), "for_the_bot". To wait: "not_due", "quiet_time".
func DecideMeeting(reminder Reminder, m Meeting, standing MeetingStanding, now time.Time, timing Timing) Decision {
	reason, deadline := "", Deadline{}
	switch reminder.Step {
	case StepMeetingDay, StepMeetingSoon:
		deadline.At = m.Starts
		reason = m.pastReminding(reminder, now)
	case StepMeetingEnd, StepMeetingAgain:
		reason = m.pastAsking(reminder, standing)
	case StepMinutesAsk:
		reason = m.pastWriting(reminder, standing)
	case StepMeetingNext:
		reason = m.pastOffering(reminder, standing, now, timing)
	case StepMeetingMonth:
		reason = m.pastMonth(reminder, standing, now, timing)
	case StepMinutesWait, StepMinutesLate:
		reason = m.pastAgreeing(reminder, standing)
	default:
		reason = "for_the_bot"
	}
	switch {
	case reason != "":
		return Decision{Verdict: Drop, Reason: reason}
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	return unlessQuiet(deadline, now, timing.Calendar)
}

func (m Meeting) pastReminding(reminder Reminder, now time.Time) string {
	switch {
	case m.State != MeetingPlanned:
		return "meeting_over"
	case !reminder.Anchor.Equal(m.Starts):
		return "meeting_moved"
	case !now.Before(m.Starts):
		return "deadline_passed"
	}
	return ""
}

func (m Meeting) pastAsking(reminder Reminder, standing MeetingStanding) string {
	switch {
	case m.State != MeetingPlanned:
		return "meeting_over"
	case !reminder.Anchor.Equal(m.Ends()):
		return "meeting_moved"
	case m.Minutes.State != MinutesNone, standing.Begun:
		return "meeting_begun"
	}
	return ""
}

func (m Meeting) pastWriting(reminder Reminder, standing MeetingStanding) string {
	switch {
	case !m.counts():
		return "meeting_over"
	case !reminder.Anchor.Equal(m.Ends()):
		return "meeting_moved"
	case m.Minutes.State != MinutesNone:
		return "minutes_begun"
	case m.State == MeetingPlanned && !standing.Begun:
		return "held_unknown"
	}
	return ""
}

func (m Meeting) pastMonth(reminder Reminder, standing MeetingStanding, now time.Time, timing Timing) string {
	month := MonthOf(reminder.Anchor, timing.Calendar.zone())
	switch {
	case !m.counts():
		return "meeting_over"
	case standing.Covered:
		return "covered"
	case !now.Before(month.Span(timing.Calendar.zone()).Until):
		return "deadline_passed"
	}
	return ""
}

func (m Meeting) pastAgreeing(reminder Reminder, standing MeetingStanding) string {
	switch {
	case !m.counts():
		return "meeting_over"
	case m.Minutes.State != MinutesProposed:
		return "minutes_settled"
	case !reminder.Anchor.Equal(m.Minutes.ProposedAt):
		return "proposed_anew"
	case reminder.Audience == ToMember && !(standing.Led && m.Leads(reminder.MemberID)):
		return "chair_not_reached"
	case reminder.Audience == ToCoordinator && reminder.Step == StepMinutesWait && standing.Led:
		return "chair_asked"
	}
	return ""
}

func (m Meeting) pastOffering(reminder Reminder, standing MeetingStanding, now time.Time, timing Timing) string {
	switch {
	case m.Recurrence == nil:
		return "series_over"
	case standing.Followed:
		return "followed"
	case !now.Before(m.Recurrence.TakesPlace(reminder.Anchor, timing.Calendar)):
		return "deadline_passed"
	}
	return ""
}

// Remind lists the guests of whom Concerned is true, with whoever leads or writes and is no
// guest yet.
func (m Meeting) Remind(guests []Guest, near bool) []int64 {
	for _, seat := range []Seat{m.Chair, m.Scribe} {
		known := slices.ContainsFunc(guests, func(g Guest) bool { return g.MemberID == seat.MemberID })
		if seat.MemberID != 0 && !known {
			guests = append(slices.Clip(guests), Guest{MemberID: seat.MemberID})
		}
	}
	var concerned []int64
	for _, guest := range guests {
		if m.Concerned(guest, near) {
			concerned = append(concerned, guest.MemberID)
		}
	}
	return concerned
}
