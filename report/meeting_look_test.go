//go:build poppler

package report

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/locale"
)

// TestPagesLookOfMeetings compares letter, attendance list and minutes with their
// pictures in testdata, in both languages.
func TestPagesLookOfMeetings(t *testing.T) {
	folder := artifacts(t)
	for _, language := range locale.Languages {
		for kind, paper := range meetingPapers(t) {
			name := filepath.Join(folder, kind+"-"+language)
			keep(t, name, paper, language)
			compared(t, name)
			said := program(t, "pdftotext", "-layout", name+".pdf", "-")
			if !strings.Contains(said, "PEMERINTAH KABUPATEN TELUK MARANNU") {
				t.Errorf("%s: the head cannot be copied out of it:\n%s", name, said)
			}
		}
	}
}

// TestPagesLookWhateverIsWritten: a program of others finds every word, and none of
// them outside of the page's margins or on another one.
func TestPagesLookWhateverIsWritten(t *testing.T) {
	folder := artifacts(t)
	number := 0
	var marks []string
	word := func() string {
		number++
		first, last := fmt.Sprintf("K%dK", number), fmt.Sprintf("E%dE", number)
		marks = append(marks, first, last)
		return first + " " + hostile[number%len(hostile)] + " " + last
	}
	for kind, paper := range papersWith(t, word, 14) {
		name := filepath.Join(folder, "hostile-"+kind)
		keep(t, name, paper, locale.Indonesian)
		boxes := program(t, "pdftotext", "-bbox", name+".pdf", "-")
		said := regexp.MustCompile(`<[^>]*>|\s`).ReplaceAllString(boxes, "")
		for _, mark := range used(paper, marks) {
			if !strings.Contains(said, mark) {
				t.Errorf("%s: %s cannot be read", kind, mark)
			}
		}
		within(t, kind, boxes)
	}
}

func keep(t *testing.T, name string, paper onPages, language string) {
	t.Helper()
	if err := os.WriteFile(name+".pdf", got(paper.PDF(speaker(t, language)))(t), 0o600); err != nil {
		t.Fatal(err)
	}
}

// boxed is a word with its box as pdftotext names it, in points from the top left.
var boxed = regexp.MustCompile(`<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>`)

// within looks for words that leave the margins, or overlap.
func within(t *testing.T, kind, boxes string) {
	t.Helper()
	const point, hair = 72 / 25.4, 0.6
	for page, said := range strings.Split(boxes, "<page ")[1:] {
		var before [4]float64
		count := 0
		for _, found := range boxed.FindAllStringSubmatch(said, -1) {
			var box [4]float64
			for i := range box {
				box[i], _ = strconv.ParseFloat(found[i+1], 64)
			}
			count++
			if box[0] < paperMargin*point-hair || box[2] > (paperWidth-paperMargin)*point+hair || box[1] < (paperTop-4)*point || box[3] > (paperHeight-10)*point {
				t.Errorf("%s, page %d: %q stands at %v, outside of the margins", kind, page+1, found[5], box)
			}
			if box[1] == before[1] && box[0] < before[2]-hair && box[2] > before[0]+hair {
				t.Errorf("%s, page %d: %q stands on what is before it", kind, page+1, found[5])
			}
			before = box
		}
		if count == 0 {
			t.Errorf("%s: page %d is empty", kind, page+1)
		}
	}
}
