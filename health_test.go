package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rembuk/rembuk/store"
)

func TestPulseTellsWhoStandsStill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pulse := NewPulse()
		if standing := pulse.Standing(); len(standing) != 0 {
			t.Errorf("nothing has begun, yet %v", standing)
		}
		pulse.Beat(PartPoll)
		pulse.Of(PartLoop)()
		time.Sleep(time.Minute)
		if standing := pulse.Standing(); len(standing) != 0 {
			t.Errorf("after a minute: %v", standing)
		}
		time.Sleep(time.Second)
		if standing := pulse.Standing(); len(standing) != 1 || standing[0] != "loop silent for 1m1s" {
			t.Errorf("after a minute and a second: %v", standing)
		}
		pulse.Beat(PartLoop)
		time.Sleep(time.Minute)
		if standing := pulse.Standing(); len(standing) != 1 || !strings.HasPrefix(standing[0], PartPoll) {
			t.Errorf("after two minutes: %v", standing)
		}
	})
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
	handler := healthHandler(func() []string { return standing }, prometheus.NewRegistry())
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

func TestMetricsCountTheQueues(t *testing.T) {
	opened, err := store.Open(t.Context(), databaseWith(t, 0))
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	err = opened.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Receive([]store.Received{{UpdateID: 7, ChatID: 1, Raw: `{}`}, {UpdateID: 8, ChatID: 1, Raw: `{}`}}, time.Now())
		if err != nil {
			return err
		}
		return tx.SetAside(8, "message", "does not decode")
	})
	if err != nil {
		t.Fatal(err)
	}
	code, body := ask(t, healthHandler(func() []string { return nil }, newRegistry(opened)), "GET", "/metrics")
	for _, line := range []string{"rembuk_inbox_waiting 1", "rembuk_inbox_set_aside 1", "rembuk_outbox_due 0", "rembuk_outbox_unknown 0", "go_goroutines "} {
		if code != 200 || !strings.Contains(body, "\n"+line) {
			t.Errorf("%d, no line %q", code, line)
		}
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
