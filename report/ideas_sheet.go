package report

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// IdeaLine is an idea with what people know of it beside its own words.
type IdeaLine struct {
	council.Idea
	Submitter string // only where the name may be shown
	Group     string // where it was given; empty in private
	Support   int    // everybody who is for it or for what became part of it; 0 for what is part of another
}

// IdeasSheet lists ideas, in their order, with their words as they were written and
// what the council has said to them.
func IdeasSheet(ideas []IdeaLine, zone *time.Location, speak locale.Speaker) Sheet {
	sheet := Sheet{Name: speak.Say("ideas_sheet.name"), Language: speak.Language, Columns: []Column{
		{"number", ColumnText, 8}, {"title", ColumnText, 36}, {"dimension", ColumnText, 18}, {"state", ColumnText, 20}, {"since", ColumnDate, 0},
		{"support", ColumnNumber, 0}, {"group", ColumnText, 26}, {"submitter", ColumnText, 24}, {"given", ColumnDate, 0}, {"review_by", ColumnDate, 0},
		{"decide_by", ColumnDate, 0}, {"decided", ColumnDate, 0}, {"decision", ColumnText, 22}, {"reason", ColumnText, 44}, {"merged_into", ColumnText, 12},
		{"trial", ColumnDate, 0}, {"text", ColumnText, 60}, {"problem", ColumnText, 44}, {"benefit", ColumnText, 44}, {"budget", ColumnText, 14}}}
	for i := range sheet.Columns {
		sheet.Columns[i].Heading = speak.Say("ideas_sheet.column." + sheet.Columns[i].Heading)
	}
	for _, idea := range ideas {
		sheet.Rows = append(sheet.Rows, []any{
			idea.Reference().String(), idea.Title, sayIf(speak, "dimension.", string(idea.Dimension)), speak.Say("idea.state." + string(idea.State)), local(idea.StateSince, zone),
			countOrNone(idea.Support), idea.Group, idea.Submitter, local(idea.CreatedAt, zone), dueUnless(idea.Idea, idea.State != council.IdeaSubmitted, idea.ReviewBy, zone),
			dueUnless(idea.Idea, !idea.State.Undecided(), idea.DecideBy, zone), local(idea.Decision.At, zone),
			sayIf(speak, "idea.state.", string(idea.Decision.State)), idea.Decision.Reason, mergedInto(idea.Idea),
			local(idea.TrialAt, zone), idea.Text, idea.Problem, idea.Benefit, marked(speak, idea.NeedsBudget)})
	}
	return sheet
}

// dueUnless is a target that is still waited for; nil once it is met, or while the
// idea has none, since it waits for a coordinator.
func dueUnless(idea council.Idea, met bool, target time.Time, zone *time.Location) any {
	if met || idea.Held != council.HeldNot {
		return nil
	}
	return local(target, zone)
}

func mergedInto(idea council.Idea) string {
	if idea.MergedInto == 0 {
		return ""
	}
	return council.Reference{Letter: council.IdeaLetter, Number: idea.MergedInto}.String()
}

// countOrNone leaves out what counts nothing.
func countOrNone(count int) any {
	if count == 0 {
		return nil
	}
	return count
}

// sayIf says a word of the locale, and nothing where there is none.
func sayIf(speak locale.Speaker, prefix, word string) string {
	if word == "" {
		return ""
	}
	return speak.Say(prefix + word)
}

func marked(speak locale.Speaker, is bool) string {
	if !is {
		return ""
	}
	return speak.Say("ideas_sheet.yes")
}
