package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// asked keeps what somebody asked to be reminded of, so many hours after noon.
func asked(t *testing.T, tx *Tx, memberID, groupID int64, hours int) council.OwnReminder {
	t.Helper()
	return got(tx.CreateOwnReminder(council.OwnReminder{MemberID: memberID, GroupID: groupID, Text: "rapat", CreatedAt: noon,
		Next: noon.Add(time.Duration(hours) * time.Hour)}))(t)
}

func numbers(reminders []council.OwnReminder) []int64 {
	var list []int64
	for _, reminder := range reminders {
		list = append(list, reminder.Number)
	}
	return list
}

func TestAnOwnReminderIsReadAsItWasAskedForAndPlanned(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Baso")[0]
	tests := map[string]council.OwnReminder{
		"once":                    {MemberID: person.ID, Text: "telepon camat", Next: noon.Add(time.Hour), CreatedAt: noon},
		"repeating":               {MemberID: person.ID, Text: "rekap", Next: noon, CreatedAt: noon, Recurrence: &council.Recurrence{Unit: council.EveryWeek, Every: 2, Weekday: 1, Others: []time.Weekday{4}, Hour: 8}},
		"of a group about a task": {MemberID: person.ID, GroupID: 3, Text: "rapat", About: task12, Next: noon, CreatedAt: noon},
	}
	for name, wanted := range tests {
		t.Run(name, func(t *testing.T) {
			made := got(tx.CreateOwnReminder(wanted))(t)
			wanted.Number, wanted.Version = made.Number, 1
			for _, kept := range []council.OwnReminder{made, got(tx.OwnReminder(made.Number))(t)} {
				if difference := cmp.Diff(wanted, kept); difference != "" {
					t.Errorf("kept:\n%s", difference)
				}
			}
			planned := got(tx.WaitingReminders(made.Reference()))(t)
			if len(planned) != 1 || !planned[0].Due.Equal(wanted.Next) || planned[0].GroupID != wanted.GroupID {
				t.Errorf("planned: %+v", planned)
			}
			wanted.Text, wanted.About, wanted.GroupID, wanted.Recurrence = "lain", council.EvaluationReference(1), 4, nil
			wanted.Next, wanted.Version = noon.Add(48*time.Hour), 2
			ok(t, tx.SaveOwnReminder(wanted))
			if difference := cmp.Diff(wanted, got(tx.OwnReminder(made.Number))(t)); difference != "" {
				t.Errorf("saved:\n%s", difference)
			}
			planned = got(tx.WaitingReminders(made.Reference()))(t)
			if len(planned) != 1 || !planned[0].Due.Equal(wanted.Next) || planned[0].GroupID != 4 || planned[0].MemberID != 0 {
				t.Errorf("planned anew: %+v", planned)
			}
			ended := got(wanted.End())(t)
			ok(t, tx.SaveOwnReminder(ended))
			if kept := got(tx.OwnReminder(made.Number))(t); !kept.Ended() || len(got(tx.WaitingReminders(made.Reference()))(t)) != 0 {
				t.Errorf("ended: %+v", kept)
			}
		})
	}
	if _, err := tx.OwnReminder(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
}

func TestWhatSomebodyAndAGroupStillWaitFor(t *testing.T) {
	tx := writing(t)
	list := people(t, tx, "Baso", "Sri")
	baso, sri := list[0].ID, list[1].ID
	later, sooner := asked(t, tx, baso, 0, 5), asked(t, tx, baso, 0, 1)
	asked(t, tx, sri, 0, 2)
	group, ofSri := asked(t, tx, baso, 7, 3), asked(t, tx, sri, 7, 2)
	over := asked(t, tx, baso, 0, 1)
	ok(t, tx.SaveOwnReminder(got(over.End())(t)))
	if difference := cmp.Diff([]int64{sooner.Number, later.Number}, numbers(got(tx.OwnReminders(baso))(t))); difference != "" {
		t.Errorf("a person's:\n%s", difference)
	}
	if difference := cmp.Diff([]int64{ofSri.Number, group.Number}, numbers(got(tx.GroupReminders(7))(t))); difference != "" {
		t.Errorf("a group's:\n%s", difference)
	}
	if none := got(tx.GroupReminders(0))(t); len(none) != 0 {
		t.Errorf("of no group: %+v", none)
	}
}

func TestTheCommandThatMadeAReminderFindsIt(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Baso")[0]
	made := asked(t, tx, person.ID, 0, 1)
	asked(t, tx, person.ID, 0, 1) // by nobody's command
	ok(t, tx.NoteReminderCommand(made, -5, 31))
	if found, untouched, err := tx.ReminderByCommand(-5, 31); err != nil || found.Number != made.Number || !untouched {
		t.Errorf("found %+v, untouched %v, %v", found, untouched, err)
	}
	for place, command := range map[string][2]int{"another chat": {-6, 31}, "another message": {-5, 32}, "no message": {0, 0}} {
		if _, _, err := tx.ReminderByCommand(int64(command[0]), command[1]); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", place, err)
		}
	}
	made.Text, made.Version = "dikoreksi", 2
	ok(t, tx.SaveOwnReminder(made))
	if found, untouched, err := tx.ReminderByCommand(-5, 31); err != nil || found.Text != "dikoreksi" || untouched {
		t.Errorf("touched: %+v, untouched %v, %v", found, untouched, err)
	}
	ok(t, tx.NoteReminderCommand(made, -5, 31)) // a correction by the command itself
	if _, untouched, err := tx.ReminderByCommand(-5, 31); err != nil || !untouched {
		t.Errorf("corrected: untouched %v, %v", untouched, err)
	}
}

func TestForWhichMomentAThingWasSpokenOfLast(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Baso")[0]
	own := asked(t, tx, person.ID, 0, 0)
	if _, err := tx.LastSaid(own.Reference()); !errors.Is(err, ErrNotFound) {
		t.Errorf("never: %v", err)
	}
	for day, said := range []bool{true, true, false} { // the last one was passed over
		due := got(tx.DueReminders(noon.AddDate(0, 0, 9)))(t)
		ok(t, tx.EndReminder(due[0].ID, said, "due", noon))
		own.Next = noon.AddDate(0, 0, day+1)
		ok(t, tx.SaveOwnReminder(own))
	}
	if last := got(tx.LastSaid(own.Reference()))(t); !last.Equal(noon.AddDate(0, 0, 1)) {
		t.Errorf("last for %v", last)
	}
}
