package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
)

// copyIndicators is /indikator salin E-1 ke E-2: the indicators of one evaluation as
// a start for another, shown like a sheet before anything is kept. Evidence stays
// where it is.
func (r *request) copyIndicators(words string) error {
	if err := r.mayInPlace(council.ActionEvaluation); err != nil {
		return err
	}
	from, to, read := evaluationsToCopy(words)
	if !read {
		return council.Refuse("copy_unread")
	}
	if to == from {
		return council.Refuse("copy_same")
	}
	if _, err := r.evaluation(council.EvaluationReference(from)); err != nil {
		return err
	}
	if to == 0 {
		others, err := r.otherEvaluations(from)
		if err != nil {
			return err
		}
		if len(others) != 1 {
			return council.Refuse("copy_unread")
		}
		to = others[0].Number
	}
	target, err := r.evaluationAhead(council.EvaluationReference(to))
	if err != nil {
		return err
	}
	indicators, err := r.tx.Indicators(from)
	if err != nil {
		return err
	}
	if len(indicators) == 0 {
		return council.Refuse("copy_empty", "Reference", council.EvaluationReference(from).String())
	}
	draft := indicatorDraft{From: from, Sheet: report.IndicatorSheet{Indicators: indicators, Fields: council.IndicatorFields,
		Problems: report.CheckIndicators(indicators)}}
	return r.offerSheet(draft, target.Reference().String())
}

// otherEvaluations are those being prepared, without one.
func (r *request) otherEvaluations(without int64) (others []council.Evaluation, err error) {
	evaluations, err := r.tx.Evaluations()
	for _, evaluation := range evaluations {
		if evaluation.Number != without {
			others = append(others, evaluation)
		}
	}
	return others, err
}

// evaluationsToCopy reads "E-1 ke E-2", "dari E-1 ke E-2" and "E-1"; to is 0 where
// none is named.
func evaluationsToCopy(words string) (from, to int64, read bool) {
	for _, word := range strings.Fields(words) {
		reference, is := council.ParseReference(word)
		switch meaning, _ := locale.Meaning("indicator", word); {
		case is && reference.Letter == council.EvaluationLetter && from == 0:
			from = reference.Number
		case is && reference.Letter == council.EvaluationLetter && to == 0:
			to = reference.Number
		case meaning != "to" && meaning != "from":
			return 0, 0, false
		}
	}
	return from, to, from != 0
}
