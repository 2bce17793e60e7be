package report

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// TestBarsAreAsLongAsTheirNumbers measures every bar in the finished picture.
func TestBarsAreAsLongAsTheirNumbers(t *testing.T) {
	for _, language := range locale.Languages {
		speak := speaker(t, language)
		shown := town(speak)
		picture := painted(t, shown, speak)
		full := pictureWidth - 2*pictureMargin
		want := [][2]int{ // kinds, groups, questions: each section by its own largest number
			{full * 7 / 46, full * 6 / 46}, {full, full * 43 / 46}, {full * 31 / 46, full * 27 / 46}, {full * 5 / 46, full * 5 / 46},
			{full * 12 / 23, full * 9 / 23}, {full * 4 / 23, full * 4 / 23}, {full * 9 / 23, full * 11 / 23}, {3, full * 2 / 23},
			{full * 4 / 23, full * 3 / 23}, {full * 14 / 23, full * 9 / 23}, {full * 3 / 23, full * 5 / 23},
			{full, full * 18 / 23}, {full * 8 / 23, full * 9 / 23},
			{full, full * 6 / 10}, {full * 9 / 10, full * 4 / 10}, {full * 7 / 10, full * 4 / 10},
		}
		if difference := cmp.Diff(want, bars(picture)); difference != "" {
			t.Errorf("%s: %s", language, difference)
		}
	}
}

// TestOtherNumbersMakeAnotherPicture: one person more is to be seen.
func TestOtherNumbersMakeAnotherPicture(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	shown := town(speak)
	before := bars(painted(t, shown, speak))
	shown.Now.Groups[2] = council.Figures{Active: 13}
	after := bars(painted(t, shown, speak))
	if after[4][0] <= before[4][0] || after[4][1] != before[4][1] {
		t.Errorf("the bars of the group were %v and are %v", before[4], after[4])
	}
}

// TestNothingIsCut: nothing is painted in the margins, and the lines of a long name
// hold all of it.
func TestNothingIsCut(t *testing.T) {
	for _, language := range locale.Languages {
		speak := speaker(t, language)
		shown := town(speak)
		picture := painted(t, shown, speak)
		bounds := picture.Bounds()
		if bounds.Dx() != pictureWidth || bounds.Dy() > 3*pictureWidth {
			t.Errorf("%s: the picture is %v", language, bounds)
		}
		for _, margin := range []image.Rectangle{
			image.Rect(0, 0, pictureMargin, bounds.Max.Y), image.Rect(bounds.Max.X-pictureMargin, 0, bounds.Max.X, bounds.Max.Y),
			image.Rect(0, bounds.Max.Y-pictureMargin, bounds.Max.X, bounds.Max.Y),
		} {
			if at, painted := ink(picture, margin); painted {
				t.Errorf("%s: something is painted at %v, in the margin %v", language, at, margin)
			}
		}
		measure := newCanvas(1)
		for _, group := range shown.Groups {
			lines := measure.lines(group.Name)
			if strings.Join(lines, " ") != printable(group.Name) {
				t.Errorf("%s: %q is shown as %q", language, group.Name, lines)
			}
			for _, line := range lines {
				if measure.fit(line, nameWidth, textSize) != line {
					t.Errorf("%s: %q is too long for its line", language, line)
				}
			}
		}
	}
}

// TestWhatIsTooLongIsMarked: a title without end stays inside.
func TestWhatIsTooLongIsMarked(t *testing.T) {
	measure := newCanvas(1)
	lines := measure.lines(strings.Repeat("Pokja ", 60))
	if len(lines) != nameLines {
		t.Errorf("the name takes %d lines", len(lines))
	}
	last := measure.fit(lines[len(lines)-1], nameWidth, textSize)
	if !strings.HasSuffix(last, "…") || measure.width(last, textSize) > nameWidth {
		t.Errorf("the last line is %q", last)
	}
}

// TestManyGroupsAreShownAsTheirKind keeps the picture of a large city on a phone.
func TestManyGroupsAreShownAsTheirKind(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	shown := town(speak)
	for id := range int64(300) {
		shown.Groups = append(shown.Groups, NamedGroup{council.Group{ID: 100 + id, Kind: council.KindCommunity}, "Komunitas"})
	}
	names := func(s section) (names []string) {
		for _, row := range s.Rows {
			names = append(names, row.Name)
		}
		return names
	}
	if kinds := names(shown.kinds(speak)); !slices.Contains(kinds, "Komunitas (302 grup)") {
		t.Errorf("the kinds are %q", kinds)
	}
	if groups := names(shown.groups(speak)); len(groups) != 7 {
		t.Errorf("the groups are %q", groups)
	}
}

func TestPictureOfNothing(t *testing.T) {
	picture := painted(t, Involvement{Title: "Keterlibatan", Span: "Oktober 2026", BeforeSpan: "September 2026"}, speaker(t, locale.Indonesian))
	if _, painted := ink(picture, picture.Bounds()); !painted || len(bars(picture)) != 0 {
		t.Error("the picture of no groups is not a title alone")
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"Forum 🌱 Relawan": "Forum Relawan", "Pokja (Utara 🌱)": "Pokja (Utara)", "Café & Co.": "Café & Co.", "1–16 Oktober": "1–16 Oktober", "": "",
	} {
		if got := printable(text); got != want {
			t.Errorf("%q is written as %q", text, got)
		}
	}
}

// bars measures the bars below each name, in pixels: now and before.
func bars(picture *image.RGBA) (found [][2]int) {
	legend := pictureMargin + titleHeight + 2*legendHeight
	var before image.Point
	for y := legend; y < picture.Bounds().Max.Y; y++ {
		length, shade := run(picture, y)
		switch {
		case shade == nowColor.R && int(shade) != before.X:
			found = append(found, [2]int{length, 0})
		case shade == beforeColor.R && int(shade) != before.X:
			found[len(found)-1][1] = length
		}
		before = image.Pt(int(shade), length)
	}
	return found
}

// run measures the line of a bar's colour that begins at the margin.
func run(picture *image.RGBA, y int) (length int, shade uint8) {
	for _, bar := range []color.RGBA{{nowColor.R, nowColor.G, nowColor.B, 255}, {beforeColor.R, beforeColor.G, beforeColor.B, 255}} {
		for length = 0; picture.RGBAAt(pictureMargin+length, y) == bar; length++ {
		}
		if length > 2 {
			return length, bar.R
		}
	}
	return 0, 255
}

// ink finds something that is not white.
func ink(picture *image.RGBA, in image.Rectangle) (image.Point, bool) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if picture.RGBAAt(x, y) != (color.RGBA{255, 255, 255, 255}) {
				return image.Pt(x, y), true
			}
		}
	}
	return image.Point{}, false
}

// picturing is what paints itself in a language.
type picturing interface {
	Picture(speak locale.Speaker) ([]byte, error)
}

func painted(t *testing.T, shown picturing, speak locale.Speaker) *image.RGBA {
	t.Helper()
	content, err := shown.Picture(speak)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	plain := image.NewRGBA(picture.Bounds())
	draw.Draw(plain, plain.Bounds(), picture, image.Point{}, draw.Src)
	return plain
}

// sentences are read once: under the race detector it takes long.
var sentences = sync.OnceValues(locale.Open)

func speaker(t *testing.T, language string) locale.Speaker {
	t.Helper()
	book, err := sentences()
	if err != nil {
		t.Fatal(err)
	}
	return book.In(language)
}

// town is a month of a city with seven working groups, two of them with long
// names, and two communities.
func town(speak locale.Speaker) Involvement {
	shown := Involvement{
		Title: speak.Say("involvement.picture.title", "City", "Kabupaten Teluk Marannu"),
		Span:  speak.DaysOfMonth(2026, 10, 16), BeforeSpan: speak.DaysOfMonth(2026, 9, 16),
		Now:    council.Involvement{Kinds: map[council.GroupKind]council.Figures{}, Groups: map[int64]council.Figures{}},
		Before: council.Involvement{Kinds: map[council.GroupKind]council.Figures{}, Groups: map[int64]council.Figures{}},
	}
	for index, group := range []struct {
		kind        council.GroupKind
		name, title string
		now, before int
	}{
		{council.KindCouncil, "council", "", 7, 6},
		{council.KindWorkingGroup, "governance", "", 12, 9},
		{council.KindWorkingGroup, "branding", "", 4, 4},
		{council.KindWorkingGroup, "economy", "", 9, 11},
		{council.KindWorkingGroup, "living", "", 0, 2},
		{council.KindWorkingGroup, "society", "", 4, 3},
		{council.KindWorkingGroup, "environment", " (Pokja Lingkungan Wilayah Utara Kabupaten Teluk Marannu 2026–2027)", 14, 9},
		{council.KindWorkingGroup, "environment", " (Pokja Lingkungan Wilayah Selatan 🌱)", 3, 5},
		{council.KindCommunity, "community", " (Forum Relawan TIK)", 23, 18},
		{council.KindCommunity, "community", " (Bank Sampah Mekar & Rekan-rekan)", 8, 9},
		{council.KindSecretariat, "secretariat", "", 5, 5},
	} {
		id := int64(index + 1)
		shown.Groups = append(shown.Groups, NamedGroup{council.Group{ID: id, Kind: group.kind}, speak.Say("group."+group.name) + group.title})
		shown.Now.Groups[id], shown.Before.Groups[id] = council.Figures{Active: group.now}, council.Figures{Active: group.before}
		shown.Now.Kinds[group.kind] = council.Figures{Active: shown.Now.Kinds[group.kind].Active + group.now}
		shown.Before.Kinds[group.kind] = council.Figures{Active: shown.Before.Kinds[group.kind].Active + group.before}
	}
	shown.Now.City.Asked = council.Questions{Count: 10, Answered: 9, InTime: 7}
	shown.Before.City.Asked = council.Questions{Count: 6, Answered: 4, InTime: 4}
	return shown
}
