package store

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// TestAnEvaluationIsPreparedInTasksOrIndicators: as soon as it has an indicator,
// those are counted, and what is blocked stays a count of tasks.
func TestAnEvaluationIsPreparedInTasksOrIndicators(t *testing.T) {
	tx := writing(t)
	evaluation := stageOne(t, tx)
	baso := got(tx.Mentioned("@baso"))(t).ID
	for _, state := range []council.TaskState{council.TaskSubmitted, council.TaskBlocked, council.TaskNew} {
		got(tx.CreateTask(council.Task{Title: "x", State: state, CreatedAt: noon}, 0, 0))(t)
	}
	prepared := got(tx.Preparation(evaluation, noon))(t)
	if c := prepared.Counts; c.OfIndicators || c.Submitted != 1 || c.Total != 3 || c.Blocked != 1 {
		t.Errorf("in tasks: %+v", c)
	}
	for _, code := range []string{"ECO-01", "ENV-08", "ENV-09", "ENV-10"} {
		dimension := council.Dimension("environment")
		if code == "ECO-01" {
			dimension = "economy"
		}
		got(tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: code, Dimension: dimension, Name: code, Weight: 2500, Retired: code == "ENV-10"}))(t)
	}
	for _, piece := range []council.Evidence{{IndicatorID: 1, State: council.EvidenceVerified}, {IndicatorID: 2, State: council.EvidenceUploaded}} {
		piece.MemberID, piece.Kind, piece.Version, piece.CreatedAt = baso, council.EvidenceLink, 1, noon
		got(tx.CreateEvidence(piece))(t)
	}
	prepared = got(tx.Preparation(evaluation, noon))(t)
	if c := prepared.Counts; !c.OfIndicators || c.Done != 1 || c.Submitted != 1 || c.Total != 3 || c.Blocked != 1 {
		t.Errorf("in indicators: %+v", c)
	}
	want := []council.DimensionCount{{Dimension: "economy", Done: 1, Total: 1}, {Dimension: "environment", Total: 2}}
	if difference := cmp.Diff(want, got(tx.PreparedByDimension(prepared))(t)); difference != "" {
		t.Error(difference)
	}
}

// TestEvidenceSpansSayWhatIsKnown: a version that was replaced counted until then;
// what was taken back, has no content yet or belongs to no indicator any more has none.
func TestEvidenceSpansSayWhatIsKnown(t *testing.T) {
	tx := writing(t)
	evaluation := stageOne(t, tx)
	baso := got(tx.Mentioned("@baso"))(t).ID
	for _, code := range []string{"ENV-08", "ENV-09"} {
		got(tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: code, Name: code, Retired: code == "ENV-09"}))(t)
	}
	day := func(number int) time.Time { return noon.AddDate(0, 0, number) }
	for _, piece := range []council.Evidence{
		{IndicatorID: 1, Hash: "a", CreatedAt: day(1), State: council.EvidenceVerified, CheckedAt: day(2), ReplacedBy: 2},
		{IndicatorID: 1, Hash: "b", CreatedAt: day(4), State: council.EvidenceVerified, CheckedAt: day(5)},
		{IndicatorID: 1, Hash: "c", CreatedAt: day(3), State: council.EvidenceNeedsFix, CheckedAt: day(4)},
		{IndicatorID: 1, Hash: "d", CreatedAt: day(1), State: council.EvidenceVerified, CheckedAt: day(1), Withdrawn: true},
		{IndicatorID: 1, CreatedAt: day(1), State: council.EvidenceUploaded},
		{IndicatorID: 2, Hash: "e", CreatedAt: day(1), State: council.EvidenceVerified, CheckedAt: day(1)},
	} {
		piece.MemberID, piece.Kind, piece.Version = baso, "document", 1
		got(tx.CreateEvidence(piece))(t)
	}
	spans := got(tx.EvidenceSpans(evaluation.Number))(t)
	want := []council.EvidenceSpan{{IndicatorID: 1, Filed: day(1), Verified: day(2), Replaced: day(4)}, {IndicatorID: 1, Filed: day(4), Verified: day(5)}, {IndicatorID: 1, Filed: day(3)}}
	if !slices.EqualFunc(spans, want, func(a, b council.EvidenceSpan) bool {
		return a.IndicatorID == b.IndicatorID && a.Filed.Equal(b.Filed) && a.Verified.Equal(b.Verified) && a.Replaced.Equal(b.Replaced)
	}) {
		t.Errorf("got %v, want %v", spans, want)
	}
}
