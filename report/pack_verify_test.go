package report

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/locale"
)

func TestVerifyPack(t *testing.T) {
	s := shelf{}
	pack, _ := write(t, townPack(t, locale.Indonesian, s), s)
	names, files := unpacked(t, pack)
	const tonase = "6 Lingkungan/ENV-08 Sampah terkelola/01 rekap tonase.pdf"
	for name, row := range map[string]struct {
		change func(map[string]string) []string // files in another order, or more of them
		want   []PackFault
	}{
		"as it was": {func(map[string]string) []string { return names }, nil},
		"altered": {func(f map[string]string) []string { f[tonase] = "Tonase"; return names },
			[]PackFault{{tonase, FaultAltered}}},
		"gone":       {func(map[string]string) []string { return names[1:] }, []PackFault{{tonase, FaultGone}}},
		"more":       {func(f map[string]string) []string { return append([]string{"baru.txt"}, names...) }, []PackFault{{"baru.txt", FaultNotListed}}},
		"twice":      {func(f map[string]string) []string { return append([]string{tonase}, names...) }, []PackFault{{tonase, FaultTwice}}},
		"outside":    {func(f map[string]string) []string { return append([]string{"../baru.txt"}, names...) }, []PackFault{{"../baru.txt", FaultOutside}}},
		"backwards":  {func(f map[string]string) []string { return append([]string{`..\baru.txt`}, names...) }, []PackFault{{`..\baru.txt`, FaultOutside}}},
		"no list":    {func(map[string]string) []string { return names[:len(names)-1] }, []PackFault{{PackManifest, FaultNoList}}},
		"a bad line": {func(f map[string]string) []string { f[PackManifest] += "xyz\n"; return names }, []PackFault{{"xyz", FaultList}}},
		"two lines": {func(f map[string]string) []string {
			f[PackManifest] += strings.Repeat("0", 64) + "  " + tonase + "\n"
			return names
		}, []PackFault{{strings.Repeat("0", 64) + "  " + tonase, FaultList}}},
	} {
		t.Run(name, func(t *testing.T) {
			changed := make(map[string]string)
			for name, content := range files {
				changed[name] = content
			}
			path := filepath.Join(t.TempDir(), "pack.zip")
			if err := os.WriteFile(path, zipped(t, row.change(changed), changed), 0o600); err != nil {
				t.Fatal(err)
			}
			check, err := VerifyPack(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			if difference := cmp.Diff(row.want, check.Faults); difference != "" {
				t.Error(difference)
			}
			if name == "as it was" && (check.Files != len(names)-1 || check.Seal != fmt.Sprintf("%x", sha256.Sum256([]byte(files[PackManifest])))) {
				t.Errorf("%+v", check)
			}
		})
	}
}

// TestVerifyOfADamagedFile: every single byte of a file that changes is noticed.
func TestVerifyOfADamagedFile(t *testing.T) {
	s := shelf{}
	pack, _ := write(t, townPack(t, locale.Indonesian, s), s)
	at := bytes.Index(pack, []byte("tonase.pdf")) + len("tonase.pdf")
	at += bytes.Index(pack[at:], []byte("tonase"))
	pack[at] ^= 1
	path := filepath.Join(t.TempDir(), "pack.zip")
	if err := os.WriteFile(path, pack, 0o600); err != nil {
		t.Fatal(err)
	}
	check, err := VerifyPack(t.Context(), path)
	if err != nil || len(check.Faults) != 1 || check.Faults[0].What != FaultDamaged {
		t.Errorf("%+v %v", check, err)
	}
	if err := os.WriteFile(path, pack[:len(pack)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := VerifyPack(t.Context(), path); err == nil {
		t.Error("half a pack is taken for one")
	}
}

func zipped(t *testing.T, names []string, files map[string]string) []byte {
	t.Helper()
	var to bytes.Buffer
	writer := zip.NewWriter(&to)
	for _, name := range names {
		entry, err := writer.Create(name)
		if err == nil {
			_, err = io.WriteString(entry, files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return to.Bytes()
}
