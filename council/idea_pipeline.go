package council

import (
	"slices"
	"time"
)

// PipelineStep is how far an idea has come.
type PipelineStep string

// Steps of ideas, as a picture of a month counts them.
const (
	PipelineGiven    PipelineStep = "given"
	PipelineReviewed PipelineStep = "reviewed" // the council was shown it
	PipelineScored   PipelineStep = "scored"   // enough of the council have scored it, or its date has come
	PipelineDecided  PipelineStep = "decided"
	PipelineApproved PipelineStep = "approved"
	PipelineTrial    PipelineStep = "trial"
	PipelineAdopted  PipelineStep = "adopted"
)

// PipelineSteps lists the steps in the order in which ideas take them.
var PipelineSteps = []PipelineStep{PipelineGiven, PipelineReviewed, PipelineScored, PipelineDecided, PipelineApproved, PipelineTrial, PipelineAdopted}

// PipelineWait is what ideas wait for.
type PipelineWait string

// Waits of ideas. All but the last leave out the working days for which the clock
// stood still.
const (
	WaitReview   PipelineWait = "review"   // from its giving until the council was shown it
	WaitScores   PipelineWait = "scores"   // from there until it was scored
	WaitDecision PipelineWait = "decision" // from there until it was decided
	WaitWhole    PipelineWait = "whole"    // from its giving until it was decided
	WaitDetail   PipelineWait = "detail"   // from a question to the submitter until the answer
)

// PipelineWaits lists the waits in the order in which they are shown.
var PipelineWaits = []PipelineWait{WaitReview, WaitScores, WaitDecision, WaitWhole, WaitDetail}

// Target is how many working days a wait may take by a city's clocks; 0 where nobody
// has said.
func (w PipelineWait) Target(clocks Clocks) int {
	switch w {
	case WaitReview:
		return clocks.OrUsual().Review
	case WaitWhole:
		return clocks.OrUsual().Decision
	}
	return 0
}

// DetailDecision is the detail of a decision: the state that it brought.
const DetailDecision = "decision"

// Pipeline is what became of ideas in a span: numbers of ideas, by the groups in
// which they were given, and never of people. An idea counts for a step in the span in
// which it first took it, and for a wait in that in which the wait ended; only its
// first decision ends one. What was undone has not happened.
type Pipeline struct {
	City   PipelineFigures
	Groups map[int64]PipelineFigures // 0: given in private
}

// PipelineFigures are the numbers of a group or the city.
type PipelineFigures struct {
	Reached map[PipelineStep]int
	Days    map[PipelineWait][]int // working days, ascending
}

// Median is the middle of the working days of a wait; known is false where none ended.
func (f PipelineFigures) Median(wait PipelineWait) (days float64, known bool) {
	return median(f.Days[wait])
}

// IdeaLife is what has happened to one idea, in its order, and where it was given.
type IdeaLife struct {
	GroupID int64
	Events  []Event
}

// CountPipeline counts what became of ideas in a span.
func CountPipeline(lives []IdeaLife, span Span, calendar Calendar) Pipeline {
	count := pipelineCount{span: span, calendar: calendar, pipeline: Pipeline{City: newPipelineFigures(), Groups: make(map[int64]PipelineFigures)}}
	for _, life := range lives {
		count.add(life)
	}
	figures := []PipelineFigures{count.pipeline.City}
	for _, group := range count.pipeline.Groups {
		figures = append(figures, group)
	}
	for _, one := range figures {
		for _, days := range one.Days {
			slices.Sort(days)
		}
	}
	return count.pipeline
}

func newPipelineFigures() PipelineFigures {
	return PipelineFigures{Reached: make(map[PipelineStep]int), Days: make(map[PipelineWait][]int)}
}

type pipelineCount struct {
	span     Span
	calendar Calendar
	pipeline Pipeline
}

// ideaWalk is an idea on its way through the steps.
type ideaWalk struct {
	*pipelineCount
	group                   PipelineFigures
	reached                 map[PipelineStep]bool
	given, reviewed, scored time.Time
	stoodFrom               time.Time
	stood, stoodInAll       int // working days since the last step, and since it was given
}

func (c *pipelineCount) add(life IdeaLife) {
	if _, known := c.pipeline.Groups[life.GroupID]; !known {
		c.pipeline.Groups[life.GroupID] = newPipelineFigures()
	}
	walk := ideaWalk{pipelineCount: c, group: c.pipeline.Groups[life.GroupID], reached: make(map[PipelineStep]bool)}
	for _, event := range notUndone(life.Events) {
		walk.take(event)
	}
}

func (w *ideaWalk) take(event Event) {
	at := event.At
	switch event.Kind {
	case EventCreated:
		w.given = at
		w.reach(PipelineGiven, at)
	case EventReleased: // its clock began anew
		w.given = at
	case EventReviewed:
		w.wait(WaitReview, w.given, at, w.stood)
		w.reviewed, w.stood = at, 0
		w.reach(PipelineReviewed, at)
	case EventClarified:
		if w.stoodFrom.IsZero() {
			w.stoodFrom = at
		}
	case EventExplained:
		w.wait(WaitDetail, w.stoodFrom, at, 0)
		w.goOn(at)
	case EventDeliberated:
		w.wait(WaitScores, w.reviewed, at, w.stood)
		w.scored, w.stood = at, 0
		w.reach(PipelineScored, at)
	case EventDecided:
		w.decide(event)
	case EventTrialStarted:
		w.reach(PipelineTrial, at)
	case EventAdopted:
		w.reach(PipelineAdopted, at)
	}
}

func (w *ideaWalk) decide(event Event) {
	w.goOn(event.At)
	if !w.reached[PipelineDecided] {
		w.wait(WaitDecision, w.scored, event.At, w.stood)
		w.wait(WaitWhole, w.given, event.At, w.stoodInAll)
	}
	w.reach(PipelineDecided, event.At)
	if event.Detail[DetailDecision] == string(IdeaApproved) {
		w.reach(PipelineApproved, event.At)
	}
}

// goOn lets the clock run again.
func (w *ideaWalk) goOn(at time.Time) {
	if !w.stoodFrom.IsZero() {
		days := w.calendar.workdaysBetween(w.stoodFrom, at)
		w.stood, w.stoodInAll, w.stoodFrom = w.stood+days, w.stoodInAll+days, time.Time{}
	}
}

func (w *ideaWalk) reach(step PipelineStep, at time.Time) {
	if !w.reached[step] && w.span.Holds(at) {
		w.pipeline.City.Reached[step]++
		w.group.Reached[step]++
	}
	w.reached[step] = true
}

// wait counts a wait that ended, unless it never began.
func (w *ideaWalk) wait(wait PipelineWait, from, until time.Time, stood int) {
	if from.IsZero() || !w.span.Holds(until) {
		return
	}
	days := max(0, w.calendar.workdaysBetween(from, until)-stood)
	for _, figures := range []PipelineFigures{w.pipeline.City, w.group} {
		figures.Days[wait] = append(figures.Days[wait], days)
	}
}

// notUndone leaves out what was undone, together with its undoing.
func notUndone(events []Event) []Event {
	var happened []Event
	for _, event := range events {
		_, changes := ideaChanges[event.Kind]
		switch {
		case event.Kind == EventUndone && len(happened) > 1:
			happened = happened[:len(happened)-1]
		case changes || event.Kind == EventCreated || event.Kind == EventReleased || event.Kind == EventTrialMoved || event.Kind == EventExtended:
			happened = append(happened, event)
		}
	}
	return happened
}
