package bot

import (
	"bytes"
	"image/png"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// TestDeedsKnowTheirGroups: an event names the group in which it happened, in
// private every group in which the person is seen, for a coordinator none.
func TestDeedsKnowTheirGroups(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	rina := h.person("Rina Contoh", "rina_contoh")
	forum := h.linkedGroup("Forum", "komunitas", sitti, rina)
	bank := h.linkedGroup("Bank Sampah", "komunitas", sitti, rina)
	h.say(forum, rina, "/bantuan")
	h.say(bank, rina, "/bantuan")
	h.say(forum, sitti, "/tugas_baru @rina_contoh Siapkan tempat, tanpa tenggat")
	h.press(forum, rina, "Siap")
	h.say(rina, rina, "/progres T-1 50%")
	var in []string
	var groups []council.Group
	h.look(func(tx *store.Tx) error {
		history, err := tx.History(council.TaskReference(1), 0, 10)
		for _, happening := range history {
			in = append(in, string(happening.Kind)+" "+happening.Detail[council.DetailIn])
		}
		if err != nil {
			return err
		}
		groups, err = tx.Groups()
		return err
	})
	first, second := idText(groups[0].ID), idText(groups[1].ID)
	for index, want := range []string{"progress " + first + "," + second, "acknowledged " + first, "created "} {
		if in[index] != want {
			t.Errorf("the events are %q, and not %q", in, want)
		}
	}
}

// TestPictureOfAMonth: the picture that goes out is of the month and the language
// that were asked for, up to the moment of asking.
func TestPictureOfAMonth(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase, tanpa tenggat")
	h.press(pokja, baso, "Siap")
	asked := h.clock()
	picture := func(arguments ...string) string {
		t.Helper()
		made, err := h.bot.makeFile(t.Context(), store.File{Kind: filePhoto, Maker: makerInvolvement, Arguments: arguments})
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(made.open())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(content)); err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	until := strconv.FormatInt(asked.UnixMilli()+1, 10)
	indonesian := picture("2026-09", "id", until)
	if indonesian == picture("2026-09", "en", until) || indonesian == picture("2026-08", "id", until) {
		t.Error("the picture is the same in another language, or of another month")
	}
	h.pass(time.Hour)
	h.press(pokja, baso, "Selesai")
	h.say(pokja, baso, "/ambil T-1")
	if indonesian != picture("2026-09", "id", until) {
		t.Error("what happened after the asking has changed the picture")
	}
	for _, arguments := range [][]string{{"2026-09", "id"}, {"September", "id", until}, {"2026-09", "id", "now"}} {
		if _, err := h.bot.makeFile(t.Context(), store.File{Kind: filePhoto, Maker: makerInvolvement, Arguments: arguments}); err == nil {
			t.Errorf("a picture was made of %q", arguments)
		}
	}
}

// TestWhichMonthIsMeant reads on 25 September 2026.
func TestWhichMonthIsMeant(t *testing.T) {
	r := &request{now: time.Date(2026, 9, 25, 1, 0, 0, 0, time.UTC), city: &city{Zone: time.UTC}}
	for text, want := range map[string]string{
		"": "2026-09", " ": "2026-09", "bulan ini": "2026-09", "bulan lalu": "2026-08", "last month": "2026-08", "Bulan Lalu": "2026-08",
		"September": "2026-09", "oktober": "2025-10", "Oktober 2026": "2026-10", "bulan Juni 2024": "2024-06", "for June": "2026-06",
		"2026-02": "2026-02", "Okt 26": "", "Oktober 2026 saja": "", "kemarin": "", "13-2026": "", "bulan": "", "bulan bulan": "",
	} {
		got := ""
		if month, read := r.involvementMonth(text); read {
			got = month.String()
		}
		if got != want {
			t.Errorf("%q is read as %q, not %q", text, got, want)
		}
	}
}

// TestInvolvementIsShort: with everything there is to say the text stays a dozen
// lines, and in a group three.
func TestInvolvementIsShort(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	month := council.Month{Year: 2026, Month: time.October}
	view := involvementView{month: month, zone: time.UTC, span: month.Span(time.UTC), spanBefore: month.Add(-1).Span(time.UTC)}
	everything := council.Figures{Active: 4, Asked: council.Questions{Count: 2, Answered: 2, InTime: 1, Days: []int{1, 4}}, Put: council.Questions{Count: 1},
		Prompts: council.Share{Did: 1, Of: 3}, Read: council.Share{Did: 2, Of: 3}, Given: 1, Decided: 1, Meetings: 1}
	view.now = council.Involvement{City: everything, Kinds: map[council.GroupKind]council.Figures{}, Groups: map[int64]council.Figures{}}
	for index, kind := range []council.GroupKind{council.KindCouncil, council.KindSecretariat} {
		view.now.Kinds[kind] = everything
		view.groups = append(view.groups, report.NamedGroup{Group: council.Group{ID: int64(index), Kind: kind}, Name: "Grup"})
	}
	for id := range int64(7) {
		view.now.Kinds[council.KindWorkingGroup] = everything
		view.groups = append(view.groups, report.NamedGroup{Group: council.Group{ID: 10 + id, Kind: council.KindWorkingGroup}, Name: "Pokja Lingkungan (Wilayah Utara Kabupaten)"})
	}
	for id := range int64(40) {
		view.now.Kinds[council.KindCommunity] = everything
		view.groups = append(view.groups, report.NamedGroup{Group: council.Group{ID: 20 + id, Kind: council.KindCommunity, Title: "Forum"}, Name: "Komunitas (Forum)"})
	}
	for _, language := range locale.Languages {
		speak := book.In(language)
		lines := view.lines(speak, true)
		if text := strings.Join(lines, "\n"); len(lines) > 14 || len([]rune(text)) > 1024 || strings.Contains(text, "involvement.") {
			t.Errorf("%d lines, %d letters:\n%s", len(lines), len([]rune(text)), text)
		}
		if lines := view.lines(speak, false); len(lines) != 3 {
			t.Errorf("in a group there are %d lines", len(lines))
		}
	}
}
