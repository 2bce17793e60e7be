package council

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func anIdea(t testing.TB, given string, calendar Calendar) Idea {
	t.Helper()
	return NewIdea(Idea{Number: 2, SubmitterID: 1, Title: "Jadwal truk sampah"}, witaMoment(t, given), Timing{Calendar: calendar})
}

func TestTheServiceTargetsOfAnIdea(t *testing.T) {
	calendar := NewCalendar(witaZone, []Holiday{{Date: Day{2026, 2, 16}}, {Date: Day{2026, 2, 17}}})
	idea := anIdea(t, "2026-02-03 19:40", calendar)
	if review := witaMoment(t, "2026-02-10 16:00"); !idea.ReviewBy.Equal(review) {
		t.Errorf("to be seen by %s, want %s", idea.ReviewBy.In(witaZone), review)
	}
	if decide := witaMoment(t, "2026-03-05 16:00"); !idea.DecideBy.Equal(decide) {
		t.Errorf("to be decided by %s, want %s: two days off lie between", idea.DecideBy.In(witaZone), decide)
	}
	if !idea.LateReview(witaMoment(t, "2026-02-10 16:01")) || idea.LateReview(witaMoment(t, "2026-02-10 16:00")) {
		t.Error("late from the target on, and not before")
	}
	asked, err := idea.Ask(witaMoment(t, "2026-02-04 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	if asked.LateDecision(witaMoment(t, "2026-12-01 09:00")) {
		t.Error("late while the submitter is asked")
	}
	explained, err := asked.Explain(witaMoment(t, "2026-02-09 09:00"), calendar)
	if err != nil || explained.State != IdeaSubmitted || !explained.ReviewBy.Equal(witaMoment(t, "2026-02-13 16:00")) {
		t.Errorf("explained after three working days: %s, to be seen by %s, %v", explained.State, explained.ReviewBy.In(witaZone), err)
	}
}

// TestWhatAnIdeaAllows tries everything in every state.
func TestWhatAnIdeaAllows(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	now := witaMoment(t, "2026-02-05 09:00")
	other := Idea{Number: 9, State: IdeaSubmitted}
	changes := map[string]func(Idea) (Idea, error){
		"review":  func(i Idea) (Idea, error) { return i.OpenReview(UsualReview(3, UsualRubric, now, Calendar{}), now) },
		"ask":     func(i Idea) (Idea, error) { return i.Ask(now) },
		"explain": func(i Idea) (Idea, error) { return i.Explain(now, calendar) },
		"ripen":   func(i Idea) (Idea, error) { return i.Deliberate(now) },
		"decide": func(i Idea) (Idea, error) {
			return i.Decide(IdeaDecision{State: IdeaApproved, Reason: "mulai 3 truk", At: now}, calendar)
		},
		"merge":    func(i Idea) (Idea, error) { return i.Merge(other, now) },
		"unmerge":  func(i Idea) (Idea, error) { return i.Unmerge(now) },
		"try":      func(i Idea) (Idea, error) { return i.StartTrial(calendar.Day(now), now, calendar) },
		"adopt":    func(i Idea) (Idea, error) { return i.Adopt(now) },
		"withdraw": func(i Idea) (Idea, error) { return i.Withdraw(now) },
	}
	allowed := map[IdeaState][]string{
		IdeaSubmitted:   {"review", "ask", "decide", "merge", "withdraw"},
		IdeaUnderReview: {"ask", "ripen", "decide", "merge", "withdraw"},
		IdeaNeedsDetail: {"ask", "explain", "decide", "merge", "withdraw"},
		IdeaDeliberated: {"ask", "decide", "merge", "withdraw"},
		IdeaApproved:    {"decide", "try"},
		IdeaPostponed:   {"decide", "merge"},
		IdeaNotNow:      {"decide", "merge"},
		IdeaMerged:      {"unmerge"},
		IdeaTrial:       {"adopt"},
		IdeaAdopted:     {},
		IdeaWithdrawn:   {},
	}
	for _, state := range IdeaStates {
		for name, change := range changes {
			idea := anIdea(t, "2026-02-03 19:40", calendar)
			idea.State, idea.MergedAt, idea.MergedFrom, idea.Resumes = state, now, IdeaSubmitted, IdeaSubmitted
			after, err := change(idea)
			var refusal *Refusal
			if want := slices.Contains(allowed[state], name); (err == nil) != want || err != nil && !errors.As(err, &refusal) {
				t.Errorf("%s of an idea that is %s: %v", name, state, err)
			} else if err == nil && after.Version != idea.Version+1 {
				t.Errorf("%s: version %d", name, after.Version)
			}
		}
	}
}

func TestADecisionHasAReason(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	idea := anIdea(t, "2026-02-03 19:40", calendar)
	now := witaMoment(t, "2026-02-13 10:40")
	for _, c := range []struct {
		decision IdeaDecision
		refused  string
	}{
		{IdeaDecision{State: IdeaApproved, At: now}, "reason_missing"},
		{IdeaDecision{State: IdeaTrial, Reason: "ya", At: now}, "no_decision"},
		{IdeaDecision{State: IdeaNotNow, Reason: "belum ada anggaran", At: now}, ""},
	} {
		after, err := idea.Decide(c.decision, calendar)
		var refusal *Refusal
		if errors.As(err, &refusal); c.refused != "" && (refusal == nil || refusal.Code != c.refused) || c.refused == "" && err != nil {
			t.Errorf("%+v: %v, want %q", c.decision, err, c.refused)
		}
		if c.refused == "" {
			if _, err := after.Decide(c.decision, calendar); err == nil {
				t.Error("the same decision is made twice")
			}
			if changed, err := after.Decide(IdeaDecision{State: IdeaApproved, Reason: "ada anggaran", At: now}, calendar); err != nil || changed.State != IdeaApproved {
				t.Errorf("a decision cannot be changed: %v", err)
			}
		}
	}
}

// TestAMergeIsUndoneForSevenDays takes back what was merged, as it stood before.
func TestAMergeIsUndoneForSevenDays(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	rapid.Check(t, func(t *rapid.T) {
		idea := Idea{Number: 2, State: rapid.SampledFrom(ideaChanges[EventMerged].from).Draw(t, "state"), Version: 3}
		now := time.Date(2026, 2, 4, 8, 6, 0, 0, witaZone)
		merged, err := idea.Merge(Idea{Number: 1, State: IdeaUnderReview}, now)
		if err != nil || merged.MergedInto != 1 {
			t.Fatalf("%+v, %v", merged, err)
		}
		later := time.Duration(rapid.IntRange(0, 10*24).Draw(t, "hours")) * time.Hour
		again, err := merged.Unmerge(now.Add(later))
		if (err == nil) != (later <= 7*24*time.Hour) {
			t.Fatalf("after %s: %v", later, err)
		}
		if err == nil && (again.State != idea.State || again.MergedInto != 0 || again.Version != 5) {
			t.Fatalf("%+v came back from %+v", again, idea)
		}
	})
	if _, err := anIdea(t, "2026-02-03 19:40", calendar).Merge(Idea{Number: 2}, time.Now()); err == nil {
		t.Error("merged into itself")
	}
	held := anIdea(t, "2026-02-03 19:40", calendar)
	held.Held = HeldSpam
	if _, err := held.OpenReview(UsualReview(3, UsualRubric, time.Now(), Calendar{}), time.Now()); err == nil {
		t.Error("what is held is shown to the council")
	}
	if _, err := anIdea(t, "2026-02-03 19:40", calendar).Merge(Idea{Number: 9, State: IdeaMerged}, time.Now()); err == nil {
		t.Error("merged into what is merged itself")
	}
	free := held.Release(witaMoment(t, "2026-02-10 09:00"), Timing{Calendar: calendar})
	if !free.ReviewBy.Equal(witaMoment(t, "2026-02-17 16:00")) || !free.CreatedAt.Equal(held.CreatedAt) {
		t.Errorf("released: to be seen by %s", free.ReviewBy.In(witaZone))
	}
}
