package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// indicatorsNamed reads the codes of indicators at the beginning of words, "ENV-08,
// env 9 dan SOC-05", and gives what stands behind them. A code that several
// evaluations have is that of the newest, unless an evaluation is named before the
// codes: "E-1 ENV-08". What looks like a code and is none is refused when it stands
// first, or when others begin as it does; nothing found and no error is a text that
// begins with no code.
func (r *request) indicatorsNamed(words string) (found []council.Indicator, rest string, err error) {
	rest = strings.TrimSpace(words)
	evaluation := int64(0)
	if reference, after, is := nextReference(rest, false); is && reference.Letter == council.EvaluationLetter {
		if _, _, isCode := nextCode(after, false); isCode {
			evaluation, rest = reference.Number, after
		}
	}
	for {
		indicator, after, err := r.nextIndicator(rest, evaluation, found)
		if err != nil || indicator.ID == 0 {
			return found, rest, err
		}
		rest = after
		if !containsIndicator(found, indicator.ID) {
			found = append(found, indicator)
		}
	}
}

// nextIndicator reads one code; the zero Indicator where there is none. The letters
// and the number may be apart, "ENV 08": that counts only for a code that exists.
func (r *request) nextIndicator(words string, evaluation int64, found []council.Indicator) (council.Indicator, string, error) {
	behind := len(found) > 0
	code, rest, isCode := nextCode(words, behind)
	if isCode {
		indicator, err := r.indicatorByCode(code, evaluation)
		if err == nil && indicator.ID == 0 {
			err = r.refuseCode(code, found)
		}
		return indicator, rest, err
	}
	letters, after := firstWord(pastJoining(words, behind))
	digits, rest := firstWord(after)
	code, isCode = council.IndicatorCode(letters + "-" + digits)
	if !isCode || strings.ContainsAny(letters, "0123456789") {
		return council.Indicator{}, words, nil
	}
	indicator, err := r.indicatorByCode(code, evaluation)
	return indicator, rest, err
}

// refuseCode refuses a code that is none, unless it is a word that stands behind codes.
func (r *request) refuseCode(code string, found []council.Indicator) error {
	meant := len(found) == 0
	if !meant {
		others, err := r.tx.Indicators(found[0].Evaluation)
		if err != nil {
			return err
		}
		letters := strings.TrimRight(code, "0123456789")
		meant = slices.ContainsFunc(others, func(other council.Indicator) bool { return strings.TrimRight(other.Code, "0123456789") == letters })
	}
	if meant {
		return council.Refuse("no_such_indicator", "Code", code)
	}
	return nil
}

// nextCode takes one word off the beginning of a text if it looks like a code.
func nextCode(text string, behind bool) (code, rest string, isCode bool) {
	word, rest := firstWord(pastJoining(text, behind))
	code, isCode = council.IndicatorCode(word)
	return code, rest, isCode
}

// pastJoining leaves out a word like "and", which may stand behind an earlier code.
func pastJoining(text string, behind bool) string {
	word, rest := firstWord(text)
	if _, joins := locale.Meaning("joining", word); behind && (joins || word == "&" || word == "+") {
		return rest
	}
	return text
}

// indicatorByCode finds the indicator with a code in an evaluation, or in the newest
// that is being prepared; the zero Indicator for none.
func (r *request) indicatorByCode(code string, evaluation int64) (council.Indicator, error) {
	if evaluation == 0 {
		found, err := r.tx.IndicatorsByCode(code)
		if err != nil || len(found) == 0 {
			return council.Indicator{}, err
		}
		return found[0], nil
	}
	found, err := r.tx.Indicators(evaluation)
	for _, indicator := range found {
		if indicator.Code == code {
			return indicator, nil
		}
	}
	return council.Indicator{}, err
}

// containsIndicator tells whether an indicator is among those.
func containsIndicator(found []council.Indicator, id int64) bool {
	return slices.ContainsFunc(found, func(indicator council.Indicator) bool { return indicator.ID == id })
}
