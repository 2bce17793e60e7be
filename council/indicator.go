package council

import (
	"slices"
	"strings"
)

// Indicator is one line of an evaluation, with its own code, dimension, weight,
// owner and evidence. Which indicators there are the city says for each evaluation;
// none is built in.
type Indicator struct {
	ID           int64
	Evaluation   int64
	Code         string // "ENV-08", as IndicatorCode gives it; once in each evaluation
	Dimension    Dimension
	Subdimension string
	Name         string
	Unit         string
	Target       string // as it was written
	Weight       int    // in hundredths of a percent: 10,000 is all of it; 0: none was given
	Owner        string // the office in charge, as it was written
	Examples     string // what evidence may be
	Retired      bool   // it is not in the newest sheet
}

// WholeWeight is what the weights of an evaluation's indicators should add up to.
const WholeWeight = 10000

// Limits of indicators: of their words in runes, and how many an evaluation has.
const (
	IndicatorCodeLimit = 20
	IndicatorNameLimit = 400
	IndicatorsLimit    = 5000
)

// indicatorDigits is how many digits the code of an indicator has at most; numbers of
// letters and parcels have more.
const indicatorDigits = 4

// Reference of the indicator, for reminders and records; people name its code.
func (i Indicator) Reference() Reference { return Reference{IndicatorLetter, i.ID} }

// IndicatorCode reads a code tolerantly: "env-8", "ENV 08" and "Env08" are "ENV-08".
// Letters stand before digits, which have two places at least and four at most; false
// for anything else.
func IndicatorCode(word string) (string, bool) {
	word = strings.ToUpper(strings.Trim(strings.TrimSpace(word), ".,;:()[]!?"))
	letters := strings.TrimRight(word, "0123456789")
	if len(word)-len(letters) > indicatorDigits {
		return "", false
	}
	digits := strings.TrimLeft(word[len(letters):], "0")
	letters = strings.TrimRight(letters, "- ._")
	isOther := func(r rune) bool { return (r < 'A' || r > 'Z') && r != '-' && r != '.' && (r < '0' || r > '9') }
	if len(word) > IndicatorCodeLimit || len(letters) < 2 || digits == "" || strings.ContainsFunc(letters, isOther) || letters[0] < 'A' || letters[0] > 'Z' {
		return "", false
	}
	if len(digits) < 2 {
		digits = "0" + digits
	}
	return letters + "-" + digits, true
}

// EvidenceState is how far an indicator's evidence, or one piece of it, is
// (product.md, "Lives of things").
type EvidenceState string

// States of evidence, from the one with the most left to do.
const (
	EvidenceMissing  EvidenceState = "missing"
	EvidenceNeedsFix EvidenceState = "needs_fix"
	EvidenceUploaded EvidenceState = "uploaded"
	EvidenceVerified EvidenceState = "verified"
)

// EvidenceStates lists the states in that order.
var EvidenceStates = []EvidenceState{EvidenceMissing, EvidenceNeedsFix, EvidenceUploaded, EvidenceVerified}

// IndicatorStanding is how far the evidence of an indicator is.
type IndicatorStanding struct {
	Indicator
	Pieces   int // of evidence that count: neither replaced nor taken back
	Verified int
	NeedsFix int
}

// State is verified when every piece of evidence is, needs fixing when one does,
// and missing when there is none.
func (s IndicatorStanding) State() EvidenceState {
	switch {
	case s.Pieces == 0:
		return EvidenceMissing
	case s.NeedsFix > 0:
		return EvidenceNeedsFix
	case s.Verified == s.Pieces:
		return EvidenceVerified
	}
	return EvidenceUploaded
}

// Readiness counts indicators by their state; what is complete is what has been
// verified.
type Readiness struct {
	Dimension Dimension // empty for all of them
	Count     map[EvidenceState]int
	Total     int
	Weight    int // of all, in hundredths of a percent
	Complete  int // the weight of the verified ones
}

// Share is the weighted part that is complete, in hundredths of a percent of what
// there is; counted where nothing has a weight.
func (r Readiness) Share() int {
	switch {
	case r.Weight > 0:
		return WholeWeight * r.Complete / r.Weight
	case r.Total > 0:
		return WholeWeight * r.Count[EvidenceVerified] / r.Total
	}
	return 0
}

func (r *Readiness) add(s IndicatorStanding) {
	if r.Count == nil {
		r.Count = map[EvidenceState]int{}
	}
	state := s.State()
	r.Count[state]++
	r.Total++
	r.Weight += s.Weight
	if state == EvidenceVerified {
		r.Complete += s.Weight
	}
}

// ReadinessOf counts all the indicators, and those of each dimension that has one,
// in the usual order of the dimensions.
func ReadinessOf(standings []IndicatorStanding) (all Readiness, byDimension []Readiness) {
	parts := map[Dimension]*Readiness{}
	for _, standing := range standings {
		all.add(standing)
		part := parts[standing.Dimension]
		if part == nil {
			part = &Readiness{Dimension: standing.Dimension}
			parts[standing.Dimension] = part
		}
		part.add(standing)
	}
	for _, dimension := range append(slices.Clone(Dimensions), "") {
		if part := parts[dimension]; part != nil {
			byDimension = append(byDimension, *part)
		}
	}
	return all, byDimension
}
