package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// benchedTogether is how many tasks are made and sent in one transaction each.
const benchedTogether = keptTogether

// BenchmarkNewTask makes tasks as in a burst, on a file, but without a line to
// Telegram: the update is decoded, kept and answered, the card is claimed and
// recorded as sent.
func BenchmarkNewTask(b *testing.B) {
	bench := newTaskBench(b)
	b.ReportAllocs()
	began := processorTime(b)
	for b.Loop() {
		bench.makeTasks(b, benchedTogether)
	}
	b.ReportMetric(float64((processorTime(b)-began).Microseconds())/float64(b.N*benchedTogether), "cpu-µs/task")
}

// processorTime is what the process has used; other work on the machine tells on it less than on the time that passes.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// taskBench is a bot in one linked group whose owner writes commands.
type taskBench struct {
	bot    *Bot
	store  *store.Store
	unsent []store.Queued
	number int64
}

func newTaskBench(b *testing.B) *taskBench {
	b.Helper()
	kept, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "rembuk.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = kept.Close() })
	book, err := locale.Open()
	if err != nil {
		b.Fatal(err)
	}
	morning, err := cron.ParseStandard("0 8 * * *")
	if err != nil {
		b.Fatal(err)
	}
	bench := &taskBench{store: kept}
	bench.bot = New(Options{Store: kept, Book: book, Now: time.Now, Owners: []int64{benchedOwner},
		City: "Kabupaten Teluk Marannu", Zone: "Asia/Makassar", Next: morning.Next})
	bench.update(b, func(tx *store.Tx) error {
		if err := bench.bot.settle(tx); err != nil {
			return err
		}
		_, err := tx.LinkGroup(council.Group{ChatID: benchedGroup, Title: "Pokja", Kind: council.KindWorkingGroup, Dimension: council.Dimensions[0], Language: locale.Indonesian})
		return err
	})
	kept.OnQueued(func(rows []store.Queued) { bench.unsent = append(bench.unsent, rows...) })
	return bench
}

// The people and places of the bench.
const (
	benchedOwner = 1001
	benchedGroup = -1000000000001
)

func (t *taskBench) update(b *testing.B, change func(*store.Tx) error) {
	b.Helper()
	if err := t.store.Update(context.Background(), change); err != nil {
		b.Fatal(err)
	}
}

// makeTasks lets the owner write so many commands, and records their cards as sent.
func (t *taskBench) makeTasks(b *testing.B, count int) {
	t.update(b, func(tx *store.Tx) error {
		for range count {
			t.number++
			arrived := t.bot.read(t.command())
			if _, err := tx.Receive([]store.Received{{UpdateID: arrived.id, ChatID: arrived.chatID, Raw: string(arrived.raw)}}, time.Now()); err != nil {
				return err
			}
			if err := t.bot.process(tx, arrived); err != nil {
				return err
			}
		}
		return nil
	})
	if len(t.unsent) != count {
		b.Fatalf("%d tasks have %d cards", count, len(t.unsent))
	}
	t.update(b, func(tx *store.Tx) error {
		for _, row := range t.unsent {
			out, err := tx.Claim(row.ID)
			if err != nil {
				return err
			}
			if err := tx.Sent(out, int(row.ID), time.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	t.unsent = t.unsent[:0]
}

// command is the next one as Telegram delivers it.
func (t *taskBench) command() json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"from":{"id":%d,"first_name":"Sitti","is_bot":false},
		"chat":{"id":%d,"type":"supergroup","title":"Pokja"},"text":"/tugas_baru Laporan nomor %d tenggat 2030-05-%02d","entities":[{"type":"bot_command","offset":0,"length":11}]}}`,
		t.number, t.number, time.Now().Unix(), benchedOwner, benchedGroup, t.number, t.number%28+1))
}
