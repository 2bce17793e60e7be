package reading

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var monthWords = []string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}

// plainWords mean no date in any combination.
var plainWords = []string{"rekap", "tonase", "bank", "sampah", "#lingkungan", "@baso_contoh", "ENV-08", "T-12", "60%", "Rp45", "Perbup", "16/2019",
	"SMP", "kecamatan", "foto", "data"}

func drawMoment(t *rapid.T, label string) time.Time {
	minutes := rapid.IntRange(0, 10*365*24*60).Draw(t, label)
	return time.Date(2024, 1, 1, 0, minutes, 0, 0, city)
}

// TestWrittenMomentsAreReadBack writes a moment in one of the usual ways and expects that very moment.
func TestWrittenMomentsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := drawMoment(t, "now")
		meant := now.Add(time.Duration(rapid.IntRange(1, 300*24*60).Draw(t, "ahead")) * time.Minute)
		year, month, day := meant.Date()
		clock := meant.Format("15.04")
		texts := []string{
			fmt.Sprintf("%d %s %d pukul %s", day, monthWords[month-1], year, clock),
			fmt.Sprintf("tanggal %d %s %d jam %s WITA", day, monthWords[month-1][:3], year, clock),
			fmt.Sprintf("%02d/%02d/%d %s", day, month, year, clock),
			fmt.Sprintf("%d-%d-%02d %s", day, month, year%100, meant.Format("15:04")),
			meant.Format("2006-01-02 15:04"),
			meant.Format("Monday, January 2, 2006 at 3:04 pm"),
			fmt.Sprintf("%s %d %s", clock, day, monthWords[month-1]),
			meant.Add(-time.Hour).Format("2/1/2006 15.04") + " WIB",
			meant.Add(time.Hour).Format("2/1/2006 15.04") + " WIT",
		}
		text := rapid.SampledFrom(texts).Draw(t, "text")
		due := FindDue(text, Context{Now: now})
		if text == texts[6] && now.Format("2 January") == meant.Format("2 January") {
			return // without its year the day of the message is meant
		}
		if due.Outcome != Found || !due.Time.Equal(meant) || due.Start != 0 || due.End != len(text) {
			t.Fatalf("%q: %s, want %s", text, describe(due), meant.Format(time.RFC3339))
		}
	})
}

// TestTheRestOfASentenceStays puts a phrase into a sentence without dates and expects the same due date and the sentence untouched.
func TestTheRestOfASentenceStays(t *testing.T) {
	var phrases []row
	for _, line := range rows(t, "dates.txt") {
		if line.fields[0] == "event" {
			break
		}
		if !slices.Contains([]string{kindUnreadable, kindNoDeadline, kindAlternatives}, line.fields[0]) && !startsWithMarker(line.fields[1]) {
			phrases = append(phrases, line)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(plainWords), 1, 6)
		before := strings.Join(words.Draw(t, "before"), " ")
		after := rapid.SampledFrom([]string{"", ", foto", ". Lampirkan foto", "\nLampirkan foto"}).Draw(t, "after")
		line := rapid.SampledFrom(phrases).Draw(t, "phrase")
		marker := rapid.SampledFrom([]string{", tenggat ", " paling lambat ", ", deadline: ", " (due ", ". Tenggat "}).Draw(t, "marker")
		closing := ""
		if strings.Contains(marker, "(") {
			closing = ")"
		}
		text := before + marker + line.fields[1] + closing + after
		due := FindDue(text, Context{Now: line.now, Holidays: holidays2026()})
		rest := before + strings.Repeat(".", strings.Count(marker, ".")) + after
		if got := text[:due.Start] + text[due.End:]; describe(due) != line.fields[2] || got != rest {
			t.Fatalf("%q: %s with rest %q; want %s with rest %q", text, describe(due), got, line.fields[2], rest)
		}
	})
}

func startsWithMarker(text string) bool {
	r := newReader(text, Context{})
	_, _, ok := markers.look(r, 0)
	return ok
}

// TestOutcomesKeepTheirPromises checks for any heap of date words what callers rely on.
func TestOutcomesKeepTheirPromises(t *testing.T) {
	pieces := []string{"besok", "Jumat", "depan", "5", "/", "12", "Des", "2026", "jam", "9", ".30", "sore", "setengah", "3", "hari", "lagi", "minggu",
		"tenggat", ",", "atau", "-", "sampai", "WIB", "H-7", "akhir", "bulan", "(", ")", "kemarin", "Natal", "malam", "tgl", "31", "setiap", "pm"}
	rapid.Check(t, func(t *rapid.T) {
		now := drawMoment(t, "now")
		words := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "words")
		text := strings.Join(words, rapid.SampledFrom([]string{" ", ""}).Draw(t, "blank"))
		context := Context{Now: now, Holidays: holidays2026()}
		for _, due := range append(FindAll(text, context), FindDue(text, context), ReadDue(text, context)) {
			if complaint := complaintAbout(due, text, now); complaint != "" {
				t.Fatalf("%q: %s: %+v", text, complaint, due)
			}
		}
	})
}

// complaintAbout names the first promise that a Due breaks.
func complaintAbout(due Due, text string, now time.Time) string {
	switch {
	case due.Start < 0 || due.End < due.Start || due.End > len(text):
		return "offsets outside the text"
	case due.Outcome == None && !due.NoDeadline:
		if due.Kind != "" || due.End != 0 || !due.Time.IsZero() {
			return "None says something"
		}
		return ""
	case !slices.Contains(everyKind(), due.Kind):
		return "unlisted kind"
	case due.NoDeadline:
		return ""
	case due.Outcome == Found && (!due.Time.After(now) || due.Reason != "" || len(due.Candidates) > 0):
		return "found, but not ahead and sure"
	case due.Outcome != Found && due.Reason == "":
		return "no reason"
	case due.Outcome == Past && due.Time.After(now):
		return "past, but ahead"
	case due.Outcome == Ambiguous && len(due.Candidates) == 0:
		return "nothing to choose from"
	case !slices.IsSortedFunc(due.Candidates, time.Time.Compare):
		return "candidates out of order"
	}
	for _, candidate := range due.Candidates {
		if !candidate.After(now) || candidate.Location() != now.Location() {
			return "candidate that is not ahead in the city's zone"
		}
	}
	if !due.Time.IsZero() && due.Time.Location() != now.Location() {
		return "not in the city's zone"
	}
	return ""
}
