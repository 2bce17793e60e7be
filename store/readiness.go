package store

import (
	"database/sql"
	"time"

	"github.com/rembuk/rembuk/council"
)

// Preparation is how far an evaluation is prepared: counted in its indicators where
// it has any, otherwise in the tasks that serve it.
type Preparation struct {
	Tasks     TaskFilter                  // what serves it, as TasksFor gives it
	Counts    council.Counts              // Blocked is of tasks in either case
	Standings []council.IndicatorStanding // none where it has no indicators
}

// Preparation tells how far an evaluation is prepared at a moment.
func (tx *Tx) Preparation(evaluation council.Evaluation, now time.Time) (p Preparation, err error) {
	if p.Tasks, err = tx.TasksFor(evaluation); err != nil {
		return p, err
	}
	if p.Standings, err = tx.Standings(evaluation.Number); err != nil {
		return p, err
	}
	if len(p.Standings) == 0 {
		p.Counts, err = tx.countAll(p.Tasks, now)
		return p, err
	}
	blocked := p.Tasks
	blocked.Blocked = true
	count, err := tx.CountMatching(blocked)
	all, _ := council.ReadinessOf(p.Standings)
	p.Counts = all.Counts(count)
	return p, err
}

// PreparedByDimension counts what a preparation counts, by dimension.
func (tx *Tx) PreparedByDimension(p Preparation) ([]council.DimensionCount, error) {
	if !p.Counts.OfIndicators {
		return tx.CountByDimension(p.Tasks)
	}
	_, byDimension := council.ReadinessOf(p.Standings)
	counts := make([]council.DimensionCount, len(byDimension))
	for i, part := range byDimension {
		counts[i] = council.DimensionCount{Dimension: part.Dimension, Done: part.Count[council.EvidenceVerified], Total: part.Total}
	}
	return counts, nil
}

// EvidenceSpans lists when the evidence of an evaluation's indicators stood for them.
// It says what the rows say now, not all that once was: what was taken back is as
// if it had never been filed, of what was checked several times only the last check
// is known, and an indicator that has left the sheet has no history.
func (tx *Tx) EvidenceSpans(evaluation int64) ([]council.EvidenceSpan, error) {
	return all(tx, func(row scanner) (span council.EvidenceSpan, err error) {
		var filed int64
		var verified, replaced sql.NullInt64
		err = row.Scan(&span.IndicatorID, &filed, &verified, &replaced)
		span.Filed, span.Verified, span.Replaced = moment(filed), optionalMoment(verified), optionalMoment(replaced)
		return span, err
	}, `SELECT evidence.indicator_id, evidence.created_at, CASE WHEN evidence.state = 'verified' THEN evidence.checked_at END, newer.created_at
		FROM evidence JOIN indicator ON indicator.id = evidence.indicator_id
		LEFT JOIN evidence AS newer ON newer.number = evidence.replaced_by AND evidence.replaced_by <> 0
		WHERE indicator.evaluation = ? AND indicator.retired = 0 AND evidence.withdrawn = 0 AND evidence.personal <> 'yes'
		AND (evidence.hash <> '' OR evidence.kind IN ('link', 'location')) ORDER BY evidence.number`, evaluation)
}
