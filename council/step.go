package council

import (
	"strconv"
	"strings"
)

// Steps that are no count of days.
const (
	StepDay  Step = "H"    // the deadline's own day
	StepSoon Step = "soon" // two working hours before, for what is made on its day
)

// Steps that belong to no ladder.
const (
	StepUnacknowledged Step = "unacknowledged" // nobody has promised it for two working days
	StepSilent         Step = "silent"         // promised, and nothing heard for seven days
	StepSnoozed        Step = "snoozed"        // the person asked to be reminded again
	StepOwn            Step = "own"            // the person asked to be reminded
	StepAbsence        Step = "absence"        // the bot was away
	StepYearMissing    Step = "year_missing"   // there is no list of holidays for the year to come
	StepSummary        Step = "summary"        // the bot sums up the week
	StepWeekly         Step = "weekly"         // what others need from a group this week
	StepAnswerSoon     Step = "answer_soon"    // two working days before a question's target
	StepAnswerDay      Step = "answer_day"     // the day of a question's target
	StepAnswerLate     Step = "answer_late"    // the working morning after a question's target
	StepAnswerNeeds    Step = "answer_needs"   // the working morning before the day until which more time was asked
	StepLikeness       Step = "likeness"       // what an idea is like, for the coordinators
	StepCheckEvidence  Step = "check_evidence" // what was filed waits to be checked
	StepUnmanned       Step = "unmanned"       // a question that nobody is in charge of
	StepIdeaNew        Step = "idea_new"       // the working morning after an idea was given
	StepIdeaHeld       Step = "idea_held"      // an idea still waits for a coordinator a working day later
	StepReviewSoon     Step = "review_soon"    // two working days before the council should have seen an idea
	StepReviewDay      Step = "review_day"     // the day of that target
	StepReviewLate     Step = "review_late"    // the working morning after it
	StepDecideSoon     Step = "decide_soon"    // two working days before an idea should be decided
	StepDecideDay      Step = "decide_day"     // the day of that target
	StepDecideLate     Step = "decide_late"    // the working morning after it
	StepReviewEnd      Step = "review_end"     // the date until which the council scores an idea
	StepScoreAsk       Step = "score_ask"      // a working day before it, for those who have not
	StepTellDecision   Step = "tell_decision"  // those who wait for a decision are told, with or without a task
	StepTrialAsk       Step = "trial_ask"      // four weeks after a trial began: does it help?
	StepMeetingDay     Step = "meeting_day"    // the working day before a meeting, or its own morning
	StepMeetingSoon    Step = "meeting_soon"   // an hour before a meeting
	StepMeetingBegin   Step = "meeting_begin"  // people may note that they are there, or no more
	StepMeetingEnd     Step = "meeting_end"    // it is over as planned: was it held?
	StepMeetingAgain   Step = "meeting_again"  // the working morning after it: was it held?
	StepMeetingNext    Step = "meeting_next"   // the next one of those that repeat is prepared
	StepMeetingMonth   Step = "meeting_month"  // a month is nearly over without the monthly meeting
	StepMinutesAsk     Step = "minutes_ask"    // the working morning after a meeting that was held: nobody has begun its minutes
	StepMinutesWait    Step = "minutes_wait"   // minutes wait for whoever agrees, two working days after they were proposed
	StepMinutesLate    Step = "minutes_late"   // they wait still after five: coordinators are told
	StepTrialDecide    Step = "trial_decide"   // a week later: what becomes of it
)

// StepBefore names the step so many days before the deadline's day; 0 is the day itself.
func StepBefore(days int) Step {
	if days == 0 {
		return StepDay
	}
	return Step("H-" + strconv.Itoa(days))
}

// OverdueStep names the step so many days after the deadline's day.
func OverdueStep(days int) Step { return Step("overdue+" + strconv.Itoa(days)) }

// OfTheMorning tells whether a step is said in the morning, and has no hour of its own.
func (s Step) OfTheMorning() bool {
	return s != StepSoon && s != StepOwn && s != StepAbsence && s != StepMeetingSoon && s != StepMeetingEnd
}

// AskedFor tells whether a step counts as asked for, so that it takes nothing of the budget:
// what the person set up, the hour before a meeting to which the person said yes to come, and
// the question whether it was held, which is a decision and no reminder.
func (s Step) AskedFor() bool {
	return s == StepOwn || s == StepMeetingSoon || s == StepMeetingEnd || s == StepMeetingAgain
}

// Days is the place of the step, in days from the deadline's local date: -7 for
// "H-7", 0 for the day itself, 3 for "overdue+3"; false for no step at all.
func (s Step) Days() (days int, known bool) {
	if s == StepDay || s == StepSoon {
		return 0, true
	}
	if before, found := strings.CutPrefix(string(s), "H-"); found {
		days, err := strconv.Atoi(before)
		return -days, err == nil && days > 0
	}
	if after, found := strings.CutPrefix(string(s), "overdue+"); found {
		days, err := strconv.Atoi(after)
		return days, err == nil && days > 0
	}
	return 0, false
}

// Moves tells whether a step is said on another day than its own because that
// is a day off. The deadline's own day never moves.
func (c Calendar) Moves(step Step, deadline Deadline) bool {
	days, known := step.Days()
	return known && days != 0 && !c.isWorkday(c.Day(deadline.At).Add(days))
}

// Met tells of each of the reminders that are due for one listener whether a
// later step of the same ladder has met it, as after a leave or an outage: steps
// that meet are one, and the latest is said.
func Met(reminders []Reminder) []bool {
	type ladder struct {
		subject   Reference
		milestone int64
		audience  Audience
	}
	latest := make(map[ladder]int)
	for _, reminder := range reminders {
		if days, known := reminder.Step.Days(); known {
			of := ladder{reminder.Subject, reminder.MilestoneID, reminder.Audience}
			if before, met := latest[of]; !met || days > before {
				latest[of] = days
			}
		}
	}
	behind := make([]bool, len(reminders))
	for i, reminder := range reminders {
		days, known := reminder.Step.Days()
		behind[i] = known && days < latest[ladder{reminder.Subject, reminder.MilestoneID, reminder.Audience}]
	}
	return behind
}
