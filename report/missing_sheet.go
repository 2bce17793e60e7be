package report

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// MissingLine is an indicator whose evidence is not complete, with a task that is to
// bring it.
type MissingLine struct {
	council.IndicatorStanding
	Task    council.Task // zero: there is none
	Persons string       // who has it
}

// MissingSheet lists what is not complete, in the order it is given in, with dates on
// the city's clock.
func MissingSheet(lines []MissingLine, zone *time.Location, speak locale.Speaker) Sheet {
	sheet := exportSheet(speak, "missing", []Column{{"owner", ColumnText, 28}, {"code", ColumnText, 10}, {"dimension", ColumnText, 16}, {"indicator", ColumnText, 50},
		{"weight", ColumnPercent, 0}, {"state", ColumnText, 18}, {"task", ColumnText, 20}, {"holders", ColumnText, 28}, {"deadline", ColumnMoment, 0}, {"examples", ColumnText, 50}})
	for _, line := range lines {
		var weight, task any
		if line.Weight > 0 {
			weight = float64(line.Weight) / council.WholeWeight
		}
		if line.Task.Number != 0 {
			task = tasksWithStates(speak, []council.Task{line.Task})
		}
		sheet.Rows = append(sheet.Rows, []any{line.Owner, line.Code, dimensionName(speak, line.Dimension), line.Name, weight,
			speak.Say("indicator.state." + string(line.State())), task, line.Persons, local(line.Task.Deadline.At, zone), line.Examples})
	}
	return sheet
}
