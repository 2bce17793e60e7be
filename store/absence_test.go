package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestAnAbsenceIsKept(t *testing.T) {
	tx := writing(t)
	got(tx.AddAbsence(council.Absence{From: noon.AddDate(0, 0, -9), Until: noon.AddDate(0, 0, -8)}))(t)
	added := got(tx.AddAbsence(council.Absence{From: noon.Add(-26 * time.Hour), Until: noon}))(t)
	want := council.Absence{ID: 2, From: noon.Add(-26 * time.Hour), Until: noon}
	for _, absence := range []council.Absence{added, got(tx.Absence(2))(t)} {
		if difference := cmp.Diff(want, absence); difference != "" {
			t.Error(difference)
		}
	}
	if _, err := tx.Absence(3); !errors.Is(err, ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
}

func TestWhenTelegramWasReachedLast(t *testing.T) {
	tx := writing(t)
	if never := got(tx.Connected())(t); !never.IsZero() {
		t.Errorf("never: %v", never)
	}
	for _, at := range []time.Time{noon, noon.Add(time.Minute), noon.Add(-time.Hour)} { // the last after the clock was set back
		ok(t, tx.SetConnected(at))
		if reached := got(tx.Connected())(t); !reached.Equal(at) {
			t.Errorf("reached at %v, want %v", reached, at)
		}
	}
	ok(t, tx.SetSetting(SettingConnected, "kemarin"))
	if at, err := tx.Connected(); err == nil {
		t.Errorf("what is no moment is read as %v", at)
	}
}
