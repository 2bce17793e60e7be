package council

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func juneDay(day int) Day { return Day{2026, time.June, day} }

// holder and deputy write a holding in June; a last day of 0 is without an end.
func holder(member int64, first, last int) Holding {
	h := Holding{MemberID: member, First: juneDay(first)}
	if last != 0 {
		h.Last = juneDay(last)
	}
	return h
}

func deputy(member int64, first, last int) Holding {
	h := holder(member, first, last)
	h.Deputy = true
	return h
}

func TestAppoint(t *testing.T) {
	tests := map[string]struct {
		before    []Holding
		appointed Holding
		after     []Holding
	}{
		"the first":                            {nil, holder(1, 5, 0), []Holding{holder(1, 5, 0)}},
		"ends the former the day before":       {[]Holding{holder(1, 1, 0)}, holder(2, 5, 0), []Holding{holder(1, 1, 4), holder(2, 5, 0)}},
		"for a time, too":                      {[]Holding{holder(1, 1, 0)}, holder(2, 5, 7), []Holding{holder(1, 1, 4), holder(2, 5, 7)}},
		"on the same day the former never was": {[]Holding{holder(1, 5, 0)}, holder(2, 5, 0), []Holding{holder(2, 5, 0)}},
		"who left before keeps the end":        {[]Holding{holder(1, 1, 3)}, holder(2, 5, 0), []Holding{holder(1, 1, 3), holder(2, 5, 0)}},
		"goes when a later one begins":         {[]Holding{holder(1, 10, 0)}, holder(2, 5, 0), []Holding{holder(1, 10, 0), holder(2, 5, 9)}},
		"a nearer end of one's own stays":      {[]Holding{holder(1, 10, 0)}, holder(2, 5, 7), []Holding{holder(1, 10, 0), holder(2, 5, 7)}},
		"a deputy ends nobody":                 {[]Holding{holder(1, 1, 0), deputy(2, 1, 0)}, deputy(3, 5, 7), []Holding{holder(1, 1, 0), deputy(2, 1, 0), deputy(3, 5, 7)}},
		"a holder ends no deputy":              {[]Holding{deputy(2, 1, 0)}, holder(3, 5, 0), []Holding{deputy(2, 1, 0), holder(3, 5, 0)}},
		"a deputy who becomes the holder":      {[]Holding{deputy(2, 1, 0)}, holder(2, 5, 0), []Holding{deputy(2, 1, 4), holder(2, 5, 0)}},
		"the same person gets an end":          {[]Holding{holder(1, 1, 0)}, holder(1, 1, 30), []Holding{holder(1, 1, 30)}},
		"the same person at another time":      {[]Holding{deputy(1, 3, 7)}, deputy(1, 20, 24), []Holding{deputy(1, 3, 7), deputy(1, 20, 24)}},
		"written anew with a later beginning":  {[]Holding{deputy(1, 20, 24)}, deputy(1, 18, 22), []Holding{deputy(1, 18, 22)}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if difference := cmp.Diff(test.after, Appoint(test.before, test.appointed)); difference != "" {
				t.Errorf("after:\n%s", difference)
			}
		})
	}
}

func TestRelease(t *testing.T) {
	before := []Holding{holder(1, 1, 0), deputy(1, 20, 24), holder(2, 1, 0), holder(1, 1, 2)}
	want := []Holding{holder(1, 1, 5), holder(2, 1, 0), holder(1, 1, 2)}
	if difference := cmp.Diff(want, Release(before, 1, juneDay(5))); difference != "" {
		t.Errorf("after:\n%s", difference)
	}
	if difference := cmp.Diff(before, []Holding{holder(1, 1, 0), deputy(1, 20, 24), holder(2, 1, 0), holder(1, 1, 2)}); difference != "" {
		t.Errorf("what was handed in was changed:\n%s", difference)
	}
}

// TestOneHolderAtATime: however people are appointed and released, no day has
// two holders, nobody is twice in one position, and who was appointed last is in it.
func TestOneHolderAtATime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var holdings []Holding
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			member, first := rapid.Int64Range(1, 4).Draw(t, "member"), rapid.IntRange(1, 20).Draw(t, "first")
			if rapid.IntRange(0, 4).Draw(t, "release") == 0 {
				holdings = Release(holdings, member, juneDay(first))
				continue
			}
			appointed := holder(member, first, 0)
			appointed.Deputy = rapid.Bool().Draw(t, "deputy")
			if rapid.Bool().Draw(t, "for a time") {
				appointed.Last = juneDay(first + rapid.IntRange(0, 9).Draw(t, "days"))
			}
			if holdings = Appoint(holdings, appointed); len(on(holdings, juneDay(first), member)) != 1 {
				t.Fatalf("%d is not in the position once on %d: %+v", member, first, holdings)
			}
		}
		for day := 1; day <= 30; day++ {
			if holders := on(holdings, juneDay(day), 0); len(holders) > 1 {
				t.Fatalf("on %d there are %+v", day, holders)
			}
			for member := int64(1); member <= 4; member++ {
				if twice := on(holdings, juneDay(day), member); len(twice) > 1 {
					t.Fatalf("on %d somebody is there twice: %+v", day, twice)
				}
			}
		}
	})
}

// on lists a member's holdings that cover a day; those of all holders for member 0.
func on(holdings []Holding, day Day, member int64) []Holding {
	var found []Holding
	for _, h := range holdings {
		if h.Covers(day) && (h.MemberID == member || member == 0 && !h.Deputy) {
			found = append(found, h)
		}
	}
	return found
}

func TestInPlace(t *testing.T) {
	holdings := []Holding{holder(1, 1, 10), deputy(2, 1, 0), deputy(3, 4, 6)}
	tests := map[string]struct {
		day  int
		away []int64
		want []Holding
	}{
		"the holder":                {5, nil, holdings[:1]},
		"deputies while away":       {5, []int64{1}, holdings[1:]},
		"one deputy is away, too":   {5, []int64{1, 2}, holdings[2:]},
		"after the holder has gone": {11, nil, holdings[1:2]},
		"nobody":                    {5, []int64{1, 2, 3}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			isAway := func(id int64) bool {
				for _, away := range test.away {
					if away == id {
						return true
					}
				}
				return false
			}
			if difference := cmp.Diff(test.want, InPlace(holdings, juneDay(test.day), isAway)); difference != "" {
				t.Errorf("in place:\n%s", difference)
			}
		})
	}
}

func TestEscalation(t *testing.T) {
	acting := func(kind PositionKind, group int64, members ...int64) Acting {
		a := Acting{Position: Position{Kind: kind, GroupID: group}}
		for _, id := range members {
			a.Holdings = append(a.Holdings, Holding{MemberID: id})
		}
		return a
	}
	secretary := acting(PositionSecretary, 0, 1)
	head, everywhere, other := acting(PositionOfficeHead, 7, 2), acting(PositionOfficeHead, 0, 3), acting(PositionOfficeHead, 8, 4)
	inCharge, nobody := acting(PositionInCharge, 7, 5), acting(PositionOfficeHead, 7)
	tests := map[string]struct {
		positions []Acting
		days      int
		task      []int64
		complete  []int64
	}{
		"below first":              {[]Acting{secretary, head, inCharge, everywhere, other}, 3, []int64{2, 5, 3}, []int64{1}},
		"the secretary from day 7": {[]Acting{secretary, head}, 7, []int64{2, 1}, []int64{1}},
		"nobody below":             {[]Acting{secretary, other}, 3, []int64{1}, []int64{1}},
		"nobody acts below":        {[]Acting{secretary, nobody}, 3, []int64{1}, []int64{1}},
		"without a secretary":      {[]Acting{head, other, inCharge}, 14, []int64{2, 5}, []int64{2, 4}},
		"somebody in charge is none for an evaluation": {[]Acting{inCharge}, 3, []int64{5}, nil},
		"without positions":                            {nil, 3, nil, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if difference := cmp.Diff(test.task, escalateTask(test.positions, Task{GroupID: 7}, test.days)); difference != "" {
				t.Errorf("a task:\n%s", difference)
			}
			if difference := cmp.Diff(test.complete, escalateEvaluation(test.positions)); difference != "" {
				t.Errorf("an evaluation:\n%s", difference)
			}
		})
	}
}

func TestHighestOffice(t *testing.T) {
	in := func(id int64, kind PositionKind, members ...int64) Acting {
		a := Acting{Position: Position{ID: id, Kind: kind}}
		for _, member := range members {
			a.Holdings = append(a.Holdings, Holding{PositionID: id, MemberID: member})
		}
		return a
	}
	positions := []Acting{in(1, PositionInCharge, 1, 2), in(2, PositionSecretary, 3, 1), in(3, PositionOfficeHead, 1, 2)}
	for member, want := range map[int64]int64{1: 2, 2: 3, 3: 2} {
		position, holding, found := HighestOffice(positions, member)
		if !found || position.ID != want || holding.PositionID != want || holding.MemberID != member {
			t.Errorf("the highest of %d is %+v, %+v", member, position, holding)
		}
	}
	if _, _, found := HighestOffice(positions, 4); found {
		t.Error("somebody without a position has one")
	}
}

// TestStandsAbove: an obstacle is taken to the head of the office that answers for the
// task's own group, else to who is in charge of it; never to who has it, or who asks.
func TestStandsAbove(t *testing.T) {
	head := Acting{Position{ID: 1, Kind: PositionOfficeHead, GroupID: 5}, []Holding{{MemberID: 11}}}
	city := Acting{Position{ID: 2, Kind: PositionOfficeHead}, []Holding{{MemberID: 12}}}
	inCharge := Acting{Position{ID: 3, Kind: PositionInCharge, GroupID: 5}, []Holding{{MemberID: 13}}}
	empty := Acting{Position{ID: 4, Kind: PositionOfficeHead, GroupID: 5}, nil}
	secretary := Acting{Position{ID: 6, Kind: PositionSecretary}, []Holding{{MemberID: 16}}}
	for name, test := range map[string]struct {
		positions []Acting
		group     int64
		assignee  int64
		leader    int64
		want      int64
	}{
		"the head":                  {[]Acting{inCharge, head, secretary}, 5, 20, 16, 1},
		"the head asks":             {[]Acting{inCharge, head}, 5, 20, 11, 3},
		"the head has it":           {[]Acting{inCharge, head}, 5, 11, 16, 3},
		"nobody acts as the head":   {[]Acting{empty, inCharge}, 5, 20, 16, 3},
		"another group":             {[]Acting{head, inCharge, city}, 6, 20, 16, 0},
		"no group":                  {[]Acting{head, city, secretary}, 0, 20, 16, 0},
		"only the whole city's":     {[]Acting{city, secretary}, 5, 20, 16, 0},
		"who is in charge has it":   {[]Acting{inCharge}, 5, 13, 16, 0},
		"who is in charge is asked": {[]Acting{inCharge}, 5, 20, 13, 0},
	} {
		t.Run(name, func(t *testing.T) {
			task := Task{Number: 1, GroupID: test.group, Assignees: []Assignee{{MemberID: test.assignee}}}
			got, found := StandsAbove(task, test.positions, test.leader)
			if got.ID != test.want || found != (test.want != 0) {
				t.Errorf("it is position %d (%v), not %d", got.ID, found, test.want)
			}
		})
	}
}
