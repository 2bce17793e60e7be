package council

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// meetingGroups are a council's, two working groups' and a community's group.
var meetingGroups = []Group{{ID: 1, Kind: KindCouncil}, {ID: 2, Kind: KindWorkingGroup, Dimension: "environment"},
	{ID: 3, Kind: KindWorkingGroup, Dimension: "economy"}, {ID: 4, Kind: KindCommunity}}

func meetingAt(starts string, change ...func(*Meeting)) Meeting {
	m := Meeting{Number: 4, Title: "Rapat", Starts: at(starts), Length: 2 * time.Hour, State: MeetingPlanned, Edition: 1,
		To: Addressees{Groups: []int64{2, 4}}}
	for _, one := range change {
		one(&m)
	}
	return m
}

func monthly(m *Meeting) {
	m.Recurrence = &Recurrence{Unit: EveryMonth, Every: 1, Day: 1, Hour: 9}
	m.To = Addressees{Kinds: []GroupKind{KindCouncil, KindWorkingGroup}}
}

// lineOf writes a reminder as "invited meeting_day 10/6 08.00", with the group or the member.
func lineOf(r Reminder) string {
	line := string(r.Audience)
	if r.GroupID+r.MemberID != 0 {
		line += " " + string(rune('0'+r.GroupID+r.MemberID))
	}
	return line + " " + string(r.Step) + " " + r.Due.In(makassar).Format("2/1 15.04")
}

func linesOf(reminders []Reminder) []string {
	lines := make([]string, len(reminders))
	for i, reminder := range reminders {
		lines[i] = lineOf(reminder)
	}
	return lines
}

func TestWhatIsSaidAboutAMeeting(t *testing.T) {
	after := []string{"coordinator meeting_end 11/6 11.00", "coordinator meeting_again 12/6 08.00", "coordinator minutes_ask 12/6 08.00", "bot meeting_begin 11/6 08.30", "bot meeting_begin 11/6 12.00"}
	with := func(first ...string) []string { return append(first, after...) }
	tests := []struct {
		name    string
		meeting Meeting
		now     string
		want    []string
	}{
		{"the working day before, and an hour before", meetingAt("2026-06-11 09:00"), "2026-06-05 10:00",
			with("invited meeting_day 10/6 08.00", "group 2 meeting_day 10/6 08.00", "group 4 meeting_day 10/6 08.00", "invited meeting_soon 11/6 08.00")},
		{"made too late for any morning", meetingAt("2026-06-11 09:00"), "2026-06-10 10:00", with("invited meeting_soon 11/6 08.00")},
		{"made too late for the day before, with room on its own", meetingAt("2026-06-11 10:00", func(m *Meeting) { m.Length = time.Hour }), "2026-06-10 10:00",
			[]string{"invited meeting_day 11/6 08.00", "group 2 meeting_day 11/6 08.00", "group 4 meeting_day 11/6 08.00", "invited meeting_soon 11/6 09.00",
				"coordinator meeting_end 11/6 11.00", "coordinator meeting_again 12/6 08.00", "coordinator minutes_ask 12/6 08.00", "bot meeting_begin 11/6 09.30", "bot meeting_begin 11/6 12.00"}},
		{"after a weekend the Friday before, and one that ends in the evening is asked about twice, on two mornings",
			meetingAt("2026-06-08 19:00", func(m *Meeting) { m.Scribe.MemberID = 7 }), "2026-06-05 07:00",
			[]string{"invited meeting_day 5/6 08.00", "group 2 meeting_day 5/6 08.00", "group 4 meeting_day 5/6 08.00", "invited meeting_soon 8/6 18.00",
				"coordinator meeting_end 8/6 21.00", "member 7 meeting_end 8/6 21.00", "coordinator meeting_again 10/6 08.00", "member 7 meeting_again 10/6 08.00",
				"coordinator minutes_ask 10/6 08.00", "member 7 minutes_ask 10/6 08.00",
				"bot meeting_begin 8/6 18.30", "bot meeting_begin 8/6 22.00"}},
		{"within the hour", meetingAt("2026-06-11 09:00"), "2026-06-11 08:20", after},
		{"while it goes on", meetingAt("2026-06-11 09:00"), "2026-06-11 10:00", []string{after[0], after[1], after[2], after[4]}},
		{"held: people still come", meetingAt("2026-06-11 09:00", func(m *Meeting) { m.State = MeetingHeld }), "2026-06-11 11:05", []string{after[2], after[4]}},
		{"cancelled", meetingAt("2026-06-11 09:00", func(m *Meeting) { m.State = MeetingCancelled }), "2026-06-05 10:00", nil},
		{"missed", meetingAt("2026-06-11 09:00", func(m *Meeting) { m.State = MeetingMissed }), "2026-06-11 11:05", nil},
		{"of those that repeat, the next one is offered five working days before, and the next month is watched over",
			meetingAt("2026-06-02 09:00", monthly, func(m *Meeting) { m.State = MeetingHeld }), "2026-06-02 13:00",
			[]string{"coordinator minutes_ask 3/6 08.00", "coordinator meeting_month 29/7 08.00", "coordinator meeting_next 24/6 08.00"}},
		{"once that was offered, the one after it, whose date is a Saturday",
			meetingAt("2026-06-02 09:00", monthly, func(m *Meeting) { m.State = MeetingHeld }), "2026-06-24 08:00",
			[]string{"coordinator meeting_month 29/7 08.00", "coordinator meeting_next 27/7 08.00"}},
		{"one that was cancelled ends nothing", meetingAt("2026-06-02 09:00", monthly, func(m *Meeting) { m.State = MeetingCancelled }), "2026-06-02 13:00",
			[]string{"coordinator meeting_next 24/6 08.00"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			planned := PlanMeeting(test.meeting, meetingGroups, at(test.now), timing2026())
			if got := linesOf(planned); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			for _, reminder := range planned {
				if moment := timing2026().Calendar.NextAllowed(reminder.Due); reminder.Audience != ToBot {
					if reminder.Step == StepMeetingDay || reminder.Step == StepMeetingSoon {
						moment = reminder.Due
					}
					standing := MeetingStanding{Begun: reminder.Step == StepMinutesAsk}
					if decision := DecideMeeting(reminder, test.meeting, standing, moment, timing2026()); decision.Verdict != Say {
						t.Errorf("%s is not said: %+v", lineOf(reminder), decision)
					}
				}
			}
		})
	}
}

func TestWhatIsSaidNoMoreAboutAMeeting(t *testing.T) {
	meeting := meetingAt("2026-06-11 09:00", monthly)
	find := func(step Step) Reminder {
		planned := PlanMeeting(meeting, meetingGroups, at("2026-06-02 10:00"), timing2026())
		return planned[slices.IndexFunc(planned, func(r Reminder) bool { return r.Step == step })]
	}
	change := func(change func(*Meeting)) Meeting { m := meeting; change(&m); return m }
	moved := change(func(m *Meeting) { m.Starts = m.Starts.AddDate(0, 0, 7) })
	longer := change(func(m *Meeting) { m.Length += time.Hour })
	cancelled := change(func(m *Meeting) { m.State = MeetingCancelled })
	written := change(func(m *Meeting) { m.Minutes.State = MinutesDraft })
	tests := []struct {
		name     string
		step     Step
		meeting  Meeting
		standing MeetingStanding
		now      string
		verdict  Verdict
		reason   string
	}{
		{"late, but ahead still", StepMeetingDay, meeting, MeetingStanding{}, "2026-06-11 08:50", Say, "due"},
		{"it has begun", StepMeetingDay, meeting, MeetingStanding{}, "2026-06-11 09:00", Drop, "deadline_passed"},
		{"it has begun, an hour before", StepMeetingSoon, meeting, MeetingStanding{}, "2026-06-11 09:00", Drop, "deadline_passed"},
		{"too early", StepMeetingSoon, meeting, MeetingStanding{}, "2026-06-11 07:59", Wait, "not_due"},
		{"moved", StepMeetingDay, moved, MeetingStanding{}, "2026-06-10 08:00", Drop, "meeting_moved"},
		{"cancelled", StepMeetingDay, cancelled, MeetingStanding{}, "2026-06-10 08:00", Drop, "meeting_over"},
		{"asked", StepMeetingEnd, meeting, MeetingStanding{}, "2026-06-11 11:00", Say, "due"},
		{"somebody was there", StepMeetingEnd, meeting, MeetingStanding{Begun: true}, "2026-06-11 11:00", Drop, "meeting_begun"},
		{"somebody was there: that it was held is known", StepMeetingAgain, meeting, MeetingStanding{Begun: true}, "2026-06-12 08:00", Drop, "meeting_begun"},
		{"and there are no minutes", StepMinutesAsk, meeting, MeetingStanding{Begun: true}, "2026-06-12 08:00", Say, "due"},
		{"held, and no minutes", StepMinutesAsk, change(func(m *Meeting) { m.State = MeetingHeld }), MeetingStanding{}, "2026-06-12 08:00", Say, "due"},
		{"nobody was there, for all that is known", StepMinutesAsk, meeting, MeetingStanding{}, "2026-06-12 08:00", Drop, "held_unknown"},
		{"no minutes of what was missed", StepMinutesAsk, change(func(m *Meeting) { m.State = MeetingMissed }), MeetingStanding{Begun: true}, "2026-06-12 08:00", Drop, "meeting_over"},
		{"no minutes of what will be longer", StepMinutesAsk, longer, MeetingStanding{Begun: true}, "2026-06-12 08:00", Drop, "meeting_moved"},
		{"they are written", StepMinutesAsk, written, MeetingStanding{Begun: true}, "2026-06-12 08:00", Drop, "minutes_begun"},
		{"minutes are written", StepMeetingAgain, written, MeetingStanding{}, "2026-06-12 08:00", Drop, "meeting_begun"},
		{"it lasts longer", StepMeetingEnd, longer, MeetingStanding{}, "2026-06-11 11:00", Drop, "meeting_moved"},
		{"in the evening nobody is asked", StepMeetingEnd, meeting, MeetingStanding{}, "2026-06-11 17:00", Wait, "quiet_time"},
		{"offered", StepMeetingNext, meeting, MeetingStanding{}, "2026-06-24 08:00", Say, "due"},
		{"the next one is there already", StepMeetingNext, meeting, MeetingStanding{Followed: true}, "2026-06-24 08:00", Drop, "followed"},
		{"comes no more", StepMeetingNext, meeting.EndSeries(), MeetingStanding{}, "2026-06-24 08:00", Drop, "series_over"},
		{"its day has come", StepMeetingNext, meeting, MeetingStanding{}, "2026-07-01 09:00", Drop, "deadline_passed"},
		{"no meeting in July", StepMeetingMonth, meeting, MeetingStanding{}, "2026-07-29 08:00", Say, "due"},
		{"there is one", StepMeetingMonth, meeting, MeetingStanding{Covered: true}, "2026-07-29 08:00", Drop, "covered"},
		{"July is over", StepMeetingMonth, meeting, MeetingStanding{}, "2026-08-03 08:00", Drop, "deadline_passed"},
		{"this one was cancelled after all", StepMeetingMonth, cancelled, MeetingStanding{}, "2026-07-29 08:00", Drop, "meeting_over"},
		{"the bot's own", StepMeetingBegin, meeting, MeetingStanding{}, "2026-06-11 08:30", Drop, "for_the_bot"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			decision := DecideMeeting(find(test.step), test.meeting, test.standing, at(test.now), timing2026())
			if decision.Verdict != test.verdict || decision.Reason != test.reason {
				t.Errorf("got %+v", decision)
			}
		})
	}
}

// TestWhoIsRemindedOfAMeeting draws guests with answers: nobody who is away or represented
// is reminded, nobody twice, and near to it only those who come.
func TestWhoIsRemindedOfAMeeting(t *testing.T) {
	rapid.Check(t, func(draw *rapid.T) {
		meeting := meetingAt("2026-06-11 09:00", func(m *Meeting) {
			m.Chair.MemberID, m.Scribe.MemberID = rapid.Int64Range(0, 4).Draw(draw, "chair"), rapid.Int64Range(0, 4).Draw(draw, "scribe")
		})
		var guests []Guest
		answers := make(map[int64]Response)
		for _, id := range rapid.SliceOfNDistinct(rapid.Int64Range(1, 9), 0, 9, rapid.ID).Draw(draw, "guests") {
			answers[id] = rapid.SampledFrom([]Response{ResponseNone, ResponseComing, ResponseRepresented, ResponseAway}).Draw(draw, "answer")
			guests = append(guests, Guest{MemberID: id, Response: answers[id]})
		}
		near := rapid.Bool().Draw(draw, "near")
		reminded := make(map[int64]int)
		for _, id := range meeting.Remind(guests, near) {
			reminded[id]++
		}
		for id, times := range reminded {
			duty := meeting.Leads(id) || meeting.Writes(id)
			switch {
			case times != 1 || id == 0:
				draw.Fatalf("%d is reminded %d times", id, times)
			case answers[id] == ResponseAway || answers[id] == ResponseRepresented:
				draw.Fatalf("%d is reminded, who does not come", id)
			case near && answers[id] != ResponseComing && !duty:
				draw.Fatalf("%d is reminded an hour before, who has not said to come", id)
			}
		}
		for id, answer := range answers {
			if answer == ResponseComing && reminded[id] == 0 {
				draw.Fatalf("%d comes, and is not reminded", id)
			}
		}
	})
}

// TestMeetingsPlannedAnew moves, cancels and holds a meeting at drawn moments: what has been
// said is not said again for the same time, nothing of an earlier time is left over, and of
// what is cancelled nothing but the next one of those that repeat.
func TestMeetingsPlannedAnew(t *testing.T) {
	timing := timing2026()
	rapid.Check(t, func(draw *rapid.T) {
		meeting := meetingAt("2026-06-11 09:00")
		if rapid.Bool().Draw(draw, "monthly") {
			monthly(&meeting)
		}
		now := at("2026-06-02 10:00")
		type row struct {
			line   string
			anchor time.Time
		}
		said := make(map[row]int)
		plan := func(waiting []Reminder) (left []Reminder) {
			for _, reminder := range waiting {
				if meeting.Stays(reminder, meetingGroups, now, timing) {
					left = append(left, reminder)
				}
			}
			return append(left, PlanMeeting(meeting, meetingGroups, now, timing)...)
		}
		waiting := plan(nil)
		for range rapid.IntRange(1, 12).Draw(draw, "turns") {
			now = now.Add(time.Duration(rapid.IntRange(1, 60).Draw(draw, "hours")) * time.Hour)
			var still []Reminder
			for _, reminder := range waiting {
				key := row{string(reminder.Audience) + " " + string(reminder.Step) + string(rune('0'+reminder.GroupID)), reminder.Anchor}
				switch {
				case said[key] > 0: // the database keeps one row for each
				case reminder.Due.After(now):
					still = append(still, reminder)
				case DecideMeeting(reminder, meeting, MeetingStanding{}, now, timing).Verdict == Wait:
					reminder.Waited = "quiet_time"
					still = append(still, reminder)
				default:
					said[key]++
				}
			}
			waiting = still
			switch rapid.SampledFrom([]string{"move", "place", "cancel", "nothing", "nothing"}).Draw(draw, "change") {
			case "move":
				moved, err := meeting.Move(now.Add(time.Duration(rapid.IntRange(1, 400).Draw(draw, "away"))*time.Hour), meeting.Length, now)
				if err == nil {
					meeting = moved
				}
			case "place":
				if moved, err := meeting.Relocate("Aula", now); err == nil {
					meeting = moved
				}
			case "cancel":
				if cancelled, err := meeting.Cancel(now); err == nil {
					meeting = cancelled
				}
			}
			waiting = plan(waiting)
			for _, reminder := range waiting {
				ofThisTime := reminder.Anchor.Equal(meeting.Starts) || reminder.Anchor.Equal(meeting.Ends()) || reminder.Audience == ToBot && reminder.Due.Sub(meeting.Starts).Abs() < 4*time.Hour
				switch {
				case reminder.Step == StepMeetingNext && meeting.Recurrence != nil:
				case reminder.Step == StepMeetingMonth && meeting.State == MeetingPlanned:
				case meeting.State == MeetingCancelled:
					draw.Fatalf("%s of what is cancelled", lineOf(reminder))
				case !ofThisTime:
					draw.Fatalf("%s is of an earlier time", lineOf(reminder))
				}
			}
		}
	})
}

func TestTheNextMeetingOfASeries(t *testing.T) {
	calendar := calendar2026(makassar)
	weekly := func(m *Meeting) { m.Recurrence = &Recurrence{Unit: EveryWeek, Every: 1, Weekday: time.Monday, Hour: 9} }
	tests := []struct {
		name    string
		meeting Meeting
		now     string
		on      string // of the next one
		offered string
	}{
		{"moved some days later", meetingAt("2026-06-04 09:00", monthly), "2026-06-04 12:00", "2026-07-01 09:00", "2026-06-24 08:00"},
		{"moved some days earlier", meetingAt("2026-05-29 09:00", monthly, func(m *Meeting) { m.Recurrence.Day = 31 }), "2026-05-29 12:00", "2026-06-30 09:00", "2026-06-23 08:00"},
		{"on a Saturday: the Monday after it", meetingAt("2026-07-01 09:00", monthly), "2026-07-01 12:00", "2026-08-03 09:00", "2026-07-27 08:00"},
		{"weekly: not before the present one is over", meetingAt("2026-06-08 09:00", weekly), "2026-06-08 08:00", "2026-06-15 09:00", "2026-06-09 08:00"},
		{"weekly: days off are passed over", meetingAt("2026-08-10 09:00", weekly), "2026-08-10 12:00", "2026-08-24 09:00", "2026-08-14 08:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			on, due, follows := test.meeting.nextOffer(at(test.now), Timing{Calendar: calendar})
			if !follows || !due.Equal(at(test.offered)) {
				t.Fatalf("offered %v, at %s", follows, due.In(makassar))
			}
			next, err := test.meeting.Next(on, 7, at(test.now), calendar)
			if err != nil || !next.Starts.Equal(at(test.on)) || next.Previous != test.meeting.Number || next.Recurrence == nil || next.CreatedBy != 7 {
				t.Errorf("%v, it begins %s: %+v", err, next.Starts.In(makassar), next)
			}
		})
	}
}

func TestWhatOfAMeetingGoesOnWaiting(t *testing.T) {
	meeting := meetingAt("2026-06-11 09:00", monthly, func(m *Meeting) { m.Scribe.MemberID = 7 })
	change := func(change func(*Meeting)) Meeting { m := meeting; change(&m); return m }
	moved := change(func(m *Meeting) { m.Starts = m.Starts.AddDate(0, 0, 7) })
	another := change(func(m *Meeting) { m.Scribe.MemberID = 8 })
	reminder := func(step Step, audience Audience, anchor time.Time, waited string, member int64) Reminder {
		return Reminder{Subject: meeting.Reference(), Step: step, Audience: audience, MemberID: member, Anchor: anchor, Waited: waited, Due: at("2026-06-12 08:00")}
	}
	onLeave := reminder(StepMeetingDay, ToInvited, meeting.Starts, "on_leave", 9)
	tests := []struct {
		name     string
		reminder Reminder
		meeting  Meeting
		stays    bool
	}{
		{"for the end of a leave", onLeave, meeting, true},
		{"but not for an earlier time", onLeave, moved, false},
		{"nor after it was cancelled", onLeave, change(func(m *Meeting) { m.State = MeetingCancelled }), false},
		{"what has not begun is planned anew", reminder(StepMeetingDay, ToInvited, meeting.Starts, "", 9), meeting, false},
		{"the question of the evening", reminder(StepMeetingEnd, ToCoordinator, meeting.Ends(), "quiet_time", 0), meeting, true},
		{"the question to the scribe", reminder(StepMeetingEnd, ToMember, meeting.Ends(), "on_leave", 7), meeting, true},
		{"who does not write any more", reminder(StepMeetingEnd, ToMember, meeting.Ends(), "on_leave", 7), another, false},
		{"an offer", reminder(StepMeetingNext, ToCoordinator, at("2026-07-01 09:00"), "on_leave", 1), meeting, true},
		{"of what comes no more", reminder(StepMeetingNext, ToCoordinator, at("2026-07-01 09:00"), "on_leave", 1), meeting.EndSeries(), false},
		{"a month without a meeting", reminder(StepMeetingMonth, ToCoordinator, at("2026-07-01 00:00"), "on_leave", 1), meeting, true},
		{"of which it is no part", reminder(StepMeetingMonth, ToCoordinator, at("2026-07-01 00:00"), "on_leave", 1), meetingAt("2026-06-11 09:00"), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if stays := test.meeting.Stays(test.reminder, meetingGroups, at("2026-06-11 08:30"), timing2026()); stays != test.stays {
				t.Errorf("it stays: %v", stays)
			}
		})
	}
}

// TestMinutesThatWait: on the third working morning whoever agrees is reminded, one of two;
// on the sixth the coordinators are told. What was corrected meanwhile, agreed, proposed
// anew or handed to another one is not waited for.
func TestMinutesThatWait(t *testing.T) {
	timing := timing2026()
	proposed := meetingAt("2026-06-11 09:00", func(m *Meeting) {
		m.State, m.Chair.MemberID = MeetingHeld, 7
		m.Minutes = Minutes{State: MinutesProposed, Edition: 1, Proposal: 1, ProposedAt: at("2026-06-11 14:00")}
	})
	planned := PlanMeeting(proposed, meetingGroups, at("2026-06-11 14:00"), timing)
	if got, want := linesOf(planned), []string{"member 7 minutes_wait 17/6 08.00", "coordinator minutes_wait 17/6 08.00", "coordinator minutes_late 22/6 08.00"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, not %q", got, want) // the 16th is a day off
	}
	chair, coordinator, late := planned[0], planned[1], planned[2]
	change := func(change func(*Meeting)) Meeting { m := proposed; change(&m); return m }
	led := MeetingStanding{Led: true}
	for _, test := range []struct {
		name     string
		reminder Reminder
		meeting  Meeting
		standing MeetingStanding
		reason   string // empty: it is said
	}{
		{"the chair", chair, proposed, led, ""},
		{"no coordinator beside the chair", coordinator, proposed, led, "chair_asked"},
		{"a chair who cannot be asked", chair, proposed, MeetingStanding{}, "chair_not_reached"},
		{"a coordinator in that place", coordinator, proposed, MeetingStanding{}, ""},
		{"coordinators at last", late, proposed, led, ""},
		{"another one leads", chair, change(func(m *Meeting) { m.Chair.MemberID = 8 }), led, "chair_not_reached"},
		{"corrected", chair, change(func(m *Meeting) { m.Minutes.State = MinutesDraft }), led, "minutes_settled"},
		{"agreed", late, change(func(m *Meeting) { m.Minutes.State = MinutesAgreed }), led, "minutes_settled"},
		{"proposed anew", late, change(func(m *Meeting) { m.Minutes.ProposedAt = at("2026-06-15 09:00") }), led, "proposed_anew"},
		{"not held after all", chair, change(func(m *Meeting) { m.State = MeetingMissed }), led, "meeting_over"},
	} {
		decision := DecideMeeting(test.reminder, test.meeting, test.standing, test.reminder.Due, timing)
		if said := decision.Verdict == Say; said != (test.reason == "") || !said && decision.Reason != test.reason {
			t.Errorf("%s: %+v", test.name, decision)
		}
	}
	for _, left := range []Meeting{change(func(m *Meeting) { m.Minutes.State = MinutesDraft }), change(func(m *Meeting) { m.Minutes.State = MinutesAgreed }),
		change(func(m *Meeting) { m.State = MeetingCancelled })} {
		if planned := PlanMeeting(left, meetingGroups, at("2026-06-12 09:00"), timing); len(planned) != 0 {
			t.Errorf("of %s minutes of a meeting that is %s: %q", left.Minutes.State, left.State, linesOf(planned))
		}
	}
	waits := chair
	waits.Waited, waits.Due = "on_leave", at("2026-06-22 08:00")
	if !proposed.Stays(waits, meetingGroups, at("2026-06-18 09:00"), timing) || change(func(m *Meeting) { m.Minutes.State = MinutesAgreed }).Stays(waits, meetingGroups, at("2026-06-18 09:00"), timing) {
		t.Error("what waits for the end of a leave stays as long as the minutes wait, and no longer")
	}
}
