package store

import (
	"context"
	"database/sql"
	"os"
	"sync"
)

// checkpointer folds what the write-ahead log has gathered back into the database,
// beside the writer. SQLite would do it inside some commit, and whoever waits
// for that commit would wait many times as long as the others.
type checkpointer struct {
	db      *sql.DB
	log     string // path of the write-ahead log
	nudges  chan struct{}
	stopped chan struct{}
	once    sync.Once
	failed  func(error) // hears of what went wrong
	from    int64       // how many bytes gather before they are folded
}

// How much gathers before it is folded, and how many commits pass between two looks.
const (
	foldedFrom    = 32 << 20 // bytes
	commitsBefore = 512
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
	c := &checkpointer{db: db, log: path + "-wal", nudges: make(chan struct{}, 1), stopped: make(chan struct{}), failed: failed, from: foldedFrom}
	go c.run()
	return c, nil
}

// nudge makes it look whether there is enough to fold. It returns at once.
func (c *checkpointer) nudge() {
	select {
	case c.nudges <- struct{}{}:
	default:
	}
}

func (c *checkpointer) run() {
	defer close(c.stopped)
	for range c.nudges {
		if info, err := os.Stat(c.log); err != nil || info.Size() < c.from {
			continue
		}
		// A passive checkpoint waits for nobody; what it could not do, the next
		// one or the closing of the database does.
		if _, err := c.db.Exec(`PRAGMA wal_checkpoint(PASSIVE)`); err != nil {
			c.failed(err)
		}
	}
}

// close must come after the last nudge.
func (c *checkpointer) close() error {
	c.once.Do(func() { close(c.nudges) })
	<-c.stopped
	return c.db.Close()
}
