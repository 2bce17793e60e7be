package council

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var filedAt = time.Date(2026, 5, 26, 2, 30, 0, 0, time.UTC)

func TestEvidenceCounts(t *testing.T) {
	whole := Evidence{Number: 3, Kind: "document", Hash: "aa", State: EvidenceUploaded}
	for name, row := range map[string]struct {
		change          func(*Evidence)
		counts, pending bool
	}{
		"kept":                  {func(*Evidence) {}, true, false},
		"on its way":            {func(e *Evidence) { e.Hash = "" }, false, true},
		"a link":                {func(e *Evidence) { e.Kind, e.Hash = EvidenceLink, "" }, true, false},
		"a place":               {func(e *Evidence) { e.Kind, e.Hash = EvidencePlace, "" }, true, false},
		"replaced":              {func(e *Evidence) { e.ReplacedBy = 4 }, false, false},
		"the same as another":   {func(e *Evidence) { e.ReplacedBy, e.Hash = 2, "" }, false, false},
		"taken back":            {func(e *Evidence) { *e = e.Withdraw() }, false, false},
		"taken back on its way": {func(e *Evidence) { e.Hash = ""; *e = e.Withdraw() }, false, false},
		"with personal data":    {func(e *Evidence) { e.Personal = PersonalYes }, false, false},
	} {
		e := whole
		row.change(&e)
		if e.Counts() != row.counts || e.Pending() != row.pending {
			t.Errorf("%s: counts %v, pending %v", name, e.Counts(), e.Pending())
		}
		_, verified := e.Verify(7, filedAt)
		_, sentBack := e.SendBack("buram", 7, filedAt)
		var refusal *Refusal
		if (verified == nil) != row.counts || (sentBack == nil) != row.counts || !row.counts && (!errors.As(verified, &refusal) || refusal.Code != "evidence_gone") {
			t.Errorf("%s: %v, %v", name, verified, sentBack)
		}
	}
	var refusal *Refusal
	if _, err := whole.SendBack("", 7, filedAt); !errors.As(err, &refusal) || refusal.Code != "reason_missing" {
		t.Errorf("without a reason: %v", err)
	}
}

func TestWhatIsTakenBackIsForgotten(t *testing.T) {
	e := Evidence{Number: 3, IndicatorID: 2, Kind: "document", FileID: "f", UniqueID: "u", Name: "pasien.pdf", Link: "l", Words: "w", Hash: "aa", Size: 9, State: EvidenceUploaded}
	if e = e.Withdraw(); e != (Evidence{Number: 3, IndicatorID: 2, Kind: "document", State: EvidenceUploaded, Withdrawn: true}) {
		t.Errorf("%+v", e)
	}
}

func TestEvidenceOfAnAcceptedTask(t *testing.T) {
	kept := Evidence{Kind: "document", Hash: "aa", State: EvidenceUploaded}
	if e := kept.Accept(7, filedAt); e.State != EvidenceVerified || e.CheckedBy != 7 || e.Uncheck() != kept {
		t.Errorf("kept: %+v", e)
	}
	coming := Evidence{Kind: "document", State: EvidenceUploaded}
	e := coming.Accept(7, filedAt)
	if e.State != EvidenceUploaded || e.Counts() {
		t.Errorf("what is not kept yet counts as verified: %+v", e)
	}
	if e = e.Keep("bb", 2); e.State != EvidenceVerified || !e.Counts() {
		t.Errorf("what was accepted is not verified once it is kept: %+v", e)
	}
	if e := coming.Keep("bb", 2); e.State != EvidenceUploaded {
		t.Errorf("nobody has accepted it: %+v", e)
	}
	for _, other := range []Evidence{{Kind: "document", Hash: "aa", State: EvidenceNeedsFix}, {Kind: "document", Hash: "aa", State: EvidenceUploaded, Withdrawn: true}} {
		if e := other.Accept(7, filedAt); e != other {
			t.Errorf("%+v became %+v", other, e)
		}
	}
}

func TestWhatTakesWhosePlace(t *testing.T) {
	file := func(number int64, name, hash string) Evidence {
		return Evidence{Number: number, IndicatorID: 1, Kind: "document", Name: name, Hash: hash, UniqueID: "u" + hash, State: EvidenceUploaded, Version: 1}
	}
	replaced := file(1, "rekap.pdf", "aa")
	replaced.ReplacedBy = 2
	elsewhere := file(9, "rekap.pdf", "ee")
	elsewhere.IndicatorID = 2
	filed := []Evidence{replaced, file(2, "rekap.pdf", "bb"), file(3, "SK.pdf", "cc"), {Number: 4, IndicatorID: 1, Kind: EvidenceLink, Link: "https://a.id", State: EvidenceUploaded}, elsewhere}
	with := func(e Evidence, change func(*Evidence)) Evidence { change(&e); return e }
	for name, row := range map[string]struct {
		piece        Evidence
		before, same int64
	}{
		"another name":                  {file(5, "foto.pdf", "dd"), 0, 0},
		"the same name, in other case":  {file(5, "REKAP.pdf", "dd"), 2, 0},
		"a photo has no name":           {file(5, "", "dd"), 0, 0},
		"names what it replaces":        {with(file(5, "baru.pdf", "dd"), func(e *Evidence) { e.TakesPlace = 3 }), 3, 0},
		"names what is replaced by now": {with(file(5, "baru.pdf", "dd"), func(e *Evidence) { e.TakesPlace = 1 }), 2, 0},
		"the same content":              {file(5, "lain.pdf", "cc"), 0, 3},
		"the content of an old version": {file(5, "lain.pdf", "aa"), 0, 0},
		"the same file with Telegram":   {with(file(5, "SK.pdf", "cc"), func(e *Evidence) { e.Hash = "" }), 3, 3},
		"the same link":                 {Evidence{Number: 5, IndicatorID: 1, Kind: EvidenceLink, Link: "https://a.id"}, 0, 4},
		"another link":                  {Evidence{Number: 5, IndicatorID: 1, Kind: EvidenceLink, Link: "https://b.id"}, 0, 0},
		"itself":                        {filed[1], 0, 0},
	} {
		before, _ := row.piece.Before(filed)
		same, _ := row.piece.SameAs(filed)
		if before.Number != row.before || same.Number != row.same {
			t.Errorf("%s: takes the place of %d, is the same as %d", name, before.Number, same.Number)
		}
	}
}

// TestOfVersionsOneCounts files versions of one file and takes some back, in any
// order: as long as one is left, exactly one counts, and it is the newest left.
func TestOfVersionsOneCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var filed []Evidence
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			if len(filed) > 0 && rapid.Bool().Draw(t, "take back") {
				at := rapid.IntRange(0, len(filed)-1).Draw(t, "which")
				for i := range filed {
					if filed[i].Restores(filed[at]) && !filed[at].Withdrawn {
						filed[i].ReplacedBy = filed[at].ReplacedBy
					}
				}
				filed[at] = filed[at].Withdraw()
			} else {
				newer := Evidence{Number: int64(len(filed) + 1), IndicatorID: 1, Kind: "document", Name: "rekap.pdf", Hash: string(rune('a' + len(filed))), State: EvidenceUploaded, Version: 1}
				if older, found := newer.Before(filed); found {
					filed[older.Number-1], newer = older.Replace(newer)
				}
				filed = append(filed, newer)
			}
			counting, newest := int64(0), int64(0)
			count := 0
			for _, e := range filed {
				if !e.Withdrawn {
					newest = e.Number
				}
				if e.Counts() {
					counting, count = e.Number, count+1
				}
			}
			if counting != newest || newest != 0 && count != 1 {
				t.Fatalf("%d of %d count, the newest left is %d: %+v", count, len(filed), newest, filed)
			}
		}
	})
}

// TestWhenTheCheckIsAskedFor: the next working morning, unless it is settled by then.
func TestWhenTheCheckIsAskedFor(t *testing.T) {
	timing := promptTiming()
	given := local(t, "2026-02-06 19:40") // a Friday
	piece := Evidence{Number: 4, Filing: 3, Kind: "document", Hash: "aa", State: EvidenceUploaded}
	reminder := PlanCheck(piece, given, timing)
	if want := local(t, "2026-02-09 08:00"); !reminder.Due.Equal(want) || reminder.Audience != ToCoordinator || reminder.Subject.String() != "F-3" {
		t.Errorf("%+v", reminder)
	}
	if moment, known := timing.MomentOf(reminder); !known || !moment.Equal(reminder.Due) {
		t.Errorf("planned anew for %v", moment)
	}
	verified, coming, fix := piece, piece, piece
	verified.State, fix.State, coming.Hash = EvidenceVerified, EvidenceNeedsFix, ""
	for name, row := range map[string]struct {
		pieces []Evidence
		want   Verdict
	}{
		"waits": {[]Evidence{verified, piece}, Say}, "verified": {[]Evidence{verified}, Drop}, "needs fixing": {[]Evidence{fix}, Drop},
		"still on its way": {[]Evidence{coming}, Drop}, "nothing": {nil, Drop},
	} {
		if got := DecideCheck(reminder, row.pieces, reminder.Due, timing); got.Verdict != row.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := DecideCheck(reminder, []Evidence{piece}, given, timing); got.Verdict != Wait {
		t.Errorf("too early: %v", got)
	}
}
