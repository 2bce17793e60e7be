package council

import (
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTheRubric(t *testing.T) {
	if err := CheckRubric(UsualRubric); err != nil {
		t.Error(err)
	}
	for name, rubric := range map[string][]Criterion{
		"no hundred":     {{Name: "novelty", Weight: 99}},
		"empty":          nil,
		"without a name": {{Weight: 100}},
		"without weight": {{Name: "a", Weight: 100}, {Name: "b"}},
		"twice":          {{Name: "a", Weight: 50}, {Name: "a", Weight: 50}},
	} {
		if CheckRubric(rubric) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestAnAverageEqualsARecount compares the average with one in whole numbers: of those
// who have scored everything, a hundredth of weight times points each.
func TestAnAverageEqualsARecount(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var given []Scores
		sum, complete := 0, 0
		for range rapid.IntRange(0, 9).Draw(r, "scorers") {
			scores, own, whole := Scores{}, 0, true
			for _, criterion := range UsualRubric {
				points := rapid.IntRange(0, ScoreMost).Draw(r, criterion.Name)
				if points == 0 {
					whole = false
					continue
				}
				scores[criterion.Name] = points
				own += points * criterion.Weight
			}
			if whole {
				sum, complete = sum+own, complete+1
			}
			given = append(given, scores)
		}
		average, scorers := Average(UsualRubric, given)
		want := 0.0
		if complete > 0 {
			want = float64(sum) / 100 / float64(complete)
		}
		if scorers != complete || math.Abs(average-want) > 1e-9 {
			t.Errorf("%.4f by %d, want %.4f by %d", average, scorers, want, complete)
		}
	})
}

func TestAReviewEndsOnceAndItsDateMoves(t *testing.T) {
	now := time.Date(2026, 2, 13, 1, 0, 0, 0, time.UTC)
	calendar := Calendar{Zone: witaZone}
	idea := NewIdea(Idea{Number: 1, SubmitterID: 7}, now, Timing{Calendar: calendar})
	review := UsualReview(2, UsualRubric, now, calendar)
	if review.Quorum != 2 || UsualReview(9, UsualRubric, now, calendar).Quorum != UsualQuorum || UsualReview(0, nil, now, calendar).Quorum != 1 {
		t.Errorf("quorum %d", review.Quorum)
	}
	for name, bad := range map[string]Review{
		"nobody":   {Quorum: 0, Until: review.Until, Rubric: UsualRubric},
		"past":     {Quorum: 3, Until: now, Rubric: UsualRubric},
		"unscored": {Quorum: 3, Until: review.Until},
	} {
		if _, err := idea.OpenReview(bad, now); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	opened, err := idea.OpenReview(review, now)
	if err != nil || opened.ShowsAverage() {
		t.Fatal(err, opened.ShowsAverage())
	}
	if _, err := opened.ExtendReview(now, now); err == nil {
		t.Error("a review is extended into the past")
	}
	asked, _ := opened.Ask(now.Add(time.Hour))
	explained, err := asked.Explain(now.AddDate(0, 0, 5), calendar)
	if err != nil || !explained.Review.Until.After(opened.Review.Until) || explained.State != IdeaUnderReview {
		t.Errorf("the clock does not stand still: until %s, %v", explained.Review.Until, err)
	}
	family := IdeaFamily{Root: opened, Merged: []Idea{{Number: 2, SubmitterID: 8, MergedInto: 1}}}
	for member, takes := range map[int64]bool{7: false, 8: false, 9: true} {
		if got := family.TakesScores(member) == nil; got != takes {
			t.Errorf("scores of %d are taken: %t", member, got)
		}
	}
	decided, err := opened.Decide(IdeaDecision{State: IdeaApproved, Reason: "baik", At: now}, calendar)
	if err != nil || (IdeaFamily{Root: decided}).TakesScores(9) == nil || !decided.ShowsAverage() {
		t.Error("scores are taken after the decision", err)
	}
}

func TestATrialIsToBePreparedInSixWeeks(t *testing.T) {
	calendar := Calendar{Zone: witaZone}
	friday := time.Date(2026, 2, 13, 2, 40, 0, 0, time.UTC)
	if got := TrialTarget(friday, calendar).In(witaZone).Format("2006-01-02 15:04"); got != "2026-03-27 16:00" {
		t.Error(got)
	}
	saturday := time.Date(2026, 2, 14, 2, 40, 0, 0, time.UTC)
	if got := TrialTarget(saturday, calendar).In(witaZone).Format("2006-01-02"); got != "2026-03-30" {
		t.Errorf("on a day off: %s", got)
	}
}

func TestTheLongestBreakIsPointedOut(t *testing.T) {
	day := func(month time.Month, date int) Day { return Day{Year: 2026, Month: month, Day: date} }
	calendar := NewCalendar(witaZone, []Holiday{
		{Date: day(2, 17), Name: "Imlek"}, {Date: day(3, 18), Name: "Cuti", JointLeave: true}, {Date: day(3, 19), Name: "Nyepi"}, {Date: day(3, 20), Name: "Cuti", JointLeave: true},
		{Date: day(3, 22), Name: "Idulfitri"}, {Date: day(3, 23), Name: "Cuti", JointLeave: true}, {Date: day(3, 24), Name: "Cuti", JointLeave: true}})
	from, to := time.Date(2026, 2, 13, 2, 0, 0, 0, time.UTC), time.Date(2026, 3, 27, 8, 0, 0, 0, time.UTC)
	first, last, names := LongestBreak(calendar, from, to)
	if first != day(3, 18) || last != day(3, 24) || len(names) != 2 || names[0] != "Nyepi" || names[1] != "Idulfitri" {
		t.Error(first, last, names)
	}
	if _, _, names := LongestBreak(calendar, from, time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)); len(names) != 0 {
		t.Errorf("a short one is pointed out: %v", names)
	}
	leaveAlone := NewCalendar(witaZone, []Holiday{{Date: day(3, 19), Name: "Cuti", JointLeave: true}, {Date: day(3, 20), Name: "Cuti", JointLeave: true}})
	if _, _, names := LongestBreak(leaveAlone, from, to); len(names) != 1 || names[0] != "Cuti" {
		t.Errorf("leave alone is named %v", names)
	}
}

func TestScoresRecordedOnBehalf(t *testing.T) {
	now := time.Date(2026, 2, 13, 1, 0, 0, 0, time.UTC)
	family := IdeaFamily{Root: Idea{Number: 1, SubmitterID: 7, State: IdeaUnderReview, Review: Review{OpenedAt: now}}}
	unopened := IdeaFamily{Root: Idea{Number: 1, SubmitterID: 7, State: IdeaSubmitted}}
	inCouncil := func(id int64) Actor { return Actor{Member: Member{ID: id}, Groups: []Group{{Kind: KindCouncil}}} }
	const coordinator, other = 1, 2
	for name, c := range map[string]struct {
		family IdeaFamily
		member Actor
		hands  []int64
		code   string
	}{
		"nothing yet":           {family, inCouncil(9), nil, ""},
		"a leader":              {family, Actor{Member: Member{ID: 9}, Granted: []Role{RoleLeader}}, nil, ""},
		"begun by the same":     {family, inCouncil(9), []int64{coordinator}, ""},
		"scored in person":      {family, inCouncil(9), []int64{0, coordinator}, "scored_by_member"},
		"begun by another":      {family, inCouncil(9), []int64{other}, "scored_by_other"},
		"a community's member":  {family, Actor{Member: Member{ID: 9}, Groups: []Group{{Kind: KindCommunity}}}, nil, "score_not_council"},
		"another coordinator":   {family, Actor{Member: Member{ID: 9}, Granted: []Role{RoleCoordinator}}, nil, "score_not_council"},
		"nobody known":          {family, Actor{}, nil, "score_not_council"},
		"the coordinator's own": {family, inCouncil(coordinator), nil, "score_not_council"},
		"who gave it":           {family, inCouncil(7), nil, "score_own"},
		"before it is opened":   {unopened, inCouncil(9), nil, "no_review"},
	} {
		err := c.family.TakesScoresFor(c.member, coordinator, c.hands)
		var refusal *Refusal
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &refusal) || refusal.Code != c.code) {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}
