package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// TestNoWordOfAReminderIsLost mixes dates and rules with words that are neither,
// and finds every such word in the text, in its order; whatever is understood of
// the time is ahead.
func TestNoWordOfAReminderIsLost(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Makassar")
	if err != nil {
		t.Fatal(err)
	}
	place := &city{Zone: zone, Timing: council.Timing{Calendar: council.NewCalendar(zone, nil)}}
	times := []string{"besok", "besok 09.00", "jam 7", "Jumat depan", "31 Juni", "setiap Senin 08.00", "tiap tanggal 31", "setiap sore", "mulai 5 Oktober",
		"sebelum Rabu", "2 jam lagi", "minggu depan", "every 2 weeks", "tomorrow", "hari ini", "setiap hari kerja", "tenggat", "10/11", "23.59 WIB"}
	words := []string{"kirim", "berkas", "arsip", "é🌳", "surat", "rekap,", "(peta)", "\n", "foto"}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 9, 25, 1, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 7*24*60).Draw(t, "minutes")) * time.Minute)
		r := &request{city: place, now: now, written: now}
		parts := rapid.SliceOfN(rapid.SampledFrom(append(times, words...)), 0, 7).Draw(t, "parts")
		text := strings.Join(parts, " ")
		var draft reminderDraft
		left := strings.Fields(r.takeWhen(text, &draft))
		for _, part := range parts {
			kept := strings.Trim(part, ",()\n")
			if !slices.Contains(words, part) || kept == "" {
				continue
			}
			for len(left) > 0 && strings.Trim(left[0], ",()") != kept {
				left = left[1:]
			}
			if len(left) == 0 {
				t.Fatalf("%q lost %q", text, kept)
			}
			left = left[1:]
		}
		if next := r.next(draft); draft.timed() && !next.After(now) {
			t.Fatalf("%q comes on %s, written on %s", text, next, now)
		}
		for _, candidate := range draft.unread.Candidates {
			if !candidate.After(now) {
				t.Fatalf("%q offers %s, written on %s", text, candidate, now)
			}
		}
	})
}
