package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// fileEvidence puts pieces with these contents into a database and its vault, for the
// indicator ENV-08, and gives the paths of their files.
func fileEvidence(t *testing.T, config Config, contents ...string) (paths []string) {
	t.Helper()
	kept, err := vault.Open(config.filesFolder())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := store.Open(t.Context(), config.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	err = opened.Update(t.Context(), func(tx *store.Tx) error {
		member, indicator, err := prepareEvaluation(tx, 7)
		if err != nil {
			return err
		}
		for _, content := range contents {
			piece := council.Evidence{IndicatorID: indicator.ID, MemberID: member.ID, Kind: "document", Name: "rahasia " + content, State: council.EvidenceVerified, Version: 1, CreatedAt: morning}
			if content != "" {
				name, size, err := kept.Put(strings.NewReader(content), 1<<20)
				if err != nil {
					return err
				}
				piece = piece.Keep(name, size)
				paths = append(paths, filepath.Join(config.filesFolder(), name[:2], name))
			}
			if _, err := tx.CreateEvidence(piece); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// prepareEvaluation makes an evaluation of a person's with the indicator ENV-08.
func prepareEvaluation(tx *store.Tx, telegramID int64) (council.Member, council.Indicator, error) {
	member, _, err := tx.Appeared(telegramID, "sitti_contoh", "id", morning)
	if err != nil {
		return member, council.Indicator{}, err
	}
	evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap I", State: council.EvaluationOpen, CreatedBy: member.ID, CreatedAt: morning})
	if err != nil {
		return member, council.Indicator{}, err
	}
	indicator, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: "ENV-08", Dimension: council.Environment, Name: "Sampah terkelola"})
	return member, indicator, err
}

func TestCheckFindsMissingAndAlteredFiles(t *testing.T) {
	for name, row := range map[string]struct {
		spoil func(config Config, paths []string) error
		wrong bool
		says  []string
	}{
		"all whole": {func(Config, []string) error { return nil }, false, []string{"ok: 2 of 3 pieces of evidence, all whole", "note: 1 still to be fetched"}},
		"one missing": {func(_ Config, paths []string) error { return os.Remove(paths[0]) }, true,
			[]string{"the file of evidence F-1 for ENV-08 is missing", "the file of evidence F-3 for ENV-08 is missing", "/bukti ENV-08"}},
		"one altered": {func(_ Config, paths []string) error { return os.WriteFile(paths[1], []byte("lain"), 0o600) }, true, []string{"the file of evidence F-2 for ENV-08 was altered"}},
		"the folder is gone": {func(config Config, _ []string) error { return os.RemoveAll(config.filesFolder()) }, true,
			[]string{"where the files of 3 pieces of evidence lie, cannot be opened", "put it back from its copy"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, config := localTelegram(t)
			paths := fileEvidence(t, config, "rekap", "foto", "rekap", "")
			if err := row.spoil(config, paths); err != nil {
				t.Fatal(err)
			}
			lines, failed := checked(t, config, morning)
			for _, part := range row.says {
				if !strings.Contains(lines["files"], part) {
					t.Errorf("%q lacks %q", lines["files"], part)
				}
			}
			if failed != row.wrong || strings.Contains(lines["files"], "rahasia") {
				t.Errorf("failed: %v; %q", failed, lines["files"])
			}
		})
	}
}
