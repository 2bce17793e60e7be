package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// inPlayground starts the playground, waits until it shows its page, looks, and
// ends it as Ctrl+C does.
func inPlayground(t *testing.T, folder string, look func(address string)) {
	t.Helper()
	address := freeAddress(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	output := &shown{line: make(chan string, 1)}
	ended := make(chan error, 1)
	go func() { ended <- playground(ctx, address, folder, NewScrubber(output)) }()
	select {
	case line := <-output.line:
		if !strings.Contains(line, "http://"+address) {
			t.Errorf("says %q", line)
		}
	case err := <-ended:
		t.Fatalf("ended before it showed anything: %v", err)
	}
	look("http://" + address)
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

// shown tells the first line that names the page.
type shown struct{ line chan string }

func (s *shown) Write(text []byte) (int, error) {
	if bytes.Contains(text, []byte("http://")) {
		s.line <- string(text)
	}
	return len(text), nil
}

func TestThePlaygroundShowsACityAndKeepsNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inPlayground(t, "", func(address string) {
		if code, body := fetch(t, address+"/"); code != 200 || !strings.Contains(body, "<html") {
			t.Errorf("%d %.100s", code, body)
		}
		for _, words := range []string{"Rekap tonase bank sampah", "T-1"} {
			if page := chatOnPage(t, address, "Pokja Lingkungan"); !strings.Contains(page, words) {
				t.Errorf("the group's page has no %q: %.300s", words, page)
			}
		}
	})
	if left := onlyFiles(t, os.TempDir()); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// chatOnPage opens a chat on the page as its first person sees it.
func chatOnPage(t *testing.T, address, title string) string {
	t.Helper()
	_, body := fetch(t, address+"/api/state")
	var state struct {
		Chats []struct {
			ID    int64
			Title string
		}
	}
	if err := json.Unmarshal([]byte(body), &state); err != nil {
		t.Fatal(err)
	}
	for _, chat := range state.Chats {
		if chat.Title == title {
			_, page := fetch(t, fmt.Sprintf("%s/api/state?chat=%d", address, chat.ID))
			return page
		}
	}
	t.Fatalf("there is no chat %q among %v", title, state.Chats)
	return ""
}

func TestThePlaygroundComesBackToAKeptCity(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "kept")
	count := func() (tasks int) {
		opened, err := store.Open(t.Context(), filepath.Join(folder, "rembuk.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer opened.Close()
		err = opened.View(t.Context(), func(tx *store.Tx) error {
			numbers, err := tx.OpenTaskNumbers()
			tasks = len(numbers)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return tasks
	}
	inPlayground(t, folder, func(string) {})
	before := count()
	inPlayground(t, folder, func(string) {})
	if after := count(); before != 4 || after != before {
		t.Errorf("%d open tasks, then %d", before, after)
	}
}

func TestAKeptCityGoesOnAfterItsLastEvent(t *testing.T) {
	database := filepath.Join(t.TempDir(), "rembuk.db")
	for _, want := range []string{"2026-05-11 09:12", "2026-05-11 09:13"} {
		city, err := buildCity(t.Context(), database, &bytes.Buffer{})
		if err != nil {
			t.Fatal(err)
		}
		if got := city.bot.Now().Format("2006-01-02 15:04"); got != want {
			t.Errorf("the clock stands at %s, want %s", got, want)
		}
		if err := city.close(); err != nil {
			t.Fatal(err)
		}
	}
}

// The sample city came about without anything that Telegram does not describe,
// and the evaluation in it speaks up when the clock of the page moves on.
func TestTheSampleCityLives(t *testing.T) {
	city, err := buildCity(t.Context(), filepath.Join(t.TempDir(), "rembuk.db"), &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := city.close(); err != nil {
			t.Error(err)
		}
	}()
	var side sim.Side = city.bot
	next, waits := side.Next()
	tuesday := time.Date(2026, 5, 12, 8, 0, 0, 0, side.Now().Location())
	if !waits || !next.Equal(tuesday) {
		t.Fatalf("the next reminder is due %v, want the morning of H-30, %v", next, tuesday)
	}
	sent := city.telegram.Counts()["sendMessage"]
	side.Advance(next.Add(time.Hour))
	if !side.Now().Equal(next.Add(time.Hour)) {
		t.Errorf("the clock stands at %v", side.Now())
	}
	if now := city.telegram.Counts()["sendMessage"]; now <= sent {
		t.Error("nothing was said on the morning of H-30")
	}
	if violations := city.telegram.Violations(); len(violations) > 0 {
		t.Error(violations)
	}
}
