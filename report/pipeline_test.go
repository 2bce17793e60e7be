package report

import (
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// ideasOfAMonth is a month of a town with two communities beside the month before.
func ideasOfAMonth(speak locale.Speaker) Pipeline {
	figures := func(given, reviewed, decided int, whole ...int) council.PipelineFigures {
		return council.PipelineFigures{
			Reached: map[council.PipelineStep]int{council.PipelineGiven: given, council.PipelineReviewed: reviewed, council.PipelineDecided: decided},
			Days:    map[council.PipelineWait][]int{council.WaitWhole: whole},
		}
	}
	now, before := figures(8, 4, 2, 9, 12), figures(4, 6, 0)
	now.Days[council.WaitReview], before.Days[council.WaitReview] = []int{2, 3, 5}, []int{4}
	return Pipeline{
		Title: "Perjalanan ide", Span: "Februari 2026", BeforeSpan: "Januari 2026", Private: speak.Say("idea_pipeline.private"),
		Now:    council.Pipeline{City: now, Groups: map[int64]council.PipelineFigures{7: figures(6, 3, 2, 9, 12), 0: figures(2, 1, 0)}},
		Before: council.Pipeline{City: before, Groups: map[int64]council.PipelineFigures{7: figures(1, 0, 0), 9: figures(3, 6, 0)}},
		Groups: []NamedGroup{{council.Group{ID: 7}, "Komunitas (Forum)"}, {council.Group{ID: 8}, "Dewan"}, {council.Group{ID: 9}, "Komunitas (Bank Sampah)"}},
	}
}

// TestPipelineBars measures every bar in the finished picture: each section by its own
// largest number, waits in half days.
func TestPipelineBars(t *testing.T) {
	for _, language := range locale.Languages {
		speak := speaker(t, language)
		full := pictureWidth - 2*pictureMargin
		differ(t, language, [][2]int{
			{full, full * 4 / 8}, {full * 4 / 8, full * 6 / 8}, {3, 3}, {full * 2 / 8, 3}, {3, 3}, {3, 3}, {3, 3}, // steps
			{full * 6 / 21, full * 8 / 21}, {full, 3}, // waits: 3 and 4 days, 10.5 and none
			{full, full * 1 / 6}, {3, full * 3 / 6}, {full * 2 / 6, 3}, // groups that gave, and what came in private
		}, bars(painted(t, ideasOfAMonth(speak), speak)))
	}
}

// TestPipelineNumbers: medians stand beside their bars with halves, what is not known
// with a dash, and targets where there are some.
func TestPipelineNumbers(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	var shown [][3]string
	for _, row := range ideasOfAMonth(speak).waits(speak).Rows {
		now, before := row.written()
		shown = append(shown, [3]string{row.Name, now, before})
	}
	differ(t, "waits", [][3]string{{"Sampai ditelaah (target 5)", "3", "4"}, {"Seluruhnya sampai keputusan (target 20)", "10,5", "–"}}, shown)
}

// TestPipelineOfOneGroup: where all ideas come from one place, no group is compared; of
// too many groups none is shown.
func TestPipelineOfOneGroup(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	one := ideasOfAMonth(speak)
	one.Groups, one.Private = one.Groups[:1], ""
	delete(one.Now.Groups, 0)
	if rows := one.groups(speak).Rows; len(rows) != 0 {
		t.Errorf("the groups are %v", rows)
	}
	many := ideasOfAMonth(speak)
	for id := range int64(groupRows) {
		many.Groups = append(many.Groups, NamedGroup{council.Group{ID: 100 + id}, "Komunitas"})
		many.Now.Groups[100+id] = many.Now.Groups[7]
	}
	if rows := many.groups(speak).Rows; len(rows) != 0 {
		t.Errorf("%d groups are shown", len(rows))
	}
}
