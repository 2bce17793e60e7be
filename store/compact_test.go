package store

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"testing"

	"github.com/rembuk/rembuk/council"
)

// folder reads all the time and folds the log by itself, as Litestream does.
type folder struct {
	db      *sql.DB
	reading *sql.Tx
}

func (f *folder) read(t *testing.T) {
	t.Helper()
	f.reading = got(f.db.Begin())(t)
	if _, err := f.reading.Exec(`SELECT count(*) FROM setting`); err != nil {
		t.Fatal(err)
	}
}

// fold lets go, folds the log, reads on, and writes something, with which the log begins anew.
func (f *folder) fold(t *testing.T) {
	t.Helper()
	ok(t, f.reading.Rollback())
	if _, err := f.db.Exec(`PRAGMA wal_checkpoint(PASSIVE)`); err != nil {
		t.Fatal(err)
	}
	f.read(t)
	if _, err := f.db.Exec(`INSERT INTO setting (key, value) VALUES ('folded', '1') ON CONFLICT DO UPDATE SET value = value + 1`); err != nil {
		t.Fatal(err)
	}
}

func TestCompactBesideSomebodyWhoReadsAllTheTime(t *testing.T) {
	s := openStore(t)
	db := got(sql.Open("sqlite3", source(s.path, "")))(t)
	beside := &folder{db: db}
	defer func() { ok(t, db.Close()) }()
	beside.read(t)
	defer func() { ok(t, beside.reading.Rollback()) }()
	secret := []byte("kuncimerak")
	// More than the new database takes in the log, so that something is left behind it.
	for i := range int64(30) {
		ok(t, s.Update(t.Context(), func(tx *Tx) error {
			return tx.Record(council.Event{At: noon, MemberID: 1, Subject: council.TaskReference(i + 1), Kind: council.EventCommented}, string(bytes.Repeat(secret, 20_000)))
		}))
	}
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.run(`DELETE FROM words`) }))
	if emptied := got(s.rewrite(t.Context()))(t); emptied {
		t.Fatal("the log was emptied under the eyes of whoever reads it")
	}
	if !bytes.Contains(got(os.ReadFile(s.path+"-wal"))(t), secret) {
		t.Fatal("there was nothing to overwrite")
	}
	ended := make(chan error, 1)
	go func() { ended <- s.overwriteLog(context.WithoutCancel(t.Context())) }()
	for ongoing := true; ongoing; {
		select {
		case err := <-ended:
			ok(t, err)
			ongoing = false
		default:
			beside.fold(t)
		}
	}
	for _, path := range []string{s.path, s.path + "-wal"} {
		if bytes.Contains(got(os.ReadFile(path))(t), secret) {
			t.Errorf("%s holds it still", path)
		}
	}
	ok(t, s.Update(t.Context(), set("after"))) // the writer goes on
	beside.fold(t)
	if problems := complaints(t, s.writer); len(problems) > 0 {
		t.Error(problems)
	}
	if left := number(t, &Tx{inner: db}, `SELECT count(*) FROM sqlite_schema WHERE name = 'filling'`); left != 0 {
		t.Error("what was written to fill the log stands in the database")
	}
}
