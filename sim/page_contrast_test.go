package sim

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Contrasts that WCAG 2.2 asks for at level AA: 4.5 for text (1.4.3), 3 for controls and marks (1.4.11).
const (
	textContrast = 4.5
	markContrast = 3.0
)

// pairs are what is drawn on what, by the names of the variables in style.css.
var pairs = []struct {
	on    string
	text  string // names with spaces between them
	marks string
}{
	{"paper", "ink soft accent danger link", "control"},
	{"raised", "ink soft", ""},
	{"chosen", "ink soft accent danger", ""},
	{"fill", "fill-ink", ""},
	{"top", "top-ink", ""},
	{"bubble", "ink bubble-soft link accent tint0 tint1 tint2 tint3 tint4 tint5 tint6", "control"},
	{"mine", "ink mine-soft mine-link accent", "control"},
	{"tinted", "ink bubble-soft link accent", ""},
	{"mine-tinted", "ink mine-soft mine-link accent", ""},
	{"key", "key-ink", ""},
	{"pill", "pill-ink", ""},
	{"badge", "badge-ink", ""},
	{"notice", "notice-ink", ""},
	{"face0", "face-ink", ""}, {"face1", "face-ink", ""}, {"face2", "face-ink", ""}, {"face3", "face-ink", ""},
	{"face4", "face-ink", ""}, {"face5", "face-ink", ""}, {"face6", "face-ink", ""},
}

var (
	twoColours = regexp.MustCompile(`--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);`)
	oneColour  = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`)
)

// schemes reads the colours of the light and the dark scheme.
func schemes(t *testing.T) map[string]map[string]string {
	t.Helper()
	css := pageFiles(t, "web/style.css")["web/style.css"]
	found := map[string]map[string]string{"light": {}, "dark": {}}
	for _, colour := range twoColours.FindAllStringSubmatch(css, -1) {
		found["light"][colour[1]], found["dark"][colour[1]] = colour[2], colour[3]
	}
	for _, colour := range oneColour.FindAllStringSubmatch(css, -1) {
		found["light"][colour[1]], found["dark"][colour[1]] = colour[2], colour[2]
	}
	return found
}

func TestThePageCanBeReadInBothSchemes(t *testing.T) {
	for scheme, colours := range schemes(t) {
		for _, pair := range pairs {
			for _, row := range []struct {
				names string
				least float64
			}{{pair.text, textContrast}, {pair.marks, markContrast}} {
				for name := range strings.FieldsSeq(row.names) {
					if got := contrast(t, colours[name], colours[pair.on]); got < row.least {
						t.Errorf("%s: %s %s on %s %s has %.2f, %.1f is needed", scheme, name, colours[name], pair.on, colours[pair.on], got, row.least)
					}
				}
			}
		}
	}
}

func TestContrastIsMeasuredAsTheGuidelinesDo(t *testing.T) {
	for _, row := range []struct {
		name, one, other string
		want             float64
	}{
		{"black on white", "#000000", "#ffffff", 21},
		{"the same", "#336699", "#336699", 1},
		{"the grey that is just enough", "#767676", "#ffffff", 4.54},
	} {
		if got := contrast(t, row.one, row.other); math.Abs(got-row.want) > 0.01 {
			t.Errorf("%s: %.2f, want %.2f", row.name, got, row.want)
		}
	}
}

func contrast(t *testing.T, one, other string) float64 {
	t.Helper()
	a, b := luminance(t, one), luminance(t, other)
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// luminance is the relative luminance of a colour such as #17694f, as WCAG 2.2 defines it.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 7 {
		t.Fatalf("style.css has no such colour, %q", colour)
	}
	sum := 0.0
	for at, weight := range []float64{0.2126, 0.7152, 0.0722} {
		value, err := strconv.ParseUint(colour[1+2*at:3+2*at], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		share := float64(value) / 255
		if share <= 0.04045 {
			share /= 12.92
		} else {
			share = math.Pow((share+0.055)/1.055, 2.4)
		}
		sum += weight * share
	}
	return sum
}
