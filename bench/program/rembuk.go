package program

import (
	"context"
	"path/filepath"
	"strconv"
)

// Rembuk is how the product is run: against a local Telegram, on a database in a
// folder, and without its own limits unless it is told to keep them.
type Rembuk struct {
	Binary     string
	Folder     string
	API, Token string
	Owner      int64
	Limits     bool
	Rehearsal  string // START@SPEED; empty: off
}

// Database is the path of the database.
func (r Rembuk) Database() string { return filepath.Join(r.Folder, "rembuk.db") }

// Start starts `rembuk serve`.
func (r Rembuk) Start(ctx context.Context) (*Process, error) {
	return Start(ctx, r.Binary, []string{"serve"}, r.Environment())
}

// Environment is all that the product is told.
func (r Rembuk) Environment() []string {
	limits := "off"
	if r.Limits {
		limits = "telegram"
	}
	return []string{
		"REMBUK_TELEGRAM_API=" + r.API, "REMBUK_TELEGRAM_TOKEN=" + r.Token, "REMBUK_DATABASE=" + r.Database(),
		"REMBUK_OWNERS=" + strconv.FormatInt(r.Owner, 10), "REMBUK_CITY=Kabupaten Teluk Marannu", "REMBUK_PRIVACY_OFFICER=Dra. Rahmi Tandung", "REMBUK_ZONE=Asia/Makassar",
		"REMBUK_LIMITS=" + limits, "REMBUK_LOG_LEVEL=warn", "REMBUK_REHEARSAL=" + r.Rehearsal,
	}
}
