package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// TestKilledWhileFilesComeIn kills the real binary again and again while evidence is
// filed, at any point between a message and its file on the disk. Whatever counts is
// whole at every moment, and in the end every file counts, once. A question that two kills in
// a row cut off while it was sent is not asked a third time: that it may not have arrived is said.
func TestKilledWhileFilesComeIn(t *testing.T) {
	t.Parallel()
	const kills, each = 6, 6
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	telegram, config := localTelegram(t)
	person := telegram.Person(sim.Person{FirstName: "Sitti", LastName: "Ramlah", Username: "sitti_contoh"})
	f := &filingKilled{t: t, ctx: ctx, telegram: telegram, config: config, person: person}
	f.prepare()
	binary := realProgram(t)
	m := machine{telegram, binary, filepath.Dir(config.Database), []string{"PATH=/nonexistent", "REMBUK_TELEGRAM_API=" + config.API,
		"REMBUK_TELEGRAM_TOKEN=" + config.Token, "REMBUK_DATABASE=" + config.Database, "REMBUK_OWNERS=" + strconv.FormatInt(person, 10),
		"REMBUK_CITY=Kabupaten Teluk Marannu", "REMBUK_ZONE=Asia/Makassar", "REMBUK_LIMITS=off"}}
	for range kills {
		running := m.serve(t)
		before := f.fetches()
		for range each {
			f.say()
		}
		some := before + rand.IntN(each)
		f.wait("some files were asked for", func() bool { return f.fetches() >= some })
		if status, _ := running.signal(t, os.Kill); status != -1 {
			t.Fatalf("the bot had ended by itself: %d %s", status, running.output)
		}
		f.reckon()
	}
	running := m.serve(t)
	f.wait("every file counts, and is kept once", func() bool { return f.reckon() == f.sent && f.kept() == f.sent })
	f.wait("every file was asked about, or it was said that this may not have arrived", func() bool { return len(f.asked())+f.givenUp() >= f.sent })
	const personal = 8
	for _, message := range f.asked()[:personal] {
		if _, err := telegram.Press(person, message, person, "Ada, saya tutup dulu"); err != nil {
			t.Fatal(err)
		}
	}
	f.wait("some are forgotten", func() bool { return f.reckon() <= f.sent-rand.IntN(personal) })
	running.signal(t, os.Kill)
	m.serve(t)
	f.wait("those with personal data are gone, and the others are not", func() bool { return f.reckon() == f.sent-personal && f.kept() == f.sent-personal })
}

// filingKilled is somebody who files evidence with a bot that is killed.
type filingKilled struct {
	t        *testing.T
	ctx      context.Context
	telegram *sim.Server
	config   Config
	person   int64
	sent     int
}

func (f *filingKilled) prepare() {
	f.t.Helper()
	opened, err := store.Open(f.ctx, f.config.Database)
	if err != nil {
		f.t.Fatal(err)
	}
	defer opened.Close()
	if err := opened.Update(f.ctx, func(tx *store.Tx) error { _, _, err := prepareEvaluation(tx, f.person); return err }); err != nil {
		f.t.Fatal(err)
	}
}

func (f *filingKilled) say() {
	f.sent++
	content := []byte(strings.Repeat(fmt.Sprintf("rekap bulan %d\n", f.sent), 20000))
	f.telegram.Say(sim.Message{Chat: f.person, Person: f.person, Caption: "/bukti ENV-08",
		Document: &sim.File{Name: fmt.Sprintf("rekap-%d.csv", f.sent), Bytes: content}})
}

func (f *filingKilled) fetches() int { return f.telegram.Counts()["getFile"] }

// reckon reads what counts, each of which must be whole in the vault, once, and gives
// how many that is.
func (f *filingKilled) reckon() int {
	f.t.Helper()
	opened, err := store.Open(f.ctx, f.config.Database)
	if err != nil {
		f.t.Fatal(err)
	}
	defer opened.Close()
	kept := vault.At(f.config.filesFolder())
	names, missing := map[string]bool{}, map[string]error{}
	err = opened.View(f.ctx, func(tx *store.Tx) error {
		pieces, err := tx.EvidenceInVault()
		for _, piece := range pieces {
			if err := kept.Verify(piece.Hash); err != nil {
				missing[piece.Hash] = err
			}
			if names[piece.Hash] || !piece.Counts() || piece.State != council.EvidenceUploaded {
				f.t.Errorf("%s is counted twice, or not: %+v", piece.Reference(), piece)
			}
			names[piece.Hash] = true
		}
		return err
	})
	if err == nil && len(missing) > 0 { // it may have been forgotten since this picture was taken
		err = opened.View(f.ctx, func(tx *store.Tx) error {
			pieces, err := tx.EvidenceInVault()
			for _, piece := range pieces {
				if lost := missing[piece.Hash]; lost != nil {
					f.t.Errorf("%s counts: %v", piece.Reference(), lost)
				}
			}
			return err
		})
	}
	if err != nil {
		f.t.Fatal(err)
	}
	return len(names)
}

// kept counts the contents of the vault.
func (f *filingKilled) kept() (count int) {
	f.t.Helper()
	if err := vault.At(f.config.filesFolder()).Each(func(string, int64) error { count++; return nil }); err != nil {
		f.t.Fatal(err)
	}
	return count
}

// asked lists the messages that ask whether something holds personal data, of each
// filing the last one: where the line broke it may have come twice.
func (f *filingKilled) asked() (messages []int) {
	last := map[string]int{}
	for _, message := range f.telegram.Messages(f.person) {
		for _, row := range message.Buttons {
			if message.Bot && row[0].Text == "Tidak" {
				last[row[0].Data] = message.ID
			}
		}
	}
	return slices.Sorted(maps.Values(last))
}

// givenUp counts the messages that may not have arrived, since sending them was cut off by two
// kills in a row: whoever filed is told so, and asked to look again.
func (f *filingKilled) givenUp() (messages int) {
	f.t.Helper()
	opened, err := store.Open(f.t.Context(), f.config.Database)
	if err != nil {
		f.t.Fatal(err)
	}
	defer opened.Close()
	err = opened.View(f.t.Context(), func(tx *store.Tx) error {
		for id := int64(1); ; id++ {
			absence, err := tx.Absence(id)
			if errors.Is(err, store.ErrNotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			if absence.Cause == council.CauseCutOff {
				messages += absence.Missed.Messages
			}
		}
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return messages
}

func (f *filingKilled) wait(what string, condition func() bool) {
	f.t.Helper()
	changed, unsubscribe := f.telegram.Subscribe()
	defer unsubscribe()
	for !condition() {
		select {
		case <-changed:
		case <-time.After(10 * time.Millisecond): // what changes in the database alone wakes nobody
		case <-f.ctx.Done():
			f.t.Fatalf("waiting until %s; of %d files %d are kept and %d were asked about, and %d messages were given up: %v",
				what, f.sent, f.kept(), len(f.asked()), f.givenUp(), f.ctx.Err())
		}
	}
}
