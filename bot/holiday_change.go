package bot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// decreeLimit keeps the decrees of a year short enough for the line they stand in.
const decreeLimit = 200

// confirmHolidays keeps a draft. When it replaces its year, the days that it does
// not have are dropped.
func (r *request) confirmHolidays(number int, replace bool) error {
	draft, waits, err := r.waitingDraft(number)
	if err != nil || !waits {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, previewOwner(number)); err != nil {
		return err
	}
	known, err := r.tx.Holidays()
	if err != nil {
		return err
	}
	changes := draft.changes(known, replace)
	decrees, err := r.decreesAfter(draft)
	if err != nil {
		return err
	}
	if len(changes) == 0 && len(decrees) == 0 {
		if err := r.editAboutHolidays(r.speak.Count("holiday.nothing_new", len(draft.Set))); err != nil {
			return err
		}
		return r.toast(r.speak.Say("holiday.unchanged"))
	}
	lines := append([]string{r.speak.Say("holiday.kept")}, r.changesText(changes, draft)...)
	if len(changes) > 0 {
		shifts, err := r.shifts(known, changes)
		if err != nil {
			return err
		}
		lines = append(lines, r.shiftsText(shifts, "done")...)
	}
	undo, err := r.keepHolidays(holidayUndoing{Changes: changes, Decrees: decrees})
	if err != nil {
		return err
	}
	text := strings.Join(append(lines, r.speak.Say("evaluation.undo_hint")), "\n")
	if err := r.editAboutHolidays(text, []store.Button{button(r.speak, "undo", pressHolidays, holidayUndo, undo.year, undo.version)}); err != nil {
		return err
	}
	return r.toast(r.speak.Say("holiday.kept"))
}

// decreeChange is the decree of a year before and after a change.
type decreeChange struct {
	Year          int
	Before, After string
}

// decreesAfter lists what a draft changes of the decrees: a list brings its
// year's, or none; that of a single day stands beside the year's.
func (r *request) decreesAfter(draft holidayDraft) ([]decreeChange, error) {
	years := slices.Clone(draft.Years)
	for _, day := range draft.Set {
		if year, err := strconv.Atoi(day.Date[:4]); err == nil && draft.Decree != "" && !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	var changes []decreeChange
	for _, year := range years {
		before, err := r.tx.Setting(holidaysKey(year))
		if err != nil {
			return nil, err
		}
		after := draft.Decree
		switch {
		case after == "" && before == "":
			after = withoutDecree
		case after == "" || strings.Contains(before, after):
			after = before
		case len(draft.Years) == 0 && before != "" && before != withoutDecree:
			after = shorten(before+"; "+after, decreeLimit)
		}
		if after != before {
			changes = append(changes, decreeChange{year, before, after})
		}
	}
	return changes, nil
}

// decreeText says which decree a draft brings; empty when it brings none that is new.
func (r *request) decreeText(draft holidayDraft) (string, error) {
	changes, err := r.decreesAfter(draft)
	if err != nil || len(changes) == 0 || draft.Decree == "" {
		return "", err
	}
	return r.speak.Say("holiday.decree", "Decree", draft.Decree), nil
}

// holidayUndoing is what a change of the calendar did, so that it can be undone.
type holidayUndoing struct {
	Changes []dayChange
	Decrees []decreeChange
}

// reversed is the change that takes this one back.
func (u holidayUndoing) reversed() holidayUndoing {
	var back holidayUndoing
	for _, change := range u.Changes {
		back.Changes = append(back.Changes, dayChange{change.Date, change.After, change.Before})
	}
	for _, decree := range u.Decrees {
		back.Decrees = append(back.Decrees, decreeChange{decree.Year, decree.After, decree.Before})
	}
	return back
}

// year is the first year that is changed; the change is kept under its reference.
func (u holidayUndoing) year() int64 {
	if len(u.Changes) > 0 {
		year, _ := strconv.ParseInt(u.Changes[0].Date[:4], 10, 64)
		return year
	}
	return int64(u.Decrees[0].Year)
}

// keptHolidays names a change that was kept.
type keptHolidays struct{ year, version int64 }

// keepHolidays changes the calendar, plans what hangs on it anew, and keeps how it
// was before.
func (r *request) keepHolidays(change holidayUndoing) (keptHolidays, error) {
	kept := keptHolidays{year: change.year()}
	reference := council.Reference{Letter: council.HolidayYearLetter, Number: kept.year}
	earlier, err := r.tx.LastUndo(reference.String(), &holidayUndoing{})
	if notFoundIsNil(err) != nil {
		return kept, err
	}
	kept.version = max(earlier.Version+1, r.now.UnixMilli())
	if err := r.putHolidays(change, council.EventSetting); err != nil {
		return kept, err
	}
	return kept, r.tx.KeepUndo(store.Undo{Subject: reference.String(), MemberID: r.actor.ID, Version: kept.version, ChangedAt: r.now}, change)
}

// putHolidays writes a change into the calendar and tells everything that hangs on it.
func (r *request) putHolidays(change holidayUndoing, kind council.EventKind) error {
	var set, dropped []string
	years := make(map[int64]bool)
	for _, one := range change.Changes {
		year, _ := strconv.ParseInt(one.Date[:4], 10, 64)
		years[year] = true
		put := func() error { return r.tx.DropHoliday(one.Date) }
		if one.After != nil {
			put = func() error { return r.tx.SetHoliday(*one.After) }
			set = append(set, one.Date)
		} else {
			dropped = append(dropped, one.Date)
		}
		if err := put(); err != nil {
			return err
		}
	}
	for _, decree := range change.Decrees {
		if err := r.tx.SetSetting(holidaysKey(decree.Year), decree.After); err != nil {
			return err
		}
	}
	subject := council.Reference{Letter: council.HolidayYearLetter, Number: change.year()}
	if err := r.record(subject, kind, "", "key", "holidays", "set", strings.Join(set, ","), "dropped", strings.Join(dropped, ",")); err != nil {
		return err
	}
	return r.calendarChanged(years)
}

// calendarChanged reads the calendar anew and brings up to date what was said today
// about these years.
func (r *request) calendarChanged(years map[int64]bool) (err error) {
	if r.city, err = r.cityNow(r.tx); err != nil {
		return err
	}
	for year := range years {
		if err := r.refreshDigests(council.Reference{Letter: council.HolidayYearLetter, Number: year}); err != nil {
			return err
		}
	}
	return nil
}
