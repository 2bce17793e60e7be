//go:build poppler

package report

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/locale"
)

// artifactsVariable names a folder in which the pages are kept, as documents and as
// pictures.
const artifactsVariable = "REMBUK_ARTIFACTS"

// TestPagesLookAsTheyDid turns the summary into pictures, by a program of others, and
// compares them with those in testdata. When a page is to look different from now
// on, look at it in the folder of artifacts and put its picture there.
func TestPagesLookAsTheyDid(t *testing.T) {
	folder := artifacts(t)
	for _, language := range locale.Languages {
		speak := speaker(t, language)
		name := filepath.Join(folder, "summary-"+language)
		if err := os.WriteFile(name+".pdf", summaryDocument(t, prepared(speak), speak), 0o600); err != nil {
			t.Fatal(err)
		}
		if pages := compared(t, name); pages > SummaryPages {
			t.Errorf("%s: there are %d pages", language, pages)
		}
		said := program(t, "pdftotext", "-layout", name+".pdf", "-")
		for _, words := range []string{"Kabupaten Teluk Marannu", "ECO-01, ECO-02, ECO-03", "mulai dari 3 truk yang ber-GPS dulu", speak.Say("summary.missing.heading")} {
			if !strings.Contains(said, words) {
				t.Errorf("%s: %q cannot be copied out of the document", language, words)
			}
		}
	}
}

// artifacts is the folder in which pages are kept.
func artifacts(t *testing.T) string {
	t.Helper()
	if folder := os.Getenv(artifactsVariable); folder != "" {
		return folder
	}
	return t.TempDir()
}

// compared compares each page of a document with its picture in testdata, and tells
// how many there are.
func compared(t *testing.T, name string) int {
	t.Helper()
	pages := drawn(t, name)
	if goldens, err := filepath.Glob(filepath.Join("testdata", filepath.Base(name)+"-[0-9].png")); err != nil || len(goldens) != len(pages) {
		t.Errorf("%s has %d pages, of which %d are known", name, len(pages), len(goldens))
	}
	for _, page := range pages {
		golden := filepath.Join("testdata", filepath.Base(page))
		if _, err := os.Stat(golden); err != nil {
			t.Errorf("%s has nothing to be compared with: %v", page, err)
			continue
		}
		if share := otherwise(picture(t, golden), picture(t, page)); share > 0.01 {
			t.Errorf("%s: %.1f %% of the page looks otherwise than in %s", page, 100*share, golden)
		}
	}
	return len(pages)
}

// drawn makes a picture of every page of a document: small ones, so that not every
// hair of a letter counts.
func drawn(t *testing.T, name string) []string {
	t.Helper()
	program(t, "pdftoppm", "-r", "45", "-gray", "-png", name+".pdf", name)
	pages, err := filepath.Glob(name + "-[0-9].png")
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func program(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	command := exec.Command(name, arguments...)
	var said, complaint bytes.Buffer
	command.Stdout, command.Stderr = &said, &complaint
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v %s", name, err, complaint.String())
	}
	return said.String()
}

func picture(t *testing.T, name string) *image.Gray {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", name, err))
	}
	gray := image.NewGray(decoded.Bounds())
	draw.Draw(gray, gray.Bounds(), decoded, image.Point{}, draw.Src)
	return gray
}

// tileSize is the side of a tile in pixels, and tileTolerance how much lighter or
// darker it may be on average, of 255.
const (
	tileSize      = 6
	tileTolerance = 20
)

// otherwise is the share of tiles that are lighter or darker than in another picture.
func otherwise(golden, now *image.Gray) float64 {
	if golden.Bounds() != now.Bounds() {
		return 1
	}
	differ, all := 0, 0
	for y := 0; y+tileSize <= golden.Bounds().Dy(); y += tileSize {
		for x := 0; x+tileSize <= golden.Bounds().Dx(); x += tileSize {
			all++
			if difference := light(golden, x, y) - light(now, x, y); difference > tileTolerance || difference < -tileTolerance {
				differ++
			}
		}
	}
	return float64(differ) / float64(all)
}

// light is the average of a tile.
func light(picture *image.Gray, left, top int) int {
	sum := 0
	for y := top; y < top+tileSize; y++ {
		for x := left; x < left+tileSize; x++ {
			sum += int(picture.GrayAt(x, y).Y)
		}
	}
	return sum / (tileSize * tileSize)
}
