package main

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestWallClockWaitsUntilTheMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := WallClock{}
		begin := clock.Now()
		if err := clock.Wait(t.Context(), begin.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := clock.Now().Sub(begin); got != time.Hour {
			t.Errorf("waited %v", got)
		}
		if err := clock.Wait(t.Context(), begin); err != nil {
			t.Fatal(err)
		}
		if got := clock.Now().Sub(begin); got != time.Hour {
			t.Errorf("waited for the past until %v", got)
		}
	})
}

func TestRehearsalClockRunsFaster(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2026, 5, 12, 7, 59, 0, 0, time.FixedZone("WITA", 8*3600))
		clock := NewRehearsalClock(Rehearsal{Start: start, Speed: 600})
		if !clock.Now().Equal(start) {
			t.Errorf("starts at %v", clock.Now())
		}
		time.Sleep(10 * time.Second)
		if got := clock.Now().Sub(start); got != 100*time.Minute {
			t.Errorf("ten seconds are %v", got)
		}
	})
}

func TestRehearsalClockWakesFourTimesPerRealSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := NewRehearsalClock(Rehearsal{Start: time.Date(2026, 5, 12, 0, 0, 0, 0, time.UTC), Speed: 2})
		far, begin := clock.Now().Add(time.Hour), time.Now()
		for range 4 {
			if err := clock.Wait(t.Context(), far); err != nil {
				t.Fatal(err)
			}
		}
		if got := time.Since(begin); got != time.Second {
			t.Errorf("four waits took %v", got)
		}
		near := clock.Now().Add(100 * time.Millisecond)
		if err := clock.Wait(t.Context(), near); err != nil {
			t.Fatal(err)
		}
		if clock.Now().Before(near) {
			t.Error("returned before the near moment")
		}
	})
}

func TestRehearsalClockStandsStillAtItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		clock := NewRehearsalClock(Rehearsal{Start: start, Speed: 86400})
		time.Sleep(31 * time.Hour)
		late := clock.Now()
		time.Sleep(time.Hour)
		if year := late.Year(); year != 2318 || !clock.Now().Equal(late) {
			t.Errorf("%v, then %v", late, clock.Now())
		}
	})
}

func TestMovableClockWakesWhoeverWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC)
		clock := NewMovableClock(begin)
		woken := make(chan time.Time, 2)
		for range 2 {
			go func() {
				if err := clock.Wait(t.Context(), begin.Add(time.Hour)); err == nil {
					woken <- clock.Now()
				}
			}()
		}
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if len(woken) != 0 {
			t.Fatal("woke although the clock stood still")
		}
		clock.Advance(time.Minute)
		synctest.Wait()
		if len(woken) != 2 || !(<-woken).Equal(begin.Add(time.Minute)) {
			t.Error("a move did not wake both")
		}
		clock.Set(begin.Add(-time.Hour))
		if !clock.Now().Equal(begin.Add(-time.Hour)) {
			t.Error("cannot be set back")
		}
		if err := clock.Wait(t.Context(), begin.Add(-time.Hour)); err != nil {
			t.Error(err)
		}
	})
}

func TestClocksGiveUpWithTheContext(t *testing.T) {
	clocks := map[string]func() Clock{
		"wall":      func() Clock { return WallClock{} },
		"rehearsal": func() Clock { return NewRehearsalClock(Rehearsal{Start: time.Unix(0, 0), Speed: 0.001}) },
		"movable":   func() Clock { return NewMovableClock(time.Unix(0, 0)) },
	}
	for name, make := range clocks {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				clock := make()
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				if err := clock.Wait(ctx, clock.Now().Add(time.Hour)); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("ahead: %v", err)
				}
				if err := clock.Wait(ctx, clock.Now()); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("reached: %v", err)
				}
			})
		})
	}
}
