package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// inPlayground starts the playground, waits until its city is there, looks, and
// ends it as Ctrl+C does.
func inPlayground(t *testing.T, folder string, look func(page openPlayground)) {
	t.Helper()
	address := freeAddress(t)
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
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
	page := openPlayground{t, "http://" + address}
	page.awaitCity()
	look(page)
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

// openPlayground is the page as a browser has it.
type openPlayground struct {
	t       *testing.T
	address string
}

// onPage is what the page shows of a chat and of the tools.
type onPage struct {
	World  string
	Person int64
	People []struct {
		ID   int64
		Name string
	}
	Chats []struct {
		ID    int64
		Title string
	}
	Chat *struct {
		Messages []struct {
			ID   int
			Text string
			Bot  bool
		}
	}
	Clock struct{ Day, Time string }
}

func (p openPlayground) state(query string) (state onPage) {
	p.t.Helper()
	_, body := fetch(p.t, p.address+"/api/state?"+query)
	if err := json.Unmarshal([]byte(body), &state); err != nil {
		p.t.Fatal(err, body)
	}
	return state
}

// inTools is what the page shows in its tools.
type inTools struct {
	World                string
	Building, Running    bool
	Speed, Waiting       int
	Met, Repeated, Twice int
	Moving               *struct{ Day, Time string }
	Coming               []struct {
		When               struct{ Day, Time string }
		Late               bool
		Step, About, Title string
		To                 []string
	}
	Faults []struct {
		Kind  string
		Times int
	}
}

func (p openPlayground) tools() (shown inTools) {
	p.t.Helper()
	_, body := fetch(p.t, p.address+"/api/tools")
	if err := json.Unmarshal([]byte(body), &shown); err != nil {
		p.t.Fatal(err, body)
	}
	return shown
}

// await waits, woken by the page's events, until something holds.
func (p openPlayground) await(what string, holds func() bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 2*time.Minute)
	defer cancel()
	for !holds() {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address+"/api/events", nil)
		if err != nil {
			p.t.Fatal(err)
		}
		events, err := http.DefaultClient.Do(request)
		if err != nil {
			p.t.Fatalf("%s does not hold: %v", what, err)
		}
		for ok := true; ok && !holds(); {
			_, err := events.Body.Read(make([]byte, 512))
			ok = err == nil
		}
		events.Body.Close()
	}
}

func (p openPlayground) awaitCity() {
	p.t.Helper()
	p.await("the city", func() bool { return !p.tools().Building })
}

// act does something on the page and must be taken.
func (p openPlayground) act(path string, fields ...string) {
	p.t.Helper()
	if code, body := p.try(path, fields...); code != 200 {
		p.t.Fatalf("%s %v: %d %s", path, fields, code, body)
	}
}

func (p openPlayground) try(path string, fields ...string) (code int, body string) {
	p.t.Helper()
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for at := 0; at < len(fields); at += 2 {
		if err := parts.WriteField(fields[at], fields[at+1]); err != nil {
			p.t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		p.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.address+"/api/"+path, &form)
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", parts.FormDataContentType())
	request.Header.Set("Origin", p.address)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, text.String()
}

func TestThePlaygroundShowsACityAndKeepsNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inPlayground(t, "", func(page openPlayground) {
		if code, body := fetch(t, page.address+"/"); code != 200 || !strings.Contains(body, "<html") {
			t.Errorf("%d %.100s", code, body)
		}
		said := fmt.Sprint(page.state(fmt.Sprintf("chat=%d", page.group("Pokja Lingkungan"))).Chat.Messages)
		for _, words := range []string{"Rekap tonase bank sampah", "T-1"} {
			if !strings.Contains(said, words) {
				t.Errorf("the group's page has no %q: %.300s", words, said)
			}
		}
	})
	if left := onlyFiles(t, os.TempDir()); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// inNewCity lets the sample city come about without a page.
func inNewCity(t *testing.T) *world {
	t.Helper()
	city, build, err := newCity(false, filepath.Join(t.TempDir(), "rembuk.db"), &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	return lively(t, city, build)
}

// inCity lets a copy of the sample city go on without a page.
func inCity(t *testing.T) *world {
	t.Helper()
	folder := playgroundFolder{path: sampleFolder(t), lock: &Lock{}}
	city, build, err := folder.restore(t.Context(), &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	return lively(t, city, build)
}

// lively builds a city that ends with the test.
func lively(t *testing.T, city *world, build func(context.Context) error) *world {
	t.Helper()
	err := build(city.life)
	close(city.ready)
	t.Cleanup(func() {
		if err := city.close(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return city
}

// The sample city came about without anything that Telegram does not describe,
// and the evaluation in it speaks up when the clock of the page moves on.
func TestTheSampleCityLives(t *testing.T) {
	city := inNewCity(t)
	var side sim.Side = city
	next, waits := side.Next()
	if !waits || !next.After(side.Now()) {
		t.Fatalf("the next reminder is due %v", next)
	}
	sent := city.telegram.Counts()["sendMessage"]
	if err := side.Advance(t.Context(), next.Add(time.Hour)); err != nil {
		t.Error(err)
	}
	if !side.Now().Equal(next.Add(time.Hour)) {
		t.Errorf("the clock stands at %v", side.Now())
	}
	if now := city.telegram.Counts()["sendMessage"]; now <= sent {
		t.Error("nothing was said when something was due")
	}
	if violations := city.telegram.Violations(); len(violations) > 0 {
		t.Error(violations)
	}
}
