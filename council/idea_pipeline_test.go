package council

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// life reads "given 2/2 19:40" and so on of February to April 2026, in WITA.
func lifeOf(t *testing.T, group int64, happenings ...string) IdeaLife {
	t.Helper()
	kinds := map[string]EventKind{"given": EventCreated, "released": EventReleased, "reviewed": EventReviewed, "asked": EventClarified, "explained": EventExplained,
		"scored": EventDeliberated, "approved": EventDecided, "postponed": EventDecided, "trial": EventTrialStarted, "adopted": EventAdopted, "undone": EventUndone,
		"commented": EventCommented, "merged": EventMerged, "unmerged": EventUnmerged, "withdrawn": EventWithdrawn}
	states := map[string]IdeaState{"approved": IdeaApproved, "postponed": IdeaPostponed}
	life := IdeaLife{GroupID: group}
	for _, happening := range happenings {
		var word string
		for i, sign := range happening {
			if sign == ' ' {
				word, happening = happening[:i], happening[i+1:]
				break
			}
		}
		at, err := time.ParseInLocation("2/1 15:04", happening, wita)
		if err != nil || kinds[word] == "" {
			t.Fatal(word, err)
		}
		life.Events = append(life.Events, Event{At: at.AddDate(2026, 0, 0), Kind: kinds[word], Detail: map[string]string{DetailDecision: string(states[word])}})
	}
	return life
}

// february is counted by hand with a calendar of 2026: Monday is 2 February, and
// Tuesday the 17th a day off.
func february(t *testing.T) []IdeaLife {
	t.Helper()
	return []IdeaLife{
		// 4 working days to the review (3–6), 5 to the scores (9–13), 1 to the decision
		// (16), 10 in all; approved, on trial, adopted in April.
		lifeOf(t, 7, "given 2/2 19:40", "commented 3/2 08:00", "reviewed 6/2 09:00", "scored 13/2 10:00", "approved 16/2 10:40", "trial 27/2 14:10", "adopted 10/4 09:00"),
		// 2 to the review; asked on Friday the 6th, answered on Wednesday the 11th, 3 later,
		// which the scores (5–20 is 11, without the 17th) do not count; decided on the day, 13 − 3.
		lifeOf(t, 7, "given 2/2 08:00", "reviewed 4/2 09:00", "asked 6/2 10:00", "asked 9/2 10:00", "explained 11/2 10:00", "scored 20/2 09:00", "postponed 20/2 15:00", "approved 24/2 09:00"),
		// Given in January: its review counts in February, its giving does not; 20 (Jan 26–30, Feb 2–13, 16, 18–20, 23 = 5+10+1+3+1).
		lifeOf(t, 0, "given 23/1 16:00", "reviewed 23/2 09:00", "scored 2/3 09:00"),
		// Held until the 9th: from there 2. Decided while nothing was scored: 5 in all (10–13, 16).
		lifeOf(t, 9, "given 3/2 09:00", "released 9/2 09:00", "reviewed 11/2 09:00", "postponed 16/2 09:00"),
		// A decision that was taken back, and an idea that was withdrawn, and one withdrawn by mistake.
		lifeOf(t, 9, "given 4/2 09:00", "reviewed 4/2 10:00", "approved 4/2 11:00", "undone 4/2 11:05"),
		lifeOf(t, 9, "given 5/2 09:00", "withdrawn 5/2 10:00"),
		lifeOf(t, 9, "given 5/2 09:00", "withdrawn 5/2 10:00", "undone 5/2 10:01", "merged 6/2 09:00", "unmerged 7/2 09:00", "reviewed 9/2 09:00"),
		// Of another month.
		lifeOf(t, 9, "given 1/3 00:00", "reviewed 2/3 09:00"),
	}
}

func TestPipelineOfAMonth(t *testing.T) {
	calendar := NewCalendar(wita, []Holiday{{Date: Day{2026, time.February, 17}, Name: "Imlek"}})
	pipeline := CountPipeline(february(t), Month{2026, time.February}.Span(wita), calendar)
	type figures struct {
		reached map[PipelineStep]int
		days    map[PipelineWait][]int
	}
	for name, row := range map[string]struct {
		got  PipelineFigures
		want figures
	}{
		"city": {pipeline.City, figures{map[PipelineStep]int{PipelineGiven: 6, PipelineReviewed: 6, PipelineScored: 2, PipelineDecided: 3, PipelineApproved: 2, PipelineTrial: 1},
			map[PipelineWait][]int{WaitReview: {0, 2, 2, 2, 4, 20}, WaitScores: {5, 8}, WaitDecision: {0, 1}, WaitWhole: {5, 10, 10}, WaitDetail: {3}}}},
		"forum": {pipeline.Groups[7], figures{map[PipelineStep]int{PipelineGiven: 2, PipelineReviewed: 2, PipelineScored: 2, PipelineDecided: 2, PipelineApproved: 2, PipelineTrial: 1},
			map[PipelineWait][]int{WaitReview: {2, 4}, WaitScores: {5, 8}, WaitDecision: {0, 1}, WaitWhole: {10, 10}, WaitDetail: {3}}}},
		"in private": {pipeline.Groups[0], figures{map[PipelineStep]int{PipelineReviewed: 1}, map[PipelineWait][]int{WaitReview: {20}}}},
		"another": {pipeline.Groups[9], figures{map[PipelineStep]int{PipelineGiven: 4, PipelineReviewed: 3, PipelineDecided: 1},
			map[PipelineWait][]int{WaitReview: {0, 2, 2}, WaitWhole: {5}}}},
	} {
		if !maps.Equal(row.got.Reached, row.want.reached) {
			t.Errorf("%s: %v, not %v", name, row.got.Reached, row.want.reached)
		}
		if !maps.EqualFunc(row.got.Days, row.want.days, slices.Equal) {
			t.Errorf("%s: %v, not %v", name, row.got.Days, row.want.days)
		}
	}
	if days, known := pipeline.City.Median(WaitWhole); days != 10 || !known {
		t.Errorf("the median is %v", days)
	}
	if days, known := pipeline.City.Median(WaitScores); days != 6.5 || !known {
		t.Errorf("the median is %v", days)
	}
	if _, known := pipeline.Groups[0].Median(WaitWhole); known {
		t.Error("a median of nothing is known")
	}
}

// TestMonthsShareThePipeline: wherever a span is cut in two, each step and each wait is
// in one of the parts, and the groups add up to the city.
func TestMonthsShareThePipeline(t *testing.T) {
	lives, calendar := february(t), NewCalendar(wita, nil)
	whole := Span{Day{2026, 1, 1}.At(0, 0, wita), Day{2026, 5, 1}.At(0, 0, wita)}
	all := CountPipeline(lives, whole, calendar)
	random := rand.New(rand.NewPCG(4, 2026))
	for range 200 {
		cut := whole.From.Add(time.Duration(random.Int64N(int64(whole.Until.Sub(whole.From)))))
		first, second := CountPipeline(lives, Span{whole.From, cut}, calendar), CountPipeline(lives, Span{cut, whole.Until}, calendar)
		for _, step := range PipelineSteps {
			groups := 0
			for _, group := range all.Groups {
				groups += group.Reached[step]
			}
			if sum := first.City.Reached[step] + second.City.Reached[step]; sum != all.City.Reached[step] || groups != sum {
				t.Fatalf("cut at %v: %s is %d, in groups %d, and not %d", cut, step, sum, groups, all.City.Reached[step])
			}
		}
		for _, wait := range PipelineWaits {
			parts := slices.Sorted(slices.Values(slices.Concat(first.City.Days[wait], second.City.Days[wait])))
			if !slices.Equal(parts, all.City.Days[wait]) {
				t.Fatalf("cut at %v: %s is %v and not %v", cut, wait, parts, all.City.Days[wait])
			}
		}
	}
}
