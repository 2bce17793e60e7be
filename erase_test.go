package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// walkedCity is a story that was performed on a database of its own, with the program
// still running.
type walkedCity struct {
	host     *Hosted
	telegram *sim.Server
	folder   string
	database string
	stage    *story.Stage
}

// performed plays a story, up to the line that begins with until ("": all of it), and
// leaves the program running.
func performed(t *testing.T, name, until string) walkedCity {
	t.Helper()
	script, zone := readStory(t, "testdata/stories/"+name+".txtar")
	if until != "" {
		at := slices.IndexFunc(script.Steps, func(step story.Step) bool { return strings.Contains(fmt.Sprint(step), until) })
		if at < 0 {
			t.Fatalf("no line of %s has %q", name, until)
		}
		script.Steps = script.Steps[:at]
	}
	begins, err := script.Begins(zone)
	if err != nil {
		t.Fatal(err)
	}
	clock := NewMovableClock(begins)
	telegram := sim.New(sim.Options{Now: clock.Now})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	city := walkedCity{telegram: telegram, folder: t.TempDir(), stage: story.NewStage(script, telegram, zone)}
	city.database = filepath.Join(city.folder, "rembuk.db")
	config := storyConfig(script, zone, city.stage.Owners())
	config.LogLevel = slog.LevelWarn
	config.API, config.Token, config.Database = base, telegram.Token(), city.database
	output := &keptOutput{}
	city.host = NewHosted(config, clock, telegram, output)
	t.Cleanup(func() {
		if err := city.host.Kill(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log(output.String())
		}
	})
	if err := city.stage.Perform(t.Context(), city.host); err != nil {
		t.Fatal(err)
	}
	return city
}

// settled waits until what was erased is out of the files, and nothing waits to be said
// to whoever was forgotten.
func (c walkedCity) settled(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	db := c.open(t)
	for {
		open := 0
		err := db.QueryRowContext(ctx, `SELECT count(*) FROM outbox WHERE ended_at IS NULL AND (kind IN ('compact', 'forget') OR unique_key GLOB 'last word *')`).Scan(&open)
		if err == nil && open == 0 {
			return
		}
		if wait := nap(ctx, 20*time.Millisecond); wait != nil {
			t.Fatalf("%d rows wait still, %v", open, err)
		}
	}
}

func (c walkedCity) open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+c.database+"?mode=ro&_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// everyValue gives every value of every table, by "table.column".
func everyValue(t *testing.T, db *sql.DB) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, name := range texts(t, db, `SELECT m.name || '.' || c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'`) {
		table, column, _ := strings.Cut(name, ".")
		found[name] = texts(t, db, fmt.Sprintf(`SELECT coalesce(CAST("%s" AS TEXT), '') FROM "%s"`, column, table))
	}
	return found
}

func texts(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	return list
}

// tracesIn lists where one of the words stands in a city: in which column of which
// table, and in which file.
func (c walkedCity) tracesIn(t *testing.T, words ...string) []string {
	t.Helper()
	var found []string
	holds := func(text string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(word)) })
	}
	for column, values := range everyValue(t, c.open(t)) {
		for _, value := range values {
			if holds(value) {
				found = append(found, column+": "+value)
			}
		}
	}
	err := filepath.WalkDir(c.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for _, word := range words {
			for _, form := range []string{word, strings.ToLower(word)} {
				if at := bytes.Index(content, []byte(form)); at >= 0 {
					found = append(found, fmt.Sprintf("%s holds %q: %q", filepath.Base(path), form, content[max(0, at-40):min(len(content), at+60)]))
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

// telegramID finds a person's id in the local Telegram.
func (c walkedCity) telegramID(t *testing.T, name string) int64 {
	t.Helper()
	for _, person := range c.telegram.People() {
		if strings.Contains(person.FirstName, name) {
			return person.ID
		}
	}
	t.Fatalf("nobody is called %s", name)
	return 0
}

// lastIn finds the newest message of the bot to a person for which something holds.
func (c walkedCity) lastIn(t *testing.T, person int64, holds func(sim.Shown) bool) sim.Shown {
	t.Helper()
	for _, message := range slices.Backward(c.telegram.Messages(person)) {
		if message.Bot && holds(message) {
			return message
		}
	}
	t.Fatal("the bot has said no such thing")
	return sim.Shown{}
}

// everythingOf are the words by which a trace of the one who is forgotten is known.
func (c walkedCity) everythingOf(t *testing.T) []string {
	return []string{"kuncimerak", "Zulfadhli", "Markazwan", "zulmarka", fmt.Sprint(c.telegramID(t, "Zulfadhli"))}
}

// The story lets somebody do everything there is to do with words that nobody else
// says, and then be forgotten. No table, no file of the database, no content of the
// vault holds a word, a name or a number of that person any more.
func TestNothingIsLeftOfAPerson(t *testing.T) {
	t.Parallel()
	city := performed(t, "erase_everywhere", "")
	city.settled(t)
	for _, trace := range city.tracesIn(t, city.everythingOf(t)...) {
		t.Error(trace)
	}
	if kept := city.tracesIn(t, "tonase bank sampah bulan Mei"); len(kept) == 0 {
		t.Error("the verified evidence is gone as well")
	}
	if kept := city.tracesIn(t, "Rekap tonase"); len(kept) == 0 {
		t.Error("the task that was done is gone as well")
	}
}

// Killed as soon as the erasing is committed, the next start takes out of vault and
// database file what was to be taken out.
func TestWhatIsErasedIsGoneAfterAKill(t *testing.T) {
	city := performed(t, "erase_everywhere", "Ya, hapus data saya")
	person := city.telegramID(t, "Zulfadhli")
	preview := city.lastIn(t, person, func(message sim.Shown) bool { return len(message.Buttons) > 0 })
	db := city.open(t)
	if _, err := city.telegram.Press(person, preview.ID, person, "Ya, hapus data saya"); err != nil {
		t.Fatal(err)
	}
	for len(texts(t, db, `SELECT how FROM privacy_request WHERE kind = 'erasure' AND how = 'done'`)) == 0 {
		if err := nap(t.Context(), time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if err := city.host.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := city.host.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	city.settled(t)
	for _, trace := range city.tracesIn(t, city.everythingOf(t)...) {
		t.Error(trace)
	}
}

// The file that a person is sent holds what the person gave and did, with the trail, and
// nobody else's name, id or words.
func TestOnesDataAreAllInTheFileAndNobodyElses(t *testing.T) {
	city := performed(t, "erase_everywhere", "/hapus_data")
	person := city.telegramID(t, "Zulfadhli")
	city.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/data_saya"})
	if err := city.host.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent := city.lastIn(t, person, func(message sim.Shown) bool { return message.Document != nil })
	text := string(sent.Document.Bytes)
	for _, part := range []string{"Zulfadhli Markazwan", "zulmarka", fmt.Sprint(person), "Kuncimerak", "taman baca di tiap kelurahan", "manfaatnya untuk anak",
		"kapan jalan lingkar dibuka", "ada dua belas", "kurang kendaraan", "kuncimerak.pdf", "kuncimerak_lain.pdf", "catatan panjang tentang nasabah",
		"kamera rusak", "sedang dihitung", "ke luar kota", "jadwal truk", "telepon camat", "2026-05-20", "20.00–06.00", "Rekap tonase", "Foto lokasi",
		"I-2", "A-1", "H-1", "JEJAK PEMROSESAN"} {
		if !strings.Contains(text, part) {
			t.Errorf("the file does not hold %q", part)
		}
	}
	for _, other := range []string{"Sitti", "Ramlah", "Yuliana", "Tasik", "Lukas", "Rante", "sitti_contoh", "yuliana_contoh", "Berapa bank sampah", "Jalur sepeda"} {
		if strings.Contains(text, other) {
			t.Errorf("the file holds %q, which is somebody else's", other)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// Who is in no group and was not heard of for longer than is configured is forgotten in
// the night after; who is in a group stays.
func TestRetentionForgetsWhoIsGoneForLong(t *testing.T) {
	city := performed(t, "my_data", "")
	left, db := city.host.Now(), city.open(t)
	looked := func() []string { return texts(t, db, `SELECT value FROM setting WHERE key = 'retention'`) }
	known := func() string {
		return strings.Join(texts(t, db, `SELECT name FROM member WHERE name <> '' ORDER BY name`), ", ")
	}
	for _, night := range []struct {
		months int
		known  string
	}{{23, "Baso Irfandi, Hasnah, Sitti Ramlah"}, {25, "Baso Irfandi, Sitti Ramlah"}} {
		before := looked()
		city.host.Set(left.AddDate(0, night.months, 0))
		for slices.Equal(looked(), before) {
			if err := nap(t.Context(), 5*time.Millisecond); err != nil {
				t.Fatal(err)
			}
		}
		if now := known(); now != night.known {
			t.Errorf("after %d months there are %s, want %s", night.months, now, night.known)
		}
	}
	city.settled(t)
	for _, trace := range city.tracesIn(t, "Hasnah", fmt.Sprint(city.telegramID(t, "Hasnah"))) {
		t.Error(trace)
	}
}
