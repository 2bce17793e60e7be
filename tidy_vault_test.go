package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// TestTheProgramRemovesWhatNothingNeeds: a content that no evidence needs is removed
// when it was seen twice, and what is needed by then stays.
func TestTheProgramRemovesWhatNothingNeeds(t *testing.T) {
	_, config := localTelegram(t)
	fileEvidence(t, config, "rekap")
	kept, err := vault.Open(config.filesFolder())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := store.Open(t.Context(), config.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	p := &Program{store: opened, vault: kept}
	put := func(content string) string {
		name, _, err := kept.Put(strings.NewReader(content), 100)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	used, left, later := put("rekap"), put("tertinggal"), put("nanti")
	before, err := p.sweepVault(t.Context(), nil)
	if err != nil || before[used] || !before[left] || !before[later] || !kept.Has(left) {
		t.Fatalf("at first: %v %v", before, err)
	}
	err = opened.Update(t.Context(), func(tx *store.Tx) error {
		piece, err := tx.Evidence(1)
		if err != nil {
			return err
		}
		piece.Filing = 0
		_, err = tx.CreateEvidence(piece.Keep(later, 5))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = p.sweepVault(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	var names []string
	if err := kept.Each(func(name string, _ int64) error { names = append(names, name); return nil }); err != nil {
		t.Fatal(err)
	}
	want := []string{used, later}
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("the vault holds %v, not %v", names, want)
	}
}
