package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// listening listens at an address as the playground does, until the test ends.
func listening(t *testing.T, address string) (hosts []string, port string) {
	t.Helper()
	listener, err := listenPlayground(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	shown := listener.Addr().String()
	return hostsOf(listener, address), shown[strings.LastIndex(shown, ":")+1:]
}

func TestUnderWhichNamesThePageIsServed(t *testing.T) {
	for _, row := range []struct {
		address string
		named   []string // PORT stands for the port
		more    bool     // the machine's own addresses as well
	}{
		{"127.0.0.1:0", nil, false},
		{"localhost:0", nil, false},
		{"[::1]:0", nil, false},
		{"0.0.0.0:0", []string{"0.0.0.0:PORT", "127.0.0.1:PORT"}, true},
		{":0", []string{":PORT", "127.0.0.1:PORT"}, true},
	} {
		t.Run(row.address, func(t *testing.T) {
			hosts, port := listening(t, row.address)
			all := " " + strings.Join(hosts, " ") + " "
			for _, name := range row.named {
				if !strings.Contains(all, " "+strings.Replace(name, "PORT", port, 1)+" ") {
					t.Errorf("%q is not among%s", name, all)
				}
			}
			if (len(hosts) > 0) != row.more {
				t.Errorf("served under%s", all)
			}
		})
	}
}

// Whoever lets others in is warned, and the page still answers to no name that
// was not given.
func TestThePlaygroundWarnsOffLoopback(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		host  string // of the address to listen at
		warns bool
	}{{"127.0.0.1", false}, {"0.0.0.0", true}} {
		t.Run(row.host, func(t *testing.T) {
			t.Parallel()
			_, port, _ := strings.Cut(freeAddress(t), ":")
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			folder, output := sampleFolder(t), &keptOutput{}
			ended := make(chan error, 1)
			go func() { ended <- playground(ctx, row.host+":"+port, folder, NewScrubber(output)) }()
			page := openPlayground{t, "http://127.0.0.1:" + port}
			page.awaitListening()
			page.awaitCity()
			if text := output.String(); strings.Contains(text, "Warning: --addr "+row.host+":"+port) != row.warns {
				t.Errorf("says %q", text)
			}
			for host, want := range map[string]int{row.host + ":" + port: 200, "rembuk.example:" + port: 403, "8.8.8.8:" + port: 403} {
				if code := page.asked(host); code != want {
					t.Errorf("asked as %s: %d", host, code)
				}
			}
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
}

// asked asks for the page under the name of a host.
func (p openPlayground) asked(host string) int {
	p.t.Helper()
	request := httptest.NewRequestWithContext(p.t.Context(), http.MethodGet, p.address+"/api/state", nil)
	request.RequestURI, request.Host = "", host
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

// awaitListening waits until the page is served.
func (p openPlayground) awaitListening() {
	p.t.Helper()
	for p.t.Context().Err() == nil {
		if answer, err := http.Get(p.address + "/"); err == nil {
			answer.Body.Close()
			return
		}
	}
}
