package main

import "testing"

func TestMiddleAndMost(t *testing.T) {
	runs := []stood{{}, {}, {}}
	for at, seconds := range []float64{4, 1, 2} {
		runs[at].Answered, runs[at].Seconds = 4, seconds
	}
	if middle(runs, rate) != 2 || most(runs, rate) != 4 {
		t.Errorf("%v %v", middle(runs, rate), most(runs, rate))
	}
}
