package main

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestAClockGoesByItself(t *testing.T) {
	for _, row := range []struct {
		name  string
		speed int
		says  time.Duration // how long saying takes at each step
		want  time.Duration // passed on the clock after eight real seconds
		steps int
	}{
		{"as real time does", 1, 0, 8 * time.Second, 8},
		{"sixty times as fast", 60, 0, 8 * time.Minute, 32},
		{"an hour each second", 3600, 0, 8 * time.Hour, 32},
		{"while saying takes its time", 60, 750 * time.Millisecond, 2 * time.Minute, 8},
		{"not at all", 0, 0, 0, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var passed time.Duration
				var steps int
				p := pace{move: func(_ context.Context, by time.Duration) {
					passed, steps = passed+by, steps+1
					time.Sleep(row.says)
				}}
				p.set(row.speed)
				time.Sleep(8*time.Second + time.Millisecond)
				if p.now() != row.speed {
					t.Errorf("goes at %d", p.now())
				}
				p.set(0)
				if passed != row.want || steps != row.steps {
					t.Errorf("passed %v in %d steps, want %v in %d", passed, steps, row.want, row.steps)
				}
				time.Sleep(time.Minute)
				if steps != row.steps {
					t.Error("it goes on although it stands")
				}
			})
		})
	}
}

func TestAClockChangesItsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var passed time.Duration
		p := pace{move: func(_ context.Context, by time.Duration) { passed += by }}
		p.set(60)
		time.Sleep(time.Second + time.Millisecond)
		p.set(600)
		time.Sleep(time.Second + time.Millisecond)
		p.set(0)
		if want := 11 * time.Minute; passed != want {
			t.Errorf("passed %v, want %v", passed, want)
		}
	})
}
