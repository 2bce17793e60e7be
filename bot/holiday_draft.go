package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// holidayDraft is a change of the calendar that waits for [Benar].
type holidayDraft struct {
	Set    []store.Holiday
	Drop   []string // dates that become ordinary days
	Decree string
	Years  []int // whose list it is; none for single days
	Number int   // the message that asked for it
}

// dayChange is what happens to one date; nil is an ordinary day.
type dayChange struct {
	Date          string
	Before, After *store.Holiday
}

// dialogHolidayDraft keeps a draft that waits for [Benar].
const dialogHolidayDraft = "holidays_draft"

// draftOf makes a draft of a list that was read. What has no name gets a plain one.
func (r *request) draftOf(list reading.HolidayList) holidayDraft {
	draft := holidayDraft{Decree: list.Decree, Number: r.message.ID}
	for _, day := range list.Days {
		name := day.Name
		if name == "" {
			name = r.book.In("").Say("holiday.unnamed")
		}
		draft.Set = append(draft.Set, store.Holiday{Date: day.Date.Format(time.DateOnly), Name: name, JointLeave: day.JointLeave})
		if year := day.Date.Year(); list.Lines > 1 && !slices.Contains(draft.Years, year) {
			draft.Years = append(draft.Years, year)
		}
	}
	return draft
}

// changes lists what the draft changes in the calendar as it is, in the order of
// dates. When it replaces its year, what the draft does not have is dropped.
func (d holidayDraft) changes(known []store.Holiday, replace bool) []dayChange {
	before := make(map[string]*store.Holiday, len(known))
	for i := range known {
		before[known[i].Date] = &known[i]
	}
	var changes []dayChange
	for i, day := range d.Set {
		if was := before[day.Date]; was == nil || *was != day {
			changes = append(changes, dayChange{day.Date, was, &d.Set[i]})
		}
	}
	drop := d.Drop
	if replace {
		for _, day := range d.missing(known) {
			drop = append(slices.Clone(drop), day.Date)
		}
	}
	for _, date := range drop {
		if was := before[date]; was != nil {
			changes = append(changes, dayChange{date, was, nil})
		}
	}
	slices.SortFunc(changes, func(a, b dayChange) int { return strings.Compare(a.Date, b.Date) })
	return changes
}

// missing lists the days of the calendar that a list of one whole year does not have.
func (d holidayDraft) missing(known []store.Holiday) []store.Holiday {
	if len(d.Years) != 1 {
		return nil
	}
	year := council.Day{Year: d.Years[0], Month: 1, Day: 1}.String()[:5]
	var missing []store.Holiday
	for _, day := range known {
		listed := slices.ContainsFunc(d.Set, func(set store.Holiday) bool { return set.Date == day.Date })
		if !listed && strings.HasPrefix(day.Date, year) {
			missing = append(missing, day)
		}
	}
	return missing
}

// keepDraft lets a draft wait for the press that confirms it.
func (r *request) keepDraft(draft holidayDraft) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: previewOwner(draft.Number), Kind: dialogHolidayDraft, Data: string(kept)}, r.now)
}

// waitingDraft finds the draft that waits under a button; false when it was
// confirmed or given up in the meantime, and the press has been answered.
func (r *request) waitingDraft(number int) (draft holidayDraft, waits bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, previewOwner(number))
	if errors.Is(err, store.ErrNotFound) || err == nil && dialog.Kind != dialogHolidayDraft {
		return draft, false, r.stale()
	}
	if err != nil {
		return draft, false, err
	}
	return draft, true, json.Unmarshal([]byte(dialog.Data), &draft)
}

// changeHolidays asks for another day or list in the place of the one shown.
func (r *request) changeHolidays(number int) error {
	if _, waits, err := r.waitingDraft(number); err != nil || !waits {
		return err
	}
	if err := r.ask(dialogHolidays, stepHolidayList, "", r.speak.Say("holiday.ask.list")); err != nil {
		return err
	}
	return r.toast("")
}

// cancelHolidays leaves the calendar as it is.
func (r *request) cancelHolidays(number int) error {
	if _, waits, err := r.waitingDraft(number); err != nil || !waits {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, previewOwner(number)); err != nil {
		return err
	}
	if err := r.editAboutHolidays(r.speak.Say("holiday.cancelled")); err != nil {
		return err
	}
	return r.toast(r.speak.Say("dialog.cancelled"))
}
