package main

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/bench/table"
)

func TestTheTableTellsWhatEndedOtherwise(t *testing.T) {
	good := play{Story: "undo", Way: "after", Calls: 30, Failed: 30, ByMethod: map[string]int{"sendmessage": 20, "getupdates": 10}, Twice: 8, Newer: 1}
	for _, row := range []struct {
		name  string
		plays []play
		good  bool
		parts []string
	}{
		{"all went as written", []play{good}, true, []string{"stories that ended otherwise than written 0 must be 0: met", "sendmessage 20", "directly after 8"}},
		{"one ended otherwise", []play{good, {Story: "search", Way: "after", Call: 7, Otherwise: []string{"the bot said otherwise"}}}, false,
			[]string{"written 1 must be 0: NOT met", "search, call 7, after", "the bot said otherwise"}},
		{"said twice where nothing was taken", []play{{Story: "undo", Way: "before", Twice: 1}}, false, []string{"messages said twice 1 must be 0: NOT met"}},
		{"overtaken", []play{{Story: "undo", Way: "429", Never: []string{"editmessagetext"}}}, true, []string{"not made once more 1", "editmessagetext 1"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			var report table.Table
			tell(&report, row.plays, nil)
			var text strings.Builder
			if report.Print(&text) != row.good {
				t.Errorf("it is good: %v", !row.good)
			}
			said := strings.Join(strings.Fields(text.String()), " ")
			for _, part := range row.parts {
				if !strings.Contains(said, part) {
					t.Errorf("%q is not in\n%s", part, text.String())
				}
			}
		})
	}
}
