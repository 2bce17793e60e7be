//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/bench/machine"
	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bench/table"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// stage is one case: a city that writes to the program, and whoever starts that again
// when it ends, as systemd does.
type stage struct {
	disaster
	ctx      context.Context
	short    bool
	began    time.Time
	took     time.Duration
	telegram *sim.Server
	before   *shuffler // stands before the local Telegram
	city     *load.City
	rembuk   program.Rembuk
	orders   machine.Orders
	apart    time.Duration // how far Telegram's clock is from the true one

	mutex    sync.Mutex
	running  *program.Process
	ends     []end
	leaving  bool
	over     bool // nothing runs any more
	keeping  sync.WaitGroup
	output   strings.Builder
	outcome  load.Outcome
	broken   int
	promises []promise
	tidy     func() error // after the program has left; nil if there is nothing to do
}

// end is how a program ended that nobody had told to.
type end struct {
	status int
	last   string // line that it wrote
}

// promise is something that must hold.
type promise struct {
	what, figure string
	met          bool
}

const groups = 5

// play builds the stage, lets the disaster happen, and reckons.
func (d disaster) play(ctx context.Context, p plan) (s *stage, err error) {
	s = &stage{disaster: d, short: p.short, began: time.Now()}
	ctx, cancel := context.WithTimeoutCause(ctx, longest, errors.New("it took too long"))
	defer cancel()
	s.ctx = ctx
	folder, err := os.MkdirTemp("", "rembuk-disaster-")
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s.telegram = sim.New(sim.Options{Now: s.telegramNow})
	s.before = newShuffler(s.telegram.Handler(), p.seed)
	base, stop, err := listen(ctx, s.before)
	if err != nil {
		return s, err
	}
	defer stop()
	s.city = load.NewCity(s.telegram, groups, p.seed)
	s.rembuk = program.Rembuk{Binary: p.binary, Folder: folder, API: base, Token: s.telegram.Token(), Owner: s.city.Owner}
	happened := d.happens(s)
	if happened == nil {
		happened = s.reckon()
	}
	if happened != nil {
		s.promise("it comes to its end", false, happened.Error())
	}
	s.leave()
	if s.tidy != nil {
		defer func() { err = errors.Join(s.tidy(), err) }()
	}
	for _, violation := range s.telegram.Violations() {
		s.promise("Telegram would take every call", false, violation)
	}
	s.took = time.Since(s.began)
	return s, nil
}

func listen(ctx context.Context, handler http.Handler) (base string, stop func(), err error) {
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends with Close
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}

func (s *stage) telegramNow() time.Time {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return time.Now().Add(s.apart)
}

// setTelegram sets Telegram's clock so far from the true one.
func (s *stage) setTelegram(apart time.Duration) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.apart = apart
}

// start starts the program, and again whenever it ends.
func (s *stage) start() error {
	process, err := s.launch()
	if err != nil {
		return err
	}
	s.mutex.Lock()
	s.running = process
	s.mutex.Unlock()
	s.keeping.Go(s.keep)
	return nil
}

func (s *stage) launch() (*program.Process, error) {
	if s.watched == 0 {
		return s.rembuk.Start(s.ctx)
	}
	return machine.Start(s.ctx, &s.orders, s.watched, s.rembuk.Binary, []string{"serve"}, s.rembuk.Environment())
}

// rest is how long whoever keeps the program going waits before a new start.
const rest = 500 * time.Millisecond

func (s *stage) keep() {
	for {
		process := s.process()
		<-process.Ended()
		status, _ := process.Signal(os.Kill) // it has ended: this only asks for its status
		s.mutex.Lock()
		s.output.WriteString(process.Output())
		leaving := s.leaving
		if !leaving && status >= 0 {
			lines := strings.Split(strings.TrimSpace(process.Output()), "\n")
			s.ends = append(s.ends, end{status, lines[len(lines)-1]})
		}
		s.mutex.Unlock()
		if leaving || s.ctx.Err() != nil {
			return
		}
		time.Sleep(rest)
		next, err := s.launch()
		if err != nil {
			s.promise("it can be started", false, err.Error())
			return
		}
		s.mutex.Lock()
		s.running = next
		s.mutex.Unlock()
	}
}

func (s *stage) process() *program.Process {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.running
}

// leave ends the program for good, in order.
func (s *stage) leave() {
	s.mutex.Lock()
	s.leaving = true
	process := s.running
	s.mutex.Unlock()
	if process == nil {
		return
	}
	if status, err := process.Signal(syscall.SIGTERM); err != nil || status != 0 {
		s.promise("it ends in order when it is told to", false, fmt.Sprint(status, err))
	}
	s.keeping.Wait()
	s.mutex.Lock()
	s.over = true
	s.mutex.Unlock()
}

// log is what all programs of the case have written so far.
func (s *stage) log() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.over || s.running == nil {
		return s.output.String()
	}
	return s.output.String() + s.running.Output()
}

// ended lists how programs have ended by themselves.
func (s *stage) ended() []end {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.ends)
}

// promise notes whether something that must hold did.
func (s *stage) promise(what string, met bool, figure string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.promises = append(s.promises, promise{what, figure, met})
}

// wait waits until something is so; the error says what was not.
func (s *stage) wait(what string, condition func() bool) error {
	if err := s.city.Wait(s.ctx, condition); err != nil {
		return fmt.Errorf("waiting until %s: %w", what, err)
	}
	return nil
}

// open starts the program and lets it know every group.
func (s *stage) open() error {
	if err := s.start(); err != nil {
		return err
	}
	s.city.Link()
	return s.city.Ready(s.ctx)
}

// answered waits until every command has its card, and tells how long that took.
func (s *stage) answered() (time.Duration, error) {
	began := time.Now()
	err := s.wait("everything is answered", func() bool { return s.city.Answered() == s.city.Commands() })
	return time.Since(began), err
}

// saysTimes counts the messages of the bot in a chat that hold some words.
func (s *stage) saysTimes(chat int64, words string) int {
	count := 0
	for _, message := range s.telegram.Messages(chat) {
		if message.Bot && strings.Contains(message.Text, words) {
			count++
		}
	}
	return count
}

// reckon waits until nothing is left to do, and compares.
func (s *stage) reckon() error {
	if _, err := s.answered(); err != nil {
		return err
	}
	opened, err := store.Open(s.ctx, s.rembuk.Database())
	if err != nil {
		return err
	}
	settled := s.city.Settle(s.ctx, opened)
	kept, err := load.ReadDatabase(context.WithoutCancel(s.ctx), opened)
	if settled != nil {
		settled = fmt.Errorf("%w: something is left to do: %s", settled, s.left(opened))
	}
	if err = errors.Join(settled, err, opened.Close()); err != nil {
		return err
	}
	s.outcome, s.broken = s.city.Outcome(kept.Tasks), kept.Broken
	return nil
}

// left tells what waits in the database.
func (s *stage) left(opened *store.Store) string {
	var updates int
	var rows []store.Queued
	err := opened.View(context.WithoutCancel(s.ctx), func(tx *store.Tx) (err error) {
		if updates, err = tx.CountWaiting(); err == nil {
			rows, err = tx.OpenOutbox()
		}
		return err
	})
	return fmt.Sprintf("%d updates, messages %v %v, a poll is held: %t", updates, rows, err, s.telegram.PollWaiting())
}

// enter writes what was found into the table.
func (s *stage) enter(t *table.Table) {
	o := s.outcome
	t.Title(s.name)
	t.Note("commands", "%d in %.1f s", o.Commands, s.took.Seconds())
	t.None("lost", o.Lost)
	t.None("done twice", o.DoneTwice)
	t.Must("said twice", fmt.Sprint(o.SaidTwice), fmt.Sprintf("at most %d, for so many were on their way when a program ended", s.broken), o.SaidTwice <= s.broken)
	t.None("out of order", o.OutOfOrder)
	for _, p := range s.promises {
		t.Must(p.what, p.figure, "so", p.met)
	}
}

func (s *stage) good() bool {
	return !s.outcome.Bad() && s.outcome.SaidTwice <= s.broken && !slices.ContainsFunc(s.promises, func(p promise) bool { return !p.met })
}
