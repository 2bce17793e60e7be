package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// checkpointer folds what the write-ahead log has gathered back into the database,
// beside the writer. SQLite would do it inside some commit, and whoever waits
// for that commit would wait many times as long as the others.
//
// SQLite begins the log anew only once all of it is folded, and a writer that is never idle
// has added something whenever the checkpointer is done: the log of an hour's backlog
// would take gigabytes. So the writer folds the last of it between two commits, which is
// little once almost everything is.
type checkpointer struct {
	db      *sql.DB
	nudges  chan struct{}
	nearly  chan struct{} // holds one token at most: the writer is to fold what is left
	stopped chan struct{}
	once    sync.Once
	failed  func(error) // hears of what went wrong
	from    int64       // how many pages gather before they are folded
}

const (
	// foldedFrom is how many pages of 4 KiB gather before they are folded.
	foldedFrom = 8192
	// commitsBefore is how many commits pass between two looks at how many that are.
	commitsBefore = 64
	// foldedBeside is how often the checkpointer folds before it leaves the rest to the writer:
	// what was added during the first time, and little during the second.
	foldedBeside = 2
	// restPatience is how long the writer may wait for those who read, before the log can
	// begin anew.
	restPatience = 20 * time.Millisecond
)

// openCheckpointer takes folding over from the writer.
func openCheckpointer(ctx context.Context, path string, writer *sql.DB, failed func(error)) (*checkpointer, error) {
	if _, err := writer.ExecContext(ctx, `PRAGMA wal_autocheckpoint = 0`); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite3", source(path, "_synchronous=FULL"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	c := &checkpointer{db: db, nudges: make(chan struct{}, 1), nearly: make(chan struct{}, 1), stopped: make(chan struct{}), failed: failed, from: foldedFrom}
	go c.run()
	return c, nil
}

// nudge makes it look whether there is enough to fold. It returns at once.
func (c *checkpointer) nudge() { offer(c.nudges) }

func (c *checkpointer) run() {
	defer close(c.stopped)
	for range c.nudges {
		if err := c.fold(); err != nil {
			c.failed(err)
		}
	}
}

// fold folds almost everything, if enough has gathered, and leaves the rest to the writer.
func (c *checkpointer) fold() error {
	var busy, logged, folded int64
	if err := c.db.QueryRow(`PRAGMA wal_checkpoint(NOOP)`).Scan(&busy, &logged, &folded); err != nil || logged-folded < c.from {
		return err
	}
	for range foldedBeside {
		// It waits for nobody. What it could not do since somebody reads what stood there
		// before, a later time or the closing of the database does.
		if _, err := c.db.Exec(`PRAGMA wal_checkpoint(PASSIVE)`); err != nil {
			return err
		}
	}
	offer(c.nearly)
	return nil
}

// foldRest folds what is left, between two commits, so that the log is begun anew. Where
// somebody reads for longer than it can wait, a later time does.
func (s *Store) foldRest() error {
	ctx := context.Background()
	inner, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = inner.Close() }() // gives it back
	_, err = fold(ctx, inner, "RESTART", restPatience)
	return err
}

// fold folds all of the log and lets it begin anew, in one of SQLite's ways to do so, and
// tells whether that was possible: it waits for those who read, though not for longer than
// patience.
func fold(ctx context.Context, inner *sql.Conn, way string, patience time.Duration) (done bool, err error) {
	var usual, busy, logged, folded int64
	if err := inner.QueryRowContext(ctx, `PRAGMA busy_timeout`).Scan(&usual); err != nil {
		return false, err
	}
	if err := waitAtMost(ctx, inner, patience.Milliseconds()); err != nil {
		return false, err
	}
	err = inner.QueryRowContext(ctx, `PRAGMA wal_checkpoint(`+way+`)`).Scan(&busy, &logged, &folded)
	return busy == 0, errors.Join(err, waitAtMost(context.WithoutCancel(ctx), inner, usual))
}

// waitAtMost sets how many milliseconds a connection waits for others.
func waitAtMost(ctx context.Context, inner *sql.Conn, milliseconds int64) error {
	_, err := inner.ExecContext(ctx, fmt.Sprintf(`PRAGMA busy_timeout = %d`, milliseconds))
	return err
}

// offer puts a token into a channel that holds one, unless it is there already.
func offer(token chan struct{}) {
	select {
	case token <- struct{}{}:
	default:
	}
}

// close must come after the last nudge.
func (c *checkpointer) close() error {
	c.once.Do(func() { close(c.nudges) })
	<-c.stopped
	return c.db.Close()
}
