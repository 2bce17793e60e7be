package bot

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// TestCommentsStandUnderTheHistory keeps words and files that reply to the card,
// in the group and in private.
func TestCommentsStandUnderTheHistory(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.say(c.baso, c.baso, "/tugas T-1")
	own := c.sim.Messages(c.baso)
	ownCard := own[len(own)-1].ID
	c.hush()
	reply := func(chat, person int64, to int, message sim.Message) []sim.Shown {
		message.Chat, message.Person, message.ReplyTo = chat, person, to
		return c.write(message)
	}
	if said := reply(c.pokja, c.yuliana, card, sim.Message{Text: "datanya ada di map biru 🗂️"}); len(said) != 0 {
		t.Errorf("the group got a message: %q", texts(said))
	}
	contains(t, strings.Join(labels(c.message(c.pokja, card)), " "), "Riwayat (2)")
	reply(c.pokja, c.nurul, card, sim.Message{Document: &sim.File{Name: "map biru.pdf", Bytes: []byte("%PDF")}})
	reply(c.pokja, c.nurul, card, sim.Message{Caption: "fotonya", Photo: &sim.File{Name: "x.jpg", Bytes: []byte("x")}})
	contains(t, only(t, reply(c.baso, c.baso, ownCard, sim.Message{Text: "baik, saya cek"})).Text, "Tercatat pada T-1")
	contains(t, only(t, reply(c.fadli, c.fadli, c.botMessage(c.fadli), sim.Message{Text: "menyimak"})).Text, "perintah")
	if said := reply(c.pokja, c.fadli, card, sim.Message{Text: "saya warga"}); len(said) != 0 {
		t.Errorf("a comment in the group was answered by %q", texts(said))
	}
	c.attached(1, 2)
	c.say(c.baso, c.baso, "/progres T-1 10%")
	c.press(c.pokja, c.yuliana, "Riwayat (8)")
	history := c.message(c.pokja, card).Text
	contains(t, history, "Riwayat T-1 · Rekap tonase", "map biru.pdf", "Nurul Huda melampirkan berkas", "menulis: fotonya", "melaporkan kemajuan 10%",
		"Baso Irfandi menulis: baik, saya cek", "Jum 25 Sep 09.00 WITA · ")
	lacks(t, history, "membuat tugas")
	if first := strings.Index(history, "saya cek"); first > strings.Index(history, "fotonya") {
		t.Errorf("the newest does not stand first:\n%s", history)
	}
	c.pressOn(c.pokja, card, c.baso, "Lebih lama")
	contains(t, c.message(c.pokja, card).Text, "Sitti Ramlah membuat tugas", "Yuliana Tasik menulis: datanya ada di map biru 🗂️")
	c.pressOn(c.pokja, card, c.baso, "Lebih baru")
	c.pressOn(c.pokja, card, c.baso, "Kembali")
	contains(t, c.message(c.pokja, card).Text, "T-1 · Rekap tonase\nDikerjakan · Baso Irfandi 10%\n")
	c.sound()
}

// TestALongHistoryFitsIntoMessages pages through comments of any length.
func TestALongHistoryFitsIntoMessages(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	for i := range 13 {
		c.sim.Say(sim.Message{Chat: c.pokja, Person: c.yuliana, Text: strconv.Itoa(i) + " " + strings.Repeat("panjang 🌳 ", 350), ReplyTo: card})
	}
	c.quiet()
	c.press(c.pokja, c.baso, "Riwayat (14)")
	seen := 0
	for page := range 3 {
		text := c.message(c.pokja, card).Text
		if seen += strings.Count(text, "Yuliana Tasik menulis: "); strings.Contains(text, "membuat tugas") != (page == 2) {
			t.Errorf("page %d:\n%s", page, text)
		}
		if page < 2 {
			c.pressOn(c.pokja, card, c.baso, "Lebih lama")
		}
	}
	if seen != 13 {
		t.Errorf("%d comments were shown", seen)
	}
}

// TestAnObstacleIsToldAtOnce tells every coordinator, asks who can help, and
// passes on what is explained afterwards.
func TestAnObstacleIsToldAtOnce(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh @yuliana_contoh Rekap tonase, tenggat besok")
	contains(t, c.pressOn(c.pokja, card, c.baso, "Siap").Text, "T-1")
	c.pressOn(c.pokja, card, c.yuliana, "Siap")
	c.hush()
	contains(t, c.pressOn(c.pokja, card, c.baso, "Ada kendala").Text, "Balas kartu ini")
	for _, person := range []int64{c.sitti, c.rahman} {
		contains(t, only(t, c.heard(person)).Text, "T-1 terkendala: Rekap tonase", "Baso Irfandi")
	}
	now := c.message(c.pokja, card)
	contains(t, now.Text, "Terkendala · ", "Siapa yang dapat membantu?")
	if lines := strings.Count(now.Text, "\n"); lines != 2 || !hasButton(now, "Koordinator") || !hasButton(now, "Pimpinan") || !hasButton(now, "Urungkan") {
		t.Errorf("the card: %q %q", now.Text, labels(now))
	}
	c.write(sim.Message{Chat: c.pokja, Person: c.baso, Text: "kunci gudang hilang", ReplyTo: card})
	contains(t, only(t, c.heard(c.sitti)).Text, "T-1 terkendala", "Baso Irfandi: kunci gudang hilang")
	c.write(sim.Message{Chat: c.pokja, Person: c.yuliana, Text: "bagian saya lancar", ReplyTo: card})
	if said := c.heard(c.sitti); len(said) != 0 {
		t.Errorf("a comment of somebody without an obstacle was passed on: %q", texts(said))
	}
	c.press(c.baso, c.baso, "Ada kendala") // once more, in private: it is still there
	c.hush()
	c.press(c.baso, c.baso, "Pimpinan")
	contains(t, only(t, c.heard(c.anwar)).Text, "T-1 terkendala", "Baso Irfandi mohon bantuan koordinasi")
	for _, person := range []int64{c.sitti, c.rahman, c.baso} {
		if said := c.heard(person); len(said) != 0 {
			t.Errorf("%d was told %q", person, texts(said))
		}
	}
}

// TestHelpIsAskedOfThoseThereAre says so when there is nobody.
func TestHelpIsAskedOfThoseThereAre(t *testing.T) {
	c := newTown(t)
	c.say(c.sitti, c.sitti, "/peran @anwar_contoh lepas pimpinan")
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	answer := only(t, c.say(c.baso, c.baso, "/kendala T-1 hujan"))
	contains(t, answer.Text, "T-1 terkendala", "Siapa yang dapat membantu?")
	c.hush()
	contains(t, c.pressOn(c.baso, answer.ID, c.baso, "Pimpinan").Text, "Belum ada yang dapat dihubungi")
	if now := c.message(c.baso, answer.ID); len(labels(now)) != 1 || !hasButton(now, "Urungkan") {
		t.Errorf("it still asks: %q", labels(now))
	}
	answer = only(t, c.say(c.baso, c.baso, "/kendala T-1 hujan lagi"))
	c.hush()
	contains(t, c.pressOn(c.baso, answer.ID, c.baso, "Koordinator").Text, "teruskan")
	contains(t, only(t, c.heard(c.rahman)).Text, "mohon bantuan koordinasi: hujan lagi")
	c.say(c.baso, c.baso, "/progres T-1 10%")
	c.hush()
	contains(t, c.pressData(c.baso, answer.ID, c.baso, data(pressHelper, 1, helperCoordinator)).Text, "tidak berlaku")
	if said := c.heard(c.rahman); len(said) != 0 {
		t.Errorf("an old button told %q", texts(said))
	}
}

// TestAnAlbumArrivesWhole hands several files in by one command, in private.
func TestAnAlbumArrivesWhole(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.newTask("@baso_contoh Foto posko, tenggat besok")
	album := func(caption, name, group string) []sim.Shown {
		return c.write(sim.Message{Chat: c.baso, Person: c.baso, Caption: caption, Document: &sim.File{Name: name, Bytes: []byte(name)}, MediaGroup: group})
	}
	contains(t, only(t, album("/selesai T-1 T-2", "a.pdf", "1")).Text, "T-1, T-2 menunggu pemeriksaan")
	for _, name := range []string{"b.pdf", "c.pdf"} {
		if said := album("", name, "1"); len(said) != 0 {
			t.Errorf("%s was answered: %q", name, texts(said))
		}
	}
	contains(t, joined(album("", "d.pdf", "2")), "perintah") // another album
	c.attached(1, 3)
	c.attached(2, 3)
	contains(t, joined(c.sim.Messages(c.sitti)), "menyerahkan (3 berkas)")

	contains(t, joined(album("/tugas_baru Balas surat ini", "surat.pdf", "3")), "Tenggatnya kapan?")
	album("", "lampiran.pdf", "3")
	c.attached(3, 2)
	contains(t, joined(c.say(c.baso, c.baso, "besok")), "Tenggat T-3: Sabtu, 26 September 2026")
	c.sound()
}

// TestWordsOfACoordinatorOnHandedInWork reach those whose work it is.
func TestWordsOfACoordinatorOnHandedInWork(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh @yuliana_contoh Rekap tonase, tenggat besok")
	contains(t, only(t, c.say(c.baso, c.baso, "/selesai T-1 bagian kecamatan")).Text, "Bagian Bapak/Ibu di T-1 tercatat selesai", "menunggu yang lain")
	if said := c.heard(c.sitti); len(said) != 0 {
		t.Errorf("half of the work was shown: %q", texts(said))
	}
	if own := c.sim.Messages(c.baso); hasButton(own[len(own)-2], "Selesai") {
		t.Errorf("his own card still offers to hand in: %q", labels(own[len(own)-2]))
	}
	contains(t, c.pressOn(c.pokja, card, c.yuliana, "Siap").Text, "T-1")
	c.hush()
	c.press(c.yuliana, c.yuliana, "Selesai")
	check := only(t, c.heard(c.sitti))
	contains(t, check.Text, "Mohon diperiksa, Baso Irfandi, Yuliana Tasik", "T-1 · Rekap tonase", "Menunggu pemeriksaan")
	c.pass(time.Minute)
	contains(t, c.pressOn(c.sitti, check.ID, c.sitti, "Perlu diperbaiki").Text, "Balas pesan ini")
	c.hush()
	c.write(sim.Message{Chat: c.sitti, Person: c.sitti, Text: "tanggalnya belum ada", ReplyTo: check.ID})
	for _, person := range []int64{c.baso, c.yuliana} {
		contains(t, only(t, c.heard(person)).Text, "catatan untuk T-1: tanggalnya belum ada")
	}
}
