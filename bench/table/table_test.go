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
