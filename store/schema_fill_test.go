package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// fillSchema puts two rows into every table of a database at an earlier schema.
func fillSchema(t *testing.T, db *sql.DB) {
	t.Helper()
	for _, table := range schemaTables(t, db) {
		for row := 1; row <= 2; row++ {
			var names, values []string
			for _, column := range schemaColumns(t, db, table) {
				names = append(names, column.name)
				values = append(values, column.sample(table, row))
			}
			_, err := db.Exec(`INSERT INTO ` + table + ` (` + strings.Join(names, ", ") + `) VALUES (` + strings.Join(values, ", ") + `)`)
			if err != nil {
				t.Fatalf("%s: %v", table, err)
			}
		}
	}
}

// schemaColumn is one column as SQLite tells of it.
type schemaColumn struct {
	name, kind string
	needed     bool // NOT NULL
	usual      sql.NullString
	keyed      bool // part of the primary key
	refers     bool // to the row of the same number in another table
}

// Values that the program reads more from than numbers and words.
var sampleValues = map[string]string{
	"state": "'new'", "kind": "'comment'", "step": "'day'", "audience": "'assignee'", "role": "'coordinator'", "language": "'id'",
	"detail": "'{}'", "data": "'{}'", "snapshot": "'{}'", "payload": "'{}'", "zone": "'Asia/Makassar'", "deadline_zone": "'Asia/Makassar'", "told": "'1'",
	"evaluation.state": "'active'", "linked_group.kind": "'working_group'", "question.state": "'waiting'", "idea.state": "'submitted'",
	"recommendation.state": "'open'", "meeting.state": "'planned'", "poll.state": "'open'", "prompt.state": "'open'", "evidence.state": "'uploaded'",
	"linked_group.dimension": "'environment'", "dimension": "'environment'", "reminder.state": "'waiting'", "outbox.state": "'sent'", "inbox.state": "'done'", "milestone.kind": "'presentation'",
}

// Columns of people's words that may be empty.
var wordColumns = []string{"name", "username", "title", "full_text", "text", "words", "note", "reason", "answer", "how", "description"}

// sample is the SQL of a value for a row. In the first row stands what a column
// usually holds, in the second one something in as many as can be.
func (c schemaColumn) sample(table string, row int) string {
	own, special := sampleValues[table+"."+c.name]
	if !special {
		own, special = sampleValues[c.name]
	}
	text := c.kind == "TEXT"
	switch {
	case special && text:
		return own
	case c.keyed && !text || c.refers:
		return fmt.Sprint(row)
	case row == 1 && c.usual.Valid:
		return c.usual.String
	case row == 1 && !c.needed:
		return "NULL"
	case c.name == "date":
		return fmt.Sprintf("'2026-05-2%d'", row)
	case text && c.usual.Valid && !slices.Contains(wordColumns, c.name):
		return c.usual.String
	case text:
		return fmt.Sprintf("'%s.%s %d'", table, c.name, row)
	case c.kind == "BLOB":
		return fmt.Sprintf("X'0%d'", row)
	case strings.HasSuffix(c.name, "at") || slices.Contains([]string{"due", "until", "asked", "target"}, c.name):
		return fmt.Sprint(noon.UnixMilli() + int64(row))
	case strings.HasSuffix(c.name, "id") || strings.HasSuffix(c.name, "number") || c.name == "round":
		return fmt.Sprint(row)
	}
	return "1" // also where it means yes
}

// schemaTables lists the tables of the program in the order in which they were made.
func schemaTables(t *testing.T, db *sql.DB) []string {
	t.Helper()
	return listed(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version' ORDER BY rowid`)
}

func schemaColumns(t *testing.T, db *sql.DB, table string) (columns []schemaColumn) {
	t.Helper()
	rows, err := db.Query(`SELECT name, type, "notnull", dflt_value, pk > 0, name IN (SELECT "from" FROM pragma_foreign_key_list(?1)) FROM pragma_table_info(?1)`, table)
	ok(t, err)
	defer func() { ok(t, rows.Close()) }()
	for rows.Next() {
		var c schemaColumn
		ok(t, rows.Scan(&c.name, &c.kind, &c.needed, &c.usual, &c.keyed, &c.refers))
		columns = append(columns, c)
	}
	ok(t, rows.Err())
	return columns
}

func listed(t *testing.T, db *sql.DB, query string) (list []string) {
	t.Helper()
	rows, err := db.Query(query)
	ok(t, err)
	defer func() { ok(t, rows.Close()) }()
	for rows.Next() {
		var value string
		ok(t, rows.Scan(&value))
		list = append(list, value)
	}
	ok(t, rows.Err())
	return list
}

// writeSchema makes the fixture of a schema: the tables as the migrations up to it
// make them, with rows, as SQL.
func writeSchema(t *testing.T, version int64, path string) {
	t.Helper()
	db := got(sql.Open("sqlite3", source(t.TempDir()+"/old.db", "_foreign_keys=off")))(t)
	defer func() { ok(t, db.Close()) }()
	provider := got(migrator(db))(t)
	got(provider.UpTo(context.Background(), version))(t)
	fillSchema(t, db)
	var text strings.Builder
	for _, statement := range listed(t, db, `SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`) {
		text.WriteString(plain(statement) + ";\n")
	}
	for _, table := range append(schemaTables(t, db), "goose_db_version") {
		for _, values := range rowsOf(t, db, table) {
			text.WriteString("INSERT INTO " + table + " VALUES (" + values + ");\n")
		}
	}
	for _, statement := range listed(t, db, `SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY rowid`) {
		text.WriteString(plain(statement) + ";\n")
	}
	ok(t, os.WriteFile(path, []byte(text.String()), 0o644))
}

var remarks = regexp.MustCompile(`--[^\n]*`)

// plain is a statement in one line, without remarks.
func plain(statement string) string {
	return strings.Join(strings.Fields(remarks.ReplaceAllString(statement, "")), " ")
}

// rowsOf writes every row of a table as SQL.
func rowsOf(t *testing.T, db *sql.DB, table string) []string {
	t.Helper()
	var columns []string
	for _, column := range schemaColumns(t, db, table) {
		if column.name == "tstamp" { // when goose ran
			columns = append(columns, `'''2026-06-01 04:00:00'''`)
			continue
		}
		columns = append(columns, `quote("`+column.name+`")`)
	}
	return listed(t, db, `SELECT `+strings.Join(columns, ` || ', ' || `)+` FROM "`+table+`"`)
}
