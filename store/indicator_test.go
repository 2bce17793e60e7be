package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// TestStandingsCountWhatCounts files evidence of every kind for one indicator, and
// asks the rules about each piece alone.
func TestStandingsCountWhatCounts(t *testing.T) {
	tx := writing(t)
	member, _, err := tx.Appeared(7, "baso", "id", noon)
	ok(t, err)
	evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap I", State: council.EvaluationOpen, CreatedBy: member.ID, CreatedAt: noon})
	ok(t, err)
	waste := council.Indicator{Evaluation: evaluation.Number, Code: "ENV-08", Dimension: council.Environment, Subdimension: "Sampah", Name: "Sampah terkelola",
		Unit: "persen", Target: "70", Weight: 450, Owner: "DLH", Examples: "rekap tonase"}
	kept, err := tx.SaveIndicator(waste)
	ok(t, err)
	waste.ID = kept.ID
	if kept != waste {
		t.Errorf("kept %+v", kept)
	}
	empty, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: "BRA-02", Name: "Peta digital"})
	ok(t, err)
	filed := []council.Evidence{
		{Kind: "document", Hash: "aa", State: council.EvidenceVerified, CheckedBy: member.ID, CheckedAt: noon.Add(time.Hour), Personal: council.PersonalNo},
		{Kind: "photo", Hash: "bb", State: council.EvidenceNeedsFix, Reason: "buram"},
		{Kind: "document", State: council.EvidenceUploaded},
		{Kind: council.EvidenceLink, Link: "https://contoh.go.id", State: council.EvidenceUploaded},
		{Kind: "document", Hash: "cc", State: council.EvidenceVerified, ReplacedBy: 1},
		{Kind: "document", Hash: "dd", State: council.EvidenceVerified, Withdrawn: true},
		{Kind: "document", Hash: "ee", State: council.EvidenceUploaded, Personal: council.PersonalYes},
		{Kind: council.EvidencePlace, FileID: "-2.5,121.1", State: council.EvidenceVerified},
	}
	want := council.IndicatorStanding{Indicator: kept}
	for _, evidence := range filed {
		evidence.IndicatorID, evidence.MemberID, evidence.CreatedAt, evidence.Version = kept.ID, member.ID, noon, 1
		evidence.From = council.Place{ChatID: -5, ThreadID: 2, MessageID: 9}
		evidence, err := tx.CreateEvidence(evidence)
		ok(t, err)
		read, err := tx.Evidence(evidence.Number)
		ok(t, err)
		if read.CheckedAt = read.CheckedAt.In(evidence.CheckedAt.Location()); !read.CreatedAt.Equal(noon) || !read.CheckedAt.Equal(evidence.CheckedAt) {
			t.Errorf("moments: %+v", read)
		}
		read.CreatedAt, read.CheckedAt = evidence.CreatedAt, evidence.CheckedAt
		if read != evidence {
			t.Errorf("kept %+v, read %+v", evidence, read)
		}
		if !evidence.Counts() {
			continue
		}
		want.Pieces++
		switch evidence.State {
		case council.EvidenceVerified:
			want.Verified++
		case council.EvidenceNeedsFix:
			want.NeedsFix++
		}
	}
	standings, err := tx.Standings(evaluation.Number)
	ok(t, err)
	if len(standings) != 2 || standings[1] != want || standings[0].Indicator != empty || standings[0].State() != council.EvidenceMissing {
		t.Errorf("%+v, want %+v second", standings, want)
	}
	all, byDimension := council.ReadinessOf(standings)
	inShort, shortByDimension := council.ReadinessOf(got(tx.Readiness(evaluation.Number))(t))
	if difference := cmp.Diff(all, inShort) + cmp.Diff(byDimension, shortByDimension); difference != "" || all.Weight == 0 || len(byDimension) == 0 {
		t.Error(difference)
	}
	counted, err := tx.EvidenceFor(evaluation.Number)
	ok(t, err)
	if len(counted) != want.Pieces {
		t.Errorf("%d pieces count, the rules say %d", len(counted), want.Pieces)
	}
}

// TestIndicatorsAreKnownByTheirCode saves one twice, in two evaluations of which
// one closes.
func TestIndicatorsAreKnownByTheirCode(t *testing.T) {
	tx := writing(t)
	member, _, err := tx.Appeared(7, "", "id", noon)
	ok(t, err)
	first, err := tx.CreateEvaluation(council.Evaluation{Name: "2025", State: council.EvaluationOpen, CreatedBy: member.ID, CreatedAt: noon})
	ok(t, err)
	second, err := tx.CreateEvaluation(council.Evaluation{Name: "2026", State: council.EvaluationOpen, CreatedBy: member.ID, CreatedAt: noon})
	ok(t, err)
	old, err := tx.SaveIndicator(council.Indicator{Evaluation: first.Number, Code: "SOC-05", Name: "Lama"})
	ok(t, err)
	again, err := tx.SaveIndicator(council.Indicator{Evaluation: first.Number, Code: "SOC-05", Name: "Baru"})
	ok(t, err)
	if again.ID != old.ID || again.Name != "Baru" {
		t.Errorf("saved again: %+v", again)
	}
	other, err := tx.SaveIndicator(council.Indicator{Evaluation: second.Number, Code: "SOC-05", Name: "Tahun ini"})
	ok(t, err)
	found, err := tx.IndicatorsByCode("SOC-05")
	ok(t, err)
	if len(found) != 2 || found[0].ID != other.ID || found[1].ID != old.ID {
		t.Errorf("found %+v", found)
	}
	first.State = council.EvaluationClosed
	ok(t, tx.SaveEvaluation(first))
	if found, err = tx.IndicatorsByCode("SOC-05"); err != nil || len(found) != 1 || found[0].ID != other.ID {
		t.Errorf("after the first closed: %+v, %v", found, err)
	}
	other.Retired = true
	_, err = tx.SaveIndicator(other)
	ok(t, err)
	if has, err := tx.HasIndicators(second.Number); err != nil || has {
		t.Errorf("a retired one is there: %v, %v", has, err)
	}
	if _, err := tx.Indicator(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such indicator: %v", err)
	}
}

// TestASheetWaits: a sheet is kept as it was read, moves on, and is forgotten in the end.
func TestASheetWaits(t *testing.T) {
	tx := writing(t)
	number, err := tx.CreateIndicatorDraft(IndicatorDraft{State: IndicatorDraftWaiting, Content: `{"a":1}`}, noon)
	ok(t, err)
	ok(t, tx.MoveIndicatorDraft(number, 3, IndicatorDraftKept))
	draft, err := tx.IndicatorDraft(number)
	ok(t, err)
	if want := (IndicatorDraft{number, 3, IndicatorDraftKept, `{"a":1}`}); draft != want {
		t.Errorf("kept %+v, not %+v", draft, want)
	}
	ok(t, tx.PruneIndicatorDrafts(noon))
	if _, err := tx.IndicatorDraft(number); err != nil {
		t.Errorf("forgotten too early: %v", err)
	}
	ok(t, tx.PruneIndicatorDrafts(noon.Add(time.Millisecond)))
	if _, err := tx.IndicatorDraft(number); !errors.Is(err, ErrNotFound) {
		t.Errorf("not forgotten: %v", err)
	}
}

// TestRetiredIndicatorsAreKnown: they do not count, and keep their place.
func TestRetiredIndicatorsAreKnown(t *testing.T) {
	tx := writing(t)
	evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap I", State: council.EvaluationOpen, CreatedAt: noon})
	ok(t, err)
	first, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: "ENV-08", Name: "Sampah terkelola"})
	ok(t, err)
	first.Retired = true
	again, err := tx.SaveIndicator(first)
	ok(t, err)
	counting, err := tx.Indicators(evaluation.Number)
	ok(t, err)
	ever, err := tx.IndicatorsEver(evaluation.Number)
	ok(t, err)
	if again != first || len(counting) != 0 || len(ever) != 1 || ever[0] != first {
		t.Errorf("kept %+v; counting %v, known %v", again, counting, ever)
	}
}
