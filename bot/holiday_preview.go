package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// How much of a preview is written out.
const (
	unreadLines   = 8    // lines that were not understood
	unchangedSaid = 5    // days that the list does not have
	changesLength = 2500 // letters of all changes together
)

// holidayLines are how many days of one kind of change are written out: as many
// as fit into a message.
var holidayLines = []int{32, 12, 5}

// previewList shows what was understood of a day or a list, and what was not,
// before anything is kept. Dates without a year are of the year given.
func (r *request) previewList(text string, year int) error {
	if year == 0 && strings.Contains(text, "\n") {
		year = r.yearOfList()
	}
	list := reading.ReadHolidays(text, year, r.readingContext())
	known, err := r.tx.Holidays()
	if err != nil {
		return err
	}
	if len(list.Days) == 0 {
		return r.replyAbout("", aboutHolidays, strings.Join(append([]string{r.speak.Say("holiday.unread")}, r.unreadText(list)...), "\n"))
	}
	if list.Lines == 1 && list.Days[0].Name == "" {
		day := r.speak.Day(list.Days[0].Date)
		return r.ask(dialogHolidays, stepHolidayName, text, r.speak.Say("holiday.ask.name", "Day", day))
	}
	return r.previewHolidays(r.draftOf(list), known, r.unreadText(list))
}

// yearOfList is the year that a list without years is for: in the second half of
// a year the next one, when this one is known and that one is not.
func (r *request) yearOfList() int {
	calendar := r.city.Timing.Calendar
	today := calendar.Day(r.now)
	if halfOf(today) == 2 && calendar.KnowsYear(today.Year) && !calendar.KnowsYear(today.Year+1) {
		return today.Year + 1
	}
	return today.Year
}

// previewDropped shows which days off are to become ordinary days. A date without
// a year is the one that is a day off: this year's, otherwise the next to come.
func (r *request) previewDropped(text string) error {
	known, err := r.tx.Holidays()
	if err != nil {
		return err
	}
	for _, year := range []int{r.city.Timing.Calendar.Day(r.now).Year, 0} {
		draft := holidayDraft{Number: r.message.ID}
		for _, day := range reading.ReadHolidays(text, year, r.readingContext()).Days {
			draft.Drop = append(draft.Drop, day.Date.Format(time.DateOnly))
		}
		if len(draft.changes(known, false)) > 0 {
			return r.previewHolidays(draft, known, nil)
		}
	}
	return council.Refuse("no_such_holiday")
}

// previewHolidays shows a draft with everything that it changes, or that it changes nothing.
func (r *request) previewHolidays(draft holidayDraft, known []store.Holiday, unread []string) error {
	changes, missing := draft.changes(known, false), draft.missing(known)
	decree, err := r.decreeText(draft)
	if err != nil {
		return err
	}
	lines := []string{r.speak.Say("holiday.preview")}
	if len(changes) == 0 && decree == "" {
		lines = []string{r.speak.Count("holiday.nothing_new", len(draft.Set))}
	}
	lines = append(lines, r.changesText(changes, draft)...)
	if decree != "" {
		lines = append(lines, decree)
	}
	if len(missing) > 0 {
		lines = append(lines, r.speak.Count("holiday.missing_days", len(missing), "Days", r.someDays(missing)))
	}
	lines = append(lines, unread...)
	if len(changes) > 0 {
		shifts, err := r.shifts(known, changes)
		if err != nil {
			return err
		}
		lines = append(lines, r.shiftsText(shifts, "ahead")...)
	}
	return r.offerDraft(draft, strings.Join(lines, "\n"), len(changes) > 0 || decree != "", len(missing) > 0)
}

// offerDraft lets whoever may confirm a draft, change it or leave it.
func (r *request) offerDraft(draft holidayDraft, text string, confirm, replace bool) error {
	if !confirm && !replace {
		return r.replyAbout("", aboutHolidays, text)
	}
	if err := r.keepDraft(draft); err != nil {
		return err
	}
	var rows [][]store.Button
	if confirm {
		rows = append(rows, []store.Button{button(r.speak, "confirm", pressHolidays, holidayConfirm, draft.Number)})
	}
	if replace {
		rows = append(rows, []store.Button{{Text: r.speak.Say("button.replace_year", "Year", strconv.Itoa(draft.Years[0])),
			Data: data(pressHolidays, holidayReplace, draft.Number)}})
	}
	rows = append(rows, []store.Button{
		button(r.speak, "change", pressHolidays, holidayChange, draft.Number), button(r.speak, "cancel_form", pressHolidays, holidayCancel, draft.Number),
	})
	return r.replyAbout("", aboutHolidays, text, rows...)
}

// changesText writes changes in full, those of a kind together.
func (r *request) changesText(changes []dayChange, draft holidayDraft) []string {
	var added, renamed, dropped []string
	for _, change := range changes {
		switch {
		case change.Before == nil:
			added = append(added, r.storedLine(*change.After))
		case change.After == nil:
			dropped = append(dropped, r.storedLine(*change.Before))
		default:
			renamed = append(renamed, r.speak.Say("holiday.renamed_line", "Day", r.storedLine(*change.After), "Before", change.Before.Name))
		}
	}
	var lines []string
	for _, most := range holidayLines {
		lines = slices.Concat(r.someLines("holiday.added", added, most), r.someLines("holiday.renamed", renamed, most),
			r.someLines("holiday.dropped", dropped, most))
		if utf8.RuneCountInString(strings.Join(lines, "\n")) <= changesLength {
			break
		}
	}
	if same := len(draft.Set) - len(added) - len(renamed); same > 0 && len(changes) > 0 {
		lines = append(lines, r.speak.Count("holiday.same", same))
	}
	return lines
}

// someLines writes the first lines under a heading that counts all of them.
func (r *request) someLines(heading string, lines []string, most int) []string {
	if len(lines) == 0 {
		return nil
	}
	shown := append([]string{r.speak.Count(heading, len(lines))}, lines[:min(len(lines), most)]...)
	if more := len(lines) - most; more > 0 {
		shown = append(shown, r.speak.Count("notice.more", more))
	}
	return shown
}

func (r *request) storedLine(day store.Holiday) string {
	return r.holidayLine(councilHolidays([]store.Holiday{day})[0])
}

// someDays names a few days briefly: "Kam 1/1, Jum 16/1".
func (r *request) someDays(days []store.Holiday) string {
	var short []string
	for _, day := range councilHolidays(days[:min(len(days), unchangedSaid)]) {
		short = append(short, r.speak.ShortDay(day.Date.At(12, 0, r.city.Zone)))
	}
	if len(days) > unchangedSaid {
		short = append(short, "…")
	}
	return strings.Join(short, ", ")
}

// unreadText says line by line what was not understood, and why.
func (r *request) unreadText(list reading.HolidayList) []string {
	var lines []string
	for _, line := range list.Unread[:min(len(list.Unread), unreadLines)] {
		reason := "holiday.why." + line.Reason
		if !r.speak.Knows(reason) {
			reason = "holiday.why.no_date"
		}
		lines = append(lines, r.speak.Say("holiday.unread_line", "Number", line.Number, "Text", line.Text, "Why", r.speak.Say(reason)))
	}
	if more := len(list.Unread) - unreadLines; more > 0 {
		lines = append(lines, r.speak.Count("holiday.unread_more", more))
	}
	if list.Left > 0 {
		lines = append(lines, r.speak.Count("holiday.left", list.Left))
	}
	return lines
}
