package store

import (
	"strings"
	"testing"
)

// TestStatementsStayAsTheyWereCompiled looks at a plan that SQLite would make anew for the
// value: only for what waits can it read the index of what waits.
func TestStatementsStayAsTheyWereCompiled(t *testing.T) {
	tx := writing(t)
	plan := func(query string, arguments ...any) string {
		return strings.Join(got(all(tx, func(row scanner) (string, error) {
			var id, parent, unused int
			var detail string
			err := row.Scan(&id, &parent, &unused, &detail)
			return detail, err
		}, `EXPLAIN QUERY PLAN `+query, arguments...))(t), "\n")
	}
	if written := plan(`SELECT id FROM reminder WHERE state = 'waiting' AND due_at < 5`); !strings.Contains(written, "reminder_due") {
		t.Fatalf("what waits is not read by its index: %s", written)
	}
	if bound := plan(`SELECT id FROM reminder WHERE state = ? AND due_at < ?`, "waiting", 5); strings.Contains(bound, "reminder_due") {
		t.Errorf("compiled anew for the values: %s", bound)
	}
}
