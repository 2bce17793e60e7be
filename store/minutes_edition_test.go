package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// TestAgreedEditionsAreKeptOnce: with what they say, in their order, and never over.
func TestAgreedEditionsAreKeptOnce(t *testing.T) {
	tx := writing(t)
	made, member := aMeeting(t, tx)
	first := council.MinutesEdition{Edition: 1, AgreedBy: member.ID, AgreedAt: noon}
	second := council.MinutesEdition{Edition: 2, AgreedBy: 9, OnBehalf: true, AgreedAt: noon.Add(time.Hour)}
	ok(t, tx.KeepMinutesEdition(made.Number, first, map[string]string{"id": "tonase naik"}))
	ok(t, tx.KeepMinutesEdition(made.Number, second, map[string]string{"id": "tonase turun"}))
	if err := tx.KeepMinutesEdition(made.Number, first, map[string]string{"id": "lain"}); err == nil {
		t.Error("an edition was kept over another")
	}
	if difference := cmp.Diff([]council.MinutesEdition{first, second}, got(tx.MinutesEditions(made.Number))(t)); difference != "" {
		t.Error(difference)
	}
	var said map[string]string
	ok(t, tx.MinutesPapers(made.Number, 1, &said))
	if said["id"] != "tonase naik" {
		t.Errorf("the first edition says %v", said)
	}
	if err := tx.MinutesPapers(made.Number, 3, &said); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

// TestLinesOfMinutesArePutBack: what was ended goes on, what was changed or is gone is as
// it was, and what an agreed edition has ended stays ended.
func TestLinesOfMinutesArePutBack(t *testing.T) {
	tx := writing(t)
	made, _ := aMeeting(t, tx)
	line := func(text string, from int) council.Minute {
		return got(tx.AddMinute(made.Number, council.Minute{Kind: council.MinuteNote, Text: text, From: from, By: 1, At: noon}))(t)
	}
	agreed, fresh, reworded, ended := line("disetujui", 1), line("baru", 2), line("lama", 2), line("dahulu", 1)
	ok(t, tx.EndMinute(made.Number, ended.ID, 1))
	ok(t, tx.EndMinute(made.Number, agreed.ID, 2))
	ok(t, tx.EndMinute(made.Number, fresh.ID, 2))
	changed := reworded
	changed.Text = "lain"
	ok(t, tx.SaveMinute(made.Number, changed, 2))
	for _, before := range []council.Minute{agreed, fresh, reworded} {
		ok(t, tx.PutBackMinute(made.Number, before, 2))
	}
	if difference := cmp.Diff([]council.Minute{agreed, fresh, reworded}, got(tx.MinuteLines(made.Number))(t)); difference != "" {
		t.Error(difference)
	}
}

// TestTopicsFollowTheirGroup: the place from which a topic was proposed has another number
// in a supergroup, and the message there is none any more.
func TestTopicsFollowTheirGroup(t *testing.T) {
	tx := writing(t)
	made, member := aMeeting(t, tx)
	topic := got(tx.AddTopic(made.Number, council.Topic{Text: "truk", State: council.TopicProposed, ProposedBy: member.ID, At: noon,
		From: council.Place{ChatID: oldChat, MessageID: 5}}))(t)
	ok(t, tx.Migrate(oldChat, newChat))
	topic.From = council.Place{ChatID: newChat}
	if difference := cmp.Diff(topic, got(tx.Topic(made.Number, topic.ID))(t)); difference != "" {
		t.Error(difference)
	}
	decided := topic.Decide(council.TopicOnAgenda, 4, noon.Add(time.Minute))
	ok(t, tx.SaveTopic(made.Number, decided))
	decided.Position = 1
	if difference := cmp.Diff([]council.Topic{decided}, got(tx.Topics(made.Number))(t)); difference != "" {
		t.Error(difference)
	}
}
