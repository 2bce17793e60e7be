package council

import (
	"slices"
	"strings"
	"time"
)

// Counts are the counts of an evaluation that has indicators, for its reminders; how
// many tasks are blocked stands beside them.
func (r Readiness) Counts(blocked int) Counts {
	return Counts{OfIndicators: true, Submitted: r.Count[EvidenceUploaded], Done: r.Count[EvidenceVerified], Total: r.Total, Blocked: blocked}
}

// OfficeReadiness is what an office has still to bring.
type OfficeReadiness struct {
	Owner   string // as the indicators name it; empty: nobody is in charge
	Missing []IndicatorStanding
}

// MissingByOffice lists what is not verified by the office in charge: the office with
// the most first, what nobody is in charge of last. The indicators keep their order.
// Capitals and blanks make no other office.
func MissingByOffice(standings []IndicatorStanding) (offices []OfficeReadiness) {
	for _, standing := range standings {
		if standing.State() == EvidenceVerified {
			continue
		}
		owner := strings.Join(strings.Fields(standing.Owner), " ")
		at := slices.IndexFunc(offices, func(o OfficeReadiness) bool { return strings.EqualFold(o.Owner, owner) })
		if at < 0 {
			at, offices = len(offices), append(offices, OfficeReadiness{Owner: owner})
		}
		offices[at].Missing = append(offices[at].Missing, standing)
	}
	slices.SortStableFunc(offices, func(a, b OfficeReadiness) int {
		if (a.Owner == "") != (b.Owner == "") {
			return len(b.Owner) - len(a.Owner)
		}
		return len(b.Missing) - len(a.Missing)
	})
	return offices
}

// EvidenceSpan is when a piece of evidence stood for its indicator, and since when
// it is verified.
type EvidenceSpan struct {
	IndicatorID int64
	Filed       time.Time
	Verified    time.Time // zero: it is not
	Replaced    time.Time // when a newer version was filed in its place; zero: it counts still
}

// VerifiedAt counts, for each moment, the indicators whose evidence was all verified
// then. The moments are in the order of time.
func VerifiedAt(spans []EvidenceSpan, moments []time.Time) []int {
	byIndicator := map[int64][]EvidenceSpan{}
	for _, span := range spans {
		byIndicator[span.IndicatorID] = append(byIndicator[span.IndicatorID], span)
	}
	counts := make([]int, len(moments))
	for _, pieces := range byIndicator {
		for i, moment := range moments {
			if allVerifiedAt(pieces, moment) {
				counts[i]++
			}
		}
	}
	return counts
}

func allVerifiedAt(pieces []EvidenceSpan, moment time.Time) bool {
	counted := false
	for _, piece := range pieces {
		if piece.Filed.After(moment) || !piece.Replaced.IsZero() && !piece.Replaced.After(moment) {
			continue
		}
		if piece.Verified.IsZero() || piece.Verified.After(moment) {
			return false
		}
		counted = true
	}
	return counted
}
