package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/sim"
)

// plan is what a run does.
type plan struct {
	groups, people int
	untimed        bool // see table.Untimed
}

// atBest is how long the morning takes at Telegram's limit.
func (p plan) atBest() time.Duration {
	return time.Duration(p.groups+p.people) * time.Second / overall
}

func run(ctx context.Context, p plan) (r result, err error) {
	r.plan = p
	folder, err := os.MkdirTemp("", "rembuk-blast-")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	telegram := sim.New(sim.Options{Limits: true})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		return r, err
	}
	defer stop()
	binary, err := program.Build(ctx, folder, program.Module)
	if err != nil {
		return r, err
	}
	town := newTown(telegram, p)
	if err := errors.Join(town.enter(ctx, base), town.fill(ctx, folder)); err != nil {
		return r, err
	}
	rembuk := program.Rembuk{Binary: binary, Folder: folder, API: base, Token: telegram.Token(), Owner: town.owner, Limits: true,
		Rehearsal: today + begins + "@1"}
	running, err := rembuk.Start(ctx)
	if err != nil {
		return r, err
	}
	while, cancel := running.While(ctx)
	defer cancel()
	if err := r.measure(while, town, running); err != nil {
		return r, fmt.Errorf("%w\n%s", err, running.Output())
	}
	cancel()
	_, err = running.Signal(syscall.SIGTERM)
	return r, err
}

// measure lets the morning come and pass while others write and press, and reckons.
func (r *result) measure(ctx context.Context, town *town, running *program.Process) error {
	if err := program.Until(ctx, town.telegram.PollWaiting); err != nil {
		return fmt.Errorf("the first poll: %w", err)
	}
	crowd := newCrowd(town)
	crowd.begin(ctx)
	expected := r.groups + r.people
	err := program.Until(ctx, func() bool {
		return town.telegram.Counts()["sendMessage"] >= expected+crowd.answered() && town.copies()[0] == 0
	})
	if err != nil {
		return fmt.Errorf("%v groups and people by how often they got it: %w", town.copies(), err)
	}
	crowd.end()
	if err := program.Until(ctx, crowd.allAnswered); err != nil {
		return fmt.Errorf("the last answers: %w", err)
	}
	if r.used, err = running.Usage(); err != nil {
		return err
	}
	r.times, r.violations = town.copies(), town.telegram.Violations()
	r.toasts, r.answers, r.unanswered = crowd.waits()
	return r.read(town)
}

// read reckons what arrived at Telegram while the morning went out.
func (r *result) read(town *town) error {
	calls := town.telegram.Calls()
	made := 0
	for method, count := range town.telegram.Counts() {
		if method != "getUpdates" {
			made += count
		}
	}
	if made > len(calls) {
		return fmt.Errorf("of %d calls only %d are known", made, len(calls))
	}
	told := make(map[int64]bool)
	for _, chat := range slices.Concat(town.groups, town.people) {
		told[chat] = true
	}
	var limited, mornings []time.Time
	for _, call := range calls {
		switch {
		case strings.HasPrefix(call.Outcome, "429"):
			r.refused = append(r.refused, fmt.Sprint(call.At.Format("15:04:05.000"), " ", call.Method, " in chat ", call.Chat, ": ", call.Outcome))
		case call.Outcome == "200" && (call.Method == "sendMessage" || call.Method == "editMessageText"):
			limited = append(limited, call.At)
			if told[call.Chat] && call.Method == "sendMessage" {
				mornings = append(mornings, call.At)
			}
		}
	}
	slices.SortFunc(limited, time.Time.Compare)
	slices.SortFunc(mornings, time.Time.Compare)
	r.busiest = busiest(limited, time.Second)
	first, last := mornings[0], mornings[len(mornings)-1]
	for _, at := range limited {
		if !at.Before(first) && !at.After(last) {
			r.messages++
		}
	}
	r.took = last.Sub(first)
	return nil
}

// pollOnce asks for updates and gives the offset that confirms them, 0 when there are none.
func pollOnce(ctx context.Context, client *http.Client, address string) (next int64, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	var updates struct {
		OK     bool `json:"ok"`
		Result []struct {
			ID int64 `json:"update_id"`
		} `json:"result"`
	}
	if err := json.NewDecoder(response.Body).Decode(&updates); err != nil {
		return 0, err
	}
	if !updates.OK {
		return 0, fmt.Errorf("updates are not given out: status %d", response.StatusCode)
	}
	for _, update := range updates.Result {
		next = update.ID + 1
	}
	return next, nil
}
