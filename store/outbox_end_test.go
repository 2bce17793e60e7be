package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// claimed queues a message about T-12 and takes it for sending.
func claimed(t *testing.T, tx *Tx, chatID int64) Outgoing {
	t.Helper()
	out := message(chatID, "kata")
	out.Payload.Subject, out.Payload.About = "T-12", "notice"
	ok(t, tx.Queue(out, noon))
	rows := open(t, tx)
	return got(tx.Claim(rows[len(rows)-1].ID))(t)
}

func TestEveryEndOfARow(t *testing.T) {
	tests := map[string]struct {
		end     func(*Tx, Outgoing) error
		state   string
		waits   bool
		about   bool
		unknown int
	}{
		"sent":    {func(tx *Tx, out Outgoing) error { return tx.Sent(out, 31, noon) }, "sent ", false, true, 0},
		"answer":  {func(tx *Tx, out Outgoing) error { return tx.Sent(out, 0, noon) }, "sent ", false, false, 0},
		"later":   {func(tx *Tx, out Outgoing) error { return tx.Later(out, 0, noon.Add(time.Second)) }, "queued ", true, false, 0},
		"broke":   {func(tx *Tx, out Outgoing) error { return tx.Later(out, 1, time.Time{}) }, "queued ", true, false, 1},
		"never":   {func(tx *Tx, out Outgoing) error { return tx.Never(out.ID, "bot was blocked", noon) }, "never bot was blocked", false, false, 0},
		"unknown": {func(tx *Tx, out Outgoing) error { return unknownAfter(tx, out) }, "unknown line broke", false, false, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tx := writing(t)
			out := claimed(t, tx, 5)
			ok(t, test.end(tx, out))
			if got := state(t, tx, out.ID); got != test.state {
				t.Errorf("state %q, want %q", got, test.state)
			}
			if waits := len(open(t, tx)) == 1; waits != test.waits {
				t.Errorf("waits: %v", waits)
			}
			if left := number(t, tx, `SELECT count(*) FROM outbox WHERE payload <> ''`); (left == 1) != test.waits {
				t.Errorf("the words stay exactly as long as the row waits: %d left", left)
			}
			subject, kind, err := tx.MessageAbout(5, 31)
			if known := err == nil && subject == "T-12" && kind == "notice"; known != test.about {
				t.Errorf("message 31 is about %q %q, %v", subject, kind, err)
			}
			due, unknown, err := tx.CountOutbox(noon.Add(time.Second))
			if err != nil || unknown != test.unknown || (due == 1) != test.waits {
				t.Errorf("counted %d due, %d unknown, %v", due, unknown, err)
			}
		})
	}
}

func unknownAfter(tx *Tx, out Outgoing) error {
	if err := tx.Later(out, 1, time.Time{}); err != nil {
		return err
	}
	out, err := tx.Claim(out.ID)
	if err != nil {
		return err
	}
	return tx.Unknown(out.ID, noon)
}

func TestLaterAnnouncesTheRowAgain(t *testing.T) {
	tx := writing(t)
	out := claimed(t, tx, 5)
	tx.queued = nil
	ok(t, tx.Later(out, 1, noon.Add(3*time.Second)))
	want := []Queued{{ID: out.ID, ChatID: 5, Kind: KindMessage, Priority: PriorityAnswer, NotBefore: noon.Add(3 * time.Second), Messages: 1, Again: true}}
	if difference := cmp.Diff(want, announcing(tx)); difference != "" {
		t.Errorf("announced:\n%s", difference)
	}
	if difference := cmp.Diff(want, open(t, tx)); difference != "" {
		t.Errorf("open:\n%s", difference)
	}
	if due, _, err := tx.CountOutbox(noon); err != nil || due != 0 {
		t.Errorf("%d due before its moment, %v", due, err)
	}
	if again := got(tx.Claim(out.ID))(t); again.Attempts != 1 || again.Payload.Text != "kata" {
		t.Errorf("claimed again: %+v", again)
	}
}

func TestWhatHasEndedIsNotQueuedAgain(t *testing.T) {
	tx := writing(t)
	out := claimed(t, tx, 5)
	ok(t, tx.Sent(out, 31, noon))
	tx.queued = nil
	ok(t, tx.Later(out, 1, noon))
	if len(open(t, tx)) != 0 || len(tx.queued) != 0 || state(t, tx, out.ID) != "sent " {
		t.Errorf("open %v, state %q", open(t, tx), state(t, tx, out.ID))
	}
}

func TestWhatWasBeingSentAtAKillIsQueuedWithOneMoreAttempt(t *testing.T) {
	tx := writing(t)
	sending := claimed(t, tx, 5)
	sent := claimed(t, tx, 6)
	ok(t, tx.Sent(sent, 1, noon))
	ok(t, tx.Queue(message(7, "belum"), noon))
	ok(t, tx.Interrupted())
	rows := open(t, tx)
	if len(rows) != 2 || rows[0].ID != sending.ID {
		t.Fatalf("open: %+v", rows)
	}
	if again := got(tx.Claim(sending.ID))(t); again.Attempts != 1 {
		t.Errorf("it has %d attempts, want 1", again.Attempts)
	}
	if untouched := got(tx.Claim(rows[1].ID))(t); untouched.Attempts != 0 {
		t.Errorf("what only waited has %d attempts", untouched.Attempts)
	}
}

func TestDroppingAChatEndsWhatWaitsForItAlone(t *testing.T) {
	tx := writing(t)
	claimed(t, tx, 5)
	for _, chat := range []int64{5, 6, 5} {
		ok(t, tx.Queue(message(chat, "kata"), noon))
	}
	press := message(5, "terima kasih")
	press.Kind = KindAnswer
	ok(t, tx.Queue(press, noon))
	ok(t, tx.DropQueued(5, "blocked", noon))
	states := got(all(tx, scalar[string], `SELECT chat_id || ' ' || state || ' ' || reason || iif(payload = '', ' blank', '') FROM outbox ORDER BY id`))(t)
	want := []string{"5 sending ", "5 never blocked blank", "6 queued ", "5 never blocked blank", "5 queued "}
	if difference := cmp.Diff(want, states); difference != "" {
		t.Errorf("after dropping:\n%s", difference)
	}
}

func TestPruningTheOutboxKeepsWhatIsOpen(t *testing.T) {
	tx := writing(t)
	old, waiting, fresh := claimed(t, tx, 5), claimed(t, tx, 5), claimed(t, tx, 5)
	ok(t, tx.Sent(old, 1, noon))
	ok(t, tx.Later(waiting, 0, time.Time{}))
	ok(t, tx.Sent(fresh, 2, noon.Add(time.Hour)))
	ok(t, tx.PruneOutbox(noon.Add(time.Minute)))
	left := got(all(tx, scalar[int64], `SELECT id FROM outbox ORDER BY id`))(t)
	if difference := cmp.Diff([]int64{waiting.ID, fresh.ID}, left); difference != "" {
		t.Errorf("left:\n%s", difference)
	}
}

func TestAMessageIsAboutWhatWasSaidThereLast(t *testing.T) {
	tx := writing(t)
	out := claimed(t, tx, 5)
	ok(t, tx.Sent(out, 31, noon))
	out.Payload.Subject, out.Payload.About = "E-1", "preview"
	ok(t, tx.Sent(out, 31, noon))
	if subject, kind, err := tx.MessageAbout(5, 31); err != nil || subject != "E-1" || kind != "preview" {
		t.Errorf("about %q %q, %v", subject, kind, err)
	}
	if _, _, err := tx.MessageAbout(6, 31); err != ErrNotFound {
		t.Errorf("another chat's message 31: %v", err)
	}
}

// TestWhatWasGivenUpIsKeptOnce, with how many messages to which chat, and without presses.
func TestWhatWasGivenUpIsKeptOnce(t *testing.T) {
	tx := writing(t)
	if none := got(tx.AddCutOff(noon, 0))(t); none.ID != 0 {
		t.Errorf("where nothing was given up: %+v", none)
	}
	for _, chat := range []int64{-5, 7, -5} {
		ok(t, unknownAfter(tx, claimed(t, tx, chat)))
	}
	press := message(8, "")
	press.Kind = KindAnswer
	ok(t, tx.Queue(press, noon))
	ok(t, unknownAfter(tx, got(tx.Claim(open(t, tx)[0].ID))(t)))
	absence := got(tx.AddCutOff(noon, 0))(t)
	if kept := got(tx.Absence(absence.ID))(t); kept.Cause != council.CauseCutOff || kept.Missed.Messages != 3 {
		t.Errorf("kept: %+v", kept)
	}
	if difference := cmp.Diff([]CutOff{{ChatID: -5, Messages: 2}, {ChatID: 7, Messages: 1}}, got(tx.CutOffToldWith(absence))(t)); difference != "" {
		t.Errorf("told with it:\n%s", difference)
	}
	if again := got(tx.AddCutOff(noon, 0))(t); again.ID != 0 {
		t.Errorf("once more: %+v", again)
	}
	for after, missed := range map[time.Duration]int{0: 0, time.Hour - 1: 0, time.Hour: 1} {
		later := writing(t)
		for _, chat := range []int64{-5, 9} {
			ok(t, unknownAfter(later, claimed(t, later, chat)))
			if chat < 0 {
				got(later.AddCutOff(noon, time.Hour))(t)
			}
		}
		if next := got(later.AddCutOff(noon.Add(after), time.Hour))(t); next.Missed.Messages != missed {
			t.Errorf("another one, %v later, is told as %+v", after, next)
		}
	}
}
