// Package store keeps everything in one SQLite file and speaks the words of
// package council. All SQL of the program is here.
//
// Changes go through Store.Update, one transaction each; reads that need no
// change go through Store.View. Times are stored as unix milliseconds.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"github.com/rembuk/rembuk/council"
)

// Store is one open database. It is safe for concurrent use.
type Store struct {
	path    string
	writer  *sql.DB // one connection: SQLite has one writer at a time
	reader  *sql.DB
	jobs    chan job
	closing chan struct{} // closed by Close
	stopped chan struct{} // closed when nothing is written any more
	close   sync.Once

	linked       linkedGroups // the writer's own
	settled      council.Day  // the writer's own: on which day the roles that positions give were settled last
	syncer       *syncer
	checkpointer *checkpointer
	log          *os.File     // the write-ahead log, see Sync
	syncing      sync.Mutex   // one at a time
	synced       int64        // so many commits the disk has, -1 before the first sync; guarded by syncing
	commits      atomic.Int64 // there have been
	unsynced     unsynced

	hookMutex sync.Mutex
	queued    func([]Queued)

	rescheduled chan struct{} // holds one token at most
	edition     atomic.Int64  // of the city's settings, see Tx.Edition
}

// Open opens the database at path, makes it if it is not there, and brings its
// schema up to date. The file is readable by its owner only.
func Open(ctx context.Context, path string) (*Store, error) {
	return OpenTelling(ctx, path, func(Renewal) {})
}

// OpenTelling is Open; of a database with an earlier schema it tells before it brings that
// up to date, which can take minutes where there is much in it, and afterwards.
func OpenTelling(ctx context.Context, path string, tell func(Renewal)) (*Store, error) {
	if err := touch(path); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	writer, err := sql.Open("sqlite3", source(path, "_journal_mode=WAL&_synchronous=NORMAL&_foreign_keys=on&_txlock=immediate&_secure_delete=on"))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	writer.SetMaxOpenConns(1)
	writer.SetConnMaxLifetime(0)
	if err := migrate(ctx, writer, tell); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), writer.Close())
	}
	reader, err := sql.Open("sqlite3", source(path, "mode=ro&_query_only=1"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), writer.Close())
	}
	reader.SetMaxOpenConns(4)
	reader.SetConnMaxLifetime(0)
	s := &Store{path: path, writer: writer, reader: reader, jobs: make(chan job), synced: -1, unsynced: unsynced{known: make(chan struct{})},
		closing: make(chan struct{}), stopped: make(chan struct{}), rescheduled: make(chan struct{}, 1)}
	if s.log, err = os.OpenFile(path+"-wal", os.O_RDWR, 0); err != nil { // migrate has made it
		return nil, errors.Join(fmt.Errorf("open database: %w", err), reader.Close(), writer.Close())
	}
	if s.checkpointer, err = openCheckpointer(ctx, path, writer, s.unsynced.hear); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), s.log.Close(), reader.Close(), writer.Close())
	}
	s.syncer = newSyncer(s.Sync, s.unsynced.err)
	go s.write()
	return s, nil
}

// Close waits for the transaction in hand and closes the database. Updates
// that wait or come later return ErrClosed, and closing once more does nothing. After an ErrUnsynced the files are left as
// they are: SQLite would fold a log into the database of which the disk may lack a part.
func (s *Store) Close() (err error) {
	s.close.Do(func() {
		close(s.closing)
		<-s.stopped
		err = s.closeFiles()
	})
	return err
}

func (s *Store) closeFiles() error {
	if s.unsynced.err() != nil {
		return s.reader.Close()
	}
	return errors.Join(s.checkpointer.close(), s.reader.Close(), s.writer.Close(), s.log.Close())
}

// touch makes the file with narrow rights before SQLite would make it with wide ones. One
// that others on the machine may use loses those rights, which its -wal and -shm would
// inherit or have inherited; a group's are the operator's choice.
func touch(path string) error {
	if folder := filepath.Dir(path); folder != "." {
		if _, err := os.Stat(folder); err != nil {
			return err
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(path + end); err == nil && info.Mode().Perm()&others != 0 {
			_ = os.Chmod(path+end, info.Mode().Perm()&^others) // somebody else's file stays as its owner wants it
		}
	}
	return file.Close()
}

// others are the rights of everybody else on the machine.
const others fs.FileMode = 0o007

// source names the database for SQLite, whose own locks are not needed: database/sql
// lets one goroutine at a time use a connection.
func source(path, options string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?_mutex=no&_busy_timeout=5000&_stmt_cache_size=128&" + options
}
