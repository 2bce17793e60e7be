package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// erase lets somebody say something and be forgotten on a machine beside whose
// database Litestream runs, and tells how often it stands in the files afterwards.
func erase(ctx context.Context, m *machine) (left int, took time.Duration, err error) {
	secret := strings.Repeat("kuncimerak", 20_000)
	opened, err := store.Open(ctx, m.rembuk.Database())
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	var who council.Member
	err = opened.Update(ctx, func(tx *store.Tx) (err error) {
		who, err = tx.Seen(990099, "Warga", "warga_contoh", "id", time.Now())
		for number := int64(1); number <= 20 && err == nil; number++ {
			event := council.Event{At: time.Now(), MemberID: who.ID, Subject: council.TaskReference(number), Kind: council.EventCommented}
			err = tx.Record(event, secret)
		}
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	if err := opened.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.Erase(store.Erasure{Member: who, Blank: "(erased)", Nameless: "-"})
		return err
	}); err != nil {
		return 0, 0, err
	}
	began := time.Now()
	for err = store.ErrBusy; errors.Is(err, store.ErrBusy) && ctx.Err() == nil; {
		err = opened.Compact(ctx) // as the program does, again and again
	}
	took = time.Since(began)
	if err != nil {
		return 0, took, fmt.Errorf("erase: %w", err)
	}
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(m.rembuk.Database() + end)
		if err != nil {
			return 0, took, err
		}
		left += bytes.Count(content, []byte("kuncimerak"))
	}
	return left, took, nil
}
