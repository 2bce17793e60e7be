package main

import (
	"context"

	"github.com/rembuk/rembuk/store"
)

// sweepVault removes the contents of the vault that no evidence needs, and needed
// none when it looked last: what a kill left between the keeping of a content and its
// recording. It gives those that are unneeded now.
func (p *Program) sweepVault(ctx context.Context, before map[string]bool) (unneeded map[string]bool, err error) {
	unneeded = map[string]bool{}
	err = p.store.View(ctx, func(tx *store.Tx) error {
		return p.vault.Each(func(name string, _ int64) error {
			used, err := tx.ContentUsed(name)
			if err == nil && !used {
				unneeded[name] = true
			}
			return err
		})
	})
	for name := range unneeded {
		if err != nil || !before[name] {
			continue
		}
		err = p.store.Update(ctx, func(tx *store.Tx) error {
			used, err := tx.ContentUsed(name)
			if err != nil || used {
				return err
			}
			return p.vault.Remove(name)
		})
	}
	return unneeded, err
}
