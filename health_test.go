package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func TestSignsTellWhoStandsStill(t *testing.T) {
	for _, row := range []struct {
		name  string
		signs signs
		want  string
	}{
		{"all is well", signs{overdue: -time.Hour}, ""},
		{"a poll held open", signs{silence: 2 * time.Minute}, ""},
		{"no answer", signs{silence: 121 * time.Second}, "poll: Telegram has not answered for 2m1s"},
		{"a large file", signs{stuck: 5 * time.Minute}, ""},
		{"a message that stays", signs{stuck: 301 * time.Second}, "sender: the next message has not left for 5m1s"},
		{"a tick in hand", signs{overdue: time.Minute}, ""},
		{"updates in hand", signs{unhandled: time.Minute}, ""},
		{"an update that stays", signs{unhandled: 61 * time.Second}, "updates: the next one has not been handled for 1m1s"},
		{"a disk that is slow", signs{unwritten: time.Minute}, ""},
		{"a disk that takes nothing", signs{unwritten: 75 * time.Second}, "database: nothing could be written for 1m15s"},
		{"no tick", signs{overdue: 61 * time.Second}, "loop: something has been due for 1m1s"},
		{"no database", signs{database: store.ErrClosed}, "database: " + store.ErrClosed.Error()},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := strings.Join(row.signs.standing(), "\n"); got != row.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestSignsAreReadFromBotAndDatabase(t *testing.T) {
	_, config := localTelegram(t)
	clock := NewMovableClock(morning)
	program, err := openProgram(t.Context(), config, clock, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer program.close()
	now := program.began.Add(10 * time.Minute)
	err = program.store.Update(t.Context(), func(tx *store.Tx) error {
		reminder := council.Reminder{Subject: council.TaskReference(1), Step: "H-1", Audience: council.ToAssignee, MemberID: 1, Due: morning.Add(time.Hour)}
		if err := tx.AddReminders([]council.Reminder{reminder}); err != nil {
			return err
		}
		return tx.Queue(store.Outgoing{ChatID: 5, Kind: store.KindMessage, Payload: store.Payload{Text: "x"}}, program.began)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := program.signs(t.Context(), now), (signs{silence: 10 * time.Minute, unwritten: 10 * time.Minute, overdue: -time.Hour}); got != want {
		t.Errorf("first look: %+v", got)
	}
	clock.Advance(3 * time.Hour)
	program.config.Rehearsal.Speed = 60
	program.beaten.Store(now.UnixMilli())
	want := signs{silence: 17 * time.Minute, unwritten: now.Add(7 * time.Minute).Sub(time.UnixMilli(now.UnixMilli())), stuck: 7 * time.Minute, overdue: 2 * time.Minute}
	if got := program.signs(t.Context(), now.Add(7*time.Minute)); got != want {
		t.Errorf("seven minutes later: %+v", got)
	}
}

// TestABrokenLineIsNoFaultOfTheLoop: what is due waits until the line is whole.
func TestABrokenLineIsNoFaultOfTheLoop(t *testing.T) {
	t.Parallel()
	telegram, config := localTelegram(t)
	clock := NewMovableClock(morning)
	hosted := NewHosted(config, clock, telegram, io.Discard)
	if err := hosted.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hosted.Stop(context.Background()) })
	rest(t, hosted)
	err := hosted.program.store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.AddReminders([]council.Reminder{{Subject: council.TaskReference(1), Step: "H-1", Audience: council.ToAssignee, MemberID: 1, Due: morning.Add(time.Hour)}})
	})
	if err != nil {
		t.Fatal(err)
	}
	telegram.BreakLine()
	rest(t, hosted)
	hosted.Set(morning.Add(2 * time.Hour))
	rest(t, hosted)
	if next := waitsFor(t, hosted); !next.Equal(morning.Add(time.Hour)) {
		t.Errorf("what is due does not wait, but what is due at %s", next)
	}
	if signs := hosted.program.signs(t.Context(), time.Now()); signs.overdue > 0 || len(signs.standing()) != 0 {
		t.Errorf("signs %+v", signs)
	}
	telegram.MendLine()
	rest(t, hosted)
	if next := waitsFor(t, hosted); next.Equal(morning.Add(time.Hour)) {
		t.Errorf("what was due at %s is not decided", next)
	}
}

// waitsFor is when the next thing falls due; zero if nothing waits.
func waitsFor(t *testing.T, hosted *Hosted) (next time.Time) {
	t.Helper()
	if err := hosted.program.store.View(t.Context(), func(tx *store.Tx) (err error) {
		next, err = nextDue(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return next
}

func TestTheOldestIsTheOneThatStays(t *testing.T) {
	var next oldest
	for _, step := range []struct {
		name string
		id   int64
		at   time.Duration
		want time.Duration
	}{
		{"nothing", 0, 0, 0},
		{"one comes", 4, time.Minute, 0},
		{"it stays", 4, 3 * time.Minute, 2 * time.Minute},
		{"it has left", 5, 4 * time.Minute, 0},
		{"it is put off", 0, 9 * time.Minute, 0},
		{"another is next", 6, 10 * time.Minute, 0},
		{"and stays", 6, 11 * time.Minute, time.Minute},
	} {
		if got := next.look(step.id, morning.Add(step.at)); got != step.want {
			t.Errorf("%s: %v", step.name, got)
		}
	}
}

func ask(t *testing.T, handler http.Handler, method, path string) (int, string) {
	t.Helper()
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(method, path, nil))
	body, err := io.ReadAll(recorder.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return recorder.Code, string(body)
}

func TestHealthPage(t *testing.T) {
	var standing []string
	handler := healthHandler(func(context.Context) []string { return standing }, prometheus.NewRegistry())
	if code, body := ask(t, handler, "GET", "/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("%d %q", code, body)
	}
	standing = []string{"loop silent for 2m0s", "poll silent for 3m0s"}
	if code, body := ask(t, handler, "GET", "/healthz"); code != 503 || body != "loop silent for 2m0s\npoll silent for 3m0s\n" {
		t.Errorf("%d %q", code, body)
	}
	if code, _ := ask(t, handler, "POST", "/healthz"); code != 405 {
		t.Errorf("POST answered %d", code)
	}
	if code, _ := ask(t, handler, "GET", "/"); code != 404 {
		t.Errorf("/ answered %d", code)
	}
}

// freeAddress is a loopback address on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func fetch(t *testing.T, address string) (int, string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// rest waits until a hosted bot has done everything.
func rest(t *testing.T, hosted *Hosted) {
	t.Helper()
	if err := hosted.rest(t.Context()); err != nil {
		t.Error(err)
	}
}
