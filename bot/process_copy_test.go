package bot

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// TestWhatAMessageNamesFirst reads cards and lists of which the numbers are not known.
func TestWhatAMessageNamesFirst(t *testing.T) {
	q2, t1, t12 := council.Reference{Letter: council.QuestionLetter, Number: 2}, council.TaskReference(1), council.TaskReference(12)
	for text, want := range map[string][]council.Reference{
		"T-1 · Rekap tonase\nBaru · Baso Irfandi":                    {t1},
		"Bapak Baso, mohon bantuannya:\nT-12 · Rekap":                {t12},
		"Q-2 dari Forum (Fadli): apakah T-1 selesai?":                {q2, t1},
		"Tugas Bapak/Ibu: 2\nT-1 · Rekap · Baru\nT-12 · Foto · Baru": nil,
		"Q-2, T-1, T-12, T-1 dan T-12":                               {q2, t1, t12},
		"Selamat pagi, Bapak/Ibu.":                                   nil,
		"":                                                           nil,
	} {
		if difference := cmp.Diff(want, namedFirst(text)); difference != "" {
			t.Errorf("%q: %s", text, difference)
		}
	}
}
