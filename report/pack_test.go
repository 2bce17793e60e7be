package report

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// shelf holds contents by their hash, in memory.
type shelf map[string][]byte

func (s shelf) put(content string) string {
	sum := sha256.Sum256([]byte(content))
	hash := hex.EncodeToString(sum[:])
	s[hash] = []byte(content)
	return hash
}

func (s shelf) open(hash string) (io.ReadCloser, error) {
	content, found := s[hash]
	if !found {
		return nil, fs.ErrNotExist
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != hash {
		return altered{bytes.NewReader(content)}, nil
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}

// altered reads what is not as it was put in: that shows at its end, as in a vault.
type altered struct{ io.Reader }

func (a altered) Read(part []byte) (int, error) {
	count, err := a.Reader.Read(part)
	if err == io.EOF {
		err = errors.New("altered")
	}
	return count, err
}
func (altered) Close() error { return nil }

var packZone = time.FixedZone("WITA", 8*60*60)

// filed is evidence of a kind as it was sent.
func (s shelf) filed(number int64, kind, name, words, content string) council.Evidence {
	return council.Evidence{Number: number, Kind: kind, Name: name, Words: words, Hash: s.put(content), Size: int64(len(content)),
		State: council.EvidenceVerified, Version: 1, CreatedAt: time.Date(2026, 6, 9, 7, 40, int(number), 0, time.UTC)}
}

// townPack is an evaluation with files of every sort.
func townPack(t *testing.T, language string, s shelf) PackContents {
	t.Helper()
	indicator := func(id int64, code string, dimension council.Dimension, name, owner string, evidence ...council.Evidence) PackIndicator {
		standing := council.IndicatorStanding{Indicator: council.Indicator{ID: id, Evaluation: 1, Code: code, Dimension: dimension, Name: name, Owner: owner}}
		for _, one := range evidence {
			standing.Pieces++
			if one.State == council.EvidenceVerified {
				standing.Verified++
			}
		}
		return PackIndicator{standing, evidence}
	}
	link := council.Evidence{Number: 6, Kind: council.EvidenceLink, Link: "https://data.contoh.go.id/peta?a=1&b=dua tiga", State: council.EvidenceUploaded,
		CreatedAt: time.Date(2026, 6, 9, 8, 0, 0, 0, time.UTC)}
	odd := link
	odd.Number, odd.Link = 7, "javascript:alert(1)"
	place := council.Evidence{Number: 8, Kind: council.EvidencePlace, FileID: "-2.5,121.1", State: council.EvidenceUploaded, CreatedAt: link.CreatedAt}
	return PackContents{
		City: "Kabupaten Teluk Marannu", Evaluation: council.Evaluation{Number: 1, Name: "Evaluasi Smart City <Tahap I>"},
		At: time.Date(2026, 6, 10, 8, 0, 0, 0, time.UTC), Zone: packZone, Speak: speaker(t, language),
		Indicators: []PackIndicator{
			indicator(1, "ENV-08", council.Environment, "Sampah terkelola", "DLH",
				s.filed(1, "document", "rekap tonase.pdf", "", "tonase"), s.filed(2, "photo", "", "TPS Melati: sebelum/sesudah", "gambar"),
				s.filed(3, "document", "=HYPERLINK(\"x\").csv", "", strings.Repeat("a;b\n", 200))),
			indicator(2, "GOV-08", council.Governance, "SK Dewan dan Tim Pelaksana masih berlaku", "Bagian Hukum", s.filed(4, "document", "SK.PDF", "", "sk"), s.filed(5, "voice", "", "", "suara")),
			indicator(3, "LIV-07", council.Living, "Puskesmas dengan antrean daring", "", link, odd, place),
			indicator(4, "XYZ-01", "", "Tanpa dimensi", ""),
		},
		Statistics: []PackFile{{"keterlibatan-2026-06.png", []byte("png")}},
	}
}

func write(t *testing.T, contents PackContents, s shelf) ([]byte, []PackProblem) {
	t.Helper()
	var to bytes.Buffer
	outcome, err := WritePack(t.Context(), &to, contents, s.open)
	if err != nil {
		t.Fatal(err)
	}
	return to.Bytes(), outcome.Problems
}

// unpacked are the files of a ZIP by their names, in its order.
func unpacked(t *testing.T, pack []byte) (names []string, files map[string]string) {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	files = make(map[string]string)
	for _, file := range reader.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content) // which compares the CRC-32 too
		if err != nil {
			t.Fatalf("%s: %v", file.Name, err)
		}
		names, files[file.Name] = append(names, file.Name), string(text)
	}
	return names, files
}

func TestPackLiesInFolders(t *testing.T) {
	s := shelf{}
	pack, problems := write(t, townPack(t, locale.Indonesian, s), s)
	names, files := unpacked(t, pack)
	want := []string{
		"6 Lingkungan/ENV-08 Sampah terkelola/01 rekap tonase.pdf",
		"6 Lingkungan/ENV-08 Sampah terkelola/02 TPS Melati sebelum sesudah.jpg",
		"6 Lingkungan/ENV-08 Sampah terkelola/03 =HYPERLINK( x ).csv",
		"1 Tata Kelola/GOV-08 SK Dewan dan Tim Pelaksana masih berlaku/01 SK.PDF",
		"1 Tata Kelola/GOV-08 SK Dewan dan Tim Pelaksana masih berlaku/02 pesan suara.ogg",
		"4 Kehidupan/LIV-07 Puskesmas dengan antrean daring/01 data.contoh.go.id.url",
		"4 Kehidupan/LIV-07 Puskesmas dengan antrean daring/03 lokasi.url",
		"Statistik Rembuk/keterlibatan-2026-06.png",
		"Daftar isi.html", "Daftar isi.xlsx", "SHA256SUMS",
	}
	if difference := cmp.Diff(want, names); difference != "" || len(problems) > 0 {
		t.Errorf("%v %s", problems, difference)
	}
	for name, content := range map[string]string{
		want[0]: "tonase", want[1]: "gambar", want[2]: strings.Repeat("a;b\n", 200), want[7]: "png",
		want[5]: "[InternetShortcut]\r\nURL=https://data.contoh.go.id/peta?a=1&b=dua%20tiga\r\n",
		want[6]: "[InternetShortcut]\r\nURL=https://www.openstreetmap.org/?mlat=-2.5&mlon=121.1#map=17/-2.5/121.1\r\n",
	} {
		if files[name] != content {
			t.Errorf("%s holds %q", name, files[name])
		}
	}
	listIsTrue(t, names, files)
}

// listIsTrue compares the list of hashes with everything that lies beside it.
func listIsTrue(t *testing.T, names []string, files map[string]string) {
	t.Helper()
	var list strings.Builder
	for _, name := range names {
		if name != PackManifest {
			fmt.Fprintf(&list, "%x  %s\n", sha256.Sum256([]byte(files[name])), name)
		}
	}
	if difference := cmp.Diff(list.String(), files[PackManifest]); difference != "" {
		t.Error(difference)
	}
}

// TestTheZIPSaysWhatItHolds looks at the headers that other programs go by.
func TestTheZIPSaysWhatItHolds(t *testing.T) {
	s := shelf{}
	contents := townPack(t, locale.Indonesian, s)
	contents.Indicators[0].Evidence[0].Name = "rekap – tonase.pdf"
	pack, _ := write(t, contents, s)
	reader, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	first, table := reader.File[0], reader.File[2]
	if first.NonUTF8 || first.Flags&0x800 == 0 || first.Name != "6 Lingkungan/ENV-08 Sampah terkelola/01 rekap – tonase.pdf" {
		t.Errorf("the name is %q with flags %x", first.Name, first.Flags)
	}
	if first.Method != zip.Store || first.Flags&8 != 0 || first.CompressedSize64 != 6 || first.Mode() != 0o644 {
		t.Errorf("a PDF is written as %+v", first.FileHeader)
	}
	if table.Method != zip.Deflate || table.CompressedSize64 >= table.UncompressedSize64 {
		t.Errorf("a table is written as %+v", table.FileHeader)
	}
	for _, file := range []*zip.File{first, table} {
		if at := file.Modified; at.Day() != 9 || at.Hour() != 15 || at.Minute() != 40 {
			t.Errorf("%s is of %v", file.Name, at)
		}
	}
}

func TestPackIsTheSameTwice(t *testing.T) {
	s := shelf{}
	contents := townPack(t, locale.English, s)
	one, _ := write(t, contents, s)
	other, _ := write(t, contents, s)
	if !bytes.Equal(one, other) {
		t.Error("the same contents make another pack")
	}
	contents.Indicators[1].Evidence[0].State = council.EvidenceNeedsFix
	if other, _ = write(t, contents, s); bytes.Equal(one, other) {
		t.Error("another state makes the same pack")
	}
}

// TestWhatIsNotWholeIsLeftOut: one file is gone, one has changed; the rest is there.
func TestWhatIsNotWholeIsLeftOut(t *testing.T) {
	s := shelf{}
	contents := townPack(t, locale.Indonesian, s)
	evidence := contents.Indicators[0].Evidence
	delete(s, evidence[0].Hash)
	s[evidence[1].Hash] = []byte("gambAr")
	pack, problems := write(t, contents, s)
	names, files := unpacked(t, pack)
	want := []PackProblem{
		{"ENV-08", "6 Lingkungan/ENV-08 Sampah terkelola/01 rekap tonase.pdf", false},
		{"ENV-08", "6 Lingkungan/ENV-08 Sampah terkelola/02 TPS Melati sebelum sesudah.jpg", true},
	}
	if difference := cmp.Diff(want, problems); difference != "" {
		t.Error(difference)
	}
	if len(names) != 9 || names[0] != "6 Lingkungan/ENV-08 Sampah terkelola/03 =HYPERLINK( x ).csv" {
		t.Errorf("the pack holds %q", names)
	}
	listIsTrue(t, names, files)
	page := files["Daftar isi.html"]
	for _, words := range []string{"01 rekap tonase.pdf", "Tidak ada di penyimpanan", "Isinya bukan lagi yang diserahkan"} {
		if strings.Count(page, words) != 1 {
			t.Errorf("the page says %q %d times", words, strings.Count(page, words))
		}
	}
	var notes []string
	for _, row := range sheetOf(t, files["Daftar isi.xlsx"])[1:] {
		if len(row) > 9 && row[9] != "" {
			notes = append(notes, row[1]+" "+row[9])
		}
	}
	if difference := cmp.Diff([]string{"ENV-08 Tidak ada di penyimpanan, jadi tidak disertakan", "ENV-08 Isinya bukan lagi yang diserahkan, jadi tidak disertakan"}, notes); difference != "" {
		t.Error(difference)
	}
}

// failing gives some of a content and then breaks.
type failing struct{ io.Reader }

func (f failing) Read(part []byte) (int, error) {
	if count, err := f.Reader.Read(part); err == nil {
		return count, nil
	}
	return 0, errors.New("the disk cannot be read")
}
func (failing) Close() error { return nil }

func TestADiskThatCannotBeReadLeavesOneFileOut(t *testing.T) {
	s := shelf{}
	contents := townPack(t, locale.Indonesian, s)
	bad := contents.Indicators[1].Evidence[0].Hash
	outcome, err := WritePack(t.Context(), io.Discard, contents, func(hash string) (io.ReadCloser, error) {
		if hash == bad {
			return failing{strings.NewReader("s")}, nil
		}
		return s.open(hash)
	})
	if problems := outcome.Problems; err != nil || len(problems) != 1 || problems[0].Code != "GOV-08" || !problems[0].Damaged {
		t.Errorf("%v %v", problems, err)
	}
}

// TestLargeFilesAreReadTwice and are not held in memory; one that changes in between
// makes no pack at all.
func TestLargeFilesAreReadTwice(t *testing.T) {
	s := shelf{}
	contents := townPack(t, locale.Indonesian, s)
	large := s.filed(1, "document", "video.mp4", "", strings.Repeat("0123456789abcdef", heldLimit/16)+"x")
	contents.Indicators[0].Evidence[0] = large
	pack, problems := write(t, contents, s)
	names, files := unpacked(t, pack)
	if len(problems) > 0 || files[names[0]] != string(s[large.Hash]) {
		t.Errorf("%s came with %d bytes, %v", names[0], len(files[names[0]]), problems)
	}
	listIsTrue(t, names, files)
	reads := 0
	_, err := WritePack(t.Context(), io.Discard, contents, func(hash string) (io.ReadCloser, error) {
		if hash == large.Hash {
			if reads++; reads == 2 {
				return altered{strings.NewReader(strings.Repeat("y", heldLimit+1))}, nil
			}
		}
		return s.open(hash)
	})
	if err == nil || reads != 2 {
		t.Errorf("after %d reads: %v", reads, err)
	}
}

func TestPackEndsWhenItIsToldTo(t *testing.T) {
	s := shelf{}
	ctx, stop := context.WithCancel(t.Context())
	opened := 0
	_, err := WritePack(ctx, io.Discard, townPack(t, locale.Indonesian, s), func(hash string) (io.ReadCloser, error) {
		opened++
		stop()
		return s.open(hash)
	})
	if !errors.Is(err, context.Canceled) || opened != 1 {
		t.Errorf("%v after %d files", err, opened)
	}
}

func sheetOf(t *testing.T, content string) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	for number, row := range rows {
		for column := range row {
			cell, err := excelize.CoordinatesToCellName(column+1, number+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := book.GetCellFormula(book.GetSheetName(0), cell); formula != "" || err != nil {
				t.Errorf("%s is a formula: %s %v", cell, formula, err)
			}
		}
	}
	return rows
}

func TestIndexAsASheet(t *testing.T) {
	s := shelf{}
	contents := townPack(t, locale.Indonesian, s)
	contents.Indicators[0].Owner = `=cmd|'/c calc'!A1`
	pack, _ := write(t, contents, s)
	_, files := unpacked(t, pack)
	rows := sheetOf(t, files["Daftar isi.xlsx"])
	want := [][]string{
		{"Dimensi", "Kode", "Indikator", "Penanggung jawab", "Keadaan", "Berkas", "Tanggal", "Ukuran (byte)", "SHA-256", "Keterangan"},
		{"Tata Kelola", "GOV-08", "SK Dewan dan Tim Pelaksana masih berlaku", "Bagian Hukum", "Terverifikasi",
			"1 Tata Kelola/GOV-08 SK Dewan dan Tim Pelaksana masih berlaku/01 SK.PDF", "9 Juni 2026 15.40", "2", contents.Indicators[1].Evidence[0].Hash},
	}
	if difference := cmp.Diff(want, rows[:2]); difference != "" {
		t.Error(difference)
	}
	if len(rows) != 10 || rows[6][3] != `=cmd|'/c calc'!A1` {
		t.Errorf("%d rows, the owner is %q", len(rows), rows[6][3])
	}
	if odd := rows[4]; odd[5] != "javascript:alert(1)" {
		t.Errorf("the odd link stands as %q", odd)
	}
	if none := rows[9]; none[1] != "XYZ-01" || none[4] != "Belum ada" {
		t.Errorf("the last row is %q", none)
	}
}

var links = regexp.MustCompile(`href="([^"]*)"`)

// TestIndexAsAPage: each link leads to a file that is there, or to the web; nothing
// that people have written is anything but text.
func TestIndexAsAPage(t *testing.T) {
	for _, language := range locale.Languages {
		s := shelf{}
		contents := townPack(t, language, s)
		contents.Indicators[0].Name = `Sampah <script>alert("1")</script> & 100% #terkelola?`
		pack, _ := write(t, contents, s)
		_, files := unpacked(t, pack)
		page := files[contents.Speak.Say("pack.index")+".html"]
		local, web := 0, 0
		for _, link := range links.FindAllStringSubmatch(page, -1) {
			address, err := url.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
			switch {
			case err != nil:
				t.Errorf("%s: %v", link[1], err)
			case address.Scheme == "https":
				web++
			case files[strings.TrimPrefix(address.Path, "./")] == "":
				t.Errorf("%s: %q leads nowhere", language, link[1])
			default:
				local++
			}
		}
		if local != 6 || web != 2 {
			t.Errorf("%s: %d links to files and %d to the web", language, local, web)
		}
		if strings.Contains(page, "<script") || strings.Contains(page, "pack.") || strings.Contains(page, `href="javascript`) || !strings.Contains(page, "javascript:alert(1)") {
			t.Errorf("%s: the page is\n%s", language, page)
		}
	}
}
