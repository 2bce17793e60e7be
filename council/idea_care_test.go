package council

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestWhenAnIdeaIsSpokenOf gives the moments of every step of an idea's targets.
func TestWhenAnIdeaIsSpokenOf(t *testing.T) {
	timing := promptTiming()
	given := local(t, "2026-02-06 19:40") // a Friday
	idea := NewIdea(Idea{Number: 2, SubmitterID: 1}, given, timing)
	want := map[Step]string{
		StepIdeaNew: "2026-02-09 08:00", StepReviewSoon: "2026-02-11 08:00", StepReviewDay: "2026-02-13 08:00", StepReviewLate: "2026-02-16 08:00",
		StepDecideSoon: "2026-03-04 08:00", StepDecideDay: "2026-03-06 08:00", StepDecideLate: "2026-03-09 08:00",
	}
	late := 0
	for _, reminder := range PlanIdea(idea, given, timing) {
		if moment, planned := want[reminder.Step]; !planned || !reminder.Due.Equal(local(t, moment)) {
			t.Errorf("%s to %s at %v, want %q", reminder.Step, reminder.Audience, reminder.Due, moment)
		}
		if got := DecideIdeaCare(reminder, idea, reminder.Due, timing); got.Verdict != Say {
			t.Errorf("%s at its moment: %v", reminder.Step, got)
		}
		if got := DecideIdeaCare(reminder, idea, reminder.Due.Add(-time.Minute), timing); got.Verdict != Wait {
			t.Errorf("%s before its moment: %v", reminder.Step, got)
		}
		if moment, known := timing.MomentOf(reminder); known && !moment.Equal(reminder.Due) {
			t.Errorf("%s is planned anew for %v", reminder.Step, moment)
		}
		if reminder.Audience == ToBot {
			late++
		}
	}
	if late != 2 {
		t.Errorf("the submitter is told %d times, want once for each target", late)
	}
}

// TestWhatIsSaidOfAnIdeaInItsStates: held ones are for coordinators, a trial is
// followed, and of what is settled or waits for the submitter nothing is said.
func TestWhatIsSaidOfAnIdeaInItsStates(t *testing.T) {
	timing := promptTiming()
	given, trial := local(t, "2026-02-06 19:40"), local(t, "2026-03-02 08:00")
	for _, c := range []struct {
		change func(*Idea)
		want   []Step
	}{
		{func(i *Idea) { i.Held = HeldSpam }, []Step{StepIdeaHeld}},
		{func(i *Idea) { i.Held, i.State = HeldSpam, IdeaWithdrawn }, nil},
		{func(i *Idea) { i.State = IdeaUnderReview }, []Step{StepDecideSoon, StepDecideDay, StepDecideLate, StepDecideLate}},
		{func(i *Idea) { i.State = IdeaNeedsDetail }, nil},
		{func(i *Idea) { i.State = IdeaApproved }, nil},
		{func(i *Idea) { i.State = IdeaMerged }, nil},
		{func(i *Idea) { i.State, i.TrialAt = IdeaTrial, trial }, []Step{StepTrialAsk, StepTrialDecide}},
		{func(i *Idea) { i.State, i.TrialAt = IdeaAdopted, trial }, nil},
	} {
		idea := NewIdea(Idea{Number: 2, SubmitterID: 1}, given, timing)
		c.change(&idea)
		var steps []Step
		for _, reminder := range PlanIdea(idea, given, timing) {
			if slices.Contains(IdeaCareSteps, reminder.Step) {
				steps = append(steps, reminder.Step)
			}
			if reminder.Step == StepTrialAsk && !reminder.Due.Equal(local(t, "2026-03-30 08:00")) {
				t.Errorf("asked again at %v", reminder.Due)
			}
			if reminder.Step == StepTrialDecide && !reminder.Due.Equal(local(t, "2026-04-06 08:00")) {
				t.Errorf("coordinators asked at %v", reminder.Due)
			}
		}
		if !slices.Equal(steps, c.want) {
			t.Errorf("%s, held %q: %v, want %v", idea.State, idea.Held, steps, c.want)
		}
	}
}

// TestAHeldIdeaIsToldOfByAShorterClock: what would have been due by then is told on the
// next morning.
func TestAHeldIdeaIsToldOfByAShorterClock(t *testing.T) {
	timing := promptTiming()
	timing.Clocks.Receipt = 5
	idea := NewIdea(Idea{Number: 2, SubmitterID: 1, Held: HeldSpam}, local(t, "2026-02-06 19:40"), timing) // a Friday
	now := local(t, "2026-02-11 10:00")
	for receipt, want := range map[int]string{5: "2026-02-13 08:00", 1: "2026-02-12 08:00"} {
		timing.Clocks.Receipt = receipt
		planned := PlanIdea(idea, now, timing)
		if len(planned) != 1 || planned[0].Step != StepIdeaHeld || !planned[0].Due.Equal(local(t, want)) {
			t.Errorf("after %d working days: %v, want %s", receipt, planned, want)
		}
	}
}

// ideaLife is an idea with its reminders, kept by the rules of the table.
type ideaLife struct {
	idea   Idea
	timing Timing
	now    time.Time
	rows   map[ideaRow]*Reminder // nil: it has ended
	said   map[Step]int
}

type ideaRow struct {
	step     Step
	audience Audience
	anchor   int64
}

func (l *ideaLife) plan() {
	for key, row := range l.rows {
		if row != nil && !IdeaStays(*row, l.idea, l.now) {
			delete(l.rows, key)
		}
	}
	for _, reminder := range PlanIdea(l.idea, l.now, l.timing) {
		key := ideaRow{reminder.Step, reminder.Audience, reminder.Anchor.UnixMilli()}
		if _, known := l.rows[key]; !known {
			l.rows[key] = &reminder
		}
	}
}

func (l *ideaLife) tick(t *rapid.T) {
	for key, row := range l.rows {
		if row == nil || row.Due.After(l.now) || !slices.Contains(IdeaCareSteps, row.Step) {
			continue
		}
		switch decision := DecideIdeaCare(*row, l.idea, l.now, l.timing); decision.Verdict {
		case Wait:
			if !decision.Until.After(l.now) {
				t.Fatalf("%s waits for %v at %v", row.Step, decision.Until, l.now)
			}
			row.Due = decision.Until
		case Say:
			l.rows[key] = nil
			late := row.Step == StepReviewLate || row.Step == StepDecideLate
			if late && row.Audience == ToLeader {
				l.said[row.Step]++
			}
			target := l.idea.careTarget(row.Step)
			if l.idea.State == IdeaNeedsDetail || late && !l.now.After(target) || !late && !target.IsZero() && l.now.After(target) {
				t.Fatalf("%s is said at %v of %+v", row.Step, l.now, l.idea)
			}
		case Drop:
			l.rows[key] = nil
		}
	}
}

// TestAnIdeaIsEscalatedOnceForEachTarget: whatever happens to an idea, it is taken up
// at most once for each target, never while it waits for the submitter; and at last
// it is, where nobody does anything.
func TestAnIdeaIsEscalatedOnceForEachTarget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calm := NewCalendar(witaZone, nil)
		given := time.Date(2026, 2, 3, 19, 40, 0, 0, witaZone)
		life := &ideaLife{idea: NewIdea(Idea{Number: 1, SubmitterID: 1}, given, Timing{Calendar: calm}), timing: Timing{Calendar: calm}, now: given,
			rows: make(map[ideaRow]*Reminder), said: make(map[Step]int)}
		life.plan()
		for range rapid.IntRange(1, 40).Draw(t, "happenings") {
			life.now = life.now.Add(time.Duration(rapid.IntRange(1, 120).Draw(t, "hours")) * time.Hour)
			changed, err := life.idea, error(nil)
			switch rapid.SampledFrom([]string{"nothing", "ask", "explain", "decide", "holiday", "undo"}).Draw(t, "what") {
			case "ask":
				changed, err = life.idea.Ask(life.now)
			case "explain":
				changed, err = life.idea.Explain(life.now, life.timing.Calendar)
			case "decide":
				changed, err = life.idea.Decide(IdeaDecision{State: IdeaPostponed, Reason: "x", At: life.now}, life.timing.Calendar)
			case "undo": // of a decision
				changed.State, changed.Decision = IdeaSubmitted, IdeaDecision{}
			case "holiday":
				life.timing.Calendar = NewCalendar(witaZone, []Holiday{{Date: DayOf(life.now, witaZone).Add(rapid.IntRange(0, 9).Draw(t, "in days"))}})
				life.plan()
			}
			if err == nil && changed.State != life.idea.State {
				life.idea = changed
				life.plan()
			}
			life.tick(t)
			if life.said[StepReviewLate] > 1 || life.said[StepDecideLate] > 1 {
				t.Fatalf("taken up more than once: %v", life.said)
			}
		}
		if life.idea.State != IdeaSubmitted {
			return
		}
		for range 24 * 120 {
			life.now = life.now.Add(time.Hour)
			life.tick(t)
		}
		if life.said[StepReviewLate] != 1 || life.said[StepDecideLate] != 1 {
			t.Fatalf("nobody did anything, and it was taken up %v times", life.said)
		}
	})
}

func TestWhomAnIdeaIsTakenTo(t *testing.T) {
	family := IdeaFamily{Root: Idea{SubmitterID: 1}}
	secretary := Acting{Position: Position{Kind: PositionSecretary}, Holdings: []Holding{{MemberID: 5}}}
	head := Acting{Position: Position{Kind: PositionOfficeHead}, Holdings: []Holding{{MemberID: 6}}}
	own := Acting{Position: Position{Kind: PositionSecretary}, Holdings: []Holding{{MemberID: 1}}}
	for name, c := range map[string]struct {
		positions []Acting
		leaders   []int64
		want      []int64
	}{
		"the secretary":          {[]Acting{head, secretary}, []int64{7}, []int64{5}},
		"leaders without one":    {[]Acting{head}, []int64{7, 7}, []int64{7}},
		"coordinators else":      {[]Acting{head}, nil, []int64{8, 9}},
		"not who gave it":        {[]Acting{own}, []int64{1, 7}, []int64{7}},
		"nobody but who gave it": {[]Acting{own}, []int64{1}, []int64{8, 9}},
	} {
		if got := EscalateIdea(family, c.positions, c.leaders, []int64{9, 8, 1}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
