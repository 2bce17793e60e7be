package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLoopsEndTogether(t *testing.T) {
	obedient := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	slow := func(ctx context.Context) error { <-ctx.Done(); time.Sleep(3 * time.Second); return nil }
	refused := errors.New("token refused")
	failing := func(context.Context) error { time.Sleep(time.Second); return refused }
	cases := []struct {
		name  string
		loops []func(context.Context) error
		want  error
		took  time.Duration
		logs  string
	}{
		{"told to end", []func(context.Context) error{obedient, obedient}, nil, time.Minute, "msg=ended"},
		{"something in hand", []func(context.Context) error{obedient, slow}, nil, time.Minute + 3*time.Second, "msg=ended"},
		{"one fails and the others are told", []func(context.Context) error{obedient, slow, failing}, refused, 4 * time.Second, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log bytes.Buffer
				ctx, cancel := context.WithCancel(t.Context())
				defer time.AfterFunc(time.Minute, cancel).Stop()
				began := time.Now()
				err := runTogether(ctx, slog.New(slog.NewTextHandler(&log, nil)), c.loops)
				if !errors.Is(err, c.want) || time.Since(began) != c.took {
					t.Errorf("%v after %v, want %v after %v", err, time.Since(began), c.want, c.took)
				}
				if !strings.Contains(log.String(), c.logs) {
					t.Errorf("log: %s", log.String())
				}
			})
		})
	}
}

func TestALoopThatHangsHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		ctx, cancel := context.WithCancel(t.Context())
		free := make(chan struct{})
		time.AfterFunc(time.Second, cancel)
		began := time.Now()
		err := runTogether(ctx, slog.New(slog.NewTextHandler(&log, nil)), []func(context.Context) error{func(context.Context) error { <-free; return nil }})
		if took := time.Since(began); err != nil || took >= 6*time.Second || !strings.Contains(log.String(), "work in hand") {
			t.Errorf("%v after %v: %s", err, took, log.String())
		}
		close(free)
	})
}
