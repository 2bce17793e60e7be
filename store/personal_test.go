package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
)

// columnsOf lists the columns of a table as the schema has them, with their types.
func columnsOf(t *testing.T, tx *Tx, table string) map[string]string {
	t.Helper()
	columns := map[string]string{}
	for _, pair := range got(all(tx, func(row scanner) (pair [2]string, err error) { return pair, row.Scan(&pair[0], &pair[1]) },
		`SELECT name, type FROM pragma_table_info(?)`, table))(t) {
		columns[pair[0]] = pair[1]
	}
	return columns
}

func tablesOf(t *testing.T, tx *Tx) []string {
	t.Helper()
	return got(all(tx, scalar[string], `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`))(t)
}

// meanings maps the columns of a table to what the catalogue says of them.
func (p personal) meanings() map[string][]string {
	meanings := map[string][]string{}
	for meaning, names := range map[string]string{"plain": p.plain, "person": p.person, "place": p.place, "identity": p.identity, "words": p.words, "record": p.record} {
		for name := range strings.FieldsFuncSeq(names, func(r rune) bool { return r == ' ' || r == '/' || r == '\n' || r == '\t' }) {
			meanings[name] = append(meanings[name], meaning)
		}
	}
	return meanings
}

// Whoever adds a column says in the catalogue what it holds of people, and what
// becomes of that when a person is forgotten.
func TestEveryColumnStandsOnceInTheCatalogue(t *testing.T) {
	tx := writing(t)
	known := map[string]bool{}
	for _, table := range catalogue {
		if known[table.table] {
			t.Errorf("%s stands twice in the catalogue", table.table)
		}
		known[table.table] = true
		columns, meanings := columnsOf(t, tx, table.table), table.meanings()
		for _, name := range slices.Sorted(maps.Keys(columns)) {
			if len(meanings[name]) != 1 {
				t.Errorf("%s.%s stands in the catalogue as %q; it has one meaning (store/personal.go)", table.table, name, meanings[name])
			}
			checkMeaning(t, table.table+"."+name, meanings[name])
		}
		for name := range meanings {
			if columns[name] == "" {
				t.Errorf("the catalogue names %s.%s, which is not there", table.table, name)
			}
		}
	}
	for _, table := range tablesOf(t, tx) {
		if !known[table] {
			t.Errorf("%s does not stand in the catalogue (store/personal.go)", table)
		}
	}
}

// checkMeaning holds what the name of a column says to what the catalogue does.
func checkMeaning(t *testing.T, column string, meanings []string) {
	t.Helper()
	_, name, _ := strings.Cut(column, ".")
	want := ""
	switch {
	case name == "chat_id" || strings.HasSuffix(name, "_chat_id"):
		want = "place"
	case name == "member_id" || strings.HasSuffix(name, "_by") && !strings.HasSuffix(name, "replaced_by") && name != "review_by" && name != "decide_by":
		want = "person"
	}
	if want != "" && !slices.Contains(meanings, want) {
		t.Errorf("%s is called so, but the catalogue says %q", column, meanings)
	}
}

// What decides whether words of a row are a person's own; all else is filled alike.
var ownRows = map[string]map[string]any{
	"evidence": {"state": "uploaded"}, "meeting_topic": {"state": "proposed"}, "idea": {"decision": "", "merged_into": 0},
	"event": {"kind": "commented"}, "outbox": {"ended_at": nil, "state": "queued", "kind": "message"}, "inbox": {"state": "set_aside"},
	"attachment": {"subject": "T-1"}, "task": {"state": "new"},
}

// fillRow makes one row of a table, which is that of a member; other rows' keys differ.
func fillRow(t *testing.T, tx *Tx, table personal, who council.Member) {
	t.Helper()
	var names []string
	var values []any
	columns, meanings := columnsOf(t, tx, table.table), table.meanings()
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		meaning := meanings[name][0]
		value, special := ownRows[table.table][name]
		switch {
		case special:
		case name == "unique_key" || name == "same_as":
			value = nil
		case meaning == "place" && strings.HasSuffix(name, "chat_id") || name == "telegram_id" && columns[name] == "INTEGER":
			value = who.TelegramID
		case meaning == "person" || columns[name] == "INTEGER":
			value = who.ID
		case meaning == "identity" || meaning == "words":
			value = fmt.Sprintf(`{"text":"%s wrote %s.%s", "id": %d}`, who.Name, table.table, name, who.TelegramID)
		case meaning == "record":
			value = fmt.Sprintf("Record %s.%s of %d", table.table, name, who.ID)
		case columns[name] == "BLOB":
			value = []byte(name)
		default:
			value = fmt.Sprintf("%s %d", name, who.ID)
		}
		names, values = append(names, name), append(values, value)
	}
	ok(t, tx.run(`INSERT OR REPLACE INTO `+table.table+` (`+strings.Join(names, ", ")+`) VALUES (`+marks(len(names))+`)`, values...))
}

// dump writes every value of every table.
func dump(t *testing.T, tx *Tx) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, table := range tablesOf(t, tx) {
		for name := range columnsOf(t, tx, table) {
			found[table+"."+name] = got(all(tx, scalar[string], `SELECT coalesce(CAST("`+name+`" AS TEXT), '') FROM "`+table+`"`))(t)
		}
	}
	return found
}

// A row for two people in every table there is: of the one nothing is left but the
// number and what was made in office, and of the other nothing is missing.
func TestErasingForgetsOnePersonInEveryTable(t *testing.T) {
	tx := writing(t)
	ok(t, tx.run(`PRAGMA defer_foreign_keys = ON`))
	erased := council.Member{ID: 41, TelegramID: 777000041, Name: "Erased"}
	other := council.Member{ID: 42, TelegramID: 777000042, Name: "Other"}
	for _, table := range catalogue {
		if table.table == "goose_db_version" {
			continue
		}
		fillRow(t, tx, table, erased)
		fillRow(t, tx, table, other)
	}
	before := dump(t, tx)
	contents := got(tx.Erase(Erasure{Member: erased, Blank: "(erased)", Nameless: "somebody"}))(t)
	if len(contents) != 1 || !strings.Contains(contents[0], "Erased wrote evidence.hash") {
		t.Errorf("contents to remove: %q", contents)
	}
	after := dump(t, tx)
	for column, values := range after {
		for _, value := range values {
			if strings.Contains(value, "Erased wrote") || strings.Contains(value, "777000041") {
				t.Errorf("%s holds %q", column, value)
			}
		}
		table, name, _ := strings.Cut(column, ".")
		for _, value := range before[column] {
			others := strings.Contains(value, "Other wrote") || strings.HasPrefix(value, "Record") && strings.HasSuffix(value, "of 42") || value == "777000042"
			if others && !slices.Contains(values, value) {
				t.Errorf("%s has lost %q of somebody else", column, value)
			}
			if strings.HasPrefix(value, "Record") && strings.HasSuffix(value, "of 41") && !slices.Contains(values, value) && !mayGo[table+"."+name] {
				t.Errorf("%s has lost %q, which was made in office", column, value)
			}
		}
	}
}

// What is a record of the city only as long as the row stands for something else.
var mayGo = map[string]bool{"evidence.reason": true}
