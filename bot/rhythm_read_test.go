package bot

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestReadRhythm(t *testing.T) {
	ladder := func(days ...int) council.Ladder { return days }
	known := council.Rhythm{Groups: ladder(30, 7), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}
	for name, row := range map[string]struct {
		text    string
		rhythm  council.Rhythm // after the wish is applied to what is known
		wording string
	}{
		"steps":                    {"H-21 H-7 H-1 H", council.Rhythm{Groups: ladder(21, 7, 1, 0), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}, "lama"},
		"in any order, each once":  {"H, H-1 H-7, h-7 H-21", council.Rhythm{Groups: ladder(21, 7, 1, 0), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}, "lama"},
		"with an hour":             {"H-21 H pukul 07.45", council.Rhythm{Groups: ladder(21, 0), Council: ladder(7, 1), Leader: ladder(3), Minute: 465}, "lama"},
		"the hour in its zone":     {"H-21 H pukul 07.45 WITA", council.Rhythm{Groups: ladder(21, 0), Council: ladder(7, 1), Leader: ladder(3), Minute: 465}, "lama"},
		"the hour alone":           {"pukul 9:15", council.Rhythm{Groups: ladder(30, 7), Council: ladder(7, 1), Leader: ladder(3), Minute: 555}, "lama"},
		"an hour after noon":       {"jam 2", council.Rhythm{Groups: ladder(30, 7), Council: ladder(7, 1), Leader: ladder(3), Minute: 840}, "lama"},
		"the earliest hour":        {"pukul 07.30", council.Rhythm{Groups: ladder(30, 7), Council: ladder(7, 1), Leader: ladder(3), Minute: 450}, "lama"},
		"the latest hour":          {"pukul 16.30", council.Rhythm{Groups: ladder(30, 7), Council: ladder(7, 1), Leader: ladder(3), Minute: 990}, "lama"},
		"the usual hour":           {"pukul biasa", council.Rhythm{Groups: ladder(30, 7), Council: ladder(7, 1), Leader: ladder(3)}, "lama"},
		"council and leader":       {"dewan H-14 H-7, pimpinan H-3 H-1", council.Rhythm{Groups: ladder(30, 7), Council: ladder(14, 7), Leader: ladder(3, 1), Minute: 540}, "lama"},
		"with colons and dots":     {"Dewan: H-14. Pimpinan: H-2.", council.Rhythm{Groups: ladder(30, 7), Council: ladder(14), Leader: ladder(2), Minute: 540}, "lama"},
		"groups by two words":      {"untuk kelompok kerja dan sekretariat H-10", council.Rhythm{Groups: ladder(10), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}, "lama"},
		"one as usual":             {"dewan biasa", council.Rhythm{Groups: ladder(30, 7), Leader: ladder(3), Minute: 540}, "lama"},
		"tasks":                    {"tugas H-7 H-3 H-1 H", council.Rhythm{Groups: ladder(30, 7), Council: ladder(7, 1), Leader: ladder(3), Tasks: ladder(7, 3, 1, 0), Minute: 540}, "lama"},
		"a sentence":               {"kalimat Mohon unggah lewat portal SPBE.", known, "Mohon unggah lewat portal SPBE."},
		"a sentence as typed":      {"kalimat:   Mohon  H-7,\nbiasa!", known, "Mohon  H-7,\nbiasa!"},
		"a sentence with marks":    {"kalimat 🙏 Mohon", known, "🙏 Mohon"},
		"steps and a sentence":     {"H-5 kalimat Mohon bantuannya", council.Rhythm{Groups: ladder(5), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}, "Mohon bantuannya"},
		"without a sentence":       {"tanpa kalimat", known, ""},
		"the usual sentence":       {"kalimat biasa", known, ""},
		"as usual":                 {"biasa", council.Rhythm{}, ""},
		"as usual, with an hour":   {"biasa, pukul 10", council.Rhythm{Minute: 600}, ""},
		"in English":               {"council D-14 and leaders D-3 at 09:00", council.Rhythm{Groups: ladder(30, 7), Council: ladder(14), Leader: ladder(3), Minute: 540}, "lama"},
		"without a hyphen":         {"h21 H 7", council.Rhythm{}, "unread"},
		"another hyphen, or wide":  {"H–21 H - 7 h−1 hari H", council.Rhythm{Groups: ladder(21, 7, 1, 0), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}, "lama"},
		"leading noughts":          {"H-021 H-0", council.Rhythm{Groups: ladder(21, 0), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}, "lama"},
		"twelve steps":             {"H-12 H-11 H-10 H-9 H-8 H-7 H-6 H-5 H-4 H-3 H-2 H-1", council.Rhythm{Groups: ladder(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}, "lama"},
		"a year and all its steps": {"H-365", council.Rhythm{Groups: ladder(365), Council: ladder(7, 1), Leader: ladder(3), Minute: 540}, "lama"},
	} {
		t.Run(name, func(t *testing.T) {
			wish, about, err := readRhythm(row.text, "WITA", council.UsualHours)
			if row.wording == "unread" {
				if refusalOf(err) != "rhythm_unread" {
					t.Errorf("read as %v, %v", wish, err)
				}
				return
			}
			if err != nil || !about {
				t.Fatalf("about a rhythm: %v, %v", about, err)
			}
			before, want := known, row.rhythm
			before.Wording, want.Wording = "lama", row.wording
			if difference := cmp.Diff(want, wish.apply(before)); difference != "" {
				t.Error(difference)
			}
		})
	}
}

func refusalOf(err error) string {
	var refusal *council.Refusal
	if !errors.As(err, &refusal) {
		return ""
	}
	return refusal.Code
}

func TestReadRhythmRefuses(t *testing.T) {
	for name, row := range map[string]struct{ text, code string }{
		"before the working day":     {"H-7 pukul 07.29", "rhythm_hour"},
		"after the working day":      {"H-7 pukul 16.31", "rhythm_hour"},
		"at night":                   {"pukul 05.00", "rhythm_hour"},
		"no such minute":             {"H-7 pukul 09.75", "rhythm_hour"},
		"no such hour":               {"H-7 jam 25", "rhythm_hour"},
		"no hour":                    {"H-7 pukul", "rhythm_hour"},
		"another zone":               {"H-7 pukul 09.00 WIB", "rhythm_unread"},
		"a word":                     {"H-7 ayam", "rhythm_unread"},
		"an hour in words":           {"H-7 pukul delapan", "rhythm_unread"},
		"thirteen steps":             {"H-13 H-12 H-11 H-10 H-9 H-8 H-7 H-6 H-5 H-4 H-3 H-2 H-1", "too_many_steps"},
		"over a year":                {"H-366", "bad_step"},
		"after the day":              {"H-7 H+1", "bad_step"},
		"an audience without steps":  {"dewan", "no_steps"},
		"an audience, and then none": {"H-7, pimpinan", "no_steps"},
		"no sentence":                {"kalimat", "wording_missing"},
		"a long sentence":            {"kalimat " + strings.Repeat("é", 201), "wording_long"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, about, err := readRhythm(row.text, "WITA", council.UsualHours); refusalOf(err) != row.code || !about {
				t.Errorf("about a rhythm: %v, %v", about, err)
			}
		})
	}
	if _, _, err := readRhythm("kalimat "+strings.Repeat("é", 200), "WITA", council.UsualHours); err != nil {
		t.Errorf("two hundred letters are not too many: %v", err)
	}
}

func TestReadRhythmLeavesDatesAlone(t *testing.T) {
	for _, text := range []string{"", "25 Juni jam 9", "Kamis 18 Juni jam 9", "unggah 17 Juni 23.59 WIB", "jam 9 25 Juni", "pukul 9 besok", "25/6", "ayam", "ditunda", "Juni"} {
		t.Run(text, func(t *testing.T) {
			if wish, about, err := readRhythm(text, "WITA", council.UsualHours); about {
				t.Errorf("read as %v, %v", wish, err)
			}
		})
	}
}

// FuzzReadRhythm holds that whatever is read keeps within the bounds, and that a
// ladder written out again reads the same.
func FuzzReadRhythm(f *testing.F) {
	for _, seed := range []string{"H-21 H-7 H pukul 07.45", "dewan H-14, pimpinan H-3", "kalimat Mohon", "h - 7 biasa", "H+1", "H-99999999", "d\xff-3", "tugas H−0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		wish, about, err := readRhythm(text, "WITA", council.UsualHours)
		if err != nil {
			if refusalOf(err) == "" {
				t.Errorf("an error for nobody: %v", err)
			}
			return
		}
		if utf8.RuneCountInString(wish.wording) > wordingLimit || wish.minute > 0 && (wish.minute < council.UsualHours.Starts || wish.minute > council.UsualHours.Ends) {
			t.Errorf("out of bounds: %v", wish)
		}
		for audience, ladder := range wish.ladders {
			if !about || len(ladder) > 12 {
				t.Errorf("about a rhythm: %v, %v", about, ladder)
			}
			if audience != rhythmGroups || ladder == nil {
				continue
			}
			var steps []string
			for _, days := range ladder {
				steps = append(steps, string(council.StepBefore(days)))
			}
			again, _, err := readRhythm(strings.Join(steps, " "), "WITA", council.UsualHours)
			if difference := cmp.Diff(ladder, again.ladders[rhythmGroups]); err != nil || difference != "" {
				t.Errorf("%v written out again: %v\n%s", ladder, err, difference)
			}
		}
	})
}
