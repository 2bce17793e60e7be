package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestANewerFaceLeavesAsTheMoreUrgentOfTheTwo, and the sender hears of that.
func TestANewerFaceLeavesAsTheMoreUrgentOfTheTwo(t *testing.T) {
	for name, row := range map[string]struct {
		older, newer, want Priority
		heard              int
	}{
		"more urgent":  {PriorityBroadcast, PriorityAnswer, PriorityAnswer, 1},
		"as urgent":    {PriorityAnswer, PriorityAnswer, PriorityAnswer, 0},
		"less so":      {PriorityAnswer, PriorityBroadcast, PriorityAnswer, 0},
		"a bit urgent": {PriorityBroadcast, PriorityReminder, PriorityReminder, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := openStore(t)
			var heard []Queued
			var card Card
			ok(t, s.Update(t.Context(), func(tx *Tx) (err error) {
				if card, err = tx.Card("T-1", "task", -5, 0); err != nil {
					return err
				}
				return tx.Queue(Outgoing{ChatID: -5, Kind: KindCard, Priority: row.older, CardID: card.ID, Payload: Payload{Text: "lama"}}, noon)
			}))
			s.OnQueued(func(queued []Queued) { heard = append(heard, queued...) })
			ok(t, s.Update(t.Context(), func(tx *Tx) error {
				return tx.Queue(Outgoing{ChatID: -5, Kind: KindCard, Priority: row.newer, CardID: card.ID, Payload: Payload{Text: "baru"}}, noon)
			}))
			if len(heard) != row.heard {
				t.Errorf("the sender heard %v", heard)
			}
			open := read(t, s, func(tx *Tx) ([]Queued, error) { return tx.OpenOutbox() })
			if len(open) != 1 || open[0].Priority != row.want {
				t.Fatalf("%v waits", open)
			}
			if row.heard == 1 {
				if difference := cmp.Diff(open, heard); difference != "" {
					t.Errorf("the sender heard otherwise:\n%s", difference)
				}
			}
			ok(t, s.Update(t.Context(), func(tx *Tx) error {
				out, err := tx.Claim(open[0].ID)
				if out.Payload.Text != "baru" {
					t.Errorf("it says %q", out.Payload.Text)
				}
				return err
			}))
		})
	}
}
