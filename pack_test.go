package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// packed is a city with an evaluation and filed evidence, on the disk.
type packed struct {
	folder      string
	environment []string
	store       *store.Store
	hashes      []string
}

// packedCity files contents for ENV-08, ENV-09, …: one each. Its database stays open,
// as that of a running copy.
func packedCity(t *testing.T, contents ...string) packed {
	t.Helper()
	city := packed{folder: t.TempDir()}
	database := filepath.Join(city.folder, "rembuk.db")
	city.environment = []string{"REMBUK_DATABASE=" + database, "REMBUK_CITY=Kabupaten Teluk Marannu", "REMBUK_ZONE=Asia/Makassar"}
	files, err := vault.Open(database + ".files")
	if err != nil {
		t.Fatal(err)
	}
	if city.store, err = store.Open(t.Context(), database); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = city.store.Close() })
	at := time.Date(2026, 6, 9, 7, 40, 0, 0, time.UTC)
	err = city.store.Update(t.Context(), func(tx *store.Tx) error {
		baso, err := tx.Seen(200000001, "Baso", "baso_contoh", "id", at)
		if err != nil {
			return err
		}
		evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap I", State: council.EvaluationOpen, CreatedBy: baso.ID, CreatedAt: at})
		if err != nil {
			return err
		}
		for i, content := range contents {
			hash, size, err := files.Put(strings.NewReader(content), 1<<30)
			if err != nil {
				return err
			}
			city.hashes = append(city.hashes, hash)
			indicator, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: fmt.Sprintf("ENV-%02d", 8+i), Dimension: council.Environment, Name: "Sampah"})
			if err != nil {
				return err
			}
			if _, err := tx.CreateEvidence(council.Evidence{IndicatorID: indicator.ID, MemberID: baso.ID, Kind: "document", Name: "rekap.pdf",
				Hash: hash, Size: size, Personal: council.PersonalNo, State: council.EvidenceVerified, Version: 1, CreatedAt: at}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return city
}

// content is where a content of the vault lies.
func (p packed) content(hash string) string {
	return filepath.Join(p.folder, "rembuk.db.files", hash[:2], hash)
}

// run runs the program with its arguments; FOLDER stands for the city's.
func (p packed) run(t *testing.T, arguments ...string) (status int, output string) {
	t.Helper()
	for i := range arguments {
		arguments[i] = strings.Replace(arguments[i], "FOLDER", p.folder, 1)
	}
	var out, complaints bytes.Buffer
	status = run(t.Context(), arguments, p.environment, &out, &complaints)
	return status, out.String() + complaints.String()
}

// TestPackAndVerify packs beside an open database, whose newest changes stand in its
// -wal file, and compares.
func TestPackAndVerify(t *testing.T) {
	city := packedCity(t, "tonase", "nasabah")
	status, output := city.run(t, "pack", "e1", "FOLDER/paket.zip")
	if status != exitDone || !strings.Contains(output, "E-1 with 2 indicators and 2 pieces of evidence; 4 files") {
		t.Fatalf("%d %s", status, output)
	}
	info, err := os.Stat(filepath.Join(city.folder, "paket.zip"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	status, verified := city.run(t, "verify", "FOLDER/paket.zip")
	if _, seal, _ := strings.Cut(output, "; "); status != exitDone || !strings.HasSuffix(verified, "whole; "+seal) {
		t.Errorf("%d %s", status, verified)
	}
	if status, again := city.run(t, "pack", "E-1", "FOLDER/paket.zip"); status != exitFailed || !strings.Contains(again, "exists already") {
		t.Errorf("%d %s", status, again)
	}
	if status, output := city.run(t, "pack", "E-1", "FOLDER/pack.zip", "--language", "en"); status != exitDone {
		t.Errorf("%d %s", status, output)
	}
	city.onlyThese(t, "pack.zip", "paket.zip")
}

// onlyThese tells what lies in the folder beside the database and its files.
func (p packed) onlyThese(t *testing.T, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(p.folder)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), "rembuk.db") {
			found = append(found, entry.Name())
		}
	}
	if strings.Join(found, " ") != strings.Join(want, " ") {
		t.Errorf("there are %q, want %q", found, want)
	}
}

// TestPackWithoutWhatIsNotWhole names it and ends with 1; the rest is there and true.
func TestPackWithoutWhatIsNotWhole(t *testing.T) {
	city := packedCity(t, "tonase", "nasabah", "foto")
	if err := os.WriteFile(city.content(city.hashes[0]), []byte("Tonase"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(city.content(city.hashes[1])); err != nil {
		t.Fatal(err)
	}
	status, output := city.run(t, "pack", "E-1", "FOLDER/paket.zip")
	for _, words := range []string{
		"altered  ENV-08  6 Lingkungan/ENV-08 Sampah/01 rekap.pdf", "missing  ENV-09  6 Lingkungan/ENV-09 Sampah/01 rekap.pdf", "3 indicators and 1 pieces", "without 2 files",
	} {
		if status != exitFailed || !strings.Contains(output, words) {
			t.Errorf("%d %q does not say %q", status, output, words)
		}
	}
	if status, output := city.run(t, "verify", "FOLDER/paket.zip"); status != exitDone || !strings.Contains(output, "3 files") {
		t.Errorf("%d %s", status, output)
	}
}

func TestVerifyNamesFaults(t *testing.T) {
	city := packedCity(t, "tonase")
	if status, output := city.run(t, "pack", "E-1", "FOLDER/paket.zip"); status != exitDone {
		t.Fatal(output)
	}
	path := filepath.Join(city.folder, "paket.zip")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(content, []byte("tonase"), []byte("Tonase"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	status, output := city.run(t, "verify", "FOLDER/paket.zip")
	if status != exitFailed || !strings.Contains(output, "6 Lingkungan/ENV-08 Sampah/01 rekap.pdf: it cannot be unpacked") || !strings.Contains(output, "1 faults") {
		t.Errorf("%d %s", status, output)
	}
	if status, output := city.run(t, "verify", "FOLDER/rembuk.db"); status != exitFailed || !strings.Contains(output, "cannot be read as a pack") {
		t.Errorf("%d %s", status, output)
	}
}

// TestOnlyWhatCountsIsPacked: neither what holds personal data, nor what was taken
// back or replaced.
func TestOnlyWhatCountsIsPacked(t *testing.T) {
	city := packedCity(t, "tonase", "pribadi", "ditarik", "lama")
	err := city.store.Update(t.Context(), func(tx *store.Tx) error {
		for number, change := range map[int64]func(*council.Evidence){
			2: func(e *council.Evidence) { e.Personal = council.PersonalYes }, 3: func(e *council.Evidence) { e.Withdrawn = true },
			4: func(e *council.Evidence) { e.ReplacedBy = 1 },
		} {
			evidence, err := tx.Evidence(number)
			if err != nil {
				return err
			}
			change(&evidence)
			if err := tx.SaveEvidence(evidence); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	status, output := city.run(t, "pack", "E-1", "FOLDER/paket.zip")
	if status != exitDone || !strings.Contains(output, "4 indicators and 1 pieces of evidence; 3 files") {
		t.Errorf("%d %s", status, output)
	}
	content, err := os.ReadFile(filepath.Join(city.folder, "paket.zip"))
	if err != nil || bytes.Contains(content, []byte("pribadi")) || bytes.Contains(content, []byte("ditarik")) || !bytes.Contains(content, []byte("tonase")) {
		t.Errorf("the pack holds what does not count, %v", err)
	}
}

// TestKilledWhilePacking kills the real program at many points: under the pack's name
// there is all of it, or nothing, and the database and the files stay as they are.
func TestKilledWhilePacking(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	const size = 3 << 20
	contents := make([]string, 12)
	for i := range contents {
		contents[i] = strings.Repeat(fmt.Sprintf("%x", sha256.Sum256([]byte{byte(i)})), size/64)
	}
	city := packedCity(t, contents...)
	binary := realProgram(t)
	killed := 0
	for number := range 8 {
		name := fmt.Sprintf("paket-%d.zip", number)
		ctx, stop := context.WithCancel(t.Context())
		command := exec.CommandContext(ctx, binary, "pack", "E-1", filepath.Join(city.folder, name)) // killed when the context ends
		command.Env = city.environment
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- command.Wait() }()
		err := city.whenWritten(name, random.Int64N(size*int64(len(contents))), ended)
		stop()
		if err == nil {
			err = <-ended
		}
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == -1 {
			killed++
		}
		check, err := report.VerifyPack(t.Context(), filepath.Join(city.folder, name))
		if err == nil && (len(check.Faults) > 0 || check.Files != len(contents)+2) {
			t.Errorf("%s is there and is not whole: %+v", name, check)
		} else if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Logf("%d of 8 were killed in the middle", killed)
	if killed < 3 {
		t.Error("the kills came too late to tell anything")
	}
	if status, output := city.run(t, "pack", "E-1", "FOLDER/last.zip"); status != exitDone {
		t.Errorf("after the kills: %d %s", status, output)
	}
}

// whenWritten waits until so many bytes of a pack are written, or the program ends.
func (p packed) whenWritten(name string, bytes int64, ended chan error) error {
	for {
		select {
		case err := <-ended:
			if err == nil {
				err = errors.New("it has ended")
			}
			return err
		default:
		}
		drafts, err := filepath.Glob(filepath.Join(p.folder, "."+name+".*.draft"))
		if err != nil {
			return err
		}
		for _, draft := range drafts {
			if info, err := os.Stat(draft); err == nil && info.Size() >= bytes {
				return nil
			}
		}
	}
}
