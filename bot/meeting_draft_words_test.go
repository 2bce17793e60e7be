package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// drafted is a draft that waits below its preview: on Thursday at nine, for the council.
func drafted(t *testing.T) (h *harness, sitti int64) {
	t.Helper()
	h = newHarness(t)
	sitti = h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	h.linkedGroup("Dewan", "dewan", sitti, baso)
	h.say(sitti, sitti, "/rapat_baru Rapat persiapan, Kamis jam 9, Aula, Dewan")
	return h, sitti
}

// TestWordsBelowAPreviewStayWhole: a place with a comma in it is asked about as a whole,
// and is no place before it was said to be one.
func TestWordsBelowAPreviewStayWhole(t *testing.T) {
	h, sitti := drafted(t)
	h.say(sitti, sitti, "Media Center, lantai 2")
	if draft, step := h.draftOf(sitti); step != fieldChange || draft.Place != "Aula" || draft.Loose != "Media Center, lantai 2" {
		t.Errorf("at %s: %+v", step, draft)
	}
	h.press(sitti, sitti, "Tempat")
	if draft, step := h.draftOf(sitti); step != fieldPreview || draft.Place != "Media Center, lantai 2" || draft.Title != "Rapat persiapan" {
		t.Errorf("at %s: %+v", step, draft)
	}
	h.say(sitti, sitti, "Jumat jam 10, Aula Besar, lantai 3") // behind a time, and in front of none
	if draft, step := h.draftOf(sitti); step != fieldChange || draft.Place != "Media Center, lantai 2" || draft.Loose != "Aula Besar, lantai 3" {
		t.Errorf("at %s: %+v", step, draft)
	}
	h.say(sitti, sitti, "Rapat kerja, Jumat jam 11, Aula Kecil, lantai 1")
	if draft, step := h.draftOf(sitti); step != fieldChange || draft.Place != "Aula Kecil, lantai 1" || draft.Loose != "Rapat kerja" {
		t.Errorf("at %s: %+v", step, draft)
	}
}

// TestWhoIsNamedInATitleIsInvitedBesides: below a preview, a title that names somebody
// takes no group off the invited.
func TestWhoIsNamedInATitleIsInvitedBesides(t *testing.T) {
	h, sitti := drafted(t)
	h.say(sitti, sitti, "Bahas anggaran bersama @baso_contoh")
	h.press(sitti, sitti, "Judul")
	draft, step := h.draftOf(sitti)
	if step != fieldPreview || draft.Title != "Bahas anggaran bersama @baso_contoh" || draft.To.None() || len(draft.People) != 1 {
		t.Errorf("at %s: %+v", step, draft)
	}
	h.say(sitti, sitti, "@baso_contoh")
	if draft, _ := h.draftOf(sitti); !draft.To.None() || len(draft.People) != 1 {
		t.Errorf("of those who are named alone: %+v", draft)
	}
}

// TestWhoSharesADutyIsInvited: one leads, and nobody who was named is lost.
func TestWhoSharesADutyIsInvited(t *testing.T) {
	h, sitti := drafted(t)
	h.say(sitti, sitti, "dipimpin @sitti_contoh dan @baso_contoh")
	draft, _ := h.draftOf(sitti)
	if draft.Chair.MemberID != h.memberID(sitti) || len(draft.People) != 1 || draft.People[0] == draft.Chair.MemberID || draft.To.None() {
		t.Errorf("%+v", draft)
	}
}

// TestAPictureBelowAPreviewChangesNothing, and what was asked is asked again.
func TestAPictureBelowAPreviewChangesNothing(t *testing.T) {
	h, sitti := drafted(t)
	picture := sim.Message{Chat: sitti, Person: sitti, Photo: &sim.File{Name: "a.jpg", Bytes: []byte("a")}}
	contains(t, strings.Join(texts(h.write(picture)), "\n"), "Mohon diperiksa", "Rapat persiapan")
	h.say(sitti, sitti, "Balai Desa")
	contains(t, strings.Join(texts(h.write(picture)), "\n"), "\"Balai Desa\" untuk bagian mana?")
	h.press(sitti, sitti, "Tempat")
	if draft, step := h.draftOf(sitti); step != fieldPreview || draft.Place != "Balai Desa" {
		t.Errorf("at %s: %+v", step, draft)
	}
}

// TestANameThatIsTooLongIsSaidToBe, and asked for again.
func TestANameThatIsTooLongIsSaidToBe(t *testing.T) {
	h, sitti := drafted(t)
	h.press(sitti, sitti, "Ubah")
	h.press(sitti, sitti, "Notulis")
	contains(t, strings.Join(texts(h.say(sitti, sitti, strings.Repeat("a", 101))), "\n"), "Nama paling banyak 100 huruf")
	if draft, step := h.draftOf(sitti); step != fieldScribe || !draft.Scribe.IsZero() {
		t.Errorf("at %s: %+v", step, draft)
	}
}

// TestAnEvaluationIsNamedBelowAPreviewToo: one that there is not is said not to be there.
func TestAnEvaluationIsNamedBelowAPreviewToo(t *testing.T) {
	h, sitti := drafted(t)
	contains(t, strings.Join(texts(h.say(sitti, sitti, "E-9")), "\n"), "E-9")
	if draft, step := h.draftOf(sitti); step != fieldPreview || draft.Evaluation != 0 {
		t.Errorf("at %s: %+v", step, draft)
	}
	number := h.preparing("Evaluasi 2026")[0]
	contains(t, strings.Join(texts(h.say(sitti, sitti, council.EvaluationReference(number).String())), "\n"), "Evaluasi 2026", "Rapat persiapan")
	if draft, step := h.draftOf(sitti); step != fieldPreview || draft.Evaluation != number || draft.Title != "Rapat persiapan" {
		t.Errorf("at %s: %+v", step, draft)
	}
	if merged := (meetingDraft{Evaluation: number}).over(meetingDraft{Title: "Rapat"}); merged.Evaluation != number || merged.Title != "Rapat" {
		t.Errorf("an edited command that names one: %+v", merged)
	}
}

// TestAnEditedCommandMakesAMeetingRepeat: words that come to it are no more lost than
// those that change.
func TestAnEditedCommandMakesAMeetingRepeat(t *testing.T) {
	h, sitti := drafted(t)
	h.press(sitti, sitti, "Benar")
	h.quiet()
	command := 0
	for _, message := range h.sim.Messages(sitti) {
		if strings.HasPrefix(message.Text, "/rapat_baru") {
			command = message.ID
		}
	}
	h.sim.Edit(sitti, command, "/rapat_baru Rapat persiapan, setiap bulan, Kamis jam 9, Aula, Dewan")
	contains(t, strings.Join(texts(h.heard(sitti)), "\n"), "Diperbarui: M-1")
	h.look(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if m.Recurrence == nil || m.Recurrence.Unit != council.EveryMonth || m.Edition != 1 {
			t.Errorf("%+v", m)
		}
		return err
	})
}

// TestARepetitionBeginsWhereItWasWritten: a command that is edited after its meeting begins
// with the same first time, and moves nothing.
func TestARepetitionBeginsWhereItWasWritten(t *testing.T) {
	h := newHarness(t)
	h.look(func(tx *store.Tx) error {
		r, err := h.bot.unasked(tx)
		if err != nil {
			return err
		}
		r.now = r.written.AddDate(0, 0, 20)
		_, when := r.takeMeetingTime("setiap bulan tanggal 5 jam 9", "")
		if first := when.starts.In(r.city.Zone).Format("2006-01-02 15:04"); first != "2026-10-05 09:00" {
			t.Errorf("it begins on %s", first)
		}
		return nil
	})
}
