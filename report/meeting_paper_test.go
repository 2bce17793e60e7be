package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/locale"
)

// onPages is something that can be written on paper.
type onPages interface {
	write(speak locale.Speaker) *paper
	PDF(speak locale.Speaker) ([]byte, error)
}

// meetingPapers are the papers of one meeting by their names, as most offices have them.
func meetingPapers(t *testing.T) map[string]onPages {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Makassar")
	if err != nil {
		t.Fatal(err)
	}
	starts := time.Date(2026, time.June, 4, 9, 0, 0, 0, zone)
	ends, dated, made := starts.Add(2*time.Hour), starts.AddDate(0, 0, -3), starts.Add(3*time.Hour)
	head := Letterhead{
		Government: "Pemerintah Kabupaten Teluk Marannu", Office: "Dinas Komunikasi, Informatika, Statistik dan Persandian",
		Address: "Jalan Pelabuhan Lama Nomor 12, Marannu 91911", Contact: "Telepon (0411) 555123 · diskominfo@contoh.example · diskominfo.contoh.example",
		Town: "Marannu", Position: "Kepala Dinas Komunikasi, Informatika, Statistik dan Persandian", Signer: "Drs. H. Anwar Saleh, M.Si.",
	}
	title, place := "Rapat persiapan evaluasi Smart City", "Media Center, lantai 2"
	agenda := []string{"Tindak lanjut M-3: 2 dari 3 selesai", "Bukti yang belum ada: ECO-03, ENV-04", "Ide I-7 Aplikasi jadwal angkut sampah menunggu keputusan"}
	letter := Invitation{Head: head, Number: "005/123/Diskominfo/VI/2026", Dated: dated, To: []string{"Anggota Dewan", "Anggota Pokja Lingkungan", "Ibu Sitti Ramlah"},
		Title: title, Place: place, Starts: starts, Ends: ends, Zone: zone, Chair: "Bapak Anwar Saleh", Agenda: agenda}
	bare := letter
	bare.Head, bare.Number, bare.Chair, bare.Agenda, bare.To = Letterhead{Government: head.Government}, "", "", nil, slices.Repeat([]string{"Anggota Pokja Tata Kelola"}, 12)
	var people []AttendanceRow
	for number, row := range []AttendanceRow{{"Baso Irfandi", "Pokja Lingkungan", "Kepala Bidang Persampahan DLH", "tercatat 08.55"}, {"Dra. Hj. Nurhikmah Daeng Tacommi, M.Si.", "Dinas Koperasi, UMKM, Perindustrian dan Perdagangan", "mewakili Pak Fadli", ""}} {
		people = append(people, row)
		for range 3 * number {
			people = append(people, AttendanceRow{Name: "Yuliana", From: "Komunitas"})
		}
	}
	minutes := MinutesPaper{Head: head, Reference: "M-4", Edition: 1, Title: title, Place: place, Starts: starts, Ends: ends, Zone: zone, At: made,
		Chair: "Bapak Anwar Saleh", Scribe: "Ibu Nurhikmah", Present: "14 orang (Dewan 4, Pokja Lingkungan 8, lainnya 2)", Agenda: agenda,
		Notes:     []string{"Kepala DLH menyampaikan bahwa dua dari tiga truk sudah memiliki GPS, dan yang ketiga menunggu anggaran perubahan.", "Forum Komunitas meminta jadwal pengangkutan ditempel di tiap TPS."},
		Decisions: []string{"Uji coba I-7 dimulai 15 Juni di dua kelurahan.", "Bukti ENV-04 diunggah paling lambat 9 Juni."},
		Tasks: []MinutesTask{{"T-21 · Pasang jadwal di 12 TPS", "Pak Baso Irfandi", "Rabu, 10 Juni 2026", "Dikerjakan"},
			{"T-22 · Unggah bukti ENV-04", "Pokja Lingkungan", "", "Baru"}},
		Next: "Kamis, 2 Juli 2026 pukul 09.00–11.00 WITA, Media Center: Rapat bulanan (M-5)", State: MinutesAgreed,
		Agreed: "Disetujui oleh Bapak Anwar Saleh pada Kamis, 4 Juni 2026 pukul 11.40 WITA."}
	draft := minutes
	draft.State, draft.Agreed, draft.Edition, draft.Chair, draft.Scribe = MinutesDraft, "", 2, "", ""
	return map[string]onPages{
		"letter": letter, "letter-bare": bare, "minutes": minutes, "minutes-draft": draft,
		"attendance": AttendanceList{Head: head, Reference: "M-4", Title: title, Place: place, Starts: starts, Ends: ends, Zone: zone, At: made, People: people, Empty: 12},
	}
}

// papersWith are the same papers in which everything people write is another text.
func papersWith(t *testing.T, word func() string, count int) map[string]onPages {
	t.Helper()
	papers := meetingPapers(t)
	words := func() (all []string) {
		for range count {
			all = append(all, word())
		}
		return all
	}
	head := Letterhead{word(), word(), word(), word(), word(), word(), word()}
	letter := papers["letter"].(Invitation)
	letter.Head, letter.Number, letter.To, letter.Title, letter.Place, letter.Chair, letter.Agenda = head, word(), words(), word(), word(), word(), words()
	head.Town, head.Position, head.Signer = "", "", "" // these stand on letters alone
	list := papers["attendance"].(AttendanceList)
	list.Head, list.Title, list.Place, list.People = head, word(), word(), nil
	minutes := papers["minutes"].(MinutesPaper)
	minutes.Head, minutes.Title, minutes.Place, minutes.Chair, minutes.Scribe, minutes.Present = head, word(), word(), word(), word(), word()
	minutes.Agenda, minutes.Notes, minutes.Decisions, minutes.Next, minutes.Agreed, minutes.Tasks = words(), words(), words(), word(), word(), nil
	for range count {
		list.People = append(list.People, AttendanceRow{word(), word(), word(), word()})
		minutes.Tasks = append(minutes.Tasks, MinutesTask{word(), word(), word(), word()})
	}
	return map[string]onPages{"letter": letter, "attendance": list, "minutes": minutes}
}

func TestMeetingPapersSay(t *testing.T) {
	for name, wanted := range map[string]map[string][]string{
		"letter": {
			locale.Indonesian: {"PEMERINTAH KABUPATEN TELUK MARANNU", "DINAS KOMUNIKASI, INFORMATIKA, STATISTIK DAN PERSANDIAN", "Jalan Pelabuhan Lama Nomor 12, Marannu 91911",
				"Marannu, 1 Juni 2026", "Nomor", "005/123/Diskominfo/VI/2026", "Perihal", "Undangan rapat", "Kepada Yth.", "Anggota Dewan", "Kamis, 4 Juni 2026", "pukul 09.00–11.00 WITA",
				"Media Center, lantai 2", "Rapat persiapan evaluasi Smart City", "3.", "Drs. H. Anwar Saleh, M.Si."},
			locale.English: {"Marannu, 1 June 2026", "Invitation to a meeting", "09:00–11:00 WITA", "Thursday, 4 June 2026"},
		},
		"letter-bare": {
			locale.Indonesian: {"Daftar undangan", "(daftar undangan terlampir)", "12.", "2 dari 2"},
			locale.English:    {"List of the invited", "2 of 2"},
		},
		"attendance": {
			locale.Indonesian: {"DAFTAR HADIR", "Tanda tangan", "Baso Irfandi", "mewakili Pak Fadli", "tercatat 08.55", "17", "M-4 · Kamis, 4 Juni 2026 pukul 12.00 WITA"},
			locale.English:    {"ATTENDANCE LIST", "Signature"},
		},
		"minutes": {
			locale.Indonesian: {"NOTULEN RAPAT", "Edisi 1", "Topik", "Notulis", "14 orang (Dewan 4, Pokja Lingkungan 8, lainnya 2)", "Pembahasan", "Keputusan", "Tindak lanjut",
				"Keadaan tindak lanjut per Kamis, 4 Juni 2026 pukul 12.00 WITA.", "Rapat berikutnya", "Pemimpin rapat,", "Disetujui oleh Bapak Anwar Saleh pada Kamis, 4 Juni 2026 pukul 11.40 WITA."},
			locale.English: {"MINUTES OF THE MEETING", "Edition 1", "Decisions", "Follow-up"},
		},
		"minutes-draft": {
			locale.Indonesian: {"Edisi 2 · KONSEP, belum disetujui", "M-4 · Edisi 2 · KONSEP, belum disetujui"},
			locale.English:    {"Edition 2 · DRAFT, not agreed yet"},
		},
	} {
		for _, language := range locale.Languages {
			said := pdfLines(t, got(meetingPapers(t)[name].PDF(speaker(t, language)))(t))
			for _, line := range wanted[language] {
				if !slices.Contains(said, line) {
					t.Errorf("%s in %s: %q is not among %q", name, language, line, said)
				}
			}
		}
	}
	said := strings.Join(pdfLines(t, got(meetingPapers(t)["letter"].PDF(speaker(t, locale.Indonesian)))(t)), "\n")
	for _, words := range []string{"KONSEP", "dari 1"} {
		if strings.Contains(said, words) {
			t.Errorf("the letter says %q", words)
		}
	}
}

// TestMeetingPapersAreMadeAlike: the same meeting makes the same bytes.
func TestMeetingPapersAreMadeAlike(t *testing.T) {
	speak := speaker(t, locale.Indonesian)
	for _, name := range []string{"letter", "attendance", "minutes"} {
		paper := meetingPapers(t)[name]
		if !bytes.Equal(got(paper.PDF(speak))(t), got(meetingPapers(t)[name].PDF(speak))(t)) {
			t.Errorf("%s: the same data make other bytes", name)
		}
	}
}

// hostile is what people write when they write anything at all.
var hostile = []string{
	"", "\u200b", "(a) \\(b\\) Tj ET endstream endobj %%EOF", strings.Repeat("W", 300), strings.Repeat("kata panjang ", 25),
	"sembilan", "satu\r\ndua\n\n\n\ntiga\u2028empat\x00lima", "👨‍👩‍👧 日本 \u202eterbalik\u202c q\u0302 Ḥ", "<b>tebal</b> {{.Title}} &amp; ; , \\",
}

// TestEveryWordIsOnPaper, on however many pages, and whatever stands beside it.
func TestEveryWordIsOnPaper(t *testing.T) {
	for i, count := range []int{1, 12} {
		number := i
		var marks []string
		word := func() string {
			number++
			first, last := fmt.Sprintf("K%dK", number), fmt.Sprintf("E%dE", number)
			marks = append(marks, first, last)
			return first + " " + hostile[number%len(hostile)] + " " + last
		}
		speak := speaker(t, locale.Languages[i%2])
		for name, one := range papersWith(t, word, count) {
			paper := one.write(speak)
			if paper.pdf.Err() {
				t.Fatalf("%s: %v", name, paper.pdf.Error())
			}
			said := strings.Join(pdfLines(t, got(paper.content())(t)), "")
			for _, mark := range used(one, marks) {
				if !strings.Contains(said, mark) {
					t.Errorf("%s: %s is not on paper", name, mark)
				}
			}
		}
	}
}

// used are the marks that a paper was given.
func used(paper onPages, marks []string) (there []string) {
	all := fmt.Sprintf("%v", paper)
	for _, mark := range marks {
		if strings.Contains(all, mark) {
			there = append(there, mark)
		}
	}
	return there
}

// TestARowHigherThanAPage goes on on the next one, below the names of its columns.
func TestARowHigherThanAPage(t *testing.T) {
	list := meetingPapers(t)["attendance"].(AttendanceList)
	list.People, list.Empty = []AttendanceRow{{Name: strings.Repeat("nama ", 700), As: "ujung"}}, 1
	paper := list.write(speaker(t, locale.Indonesian))
	if pages := paper.pdf.PageNo(); pages != 4 {
		t.Errorf("it takes %d pages", pages)
	}
	said := pdfLines(t, got(paper.content())(t))
	if names, heads := strings.Count(strings.Join(said, " "), "nama"), strings.Count(strings.Join(said, "\n"), "Tanda tangan"); names != 700 || heads != 4 {
		t.Errorf("it has %d of 700 words and %d heads", names, heads)
	}
}

func got[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
