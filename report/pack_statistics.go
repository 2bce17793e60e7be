package report

import (
	"bytes"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// statisticsMonths is how many months the bot's own numbers go back.
const statisticsMonths = 12

// Statistics is what the bot has counted of what groups do together: a picture of
// the present month beside the one before, and a sheet of the last months. Nothing
// where nothing happened.
func Statistics(tx *store.Tx, speak locale.Speaker, at time.Time, zone *time.Location, city string) ([]PackFile, error) {
	groups, err := namedGroups(tx, speak)
	if err != nil {
		return nil, err
	}
	present := council.MonthOf(at, zone)
	var rows [][]any
	var months [2]council.Involvement // the one before, the present one
	for back := statisticsMonths - 1; back >= 0; back-- {
		month := present.Add(-back)
		counted, err := tx.Involvement(month.Until(at, zone), plainGroups(groups))
		if err != nil {
			return nil, err
		}
		months[0], months[1] = months[1], counted
		rows = append(rows, statisticsRows(speak, month, counted, groups)...)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var sheet bytes.Buffer
	columns := []Column{{"month", ColumnText, 18}, {"group", ColumnText, 40}}
	for _, key := range []string{"active", "asked", "answered", "in_time", "prompted", "prompts", "reached", "read", "given", "decided", "meetings"} {
		columns = append(columns, Column{key, ColumnNumber, 14})
	}
	table := Sheet{Name: speak.Say("pack.statistics"), Language: speak.Language, Columns: packColumns(speak, columns), Rows: rows}
	if err := WriteWorkbook(&sheet, table); err != nil {
		return nil, err
	}
	picture, err := Involvement{
		Title: speak.Say("involvement.picture.title", "City", city), Groups: groups, Now: months[1], Before: months[0],
		Span: daysCounted(speak, present, at, zone), BeforeSpan: daysCounted(speak, present.Add(-1), at, zone),
	}.Picture(speak)
	return []PackFile{
		{speak.Say("involvement.file", "Month", present.String()), picture},
		{speak.Say("pack.statistics_file"), sheet.Bytes()},
	}, err
}

// Counted tells whether anything happened that Statistics would show.
func Counted(tx *store.Tx, at time.Time, zone *time.Location) (bool, error) {
	groups, err := tx.GroupsEver()
	if err != nil {
		return false, err
	}
	present := council.MonthOf(at, zone)
	for back := range statisticsMonths {
		counted, err := tx.Involvement(present.Add(-back).Until(at, zone), groups)
		if err != nil || happened(counted.City) {
			return err == nil, err
		}
		for _, figures := range counted.Groups {
			if happened(figures) {
				return true, nil
			}
		}
	}
	return false, nil
}

func happened(f council.Figures) bool {
	return f.Active+f.Asked.Count+f.Asked.Answered+f.Prompts.Of+f.Read.Of+f.Given+f.Decided+f.Meetings > 0
}

// statisticsRows are the numbers of a month: of the city, and of each group in which
// anything happened.
func statisticsRows(speak locale.Speaker, month council.Month, counted council.Involvement, groups []NamedGroup) (rows [][]any) {
	add := func(name string, f council.Figures) {
		if happened(f) {
			rows = append(rows, []any{speak.Month(month.Year, month.Month), name, f.Active, f.Asked.Count, f.Asked.Answered, f.Asked.InTime,
				f.Prompts.Of, f.Prompts.Did, f.Read.Of, f.Read.Did, f.Given, f.Decided, f.Meetings})
		}
	}
	add(speak.Say("pack.city"), counted.City)
	for _, group := range groups {
		add(group.Name, counted.Groups[group.ID])
	}
	return rows
}

// namedGroups lists all groups that ever were, by kind and dimension. Where several
// are the same thing, their titles stand beside.
func namedGroups(tx *store.Tx, speak locale.Speaker) ([]NamedGroup, error) {
	groups, err := tx.GroupsEver()
	if err != nil {
		return nil, err
	}
	named := make([]NamedGroup, len(groups))
	for i, group := range groups {
		key := string(group.Kind)
		if group.Kind == council.KindWorkingGroup {
			key = string(group.Dimension)
		}
		named[i] = NamedGroup{group, speak.Say("group." + key)}
		if slices.ContainsFunc(groups, func(other council.Group) bool {
			return other.ID != group.ID && other.Kind == group.Kind && other.Dimension == group.Dimension
		}) {
			named[i].Name += " (" + group.Title + ")"
		}
	}
	place := func(group council.Group) int {
		return slices.Index(council.GroupKinds, group.Kind)*100 + slices.Index(council.Dimensions, group.Dimension)
	}
	slices.SortStableFunc(named, func(a, b NamedGroup) int { return place(a.Group) - place(b.Group) })
	return named, nil
}

func plainGroups(named []NamedGroup) []council.Group {
	groups := make([]council.Group, len(named))
	for i, group := range named {
		groups[i] = group.Group
	}
	return groups
}

// daysCounted names a month, or its days up to a moment.
func daysCounted(speak locale.Speaker, month council.Month, until time.Time, zone *time.Location) string {
	if span := month.Span(zone); until.Before(span.Until) {
		return speak.DaysOfMonth(month.Year, month.Month, council.DayOf(until, zone).Day)
	}
	return speak.Month(month.Year, month.Month)
}
