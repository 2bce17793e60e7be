package report

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// TaskLine is a task with the names by which people know what it names.
type TaskLine struct {
	council.Task
	Persons   string // who promised it
	Groups    string // to which it belongs
	Indicator string // the code of the one whose evidence it is to bring
	Idea      string // the one it comes of: "I-34"
}

// TasksSheet lists tasks, in their order, for the coordinator.
func TasksSheet(tasks []TaskLine, zone *time.Location, speak locale.Speaker) Sheet {
	sheet := exportSheet(speak, "tasks", []Column{{"number", ColumnText, 8}, {"task", ColumnText, 44}, {"state", ColumnText, 20}, {"progress", ColumnPercent, 0},
		{"persons", ColumnText, 28}, {"groups", ColumnText, 28}, {"deadline", ColumnMoment, 0}, {"made", ColumnMoment, 0},
		{"evaluation", ColumnText, 10}, {"indicator", ColumnText, 12}, {"idea", ColumnText, 8}, {"full_text", ColumnText, 44}})
	for _, task := range tasks {
		evaluation := ""
		if task.EvaluationID != 0 {
			evaluation = council.EvaluationReference(task.EvaluationID).String()
		}
		sheet.Rows = append(sheet.Rows, []any{task.Reference().String(), task.Title, speak.Say("task.state." + string(task.State)), progressOf(task.Task),
			task.Persons, task.Groups, local(task.Deadline.At, zone), local(task.CreatedAt, zone), evaluation, task.Indicator, task.Idea, task.FullText})
	}
	return sheet
}

// progressOf is how far a task is, as a part of 1: as far as the least advanced of
// those who promised it. Done is all of it; empty is what nobody has promised.
func progressOf(task council.Task) any {
	if task.State == council.TaskDone {
		return 1.0
	}
	least := -1
	for _, assignee := range task.Assignees {
		progress := assignee.Progress
		if assignee.State == council.TaskDone {
			progress = 100
		}
		if assignee.MemberID != 0 && (least < 0 || progress < least) {
			least = progress
		}
	}
	if least < 0 {
		return nil
	}
	return float64(least) / 100
}

// exportSheet begins a sheet: its name, and the headings of columns, which have the
// ends of keys in the places of their headings.
func exportSheet(speak locale.Speaker, name string, columns []Column) Sheet {
	for i := range columns {
		columns[i].Heading = speak.Say("export.column." + columns[i].Heading)
	}
	return Sheet{Name: speak.Say("export.sheet." + name), Language: speak.Language, Columns: columns}
}

// local is a moment on the city's clock; the zero time stays it.
func local(at time.Time, zone *time.Location) time.Time {
	if at.IsZero() {
		return at
	}
	return at.In(zone)
}
