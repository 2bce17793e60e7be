package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

const plenty = 1 << 20

func open(t *testing.T) (*Vault, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "kota.db.files")
	opened, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return opened, folder
}

func put(t *testing.T, v *Vault, content string) string {
	t.Helper()
	name, size, err := v.Put(strings.NewReader(content), plenty)
	if err != nil {
		t.Fatal(err)
	}
	if size != int64(len(content)) {
		t.Fatalf("%d bytes are said to be %d", len(content), size)
	}
	return name
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// contents lists what a vault holds, and files everything that lies in its folder.
func contents(t *testing.T, v *Vault) (names []string) {
	t.Helper()
	if err := v.Each(func(name string, _ int64) error { names = append(names, name); return nil }); err != nil {
		t.Fatal(err)
	}
	return names
}

func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestContentComesBackUnderItsHash(t *testing.T) {
	v, _ := open(t)
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 0, 5000).Draw(t, "content")
		name, size, err := v.Put(iotest.OneByteReader(bytes.NewReader(content)), plenty)
		if err != nil || size != int64(len(content)) || name != hashOf(string(content)) {
			t.Fatalf("%s, %d, %v", name, size, err)
		}
		read, err := v.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer read.Close()
		back, err := io.ReadAll(read)
		if err != nil || !bytes.Equal(back, content) {
			t.Fatalf("%d bytes came back of %d: %v", len(back), len(content), err)
		}
		if err := v.Verify(name); err != nil || !v.Has(name) {
			t.Fatal(err)
		}
	})
}

func TestEachContentIsKeptOnceForItsOwnerAlone(t *testing.T) {
	v, folder := open(t)
	var putting sync.WaitGroup
	for range 20 {
		putting.Go(func() {
			if _, _, err := v.Put(strings.NewReader("rekap tonase"), plenty); err != nil {
				t.Error(err)
			}
		})
	}
	putting.Wait()
	other := put(t, v, "SK bank sampah")
	want := []string{hashOf("rekap tonase"), other}
	slices.Sort(want)
	if got := contents(t, v); !slices.Equal(got, want) {
		t.Errorf("%v instead of %v", got, want)
	}
	kept := files(t, folder)
	if len(kept) != 2 {
		t.Errorf("in the folder lie %v", kept)
	}
	for path, mode := range map[string]fs.FileMode{kept[0]: 0o600, kept[1]: 0o600, filepath.Dir(kept[0]): 0o700 | fs.ModeDir, folder: 0o700 | fs.ModeDir} {
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("%s: %v %v instead of %v", path, info.Mode(), err, mode)
		}
	}
}

func TestNothingIsLeftOfWhatCannotBeKept(t *testing.T) {
	lost := errors.New("the line broke")
	for name, row := range map[string]struct {
		content io.Reader
		limit   int64
		want    error
	}{
		"the line breaks":        {io.MultiReader(strings.NewReader("setengah"), iotest.ErrReader(lost)), plenty, lost},
		"one byte above":         {strings.NewReader("12345"), 4, ErrTooLarge},
		"exactly as much":        {strings.NewReader("1234"), 4, nil},
		"nothing at all":         {strings.NewReader(""), 4, nil},
		"above, and then broken": {io.MultiReader(strings.NewReader("123456"), iotest.ErrReader(lost)), 4, ErrTooLarge},
	} {
		v, folder := open(t)
		_, _, err := v.Put(row.content, row.limit)
		if !errors.Is(err, row.want) {
			t.Errorf("%s: %v instead of %v", name, err, row.want)
		}
		want := 0
		if row.want == nil {
			want = 1
		}
		if left := files(t, folder); len(left) != want {
			t.Errorf("%s: in the folder lie %v", name, left)
		}
	}
}

func TestWhatWasHalfWrittenNeverCounts(t *testing.T) {
	for _, name := range []string{"kota.db.files", "kota [uji] *?.files"} {
		folder := filepath.Join(t.TempDir(), name)
		v, err := Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		whole := put(t, v, "utuh")
		left := filepath.Join(folder, temporary+"123")
		for path, content := range map[string]string{
			left: "setengah", filepath.Join(folder, whole[:2], "catatan.txt"): "asing", filepath.Join(folder, "README"): "asing",
		} {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		beside := At(folder)
		if got := contents(t, beside); !slices.Equal(got, []string{whole}) {
			t.Errorf("%s: %v", name, got)
		}
		if _, err := os.Stat(left); err != nil {
			t.Errorf("%s: whoever looks takes away what is being written: %v", name, err)
		}
		if v, err = Open(folder); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a leftover stays: %v", name, err)
		}
		if got := contents(t, v); !slices.Equal(got, []string{whole}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAlteredAndMissingContentIsFound(t *testing.T) {
	const content = "laporan IKLH 2026"
	for name, change := range map[string]func(path string) error{
		"another letter": func(path string) error { return os.WriteFile(path, []byte("laporan IKLH 2025"), 0o600) },
		"shorter":        func(path string) error { return os.Truncate(path, 5) },
		"longer":         func(path string) error { return os.Truncate(path, 500) },
		"empty":          func(path string) error { return os.Truncate(path, 0) },
		"gone":           os.Remove,
	} {
		v, folder := open(t)
		hash := put(t, v, content)
		if err := change(filepath.Join(folder, hash[:2], hash)); err != nil {
			t.Fatal(err)
		}
		want := ErrAltered
		if name == "gone" {
			want = ErrMissing
		}
		if err := v.Verify(hash); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
		if again := put(t, v, content); again != hash || v.Verify(hash) != nil {
			t.Errorf("%s: putting it in once more does not mend it: %v", name, v.Verify(hash))
		}
	}
}

func TestRemovedContentIsGone(t *testing.T) {
	v, _ := open(t)
	kept, removed := put(t, v, "tertutup"), put(t, v, "NIK terlihat")
	for range 2 { // the second time it is gone already, as after a kill
		if err := v.Remove(removed); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Remove(hashOf("tidak pernah ada")); err != nil {
		t.Error(err)
	}
	if v.Has(removed) || !errors.Is(v.Verify(removed), ErrMissing) || v.Verify(kept) != nil {
		t.Errorf("removed: %v, kept: %v", v.Verify(removed), v.Verify(kept))
	}
}

func TestNoNameLeadsOutOfTheVault(t *testing.T) {
	v, folder := open(t)
	outside := filepath.Join(filepath.Dir(folder), "rahasia")
	if err := os.WriteFile(outside, []byte("token"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"", "..", "../rahasia", outside, "../../etc/passwd", strings.Repeat("../", 21) + "a", strings.Repeat("G", 64), strings.Repeat("a", 63),
		strings.ToUpper(hashOf("x")), hashOf("x")[:62] + "/.", hashOf("x")[:63] + "\x00",
	} {
		if _, err := v.Open(name); !errors.Is(err, ErrMissing) {
			t.Errorf("%q can be opened: %v", name, err)
		}
		if v.Has(name) || !errors.Is(v.Verify(name), ErrMissing) || v.Remove(name) == nil {
			t.Errorf("%q is taken for a content", name)
		}
	}
	if _, err := os.Stat(outside); err != nil {
		t.Error(err)
	}
}

func TestAVaultThatIsNotThereIsEmpty(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "none")
	v := At(folder)
	if got := contents(t, v); len(got) != 0 || !errors.Is(v.Verify(hashOf("x")), ErrMissing) {
		t.Errorf("%v", got)
	}
	if err := v.Remove(hashOf("x")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("looking at it made it: %v", err)
	}
	if _, err := Open(filepath.Join(folder, "deeper")); err == nil {
		t.Error("a vault was made in a folder that is not there")
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := At(folder).Each(func(string, int64) error { return nil }); err == nil {
		t.Error("a file is taken for an empty vault")
	}
}
