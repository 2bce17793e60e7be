package main

import (
	"slices"
	"testing"

	"github.com/robfig/cron/v3"
)

// TestExpressionsAreToldApart where they fire at other moments, and nowhere else.
func TestExpressionsAreToldApart(t *testing.T) {
	usual := parsedCron(t, "0 8 * * *")
	for expression, same := range map[string]bool{
		"00 8 * * *": true, "5 8 * * *": false, "0 9 * * *": false, "0 8 1 * *": false, "0 8 * 1-11 *": false, "0 8 * * 1-5": false,
	} {
		if got := slices.Equal(firesAt(parsedCron(t, expression)), firesAt(usual)); got != same {
			t.Errorf("%s: same is %v", expression, got)
		}
	}
}

func parsedCron(t *testing.T, expression string) cron.Schedule {
	t.Helper()
	schedule, err := parseCron(expression)
	if err != nil {
		t.Fatal(err)
	}
	return schedule
}
