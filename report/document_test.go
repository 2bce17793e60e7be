package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/locale"
)

// readDocument opens a .docx file as an office program does: every part must be
// there and be XML. It gives the texts between the marks of the main part, and counts
// these marks.
func readDocument(t rapid.TB, file []byte) (texts []string, marks map[string]int) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	marks = make(map[string]int)
	var names []string
	for _, part := range archive.File {
		names = append(names, part.Name)
		open, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		decoder := xml.NewDecoder(open)
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", part.Name, err)
			}
			if part.Name != "word/document.xml" {
				continue
			}
			switch token := token.(type) {
			case xml.StartElement:
				marks[token.Name.Local]++
			case xml.CharData:
				texts = append(texts, string(token))
			}
		}
	}
	for _, wanted := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"} {
		if !slices.Contains(names, wanted) {
			t.Fatalf("%s is missing among %v", wanted, names)
		}
	}
	return slices.DeleteFunc(texts, func(text string) bool { return strings.TrimSpace(text) == "" }), marks
}

func TestADocumentHasItsPartsInOrder(t *testing.T) {
	write := func() []byte {
		document := Document{Title: "Notulen & <rapat>"}
		document.Heading(1, "Notulen")
		document.Paragraph("Baris satu\nbaris dua")
		document.Table([]string{"Nama", "Hadir"}, [][]string{{"Baso", "ya"}, {"Sitti"}})
		document.Note("masih kosong")
		var file bytes.Buffer
		if err := document.Write(&file); err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	texts, marks := readDocument(t, write())
	want := []string{"Notulen", "Baris satu", "baris dua", "Nama", "Hadir", "Baso", "ya", "Sitti", "masih kosong"}
	if !slices.Equal(slices.DeleteFunc(texts, func(text string) bool { return strings.HasPrefix(text, "\n") }), want) {
		t.Errorf("%q", texts)
	}
	if marks["tr"] != 3 || marks["tc"] != 6 || marks["br"] != 1 || marks["tbl"] != 1 {
		t.Errorf("%v", marks)
	}
	if !bytes.Equal(write(), write()) {
		t.Error("the same document is other bytes")
	}
}

// TestNothingThatPeopleWriteBreaksADocument: whatever stands in it, it can be opened,
// its words are there as they were written, and they make nothing else.
func TestNothingThatPeopleWriteBreaksADocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hostile := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"</w:t></w:r></w:p>", "<w:p/>", "&amp;&#0;", "]]>", "=1+1",
			"a\x00b\x1bc", "\u202e\u200bkiri", strings.Repeat("😀", 500), "\xff\xfe", "{title}", "dua\r\nbaris"}))
		one, two := hostile.Draw(t, "one"), hostile.Draw(t, "two")
		document := Document{Title: one}
		document.Heading(2, one)
		document.Table(nil, [][]string{{one, two}})
		var file bytes.Buffer
		if err := document.Write(&file); err != nil {
			t.Fatal(err)
		}
		texts, marks := readDocument(t, file.Bytes())
		if marks["tbl"] != 1 || marks["tc"] != 2 || marks["p"] != 4 {
			t.Fatalf("words made something else: %v", marks)
		}
		for _, words := range []string{one, two} {
			for _, line := range strings.FieldsFunc(words, func(letter rune) bool {
				return letter < ' ' || letter == '\uFFFD' || letter >= 0xFFFE && letter <= 0xFFFF
			}) {
				if line = strings.ToValidUTF8(line, ""); strings.TrimSpace(line) != "" && !strings.Contains(strings.Join(texts, ""), line) {
					t.Fatalf("%q is not in it", line)
				}
			}
		}
	})
}

func TestTheProfileOfAnIdeaAsADocument(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	profile := IdeaProfile{City: "Teluk Marannu", Reference: "I-1", Fields: []ProfileLine{
		{Name: "Nama inovasi", Text: "Jadwal truk"}, {Name: "Urusan", Gap: "belum diisi"},
		{Name: "Rancang bangun", Text: "tiga truk", Gap: "rancang bangun (2 dari 300 kata)", Long: true},
	}}
	file, err := profile.File(book.In(locale.Indonesian))
	if err != nil {
		t.Fatal(err)
	}
	texts, _ := readDocument(t, file)
	want := []string{"Profil inovasi I-1", "Indeks Inovasi Daerah · Teluk Marannu", "Nama inovasi", "Jadwal truk", "Urusan", "(belum diisi)",
		"Rancang bangun", "(rancang bangun (2 dari 300 kata))", "tiga truk"}
	if !slices.Equal(texts, want) {
		t.Errorf("%q", texts)
	}
}
