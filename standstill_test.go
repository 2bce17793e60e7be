package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// stuckClock goes on, and leaves everybody who waits for it waiting: as a scheduler
// stands still that hangs somewhere.
type stuckClock struct {
	*MovableClock
	until *atomic.Int64 // what is waited for, in milliseconds
}

func (c stuckClock) Wait(ctx context.Context, until time.Time) error {
	c.until.Store(until.UnixMilli())
	<-ctx.Done()
	return ctx.Err()
}

// deadClock wakes nobody before it is let go, not even for something new.
type deadClock struct {
	*MovableClock
	waiting, gone chan struct{}
}

func (c deadClock) Wait(ctx context.Context, _ time.Time) error {
	c.waiting <- struct{}{}
	<-c.gone
	return ctx.Err()
}

// sharedLog is what several goroutines write.
type sharedLog struct {
	mutex sync.Mutex
	text  strings.Builder
}

func (l *sharedLog) Write(part []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(part)
}

func (l *sharedLog) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}

// runs is a program that runs until it is killed, in the test's process.
type runs struct {
	*Program
	t     *testing.T
	log   *sharedLog
	tell  func()
	ended chan struct{}
}

func startHere(t *testing.T, config Config, clock Clock) *runs {
	t.Helper()
	log := &sharedLog{}
	program, err := openProgram(t.Context(), config, clock, log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, tell := context.WithCancel(context.Background())
	r := &runs{program, t, log, tell, make(chan struct{})}
	go func() {
		defer close(r.ended)
		_ = program.run(ctx)
	}()
	t.Cleanup(r.kill)
	r.until(func() bool { return strings.Contains(log.String(), "the bot is running") })
	return r
}

// kill ends it without letting it finish.
func (r *runs) kill() {
	_ = r.store.Close()
	r.tell()
	<-r.ended
	_ = r.close()
}

func (r *runs) until(holds func() bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Minute)
	defer cancel()
	for !holds() {
		if err := nap(ctx, 5*time.Millisecond); err != nil {
			r.t.Fatalf("waited in vain; the log: %s", r.log)
		}
	}
}

func (r *runs) change(change func(*store.Tx) error) {
	r.t.Helper()
	if err := r.store.Update(r.t.Context(), change); err != nil {
		r.t.Fatal(err)
	}
}

// health is what /healthz answers after so much of real time.
func (r *runs) health(after time.Duration) string {
	handler := healthHandler(func(ctx context.Context) []string { return r.signs(ctx, time.Now().Add(after)).standing() }, newRegistry(r.Program))
	code, body := ask(r.t, handler, "GET", "/healthz")
	if (code == 503) == (body == "ok\n") {
		r.t.Errorf("%d with %q", code, body)
	}
	return body
}

func dueAt(at time.Time) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		return tx.AddReminders([]council.Reminder{{Subject: council.TaskReference(1), Step: "H-1", Audience: council.ToAssignee, MemberID: 1, Due: at}})
	}
}

// TestHealthIsRedWhileAPartStandsStill makes each part really stand still.
func TestHealthIsRedWhileAPartStandsStill(t *testing.T) {
	for name, row := range map[string]struct {
		still func(*runs, *sim.Server) (again func())
		after time.Duration
		want  string
	}{
		"a poll that hangs": {func(*runs, *sim.Server) func() { return nil }, pollPatience + time.Second, "poll: Telegram has not answered for 2m"},
		"a sender whose request hangs": {func(r *runs, telegram *sim.Server) func() {
			// The names of the commands, which leave after a start, are not the next that hangs.
			r.until(func() bool { return r.signs(t.Context(), time.Now()).database == nil && r.nextToLeave.id == 0 })
			telegram.Fail(sim.Fault{Method: "sendMessage", Kind: sim.Slow, Delay: 10 * time.Second, Times: -1})
			r.change(func(tx *store.Tx) error {
				return tx.Queue(store.Outgoing{ChatID: 5, Kind: store.KindMessage, Payload: store.Payload{Text: "x"}}, time.Now())
			})
			r.until(func() bool { return r.signs(t.Context(), time.Now()).database == nil && r.nextToLeave.id != 0 })
			return telegram.Heal
		}, senderPatience + time.Second, "sender: the next message has not left for 5m"},
		"an update that nobody takes up": {func(r *runs, _ *sim.Server) func() {
			r.change(func(tx *store.Tx) error {
				_, err := tx.Receive([]store.Received{{UpdateID: 900, ChatID: 5, Raw: `{}`}}, time.Now())
				return err
			})
			r.signs(t.Context(), time.Now())
			return nil
		}, lanesPatience + time.Second, "updates: the next one has not been handled for 1m"},
		"a loop that hangs": {func(r *runs, _ *sim.Server) func() {
			r.change(dueAt(morning.Add(time.Hour)))
			clock := r.clock.(stuckClock)
			r.until(func() bool { return clock.until.Load() == morning.Add(time.Hour).UnixMilli() })
			clock.Set(morning.Add(time.Hour + loopPatience + time.Second))
			return nil
		}, 0, "loop: something has been due for 1m1s"},
		"a writer that hangs": {func(r *runs, _ *sim.Server) func() {
			taken, free := make(chan struct{}), make(chan struct{})
			go func() {
				_ = r.store.Update(context.Background(), func(*store.Tx) error { close(taken); <-free; return nil })
			}()
			<-taken
			return func() { close(free) }
		}, heartPatience + 16*time.Second, "database: nothing could be written for 1m"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			telegram, config := localTelegram(t)
			program := startHere(t, config, stuckClock{NewMovableClock(morning), new(atomic.Int64)})
			program.until(func() bool { return program.beaten.Load() != 0 && telegram.PollWaiting() })
			if before := program.health(0); before != "ok\n" {
				t.Errorf("before anything stands still: %s", before)
			}
			again := row.still(program, telegram)
			if red := program.health(row.after); !strings.Contains(red, row.want) {
				t.Errorf("it says %q, want %q", red, row.want)
			}
			if again != nil {
				again()
			}
		})
	}
}

// TestAHangingPollIsRedUntilItAnswers puts a wire between that takes polls and answers
// none of them.
func TestAHangingPollIsRedUntilItAnswers(t *testing.T) {
	telegram, config := localTelegram(t)
	base, err := url.Parse(config.API)
	if err != nil {
		t.Fatal(err)
	}
	through, hang := httputil.NewSingleHostReverseProxy(base), make(chan struct{})
	wire := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		if strings.HasSuffix(request.URL.Path, "/getUpdates") {
			select {
			case <-hang:
			case <-request.Context().Done():
				return
			}
		}
		through.ServeHTTP(answer, request)
	}))
	t.Cleanup(wire.Close)
	config.API = wire.URL
	program := startHere(t, config, stuckClock{NewMovableClock(morning), new(atomic.Int64)})
	if red := program.health(pollPatience + time.Minute); !strings.Contains(red, "poll: Telegram has not answered for 3m") {
		t.Errorf("a poll that hangs: %q", red)
	}
	if !program.bot.LastPoll().Before(program.began) {
		t.Fatal("a poll was answered")
	}
	person := telegram.Person(sim.Person{FirstName: "Sitti"})
	telegram.Say(sim.Message{Chat: person, Person: person, Text: "/start"}) // or the poll would be answered after a minute
	close(hang)
	program.until(func() bool { return !program.bot.LastPoll().Before(program.began) })
	if green := program.health(time.Second); green != "ok\n" {
		t.Errorf("once it answers: %q", green)
	}
}

// TestTheSecretariatReadsWhatWasHeldUp lets the loop stand still for ninety minutes, with a
// reminder in it, and kills the program: at the next start log and secretariat say so, once.
func TestTheSecretariatReadsWhatWasHeldUp(t *testing.T) {
	telegram, config := localTelegram(t)
	if err := readZone(&config, "Asia/Makassar"); err != nil {
		t.Fatal(err)
	}
	owner := telegram.Person(sim.Person{FirstName: "Sitti"})
	group := telegram.Group(sim.Group{Title: "Sekretariat", Members: []int64{owner}})
	telegram.AddBot(group, owner)
	clock := NewMovableClock(morning.Add(time.Hour)) // 09.00 WITA
	dead := deadClock{clock, make(chan struct{}, 100), make(chan struct{})}
	first := startHere(t, config, dead)
	for range 2 { // the scheduler and retention
		<-dead.waiting
	}
	first.change(func(tx *store.Tx) error {
		_, err := tx.LinkGroup(council.Group{ChatID: group, Title: "Sekretariat", Kind: council.KindSecretariat})
		return err
	})
	clock.Set(morning.Add(3 * time.Hour))
	first.bot.ClockMoved(t.Context())
	behind(t, config.Database, fmt.Sprintf(`INSERT INTO reminder (subject, step, audience, member_id, deadline_at, due_at) VALUES ('T-1', 'H-1', 'assignee', 1, %d, %[1]d)`,
		morning.Add(90*time.Minute).UnixMilli()))
	still := standstills{}
	for range looksBefore - 1 {
		first.keepStandstills(t.Context(), still, first.signs(t.Context(), time.Now()))
	}
	if still[council.CauseLoop] == nil || still[council.CauseLoop].absence.ID != 0 {
		t.Errorf("after %d looks: %+v", looksBefore-1, still)
	}
	first.keepStandstills(t.Context(), still, first.signs(t.Context(), time.Now()))
	if !strings.Contains(first.log.String(), `msg="a part of the program stands still; restart it if that lasts" part=loop`) {
		t.Errorf("the operator does not read it: %s", first.log)
	}
	if err := first.store.Close(); err != nil { // what wakes now can say nothing any more
		t.Fatal(err)
	}
	close(dead.gone)
	first.kill()

	clock.Advance(30 * time.Minute)
	read := func() (said int) {
		for _, message := range telegram.Messages(group) {
			if strings.Contains(message.Text, "Pengingat saya tertahan dari Selasa, 12 Mei 2026 pukul 09.30 WITA sampai Selasa, 12 Mei 2026 pukul 11.00 WITA.") &&
				strings.Contains(message.Text, "Pengingat yang jatuh selama itu: 1.") && strings.Contains(message.Text, "Perihal: T-1.") {
				said++
			}
		}
		return said
	}
	for start := range 2 {
		second := startHere(t, config, clock)
		second.until(func() bool { // it is written down that it was sent: a kill before would say it once more
			idle, err := second.bot.Idle(t.Context())
			return err == nil && idle && read() == 1 && telegram.PollWaiting()
		})
		second.kill()
		if told := strings.Contains(second.log.String(), `msg="was away"`) && strings.Contains(second.log.String(), "cause=loop"); told != (start == 0) {
			t.Errorf("at start %d the operator reads it: %v\n%s", start+1, told, second.log)
		}
	}
	if read() != 1 {
		t.Errorf("said %d times", read())
	}
}

// TestWhatMovesAgainIsToldWithoutARestart ends a standstill while the program runs.
func TestWhatMovesAgainIsToldWithoutARestart(t *testing.T) {
	_, config := localTelegram(t)
	clock := NewMovableClock(morning.Add(time.Hour))
	program := startHere(t, config, stuckClock{clock, new(atomic.Int64)})
	program.change(func(tx *store.Tx) error {
		_, err := tx.LinkGroup(council.Group{ChatID: -5, Title: "Sekretariat", Kind: council.KindSecretariat})
		return err
	})
	still := standstills{}
	for _, step := range []struct {
		passes time.Duration
		found  signs
		kept   int // absences of which the secretariat is to be told
	}{
		{0, signs{stuck: 6 * time.Minute}, 0}, {time.Minute, signs{stuck: 7 * time.Minute}, 0}, {time.Minute, signs{stuck: 8 * time.Minute}, 0},
		{time.Minute, signs{}, 0},                                                // nine minutes are logged only
		{time.Hour, signs{stuck: 6 * time.Minute}, 0}, {time.Minute, signs{}, 0}, // two looks are none
		{time.Hour, signs{unhandled: 6 * time.Minute}, 0}, {time.Minute, signs{unhandled: 7 * time.Minute}, 0}, {time.Minute, signs{unhandled: 8 * time.Minute}, 0},
		{time.Minute, signs{unhandled: 9 * time.Minute, database: store.ErrClosed}, 0}, // nothing is known of it
		{3 * time.Minute, signs{}, 1},
	} {
		clock.Advance(step.passes)
		program.keepStandstills(t.Context(), still, step.found)
		told := counted(t, config.Database, `SELECT count(*) FROM reminder WHERE step = '`+string(council.StepAbsence)+`'`) // they may be said already
		if told != step.kept {
			t.Errorf("after %+v: told of %d, want %d", step, told, step.kept)
		}
	}
	program.change(func(tx *store.Tx) error {
		open, err := tx.OpenAbsences()
		if len(open) > 0 {
			t.Errorf("still open: %+v", open)
		}
		last, err2 := tx.Absence(2)
		if want := morning.Add(time.Hour); err == nil && (err2 != nil || last.Cause != council.CauseUpdates || last.Until.Sub(last.From) != 12*time.Minute || last.From.Before(want)) {
			t.Errorf("kept as %+v (%v)", last, err2)
		}
		return err
	})
}

// counted is what a database answers to a question, read beside the program.
func counted(t *testing.T, path, question string) (count int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(question).Scan(&count); err != nil {
		t.Fatal(err)
	}
	return count
}
