package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// checked runs check and gives its lines by subject, and whether it failed.
func checked(t *testing.T, config Config, now time.Time) (lines map[string]string, failed bool) {
	t.Helper()
	var output bytes.Buffer
	err := check(t.Context(), config, NewMovableClock(now), &output)
	lines = map[string]string{}
	for line := range strings.Lines(output.String()) {
		parts := regexp.MustCompile(`^(ok|note|wrong) +(\S+) +(\S.*)\n$`).FindStringSubmatch(line)
		if parts == nil {
			t.Fatalf("not a finding: %q", line)
		}
		lines[parts[2]] += parts[1] + ": " + parts[3]
	}
	return lines, err != nil
}

func localTelegram(t *testing.T) (*sim.Server, Config) {
	t.Helper()
	telegram := sim.New(sim.Options{})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	config := usualConfig()
	config.API, config.Token, config.Database = base, telegram.Token(), filepath.Join(t.TempDir(), "rembuk.db")
	return telegram, config
}

func TestCheckBeforeTheFirstStart(t *testing.T) {
	_, config := localTelegram(t)
	lines, failed := checked(t, config, morning)
	if failed {
		t.Error("what is not there yet is no failure")
	}
	for subject, start := range map[string]string{"config": "ok", "database": "note: ", "token": "ok: @rembuk_bot", "groups": "note: none linked", "holidays": "note: 2027", "privacy": "note: nobody is named yet", "updates": "ok"} {
		if !strings.HasPrefix(lines[subject], start) {
			t.Errorf("%s: %q, want %q", subject, lines[subject], start)
		}
	}
	if left := onlyFiles(t, filepath.Dir(config.Database)); len(left) != 0 {
		t.Errorf("check made %v", left)
	}
}

func TestCheckOfADatabaseInUse(t *testing.T) {
	_, config := localTelegram(t)
	addEvents(t, config.Database, 1)
	opened, err := store.Open(t.Context(), config.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	err = opened.Update(t.Context(), func(tx *store.Tx) error {
		for _, group := range []council.Group{{ChatID: -5, Title: "Rahasia", Kind: council.KindCouncil}, {ChatID: -6, Title: "Forum", Kind: council.KindCommunity}} {
			if _, err := tx.LinkGroup(group); err != nil {
				return err
			}
		}
		if _, err := tx.SetGroupReachable(-6, false); err != nil {
			return err
		}
		if _, err := tx.Receive([]store.Received{{UpdateID: 41, ChatID: 1, Raw: `{"secret words":1}`}}, morning); err != nil {
			return err
		}
		if err := tx.SetAside(41, "paid_media", "does not decode"); err != nil {
			return err
		}
		return tx.SetHoliday(store.Holiday{Date: "2027-01-01", Name: "Tahun Baru"})
	})
	if err != nil {
		t.Fatal(err)
	}
	config.Officer = "Dra. Rahmi Tandung"
	lines, failed := checked(t, config, morning)
	want := map[string]string{
		"config":   "ok: database " + config.Database + ", Bot API " + config.API,
		"database": "ok: whole, and this version can open it",
		"privacy":  "ok: Dra. Rahmi Tandung",
		"token":    "ok: @rembuk_bot",
		"groups":   "ok: 2 linked, 1 can be reachednote: group 2 (community) cannot be reached; add the bot to it again",
		"people":   "ok: everybody who has something to do can be written to",
		"holidays": "ok: known up to 2027",
		"updates":  "note: update 41 (paid_media) of 2026-05-12T00:00:00Z was set aside: does not decode; report it with this line",
	}
	if diff := cmp.Diff(want, lines); diff != "" || failed {
		t.Errorf("failed %v\n%s", failed, diff)
	}
	if diff := cmp.Diff([]string{"rembuk.db", "rembuk.db-shm", "rembuk.db-wal"}, onlyFiles(t, filepath.Dir(config.Database))); diff != "" {
		t.Errorf("check left something behind\n%s", diff)
	}
}

// Who cannot be written to is counted, and named to coordinators alone.
func TestCheckCountsWhoCannotBeWrittenTo(t *testing.T) {
	_, config := localTelegram(t)
	addEvents(t, config.Database, 1)
	opened, err := store.Open(t.Context(), config.Database)
	if err != nil {
		t.Fatal(err)
	}
	err = opened.Update(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.LinkGroup(council.Group{ChatID: -5, Title: "Rahasia", Kind: council.KindCouncil}); err != nil {
			return err
		}
		for at, reach := range []council.Reach{council.ReachUnknown, council.ReachBlocked, council.ReachUnknown, council.ReachOpen, council.ReachBlocked} {
			member, err := tx.Seen(int64(900+at), "Baso Irfandi", "", "id", morning)
			if err != nil {
				return err
			}
			chat := int64(-5)
			if at == 4 {
				chat = -77 // nobody has linked it
			}
			if err := errors.Join(tx.SeenIn(member.ID, chat), tx.SetReach(member.ID, reach)); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, opened.Close()); err != nil {
		t.Fatal(err)
	}
	lines, failed := checked(t, config, morning)
	want := "note: 3 who have something to do cannot be written to: 2 never opened a private chat with the bot, 1 blocked it; a coordinator sees who, with the cure, in /status"
	if lines["people"] != want || failed {
		t.Errorf("failed %v, people: %q", failed, lines["people"])
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	cases := []struct {
		name    string
		subject string
		says    string
		spoil   func(*Config)
	}{
		{"no token", "token", "missing", func(c *Config) { c.Token = "" }},
		{"another's token", "token", "refused", func(c *Config) { c.Token = goodToken }},
		{"no Bot API there", "token", "cannot be asked", func(c *Config) { c.API = "http://127.0.0.1:1" }},
		{"damaged database", "database", "restore", func(c *Config) { addEvents(t, c.Database, 400); damage(t, c.Database) }},
		{"another program's database", "database", "not a database of Rembuk", func(c *Config) { c.Database = otherDatabase(t) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, config := localTelegram(t)
			c.spoil(&config)
			lines, failed := checked(t, config, morning)
			if !failed || !strings.HasPrefix(lines[c.subject], "wrong: ") || !strings.Contains(lines[c.subject], c.says) {
				t.Errorf("%v %q", failed, lines[c.subject])
			}
		})
	}
}

// TestCheckNotesSentencesThatFitNoMore: after a new version some of the city's own
// sentences may be about what is there no more.
func TestCheckNotesSentencesThatFitNoMore(t *testing.T) {
	_, config := localTelegram(t)
	opened, err := store.Open(t.Context(), config.Database)
	if err != nil {
		t.Fatal(err)
	}
	keep := func(sentences ...store.OwnSentence) {
		t.Helper()
		if err := opened.Update(t.Context(), func(tx *store.Tx) error {
			for _, sentence := range sentences {
				if err := tx.SetOwnSentence(sentence); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if lines, _ := checked(t, config, morning); lines["sentences"] != "" {
		t.Errorf("without any it says %q", lines["sentences"])
	}
	keep(store.OwnSentence{Key: "dialog.none", Language: "id", Other: "Tabe', belum ada."},
		store.OwnSentence{Key: "task.reply.gone", Language: "id", Other: "Sudah."},
		store.OwnSentence{Key: "task.reply.undone", Language: "id", Other: "{{.Reference}} oleh {{.Officer}}"})
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	lines, failed := checked(t, config, morning)
	if failed {
		t.Error("a sentence that fits no more is no failure")
	}
	for _, part := range []string{"ok: 3 of the city's own, 1 fit", "note: id.task.reply.gone: there is no such sentence", "note: id.task.reply.undone: it has no such value (\".Officer\")", "/kalimat"} {
		if !strings.Contains(lines["sentences"], part) {
			t.Errorf("%q is not said: %s", part, lines["sentences"])
		}
	}
}

func TestCheckNotesThatPrivacyModeIsOff(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		_, _ = answer.Write([]byte(`{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"R","username":"nosy_bot","can_read_all_group_messages":true}}`))
	}))
	t.Cleanup(api.Close)
	_, config := localTelegram(t)
	config.API = api.URL
	lines, failed := checked(t, config, morning)
	if failed || !strings.HasPrefix(lines["token"], "note: @nosy_bot") || !strings.Contains(lines["token"], "/setprivacy") {
		t.Errorf("%v %q", failed, lines["token"])
	}
}

func TestCheckAlive(t *testing.T) {
	config := Config{Database: databaseWith(t, 0)}
	alive := func() string {
		var output bytes.Buffer
		if err := checkAlive(t.Context(), config, &output); err != nil {
			return err.Error()
		}
		return output.String()
	}
	beat := func(at time.Time) {
		opened, err := store.Open(t.Context(), config.Database)
		if err != nil {
			t.Fatal(err)
		}
		if err := opened.Heartbeat(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		if err := opened.Close(); err != nil {
			t.Fatal(err)
		}
	}
	beat(time.Now())
	if got := alive(); !strings.Contains(got, "no copy is running") {
		t.Errorf("a fresh heartbeat without a copy: %q", got)
	}
	lock, err := lockDatabase(t.Context(), config.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	if got := alive(); got != "alive\n" {
		t.Errorf("a copy with a fresh heartbeat: %q", got)
	}
	beat(time.Now().Add(-2 * time.Minute))
	if got := alive(); !strings.Contains(got, "last heartbeat") {
		t.Errorf("a copy that has been silent for two minutes: %q", got)
	}
	if err := os.Remove(config.Database); err != nil {
		t.Fatal(err)
	}
	if got := alive(); !strings.Contains(got, "no such file") {
		t.Errorf("a copy without a database: %q", got)
	}
	if _, err := os.Stat(config.Database); !errors.Is(err, os.ErrNotExist) {
		t.Error("asking made a database")
	}
}

// A copy that begins makes its tables itself: one that was asked for meanwhile and made
// them too ended it.
func TestAskingACopyThatBeginsMakesNoTables(t *testing.T) {
	config := Config{Database: filepath.Join(t.TempDir(), "rembuk.db")}
	if err := os.WriteFile(config.Database, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	lock, err := lockDatabase(t.Context(), config.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	if err := checkAlive(t.Context(), config, io.Discard); err == nil || !strings.Contains(err.Error(), "no heartbeat yet") {
		t.Errorf("a copy that begins: %v", err)
	}
	if content, err := os.ReadFile(config.Database); err != nil || len(content) > 0 {
		t.Errorf("asking wrote %d bytes: %v", len(content), err)
	}
}
