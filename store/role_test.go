package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestAnActorHasTheRolesAndTheLinkedGroups(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Ramlah")[0]
	pokja := group(t, tx, -1, 0, council.KindWorkingGroup, council.Environment)
	dewan := group(t, tx, -2, 7, council.KindCouncil, "")
	left := group(t, tx, -3, 0, council.KindCommunity, "")
	unlinked := group(t, tx, -4, 0, council.KindSecretariat, "")
	group(t, tx, -5, 0, council.KindCommunity, "") // where the person is not
	for _, chat := range []int64{-2, -1, -3, -4, -6} {
		ok(t, tx.SeenIn(person.ID, chat))
		ok(t, tx.SeenIn(person.ID, chat))
	}
	ok(t, tx.Left(person.ID, left.ChatID))
	ok(t, tx.UnlinkGroup(unlinked, noon))
	for _, role := range []council.Role{council.RoleLeader, council.RoleCoordinator, council.RoleCoordinator} {
		ok(t, tx.GrantRole(person.ID, role, "granted"))
	}
	ok(t, tx.RevokeRole(person.ID, council.RoleLeader))
	want := council.Actor{Member: person, Granted: []council.Role{council.RoleCoordinator}, Groups: []council.Group{pokja, dewan}}
	if difference := cmp.Diff(want, got(tx.Actor(person))(t)); difference != "" {
		t.Errorf("actor:\n%s", difference)
	}
	if stranger := got(tx.Actor(people(t, tx, "x", "Orang Lain")[1]))(t); !stranger.IsStranger() {
		t.Errorf("a stranger is %+v", stranger)
	}
}

func TestAPersonInAChatWithTopicsIsInAllItsGroups(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Sri")[0]
	whole := group(t, tx, -1, 0, council.KindCouncil, "")
	topic := group(t, tx, -1, 5, council.KindWorkingGroup, council.Living)
	ok(t, tx.SeenIn(person.ID, -1))
	if difference := cmp.Diff([]council.Group{whole, topic}, got(tx.Actor(person))(t).Groups); difference != "" {
		t.Errorf("groups:\n%s", difference)
	}
	if members := got(tx.MembersOf(-1))(t); len(members) != 1 || members[0] != person {
		t.Errorf("members: %+v", members)
	}
}

func TestWhoHoldsARole(t *testing.T) {
	tx := writing(t)
	list := people(t, tx, "Ramlah", "Anwar", "Sri")
	for _, i := range []int{2, 0} {
		ok(t, tx.GrantRole(list[i].ID, council.RoleCoordinator, "owners"))
	}
	ok(t, tx.GrantRole(list[1].ID, council.RoleLeader, "granted"))
	if difference := cmp.Diff([]council.Member{list[0], list[2]}, got(tx.MembersWithRole(council.RoleCoordinator))(t)); difference != "" {
		t.Errorf("coordinators:\n%s", difference)
	}
}

func TestWhoCannotBeReached(t *testing.T) {
	tx := writing(t)
	group(t, tx, -1, 0, council.KindWorkingGroup, council.Living)
	group(t, tx, -2, 0, council.KindCommunity, "")
	list := people(t, tx, "A pemimpin", "B pelaksana", "C anggota pokja", "D terbuka", "E warga", "F orang lain", "G tugas selesai", "H kepala", "I mantan")
	head := got(tx.Position(council.Position{Kind: council.PositionInCharge, GroupID: 1}))(t)
	hold(t, tx, head, council.Holding{MemberID: list[7].ID})
	hold(t, tx, head, council.Holding{MemberID: list[8].ID, First: today.Add(-9), Last: today.Add(-1)})
	ok(t, tx.GrantRole(list[0].ID, council.RoleLeader, "granted"))
	ok(t, tx.SetReach(list[0].ID, council.ReachBlocked))
	task := council.Task{Title: "x", State: council.TaskNew, CreatedAt: noon, Assignees: council.AssignTo(list[1].ID, list[3].ID)}
	got(tx.CreateTask(task, 0, 0))(t)
	task.State, task.Assignees = council.TaskDone, council.AssignTo(list[6].ID)
	got(tx.CreateTask(task, 0, 0))(t)
	ok(t, tx.SeenIn(list[2].ID, -1))
	ok(t, tx.SetReach(list[3].ID, council.ReachOpen))
	ok(t, tx.SeenIn(list[3].ID, -1))
	ok(t, tx.SeenIn(list[4].ID, -2))
	mentioned := got(tx.Mentioned("belum_dikenal"))(t)
	ok(t, tx.GrantRole(mentioned.ID, council.RoleCouncil, "granted"))
	list[0].Reach = council.ReachBlocked
	want := []council.Member{mentioned, list[0], list[1], list[2], list[7]}
	if difference := cmp.Diff(want, got(tx.Unreachable(today, 10))(t)); difference != "" {
		t.Errorf("unreachable:\n%s", difference)
	}
	if some := got(tx.Unreachable(today, 2))(t); len(some) != 2 {
		t.Errorf("a page of 2 has %d", len(some))
	}
}
