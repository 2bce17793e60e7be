package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func open(t *testing.T, tx *Tx) []Queued {
	t.Helper()
	return got(tx.OpenOutbox())(t)
}

// texts lists what waits to be said.
func texts(t *testing.T, tx *Tx) []string {
	t.Helper()
	return got(all(tx, scalar[string], `SELECT payload ->> '$.text' FROM outbox WHERE state = 'queued' ORDER BY id`))(t)
}

func state(t *testing.T, tx *Tx, id int64) string {
	t.Helper()
	return got(one(tx, scalar[string], `SELECT state || ' ' || reason FROM outbox WHERE id = ?`, id))(t)
}

func TestWhatIsQueuedIsClaimedAsItWas(t *testing.T) {
	tx := writing(t)
	out := Outgoing{
		ChatID: -100, ThreadID: 5, Kind: KindMessage, Priority: PriorityReminder, NotBefore: noon.Add(time.Minute),
		Payload: Payload{
			Text: "Yth. Ibu Ramlah — T-12 🙏", Buttons: [][]Button{{{Text: "Siap", Data: "1:a:12"}, {Text: "Buka", URL: "https://t.me/x"}}},
			ReplyTo: 44, ForceReply: true, Placeholder: "tanggal", Subject: "T-12", About: "notice", Silent: true, Language: "id", Scope: "chat",
		},
	}
	ok(t, tx.Queue(out, noon))
	want := []Queued{{ID: 1, ChatID: -100, Kind: KindMessage, Priority: PriorityReminder, NotBefore: noon.Add(time.Minute), Messages: 1}}
	if difference := cmp.Diff(want, open(t, tx)); difference != "" {
		t.Errorf("open:\n%s", difference)
	}
	if difference := cmp.Diff(want, announcing(tx)); difference != "" {
		t.Errorf("announced:\n%s", difference)
	}
	out.ID, out.NotBefore = 1, time.Time{}
	if difference := cmp.Diff(out, got(tx.Claim(1))(t)); difference != "" {
		t.Errorf("claimed:\n%s", difference)
	}
	if _, err := tx.Claim(1); !errors.Is(err, ErrNotFound) {
		t.Errorf("claimed twice: %v", err)
	}
	if _, err := tx.Claim(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("claimed what is not there: %v", err)
	}
	if len(open(t, tx)) != 0 {
		t.Error("what is being sent is listed as waiting")
	}
}

func TestAnEditKnowsItsMessage(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Queue(Outgoing{ChatID: 1, Kind: KindEdit, Payload: Payload{Text: "halaman 2", MessageID: 31}}, noon))
	if out := got(tx.Claim(1))(t); out.MessageID != 31 {
		t.Errorf("message %d", out.MessageID)
	}
}

func TestAUniqueKeyIsQueuedOnce(t *testing.T) {
	tx := writing(t)
	out := message(1, "ringkasan pagi")
	out.UniqueKey = "digest:7:2026-06-01"
	ok(t, tx.Queue(out, noon))
	ok(t, tx.Queue(out, noon))
	if len(open(t, tx)) != 1 || len(tx.queued) != 1 {
		t.Errorf("%d rows, %d announced", len(open(t, tx)), len(tx.queued))
	}
	ok(t, tx.Sent(got(tx.Claim(1))(t), 5, noon))
	ok(t, tx.Queue(out, noon))
	if rows := open(t, tx); len(rows) != 0 {
		t.Errorf("what was sent was queued again: %+v", rows)
	}
	ok(t, tx.Queue(message(1, "a"), noon))
	ok(t, tx.Queue(message(1, "a"), noon))
	if rows := open(t, tx); len(rows) != 2 {
		t.Errorf("without a key nothing is the same: %+v", rows)
	}
}

func TestTheListOfWhatWaitsTellsPriorities(t *testing.T) {
	tx := writing(t)
	for _, priority := range []Priority{PriorityBroadcast, PriorityPress, PriorityReminder, PriorityAnswer} {
		ok(t, tx.Queue(Outgoing{ChatID: 9, Kind: KindAnswer, Priority: priority, Payload: Payload{PressID: "p"}}, noon))
	}
	var order []Priority
	for _, row := range open(t, tx) {
		order = append(order, row.Priority)
		if !row.NotBefore.IsZero() {
			t.Errorf("row %d waits until %v", row.ID, row.NotBefore)
		}
	}
	if difference := cmp.Diff([]Priority{3, 0, 2, 1}, order); difference != "" {
		t.Errorf("oldest first, each with its priority:\n%s", difference)
	}
}

func TestAnUnsentCardIsOvertakenByItsNewerFace(t *testing.T) {
	tx := writing(t)
	card := got(tx.Card("T-1", "task", -5, 0))(t)
	other := got(tx.Card("T-2", "task", -5, 0))(t)
	face := func(card Card, text string) Outgoing {
		return Outgoing{ChatID: -5, Kind: KindCard, CardID: card.ID, Payload: Payload{Text: text}}
	}
	for _, out := range []Outgoing{face(card, "Baru"), face(other, "lain"), face(card, "Dikerjakan")} {
		ok(t, tx.Queue(out, noon))
	}
	if difference := cmp.Diff([]string{"Dikerjakan", "lain"}, texts(t, tx)); difference != "" {
		t.Errorf("waiting:\n%s", difference)
	}
	sending := got(tx.Claim(1))(t)
	ok(t, tx.Queue(face(card, "Selesai"), noon))
	if difference := cmp.Diff([]string{"lain", "Selesai"}, texts(t, tx)); difference != "" {
		t.Errorf("what is on its way is not changed:\n%s", difference)
	}
	ok(t, tx.Sent(sending, 77, noon))
	if next := got(tx.Claim(3))(t); next.MessageID != 77 || next.Payload.Text != "Selesai" {
		t.Errorf("the newer face edits message %d with %q", next.MessageID, next.Payload.Text)
	}
}

func TestACardThatFailsGivesWayToItsNewerFace(t *testing.T) {
	tx := writing(t)
	card := got(tx.Card("T-1", "task", -5, 0))(t)
	face := Outgoing{ChatID: -5, Kind: KindCard, CardID: card.ID, Payload: Payload{Text: "Baru"}}
	ok(t, tx.Queue(face, noon))
	old := got(tx.Claim(1))(t)
	face.Payload.Text = "Dikerjakan"
	ok(t, tx.Queue(face, noon))
	announced := len(tx.queued)
	ok(t, tx.Later(old, 1, noon))
	if got := state(t, tx, 1); got != "sent superseded" {
		t.Errorf("the old face is %q", got)
	}
	if difference := cmp.Diff([]string{"Dikerjakan"}, texts(t, tx)); difference != "" {
		t.Errorf("waiting:\n%s", difference)
	}
	if told := tx.queued[announced:]; len(told) != 1 || told[0].ID != 2 || !told[0].NotBefore.Equal(noon) {
		t.Errorf("of the newer face, which is to leave no sooner than the old one, the sender hears %+v", told)
	}
	if _, broken, err := tx.CountOutbox(noon); err != nil || broken != 1 {
		t.Errorf("a line that broke is counted: %d, %v", broken, err)
	}
}
