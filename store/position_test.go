package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// today is the local day of noon.
var today = council.Day{Year: 2026, Month: 6, Day: 1}

// hold puts somebody into a position from today on, beside who is there.
func hold(t *testing.T, tx *Tx, position council.Position, h council.Holding) {
	t.Helper()
	if h.First == (council.Day{}) {
		h.First = today
	}
	h.PositionID = position.ID
	ok(t, tx.SetHoldings(position.ID, today, append(got(tx.Holdings(position.ID, today))(t), h)))
}

func TestAPositionIsMadeOnce(t *testing.T) {
	tx := writing(t)
	wanted := council.Position{Kind: council.PositionOfficeHead, Title: "Kepala DLH", GroupID: 3}
	made := got(tx.Position(wanted))(t)
	again := got(tx.Position(wanted))(t)
	other := got(tx.Position(council.Position{Kind: council.PositionOfficeHead, Title: "Kepala DLH"}))(t)
	if made != again || made.ID == other.ID || got(tx.PositionByID(made.ID))(t) != made {
		t.Errorf("made %+v, then %+v and %+v", made, again, other)
	}
	if difference := cmp.Diff([]council.Position{made, other}, got(tx.Positions())(t)); difference != "" {
		t.Errorf("positions:\n%s", difference)
	}
	if _, err := tx.PositionByID(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("a position that is not there gives %v", err)
	}
}

func TestHoldingsAreWrittenFromADayOn(t *testing.T) {
	tx := writing(t)
	list := people(t, tx, "Anwar", "Lukas")
	secretary := got(tx.Position(council.Position{Kind: council.PositionSecretary}))(t)
	past := council.Holding{PositionID: secretary.ID, MemberID: list[1].ID, First: today.Add(-9), Last: today.Add(-1)}
	now := council.Holding{PositionID: secretary.ID, MemberID: list[0].ID, First: today}
	deputy := council.Holding{PositionID: secretary.ID, MemberID: list[1].ID, Deputy: true, Style: council.DeputyDaily, First: today.Add(2), Last: today.Add(6)}
	ok(t, tx.SetHoldings(secretary.ID, past.First, []council.Holding{past, deputy, now}))
	read := got(tx.Holdings(secretary.ID, today))(t)
	now.ID, deputy.ID = read[0].ID, read[1].ID
	if difference := cmp.Diff([]council.Holding{now, deputy}, read); difference != "" {
		t.Errorf("holdings:\n%s", difference)
	}
	if difference := cmp.Diff([]council.Holding{deputy}, got(tx.HoldingsOf(list[1].ID, today))(t)); difference != "" {
		t.Errorf("of the deputy:\n%s", difference)
	}
	ok(t, tx.SetHoldings(secretary.ID, today, []council.Holding{deputy}))
	ended := got(tx.Holdings(secretary.ID, past.First))(t)
	if len(ended) != 2 || ended[0].Last != past.Last || ended[1] != deputy {
		t.Errorf("the past, and who was left: %+v", ended)
	}
	ok(t, tx.SetHoldings(secretary.ID, today, []council.Holding{now, deputy}))
	if difference := cmp.Diff([]council.Holding{now, deputy}, got(tx.Holdings(secretary.ID, today))(t)); difference != "" {
		t.Errorf("restored:\n%s", difference)
	}
}

func TestRightsFollowPositions(t *testing.T) {
	tx := writing(t)
	list := people(t, tx, "Anwar", "Lukas", "Baso", "Sri", "Ramlah")
	anwar, lukas, baso, sri, ramlah := list[0].ID, list[1].ID, list[2].ID, list[3].ID, list[4].ID
	secretary := got(tx.Position(council.Position{Kind: council.PositionSecretary}))(t)
	head := got(tx.Position(council.Position{Kind: council.PositionOfficeHead, Title: "Kepala DLH"}))(t)
	inCharge := got(tx.Position(council.Position{Kind: council.PositionInCharge, GroupID: 3}))(t)
	ok(t, tx.GrantRole(ramlah, council.RoleLeader, "granted"))
	hold(t, tx, secretary, council.Holding{MemberID: anwar, Last: today.Add(2)})
	hold(t, tx, secretary, council.Holding{MemberID: lukas, Deputy: true, First: today.Add(1), Last: today.Add(1)})
	hold(t, tx, head, council.Holding{MemberID: sri})
	hold(t, tx, head, council.Holding{MemberID: ramlah, Deputy: true})
	hold(t, tx, inCharge, council.Holding{MemberID: baso})
	hold(t, tx, inCharge, council.Holding{MemberID: ramlah})
	for _, step := range []struct {
		day  council.Day
		want []int64
	}{
		{today, []int64{anwar, sri, ramlah}},
		{today.Add(1), []int64{anwar, lukas, sri, ramlah}},
		{today.Add(2), []int64{anwar, sri, ramlah}},
		{today.Add(3), []int64{sri, ramlah}},
		{today, []int64{anwar, sri, ramlah}}, // the clock was set back
	} {
		ok(t, tx.SettlePositions(step.day))
		if difference := cmp.Diff(step.want, leaders(t, tx)); difference != "" {
			t.Errorf("leaders on %s:\n%s", step.day, difference)
		}
	}
	// She is nobody's deputy any more, and what she was given herself stays;
	// what was given beside a position outlasts it.
	ok(t, tx.GrantRole(anwar, council.RoleLeader, "granted"))
	ok(t, tx.SetHoldings(head.ID, today, nil))
	ok(t, tx.SettlePositions(today.Add(3)))
	if difference := cmp.Diff([]int64{anwar, ramlah}, leaders(t, tx)); difference != "" {
		t.Errorf("leaders in the end:\n%s", difference)
	}
}

func leaders(t *testing.T, tx *Tx) []int64 {
	t.Helper()
	var ids []int64
	for _, member := range got(tx.MembersWithRole(council.RoleLeader))(t) {
		ids = append(ids, member.ID)
	}
	return ids
}

func TestWhoSpeaksForThemselves(t *testing.T) {
	tx := writing(t)
	list := people(t, tx, "Anwar", "Lukas", "Baso", "Sri")
	secretary := got(tx.Position(council.Position{Kind: council.PositionSecretary}))(t)
	inCharge := got(tx.Position(council.Position{Kind: council.PositionInCharge, GroupID: 3}))(t)
	for _, member := range list[:3] {
		ok(t, tx.GrantRole(member.ID, council.RoleLeader, "granted"))
	}
	hold(t, tx, secretary, council.Holding{MemberID: list[0].ID, First: today.Add(1)})
	hold(t, tx, secretary, council.Holding{MemberID: list[1].ID, Deputy: true})
	hold(t, tx, secretary, council.Holding{MemberID: list[3].ID})
	hold(t, tx, inCharge, council.Holding{MemberID: list[2].ID})
	ok(t, tx.SettlePositions(today))
	for day, want := range map[council.Day][]int64{
		today:        {list[0].ID, list[1].ID, list[2].ID},
		today.Add(1): {list[1].ID, list[2].ID},
	} {
		if difference := cmp.Diff(want, got(tx.LeadersByRole(day))(t)); difference != "" {
			t.Errorf("by role on %s:\n%s", day, difference)
		}
	}
}

func TestWhoActs(t *testing.T) {
	tx := writing(t)
	list := people(t, tx, "Anwar", "Lukas")
	secretary := got(tx.Position(council.Position{Kind: council.PositionSecretary}))(t)
	hold(t, tx, secretary, council.Holding{MemberID: list[0].ID})
	hold(t, tx, secretary, council.Holding{MemberID: list[1].ID, Deputy: true})
	acts := func(day council.Day) []int64 {
		acting := got(tx.Acting(day))(t)
		if len(acting) != 1 || acting[0].Position != secretary {
			t.Fatalf("acting: %+v", acting)
		}
		return acting[0].Members()
	}
	if who := acts(today); len(who) != 0 {
		t.Errorf("who never opened the private chat acts: %v", who)
	}
	ok(t, tx.SetReach(list[0].ID, council.ReachOpen))
	ok(t, tx.SetReach(list[1].ID, council.ReachOpen))
	got(tx.AddLeave(council.Leave{MemberID: list[0].ID, First: today.Add(1), Last: today.Add(2)}))(t)
	for days, want := range []int64{list[0].ID, list[1].ID, list[1].ID, list[0].ID} {
		if who := acts(today.Add(days)); len(who) != 1 || who[0] != want {
			t.Errorf("after %d days %v acts, not %d", days, who, want)
		}
	}
	ok(t, tx.SetReach(list[0].ID, council.ReachBlocked))
	if who := acts(today); len(who) != 1 || who[0] != list[1].ID {
		t.Errorf("for who blocked the bot acts %v", who)
	}
}

func TestAFailedChangeSettlesNothing(t *testing.T) {
	s := openStore(t)
	var person, position int64
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		person = people(t, tx, "Anwar")[0].ID
		secretary := got(tx.Position(council.Position{Kind: council.PositionSecretary}))(t)
		position = secretary.ID
		hold(t, tx, secretary, council.Holding{MemberID: person})
		return nil
	}))
	broken := errors.New("broken")
	if err := s.Update(t.Context(), func(tx *Tx) error { return errors.Join(tx.SettlePositions(today), broken) }); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	ok(t, s.View(t.Context(), func(tx *Tx) error { return tx.SettlePositions(today) }))
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.SettlePositions(today) }))
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		if difference := cmp.Diff([]int64{person}, leaders(t, tx)); difference != "" {
			t.Errorf("leaders:\n%s", difference)
		}
		return tx.SetHoldings(position, today, nil)
	}))
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.SettlePositions(today) }))
	ok(t, s.View(t.Context(), func(tx *Tx) error {
		if left := leaders(t, tx); len(left) != 0 {
			t.Errorf("after a change of positions they were not settled anew: %v", left)
		}
		return nil
	}))
}

func TestAMentionBringsItsPosition(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Anwar")[0]
	mentioned := got(tx.Mentioned("anwar_contoh"))(t)
	secretary := got(tx.Position(council.Position{Kind: council.PositionSecretary}))(t)
	hold(t, tx, secretary, council.Holding{MemberID: mentioned.ID, Last: today})
	hold(t, tx, secretary, council.Holding{MemberID: person.ID, Deputy: true})
	ok(t, tx.GrantRole(mentioned.ID, council.RoleLeader, "granted"))
	ok(t, tx.SettlePositions(today))
	bound, joined, err := tx.Appeared(person.TelegramID, "anwar_contoh", "id", noon)
	ok(t, err)
	if !joined || bound.ID != person.ID {
		t.Fatalf("bound %+v (%v)", bound, joined)
	}
	ok(t, tx.SettlePositions(today.Add(1)))
	if difference := cmp.Diff([]int64{person.ID}, leaders(t, tx)); difference != "" {
		t.Errorf("leaders:\n%s", difference)
	}
	ok(t, tx.SetHoldings(secretary.ID, today, nil))
	ok(t, tx.SettlePositions(today.Add(1)))
	if difference := cmp.Diff([]int64{person.ID}, leaders(t, tx)); difference != "" {
		t.Errorf("what was given to the mention itself is lost:\n%s", difference)
	}
}
