package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/store/storetest"
	"github.com/rembuk/rembuk/vault"
)

// Telegram ids in the city of the fuzz targets.
const (
	fuzzBotID    = 7000000001
	fuzzOwner    = 100000001 // coordinator
	fuzzMember   = 100000002 // of the community
	fuzzStranger = 100000003
	fuzzPokja    = -1000000002001
	fuzzForum    = -1000000002002
)

// fuzzedBot is a bot in a small city that talks to nobody: updates are answered in
// transactions that are taken back, so that each meets the same city.
type fuzzedBot struct{ *Bot }

func newFuzzedBot(f *testing.F) fuzzedBot {
	f.Helper()
	path := filepath.Join(f.TempDir(), "rembuk.db")
	storetest.Empty(f, path)
	opened, err := store.Open(f.Context(), path)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = opened.Close() })
	book, err := locale.Open()
	if err != nil {
		f.Fatal(err)
	}
	morning, err := cron.ParseStandard("0 8 * * *")
	if err != nil {
		f.Fatal(err)
	}
	kept, err := vault.Open(filepath.Join(f.TempDir(), "files"))
	if err != nil {
		f.Fatal(err)
	}
	now := time.Date(2026, 9, 25, 1, 0, 0, 0, time.UTC)
	b := New(Options{
		Store: opened, Vault: kept, Book: book, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Token: "7000000001:x", API: "http://127.0.0.1:1",
		Now: func() time.Time { return now }, City: "Kabupaten Teluk Marannu", Officer: "Dra. Rahmi Tandung", Zone: "Asia/Makassar", Next: morning.Next,
	})
	name := "rembuk_bot"
	b.id.Store(fuzzBotID)
	b.username.Store(&name)
	if err := opened.Update(f.Context(), func(tx *store.Tx) error { return settleFuzzed(tx, now) }); err != nil {
		f.Fatal(err)
	}
	return fuzzedBot{b}
}

// settleFuzzed links groups, knows people in them, and gives them something to speak of.
func settleFuzzed(tx *store.Tx, now time.Time) error {
	var pokja council.Group
	for _, group := range []council.Group{
		{ChatID: fuzzPokja, Title: "Pokja Lingkungan", Kind: council.KindWorkingGroup, Dimension: council.Dimensions[5], Language: locale.Indonesian},
		{ChatID: fuzzForum, Title: "Forum Warga", Kind: council.KindCommunity, Language: locale.Indonesian},
	} {
		linked, err := tx.LinkGroup(group)
		if err != nil {
			return err
		}
		if group.ChatID == fuzzPokja {
			pokja = linked
		}
	}
	owner, err := tx.Seen(fuzzOwner, "Sitti Ramlah", "sitti_contoh", locale.Indonesian, now)
	if err != nil {
		return err
	}
	member, err := tx.Seen(fuzzMember, "Baso Irfandi", "baso_contoh", locale.Indonesian, now)
	if err != nil {
		return err
	}
	due := council.Deadline{At: now.AddDate(0, 0, 9), Zone: "Asia/Makassar"}
	_, taskErr := tx.CreateTask(council.Task{Title: "Rekap tonase bank sampah", GroupID: pokja.ID, CreatedBy: owner.ID, CreatedAt: now, Deadline: due, State: council.TaskNew,
		Assignees: []council.Assignee{{MemberID: owner.ID, State: council.TaskNew}}}, 0, 0)
	_, ideaErr := tx.CreateIdea(council.Idea{SubmitterID: member.ID, Title: "Jadwal truk", Text: "Jadwal truk sampah", State: council.IdeaSubmitted, CreatedAt: now, StateSince: now, ReviewBy: now, DecideBy: now})
	return errors.Join(tx.GrantRole(owner.ID, council.RoleCoordinator, "granted"), tx.SeenIn(owner.ID, fuzzPokja), tx.SeenIn(member.ID, fuzzForum),
		tx.SetReach(owner.ID, council.ReachOpen), tx.SetReach(member.ID, council.ReachOpen), taskErr, ideaErr, tx.SetSetting(store.SettingStrangers, "1"))
}

// errTakenBack ends a transaction of which nothing is to be kept.
var errTakenBack = errors.New("taken back")

// takes lets the bot receive one update and answer it, and holds it to what is true of
// every update: it makes nothing stumble, it is for somebody, it leaves within
// Telegram's bounds, and it takes a moment only.
func (b fuzzedBot) takes(t *testing.T, raw []byte) {
	t.Helper()
	began := time.Now()
	arrived := b.read(raw)
	if !arrived.wanted() || arrived.failure != "" {
		return
	}
	err := b.store.Note(context.Background(), func(tx *store.Tx) error {
		if err := b.answer(tx, arrived); err != nil {
			return err
		}
		leaving, err := tx.TakeQueued(func(store.Queued) bool { return true })
		if err != nil {
			return err
		}
		for _, out := range leaving {
			sound(t, out)
		}
		return errTakenBack
	})
	var fallen *store.PanicError
	switch {
	case errors.As(err, &fallen):
		t.Fatalf("%v\n%s", fallen.Value, fallen.Stack)
	case !errors.Is(err, errTakenBack):
		t.Errorf("the update is not answered: %v", err)
	}
	if took := time.Since(began); took > fuzzPatience {
		t.Errorf("it took %v", took)
	}
}

// fuzzPatience is far above the ten milliseconds an update may take, since fuzzing shares the machine.
const fuzzPatience = 2 * time.Second

// sound expects that what is to be sent fits into what Telegram takes.
func sound(t *testing.T, out store.Outgoing) {
	t.Helper()
	for _, button := range slices.Concat(out.Payload.Buttons...) {
		if len(button.Data) > 64 || strings.TrimSpace(button.Text) == "" {
			t.Errorf("a button %q carries %q", button.Text, button.Data)
		}
	}
	if out.Kind == store.KindMessage && out.ChatID == 0 {
		t.Errorf("a message for nobody: %q", out.Payload.Text)
	}
}

// typed is a message of somebody in a chat, as Telegram writes it.
func typed(chat, person int64, text string) []byte {
	kind := "private"
	if chat < 0 {
		kind = "supergroup"
	}
	message := map[string]any{
		"message_id": 5, "date": 1_790_298_000, "text": text, "chat": map[string]any{"id": chat, "type": kind, "title": "x", "first_name": "x"},
		"from": map[string]any{"id": person, "is_bot": false, "first_name": "Baso", "language_code": "id"},
	}
	if command, _, _ := strings.Cut(text, " "); strings.HasPrefix(text, "/") {
		message["entities"] = []any{map[string]any{"type": "bot_command", "offset": 0, "length": len(command)}}
	}
	raw, err := json.Marshal(map[string]any{"update_id": 9, "message": message})
	if err != nil {
		panic(err) // nothing in it cannot be written
	}
	return raw
}

// FuzzUpdate lets the bot receive any bytes as an update.
func FuzzUpdate(f *testing.F) {
	b := newFuzzedBot(f)
	for _, one := range poison {
		f.Add([]byte(one.update(fuzzMember)))
	}
	f.Add(typed(fuzzPokja, fuzzOwner, "/tugas_baru Rekap tonase tenggat Jumat"))
	f.Fuzz(func(t *testing.T, raw []byte) { b.takes(t, raw) })
}

// FuzzCommand lets a coordinator, a member and a stranger type any command with anything behind it.
func FuzzCommand(f *testing.F) {
	b := newFuzzedBot(f)
	for _, known := range commands() {
		f.Add(commandWord(b.book.In(locale.Indonesian), known.name), "T-1 besok jam 9 untuk Pokja Lingkungan: @baso_contoh, I-1")
	}
	f.Fuzz(func(t *testing.T, word, rest string) {
		text := "/" + word + " " + rest
		for _, from := range [][2]int64{{fuzzPokja, fuzzOwner}, {fuzzOwner, fuzzOwner}, {fuzzForum, fuzzMember}, {fuzzStranger, fuzzStranger}} {
			b.takes(t, typed(from[0], from[1], text))
		}
	})
}

// FuzzPress lets the same people press buttons that carry anything: whoever writes a client of
// their own can press what nobody was offered.
func FuzzPress(f *testing.F) {
	b := newFuzzedBot(f)
	for action := range presses() {
		f.Add(data(action, 1))
		f.Add(data(action, "go", 1, 2, "x"))
	}
	for _, text := range []string{"", ":", "1", "1:", "2:ack:1", "1:ack:-1", "1:ack:99999999999999999999", "1:role:1:coordinator"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data string) {
		for _, from := range [][2]int64{{fuzzPokja, fuzzOwner}, {fuzzForum, fuzzMember}, {fuzzStranger, fuzzStranger}} {
			var pressed map[string]any
			if err := json.Unmarshal(typed(from[0], fuzzBotID, "x"), &pressed); err != nil {
				t.Fatal(err)
			}
			raw, err := json.Marshal(map[string]any{"update_id": 9, "callback_query": map[string]any{"id": "7", "chat_instance": "1", "data": data,
				"from": map[string]any{"id": from[1], "is_bot": false, "first_name": "Baso"}, "message": pressed["message"]}})
			if err != nil {
				t.Fatal(err)
			}
			b.takes(t, raw)
		}
	})
}

// FuzzStart lets people follow links into the private chat that carry anything.
func FuzzStart(f *testing.F) {
	b := newFuzzedBot(f)
	for _, payload := range []string{claimPayload + "x", ideaPayload, profilePayload, erasePayload, myDataPayload, leavePayload, minePayload, tasksPayload, handoverPayload, settingsPayload,
		wordingPayload, "T-1", "t1", "I-1", "P-1", "G-1", "T-9223372036854775808", "T-0", fmt.Sprint(fuzzPokja)} {
		f.Add(payload)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		for _, person := range []int64{fuzzOwner, fuzzMember, fuzzStranger} {
			b.takes(t, typed(person, person, "/start "+payload))
		}
	})
}
