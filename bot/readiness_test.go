package bot

import (
	"bytes"
	"image/png"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// prepare keeps an evaluation with so many indicators, of an office for each three;
// of every fifth one the evidence is verified.
func (h *harness) prepare(count int, member int64) council.Evaluation {
	var evaluation council.Evaluation
	h.change(func(tx *store.Tx) (err error) {
		evaluation, err = tx.CreateEvaluation(council.Evaluation{Name: "Evaluasi Tahap I", State: council.EvaluationOpen, CreatedBy: member, CreatedAt: h.clock().AddDate(0, 0, -10),
			Milestones: []council.Milestone{{Kind: council.MilestonePresentation, Deadline: council.Deadline{At: h.clock().AddDate(0, 0, 20)}}}})
		if err != nil {
			return err
		}
		for i := range count {
			indicator, err := tx.SaveIndicator(council.Indicator{Evaluation: evaluation.Number, Code: "ENV-" + strconv.Itoa(100+i), Dimension: council.Dimensions[i%6],
				Name: "Indikator " + strconv.Itoa(i), Weight: 100, Owner: "Kantor " + strconv.Itoa(i/3)})
			if err != nil {
				return err
			}
			if i%5 != 0 {
				continue
			}
			filed := council.Evidence{IndicatorID: indicator.ID, MemberID: member, Kind: council.EvidenceLink, Link: "https://x.example/" + indicator.Code, Version: 1,
				State: council.EvidenceVerified, CreatedAt: h.clock().AddDate(0, 0, -5), CheckedAt: h.clock().AddDate(0, 0, -2), CheckedBy: member}
			if _, err := tx.CreateEvidence(filed); err != nil {
				return err
			}
		}
		return nil
	})
	return evaluation
}

func (h *harness) madeFile(maker string, arguments ...string) ([]byte, error) {
	h.t.Helper()
	made, err := h.bot.makeFile(h.t.Context(), store.File{Kind: fileDocument, Maker: maker, Arguments: arguments})
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(made.open())
	if err != nil {
		h.t.Fatal(err)
	}
	return content, nil
}

// TestWhatIsMissingIsPaged goes through the pages and counts every indicator once.
func TestWhatIsMissingIsPaged(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.prepare(30, h.memberID(sitti))
	shown := h.say(sitti, sitti, "/kesiapan")
	if text := shown[len(shown)-1].Text; !strings.Contains(text, "Bukti lengkap 6 dari 30 (bobot 20 %)") {
		t.Fatalf("the page is %q", text)
	}
	message := shown[len(shown)-1].ID
	h.pressOn(sitti, message, sitti, "Yang belum lengkap (24)")
	var codes []string
	for page := 0; ; page++ {
		text, more := h.message(sitti, message).Text, false
		for line := range strings.SplitSeq(text, "\n") {
			if strings.HasPrefix(line, "ENV-") {
				codes = append(codes, line[:7])
			}
		}
		for _, row := range h.message(sitti, message).Buttons {
			for _, button := range row {
				more = more || button.Text == "Berikutnya"
			}
		}
		if !more || page > 5 {
			break
		}
		h.pressOn(sitti, message, sitti, "Berikutnya")
	}
	slices.Sort(codes)
	if whole := len(slices.Compact(codes)); len(codes) != 24 || whole != 24 {
		t.Errorf("%d lines of %d indicators are shown: %q", len(codes), whole, codes)
	}
	h.pressOn(sitti, message, sitti, "Sebelumnya")
	h.pressOn(sitti, message, sitti, "Kembali")
	if text := h.message(sitti, message).Text; !strings.Contains(text, "Bukti lengkap 6 dari 30") {
		t.Errorf("behind [Kembali] is %q", text)
	}
}

// TestReadinessButtonsAreAskedAnew: what a button carries only says what is wanted.
func TestReadinessButtonsAreAskedAnew(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	nurhikmah := h.person("Nurhikmah", "")
	forum := h.linkedGroup("Forum", "komunitas", sitti, nurhikmah)
	h.say(forum, nurhikmah, "/bantuan")
	h.say(pokja, baso, "/bantuan")
	h.prepare(6, h.memberID(sitti))
	inGroup, own := h.say(pokja, sitti, "/kesiapan"), h.say(baso, baso, "/kesiapan")
	inForum := h.say(nurhikmah, nurhikmah, "/status")
	for _, test := range []struct {
		name         string
		chat, person int64
		message      int
		data, want   string
	}{
		{"names for somebody of a working group", baso, baso, own[0].ID, data(pressReadiness, readinessMissing, 1, 0), "koordinator"},
		{"the sheet for them", baso, baso, own[0].ID, data(pressReadiness, readinessSheet, 1), "koordinator"},
		{"names in a group", pokja, sitti, inGroup[0].ID, data(pressReadiness, readinessMissing, 1, 0), "pesan pribadi"},
		{"the sheet in a group", pokja, sitti, inGroup[0].ID, data(pressReadiness, readinessSheet, 1), "pesan pribadi"},
		{"the picture for a community", nurhikmah, nurhikmah, inForum[0].ID, data(pressReadiness, readinessPicture, 1), "kelompok kerja"},
		{"no such evaluation", baso, baso, own[0].ID, data(pressReadiness, readinessShow, 77), "E-77"},
		{"no such button", baso, baso, own[0].ID, data(pressReadiness, "all", 1), ""},
	} {
		before := len(h.sim.Messages(test.chat))
		answer := h.pressData(test.chat, test.message, test.person, test.data)
		if !strings.Contains(answer.Text, test.want) || answer.Text == "" || answer.Text == "Sedang disiapkan." {
			t.Errorf("%s: answered with %q", test.name, answer.Text)
		}
		if after := len(h.sim.Messages(test.chat)); after != before {
			t.Errorf("%s: %d messages came", test.name, after-before)
		}
	}
	if text := h.message(pokja, inGroup[0].ID).Text; strings.Count(text, "\n") != 2 {
		t.Errorf("in the group stand more than three lines: %q", text)
	}
}

// TestMissingSheetIsMadeForCoordinatorsAlone: rights are asked when it is made.
func TestMissingSheetIsMadeForCoordinatorsAlone(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/bantuan")
	h.say(baso, baso, "/start")
	h.prepare(6, h.memberID(sitti))
	h.say(sitti, sitti, "/disposisi ENV-101 @baso_contoh tenggat 1 Oktober")
	content, err := h.madeFile(makerMissing, "1", "id", idText(h.memberID(sitti)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := file.GetRows("Belum lengkap")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Penanggung jawab", "Kode", "Dimensi", "Indikator", "Bobot", "Keadaan", "Tugas", "Petugas", "Tenggat", "Contoh bukti"},
		{"Kantor 0", "ENV-101", "Branding", "Indikator 1", "1%", "Belum ada", "T-1 Baru", "Baso Irfandi", "1 Oktober 2026 16.00"},
		{"Kantor 0", "ENV-102", "Ekonomi", "Indikator 2", "1%", "Belum ada"},
		{"Kantor 1", "ENV-103", "Kehidupan", "Indikator 3", "1%", "Belum ada"},
		{"Kantor 1", "ENV-104", "Masyarakat", "Indikator 4", "1%", "Belum ada"},
	}
	if difference := cmp.Diff(want, rows); difference != "" {
		t.Error(difference)
	}
	if _, err := h.madeFile(makerMissing, "1", "id", idText(h.memberID(baso))); err == nil {
		t.Error("it was made for somebody of a working group")
	}
}

// TestReadinessPictureIsMadeAsOfTheAsking: what is verified later does not stand in it.
func TestReadinessPictureIsMadeAsOfTheAsking(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.prepare(12, h.memberID(sitti))
	for _, language := range []string{"id", "en"} {
		content, err := h.madeFile(makerReadiness, "1", language, strconv.FormatInt(h.clock().UnixMilli(), 10))
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(content))
		if err != nil || picture.Bounds().Dx() != 1080 {
			t.Errorf("%s: the picture is %v, %v", language, picture, err)
		}
	}
	for _, arguments := range [][]string{nil, {"1", "id"}, {"99", "id", "0"}} {
		if _, err := h.madeFile(makerReadiness, arguments...); err == nil {
			t.Errorf("of %q a picture is made", arguments)
		}
	}
	var days []int
	h.look(func(tx *store.Tx) error {
		spans, err := tx.EvidenceSpans(1)
		for _, back := range []int{6, 3, 2, 0} {
			days = append(days, council.VerifiedAt(spans, []time.Time{h.clock().AddDate(0, 0, -back)})...)
		}
		return err
	})
	if !slices.Equal(days, []int{0, 0, 3, 3}) {
		t.Errorf("verified day by day were %v", days)
	}
}

// TestCoordinatorsNoticeOfWhatIsMissing: many codes are counted, and a digest that is
// shown anew says how things stand then.
func TestCoordinatorsNoticeOfWhatIsMissing(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	evaluation := h.prepare(20, h.memberID(sitti))
	item := council.Item{Evaluation: evaluation, Milestone: evaluation.Milestones[0], Days: 20, Counts: council.Counts{OfIndicators: true, Done: 4, Total: 20},
		Reminder: council.Reminder{Subject: evaluation.Reference(), MilestoneID: evaluation.Milestones[0].ID, Step: "H-7", Audience: council.ToCoordinator}}
	shown := h.reminded(sitti, council.Notice{MemberID: h.memberID(sitti), Items: []council.Item{item}, At: h.clock()})
	if len(shown) != 1 || !strings.Contains(shown[0].Text, "Belum lengkap: ENV-101, ENV-102,") || !strings.Contains(shown[0].Text, "dan 4 lainnya. Unduh daftar?") {
		t.Fatalf("the notice is %+v", shown)
	}
	if strings.Contains(shown[0].Text, "ENV-100") {
		t.Errorf("it names what is verified: %q", shown[0].Text)
	}
	if answer := h.press(sitti, sitti, "XLSX"); answer.Text != "Sedang disiapkan." {
		t.Errorf("the press was answered with %q", answer.Text)
	}
}
