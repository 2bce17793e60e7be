package table

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	var report Table
	report.Title("on a quiet machine")
	report.Note("messages", "%d", 5000)
	report.Below("until the page is there", "s", 1.9, 2)
	report.None("lost", 0)
	var text strings.Builder
	if !report.Print(&text) {
		t.Error("everything is as it must be")
	}
	report.Below("memory", "MB", 100, 100)
	if report.Print(&text) {
		t.Error("a missed must is not told")
	}
	for _, part := range []string{"on a quiet machine", "5000", "1.9 s   must be below 2: met", "0   must be 0: met", "100 MB   must be below 100: NOT met", "NOT everything"} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("%q is missing in\n%s", part, text.String())
		}
	}
}

func TestACountAboveNoneIsTold(t *testing.T) {
	var report Table
	report.None("lost", 1)
	var text strings.Builder
	if report.Print(&text) || !strings.Contains(text.String(), "must be 0: NOT met") {
		t.Error(text.String())
	}
}

func TestUntimedOnlyTheRestDecides(t *testing.T) {
	for name, row := range map[string]struct {
		untimed, good bool
		add           func(*Table)
	}{
		"slow":               {false, false, func(t *Table) { t.Timed("waited", "80 ms", "at most 60 ms", false) }},
		"slow, untimed":      {true, true, func(t *Table) { t.Timed("waited", "80 ms", "at most 60 ms", false) }},
		"too long":           {false, false, func(t *Table) { t.TimedBelow("start", "ms", 160, 150) }},
		"too long, untimed":  {true, true, func(t *Table) { t.TimedBelow("start", "ms", 160, 150) }},
		"lost, untimed":      {true, false, func(t *Table) { t.None("lost", 1) }},
		"too large, untimed": {true, false, func(t *Table) { t.Below("memory", "MB", 70, 64) }},
		"fast, untimed":      {true, true, func(t *Table) { t.Timed("waited", "50 ms", "at most 60 ms", true) }},
	} {
		report := Table{Untimed: row.untimed}
		row.add(&report)
		var text strings.Builder
		if good := report.Print(&text); good != row.good || strings.Contains(text.String(), "NOT met") == good {
			t.Errorf("%s: good is %v, and it is printed as\n%s", name, good, text.String())
		}
	}
}
