package report

import (
	"cmp"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// EvaluationBook is an evaluation as the coordinator hands it on in sheets.
type EvaluationBook struct {
	council.Evaluation
	Zone      *time.Location
	Standings []council.IndicatorStanding
	Evidence  []council.Evidence       // what counts, by the code of its indicator
	Tasks     map[int64][]council.Task // by the id of the indicator whose evidence they are to bring
}

// Sheets are the indicators, their evidence, the readiness by dimension, and the dates.
func (b EvaluationBook) Sheets(speak locale.Speaker) []Sheet {
	return []Sheet{b.indicators(speak), b.evidence(speak), b.readiness(speak), b.milestones(speak)}
}

func (b EvaluationBook) indicators(speak locale.Speaker) Sheet {
	sheet := exportSheet(speak, "indicators", []Column{{"code", ColumnText, 10}, {"dimension", ColumnText, 18}, {"subdimension", ColumnText, 24},
		{"indicator", ColumnText, 48}, {"unit", ColumnText, 10}, {"goal", ColumnText, 12}, {"weight", ColumnPercent, 0}, {"owner", ColumnText, 24},
		{"state", ColumnText, 18}, {"pieces", ColumnNumber, 0}, {"verified", ColumnNumber, 14}, {"needs_fix", ColumnNumber, 16}, {"tasks", ColumnText, 24},
		{"examples", ColumnText, 40}})
	for _, standing := range b.Standings {
		var weight any
		if standing.Weight > 0 {
			weight = float64(standing.Weight) / council.WholeWeight
		}
		sheet.Rows = append(sheet.Rows, []any{standing.Code, dimensionName(speak, standing.Dimension), standing.Subdimension, standing.Name, standing.Unit,
			standing.Target, weight, standing.Owner, speak.Say("summary.evidence." + string(standing.State())), standing.Pieces, standing.Verified,
			standing.NeedsFix, tasksWithStates(speak, b.Tasks[standing.ID]), standing.Examples})
	}
	return sheet
}

// evidence lists every piece that counts.
func (b EvaluationBook) evidence(speak locale.Speaker) Sheet {
	sheet := exportSheet(speak, "evidence", []Column{{"code", ColumnText, 10}, {"indicator", ColumnText, 40}, {"evidence", ColumnText, 48}, {"state", ColumnText, 18},
		{"reason", ColumnText, 40}, {"filed", ColumnMoment, 0}, {"checked", ColumnMoment, 0}, {"version", ColumnNumber, 8}, {"bytes", ColumnNumber, 14}, {"hash_value", ColumnText, 66}})
	named := make(map[int64]council.Indicator, len(b.Standings))
	for _, standing := range b.Standings {
		named[standing.ID] = standing.Indicator
	}
	for _, piece := range b.Evidence {
		indicator := named[piece.IndicatorID]
		var size any
		if piece.Size > 0 {
			size = piece.Size
		}
		sheet.Rows = append(sheet.Rows, []any{indicator.Code, indicator.Name, cmp.Or(linkOf(piece), piece.Link, piece.Name, piece.Words), speak.Say("summary.evidence." + string(piece.State)),
			piece.Reason, local(piece.CreatedAt, b.Zone), local(piece.CheckedAt, b.Zone), piece.Version, size, piece.Hash})
	}
	return sheet
}

// readiness counts the indicators of each dimension, and all of them.
func (b EvaluationBook) readiness(speak locale.Speaker) Sheet {
	columns := []Column{{"dimension", ColumnText, 24}}
	for _, state := range barStates {
		columns = append(columns, Column{string(state), ColumnNumber, 18})
	}
	sheet := exportSheet(speak, "readiness", append(columns, Column{"all", ColumnNumber, 0}, Column{"weight", ColumnPercent, 0}, Column{"share", ColumnPercent, 22}))
	all, byDimension := council.ReadinessOf(b.Standings)
	row := func(name string, readiness council.Readiness) {
		cells := []any{name}
		for _, state := range barStates {
			cells = append(cells, readiness.Count[state])
		}
		sheet.Rows = append(sheet.Rows, append(cells, readiness.Total, float64(readiness.Weight)/council.WholeWeight, float64(readiness.Share())/council.WholeWeight))
	}
	for _, readiness := range byDimension {
		row(dimensionName(speak, readiness.Dimension), readiness)
	}
	row(speak.Say("summary.state.all"), all)
	return sheet
}

func (b EvaluationBook) milestones(speak locale.Speaker) Sheet {
	sheet := exportSheet(speak, "milestones", []Column{{"step", ColumnText, 28}, {"when", ColumnMoment, 0}})
	for _, milestone := range b.Milestones {
		sheet.Rows = append(sheet.Rows, []any{speak.Say("summary.milestone." + string(milestone.Kind)), local(milestone.Deadline.At, b.Zone)})
	}
	return sheet
}

func dimensionName(speak locale.Speaker, dimension council.Dimension) string {
	return speak.Say("dimension." + cmp.Or(string(dimension), "none"))
}

// tasksWithStates names tasks and how far they are: "T-31 Selesai, T-40 Baru".
func tasksWithStates(speak locale.Speaker, tasks []council.Task) string {
	var words []string
	for _, task := range tasks {
		words = append(words, task.Reference().String()+" "+speak.Say("task.state."+string(task.State)))
	}
	return strings.Join(words, ", ")
}
