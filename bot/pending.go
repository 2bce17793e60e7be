package bot

import (
	"context"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// --- evaluation and status ---
func (r *request) status() error                                    { return nil }
func (r *request) digest() error                                    { return nil }
func (r *request) pressDirect(pressArguments) error                 { return nil }
func (b *Bot) Say(context.Context, *store.Tx, council.Notice) error { return nil }
