package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

func TestSafeName(t *testing.T) {
	for text, want := range map[string]string{
		"rekap tonase": "rekap tonase", "../../etc/passwd": "etc passwd", `C:\Users\x`: "C Users x", ".htaccess": "htaccess", "a.": "a",
		"  dua   blanko ": "dua blanko", "tanya? \"ya\" <b> a|b *": "tanya ya b a b", "gpj\u202e.exe": "gpj.exe", "nol\x00\x1fbyte": "nolbyte",
		"\xff\xfe": "", "…": "…", "kopi ☕": "kopi ☕", "": "", ". .": "", "naïve – café": "naïve – café",
	} {
		if got := safeName(text, 40); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestNamesAreSafe: whatever people call their files, the paths of a pack can be
// unpacked everywhere, and differ on disks that know no case.
func TestNamesAreSafe(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	kinds := []string{"document", "photo", "video", "animation", "video_note", "audio", "voice", council.EvidenceLink, council.EvidencePlace}
	rapid.Check(t, func(t *rapid.T) {
		p := packWriter{folders: folders{}, contents: PackContents{Speak: speak}}
		seen := make(map[string]bool)
		for i := range rapid.IntRange(1, 6).Draw(t, "indicators") {
			folder := p.folder(council.Indicator{Code: fmt.Sprintf("ENV-%02d", i/2), Name: rapid.String().Draw(t, "indicator"),
				Dimension: council.Dimension(rapid.SampledFrom([]string{"environment", "society", "", "x"}).Draw(t, "dimension"))})
			for number := range rapid.IntRange(1, 4).Draw(t, "files") {
				evidence := council.Evidence{Name: rapid.String().Draw(t, "name"), Words: rapid.String().Draw(t, "words"),
					Link: rapid.String().Draw(t, "link"), Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
				if evidence.Kind != council.EvidenceLink && evidence.Kind != council.EvidencePlace {
					evidence.Hash = "x"
				}
				path := folder + "/" + evidenceName(speak, number+1, evidence)
				if seen[strings.ToLower(path)] {
					t.Fatalf("%q is there twice", path)
				}
				seen[strings.ToLower(path)] = true
				isSafe(t, path)
			}
		}
	})
}

func isSafe(t *rapid.T, path string) {
	parts := strings.Split(path, "/")
	if len(parts) != 3 || utf8.RuneCountInString(path) > 190 || !utf8.ValidString(path) || strings.ContainsAny(path, "<>:\"\\|?*\x00\n\r\t\u202e") {
		t.Fatalf("%q is no safe path", path)
	}
	for _, part := range parts {
		base, _, _ := strings.Cut(strings.ToUpper(part), ".")
		if part == "" || len(part) > 255 || strings.Trim(part, ". ") != part || slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}, base) {
			t.Fatalf("%q is no safe name", part)
		}
	}
}

// TestAPackInPartsIsWhole: each piece of evidence is in one part, none is larger than
// the limit, and each part has a true list and the index of all.
func TestAPackInPartsIsWhole(t *testing.T) {
	speak, random := speaker(t, locale.Indonesian), rand.New(rand.NewPCG(1, 2))
	rapid.Check(t, func(t *rapid.T) {
		s := shelf{}
		contents := PackContents{Speak: speak, Zone: packZone, Evaluation: council.Evaluation{Number: 1, Name: "Tahap I"},
			Statistics: []PackFile{{"a.png", []byte("a")}}}
		var all []string
		var number int64
		for i := range rapid.IntRange(1, 5).Draw(t, "indicators") {
			indicator := PackIndicator{IndicatorStanding: council.IndicatorStanding{Indicator: council.Indicator{ID: int64(i), Code: fmt.Sprintf("ENV-%02d", i), Name: "Sampah"}}}
			for range rapid.IntRange(0, 5).Draw(t, "files") {
				number++
				content := make([]byte, rapid.IntRange(1, 20_000).Draw(t, "size"))
				for at := range content {
					content[at] = byte(random.IntN(256))
				}
				indicator.Evidence = append(indicator.Evidence, s.filed(number, "document", "a.pdf", "", string(content)))
				all = append(all, fmt.Sprintf("7 Lainnya/%s Sampah/%02d a.pdf", indicator.Code, len(indicator.Evidence)))
			}
			contents.Indicators = append(contents.Indicators, indicator)
		}
		const limit = 64 << 10
		cuts, fits := CutPack(contents, limit)
		if contents.Cuts = cuts; !fits {
			t.Fatal("a file of 20,000 bytes does not fit")
		}
		var found []string
		for contents.Part = range contents.Parts() {
			var to bytes.Buffer
			if _, err := WritePack(t.Context(), &to, contents, s.open); err != nil {
				t.Fatal(err)
			}
			if to.Len() > limit {
				t.Fatalf("part %d of %d has %d bytes", contents.Part+1, contents.Parts(), to.Len())
			}
			found = append(found, evidenceIn(t, to.Bytes())...)
		}
		slices.Sort(found)
		slices.Sort(all)
		if difference := cmp.Diff(all, found); difference != "" {
			t.Fatal(difference)
		}
	})
}

func evidenceIn(t *rapid.T, pack []byte) (paths []string) {
	reader, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range reader.File {
		if strings.HasPrefix(file.Name, "7 ") {
			paths = append(paths, file.Name)
		}
	}
	return paths
}

func TestAFileCanBeTooLargeForAnyPart(t *testing.T) {
	s := shelf{}
	contents := townPack(t, locale.Indonesian, s)
	contents.Indicators[1].Evidence[0].Size = 1 << 20
	if cuts, fits := CutPack(contents, 1<<20); fits {
		t.Errorf("it fits, cut at %v", cuts)
	}
	if cuts, fits := CutPack(contents, 2<<20); !fits || len(cuts) > 0 {
		t.Errorf("fits %v, cut at %v", fits, cuts)
	}
}

func TestPartsAreNamed(t *testing.T) {
	contents := PackContents{Speak: speaker(t, locale.Indonesian), Evaluation: council.Evaluation{Number: 3}}
	if contents.Name() != "paket-bukti-E-3.zip" {
		t.Errorf("it is called %q", contents.Name())
	}
	contents.Cuts, contents.Part = []PackKey{{"A-01", 1}, {"B-02", 7}}, 2
	if contents.Name() != "paket-bukti-E-3-bagian-3-dari-3.zip" {
		t.Errorf("it is called %q", contents.Name())
	}
	for key, part := range map[PackKey]int{{"A-00", 9}: 0, {"A-01", 1}: 1, {"B-02", 6}: 1, {"B-02", 7}: 2, {"C-01", 1}: 2} {
		if got := contents.partOf(key); got != part {
			t.Errorf("%v is in part %d, want %d", key, got, part)
		}
	}
}
