package council

import (
	"testing"
	"time"
)

func TestIndicatorCode(t *testing.T) {
	for word, want := range map[string]string{
		"ENV-08": "ENV-08", "env-8": "ENV-08", "Env08": "ENV-08", "ENV 08": "ENV-08", "env_108,": "ENV-108", "GOV.A-3": "GOV.A-03", "(liv-07)": "LIV-07", "ENV-0008": "ENV-08", "ENV-00008": "", "surat-0012345": "",
		"ENV-0": "", "T-12": "", "ENV": "", "12": "", "ENV-8A": "", "": "", "-8": "", "ÉNV-8": "", "ABCDEFGHIJKLMNOPQRS-21": "", "AB CD-3": "",
	} {
		code, ok := IndicatorCode(word)
		if code != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", word, code, ok, want)
		}
	}
}

func TestReadiness(t *testing.T) {
	standing := func(dimension Dimension, weight, pieces, verified, needsFix int) IndicatorStanding {
		return IndicatorStanding{Indicator: Indicator{Dimension: dimension, Weight: weight}, Pieces: pieces, Verified: verified, NeedsFix: needsFix}
	}
	all, parts := ReadinessOf([]IndicatorStanding{
		standing(Environment, 3000, 2, 2, 0), standing(Governance, 1000, 0, 0, 0), standing(Environment, 4000, 2, 1, 0),
		standing(Environment, 2000, 3, 2, 1), standing("", 0, 1, 1, 0),
	})
	if all.Total != 5 || all.Count[EvidenceVerified] != 2 || all.Count[EvidenceMissing] != 1 || all.Count[EvidenceUploaded] != 1 || all.Count[EvidenceNeedsFix] != 1 {
		t.Errorf("all: %+v", all)
	}
	if all.Share() != 3000 {
		t.Errorf("the weighted share is %d", all.Share())
	}
	if len(parts) != 3 || parts[0].Dimension != Governance || parts[1].Dimension != Environment || parts[2].Dimension != "" || parts[2].Share() != WholeWeight || parts[0].Share() != 0 {
		t.Errorf("by dimension: %+v", parts)
	}
}

func TestEvidenceIsChecked(t *testing.T) {
	now := time.Date(2026, 6, 4, 8, 0, 0, 0, time.UTC)
	kept := Evidence{Number: 1, Kind: "document", Hash: "ab", State: EvidenceUploaded}
	verified, err := kept.Verify(7, now)
	if err != nil || verified.State != EvidenceVerified || verified.CheckedBy != 7 || !verified.CheckedAt.Equal(now) {
		t.Errorf("%+v, %v", verified, err)
	}
	if back, err := verified.SendBack("tahunnya salah", 7, now); err != nil || back.State != EvidenceNeedsFix || back.Reason != "tahunnya salah" {
		t.Errorf("%+v, %v", back, err)
	}
	if _, err := kept.SendBack("", 7, now); err == nil {
		t.Error("sent back without a reason")
	}
	for name, change := range map[string]func(*Evidence){
		"replaced": func(e *Evidence) { e.ReplacedBy = 2 }, "withdrawn": func(e *Evidence) { e.Withdrawn = true },
		"not kept": func(e *Evidence) { e.Hash = "" }, "personal": func(e *Evidence) { e.Personal = PersonalYes },
	} {
		e := kept
		change(&e)
		if _, err := e.Verify(7, now); err == nil {
			t.Errorf("%s: verified", name)
		}
	}
	if link := (Evidence{Kind: EvidenceLink, State: EvidenceUploaded}); !link.Counts() {
		t.Error("a link needs no content")
	}
}
