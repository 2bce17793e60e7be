package report

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// readied is an evaluation of twenty indicators in so many dimensions, a month after
// it was made and sixteen days before its date.
func readied(dimensions int) Readiness {
	zone := time.FixedZone("WITA", 8*60*60)
	shown := Readiness{City: "Kabupaten Teluk Marannu", Zone: zone, At: time.Date(2026, 5, 26, 8, 0, 0, 0, zone)}
	shown.Evaluation = council.Evaluation{Number: 1, Name: "Evaluasi Smart City Tahap I", State: council.EvaluationOpen, CreatedAt: time.Date(2026, 4, 27, 9, 0, 0, 0, zone),
		Milestones: []council.Milestone{{ID: 1, Kind: council.MilestonePresentation, Deadline: council.Deadline{At: time.Date(2026, 6, 11, 9, 0, 0, 0, zone)}}}}
	if dimensions == 0 {
		return shown
	}
	standings := []council.IndicatorStanding{{Pieces: 1, Verified: 1}, {Pieces: 2, Verified: 2}, {Pieces: 2, Verified: 1}, {Pieces: 1, NeedsFix: 1}, {}}
	for i := range 20 {
		standing := standings[(i*7+i/6)%5]
		standing.ID, standing.Dimension, standing.Weight = int64(i+1), council.Dimensions[i%dimensions], 500
		shown.Standings = append(shown.Standings, standing)
		if standing.State() == council.EvidenceVerified {
			filed := shown.Evaluation.CreatedAt.AddDate(0, 0, i)
			shown.Spans = append(shown.Spans, council.EvidenceSpan{IndicatorID: standing.ID, Filed: filed, Verified: filed.AddDate(0, 0, 3)})
		}
	}
	return shown
}

// TestReadinessLooksAsItDid compares the picture, made small, with that in testdata.
// When it is to look different from now on, look at it in the folder of artifacts
// (go test -artifacts) and put the small one there.
func TestReadinessLooksAsItDid(t *testing.T) {
	for _, language := range locale.Languages {
		for name, dimensions := range map[string]int{"six": 6, "none": 0} {
			name = "readiness-" + name + "-" + language + ".png"
			large := painted(t, readied(dimensions), speaker(t, language))
			small := smaller(large)
			kept, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Error(err)
			}
			golden, err := png.Decode(bytes.NewReader(kept))
			if err == nil && golden.Bounds() == small.Bounds() && unlike(golden, small) <= 0.01 {
				continue
			}
			t.Errorf("%s: the picture looks otherwise", name)
			for file, shown := range map[string]image.Image{name: small, "large-" + name: large} {
				var content bytes.Buffer
				if err := png.Encode(&content, shown); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(t.ArtifactDir(), file), content.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// smaller is a fourth as wide and grey, so that not every hair of a letter counts.
func smaller(picture *image.RGBA) *image.Gray {
	const times = 4
	small := image.NewGray(image.Rect(0, 0, picture.Bounds().Dx()/times, picture.Bounds().Dy()/times))
	for y := range small.Bounds().Dy() {
		for x := range small.Bounds().Dx() {
			sum := 0
			for i := range times * times {
				sum += int(color.GrayModel.Convert(picture.At(x*times+i%times, y*times+i/times)).(color.Gray).Y)
			}
			small.SetGray(x, y, color.Gray{Y: uint8(sum / (times * times))})
		}
	}
	return small
}

// unlike is the share of the points that are clearly lighter or darker.
func unlike(golden image.Image, small *image.Gray) float64 {
	count := 0
	for y := range small.Bounds().Dy() {
		for x := range small.Bounds().Dx() {
			before, now := color.GrayModel.Convert(golden.At(x, y)).(color.Gray).Y, small.GrayAt(x, y).Y
			if max(before, now)-min(before, now) > 24 {
				count++
			}
		}
	}
	return float64(count) / float64(small.Bounds().Dx()*small.Bounds().Dy())
}

// TestStacksAreAsLongAsTheirNumbers measures the verified part of every bar.
func TestStacksAreAsLongAsTheirNumbers(t *testing.T) {
	for _, dimensions := range []int{6, 1} {
		shown := readied(dimensions)
		picture := painted(t, shown, speaker(t, locale.Indonesian))
		_, byDimension := council.ReadinessOf(shown.Standings)
		var want []int
		for _, part := range byDimension {
			want = append(want, (pictureWidth-2*pictureMargin)*part.Count[council.EvidenceVerified]/part.Total)
		}
		var got []int
		before := 0
		for y := range picture.Bounds().Max.Y {
			length := 0
			for picture.RGBAAt(pictureMargin+length, y) == (color.RGBA{nowColor.R, nowColor.G, nowColor.B, 255}) {
				length++
			}
			if length > before && length > 60 { // longer than the square of the legend and the sample of the line
				got = append(got, length)
			}
			before = length
		}
		near := func(a, b int) bool { return max(a, b)-min(a, b) <= stackGap }
		if !slices.EqualFunc(got, want, near) {
			t.Errorf("%d dimensions: the bars are %v wide, expected is %v", dimensions, got, want)
		}
	}
}

// TestNothingOfReadinessIsCut: nothing is painted in the margins, whatever the names.
func TestNothingOfReadinessIsCut(t *testing.T) {
	for _, language := range locale.Languages {
		shown := readied(6)
		shown.Standings[0].Dimension = "" // a seventh
		shown.Evaluation.Name = strings.Repeat("Evaluasi Kota Cerdas dan Pemerintah Digital ", 8)
		picture := painted(t, shown, speaker(t, language))
		bounds := picture.Bounds()
		if bounds.Dx() != pictureWidth || bounds.Dy() > 2*pictureWidth {
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
	}
}

func TestBurnUpOfDays(t *testing.T) {
	made := readied(1)
	for _, test := range []struct {
		name        string
		change      func(*Readiness)
		days, until int // days shown up to today, and days from the first to the date; 0: there is none
		last        int
	}{
		{"as it is", func(*Readiness) {}, 30, 45, 9},
		{"on its first day", func(r *Readiness) { r.At = r.Evaluation.CreatedAt.Add(time.Hour) }, 1, 45, 0},
		{"past its date", func(r *Readiness) { r.At = r.At.AddDate(0, 1, 0) }, 61, 0, 9},
		{"without a date", func(r *Readiness) { r.Evaluation.Milestones = nil }, 30, 0, 9},
		{"evidence that is older", func(r *Readiness) { r.Spans[0].Filed = r.Spans[0].Filed.AddDate(0, 0, -10) }, 40, 55, 9},
		{"very old evidence", func(r *Readiness) { r.Spans[0].Filed = r.Spans[0].Filed.AddDate(-3, 0, 0) }, daysShown + 1, daysShown + 16, 9},
	} {
		shown := made
		shown.Spans = slices.Clone(made.Spans)
		test.change(&shown)
		all, _ := council.ReadinessOf(shown.Standings)
		got := shown.burnUp(all)
		until := 0
		if !got.date.IsZero() {
			until = got.until.Sub(got.from)
		}
		if len(got.verified) != test.days || until != test.until || got.verified[len(got.verified)-1] != test.last || got.total != 20 {
			t.Errorf("%s: %d days, %d to the date, %v", test.name, len(got.verified), until, got.verified)
		}
		if picture := painted(t, shown, speaker(t, locale.English)); picture.Bounds().Dx() != pictureWidth {
			t.Errorf("%s: the picture is %v", test.name, picture.Bounds())
		}
	}
}
