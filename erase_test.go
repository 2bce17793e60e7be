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

// performed plays a story and leaves the program running.
func performed(t *testing.T, name string, settings map[string]string) walkedCity {
	t.Helper()
	script, zone := readStory(t, "testdata/stories/"+name+".txtar")
	for key, value := range settings {
		script.Settings[key] = value
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
func (c walkedCity) telegramID(t *testing.T, name string) string {
	t.Helper()
	for _, person := range c.telegram.People() {
		if strings.Contains(person.FirstName, name) {
			return fmt.Sprint(person.ID)
		}
	}
	t.Fatalf("nobody is called %s", name)
	return ""
}

// The story lets somebody do everything there is to do with words that nobody else
// says, and then be forgotten. No table, no file of the database, no content of the
// vault holds a word, a name or a number of that person any more.
func TestNothingIsLeftOfAPerson(t *testing.T) {
	city := performed(t, "erase_everywhere", nil)
	city.settled(t)
	id := city.telegramID(t, "Zulfadhli")
	for _, trace := range city.tracesIn(t, "kuncimerak", "Zulfadhli", "Markazwan", "zulmarka", id) {
		t.Error(trace)
	}
	if kept := city.tracesIn(t, "tonase bank sampah bulan Mei"); len(kept) == 0 {
		t.Error("the verified evidence is gone as well")
	}
	if kept := city.tracesIn(t, "Rekap tonase"); len(kept) == 0 {
		t.Error("the task that was done is gone as well")
	}
}
