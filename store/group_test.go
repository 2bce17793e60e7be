package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestALinkCanBeChangedAndUndone(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Joined(-1, "Grup", noon, noon.Add(24*time.Hour)))
	pokja := group(t, tx, -1, 0, council.KindWorkingGroup, council.Environment)
	want := council.Group{ID: pokja.ID, ChatID: -1, Title: "Grup", Kind: council.KindWorkingGroup, Dimension: council.Environment, Language: "id", Reachable: true}
	if difference := cmp.Diff(want, pokja); difference != "" {
		t.Errorf("linked:\n%s", difference)
	}
	ok(t, tx.SetGroupLanguage(pokja.ID, "en"))
	want.Kind, want.Dimension, want.Language = council.KindCouncil, "", "en"
	if difference := cmp.Diff(want, group(t, tx, -1, 0, council.KindCouncil, "")); difference != "" {
		t.Errorf("linked as something else:\n%s", difference)
	}
	if difference := cmp.Diff(want, got(tx.Group(pokja.ID))(t)); difference != "" {
		t.Errorf("kept:\n%s", difference)
	}
	ok(t, tx.UnlinkGroup(want, noon))
	for name, err := range map[string]error{"Group": second(tx.Group(pokja.ID)), "GroupOf": second(tx.GroupOf(-1, 0))} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s finds an unlinked group: %v", name, err)
		}
	}
	if again := group(t, tx, -1, 0, council.KindCommunity, ""); again.ID != pokja.ID {
		t.Errorf("linked again it is %d, was %d", again.ID, pokja.ID)
	}
}

func second[T any](_ T, err error) error { return err }

func TestAPlaceBelongsToItsTopicsGroupElseToTheChats(t *testing.T) {
	tx := writing(t)
	topic := group(t, tx, -1, 5, council.KindWorkingGroup, council.Living)
	if _, err := tx.GroupOf(-1, 6); !errors.Is(err, ErrNotFound) {
		t.Errorf("another topic: %v", err)
	}
	whole := group(t, tx, -1, 0, council.KindCouncil, "")
	other := group(t, tx, -2, 0, council.KindWorkingGroup, council.Living)
	for place, want := range map[[2]int]council.Group{{-1, 5}: topic, {-1, 6}: whole, {-1, 0}: whole, {-2, 9}: other} {
		if found := got(tx.GroupOf(int64(place[0]), place[1]))(t); found != want {
			t.Errorf("%v is %+v", place, found)
		}
	}
	if difference := cmp.Diff([]council.Group{topic, whole, other}, got(tx.Groups())(t)); difference != "" {
		t.Errorf("all groups:\n%s", difference)
	}
	ok(t, tx.UnlinkGroup(topic, noon))
	if found := got(tx.GroupOf(-1, 5))(t); found != whole {
		t.Errorf("with the topic unlinked it is %+v", found)
	}
}

func TestADeletedTopicFallsBackToTheWholeChat(t *testing.T) {
	tests := map[string]struct {
		whole, unlinked bool
	}{"nothing else is linked": {false, false}, "the chat is linked too": {true, false}, "the chat was linked before": {true, true}}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tx := writing(t)
			var whole council.Group
			if test.whole {
				whole = group(t, tx, -1, 0, council.KindCouncil, "")
			}
			if test.unlinked {
				ok(t, tx.UnlinkGroup(whole, noon))
			}
			topic := group(t, tx, -1, 5, council.KindWorkingGroup, council.Living)
			stays := group(t, tx, -1, 6, council.KindWorkingGroup, council.Society)
			ok(t, tx.Queue(Outgoing{ChatID: -1, ThreadID: 5, Kind: KindMessage}, noon))
			ok(t, tx.Queue(Outgoing{ChatID: -1, ThreadID: 6, Kind: KindMessage}, noon))
			ok(t, tx.DropTopic(-1, 5))
			ok(t, tx.DropTopic(-1, 5))
			ok(t, tx.DropTopic(-1, 0))
			if fallen := got(tx.Group(topic.ID))(t); fallen.ThreadID != 0 || fallen.Dimension != council.Living {
				t.Errorf("the group posts at %+v", fallen)
			}
			owner := topic.ID
			if test.whole && !test.unlinked {
				owner = whole.ID
			}
			if found := got(tx.GroupOf(-1, 5))(t); found.ID != owner {
				t.Errorf("what is written there belongs to %d, want %d", found.ID, owner)
			}
			if found := got(tx.GroupOf(-1, 6))(t); found != stays {
				t.Errorf("the other topic is %+v", found)
			}
			if threads := [2]int{got(tx.Claim(1))(t).ThreadID, got(tx.Claim(2))(t).ThreadID}; threads != [2]int{0, 6} {
				t.Errorf("what waits goes to %v", threads)
			}
		})
	}
}

func TestAChatThatNobodyLinksIsLeft(t *testing.T) {
	tx := writing(t)
	day := noon.Add(24 * time.Hour)
	if _, err := tx.NextLeave(); !errors.Is(err, ErrNotFound) {
		t.Errorf("no chat: %v", err)
	}
	ok(t, tx.Joined(-1, "A", noon, day))
	ok(t, tx.Joined(-2, "B", noon, day.Add(time.Hour)))
	expect := func(step string, next time.Time, leave ...int64) {
		t.Helper()
		if at, err := tx.NextLeave(); !next.Equal(at) && !(next.IsZero() && errors.Is(err, ErrNotFound)) {
			t.Errorf("%s: next leave %v, %v", step, at, err)
		}
		if difference := cmp.Diff(leave, got(tx.ToLeave(day))(t)); difference != "" {
			t.Errorf("%s: to leave:\n%s", step, difference)
		}
	}
	expect("joined", day, -1)
	linked := group(t, tx, -1, 0, council.KindCommunity, "")
	expect("linked", day.Add(time.Hour))
	topic := group(t, tx, -1, 4, council.KindCommunity, "")
	ok(t, tx.UnlinkGroup(linked, day))
	expect("one of two links ended", day.Add(time.Hour))
	ok(t, tx.Joined(-1, "A", noon, day))
	expect("joined again while linked", day.Add(time.Hour))
	ok(t, tx.UnlinkGroup(topic, day))
	expect("the other ended too", day, -1)
	ok(t, tx.ForgetChat(-1))
	ok(t, tx.ForgetChat(-2))
	expect("left", time.Time{})
	ok(t, tx.Joined(-2, "B", noon, day))
	expect("joined anew", day, -2)
}

func TestAGroupThatThrewTheBotOut(t *testing.T) {
	tx := writing(t)
	pokja := group(t, tx, -1, 0, council.KindWorkingGroup, council.Living)
	former := group(t, tx, -2, 0, council.KindCommunity, "")
	ok(t, tx.UnlinkGroup(former, noon))
	for i, step := range []struct {
		chatID    int64
		reachable bool
		changes   bool
	}{{-1, true, false}, {-1, false, true}, {-1, false, false}, {-1, true, true}, {-1, false, true}, {-2, false, false}, {-3, false, false}} {
		if changed := got(tx.SetGroupReachable(step.chatID, step.reachable))(t); changed != step.changes {
			t.Errorf("step %d changed: %v", i, changed)
		}
	}
	if marked := got(tx.Group(pokja.ID))(t); marked.Reachable {
		t.Error("the group is not marked")
	}
	if again := group(t, tx, -1, 0, council.KindWorkingGroup, council.Living); !again.Reachable {
		t.Error("linked anew it cannot be reached")
	}
}

func TestAGroupsTitleIsThatOfItsChat(t *testing.T) {
	tx := writing(t)
	pokja := group(t, tx, -1, 5, council.KindWorkingGroup, council.Living)
	ok(t, tx.SetGroupTitle(-1, "Pokja Kehidupan 2026"))
	if renamed := got(tx.Group(pokja.ID))(t); renamed.Title != "Pokja Kehidupan 2026" {
		t.Errorf("title %q", renamed.Title)
	}
}

func TestMembersOfAGroupByName(t *testing.T) {
	tx := writing(t)
	list := people(t, tx, "Sri", "Anwar", "Lain")
	for _, person := range list[:2] {
		ok(t, tx.SeenIn(person.ID, -1))
	}
	ok(t, tx.SeenIn(list[2].ID, -2))
	if difference := cmp.Diff([]council.Member{list[1], list[0]}, got(tx.MembersOf(-1))(t)); difference != "" {
		t.Errorf("members:\n%s", difference)
	}
}
