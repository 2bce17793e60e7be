package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// newestOf is the newest message of the bot in a chat that begins so.
func (h *harness) newestOf(chat int64, begins string) sim.Shown {
	h.t.Helper()
	h.quiet()
	var newest sim.Shown
	for _, message := range h.sim.Messages(chat) {
		if message.Bot && !message.Deleted && strings.HasPrefix(message.Text, begins) {
			newest = message
		}
	}
	if newest.ID == 0 {
		h.t.Fatalf("nothing in chat %d begins with %q", chat, begins)
	}
	return newest
}

// actsOfficial lets the bot do by itself what a reminder of an official notice says.
func (h *harness) actsOfficial(reference string, step council.Step) {
	h.t.Helper()
	subject, _ := council.ParseReference(reference)
	h.change(func(tx *store.Tx) error {
		r, err := h.bot.unasked(tx)
		if err != nil {
			return err
		}
		return r.actOfficial(council.Reminder{Subject: subject, Step: step})
	})
	h.quiet()
}

func TestReadersOfAnOfficialNoticeAreCountedOnItsOwnCard(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	outside := h.outsider("Orang Luar", council.ReachOpen)
	h.linkedGroup("Forum Danau", "komunitas", sitti)
	h.announced(sitti, "semua grup: libur") // so that G-1 is the second announcement
	reference := h.officially(sitti, "semua: Mohon mengganti kata sandi.")
	h.press(outside, outside, "Sudah dibaca")
	h.actsOfficial(reference, council.StepRecounted)
	for _, message := range h.sim.Messages(sitti) {
		if message.Bot && hasButton(message, "Kirim susulan") && !strings.Contains(message.Text, "Sudah dibaca: 1 orang") {
			t.Errorf("the card stands at %q", message.Text)
		}
	}
}

func TestWhoComesLaterIsNotToldOfWhatWasKeptBefore(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	reference := h.officially(sitti, "semua: Mohon mengganti kata sandi.")
	later := h.person("Orang Baru", "")
	for range 2 {
		for _, message := range h.say(later, later, "/start "+reference) {
			if strings.Contains(message.Text, "kata sandi") {
				t.Errorf("somebody of whom nothing was kept reads %q", message.Text)
			}
		}
	}
}

func TestWhoseDataWasErasedIsNotAskedToBeWrittenTo(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.outsider("Baso Irfandi", council.ReachOpen)
	reference := h.officially(sitti, "Baso Irfandi: Akun Bapak perlu diperiksa.")
	h.say(baso, baso, "/hapus_data")
	h.press(baso, baso, "Ya, hapus data saya")
	h.say(sitti, sitti, "/siaran "+reference+": Sudah diperiksa.")
	preview := h.newestOf(sitti, "Mohon diperiksa").Text
	if !strings.Contains(preview, "belum terjangkau: 0 orang") || strings.Contains(preview, "Baso") {
		t.Errorf("the preview says\n%s", preview)
	}
	h.press(sitti, sitti, "Benar")
	h.look(func(tx *store.Tx) error {
		sent, err := tx.Announcements(5)
		if len(sent) != 1 {
			t.Errorf("%d notices: one was for nobody", len(sent))
		}
		return err
	})
}

func TestABreachThatIsTooLongIsShortenedInItsLongestPart(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	long := strings.Repeat("kata ", 320)
	h.say(sitti, sitti, "/siaran semua:\nYang terjadi: a "+long+"\nKapan: bb "+long+"\nPenanganan: c\nDiketahui: kemarin 15.30")
	asked := h.newestOf(sitti, "Bagian ini terlalu panjang").Text
	if !strings.Contains(asked, "Kapan dan bagaimana terjadinya?") {
		t.Errorf("it asks %q", asked)
	}
	h.say(sitti, sitti, "Semalam, lewat surel.")
	if preview := h.newestOf(sitti, "Mohon diperiksa").Text; !strings.Contains(preview, "kata\n\nKapan dan bagaimana\nSemalam, lewat surel.") {
		t.Errorf("the preview says\n%s", preview)
	}
}

func TestOnlyAGroupThatWasToldMakesGoodWhatCouldNotBeSaidInPrivate(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.outsider("Baso Irfandi", council.ReachBlocked)
	reference := h.officially(sitti, "semua: Mohon mengganti kata sandi.")
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/status") // seen there after the notice was sent
	h.press(sitti, sitti, "Belum terjangkau")
	if list := h.newestOf(sitti, reference+" · belum terjangkau").Text; !strings.Contains(list, "Baso Irfandi: mohon disurati") {
		t.Errorf("the group was told nothing, and yet:\n%s", list)
	}
	if answer := h.press(sitti, sitti, "Coba kirim lagi"); answer.Text != "Dikirim lagi ke 1 tujuan." {
		t.Errorf("the press is answered with %q", answer.Text)
	}
	if texts := h.announcedIn(pokja, reference); len(texts) != 1 {
		t.Errorf("the group is told %q", texts)
	}
	h.press(sitti, sitti, "Belum terjangkau")
	if list := h.newestOf(sitti, reference+" · belum terjangkau").Text; !strings.Contains(list, "Baso Irfandi: lewat Pokja Lingkungan") {
		t.Errorf("the group was told, and yet:\n%s", list)
	}
}

func TestAListBelowAWarningLeavesTheWarning(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.say(sitti, sitti, "/siaran semua:\nYang terjadi: a\nKapan: b\nPenanganan: c\nDiketahui: kemarin 15.30")
	h.press(sitti, sitti, "Benar")
	h.actsOfficial("G-1", council.StepOfficialClock)
	warning := h.newestOf(sitti, "Bapak/Ibu Sitti Ramlah, mohon diperhatikan")
	h.pressOn(sitti, warning.ID, sitti, "Belum membaca")
	if now := h.message(sitti, warning.ID); now.Text != warning.Text || !hasButton(now, "Tandai selesai") {
		t.Errorf("the warning has become %q", now.Text)
	}
}

func TestWordsBelowThePreviewOfAnOfficialNoticeAreKept(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.say(sitti, sitti, "/siaran semua: Mohon menganti kata sandi.")
	h.say(sitti, sitti, "Mohon mengganti kata sandi.")
	if preview := h.newestOf(sitti, "Mohon diperiksa").Text; !strings.Contains(preview, "Mohon mengganti kata sandi.") {
		t.Errorf("the preview says\n%s", preview)
	}
}
