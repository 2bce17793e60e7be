package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func album(count int) Outgoing {
	out := Outgoing{ChatID: -100, Kind: KindMessage, Priority: PriorityAnswer, Payload: Payload{Subject: "Q-4", About: "question"}}
	for range count {
		out.Payload.Files = append(out.Payload.Files, File{Kind: "photo", FileID: "AgAC"})
	}
	return out
}

// TestAnAlbumCountsAsItsFiles where the sender hears of it: when it is queued, when
// it is put back, and after a restart.
func TestAnAlbumCountsAsItsFiles(t *testing.T) {
	tx := writing(t)
	for _, count := range []int{0, 1, 5} {
		ok(t, tx.Queue(album(count), noon))
	}
	claimed := got(tx.Claim(3))(t)
	ok(t, tx.Later(claimed, 0, noon.Add(time.Second)))
	heard := func(rows []Queued) (counts []int) {
		for _, row := range rows {
			counts = append(counts, row.Messages)
		}
		return counts
	}
	var announced []Queued
	for _, row := range tx.queued {
		announced = append(announced, row.Queued)
	}
	if difference := cmp.Diff([]int{1, 1, 5, 5}, heard(announced)); difference != "" {
		t.Errorf("announced:\n%s", difference)
	}
	if difference := cmp.Diff([]int{1, 1, 5}, heard(got(tx.OpenOutbox())(t))); difference != "" {
		t.Errorf("found after a restart:\n%s", difference)
	}
}

// TestEveryMessageOfAnAlbumIsAboutItsThing, so that a reply to any of them names it.
func TestEveryMessageOfAnAlbumIsAboutItsThing(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Queue(album(3), noon))
	ok(t, tx.Sent(got(tx.Claim(1))(t), 31, noon, 32, 33))
	for _, id := range []int{31, 32, 33} {
		subject, about, err := tx.MessageAbout(-100, id)
		if err != nil || subject != "Q-4" || about != "question" {
			t.Errorf("message %d is about %q as %q: %v", id, subject, about, err)
		}
	}
}

// TestSendInsteadKeepsThePlace of a row whose words and files changed.
func TestSendInsteadKeepsThePlace(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Queue(album(2), noon))
	ok(t, tx.Queue(Outgoing{ChatID: -100, Kind: KindMessage, Payload: Payload{Text: "next"}}, noon))
	out := got(tx.Claim(1))(t)
	out.Payload.Files, out.Payload.Text = nil, "words"
	ok(t, tx.SendInstead(out))
	open := got(tx.OpenOutbox())(t)
	if len(open) != 2 || open[0].ID != 1 || open[0].Messages != 1 {
		t.Fatalf("waiting: %+v", open)
	}
	again := got(tx.Claim(1))(t)
	if again.Payload.Text != "words" || again.Payload.Files != nil || again.Payload.Subject != "Q-4" {
		t.Errorf("it says %+v", again.Payload)
	}
}
