package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rembuk/rembuk/council"
)

// announced keeps an announcement that went out to a group, whose copy waits.
func announced(t *testing.T, tx *Tx, chatID int64) (council.Announcement, council.Group, Card) {
	t.Helper()
	dewan := group(t, tx, chatID, 0, council.KindCouncil, "")
	a := got(tx.CreateAnnouncement(council.Announcement{Text: "Libur", CreatedBy: 1, CreatedAt: noon, SentAt: noon, State: council.AnnouncementSent,
		To: council.Addressees{Groups: []int64{dewan.ID}}}, 5, 7))(t)
	card := got(tx.Card(a.Reference().String(), "announcement", chatID, 0))(t)
	ok(t, tx.SaveCopy(AnnouncementCopy{Number: a.Number, GroupID: dewan.ID, CardID: card.ID, State: CopyWaiting}))
	ok(t, tx.Queue(Outgoing{ChatID: chatID, Kind: KindCard, CardID: card.ID, First: true, Payload: Payload{Text: "Libur"}}, noon))
	return a, dewan, card
}

func copyOf(t *testing.T, tx *Tx, number int64) AnnouncementCopy {
	t.Helper()
	copies := got(tx.Copies(number))(t)
	if len(copies) != 1 {
		t.Fatalf("copies: %+v", copies)
	}
	return copies[0]
}

func TestAnAnnouncementIsReadBackAsItWasKept(t *testing.T) {
	tx := writing(t)
	to := council.Addressees{Everyone: true, Kinds: []council.GroupKind{council.KindCommunity, council.KindCouncil},
		Dimensions: []council.Dimension{council.Living}, Groups: []int64{4}, Roles: []council.Role{council.RoleLeader}}
	kept := got(tx.CreateAnnouncement(council.Announcement{Text: "Libur", To: to, CreatedBy: 1, CreatedAt: noon, SendAt: noon.Add(time.Hour),
		State: council.AnnouncementScheduled}, 5, 7))(t)
	anyOrder := cmpopts.SortSlices(func(a, b council.GroupKind) bool { return a < b })
	if difference := cmp.Diff(kept, got(tx.Announcement(kept.Number))(t), anyOrder); difference != "" {
		t.Errorf("read back:\n%s", difference)
	}
	changed := kept
	changed.Text, changed.To, changed.State, changed.SentAt, changed.Version = "Masuk", council.Addressees{Roles: []council.Role{council.RoleCouncil}}, council.AnnouncementSent, noon, 2
	ok(t, tx.SaveAnnouncement(changed))
	ok(t, tx.AnnouncementShown(kept.Number, noon))
	changed.ShownAt = noon
	byCommand, untouched, err := tx.AnnouncementByCommand(5, 7)
	ok(t, err)
	if difference := cmp.Diff(changed, byCommand); difference != "" || !untouched {
		t.Errorf("by its command, untouched %v (it only went out):\n%s", untouched, difference)
	}
	changed.Version++
	ok(t, tx.SaveAnnouncement(changed))
	if _, untouched, err = tx.AnnouncementByCommand(5, 7); err != nil || untouched {
		t.Errorf("changed by other means, and untouched: %v", err)
	}
	if _, _, err = tx.AnnouncementByCommand(5, 8); !errors.Is(err, ErrNotFound) {
		t.Errorf("another message: %v", err)
	}
}

func TestACopyIsSettledWhenNothingOfItWaits(t *testing.T) {
	tests := []struct {
		name    string
		end     func(*Tx, Outgoing) error
		state   CopyState
		arrived bool
		settled int
	}{
		{"still under way", func(*Tx, Outgoing) error { return nil }, CopyWaiting, false, 0},
		{"sent", func(tx *Tx, out Outgoing) error { return tx.Sent(out, 31, noon) }, CopyArrived, true, 1},
		{"the line broke twice", func(tx *Tx, out Outgoing) error { return tx.Unknown(out.ID, noon) }, CopyUncertain, false, 1},
		{"refused", func(tx *Tx, out Outgoing) error { return tx.Never(out.ID, "bot was kicked", noon) }, CopyUnreached, false, 1},
		{"once more", func(tx *Tx, out Outgoing) error { return tx.Later(out, 0, noon) }, CopyWaiting, false, 0},
		{"overtaken by a correction", func(tx *Tx, out Outgoing) error {
			return errors.Join(tx.Queue(Outgoing{ChatID: out.ChatID, Kind: KindCard, CardID: out.CardID, Payload: Payload{Text: "Masuk"}}, noon), tx.Sent(out, 31, noon))
		}, CopyWaiting, false, 0},
		{"to be edited, and deleted by somebody", func(tx *Tx, out Outgoing) error { return tx.Never(out.ID, "its message is gone", noon) }, CopyArrived, false, 1},
	}
	for _, test := range tests {
		for _, by := range []string{"card", "chat"} {
			tx := writing(t)
			a, _, card := announced(t, tx, -44)
			ok(t, test.end(tx, got(tx.Claim(1))(t)))
			settle := func() ([]int64, error) { return tx.SettleCopies(card.ID, noon) }
			if by == "chat" {
				settle = func() ([]int64, error) { return tx.SettleCopiesIn(-44, noon) }
			}
			numbers := got(settle())(t)
			if one := copyOf(t, tx, a.Number); one.State != test.state || one.Arrived != test.arrived || len(numbers) != test.settled {
				t.Errorf("%s, by %s: %+v, settled %v", test.name, by, one, numbers)
			}
			if again := got(settle())(t); len(again) != 0 {
				t.Errorf("%s: settled twice", test.name)
			}
		}
	}
}

func TestWhatIsStoppedIsNotSent(t *testing.T) {
	tx := writing(t)
	a, _, card := announced(t, tx, -44)
	if underWay := got(tx.StopCard(card.ID, "taken back", noon))(t); underWay {
		t.Error("what waits is said to be under way")
	}
	if _, err := tx.Claim(1); !errors.Is(err, ErrNotFound) {
		t.Errorf("it can still be taken: %v", err)
	}
	ok(t, tx.Queue(Outgoing{ChatID: -44, Kind: KindCard, CardID: card.ID, Payload: Payload{Text: "lagi"}}, noon))
	got(tx.Claim(2))(t)
	if underWay := got(tx.StopCard(card.ID, "taken back", noon))(t); !underWay {
		t.Error("what is being sent is not said to be under way")
	}
	about := Payload{Subject: a.Reference().String(), About: "files"}
	ok(t, tx.Queue(Outgoing{ChatID: -44, Kind: KindMessage, Payload: about}, noon))                                   // 3
	ok(t, tx.Queue(Outgoing{ChatID: -44, Kind: KindMessage, Payload: Payload{Subject: "A-9", About: "files"}}, noon)) // 4
	got(tx.DropAbout(-44, a.Reference().String(), "files", noon))(t)
	if _, err := tx.Claim(3); !errors.Is(err, ErrNotFound) {
		t.Errorf("the files still go: %v", err)
	}
	got(tx.Claim(4))(t)
}

func TestWhoHasReadAndWhoHasNot(t *testing.T) {
	tx := writing(t)
	a, dewan, card := announced(t, tx, -44)
	persons := people(t, tx, "Ramlah", "Lukas", "Anwar", "Baso")
	author, lukas, anwar, baso := persons[0], persons[1], persons[2], persons[3]
	for _, one := range persons {
		ok(t, tx.SeenIn(one.ID, -44))
	}
	stranger, _, err := tx.Appeared(99, "", "id", noon)
	ok(t, err)
	ok(t, tx.SeenIn(stranger.ID, -44))
	if named, nameless, err := tx.CountNotRead(a.Number, author.ID); err != nil || named+nameless != 0 {
		t.Errorf("nobody can have read what has not arrived: %d %d %v", named, nameless, err)
	}
	ok(t, tx.Sent(got(tx.Claim(1))(t), 31, noon))
	got(tx.SettleCopies(card.ID, noon))(t)
	for turn, fresh := range []bool{true, false} {
		if is := got(tx.ReadAnnouncement(a.Number, lukas.ID, dewan.ID, noon))(t); is != fresh {
			t.Errorf("press %d is new: %v", turn+1, is)
		}
	}
	got(tx.ReadAnnouncement(a.Number, anwar.ID, 0, noon))(t)
	named, nameless, err := tx.CountNotRead(a.Number, author.ID)
	if err != nil || named != 1 || nameless != 1 {
		t.Errorf("not read: %d with a name, %d without; %v", named, nameless, err)
	}
	if left := got(tx.NotRead(a.Number, author.ID, 0, 10))(t); len(left) != 1 || left[0].ID != baso.ID {
		t.Errorf("not read: %+v", left)
	}
	want := []ReaderCount{{0, "", 1}, {dewan.ID, council.KindCouncil, 1}}
	if difference := cmp.Diff(want, got(tx.CountReaders(a.Number))(t)); difference != "" {
		t.Errorf("readers:\n%s", difference)
	}
	if reached := got(tx.AnnouncementsFor(baso.ID, []council.Group{dewan}, 5))(t); len(reached) != 1 {
		t.Errorf("it has reached the group: %+v", reached)
	}
	if reached := got(tx.AnnouncementsFor(baso.ID, nil, 5))(t); len(reached) != 0 {
		t.Errorf("it has not reached the person alone: %+v", reached)
	}
}

func TestAnAnnouncementFollowsItsGroup(t *testing.T) {
	tx := writing(t)
	a, before, card := announced(t, tx, oldChat)
	ok(t, tx.Sent(got(tx.Claim(1))(t), 31, noon))
	got(tx.SettleCopies(card.ID, noon))(t)
	got(tx.ReadAnnouncement(a.Number, 1, before.ID, noon))(t)
	now := group(t, tx, newChat, 0, council.KindCouncil, "") // linked anew before the bot heard of it
	ok(t, tx.Queue(Outgoing{ChatID: oldChat, Kind: KindDelete, CardID: card.ID, First: true, Payload: Payload{MessageID: 31}}, noon))
	ok(t, tx.Queue(Outgoing{ChatID: oldChat, Kind: KindDelete, Payload: Payload{MessageID: 32}}, noon))
	ok(t, tx.Migrate(oldChat, newChat))
	if one := copyOf(t, tx, a.Number); one.GroupID != now.ID || !one.Arrived {
		t.Errorf("copy: %+v", one)
	}
	if to := got(tx.Announcement(a.Number))(t).To; !to.Include(now) {
		t.Errorf("addressees: %+v", to)
	}
	if counts := got(tx.CountReaders(a.Number))(t); len(counts) != 1 || counts[0].GroupID != now.ID {
		t.Errorf("readers: %+v", counts)
	}
	if out := got(tx.Claim(2))(t); out.ChatID != newChat || out.MessageID != 0 {
		t.Errorf("the copy is taken back where it is now: %+v", out)
	}
	if _, err := tx.Claim(3); !errors.Is(err, ErrNotFound) {
		t.Errorf("another message has that number in the supergroup, and would be deleted: %v", err)
	}
}

func TestACardTurnsIntoAnother(t *testing.T) {
	tx := writing(t)
	old := got(tx.Card("A-1", "overview", 5, 0))(t)
	draft := got(tx.Card("draft:1", "draft", 5, 0))(t)
	ok(t, tx.run(`UPDATE card SET message_id = 30 + id`))
	ok(t, tx.TurnCard(draft.ID, "A-1", "overview"))
	cards := got(tx.OfKind("A-1", "overview"))(t)
	if len(cards) != 1 || cards[0].ID != draft.ID || cards[0].MessageID != 30+int(draft.ID) {
		t.Errorf("cards: %+v", cards)
	}
	if subject, kind, err := tx.MessageAbout(5, 30+int(old.ID)); err != nil || subject != "A-1" || kind != "overview" {
		t.Errorf("the former message is about %s (%s), %v", subject, kind, err)
	}
}

func TestWhoIsAnnouncedToByARole(t *testing.T) {
	tx := writing(t)
	group(t, tx, -44, 0, council.KindCouncil, "")
	persons := people(t, tx, "Lukas", "Anwar", "Baso")
	ok(t, tx.SeenIn(persons[0].ID, -44))
	ok(t, tx.GrantRole(persons[0].ID, council.RoleCouncil, "granted"))
	ok(t, tx.GrantRole(persons[1].ID, council.RoleCouncil, "granted"))
	ok(t, tx.GrantRole(persons[2].ID, council.RoleLeader, "granted"))
	var ids []int64
	for _, member := range got(tx.Holding(council.RoleCouncil))(t) {
		ids = append(ids, member.ID)
	}
	if difference := cmp.Diff([]int64{persons[0].ID, persons[1].ID}, ids); difference != "" {
		t.Errorf("council, once each:\n%s", difference)
	}
	if leaders := got(tx.Holding(council.RoleLeader))(t); len(leaders) != 1 {
		t.Errorf("leaders: %+v", leaders)
	}
}
