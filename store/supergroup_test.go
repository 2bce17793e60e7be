package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rembuk/rembuk/council"
)

const oldChat, newChat = -44, -1000044

func TestAGroupThatBecomesASupergroupKeepsItsLife(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Joined(oldChat, "Pokja", noon, noon))
	pokja := group(t, tx, oldChat, 0, council.KindWorkingGroup, council.Living)
	person := people(t, tx, "Sri")[0]
	ok(t, tx.SeenIn(person.ID, oldChat))
	ok(t, tx.SetDialog(Dialog{ChatID: oldChat, MemberID: person.ID, Kind: "task", Step: "date", Data: "{}"}, noon))
	for range 2 { // both service messages tell of it
		ok(t, tx.Migrate(oldChat, newChat))
	}
	moved := pokja
	moved.ChatID = newChat
	if difference := cmp.Diff(moved, got(tx.GroupOf(newChat, 0))(t)); difference != "" {
		t.Errorf("group:\n%s", difference)
	}
	if actor := got(tx.Actor(person))(t); !actor.In(pokja.ID) {
		t.Errorf("the member's groups: %+v", actor.Groups)
	}
	if dialog := got(tx.Dialog(newChat, person.ID))(t); dialog.Step != "date" {
		t.Errorf("dialog: %+v", dialog)
	}
	ok(t, tx.Joined(newChat, "Pokja", noon, noon))
	if leave := got(tx.ToLeave(noon))(t); len(leave) != 0 {
		t.Errorf("a linked group is left: %v", leave)
	}
	for _, table := range []string{"linked_group", "chat", "membership", "dialog"} {
		if left := number(t, tx, `SELECT count(*) FROM `+table+` WHERE chat_id = ?`, oldChat); left != 0 {
			t.Errorf("%s: %d rows left under the old id", table, left)
		}
	}
}

func TestWaitingMessagesMoveToTheSupergroup(t *testing.T) {
	tx := writing(t)
	card := got(tx.Card("T-1", "task", oldChat, 0))(t)
	out := Outgoing{ChatID: oldChat, Kind: KindCard, CardID: card.ID, Payload: Payload{Text: "kartu", Subject: "T-1", About: "task"}}
	ok(t, tx.Queue(out, noon))
	ok(t, tx.Sent(got(tx.Claim(1))(t), 31, noon))
	out.Payload.Text = "kartu baru"
	ok(t, tx.Queue(out, noon))                         // 2: the card again
	ok(t, tx.Queue(message(oldChat, "balasan"), noon)) // 3
	ok(t, tx.run(`UPDATE outbox SET payload = json_set(payload, '$.reply_to', 30) WHERE id = 3`))
	ok(t, tx.Queue(Outgoing{ChatID: oldChat, Kind: KindEdit, Payload: Payload{Text: "halaman 2", MessageID: 29}}, noon)) // 4
	ok(t, tx.Queue(message(5, "orang lain"), noon))                                                                      // 5
	sending := got(tx.Claim(3))(t)
	if sending.Payload.ReplyTo != 30 {
		t.Fatalf("the reply is %+v", sending)
	}

	ok(t, tx.Migrate(oldChat, newChat))
	ok(t, tx.Later(sending, 0, noon))
	reply := got(tx.Claim(3))(t)
	if reply.ChatID != newChat || reply.Payload.ReplyTo != 0 || reply.Payload.Text != "balasan" {
		t.Errorf("the message that told of it is sent as %+v", reply)
	}
	again := got(tx.Claim(2))(t)
	if again.ChatID != newChat || again.MessageID != 0 || again.CardID != card.ID {
		t.Errorf("the card is sent afresh: %+v", again)
	}
	ok(t, tx.Sent(again, 2, noon))
	if moved := got(tx.CardByID(card.ID))(t); moved.ChatID != newChat || moved.MessageID != 2 {
		t.Errorf("card: %+v", moved)
	}
	if _, err := tx.Claim(4); !errors.Is(err, ErrNotFound) {
		t.Errorf("message 29 of the new chat is another one: %v", err)
	}
	if other := got(tx.Claim(5))(t); other.ChatID != 5 {
		t.Errorf("another chat's message goes to %d", other.ChatID)
	}
	for chat, known := range map[int64]bool{oldChat: true, newChat: false} {
		if _, _, err := tx.MessageAbout(chat, 31); (err == nil) != known {
			t.Errorf("message 31 of %d is known: %v", chat, err)
		}
	}
}

func TestACardOnItsWayToTheOldGroupIsSentAfresh(t *testing.T) {
	tx := writing(t)
	card := got(tx.Card("T-1", "task", oldChat, 0))(t)
	ok(t, tx.Queue(Outgoing{ChatID: oldChat, Kind: KindCard, CardID: card.ID}, noon))
	sending := got(tx.Claim(1))(t)
	ok(t, tx.Migrate(oldChat, newChat))
	ok(t, tx.Sent(sending, 31, noon))
	if moved := got(tx.CardByID(card.ID))(t); moved.ChatID != newChat || moved.MessageID != 0 {
		t.Errorf("card: %+v", moved)
	}
}

func TestASupergroupThatWasLinkedAnewJoinsItsOldLink(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Joined(oldChat, "Pokja", noon, noon))
	before := group(t, tx, oldChat, 0, council.KindWorkingGroup, council.Living)
	ok(t, tx.UnlinkGroup(group(t, tx, oldChat, 9, council.KindCommunity, ""), noon))
	ok(t, tx.Joined(newChat, "Pokja", noon, noon))
	now := group(t, tx, newChat, 0, council.KindWorkingGroup, council.Society)
	create := func(in council.Group, to int64) council.Task {
		return got(tx.CreateTask(council.Task{Title: "x", CreatedAt: noon, State: council.TaskNew, GroupID: in.ID, Assignees: council.AssignToGroup(to)}, 0, 0))(t)
	}
	tasks := []council.Task{create(before, before.ID), create(now, now.ID), create(council.Group{}, before.ID)}
	person := people(t, tx, "Sri")[0]
	ok(t, tx.SeenIn(person.ID, oldChat))
	ok(t, tx.SeenIn(person.ID, newChat))
	reminder := council.Reminder{Subject: tasks[0].Reference(), Step: "H-1", Audience: council.ToGroup, GroupID: before.ID, Anchor: noon, Due: noon}
	ok(t, tx.AddReminders([]council.Reminder{reminder}))

	ok(t, tx.Migrate(oldChat, newChat))
	if groups := got(tx.Groups())(t); len(groups) != 1 || groups[0] != now {
		t.Errorf("groups: %+v", groups)
	}
	for _, task := range tasks {
		kept := got(tx.Task(task.Number))(t)
		if kept.GroupID != 0 && kept.GroupID != now.ID || kept.Assignees[0].GroupID != now.ID {
			t.Errorf("%v hangs on %d, assigned to %+v", kept.Reference(), kept.GroupID, kept.Assignees)
		}
	}
	if due := got(tx.DueReminders(noon))(t); len(due) != 1 || due[0].GroupID != now.ID {
		t.Errorf("reminders: %+v", due)
	}
	if leave := got(tx.ToLeave(noon))(t); len(leave) != 0 {
		t.Errorf("to leave: %v", leave)
	}
	if members := got(tx.MembersOf(newChat))(t); len(members) != 1 {
		t.Errorf("members: %+v", members)
	}
}

// What of reminders hangs on the old link hangs on the new one. A position that
// both have is one, with everybody who is in it.
func TestRemindersAndPositionsOfAGroupFollowItsLink(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Joined(oldChat, "Pokja", noon, noon))
	before := group(t, tx, oldChat, 0, council.KindWorkingGroup, council.Living)
	ok(t, tx.Joined(newChat, "Pokja", noon, noon))
	now := group(t, tx, newChat, 0, council.KindWorkingGroup, council.Living)
	list := people(t, tx, "Sri", "Baso", "Yuliana")
	asked := got(tx.CreateOwnReminder(council.OwnReminder{MemberID: list[0].ID, GroupID: before.ID, Text: "rapat", Next: noon, CreatedAt: noon}))(t)
	ok(t, tx.SetQuietTimes(Hearer{GroupID: before.ID}, []council.QuietTime{{From: 720, Until: 780}, {From: 900, Until: 930}}))
	ok(t, tx.SetQuietTimes(Hearer{GroupID: now.ID}, []council.QuietTime{{From: 720, Until: 780}}))
	both := council.Position{Kind: council.PositionInCharge, GroupID: before.ID}
	head := got(tx.Position(council.Position{Kind: council.PositionOfficeHead, Title: "Kepala DLH", GroupID: before.ID}))(t)
	hold(t, tx, got(tx.Position(both))(t), council.Holding{MemberID: list[0].ID})
	hold(t, tx, got(tx.Position(both))(t), council.Holding{MemberID: list[1].ID})
	both.GroupID = now.ID
	hold(t, tx, got(tx.Position(both))(t), council.Holding{MemberID: list[1].ID})
	hold(t, tx, head, council.Holding{MemberID: list[2].ID})
	other := got(tx.Position(council.Position{Kind: council.PositionOfficeHead, Title: "Kepala Bappeda", GroupID: now.ID}))(t)
	hold(t, tx, other, council.Holding{MemberID: list[0].ID})

	ok(t, tx.Migrate(oldChat, newChat))
	if waiting := got(tx.GroupReminders(now.ID))(t); len(waiting) != 1 || waiting[0].Number != asked.Number {
		t.Errorf("asked for: %+v", waiting)
	}
	if due := got(tx.DueReminders(noon))(t); len(due) != 1 || due[0].GroupID != now.ID {
		t.Errorf("due: %+v", due)
	}
	if quiet := got(tx.QuietTimes(Hearer{GroupID: now.ID}))(t); len(quiet) != 2 || len(got(tx.QuietTimes(Hearer{GroupID: before.ID}))(t)) != 0 {
		t.Errorf("quiet times: %+v", quiet)
	}
	in := map[string][]int64{}
	for _, position := range got(tx.Positions())(t) {
		for _, holding := range got(tx.Holdings(position.ID, today))(t) {
			in[string(position.Kind)+" "+position.Title] = append(in[string(position.Kind)+" "+position.Title], holding.MemberID)
		}
		if position.GroupID != now.ID {
			t.Errorf("left behind: %+v", position)
		}
	}
	want := map[string][]int64{"in_charge ": {list[1].ID, list[0].ID}, "office_head Kepala DLH": {list[2].ID}, "office_head Kepala Bappeda": {list[0].ID}}
	if difference := cmp.Diff(want, in, cmpopts.SortSlices(func(a, b int64) bool { return a < b })); difference != "" {
		t.Errorf("people in positions:\n%s", difference)
	}
}

func TestALinkedSupergroupIsNotLeftForItsOldIdsSake(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Joined(oldChat, "Pokja", noon, noon))
	ok(t, tx.Joined(newChat, "Pokja", noon, noon))
	group(t, tx, newChat, 0, council.KindWorkingGroup, council.Living)
	ok(t, tx.Migrate(oldChat, newChat))
	if leave := got(tx.ToLeave(noon))(t); len(leave) != 0 {
		t.Errorf("to leave: %v", leave)
	}
	ok(t, tx.Joined(-7, "Lain", noon, noon))
	ok(t, tx.Migrate(-7, -70))
	if leave := got(tx.ToLeave(noon))(t); len(leave) != 1 || leave[0] != -70 {
		t.Errorf("one that nobody linked is still left: %v", leave)
	}
}
