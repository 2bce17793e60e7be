package reading

import (
	"slices"
	"time"
)

// resolve turns a phrase into moments.
func (r *reader) resolve(p phrase) Due {
	if p.other != nil {
		return r.resolveTwo(p)
	}
	due := Due{Kind: p.kind(), HasHour: p.hasClock, Outcome: Found}
	if p.hasDay {
		due.Outcome, due.Reason = p.day.outcome, p.day.reason
	}
	switch {
	case due.Kind == kindNoDeadline:
		due.NoDeadline = true
		return due
	case !p.day.moment.IsZero():
		due.Time, due.HasHour = p.day.moment, true
		return due
	case due.Outcome == Impossible || due.Outcome == Vague:
		return due
	}
	minutes, reason := p.minutes()
	if len(minutes) == 0 {
		due.Outcome, due.Reason = Impossible, reason
		return due
	}
	if due.Reason == "" {
		due.Reason = reason
	}
	r.decide(&due, p, minutes)
	return due
}

func (p phrase) kind() string {
	if p.hasDay {
		return p.day.kind
	}
	return p.clock.kind
}

// minutes are the minutes after midnight that the phrase may mean, and why they are more than one or none.
func (p phrase) minutes() ([]int, string) {
	part := p.part
	if part == nil && p.hasDay {
		part = p.day.part
	}
	switch {
	case p.hasClock && p.clock.part == nil && !p.clock.exactKind():
		hour := p.clock
		hour.part = part
		return hour.options()
	case p.hasClock:
		return p.clock.options()
	case part != nil:
		return part.offered, ReasonHourMissing
	}
	return []int{endOfWork}, ""
}

// decide weighs the moments that may be meant against the moment of the message.
func (r *reader) decide(due *Due, p phrase, minutes []int) {
	moments := r.moments(p, minutes)
	ahead := r.ahead(moments)
	if len(ahead) == 0 && p.hasDay && p.day.rolls {
		p.day.choices = []time.Time{p.day.choices[0].AddDate(0, 0, 7)}
		moments = r.moments(p, minutes)
		ahead = r.ahead(moments)
	}
	due.Time = moments[len(moments)-1]
	switch {
	case due.Outcome == Past:
		due.Time = moments[0]
	case len(ahead) == 0:
		due.Outcome, due.Reason = Past, ReasonPast
		if !p.hasDay {
			due.Candidates = []time.Time{due.Time.AddDate(0, 0, 1)}
		}
	case due.Reason != "":
		due.Outcome, due.Candidates, due.Time = Ambiguous, ahead, ahead[0]
	}
	if _, offset := due.Time.In(p.location(r)).Zone(); p.zone != nil && offset != offsetOf(due.Time) {
		due.Given = p.zone
	}
}

func offsetOf(moment time.Time) int {
	_, offset := moment.Zone()
	return offset
}

func (p phrase) location(r *reader) *time.Location {
	if p.zone != nil {
		return p.zone
	}
	return r.context.Now.Location()
}

// moments are all that may be meant, in order and in the city's zone. Without a day it is the day that the zone said has now.
func (r *reader) moments(p phrase, minutes []int) []time.Time {
	choices := p.day.choices
	if !p.hasDay {
		choices = []time.Time{civilOf(r.context.Now.In(p.location(r)))}
	}
	moments := make([]time.Time, 0, len(choices)*len(minutes))
	for _, choice := range choices {
		for _, minute := range minutes {
			moment := time.Date(choice.Year(), choice.Month(), choice.Day(), 0, minute, 0, 0, p.location(r))
			moments = append(moments, moment.In(r.context.Now.Location()))
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	return moments
}

func (r *reader) ahead(moments []time.Time) []time.Time {
	var ahead []time.Time
	for _, moment := range moments {
		if moment.After(r.context.Now) {
			ahead = append(ahead, moment)
		}
	}
	return ahead
}

// resolveTwo offers both of two phrases; an hour said once counts for both.
func (r *reader) resolveTwo(p phrase) Due {
	first, second := p, *p.other
	first.other = nil
	if !first.hasClock && second.hasClock {
		first.clock, first.hasClock, first.zone = second.clock, true, second.zone
	}
	due := Due{Outcome: Ambiguous, Kind: p.joined, Reason: ReasonAlternatives, HasHour: first.hasClock}
	if p.joined == kindRange {
		due.Reason = ReasonRange
	}
	for _, one := range []Due{r.resolve(first), r.resolve(second)} {
		switch one.Outcome {
		case Impossible:
			return one
		case Found:
			due.Candidates = append(due.Candidates, one.Time)
		case Ambiguous:
			due.Candidates = append(due.Candidates, one.Candidates...)
		}
	}
	if len(due.Candidates) == 0 {
		due.Outcome, due.Reason = Past, ReasonPast
		return due
	}
	slices.SortFunc(due.Candidates, time.Time.Compare)
	due.Candidates = slices.CompactFunc(due.Candidates, time.Time.Equal)
	due.Time = due.Candidates[0]
	return due
}
