package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// What a button about quiet times does.
const (
	quietAdd  = "add"  // one of the usual ones
	quietNone = "none" // takes all away
	quietUndo = "undo"
)

// quietSubject is under what changes of quiet times can be undone.
func quietSubject(of store.Hearer) council.Reference {
	if of.GroupID != 0 {
		return council.Reference{Letter: council.GroupQuietLetter, Number: of.GroupID}
	}
	return council.Reference{Letter: council.QuietLetter, Number: of.MemberID}
}

// setQuiet makes these the quiet times, and says so. Version names the change,
// for undoing it; 0 when nothing has changed.
func (r *request) setQuiet(of store.Hearer, times []council.QuietTime) (text string, version int64, err error) {
	if err := r.maySetQuiet(of); err != nil {
		return "", 0, err
	}
	hours := r.city.Timing.Calendar.WorkingHours()
	if err := council.CheckQuiet(times, hours); err != nil {
		return "", 0, withHours(err, r.span(hours.Starts, hours.Ends))
	}
	before, err := r.tx.QuietTimes(of)
	if err != nil {
		return "", 0, err
	}
	if err := r.tx.SetQuietTimes(of, times); err != nil {
		return "", 0, err
	}
	now, err := r.tx.QuietTimes(of)
	if err != nil {
		return "", 0, err
	}
	if !slices.Equal(before, now) {
		version, err = r.keepQuietUndo(of, before, now)
	}
	text = r.quietText(of, now)
	if len(now) > 0 {
		text += "\n" + r.speak.Say("quiet.exception")
	}
	return text, version, err
}

// withHours says of quiet times that are too long which hours they are about.
func withHours(err error, hours string) error {
	var refusal *council.Refusal
	if errors.As(err, &refusal) && refusal.Code == "quiet_too_long" {
		return council.Refuse("quiet_too_long", "Hours", hours)
	}
	return err
}

func (r *request) keepQuietUndo(of store.Hearer, before, now []council.QuietTime) (version int64, err error) {
	var minutes []string
	for _, one := range now {
		minutes = append(minutes, strconv.Itoa(one.From)+"-"+strconv.Itoa(one.Until))
	}
	if err := r.record(quietSubject(of), council.EventSetting, "", "key", "quiet_times", "minutes", strings.Join(minutes, ",")); err != nil {
		return 0, err
	}
	if version, _, err = r.tx.LastEvent(); err != nil {
		return 0, err
	}
	undo := store.Undo{Subject: quietSubject(of).String(), MemberID: r.actor.ID, Version: version, ChangedAt: r.now}
	return version, r.tx.KeepUndo(undo, before)
}

func (r *request) undoQuietRow(version int64) [][]store.Button {
	if version == 0 {
		return nil
	}
	return [][]store.Button{{button(r.speak, "undo", pressQuiet, quietUndo, version)}}
}

// pressQuiet answers a button about the quiet times of the place it stands in.
func (r *request) pressQuiet(arguments pressArguments) error {
	of, err := r.quietHere()
	if err != nil {
		return err
	}
	if err := r.maySetQuiet(of); err != nil {
		return err
	}
	times, err := r.tx.QuietTimes(of)
	if err != nil {
		return err
	}
	usual := arguments.number(1)
	switch arguments.text(0) {
	case quietUndo:
		return r.pressUndoQuiet(of, usual)
	case quietNone:
		times = nil
	case quietAdd:
		if usual < 0 || usual >= int64(len(usualQuiet)) || arguments.text(1) == "" {
			return r.stale()
		}
		if chosen := usualQuiet[usual].time; !slices.Contains(times, chosen) {
			times = append(times, chosen)
		}
	default:
		return r.stale()
	}
	text, version, err := r.setQuiet(of, times)
	if err != nil {
		return err
	}
	if err := r.endDialogOf(dialogQuiet); err != nil {
		return err
	}
	if err := r.edit(text, r.undoQuietRow(version)...); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

func (r *request) pressUndoQuiet(of store.Hearer, version int64) error {
	if version == 0 {
		return r.stale()
	}
	text, err := r.undoQuiet(of, version)
	if err != nil {
		return err
	}
	if err := r.edit(text); err != nil {
		return err
	}
	return r.toast(r.speak.Say("quiet.toast_undone"))
}

// undoOwnQuiet is /urungkan after a change of quiet times.
func (r *request) undoOwnQuiet(reference council.Reference) error {
	of := store.Hearer{MemberID: reference.Number}
	if reference.Letter == council.GroupQuietLetter {
		of = store.Hearer{GroupID: reference.Number}
	}
	text, err := r.undoQuiet(of, 0)
	if err != nil {
		return err
	}
	return r.reply(text)
}

// undoQuiet puts quiet times back to what they were before the last change,
// within ten minutes. version 0 is whichever was last.
func (r *request) undoQuiet(of store.Hearer, version int64) (string, error) {
	if err := r.maySetQuiet(of); err != nil {
		return "", err
	}
	subject := quietSubject(of)
	var before []council.QuietTime
	undo, err := r.lastUndo(subject.String(), &before)
	switch {
	case err != nil:
		return "", err
	case undo.MemberID != r.actor.ID && !r.actor.Coordinates():
		return "", council.Refuse("nothing_to_undo")
	case version != 0 && version != undo.Version:
		return "", council.Refuse("quiet_changed_since")
	}
	if err := r.tx.SetQuietTimes(of, before); err != nil {
		return "", err
	}
	if err := r.tx.ForgetUndo(subject.String()); err != nil {
		return "", err
	}
	if err := r.record(subject, council.EventUndone, ""); err != nil {
		return "", err
	}
	return r.speak.Say("quiet.undone") + "\n" + r.quietText(of, before), nil
}
