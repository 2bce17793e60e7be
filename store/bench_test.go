package store

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
)

// BenchmarkUpdate measures durable changes of the usual kind: an update is
// handled, an event recorded, an answer queued.
func BenchmarkUpdate(b *testing.B) {
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			s := openStore(b)
			var updateID atomic.Int64
			change := func(tx *Tx) error {
				id := updateID.Add(1)
				if _, err := tx.Receive([]Received{{UpdateID: id, ChatID: id % 97, Raw: `{"text":"/selesai T-12"}`}}, noon); err != nil {
					return err
				}
				if err := tx.Record(council.Event{At: noon, MemberID: 1, Subject: task12, Kind: council.EventSubmitted}, "sudah"); err != nil {
					return err
				}
				if err := tx.Queue(message(id%97, "Terima kasih. T-12 menunggu pemeriksaan."), noon); err != nil {
					return err
				}
				_, err := tx.Handled(id)
				return err
			}
			b.ReportAllocs()
			b.ResetTimer()
			if callers == 1 {
				for b.Loop() {
					ok(b, s.Update(b.Context(), change))
				}
				return
			}
			b.SetParallelism(max(1, callers/runtime.GOMAXPROCS(0)))
			b.RunParallel(func(more *testing.PB) {
				for more.Next() {
					if err := s.Update(b.Context(), change); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

// BenchmarkTick measures what the scheduler asks at every tick, with 100,000
// open tasks, four reminders for each, of which a morning's worth is due.
func BenchmarkTick(b *testing.B) {
	s := openStore(b)
	const tasks, days = 100_000, 400
	ok(b, s.Update(b.Context(), func(tx *Tx) error {
		for i := range tasks {
			deadline := noon.AddDate(0, 0, i%days)
			task, err := tx.CreateTask(council.Task{
				Title: "Rekap tonase bank sampah", GroupID: int64(i%40 + 1), CreatedAt: noon, State: council.TaskNew,
				Deadline: council.Deadline{At: deadline, Zone: "Asia/Makassar"}, Assignees: council.AssignTo(int64(i%500 + 1)),
			}, 0, 0)
			if err != nil {
				return err
			}
			var planned []council.Reminder
			for _, step := range []struct {
				name council.Step
				days int
			}{{"H-7", -7}, {"H-3", -3}, {"H-1", -1}, {"H", 0}} {
				planned = append(planned, council.Reminder{
					Subject: task.Reference(), Step: step.name, Audience: council.ToAssignee, MemberID: int64(i%500 + 1),
					Anchor: deadline, Due: deadline.AddDate(0, 0, step.days+8),
				})
			}
			if err := tx.AddReminders(planned); err != nil {
				return err
			}
		}
		return nil
	}))
	now := noon.AddDate(0, 0, 1)
	var due []council.Reminder
	b.ResetTimer()
	for b.Loop() {
		ok(b, s.View(b.Context(), func(tx *Tx) (err error) {
			if due, err = tx.DueReminders(now); err != nil {
				return err
			}
			_, err = tx.NextReminder()
			return err
		}))
	}
	b.ReportMetric(float64(len(due)), "due")
	if mean := b.Elapsed() / time.Duration(b.N); mean > 50*time.Millisecond {
		b.Errorf("a tick takes %v", mean)
	}
	if len(due) != tasks/days {
		b.Errorf("%d reminders are due, want %d", len(due), tasks/days)
	}
}
