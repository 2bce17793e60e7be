package store

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"
)

var writeSchemas = flag.Bool("write-schemas", false, "make the fixtures in testdata/schema that are not there yet")

// Databases of every earlier schema, as they stand with cities that have not upgraded
// since, go on at today's. A fixture is made once, when the migration after it is
// written, and never again:
//
//	go test ./store -run TestEveryEarlierSchemaGoesOn -write-schemas
func TestEveryEarlierSchemaGoesOn(t *testing.T) {
	files := got(migrations.ReadDir("migrations"))(t)
	for _, file := range files[:len(files)-1] {
		version := got(goose.NumericComponent(file.Name()))(t)
		t.Run(file.Name(), func(t *testing.T) {
			fixture := filepath.Join("testdata", "schema", fmt.Sprintf("%04d.sql", version))
			if _, err := os.Stat(fixture); err != nil && *writeSchemas {
				writeSchema(t, version, fixture)
			}
			goesOn(t, string(got(os.ReadFile(fixture))(t)))
		})
	}
}

// goesOn opens a database of an earlier schema and looks for every value in it.
func goesOn(t *testing.T, fixture string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rembuk.db")
	old := got(sql.Open("sqlite3", source(path, "_foreign_keys=off")))(t)
	if _, err := old.Exec(fixture); err != nil {
		t.Fatal(err)
	}
	before := valuesOf(t, old)
	if problems := complaints(t, old); len(problems) > 0 {
		t.Fatalf("the fixture itself is not well: %q", problems)
	}
	ok(t, old.Close())
	s := got(Open(context.Background(), path))(t)
	defer func() { ok(t, s.Close()) }()
	if problems := complaints(t, s.writer); len(problems) > 0 {
		t.Errorf("afterwards: %q", problems)
	}
	after := valuesOf(t, s.writer)
	for column, values := range before {
		if diff := cmp.Diff(values, after[column]); diff != "" {
			t.Errorf("%s is not what it was (-was +is):\n%s", column, diff)
		}
	}
	if diff := cmp.Diff(plainSchema(t, openStore(t)), plainSchema(t, s)); diff != "" {
		t.Errorf("it has become another schema than that of a new database (-new +is): a migration was changed after cities had it\n%s", diff)
	}
	if wrong := listed(t, s.writer, `SELECT task_number FROM task_assignee JOIN task ON number = task_number WHERE ended <> (ended_at IS NOT NULL)`); len(wrong) > 0 {
		t.Errorf("of the tasks %q it is not said with the assignees whether they have ended", wrong)
	}
	readsOn(t, s, before)
}

// Whoever upgrades hears that the database gets another schema, before and after; of a new
// one, and of one that is up to date, there is nothing to tell.
func TestARenewalIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rembuk.db")
	old := got(sql.Open("sqlite3", source(path, "_foreign_keys=off")))(t)
	if _, err := old.Exec(string(got(os.ReadFile(filepath.Join("testdata", "schema", "0041.sql")))(t))); err != nil {
		t.Fatal(err)
	}
	ok(t, old.Close())
	for name, one := range map[string]struct {
		path  string
		times int
	}{"of an earlier schema": {path, 2}, "new": {filepath.Join(t.TempDir(), "new.db"), 0}} {
		for _, times := range []int{one.times, 0} {
			var told []Renewal
			s := got(OpenTelling(t.Context(), one.path, func(renewal Renewal) { told = append(told, renewal) }))(t)
			ok(t, s.Close())
			if len(told) != times {
				t.Errorf("%s: told %d times, not %d", name, len(told), times)
			}
			if times == 2 && (told[0].From != 41 || told[0].Done || !told[1].Done || told[1].To != told[0].To || told[0].To <= 41) {
				t.Errorf("%s: told %+v", name, told)
			}
		}
	}
}

func plainSchema(t *testing.T, s *Store) []string {
	t.Helper()
	list := schema(t, s)
	for i := range list {
		list[i] = plain(list[i])
	}
	return list
}

// complaints are what SQLite finds wrong with a database.
func complaints(t *testing.T, db *sql.DB) []string {
	t.Helper()
	found := listed(t, db, `SELECT "table" || ' row ' || rowid || ' refers to nothing in ' || parent FROM pragma_foreign_key_check`)
	for _, verdict := range listed(t, db, `SELECT integrity_check FROM pragma_integrity_check`) {
		if verdict != "ok" {
			found = append(found, verdict)
		}
	}
	return found
}

// valuesOf gives every value of every column, in an order of their own.
func valuesOf(t *testing.T, db *sql.DB) map[string][]string {
	t.Helper()
	values := map[string][]string{}
	for _, table := range schemaTables(t, db) {
		for _, column := range schemaColumns(t, db, table) {
			found := listed(t, db, `SELECT quote("`+column.name+`") FROM "`+table+`"`)
			slices.Sort(found)
			values[table+"."+column.name] = found
		}
	}
	return values
}

// readsOn reads things as the program does.
func readsOn(t *testing.T, s *Store, before map[string][]string) {
	t.Helper()
	title := map[string]func(*Tx) (string, error){
		"task.title":          func(tx *Tx) (string, error) { task, err := tx.Task(2); return task.Title, err },
		"idea.title":          func(tx *Tx) (string, error) { idea, err := tx.Idea(2); return idea.Title, err },
		"question.text":       func(tx *Tx) (string, error) { question, err := tx.Question(2); return question.Text, err },
		"evaluation.name":     func(tx *Tx) (string, error) { evaluation, err := tx.Evaluation(2); return evaluation.Name, err },
		"meeting.title":       func(tx *Tx) (string, error) { meeting, err := tx.Meeting(2); return meeting.Title, err },
		"indicator.name":      func(tx *Tx) (string, error) { indicator, err := tx.Indicator(2); return indicator.Name, err },
		"recommendation.text": func(tx *Tx) (string, error) { thing, err := tx.Recommendation(2); return thing.Text, err },
		"prompt.text":         func(tx *Tx) (string, error) { prompt, err := tx.Prompt(2); return prompt.Text, err },
		"announcement.text":   func(tx *Tx) (string, error) { announcement, err := tx.Announcement(2); return announcement.Text, err },
		"member.name":         func(tx *Tx) (string, error) { member, err := tx.Member(2); return member.Name, err },
		"linked_group.title":  func(tx *Tx) (string, error) { group, err := tx.Group(2); return group.Title, err },
	}
	for column, ask := range title {
		if _, there := before[column]; !there {
			continue
		}
		var found string
		err := s.View(t.Context(), func(tx *Tx) (err error) {
			found, err = ask(tx)
			return err
		})
		if err != nil || !strings.HasPrefix(found, column) {
			t.Errorf("%s reads %q: %v", column, found, err)
		}
	}
}
