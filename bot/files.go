package bot

import (
	"time"

	"github.com/rembuk/rembuk/store"
)

// queueWithFiles queues a message with the files that go with it, as the rows it
// takes: Telegram puts no buttons below an album, and few words beside a file.
func queueWithFiles(tx *store.Tx, out store.Outgoing) error { return tx.Queue(out, time.Now()) }
