package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// newestReminder reads the reminder that was made last; a zero one if there is none.
func (h *harness) newestReminder() (newest council.OwnReminder) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		for number := int64(1); ; number++ {
			own, err := tx.OwnReminder(number)
			if err != nil {
				return notFoundIsNil(err)
			}
			newest = own
		}
	})
	return newest
}

// TestReadingReminders is one line after another, written on Friday, 25 September
// 2026, at 09.00 WITA.
func TestReadingReminders(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-09-29", Name: "Hari Jadi"}) })
	h.restart()
	for _, row := range []struct{ line, text, next, says string }{
		{"/ingatkan besok 09.00 kirim berkas ke DLH", "kirim berkas ke DLH", "Sat 26/09 09:00", "Sabtu, 26 September 2026 pukul 09.00 WITA (1 hari lagi)"},
		{"/ingatkan besok kirim berkas", "kirim berkas", "Sat 26/09 08:00", "pukul 08.00 WITA"},
		{"/ingatkan kirim berkas besok jam 9", "kirim berkas", "Sat 26/09 09:00", ""},
		{"/ingatkan besok rapat jam 10", "rapat jam 10", "Sat 26/09 08:00", ""},
		{"/ingatkan lusa jam 2 rapat dengan camat", "rapat dengan camat", "Sun 27/09 14:00", ""},
		{"/ingatkan besok 09.00 kirim laporan sebelum Rabu", "kirim laporan sebelum Rabu", "Sat 26/09 09:00", ""},
		{"/ingatkan Senin apel", "apel", "Mon 28/09 08:00", ""},
		{"/ingatkan Jumat telepon DLH", "telepon DLH", "Fri 02/10 08:00", "(7 hari lagi)"},
		{"/ingatkan Jumat jam 10 telepon DLH", "telepon DLH", "Fri 25/09 10:00", "(hari ini)"},
		{"/ingatkan Jumat depan telepon DLH", "telepon DLH", "Fri 02/10 08:00", ""},
		{"/ingatkan 2 jam lagi cek surel", "cek surel", "Fri 25/09 11:00", ""},
		{"/ingatkan 10 menit lagi minum obat", "minum obat", "Fri 25/09 09:10", ""},
		{"/ingatkan Selasa cek arsip", "cek arsip", "Tue 29/09 08:00", "hari libur: Hari Jadi"},
		{"/ingatkan 5 Oktober 23.59 WIB unggah bukti", "unggah bukti", "Tue 06/10 00:59", "Selasa, 6 Oktober 2026 pukul 00.59 WITA (5 Oktober 23.59 WIB), 11 hari lagi"},
		{"/ingatkan 5/10 bayar PBB Rp1.500.000", "bayar PBB Rp1.500.000", "Mon 05/10 08:00", ""},
		{"/ingatkan besok 10.00 untuk menelepon Pak Camat", "menelepon Pak Camat", "Sat 26/09 10:00", ""},
		{"/ingatkan saya besok 09.00 kirim berkas", "kirim berkas", "Sat 26/09 09:00", ""},
		{"/ingatkan besok 09.00 telepon @baso_contoh", "telepon @baso_contoh", "Sat 26/09 09:00", ""},
		{"/ingatkan @sitti_contoh besok 09.00 kirim berkas", "kirim berkas", "Sat 26/09 09:00", ""},
		{"/ingatkan besok 09.00 cek laporan setiap bulan", "cek laporan setiap bulan", "Sat 26/09 09:00", ""},
		{"/ingatkan besok jam 9\nbawa:\n- laptop\n- SK", "bawa:\n- laptop\n- SK", "Sat 26/09 09:00", ""},
		{"/remind me tomorrow at 9am to send the files", "send the files", "Sat 26/09 09:00", ""},
		{"/remind me to send the files tomorrow", "send the files", "Sat 26/09 08:00", ""},
		{"/remind next Friday 10:00 call the mayor", "call the mayor", "Fri 02/10 10:00", ""},
		{"/remind in 3 hours check mail", "check mail", "Fri 25/09 12:00", ""},
		{"/ingatkan setiap Senin 08.00 kirim rekap", "kirim rekap", "Mon 28/09 08:00", "setiap Senin pukul 08.00 WITA, mulai Senin, 28 September 2026"},
		{"/ingatkan tiap tanggal 5 laporan", "laporan", "Mon 05/10 08:00", "setiap tanggal 5 pukul 08.00 WITA"},
		{"/ingatkan setiap tanggal 31 tutup buku", "tutup buku", "Wed 30/09 08:00", "di bulan yang lebih pendek, hari terakhirnya"},
		{"/ingatkan setiap akhir bulan jam 10 laporan", "laporan", "Wed 30/09 10:00", "setiap akhir bulan pukul 10.00 WITA"},
		{"/ingatkan setiap hari kerja apel", "apel", "Mon 28/09 08:00", "setiap hari kerja pukul 08.00 WITA"},
		{"/ingatkan tiap 2 minggu rapat tim", "rapat tim", "Fri 02/10 08:00", "setiap 2 minggu pada Jumat"},
		{"/ingatkan setiap Kamis dan Senin 07.30 apel", "apel", "Mon 28/09 07:30", "setiap Senin dan Kamis pukul 07.30 WITA"},
		{"/ingatkan setiap hari jam 7 pagi sarapan", "sarapan", "Sat 26/09 07:00", "setiap hari pukul 07.00 WITA"},
		{"/ingatkan setiap pagi cek kotak masuk", "cek kotak masuk", "Sat 26/09 08:00", "setiap hari pukul 08.00 WITA"},
		{"/ingatkan setiap Senin mulai 12 Oktober rapat", "rapat", "Mon 12/10 08:00", "setiap Senin"},
		{"/ingatkan besok 06.00 setiap hari lari pagi", "lari pagi", "Sat 26/09 06:00", "setiap hari pukul 06.00 WITA"},
		{"/ingatkan setiap 3 bulan tanggal 1 laporan triwulan", "laporan triwulan", "Thu 01/10 08:00", "setiap 3 bulan tanggal 1"},
		{"/ingatkan setiap Senin 08.00 WIB kirim ke pusat", "kirim ke pusat", "Mon 28/09 09:00", "setiap Senin pukul 09.00 WITA"},
		{"/remind every weekday 8:30 standup", "standup", "Mon 28/09 08:30", "setiap hari kerja pukul 08.30 WITA"},
		{"/remind every 2 weeks on Friday to review", "review", "Fri 02/10 08:00", ""},
	} {
		t.Run(row.line, func(t *testing.T) {
			before := h.newestReminder().Number
			answer := only(t, h.say(sitti, sitti, row.line))
			own := h.newestReminder()
			if own.Number != before+1 {
				t.Fatalf("nothing was made of it: %s", answer.Text)
			}
			if own.Text != row.text {
				t.Errorf("the text is %q", own.Text)
			}
			if next := own.Next.In(h.zone()).Format("Mon 02/01 15:04"); next != row.next {
				t.Errorf("it comes on %s", next)
			}
			contains(t, answer.Text, own.Reference().String()+" · "+row.text, row.says)
			if got := strings.Join(labels(answer), "|"); got != "Urungkan" {
				t.Errorf("the buttons are %s", got)
			}
		})
	}
}

func (h *harness) zone() *time.Location {
	h.t.Helper()
	zone, err := time.LoadLocation("Asia/Makassar")
	if err != nil {
		h.t.Fatal(err)
	}
	return zone
}

// TestAskingForReminders is what cannot be made at once: it is asked for, and
// after the answer nothing is lost of what was typed.
func TestAskingForReminders(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	for _, row := range []struct{ name, line, asks, buttons, answer, text, next string }{
		{"nothing", "/ingatkan", "Apa yang perlu diingatkan, dan kapan?", "", "besok 09.00 kirim berkas", "kirim berkas", "Sat 26/09 09:00"},
		{"no date", "/ingatkan kirim berkas", "Kapan saya ingatkan?", "Senin, 28 September 2026 08.00 WITA|Jumat, 2 Oktober 2026 08.00 WITA", "besok jam 10", "kirim berkas", "Sat 26/09 10:00"},
		{"no date, a rule is the answer", "/ingatkan kirim berkas", "Kapan", "", "setiap Senin 08.00", "kirim berkas", "Mon 28/09 08:00"},
		{"no text", "/ingatkan besok 09.00", "Apa yang perlu diingatkan?\nSabtu, 26 September 2026 pukul 09.00 WITA", "", "kirim berkas Senin", "kirim berkas Senin", "Sat 26/09 09:00"},
		{"a week without a day", "/ingatkan minggu depan rapat", `"minggu depan" yang mana?`, "", "Rabu depan", "rapat", "Wed 30/09 08:00"},
		{"no such date", "/ingatkan 31 Juni tutup buku", `"31 Juni" belum terbaca`, "", "30 November", "tutup buku", "Mon 30/11 08:00"},
		{"today, whose hour has passed", "/ingatkan hari ini telepon camat", "pukul 08.00 WITA sudah lewat", "Jumat, 25 September 2026 11.00 WITA|Jumat, 25 September 2026 16.00 WITA|Senin, 28 September 2026 08.00 WITA", "jam 3", "telepon camat", "Fri 25/09 15:00"},
		{"an hour that has passed", "/ingatkan jam 7 sarapan", "pukul 07.00 WITA sudah lewat", "Sabtu, 26 September 2026 07.00 WITA", "besok jam 6 pagi", "sarapan", "Sat 26/09 06:00"},
		{"a part of the day", "/ingatkan besok sore siram tanaman", `"besok sore" yang mana?`, "Sabtu, 26 September 2026 15.00 WITA|Sabtu, 26 September 2026 16.00 WITA|Sabtu, 26 September 2026 17.00 WITA", "besok 16.30", "siram tanaman", "Sat 26/09 16:30"},
		{"a part of every day", "/ingatkan setiap sore minum obat", "Pukul berapa?", "15.00 WITA|16.00 WITA|17.00 WITA", "jam 5 sore", "minum obat", "Fri 25/09 17:00"},
		{"yesterday", "/ingatkan kirim berkas tenggat 24 September 2026", "sudah lewat", "", "Senin", "kirim berkas", "Mon 28/09 08:00"},
		{"an answer that is no date", "/ingatkan kirim berkas", "Kapan", "", "entahlah", "", ""},
		{"a day without a text", "/ingatkan 31 Juni", `"31 Juni" belum terbaca`, "", "besok", "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := h.newestReminder().Number
			question := only(t, h.say(sitti, sitti, row.line))
			contains(t, question.Text, row.asks)
			if got := strings.Join(labels(question), "|"); row.buttons != "" && got != row.buttons {
				t.Errorf("the buttons are %s", got)
			}
			if h.newestReminder().Number != before {
				t.Fatal("it was made before it was answered")
			}
			h.restart()
			answer := only(t, h.say(sitti, sitti, row.answer))
			own := h.newestReminder()
			if row.text == "" {
				if own.Number != before {
					t.Fatalf("it was made: %s", answer.Text)
				}
				h.say(sitti, sitti, "/batal")
				return
			}
			if next := own.Next.In(h.zone()).Format("Mon 02/01 15:04"); own.Number != before+1 || own.Text != row.text || next != row.next {
				t.Errorf("N-%d is %q on %s; the bot said: %s", own.Number, own.Text, next, answer.Text)
			}
			contains(t, only(t, h.say(sitti, sitti, "terima kasih")).Text, "Mohon gunakan perintah")
		})
	}
}

func TestALongTextIsShortenedAndSaysSo(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	long := strings.Repeat("né🌳 ", 200)
	answer := only(t, h.say(sitti, sitti, "/ingatkan besok 09.00 "+long))
	contains(t, answer.Text, "Teksnya dipersingkat menjadi 500 huruf.")
	own := h.newestReminder()
	if kept := []rune(own.Text); len(kept) != council.OwnReminderLimit || string(kept[:499]) != string([]rune(long)[:499]) || kept[499] != '…' {
		t.Errorf("%d runes are kept: %q", len(kept), own.Text)
	}
	lacks(t, only(t, h.say(sitti, sitti, "/ingatkan besok 09.00 "+strings.Repeat("a", 500))).Text, "dipersingkat")
}

func TestARepliedMessageIsWhatItIsAbout(t *testing.T) {
	c := newTown(t)
	c.newTask("Rekap tonase, tenggat 30 November")
	card := c.message(c.pokja, c.cardOf(c.pokja, "T-1"))
	words := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.yuliana, Text: "jangan lupa bawa SK"})
	answer := only(t, c.write(sim.Message{Chat: c.pokja, Person: c.baso, Text: "/ingatkan saya besok 09.00", ReplyTo: card.ID}))
	contains(t, answer.Text, "N-1 · T-1 Rekap tonase\n")
	answer = only(t, c.write(sim.Message{Chat: c.pokja, Person: c.baso, Text: "/ingatkan saya besok 09.00 tanya tonase", ReplyTo: card.ID}))
	contains(t, answer.Text, "N-2 · tanya tonase · T-1 Rekap tonase\n")
	answer = only(t, c.write(sim.Message{Chat: c.pokja, Person: c.baso, Text: "/ingatkan saya besok 09.00", ReplyTo: words}))
	contains(t, answer.Text, "N-3 · jangan lupa bawa SK\n")
	contains(t, only(t, c.say(c.baso, c.baso, "/ingatkan T-1 besok 10.00")).Text, "N-4 · T-1 Rekap tonase")
	contains(t, only(t, c.say(c.fadli, c.fadli, "/ingatkan T-1 besok 10.00")).Text, "Ini untuk petugas")
	contains(t, only(t, c.say(c.baso, c.baso, "/ingatkan T-9 besok 10.00")).Text, "T-9 belum ada")
	if c.newestReminder().Number != 4 {
		t.Error("something was made of what may not be seen, or is not there")
	}
	c.sound()
}

// cardOf is the newest message of a chat that begins with a reference.
func (h *harness) cardOf(chat int64, reference string) int {
	h.t.Helper()
	id := 0
	for _, message := range h.sim.Messages(chat) {
		if strings.HasPrefix(message.Text, reference+" ") {
			id = message.ID
		}
	}
	if id == 0 {
		h.t.Fatalf("no message begins with %s", reference)
	}
	return id
}
