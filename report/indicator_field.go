package report

import (
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// IndicatorLengths are how many runes the words of an indicator may have, by its parts.
// In a sheet, what is longer is cut.
var IndicatorLengths = map[string]int{
	columnSubdimension: 120, columnName: council.IndicatorNameLimit, columnUnit: 120, columnTarget: 120, columnOwner: 120, columnExamples: 600,
}

// SetIndicatorField writes one part of an indicator, named as in council.IndicatorFields,
// by the rules of a sheet: a dash empties it. Problems leave the indicator as it was: the
// words are too long, no number or no dimension, or a name is missing. "" is none.
func SetIndicatorField(indicator council.Indicator, field, words string, own locale.OwnGroups) (council.Indicator, ProblemKind) {
	words = withoutDash(oneLine(words))
	var from council.Indicator
	switch length, isText := IndicatorLengths[field]; {
	case field == columnDimension:
		dimension, known := dimensionOf(words, own)
		if words != "" && !known {
			return indicator, ProblemUnknownDimension
		}
		from.Dimension = dimension
	case field == columnWeight:
		number, isNumber := readNumber(words)
		if words != "" && (!isNumber || !number.isWeight()) {
			return indicator, ProblemBadNumber
		}
		from.Weight = weightsOf([]sheetNumber{number})[0]
	case field == columnName && words == "":
		return indicator, ProblemNoName
	case isText && utf8.RuneCountInString(words) > length:
		return indicator, ProblemTooLong
	default:
		from = council.Indicator{Subdimension: words, Name: words, Unit: words, Target: words, Owner: words, Examples: words}
	}
	return indicator.With(field, from), ""
}

// withoutDash is "" for a dash, which stands where nothing is known.
func withoutDash(text string) string {
	if text == "-" || text == "–" {
		return ""
	}
	return text
}
