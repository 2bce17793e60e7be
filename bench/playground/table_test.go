package main

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	var report table
	report.note("messages", "", 5000)
	report.must("page up", "s", 1.9, 2)
	if !report.good() {
		t.Error("everything is as it must be")
	}
	report.must("memory", "MB", 100, 100)
	if report.good() {
		t.Error("a missed must is not told")
	}
	var text strings.Builder
	report.print(&text)
	for _, part := range []string{"below 2: yes", "below 100: NO", "NOT everything"} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("%q is missing in\n%s", part, text.String())
		}
	}
}
