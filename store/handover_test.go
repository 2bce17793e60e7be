package store

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// handed keeps a handover from one to another in a state.
func handed(t testing.TB, tx *Tx, state council.HandoverState, from, to int64, at time.Time) council.Handover {
	t.Helper()
	return got(tx.CreateHandover(council.Handover{From: from, To: to, By: from, State: state, Things: []string{"T-1", "role:leader"}, At: at}))(t)
}

func TestAHandoverIsReadAsItWasKept(t *testing.T) {
	tx := writing(t)
	members := people(t, tx, "Baso", "Yuliana", "Sitti")
	wanted := council.Handover{From: members[0].ID, State: council.HandoverAsked, Things: []string{}, At: noon}
	kept := got(tx.CreateHandover(wanted))(t)
	wanted.Number = kept.Number
	if diff := cmp.Diff(wanted, got(tx.Handover(kept.Number))(t)); diff != "" {
		t.Errorf("asked:\n%s", diff)
	}
	wanted.To, wanted.By, wanted.State, wanted.Things, wanted.At = members[1].ID, members[2].ID, council.HandoverDone, []string{"T-1", "role:leader"}, noon.Add(time.Minute)
	ok(t, tx.SaveHandover(wanted))
	if diff := cmp.Diff(wanted, got(tx.Handover(kept.Number))(t)); diff != "" {
		t.Errorf("done:\n%s", diff)
	}
	if _, err := tx.Handover(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
	if things := got(tx.HandedOver(kept.Number))(t); len(things) != 0 {
		t.Errorf("nothing was kept, and there is %v", things)
	}
	moved := []HandedOver{{Thing: "T-1", Version: 3, Before: json.RawMessage(`{"Number":1}`)}, {Thing: "role:leader", Before: json.RawMessage(`{}`), After: json.RawMessage(`[]`)}}
	ok(t, tx.KeepHandedOver(kept.Number, moved))
	if diff := cmp.Diff(moved, got(tx.HandedOver(kept.Number))(t)); diff != "" {
		t.Errorf("how things were:\n%s", diff)
	}
}

// TestAHandoverOfAMentionIsThePersons: who was only mentioned when the coordinators were
// asked is a person when it is answered.
func TestAHandoverOfAMentionIsThePersons(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Baso")[0]
	mention := got(tx.Mentioned("baso_lama"))(t)
	asked := handed(t, tx, council.HandoverAsked, mention.ID, 0, noon)
	got(tx.Seen(person.TelegramID, "Baso", "baso_lama", "id", noon))(t)
	waiting := got(tx.HandoversWaiting(person.ID))(t)
	if len(waiting) != 1 || waiting[0].Number != asked.Number || waiting[0].From != person.ID {
		t.Errorf("asked about the person: %+v", waiting)
	}
}

func TestAHandoverSettlesOthersOfTheSameMember(t *testing.T) {
	tx := writing(t)
	members := people(t, tx, "Baso", "Yuliana", "Hasan")
	from, to := members[0].ID, members[1].ID
	asked, shown := handed(t, tx, council.HandoverAsked, from, 0, noon), handed(t, tx, council.HandoverShown, from, to, noon)
	another := handed(t, tx, council.HandoverShown, members[2].ID, to, noon)
	if waiting := got(tx.HandoversWaiting(from))(t); len(waiting) != 2 || waiting[0].Number != asked.Number || waiting[1].Number != shown.Number {
		t.Errorf("waiting: %+v", waiting)
	}
	done := handed(t, tx, council.HandoverDone, from, to, noon.Add(time.Minute))
	earlier := handed(t, tx, council.HandoverDone, from, to, noon)
	for _, settled := range []*council.Handover{&asked, &shown} {
		settled.State, settled.At = council.HandoverSettled, done.At
		ok(t, tx.SaveHandover(*settled))
		if by := got(tx.HandoverSettling(*settled))(t); by.Number != done.Number {
			t.Errorf("settled by %d, and not by %d", by.Number, done.Number)
		}
	}
	for which, wanted := range map[*council.Handover]int{&done: 2, &earlier: 0, &another: 0} {
		if settled := got(tx.HandoversSettledBy(*which))(t); len(settled) != wanted {
			t.Errorf("settled by %d: %+v", which.Number, settled)
		}
	}
	done.State = council.HandoverUndone
	ok(t, tx.SaveHandover(done))
	if _, err := tx.HandoverSettling(asked); !errors.Is(err, ErrNotFound) {
		t.Errorf("what is undone settles nothing: %v", err)
	}
}

func TestWhatIsForgottenOfHandovers(t *testing.T) {
	tx := writing(t)
	members := people(t, tx, "Baso", "Yuliana")
	from, to := members[0].ID, members[1].ID
	long := noon.AddDate(0, 0, -2)
	numbers := make(map[string]int64)
	for name, one := range map[string]struct {
		state council.HandoverState
		at    time.Time
	}{"done long ago": {council.HandoverDone, long}, "done now": {council.HandoverDone, noon}, "looked at long ago": {council.HandoverShown, long},
		"looked at an hour ago": {council.HandoverShown, noon.Add(-time.Hour)}, "asked long ago": {council.HandoverAsked, long}} {
		h := handed(t, tx, one.state, from, to, one.at)
		ok(t, tx.KeepHandedOver(h.Number, []HandedOver{{Thing: "T-1", Before: json.RawMessage(`{}`)}}))
		numbers[name] = h.Number
	}
	ok(t, tx.PruneHandovers(noon.Add(-time.Minute)))
	for name, wanted := range map[string]struct{ there, undoable bool }{"done long ago": {true, false}, "done now": {true, true}, "looked at long ago": {false, false},
		"looked at an hour ago": {true, false}, "asked long ago": {true, false}} {
		_, err := tx.Handover(numbers[name])
		if there := err == nil; there != wanted.there {
			t.Errorf("%s: %v", name, err)
		}
		if things, _ := tx.HandedOver(numbers[name]); len(things) > 0 != wanted.undoable {
			t.Errorf("%s: how things were: %v", name, things)
		}
	}
}

func TestWhoRestsIsNoColleagueToChoose(t *testing.T) {
	tx := writing(t)
	members := people(t, tx, "Baso", "Yuliana", "Fadli", "Sitti")
	office, community := group(t, tx, -1, 0, council.KindWorkingGroup, council.Living), group(t, tx, -2, 0, council.KindCommunity, "")
	for _, member := range members[:2] {
		ok(t, tx.SeenIn(member.ID, office.ChatID))
	}
	ok(t, tx.SeenIn(members[2].ID, community.ChatID))
	ok(t, tx.GrantRole(members[3].ID, council.RoleLeader, "granted"))
	for _, member := range members {
		ok(t, tx.SetReach(member.ID, council.ReachOpen))
	}
	ok(t, tx.SetRests(members[0].ID, true))
	names := func(except int64, offset, limit int) (names []string) {
		for _, member := range got(tx.Colleagues(except, offset, limit))(t) {
			names = append(names, member.Name)
		}
		return names
	}
	for _, test := range []struct {
		except        int64
		offset, limit int
		wanted        []string
	}{{0, 0, 9, []string{"Sitti", "Yuliana"}}, {members[3].ID, 0, 9, []string{"Yuliana"}}, {0, 1, 1, []string{"Yuliana"}}, {0, 5, 9, nil}} {
		if now := names(test.except, test.offset, test.limit); !slices.Equal(now, test.wanted) {
			t.Errorf("but for %d, from %d: %v", test.except, test.offset, now)
		}
	}
	if rests := got(tx.Member(members[0].ID))(t); rests.Reach != council.ReachResting || !rests.Answered() {
		t.Errorf("who rests: %+v", rests)
	}
	ok(t, tx.SetReach(members[0].ID, council.ReachBlocked))
	if blocked := got(tx.Member(members[0].ID))(t); blocked.Reach != council.ReachBlocked || blocked.Answered() {
		t.Errorf("who rests and has blocked the bot: %+v", blocked)
	}
}
