package main

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	var report table
	report.title = "burst"
	report.add("per second", "%.0f", 100, 60, "", true)
	report.add("share", "%.1f", 1, 0.6, "at least 0.5", true)
	if !report.good() {
		t.Error("everything is as it must be")
	}
	report.title = "rest"
	report.add("MB", "%.1f", none, 50, "below 40", false)
	if report.good() {
		t.Error("a missed must is not told")
	}
	var text strings.Builder
	report.print(&text)
	for _, part := range []string{"at least 0.5: yes", "below 40: NO", "NOT everything"} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("%q is missing in\n%s", part, text.String())
		}
	}
	if strings.Contains(text.String(), "NaN") {
		t.Errorf("a figure that is not there is shown:\n%s", text.String())
	}
}

func TestMiddleAndMost(t *testing.T) {
	runs := []stood{{}, {}, {}}
	for at, seconds := range []float64{4, 1, 2} {
		runs[at].Answered, runs[at].Seconds = 4, seconds
	}
	if middle(runs, rate) != 2 || most(runs, rate) != 4 {
		t.Errorf("%v %v", middle(runs, rate), most(runs, rate))
	}
}
