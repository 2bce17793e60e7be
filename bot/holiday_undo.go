package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// undoHolidays is /urungkan after a change of the calendar.
func (r *request) undoHolidays(reference council.Reference) error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	text, err := r.restoreHolidays(reference, 0)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutHolidays, text)
}

// pressUndoHolidays undoes from the message that confirms a change, until the next one.
func (r *request) pressUndoHolidays(year, version int64) error {
	text, err := r.restoreHolidays(council.Reference{Letter: council.HolidayYearLetter, Number: year}, max(version, 1))
	if err != nil {
		return err
	}
	if err := r.editAboutHolidays(text); err != nil {
		return err
	}
	return r.toast(r.speak.Say("holiday.undone_short"))
}

// restoreHolidays puts the calendar back to where it was before a change, unless
// that was too long ago or a day of it has changed again. The version is the one
// that the change made; 0 means whichever was last.
func (r *request) restoreHolidays(reference council.Reference, version int64) (string, error) {
	var change holidayUndoing
	undo, err := r.tx.LastUndo(reference.String(), &change)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return "", council.Refuse("nothing_to_undo")
	case err != nil:
		return "", err
	case version != 0 && version != undo.Version:
		return "", council.Refuse("holidays_changed_since")
	case r.now.Sub(undo.ChangedAt) > undoTime:
		return "", council.Refuse("holidays_too_late")
	}
	known, err := r.tx.Holidays()
	if err != nil {
		return "", err
	}
	if !stands(change.Changes, known) {
		return "", council.Refuse("holidays_changed_since")
	}
	back := change.reversed()
	lines := []string{r.speak.Say("holiday.undone")}
	lines = append(lines, r.changesText(back.Changes, holidayDraft{})...)
	if err := r.tx.ForgetUndo(reference.String()); err != nil {
		return "", err
	}
	return strings.Join(lines, "\n"), r.putHolidays(back, council.EventUndone)
}

// stands tells whether the calendar still has what these changes made of it.
func stands(changes []dayChange, known []store.Holiday) bool {
	now := make(map[string]store.Holiday, len(known))
	for _, day := range known {
		now[day.Date] = day
	}
	for _, change := range changes {
		day, off := now[change.Date]
		if off != (change.After != nil) || off && day != *change.After {
			return false
		}
	}
	return true
}
