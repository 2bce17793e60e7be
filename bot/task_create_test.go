package bot

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

var newButtons = []string{"Siap", "Ubah tenggat", "Batalkan"}

// TestTasksInOneLine writes a task in every form. It is Friday, 25 September
// 2026, 09.00 WITA.
func TestTasksInOneLine(t *testing.T) {
	c := newTown(t)
	c.say(c.sitti, c.sitti, "/evaluasi_baru Evaluasi Tahap I, Kamis 26 November 2026 jam 9")
	c.press(c.sitti, c.sitti, "Benar")
	c.hush()
	const tomorrow = "Sabtu, 26 September 2026 pukul 16.00 WITA (1 hari lagi)"
	for _, test := range []struct {
		name, said, title, third string
		people                   int
		buttons                  []string
		check                    func(council.Task) bool
	}{
		{name: "with everything", said: "@baso_contoh Rekap tonase bank sampah #lingkungan, tenggat Jumat 16.00", title: "Rekap tonase bank sampah",
			third: "Jumat, 25 September 2026 pukul 16.00 WITA (hari ini)", people: 1},
		{name: "the person behind", said: "Rekap tonase @baso_contoh besok", title: "Rekap tonase", third: tomorrow, people: 1},
		{name: "two people", said: "@baso_contoh @yuliana_contoh Rekap tonase besok", title: "Rekap tonase", third: tomorrow, people: 2},
		{name: "one person twice", said: "@baso_contoh @BASO_contoh Rekap tonase besok", title: "Rekap tonase", third: tomorrow, people: 1},
		{name: "nobody", said: "Foto titik sampah liar, tenggat besok", title: "Foto titik sampah liar", third: tomorrow, buttons: []string{"Ambil", "Ubah tenggat", "Batalkan"}},
		{name: "an English tag", said: "@baso_contoh Rekap tonase #smart_environment, due tomorrow 4 pm", title: "Rekap tonase", third: tomorrow, people: 1},
		{name: "a tag that names no group", said: "@baso_contoh Rekap #penting, tenggat besok", title: "Rekap #penting", third: tomorrow, people: 1},
		{name: "no date", said: "@baso_contoh Rapikan arsip", title: "Rapikan arsip", third: "Tenggatnya kapan? Balas pesan ini", people: 1},
		{name: "without a deadline", said: "@baso_contoh Rapikan arsip, tanpa tenggat", title: "Rapikan arsip", third: "Tanpa tenggat", people: 1},
		{name: "a date that no calendar has", said: "@baso_contoh Rekap tonase, tenggat 31 November", title: "Rekap tonase", third: `Tanggal "31 November" belum terbaca`, people: 1},
		{name: "a date in the past", said: "@baso_contoh Rekap tonase, tenggat kemarin", title: "Rekap tonase", third: "sudah lewat. Balas pesan ini dengan tanggal", people: 1},
		{name: "monthly", said: "@baso_contoh Laporan tonase, setiap bulan tanggal 5", title: "Laporan tonase", third: "Senin, 5 Oktober 2026 pukul 16.00 WITA (10 hari lagi) · berulang", people: 1,
			check: func(task council.Task) bool { return task.Recurrence != nil && task.Recurrence.Day == 5 }},
		{name: "monthly, with a marker", said: "@baso_contoh Laporan tonase, tenggat setiap bulan tanggal 5", title: "Laporan tonase", third: "Senin, 5 Oktober 2026 pukul 16.00 WITA (10 hari lagi) · berulang", people: 1},
		{name: "weekly, in English", said: "@baso_contoh Weigh the plastic every Monday 10:00", title: "Weigh the plastic", third: "Senin, 28 September 2026 pukul 10.00 WITA (3 hari lagi) · berulang", people: 1},
		{name: "for an evaluation", said: "@baso_contoh Bukti E-1 tonase, tenggat besok", title: "Bukti tonase", third: tomorrow, people: 1,
			check: func(task council.Task) bool { return task.EvaluationID == 1 }},
		{name: "for an evaluation that is not there", said: "@baso_contoh Bukti E-7 tonase, tenggat besok", title: "Bukti E-7 tonase", third: tomorrow, people: 1},
		{name: "a number of a regulation", said: "@baso_contoh Telaah Perbup 16/2019, tenggat besok", title: "Telaah Perbup 16/2019", third: tomorrow, people: 1},
		{name: "in another zone", said: "@baso_contoh Unggah data, tenggat 30 September 23.59 WIB", title: "Unggah data", third: "Kamis, 1 Oktober 2026 pukul 00.59 WITA (30 September 23.59 WIB), 6 hari lagi", people: 1},
		{name: "on a holiday", said: "@baso_contoh Unggah data, tenggat 25 Desember", title: "Unggah data", third: "(91 hari lagi) · hari libur: ", people: 1},
		{name: "emoji and letters from right to left", said: "@baso_contoh 🌳🌳 حملة نظافة המסגד 👩🏽‍🌾 bersih, tenggat besok", title: "🌳🌳 حملة نظافة המסגד 👩🏽‍🌾 bersih", third: tomorrow, people: 1},
		{name: "over several lines", said: "@baso_contoh Rekap\n\ntonase\tbank   sampah, tenggat besok", title: "Rekap tonase bank sampah", third: tomorrow, people: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			card := only(t, c.say(c.pokja, c.sitti, "/tugas_baru "+test.said))
			task := c.task(int64(c.taskCount()))
			lines := strings.Split(card.Text, "\n")
			if len(lines) != 3 || lines[0] != task.Reference().String()+" · "+test.title || !strings.HasPrefix(lines[1], "Baru · ") || !strings.Contains(lines[2], test.third) {
				t.Errorf("the card reads:\n%s\nwanted %q, %q", card.Text, test.title, test.third)
			}
			if task.Title != test.title || len(task.Assignees) != test.people || test.check != nil && !test.check(task) {
				t.Errorf("kept: %+v", task)
			}
			buttons := test.buttons
			if buttons == nil {
				buttons = newButtons
			}
			if !slices.Equal(labels(card), buttons) {
				t.Errorf("buttons %q", labels(card))
			}
		})
	}
	c.sound()
}

// TestAnAmbiguousDateIsChosenOnTheCard offers what may be meant.
func TestAnAmbiguousDateIsChosenOnTheCard(t *testing.T) {
	c := newTown(t)
	card := only(t, c.say(c.pokja, c.sitti, "/tugas_baru @baso_contoh Jadwal truk, tenggat minggu depan"))
	contains(t, card.Text, "Jadwal truk", `Tanggal "minggu depan" yang mana?`)
	buttons := labels(card)
	if len(buttons) < 5 || !slices.Equal(buttons[len(buttons)-3:], newButtons) {
		t.Fatalf("buttons %q", buttons)
	}
	c.pressOn(c.pokja, card.ID, c.sitti, buttons[0])
	now := c.message(c.pokja, card.ID)
	contains(t, now.Text, strings.Split(buttons[0], " 16.00")[0], "pukul 16.00 WITA")
	if !slices.Equal(labels(now)[:3], newButtons) || c.task(1).DeadlineAsked {
		t.Errorf("buttons %q", labels(now))
	}
}

// TestAReplyAnswersTheQuestionForADate takes a reply to the card as its date,
// asks about one that will not do, and keeps other words as a comment.
func TestAReplyAnswersTheQuestionForADate(t *testing.T) {
	c := newTown(t)
	card := only(t, c.say(c.pokja, c.sitti, "/tugas_baru @baso_contoh Rapikan arsip"))
	reply := func(person int64, text string) []sim.Shown {
		return c.write(sim.Message{Chat: c.pokja, Person: person, Text: text, ReplyTo: card.ID})
	}
	if said := reply(c.sitti, "arsip tahun lalu ada di lemari"); len(said) != 0 || !c.task(1).DeadlineAsked {
		t.Errorf("a comment was answered: %q", texts(said))
	}
	contains(t, only(t, reply(c.sitti, "kemarin")).Text, "sudah lewat")
	contains(t, only(t, reply(c.sitti, "minggu depan")).Text, "yang mana?")
	if said := reply(c.yuliana, "lusa 10.00"); len(said) != 0 {
		t.Errorf("a date was answered by a message: %q", texts(said))
	}
	contains(t, c.message(c.pokja, card.ID).Text, "Minggu, 27 September 2026 pukul 10.00 WITA (2 hari lagi)")
	if said := reply(c.yuliana, "besok"); len(said) != 0 || c.task(1).Deadline.At.Day() != 27 {
		t.Errorf("a comment moved the deadline to %v: %q", c.task(1).Deadline, texts(said))
	}
}

// TestTasksFromAReply makes tasks of messages that were there before.
func TestTasksFromAReply(t *testing.T) {
	c := newTown(t)
	text := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.nurul, Text: "tolong\nrekap tonase bank sampah"})
	photo := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.nurul, Caption: "sampah di jalan Melati", Photo: &sim.File{Name: "foto.jpg", Bytes: []byte("jpg")}})
	document := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.nurul, Document: &sim.File{Name: "surat.pdf", Bytes: []byte("%PDF")}})
	c.hush()
	for _, test := range []struct {
		name, said, title, full string
		to, files               int
	}{
		{"to a text", "/tugas_baru @baso_contoh tenggat besok", "tolong rekap tonase bank sampah", "", text, 0},
		{"to a photo", "/tugas_baru tenggat besok", "sampah di jalan Melati", "", photo, 1},
		{"to a document", "/tugas_baru @baso_contoh Balas surat, tenggat besok", "Balas surat", "", document, 1},
		{"with a title of its own", "/tugas_baru @baso_contoh Rekap, tenggat besok", "Rekap", "Rekap\n\ntolong\nrekap tonase bank sampah", text, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			card := only(t, c.write(sim.Message{Chat: c.pokja, Person: c.sitti, Text: test.said, ReplyTo: test.to}))
			task := c.task(int64(c.taskCount()))
			contains(t, card.Text, " · "+test.title+"\n")
			if task.Title != test.title || task.FullText != test.full {
				t.Errorf("kept %q, %q", task.Title, task.FullText)
			}
			c.attached(task.Number, test.files)
		})
	}
	caption := only(t, c.write(sim.Message{Chat: c.pokja, Person: c.sitti, Caption: "/newtask @baso_contoh Ganti papan ini, tenggat besok", Photo: &sim.File{Name: "papan.jpg", Bytes: []byte("x")}}))
	contains(t, caption.Text, "Ganti papan ini")
	c.attached(5, 1)
	if got := labels(caption); !slices.Equal(got, append(slices.Clone(newButtons), "Berkas (1)")) {
		t.Errorf("buttons %q", got)
	}
}

func (c *town) attached(number int64, want int) {
	c.t.Helper()
	c.look(func(tx *store.Tx) error {
		files, err := tx.Attachments(council.TaskReference(number).String())
		if len(files) != want {
			c.t.Errorf("T-%d has %d files, not %d", number, len(files), want)
		}
		return err
	})
}

// TestALongTextOpensOnATap shortens the title and shows the whole text by page.
func TestALongTextOpensOnATap(t *testing.T) {
	c := newTown(t)
	ending := "pasar induk Marannu"
	long := strings.Repeat("Kumpulkan rekap tonase 🌳 ", 150)[:3900] + ending
	card := only(t, c.say(c.pokja, c.sitti, "/tugas_baru @baso_contoh "+strings.ToValidUTF8(long, "")+", tenggat besok"))
	task := c.task(1)
	if utf8.RuneCountInString(task.Title) != council.TitleLimit || !strings.HasSuffix(task.FullText, ending) {
		t.Errorf("title %d, text %q", utf8.RuneCountInString(task.Title), task.FullText)
	}
	if lines := strings.Split(card.Text, "\n"); len(lines) != 3 || utf8.RuneCountInString(lines[0]) > 130 || !slices.Equal(labels(card), append(slices.Clone(newButtons), "Teks lengkap")) {
		t.Errorf("the card: %q %q", card.Text, labels(card))
	}
	c.pressOn(c.pokja, card.ID, c.yuliana, "Teks lengkap")
	lacks(t, c.message(c.pokja, card.ID).Text, ending)
	c.pressOn(c.pokja, card.ID, c.yuliana, "Berikutnya")
	contains(t, c.message(c.pokja, card.ID).Text, ending)
	c.pressOn(c.pokja, card.ID, c.yuliana, "Sebelumnya")
	c.pressOn(c.pokja, card.ID, c.yuliana, "Kembali")
	if back := c.message(c.pokja, card.ID); back.Text != card.Text {
		t.Errorf("the card came back as %q", back.Text)
	}
	contains(t, joined(c.heard(c.baso)), "T-1", "Kumpulkan rekap")

	original := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.nurul, Text: strings.Repeat("ä", 4096)})
	c.hush()
	card = only(t, c.write(sim.Message{Chat: c.pokja, Person: c.sitti, Text: "/tugas_baru " + strings.Repeat("b", 4000), ReplyTo: original}))
	if got := utf8.RuneCountInString(c.task(2).FullText); got != 4000+2+4096 {
		t.Errorf("kept %d characters", got)
	}
	for range 2 {
		c.pressOn(c.pokja, card.ID, c.sitti, map[bool]string{true: "Berikutnya", false: "Teks lengkap"}[hasButton(c.message(c.pokja, card.ID), "Berikutnya")])
	}
	c.pressOn(c.pokja, card.ID, c.sitti, "Berikutnya")
	contains(t, c.message(c.pokja, card.ID).Text, strings.Repeat("ä", 1000))
	c.sound()
}

// TestPeopleWithoutAUsername are named by Telegram's mention, or were never seen.
func TestPeopleWithoutAUsername(t *testing.T) {
	c := newTown(t)
	card := only(t, c.write(sim.Message{Chat: c.pokja, Person: c.sitti, Text: "/tugas_baru 🌳 Nurul Huda Rekap tonase, tenggat besok",
		TextMention: []sim.TextMention{{Offset: 15, Length: 10, Person: c.nurul}}}))
	contains(t, card.Text, "T-1 · 🌳 Rekap tonase", "Baru · Nurul Huda")
	if !slices.Equal(labels(card), append(slices.Clone(newButtons), "Buka pesan pribadi")) {
		t.Errorf("buttons %q", labels(card))
	}
	link := card.Buttons[len(card.Buttons)-1][0].URL
	contains(t, link, "https://t.me/"+c.sim.BotUsername()+"?start=T-1")

	contains(t, only(t, c.say(c.pokja, c.sitti, "/tugas_baru @belum_contoh Rekap, tenggat besok")).Text, "Baru · @belum_contoh")
	belum := c.person("Belum Dikenal", "belum_contoh")
	said := joined(c.say(belum, belum, "/start T-2"))
	contains(t, said, "T-2 · Rekap")
	c.press(c.pokja, belum, "Siap")
	contains(t, joined(c.sim.Messages(c.pokja)), "Baru · Belum Dikenal (siap)")

	c.sim.Say(sim.Message{Chat: c.nurul, Person: c.nurul, Text: "/start T-1"})
	c.quiet()
	contains(t, joined(c.heard(c.nurul)), "T-1 · 🌳 Rekap tonase", "Bapak/Ibu Nurul Huda, mohon bantuannya:")
	c.pass(time.Minute)
	c.press(c.nurul, c.nurul, "Siap")
	if now := c.message(c.pokja, card.ID); hasButton(now, "Buka pesan pribadi") {
		t.Errorf("the card still offers the private chat: %q", labels(now))
	}
	c.sound()
}
