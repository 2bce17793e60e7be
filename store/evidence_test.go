package store

import (
	"slices"
	"testing"

	"github.com/rembuk/rembuk/council"
)

// TestEvidenceIsListed files pieces of every kind and asks every list for its own.
func TestEvidenceIsListed(t *testing.T) {
	tx := writing(t)
	member, _, err := tx.Appeared(7, "baso", "id", noon)
	ok(t, err)
	open, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap II", State: council.EvaluationOpen, CreatedBy: member.ID, CreatedAt: noon})
	ok(t, err)
	closed, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap I", State: council.EvaluationClosed, CreatedBy: member.ID, CreatedAt: noon})
	ok(t, err)
	indicator := func(evaluation int64, code string) int64 {
		saved, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation, Code: code, Name: code})
		ok(t, err)
		return saved.ID
	}
	env, liv, old := indicator(open.Number, "ENV-08"), indicator(open.Number, "LIV-07"), indicator(closed.Number, "ENV-08")
	file := func(e council.Evidence) int64 {
		e.MemberID, e.CreatedAt, e.Version, e.Kind = member.ID, noon, 1, "document"
		if e.State == "" {
			e.State = council.EvidenceUploaded
		}
		created, err := tx.CreateEvidence(e)
		ok(t, err)
		return created.Number
	}
	first := file(council.Evidence{IndicatorID: liv, Hash: "aa", Album: "a1"})
	second := file(council.Evidence{IndicatorID: env, Hash: "aa", Album: "a1", Filing: first})
	coming := file(council.Evidence{IndicatorID: env, Filing: first})
	verified := file(council.Evidence{IndicatorID: env, Hash: "bb", State: council.EvidenceVerified, Task: 31})
	elsewhere := file(council.Evidence{IndicatorID: old, Hash: "cc"})
	withdrawn := file(council.Evidence{IndicatorID: env, Withdrawn: true, Task: 31})
	numbers := func(pieces []council.Evidence, err error) (found []int64) {
		t.Helper()
		ok(t, err)
		for _, piece := range pieces {
			found = append(found, piece.Number)
		}
		return found
	}
	plain := func(filed []FiledEvidence, err error) (pieces []council.Evidence, _ error) {
		for _, one := range filed {
			pieces = append(pieces, one.Evidence)
		}
		return pieces, err
	}
	for name, row := range map[string]struct{ got, want []int64 }{
		"filed at once":                     {numbers(tx.EvidenceFiled(first)), []int64{first, second, coming}},
		"filed alone":                       {numbers(tx.EvidenceFiled(verified)), []int64{verified}},
		"of an album":                       {numbers(tx.EvidenceInAlbum(member.ID, "a1")), []int64{first, second}},
		"of somebody else's":                {numbers(tx.EvidenceInAlbum(member.ID+1, "a1")), nil},
		"of no album":                       {numbers(tx.EvidenceInAlbum(member.ID, "")), nil},
		"of a task":                         {numbers(tx.EvidenceOfTask(31)), []int64{verified, withdrawn}},
		"of no task":                        {numbers(tx.EvidenceOfTask(0)), nil},
		"to be checked, by code":            {numbers(plain(tx.EvidenceToCheck())), []int64{second, first}},
		"in the vault, also what is closed": {numbers(plain(tx.EvidenceInVault())), []int64{first, second, verified, elsewhere}},
	} {
		if !slices.Equal(row.got, row.want) {
			t.Errorf("%s: %v, want %v", name, row.got, row.want)
		}
	}
	if pending, err := tx.CountPendingEvidence(); err != nil || pending != 1 {
		t.Errorf("%d are on their way: %v", pending, err)
	}
	for hash, want := range map[string]bool{"aa": true, "cc": true, "dd": false, "": false} {
		if used, err := tx.ContentUsed(hash); err != nil || used != want {
			t.Errorf("%q is needed: %v %v", hash, used, err)
		}
	}
	if filed, err := tx.EvidenceToCheck(); err != nil || filed[0].Code != "ENV-08" || filed[1].Code != "LIV-07" {
		t.Errorf("%+v %v", filed, err)
	}
}

// TestEvidenceFollowsItsGroup: a group that becomes a supergroup takes what was filed
// there along, without the messages.
func TestEvidenceFollowsItsGroup(t *testing.T) {
	tx := writing(t)
	member, _, err := tx.Appeared(7, "baso", "id", noon)
	ok(t, err)
	evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Tahap I", State: council.EvaluationOpen, CreatedBy: member.ID, CreatedAt: noon})
	ok(t, err)
	indicator, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: "ENV-08", Name: "Sampah"})
	ok(t, err)
	filed, err := tx.CreateEvidence(council.Evidence{IndicatorID: indicator.ID, MemberID: member.ID, From: council.Place{ChatID: -5, ThreadID: 2, MessageID: 9},
		Kind: "document", State: council.EvidenceUploaded, Version: 1, CreatedAt: noon})
	ok(t, err)
	ok(t, tx.Queue(Outgoing{ChatID: -5, Kind: KindFetch, Payload: Payload{Fetch: &Fetch{FileID: "f", Purpose: "evidence", Words: "1"}}}, noon))
	ok(t, tx.DropQueued(-5, "thrown out", noon))
	ok(t, tx.Migrate(-5, -1005))
	if filed, err = tx.Evidence(filed.Number); err != nil || filed.From != (council.Place{ChatID: -1005, ThreadID: 2}) {
		t.Errorf("%+v %v", filed, err)
	}
	waiting, err := tx.OpenOutbox()
	ok(t, err)
	if len(waiting) != 1 || waiting[0].ChatID != -1005 || waiting[0].Kind != KindFetch {
		t.Errorf("what is to be fetched is lost with its chat: %+v", waiting)
	}
}
