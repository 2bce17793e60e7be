package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// copyFolder copies the files of a folder.
func copyFolder(t *testing.T, from string) (to string) {
	t.Helper()
	to = t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

// sampleFiles are what the sample city leaves in a folder. It is built once for all
// tests that do not look at how it comes about.
var sampleFiles = sync.OnceValues(func() (files fs.FS, err error) {
	path, err := os.MkdirTemp("", "rembuk-sample-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(path)) }()
	folder, err := openPlaygroundFolder(context.Background(), path)
	if err != nil {
		return nil, err
	}
	page := &playgroundPage{folder: folder, output: io.Discard, failed: func(failure error) { err = failure }}
	if err := page.begin(context.Background()); err != nil {
		return nil, err
	}
	<-page.present().ready
	if err := errors.Join(err, page.end(), folder.close()); err != nil {
		return nil, err
	}
	kept := fstest.MapFS{}
	for _, name := range []string{folder.database(), folder.chats()} {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		kept[filepath.Base(name)] = &fstest.MapFile{Data: content, Mode: 0o600}
	}
	return kept, nil
})

// sampleFolder is a folder of the test's own with the sample city in it.
func sampleFolder(t *testing.T) string {
	t.Helper()
	files, err := sampleFiles()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, files); err != nil {
		t.Fatal(err)
	}
	return folder
}

func (p openPlayground) messages(who, chat int64) string {
	p.t.Helper()
	return fmt.Sprint(p.state(fmt.Sprintf("person=%d&chat=%d", who, chat)).Chat.Messages)
}

func TestWhatIsKeptComesBack(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "made", "by", "itself")
	var before, after onPage
	var said, coming string
	var sitti, pokja int64
	inPlayground(t, folder, func(page openPlayground) {
		sitti, pokja = page.person("Sitti"), page.group("Pokja Lingkungan")
		page.act("clock", "by", "day")
		page.say(sitti, pokja, "/tugas_baru Sesuatu yang tinggal, tenggat 29 Mei")
		page.await("an answer", func() bool { return page.heard(sitti, pokja, "Sesuatu yang tinggal") > 0 })
		page.act("clock", "by", "hour")
		before, said, coming = page.state(""), page.messages(sitti, pokja), fmt.Sprint(page.tools().Coming)
	})
	inPlayground(t, folder, func(page openPlayground) {
		after = page.state("")
		if after.World != before.World || after.Clock != before.Clock || fmt.Sprint(after.Chats) != fmt.Sprint(before.Chats) {
			t.Errorf("before %+v, after %+v", before, after)
		}
		if now := page.messages(sitti, pokja); now != said {
			t.Errorf("before:\n%s\nafter:\n%s", said, now)
		}
		if now := fmt.Sprint(page.tools().Coming); now != coming {
			t.Errorf("will be said before:\n%s\nafter:\n%s", coming, now)
		}
		answers := page.heard(sitti, pokja, "Tugas: ")
		page.say(sitti, pokja, "/status")
		page.await("an answer", func() bool { return page.heard(sitti, pokja, "Tugas: ") == answers+1 })
	})
}

// A kill leaves chats that are a few seconds older than the bot's database. The
// next start goes on from there: what the bot knows is known, nothing gets a
// number that was given before, and whoever writes is answered.
func TestAKilledPlaygroundGoesOn(t *testing.T) {
	t.Parallel()
	folder := sampleFolder(t)
	chats := (&playgroundFolder{path: folder}).chats()
	var left string
	var sitti, pokja int64
	highest := 0
	inPlayground(t, folder, func(page openPlayground) {
		sitti, pokja = page.person("Sitti"), page.group("Pokja Lingkungan")
		var older []byte
		page.await("the first saving", func() bool {
			content, err := os.ReadFile(chats)
			older = content
			return err == nil
		})
		page.act("clock", "by", "day")
		for number := range 5 {
			page.say(sitti, pokja, fmt.Sprintf("/tugas_baru Tugas nomor %d, tenggat 29 Mei", number))
		}
		page.await("the answers", func() bool { return page.heard(sitti, pokja, "Tugas nomor") >= 5 })
		page.act("clock", "by", "hour")
		left = copyFolder(t, folder)
		if err := os.WriteFile((&playgroundFolder{path: left}).chats(), older, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, message := range page.state(fmt.Sprintf("person=%d&chat=%d", sitti, pokja)).Chat.Messages {
			highest = max(highest, message.ID)
		}
	})
	inPlayground(t, left, func(page openPlayground) {
		if page.heard(sitti, pokja, "Tugas nomor") != 0 {
			t.Error("the chats are not those of before")
		}
		page.say(sitti, pokja, "/cari Tugas nomor 4")
		page.await("an answer that knows the tasks", func() bool { return page.heard(sitti, pokja, "Tugas nomor 4") > 0 })
		messages := page.state(fmt.Sprintf("person=%d&chat=%d", sitti, pokja)).Chat.Messages
		if last := messages[len(messages)-1]; last.ID <= highest {
			t.Errorf("message %d was given before, up to %d", last.ID, highest)
		}
		page.act("clock", "by", "day")
	})
}

func TestADatabaseWithoutChatsGoesOn(t *testing.T) {
	folder := sampleFolder(t)
	var sitti, pokja int64
	inPlayground(t, folder, func(page openPlayground) {
		sitti, pokja = page.person("Sitti"), page.group("Pokja Lingkungan")
		page.act("clock", "by", "hour")
		page.say(sitti, pokja, "/tugas_baru Sesuatu yang tinggal, tenggat 29 Mei")
		page.await("an answer", func() bool { return page.heard(sitti, pokja, "Sesuatu yang tinggal") > 0 })
	})
	if err := os.Remove((&playgroundFolder{path: folder}).chats()); err != nil {
		t.Fatal(err)
	}
	inPlayground(t, folder, func(page openPlayground) {
		page.say(sitti, pokja, "/cari Sesuatu yang tinggal")
		page.await("an answer that knows the task", func() bool { return page.heard(sitti, pokja, "Sesuatu yang tinggal") > 0 })
	})
}

func TestACityThatWasNotFinishedIsMadeAnew(t *testing.T) {
	t.Parallel()
	folder := playgroundFolder{path: t.TempDir(), lock: &Lock{}}
	if err := folder.begun(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder.database(), []byte("half of a database"), 0o600); err != nil {
		t.Fatal(err)
	}
	inPlayground(t, folder.path, func(page openPlayground) {
		if len(page.state("").Chats) < 2 || !page.tools().Running {
			t.Errorf("%+v", page.state(""))
		}
		page.await("the first saving", func() bool { return isThere(folder.chats()) && !isThere(folder.unfinished()) })
	})
}

// What cannot be used is refused in one line that names it and says what to do,
// and nothing is overwritten.
func TestWhatThePlaygroundRefuses(t *testing.T) {
	whole := sampleFolder(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "file")
	putFile(t, file, []byte("a file"))
	chats, database := "playground.chats", "rembuk.db"
	for _, row := range []struct {
		name   string
		damage func(t *testing.T, folder string) (arguments []string)
		says   []string
	}{
		{"a port in use", with("--addr", taken.Addr().String()), []string{"--addr", taken.Addr().String(), "in use", "allowed"}},
		{"no port", with("--addr", "127.0.0.1"), []string{"--addr", "allowed"}},
		{"no address", with("--addr", "nonsense:nonsense"), []string{"--addr", "allowed"}},
		{"a folder that is a file", with("--data", file), []string{"--data", file, "allowed"}},
		{"a folder below a file", with("--data", file+"/below"), []string{"--data", file, "allowed"}},
		{"a folder that cannot be made", with("--data", "/proc/none/such"), []string{"--data", "/proc/none", "allowed"}},
		{"a folder in use", inUse, []string{"--data", "another playground"}},
		{"chats with a changed letter", changed(chats, func(c []byte) []byte { return bytes.Replace(c, []byte("Sitti"), []byte("Satti"), 1) }), []string{"--data", chats, "damaged", "move"}},
		{"half of the chats", changed(chats, func(c []byte) []byte { return c[:len(c)/2] }), []string{"--data", chats, "damaged", "move"}},
		{"no chats in the file", changed(chats, func([]byte) []byte { return nil }), []string{"--data", chats, "damaged", "move"}},
		{"chats of a later program", changed(chats, ofVersion(9)), []string{"--data", chats, "version 9", "move"}},
		{"chats without their database", changed(database, nil), []string{"--data", database, "missing", "move"}},
		{"a database that is something else", changed(database, func([]byte) []byte { return []byte(strings.Repeat("text ", 999)) }), []string{"--data", database, "move"}},
		{"half of the database", changed(database, func(c []byte) []byte { return c[:len(c)/2] }), []string{"--data", database, "damaged", "move"}},
		{"a database of another program", ofAnother, []string{"--data", database, "not a database of Rembuk", "move"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			folder := copyFolder(t, whole)
			arguments := append([]string{"playground", "--addr", "127.0.0.1:0", "--data", folder}, row.damage(t, folder)...)
			before := filesIn(t, folder)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			var output, complaints bytes.Buffer
			if status := run(ctx, arguments, nil, &output, &complaints); status != exitMistaken {
				t.Errorf("status %d: %s%s", status, &output, &complaints)
			}
			if strings.Count(complaints.String(), "\n") != 1 || output.Len() > 0 {
				t.Errorf("not one line: %q %q", &output, &complaints)
			}
			for _, words := range row.says {
				if !strings.Contains(complaints.String(), words) {
					t.Errorf("%q does not say %q", &complaints, words)
				}
			}
			if after := filesIn(t, folder); after != before {
				t.Errorf("before:\n%s\nafter:\n%s", before, after)
			}
		})
	}
}

func with(arguments ...string) func(*testing.T, string) []string {
	return func(*testing.T, string) []string { return arguments }
}

func putFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// changed changes a file of the folder, or removes it.
func changed(name string, change func([]byte) []byte) func(*testing.T, string) []string {
	return func(t *testing.T, folder string) []string {
		path := filepath.Join(folder, name)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if change == nil {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			return nil
		}
		other := change(bytes.Clone(content))
		if bytes.Equal(other, content) {
			t.Fatal("nothing was changed")
		}
		putFile(t, path, other)
		return nil
	}
}

// ofVersion writes another version, with a checksum that fits.
func ofVersion(number int) func([]byte) []byte {
	return func(content []byte) []byte {
		_, rest, _ := bytes.Cut(content, []byte("\n"))
		rest = bytes.Replace(rest, []byte(`"version":1`), fmt.Appendf(nil, `"version":%d`, number), 1)
		return append(checksumLine(rest), rest...)
	}
}

func inUse(t *testing.T, folder string) []string {
	place, err := openPlaygroundFolder(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = place.close() })
	return nil
}

func ofAnother(t *testing.T, folder string) []string {
	path := filepath.Join(folder, "rembuk.db")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Exec(`CREATE TABLE recipe (name TEXT)`); err != nil {
		t.Fatal(err)
	}
	return nil
}

// filesIn are the names of a folder's files and what is in them.
func filesIn(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	for _, name := range onlyFiles(t, folder) {
		if strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm") || strings.HasSuffix(name, ".lock") {
			continue // SQLite's own, beside a database that it looks into, and the lock
		}
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%s %x\n", name, sha256.Sum256(content))
	}
	return all.String()
}
