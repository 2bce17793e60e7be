package report

import (
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// TestIdeasSheet: one that is waited for, one that is part of it, one that was decided,
// and one that waits for a coordinator.
func TestIdeasSheet(t *testing.T) {
	zone := time.FixedZone("WITA", 8*3600)
	calendar := council.NewCalendar(zone, nil)
	given := time.Date(2026, 2, 2, 23, 40, 0, 0, zone)
	idea := func(number int64, state council.IdeaState, change func(*council.Idea)) council.Idea {
		one := council.NewIdea(council.Idea{Title: "Jadwal truk", Text: "jadwal truk\ndi HP", Dimension: council.Environment}, given.UTC(), council.Timing{Calendar: calendar})
		one.Number, one.State = number, state
		if change != nil {
			change(&one)
		}
		return one
	}
	sheet := IdeasSheet([]IdeaLine{
		{Idea: idea(4, council.IdeaSubmitted, func(one *council.Idea) { one.Held = council.HeldSpam }), Support: 1},
		{Idea: idea(3, council.IdeaTrial, func(one *council.Idea) {
			one.Decision = council.IdeaDecision{State: council.IdeaApproved, Reason: "=mulai 3 truk", At: given.Add(24 * time.Hour).UTC()}
			one.TrialAt, one.NeedsBudget, one.Problem, one.Benefit = given.Add(48*time.Hour).UTC(), true, "numpuk", "bersih"
		}), Submitter: "@Fadli", Group: "Komunitas (Forum)", Support: 25},
		{Idea: idea(2, council.IdeaMerged, func(one *council.Idea) { one.MergedInto, one.Dimension = 1, "" })},
		{Idea: idea(1, council.IdeaUnderReview, nil), Support: 2},
	}, zone, speaker(t, locale.Indonesian))
	file := written(t, sheet)
	differ(t, "ideas", [][]string{
		{"Nomor", "Judul", "Dimensi", "Keadaan", "Sejak", "Dukungan", "Grup", "Pengusul", "Disampaikan", "Target penelaahan", "Target keputusan", "Diputuskan", "Keputusan",
			"Alasan", "Disatukan ke", "Uji coba mulai", "Ide", "Masalah", "Manfaat", "Menyebut biaya"},
		{"I-4", "Jadwal truk", "Lingkungan", "Diterima", "2 Februari 2026", "1", "", "", "2 Februari 2026", "", "", "", "", "", "", "", "jadwal truk\ndi HP"},
		{"I-3", "Jadwal truk", "Lingkungan", "Uji coba", "2 Februari 2026", "25", "Komunitas (Forum)", "@Fadli", "2 Februari 2026", "", "", "3 Februari 2026",
			"Disetujui uji coba", "=mulai 3 truk", "", "4 Februari 2026", "jadwal truk\ndi HP", "numpuk", "bersih", "ya"},
		{"I-2", "Jadwal truk", "", "Digabung", "2 Februari 2026", "", "", "", "2 Februari 2026", "", "", "", "", "", "I-1", "", "jadwal truk\ndi HP"},
		{"I-1", "Jadwal truk", "Lingkungan", "Ditelaah", "2 Februari 2026", "2", "", "", "2 Februari 2026", "", "2 Maret 2026", "", "", "", "", "", "jadwal truk\ndi HP"},
	}, rowsOf(t, file, "Ide"))
	isText(t, file, "Ide", "N3", "=mulai 3 truk")
	isText(t, file, "Ide", "H3", "@Fadli")
}
