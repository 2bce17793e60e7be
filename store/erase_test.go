package store

import (
	"bytes"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
)

// A mention by @username and the person are one: what was kept under either goes.
func TestErasingForgetsMentionsOfThePersonToo(t *testing.T) {
	tx := writing(t)
	known := got(tx.Seen(42, "Baso Irfandi", "", "id", noon))(t)
	mention := got(tx.Mentioned("baso_contoh"))(t)
	ok(t, tx.Record(council.Event{At: noon, MemberID: mention.ID, Subject: council.TaskReference(1), Kind: council.EventCommented}, "kata lama"))
	got(tx.Seen(42, "Baso Irfandi", "baso_contoh", "id", noon))(t)
	known = got(tx.Member(known.ID))(t)
	got(tx.Erase(Erasure{Member: known, Blank: "-", Nameless: "somebody"}))(t)
	if words := number(t, tx, `SELECT count(*) FROM words`); words != 0 {
		t.Errorf("%d words are left", words)
	}
	if named := number(t, tx, `SELECT count(*) FROM member WHERE name <> '' OR username <> '' OR folded <> '' OR telegram_id IS NOT NULL`); named != 0 {
		t.Errorf("%d rows say who it was", named)
	}
	again, bound, err := tx.Appeared(42, "baso_contoh", "id", noon)
	ok(t, err)
	if again.ID == known.ID || again.ID == mention.ID || bound || again.Name != "" {
		t.Errorf("who comes back is %+v, bound %v", again, bound)
	}
}

// Reasons of what was decided for the city stay; comments go.
func TestErasingKeepsReasonsOfDecisions(t *testing.T) {
	tx := writing(t)
	member := people(t, tx, "Lukas")[0]
	for kind, words := range map[council.EventKind]string{council.EventDecided: "anggaran", council.EventCommented: "kata", council.EventObstacle: "rusak", council.EventSentBack: "kabur"} {
		ok(t, tx.Record(council.Event{At: noon, MemberID: member.ID, Subject: council.TaskReference(1), Kind: kind}, words))
	}
	got(tx.Erase(Erasure{Member: member, Blank: "-", Nameless: "somebody"}))(t)
	kept := got(all(tx, scalar[string], `SELECT text FROM words ORDER BY text`))(t)
	if !slices.Equal(kept, []string{"anggaran", "kabur"}) {
		t.Errorf("kept %q", kept)
	}
	if events := number(t, tx, `SELECT count(*) FROM event WHERE member_id = `+"0"); events != 0 {
		t.Errorf("%d events were changed", events)
	}
}

// Once a last word is said nothing tells to whom, however it ended.
func TestALastWordTellsAfterwardsToNobody(t *testing.T) {
	tx := writing(t)
	for about, end := range map[string]func(Outgoing) error{
		"sent":  func(out Outgoing) error { return tx.Sent(out, 7, noon) },
		"never": func(out Outgoing) error { return tx.Never(out.ID, "blocked", noon) },
		"gone":  func(out Outgoing) error { ok(t, tx.Later(out, 0, noon)); return tx.DropQueued(42, "gone", noon) },
	} {
		out := message(42, "Selesai")
		out.UniqueKey = LastWord(about)
		ok(t, tx.Queue(out, noon))
		open := got(tx.OpenOutbox())(t)
		claimed := got(tx.Claim(open[len(open)-1].ID))(t)
		if waits := got(tx.OpenLastWords())(t); !waits {
			t.Errorf("%s: nothing waits", about)
		}
		ok(t, end(claimed))
		if left := number(t, tx, `SELECT count(*) FROM outbox WHERE chat_id = 42 OR payload <> ''`); left != 0 {
			t.Errorf("%s: %d rows tell to whom it was said", about, left)
		}
	}
	if waits := got(tx.OpenLastWords())(t); waits {
		t.Error("something waits still")
	}
}

// What was deleted stands in neither file of the database after Compact, while others
// hold it open.
func TestCompactTakesWhatWasErasedOutOfTheFiles(t *testing.T) {
	s := openStore(t)
	secret := []byte("kuncimerak")
	ok(t, s.Update(t.Context(), func(tx *Tx) error {
		for i := range int64(200) {
			if err := tx.Record(council.Event{At: noon, MemberID: i%2 + 1, Subject: council.TaskReference(i), Kind: council.EventCommented}, string(bytes.Repeat(secret, int(i)))); err != nil {
				return err
			}
		}
		return nil
	}))
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.run(`DELETE FROM words`) }))
	ok(t, s.Compact(t.Context()))
	for _, path := range []string{s.path, s.path + "-wal"} {
		if content, err := os.ReadFile(path); err == nil && bytes.Contains(content, secret) {
			t.Errorf("%s holds it still", path)
		}
	}
	ok(t, s.Update(t.Context(), set("after"))) // the writer goes on
}

func TestWhoIsForgottenForNotBeingHeardOf(t *testing.T) {
	since := noon.Add(48 * time.Hour)
	day := council.DayOf(since, time.UTC)
	tests := map[string]struct {
		keep func(*Tx, council.Member) error
		gone bool
	}{
		"nothing since":         {func(*Tx, council.Member) error { return nil }, true},
		"a role":                {func(tx *Tx, m council.Member) error { return tx.GrantRole(m.ID, council.RoleCouncil, "granted") }, false},
		"a chat linked to none": {func(tx *Tx, m council.Member) error { return tx.SeenIn(m.ID, -77) }, true},
		"heard since, of which there is no event": {func(tx *Tx, m council.Member) error { return tx.Heard(m.ID, since) }, false},
		"asked by name every week": {func(tx *Tx, m council.Member) error {
			_, err := tx.CreatePrompt(council.Prompt{Text: "Siap?", Kind: council.AnswerText, State: council.PromptWaiting, CreatedBy: people(t, tx, "Sitti")[0].ID, CreatedAt: noon, Targets: []council.Target{{MemberID: m.ID}}})
			return err
		}, false},
		"invited to a meeting": {func(tx *Tx, m council.Member) error {
			_, err := tx.CreateMeeting(council.Meeting{Title: "rapat", State: council.MeetingPlanned, Starts: since.AddDate(0, 0, 9), Length: time.Hour, CreatedAt: noon, People: []int64{m.ID}}, 0, 0)
			return err
		}, false},
		"minutes to write still": {func(tx *Tx, m council.Member) error {
			_, err := tx.CreateMeeting(council.Meeting{Title: "rapat", State: council.MeetingHeld, Starts: noon, Length: time.Hour, CreatedAt: noon, Scribe: council.Seat{MemberID: m.ID}}, 0, 0)
			return err
		}, false},
		"a reminder of one's own": {func(tx *Tx, m council.Member) error {
			_, err := tx.CreateOwnReminder(council.OwnReminder{MemberID: m.ID, Text: "arisan", CreatedAt: noon, Next: since.AddDate(1, 0, 0)})
			return err
		}, false},
		"an event since": {func(tx *Tx, m council.Member) error {
			return tx.Record(council.Event{At: since, MemberID: m.ID, Subject: council.TaskReference(1), Kind: council.EventCommented}, "")
		}, false},
		"an event before": {func(tx *Tx, m council.Member) error {
			return tx.Record(council.Event{At: noon, MemberID: m.ID, Subject: council.TaskReference(1), Kind: council.EventCommented}, "")
		}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tx := writing(t)
			member := got(tx.Seen(42, "Baso", "", "id", noon))(t)
			ok(t, test.keep(tx, member))
			found := got(tx.LongUnheard(since, day, 10))(t)
			if (len(found) == 1) != test.gone {
				t.Errorf("found %v", found)
			}
		})
	}
}

// What waits to be told to others, what they were asked, and what they wrote for the city
// does not name who is forgotten.
func TestErasingReachesWhatOthersHold(t *testing.T) {
	tx := writing(t)
	member := got(tx.Seen(42, "Baso Irfandi", "baso_contoh", "id", noon))(t)
	other := people(t, tx, "Sitti")[0]
	ok(t, tx.Record(council.Event{At: noon, MemberID: member.ID, Subject: council.TaskReference(1), Kind: council.EventObstacle}, "kendaraan rusak sejak pagi"))
	ok(t, tx.Queue(message(77, "Baso Irfandi, T-1: kendaraan rusak sejak pagi"), noon))
	ok(t, tx.SetDialog(Dialog{ChatID: 77, MemberID: other.ID, Kind: "draft", Step: "title", Data: `{"Title":"Hubungi @baso_contoh"}`}, noon))
	ok(t, tx.KeepUndo(Undo{Subject: "T-1", MemberID: other.ID, ChangedAt: noon}, map[string]string{"Person": "Baso Irfandi"}))
	ok(t, tx.KeepUndo(Undo{Subject: "T-2", MemberID: other.ID, ChangedAt: noon}, map[string]string{"Title": "Foto"}))
	task, err := tx.CreateTask(council.Task{Title: "Antar surat ke Baso Irfandi", CreatedBy: other.ID, CreatedAt: noon, State: council.TaskNew, Version: 1}, 0, 0)
	ok(t, err)
	got(tx.Erase(Erasure{Member: member, Blank: "(erased)", Nameless: "somebody"}))(t)
	for query, want := range map[string]string{
		`SELECT payload ->> '$.text' FROM outbox`: "somebody, T-1: (erased)",
		`SELECT data ->> '$.Title' FROM dialog`:   "Hubungi somebody",
		`SELECT group_concat(subject) FROM undo`:  "T-2",
	} {
		if found := got(one(tx, scalar[string], query))(t); found != want {
			t.Errorf("%s: %q, want %q", query, found, want)
		}
	}
	if kept := got(tx.Task(task.Number))(t); kept.Title != "Antar surat ke somebody" {
		t.Errorf("the task is called %q", kept.Title)
	}
}

// Somebody who said what everybody says takes nothing out of what the bot says to others,
// nor out of what they are writing, nor out of what their buttons do.
func TestErasingLeavesOthersMessagesAsTheyAre(t *testing.T) {
	tx := writing(t)
	member := got(tx.Seen(42, "Baso Irfandi", "task_contoh", "id", noon))(t)
	for _, remark := range []string{"Terima kasih", "siap", "task", "Sudah beres semua"} {
		ok(t, tx.Record(council.Event{At: noon, MemberID: member.ID, Subject: council.TaskReference(1), Kind: council.EventCommented}, remark))
	}
	foreign := message(77, "T-2 · Foto lokasi\nTerima kasih. Sudah beres semua")
	foreign.Payload.Buttons = [][]Button{{{Text: "siap", Data: "task:done:1"}, {Text: "Terima kasih", Data: "task:siap:1"}}}
	ok(t, tx.Queue(foreign, noon))
	form := `{"Title":"Terima kasih","Step":"task","Note":"Sudah beres semua"}`
	ok(t, tx.SetDialog(Dialog{ChatID: 77, MemberID: people(t, tx, "Sitti")[0].ID, Kind: "draft", Step: "title", Data: form}, noon))
	before := got(one(tx, scalar[string], `SELECT payload FROM outbox`))(t)
	got(tx.Erase(Erasure{Member: member, Blank: "(erased)", Nameless: "somebody"}))(t)
	if after := got(one(tx, scalar[string], `SELECT payload FROM outbox`))(t); after != before {
		t.Errorf("the message became %s", after)
	}
	if after := got(one(tx, scalar[string], `SELECT data FROM dialog`))(t); after != form {
		t.Errorf("the form became %s", after)
	}
}
