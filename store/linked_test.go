package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// TestWhatTheWriterKnowsOfGroupsIsWhatIsThere changes groups in every way there
// is, keeping the change or failing after it, and compares what the writer knows
// with what a fresh reader sees.
func TestWhatTheWriterKnowsOfGroupsIsWhatIsThere(t *testing.T) {
	s := openStore(t)
	failed := errors.New("changed its mind")
	rapid.Check(t, func(r *rapid.T) {
		chat := rapid.Int64Range(-4, -1).Draw(r, "chat")
		other := rapid.Int64Range(-4, -1).Draw(r, "other chat")
		thread := rapid.IntRange(0, 2).Draw(r, "thread")
		change := rapid.SampledFrom([]func(*Tx) error{
			func(tx *Tx) error {
				_, err := tx.LinkGroup(council.Group{ChatID: chat, ThreadID: thread, Title: "Pokja", Kind: council.KindCommunity, Language: "id"})
				return err
			},
			func(tx *Tx) error {
				group, err := tx.GroupOf(chat, thread)
				if err != nil {
					return nil
				}
				return tx.UnlinkGroup(group, noon)
			},
			func(tx *Tx) error { return tx.SetGroupTitle(chat, rapid.StringN(1, 5, -1).Draw(r, "title")) },
			func(tx *Tx) error { return tx.SetGroupLanguage(rapid.Int64Range(1, 6).Draw(r, "id"), "en") },
			func(tx *Tx) error { return second(tx.SetGroupReachable(chat, rapid.Bool().Draw(r, "reachable"))) },
			func(tx *Tx) error { return tx.DropTopic(chat, thread) },
			func(tx *Tx) error { return tx.Migrate(chat, other) },
		}).Draw(r, "change")
		keep := rapid.Bool().Draw(r, "keep")
		err := s.Update(t.Context(), func(tx *Tx) error {
			if err := change(tx); err != nil {
				return err
			}
			if _, err := tx.Groups(); err != nil || keep {
				return err
			}
			return failed
		})
		if err != nil && !errors.Is(err, failed) {
			r.Fatal(err)
		}
		var known, there []council.Group
		look := func(groups *[]council.Group) func(*Tx) error {
			return func(tx *Tx) (err error) { *groups, err = tx.Groups(); return err }
		}
		if err := errors.Join(s.Update(t.Context(), look(&known)), s.View(t.Context(), look(&there))); err != nil {
			r.Fatal(err)
		}
		if difference := cmp.Diff(there, known); difference != "" {
			r.Fatalf("the writer knows otherwise:\n%s", difference)
		}
	})
}
