package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// figuresOf is what a program serves under /metrics, line by line.
func figuresOf(t *testing.T, program *Program) []string {
	t.Helper()
	code, body := ask(t, healthHandler(func(context.Context) []string { return nil }, newRegistry(program)), "GET", "/metrics")
	if code != 200 {
		t.Fatalf("%d %s", code, body)
	}
	return strings.Split(body, "\n")
}

// figure is the value of one figure, as it is served.
func figure(t *testing.T, lines []string, name string) string {
	t.Helper()
	for _, line := range lines {
		if value, found := strings.CutPrefix(line, name+" "); found {
			return value
		}
	}
	t.Errorf("%s is not served", name)
	return ""
}

// opened is a program that does not run yet, with a backup made yesterday.
func opened(t *testing.T, clock Clock) *Program {
	t.Helper()
	_, config := localTelegram(t)
	config.Backup.Folder = t.TempDir()
	name := ownBackupStart + time.Now().Add(-24*time.Hour).UTC().Format(ownBackupMoment) + ownBackupEnd
	if err := os.WriteFile(filepath.Join(config.Backup.Folder, name), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := openProgram(t.Context(), config, clock, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.close() })
	return program
}

func TestMetricsTellWhatWaitsAndForHowLong(t *testing.T) {
	program := opened(t, NewMovableClock(morning.Add(2*time.Hour)))
	now := time.Now()
	err := program.store.Update(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Receive([]store.Received{{UpdateID: 7, ChatID: 1, Raw: `{}`}, {UpdateID: 8, ChatID: 1, Raw: `{}`}}, now.Add(-90*time.Second)); err != nil {
			return err
		}
		if err := tx.SetAside(8, "message", "does not decode"); err != nil {
			return err
		}
		if err := tx.AddReminders([]council.Reminder{{Subject: council.TaskReference(1), Step: "H-1", Audience: council.ToAssignee, MemberID: 1, Due: morning}}); err != nil {
			return err
		}
		for _, age := range []time.Duration{30 * time.Second, time.Hour} {
			if err := tx.Queue(store.Outgoing{ChatID: 5, Kind: store.KindMessage, Payload: store.Payload{Text: "x"}}, now.Add(-age)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := program.checkIntegrity(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	program.backedUp(errUntested)
	lines := figuresOf(t, program)
	for name, want := range map[string]string{
		"rembuk_inbox_waiting": "1", "rembuk_inbox_set_aside": "1", "rembuk_outbox_due": "2", "rembuk_outbox_unknown": "0", "rembuk_reminders_late": "1",
		"rembuk_line_broken_total": "0", "rembuk_too_many_requests_total": "0", "rembuk_backup_ok": "0", "rembuk_integrity_ok": "1",
		`rembuk_sends_total{outcome="sent",priority="press"}`: "0", `rembuk_standing{part="database"}`: "0", `rembuk_standing{part="poll"}`: "0",
		`rembuk_standing{part="loop"}`: "1", "rembuk_handling_seconds_count": "0",
	} {
		if got := figure(t, lines, name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for name, least := range map[string]time.Duration{"rembuk_inbox_oldest_seconds": 90 * time.Second, "rembuk_outbox_oldest_seconds": time.Hour,
		"rembuk_reminders_late_seconds": 2 * time.Hour, "rembuk_poll_age_seconds": 0, "rembuk_written_age_seconds": 0, "rembuk_backup_age_seconds": 24*time.Hour - time.Second, "rembuk_integrity_age_seconds": 0} {
		age, err := time.ParseDuration(figure(t, lines, name) + "s")
		if err != nil || age < least || age > least+time.Minute {
			t.Errorf("%s is %v, want a little more than %v (%v)", name, age, least, err)
		}
	}
	if figure(t, lines, `rembuk_database_bytes{file="database"}`) == "0" {
		t.Error("the database has no size")
	}
}

// TestMetricsCountSendsByOutcome lets one message arrive, one be refused for good and
// one be put off.
func TestMetricsCountSendsByOutcome(t *testing.T) {
	telegram, config := localTelegram(t)
	config.Pacing = false
	hosted := NewHosted(config, NewMovableClock(morning), telegram, io.Discard)
	person := telegram.Person(sim.Person{FirstName: "Sitti"})
	blocked := telegram.Person(sim.Person{FirstName: "Baso"})
	if err := hosted.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hosted.Stop(context.Background()) })
	telegram.Say(sim.Message{Chat: person, Person: person, Text: "/start"})
	telegram.Say(sim.Message{Chat: blocked, Person: blocked, Text: "/start"})
	rest(t, hosted)
	telegram.Block(blocked)
	rest(t, hosted) // else the news of that may come while the message waits, which is dropped then
	telegram.Fail(sim.Fault{Method: "sendMessage", Kind: sim.Error429, RetryAfter: 1, Chat: person})
	before := figuresOf(t, hosted.program)
	err := hosted.program.store.Update(t.Context(), func(tx *store.Tx) error {
		for _, chat := range []int64{person, blocked} {
			if err := tx.Queue(store.Outgoing{ChatID: chat, Kind: store.KindMessage, Priority: store.PriorityBroadcast, Payload: store.Payload{Text: "x"}}, time.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for figure(t, figuresOf(t, hosted.program), `rembuk_sends_total{outcome="sent",priority="broadcast"}`) == "0" {
		if err := nap(t.Context(), 20*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	lines := figuresOf(t, hosted.program)
	for outcome, want := range map[string]string{"sent": "1", "later": "1", "never": "1", "unknown": "0"} {
		if got := figure(t, lines, `rembuk_sends_total{outcome="`+outcome+`",priority="broadcast"}`); got != want {
			t.Errorf("%s: %s, want %s", outcome, got, want)
		}
	}
	if figure(t, before, "rembuk_handling_seconds_count") == "0" {
		t.Error("nobody heard how long updates took")
	}
}

var ownFigure = regexp.MustCompile(`\brembuk_[a-z_]+`)

// TestAlertsAndDashboardNameWhatIsServed holds deploy/ to the program: every figure named
// there is served, and every one of the program's own is in the dashboard and explained to
// the operator.
func TestAlertsAndDashboardNameWhatIsServed(t *testing.T) {
	program := opened(t, WallClock{})
	if err := program.checkIntegrity(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	served := map[string]bool{}
	var families []string
	for _, line := range figuresOf(t, program) {
		if rest, isType := strings.CutPrefix(line, "# TYPE rembuk_"); isType {
			name, _, _ := strings.Cut(rest, " ")
			families = append(families, "rembuk_"+name)
		}
		served[ownFigure.FindString(line)] = true
	}
	for _, path := range []string{"deploy/prometheus-alerts.yml", "deploy/grafana-dashboard.json", "docs/operator.md"} {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		named := ownFigure.FindAllString(string(content), -1)
		for _, name := range named {
			if !served[name] {
				t.Errorf("%s names %s, which is not served", path, name)
			}
		}
		for _, family := range families {
			with := func(name string) bool { return strings.HasPrefix(name, family) }
			if path != "deploy/prometheus-alerts.yml" && !slices.ContainsFunc(named, with) {
				t.Errorf("%s does not name %s", path, family)
			}
		}
	}
}

// TestAlertsSayWhatToDo: each has an expression, a time, a severity and plain words.
func TestAlertsSayWhatToDo(t *testing.T) {
	content, err := os.ReadFile("deploy/prometheus-alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	rules := strings.Split(string(content), "\n      - alert: ")[1:]
	if len(rules) < 10 {
		t.Errorf("only %d alerts are found", len(rules))
	}
	for _, rule := range rules {
		name, _, _ := strings.Cut(rule, "\n")
		for _, part := range []string{`\n        expr: \S`, `\n        for: \d+[mh]\n`, `\n          severity: (page|ticket)\n`, `\n          summary: "[A-Z].{10,}"`, `\n          description: "[A-Z].{20,}"`} {
			if !regexp.MustCompile(part).MatchString(rule) {
				t.Errorf("%s has no %s", name, part)
			}
		}
	}
	if strings.Contains(string(content), "\t") {
		t.Error("YAML has no tabs")
	}
}

func TestTheDashboardIsWhole(t *testing.T) {
	content, err := os.ReadFile("deploy/grafana-dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Title  string
		Panels []struct {
			ID      int
			Title   string
			GridPos struct{ H, W, X, Y int }
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(content, &dashboard); err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, panel := range dashboard.Panels {
		if panel.Title == "" || len(panel.Targets) == 0 || seen[panel.ID] || panel.GridPos.W == 0 || panel.GridPos.X+panel.GridPos.W > 24 {
			t.Errorf("panel %d %q is not whole", panel.ID, panel.Title)
		}
		seen[panel.ID] = true
		for _, target := range panel.Targets {
			if target.Expr == "" {
				t.Errorf("panel %q asks nothing", panel.Title)
			}
		}
	}
	if dashboard.Title == "" || len(seen) < 10 {
		t.Errorf("%q with %d panels", dashboard.Title, len(seen))
	}
}
