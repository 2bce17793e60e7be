package bot

import (
	"cmp"
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// summaryPDF is the summary for the head of the region; number is the evaluation's,
// or 0 where none is prepared.
func (r *request) summaryPDF(number int64) ([]byte, error) {
	summary := report.Summary{City: r.city.Name, Zone: r.city.Zone, At: r.now, Year: r.day().Year}
	var err error
	if number != 0 {
		if summary.Evaluation, err = r.tx.Evaluation(number); err != nil {
			return nil, err
		}
		picture, err := r.readinessPicture(summary.Evaluation)
		if err != nil {
			return nil, err
		}
		summary.Standings, summary.Spans = picture.Standings, picture.Spans
	}
	if summary.Tasks, err = r.tx.CountTasks(store.TaskFilter{}, r.now, r.monthStart()); err != nil {
		return nil, err
	}
	if summary.Decided, err = r.decidedThisYear(); err != nil {
		return nil, err
	}
	if summary.Followed, err = r.followedRecommendations(); err != nil {
		return nil, err
	}
	view, err := r.viewInvolvement(council.MonthOf(r.now.AddDate(0, 0, -daysTooFew), r.city.Zone), r.now)
	if err != nil {
		return nil, err
	}
	summary.Involved = report.Involvement{Groups: view.groups, Now: view.now, Before: view.before,
		Span: view.name(r.speak, view.span), BeforeSpan: view.name(r.speak, view.spanBefore)}
	return summary.PDF(r.speak)
}

// daysTooFew is how many days of a month say too little: until then the month
// before is shown.
const daysTooFew = 7

// decidedThisYear lists the ideas that the council has decided since the beginning
// of the year, the newest decision first.
func (r *request) decidedThisYear() ([]council.Idea, error) {
	ideas, err := r.tx.Ideas(store.IdeaFilter{}, 0, -1)
	ideas = slices.DeleteFunc(ideas, func(idea council.Idea) bool {
		return idea.Decision.State == "" || idea.Decision.At.Before(r.yearStart())
	})
	slices.SortFunc(ideas, func(a, b council.Idea) int {
		return cmp.Or(b.Decision.At.Compare(a.Decision.At), cmp.Compare(b.Number, a.Number))
	})
	return ideas, err
}

// followedRecommendations are what assessors left behind and what became of it, the
// open ones first. Who is in charge is not said.
func (r *request) followedRecommendations() ([]report.Followed, error) {
	recommendations, err := r.tx.Recommendations(false)
	slices.SortStableFunc(recommendations, func(a, b council.Recommendation) int {
		switch {
		case a.Open() == b.Open():
			return 0
		case a.Open():
			return -1
		}
		return 1
	})
	followed := make([]report.Followed, len(recommendations))
	for i, recommendation := range recommendations {
		_, numbers, err := r.followedBy(recommendation)
		if err != nil {
			return nil, err
		}
		followed[i] = report.Followed{Reference: recommendation.Reference().String(), Text: recommendation.Text,
			State: r.speak.Say("recommendation.state." + string(recommendation.State)), Measures: cmp.Or(recommendation.Reason, numbers)}
	}
	return followed, err
}
