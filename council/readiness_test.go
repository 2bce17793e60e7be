package council

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestCoordinatorsAreToldWhatIsMissing(t *testing.T) {
	evaluation, timing := firstEvaluation(), timing2026()
	planned := PlanEvaluation(evaluation, nil, at("2026-05-11 09:12"), timing)
	for _, test := range []struct {
		name   string
		counts Counts
		want   string
	}{
		{"no indicators", Counts{Total: 4, Done: 1}, "no_indicators"},
		{"all verified", Counts{OfIndicators: true, Total: 4, Done: 4}, "evaluation_complete"},
		{"one is missing", Counts{OfIndicators: true, Total: 4, Done: 3}, "due"},
	} {
		told := 0
		for _, reminder := range planned {
			if reminder.Audience != ToCoordinator {
				continue
			}
			told++
			if got := DecideEvaluation(reminder, evaluation, Group{}, test.counts, reminder.Due, timing); got.Reason != test.want || reminder.Step != "H-7" {
				t.Errorf("%s: %s is decided as %+v", test.name, reminder.Step, got)
			}
		}
		if told == 0 {
			t.Error("nothing is planned for coordinators")
		}
	}
}

func TestMissingByOffice(t *testing.T) {
	verified := IndicatorStanding{Pieces: 1, Verified: 1}
	of := func(code, owner string, standing IndicatorStanding) IndicatorStanding {
		standing.Code, standing.Owner = code, owner
		return standing
	}
	offices := MissingByOffice([]IndicatorStanding{
		of("BRA-16", "Dispar", IndicatorStanding{}), of("ECO-01", "", IndicatorStanding{}), of("ECO-02", "", IndicatorStanding{}), of("ECO-03", "", IndicatorStanding{}),
		of("ENV-08", "DLH", IndicatorStanding{Pieces: 2, Verified: 1}), of("ENV-09", " dlh ", IndicatorStanding{Pieces: 1, NeedsFix: 1}), of("ENV-10", "DLH", verified), of("GOV-01", "Diskominfo", verified),
	})
	var got []string
	for _, office := range offices {
		var codes []string
		for _, standing := range office.Missing {
			codes = append(codes, standing.Code)
		}
		got = append(got, office.Owner+": "+strings.Join(codes, " "))
	}
	if want := []string{"DLH: ENV-08 ENV-09", "Dispar: BRA-16", ": ECO-01 ECO-02 ECO-03"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestVerifiedAt(t *testing.T) {
	day := func(number int) time.Time { return at(fmt.Sprintf("2026-05-%02d 12:00", number)) }
	spans := []EvidenceSpan{
		{IndicatorID: 1, Filed: day(2), Verified: day(4)},
		{IndicatorID: 2, Filed: day(2), Verified: day(3), Replaced: day(5)}, // a newer version opens it again
		{IndicatorID: 2, Filed: day(5), Verified: day(7)},
		{IndicatorID: 3, Filed: day(2), Verified: day(3)}, // one of two is not verified
		{IndicatorID: 3, Filed: day(6)},
	}
	var moments []time.Time
	for number := 1; number <= 8; number++ {
		moments = append(moments, day(number))
	}
	if got, want := VerifiedAt(spans, moments), []int{0, 0, 2, 3, 2, 1, 2, 2}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// What counts now is what counts in the end: the last moment agrees with the standings.
func TestTheBurnUpEndsAtTheStandings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := at("2026-05-26 08:00")
		before := func(name string) time.Time {
			return now.Add(-time.Duration(rapid.IntRange(0, 1000).Draw(t, name)) * time.Hour)
		}
		standings := map[int64]*IndicatorStanding{}
		var spans []EvidenceSpan
		for range rapid.IntRange(0, 12).Draw(t, "pieces") {
			span := EvidenceSpan{IndicatorID: rapid.Int64Range(1, 4).Draw(t, "indicator"), Filed: before("filed")}
			if rapid.Bool().Draw(t, "verified") {
				span.Verified = before("checked")
			}
			if rapid.Bool().Draw(t, "replaced") {
				span.Replaced = before("newer")
			}
			spans = append(spans, span)
			standing := standings[span.IndicatorID]
			if standing == nil {
				standing = &IndicatorStanding{}
				standings[span.IndicatorID] = standing
			}
			if span.Replaced.IsZero() {
				standing.Pieces++
				if !span.Verified.IsZero() {
					standing.Verified++
				}
			}
		}
		want := 0
		for _, standing := range standings {
			if standing.State() == EvidenceVerified {
				want++
			}
		}
		if got := VerifiedAt(spans, []time.Time{now})[0]; got != want {
			t.Fatalf("%d are counted, %d stand verified", got, want)
		}
	})
}
