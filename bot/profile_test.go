package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/store"
)

func TestProfile(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("DLH", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/bantuan")
	h.say(sitti, sitti, "/peran @baso_contoh pimpinan")
	shown := only(t, h.say(baso, baso, "/profil"))
	contains(t, shown.Text, "Nama: Baso Irfandi", "Sapaan: belum diisi", "Peran: anggota Pokja, pimpinan", "Grup: Pokja Lingkungan", "Bahasa: Bahasa Indonesia")
	lacks(t, shown.Text, "DLH")
	h.linkedGroup("DLH dua", "pokja lingkungan", sitti, baso)
	contains(t, only(t, h.say(baso, baso, "/profil")).Text, "Pokja Lingkungan (DLH)")
	inGroup := only(t, h.say(pokja, baso, "/profil"))
	lacks(t, inGroup.Text, "Baso", "pimpinan")
	payload, opens := strings.CutPrefix(inGroup.Buttons[0][0].URL, "https://t.me/rembuk_bot?start=")
	if !opens {
		t.Errorf("the button opens %q", inGroup.Buttons[0][0].URL)
	}
	contains(t, only(t, h.say(baso, baso, "/start "+payload)).Text, "Nama: Baso Irfandi")
}

func TestFormOfAddress(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	for _, test := range []struct{ button, typed, kept, greeted string }{
		{"Bapak", "", "Bapak", "Pak Sitti Ramlah"},
		{"Ibu", "", "Ibu", "Bu Sitti Ramlah"},
		{"dr.", "", "dr.", "dr. Sitti Ramlah"},
		{"Prof.", "", "Prof.", "Prof. Sitti Ramlah"},
		{"Lainnya", " Hj. ", "Hj.", "Hj. Sitti Ramlah"},
		{"Lainnya", strings.Repeat("panjang ", 20), "panjang panjang panjang panja…", "Sitti Ramlah"},
	} {
		t.Run(test.kept, func(t *testing.T) {
			profile := only(t, h.say(sitti, sitti, "/profil"))
			h.pressOn(sitti, profile.ID, sitti, "Ubah sapaan")
			h.pressOn(sitti, profile.ID, sitti, test.button)
			answer := h.message(sitti, profile.ID).Text
			if test.typed != "" {
				h.restart()
				h.heard(sitti)
				answer = only(t, h.say(sitti, sitti, test.typed)).Text
			}
			contains(t, answer, test.greeted)
			if got := h.actor(sitti).Address; got != test.kept {
				t.Errorf("kept %q", got)
			}
		})
	}
	profile := only(t, h.say(sitti, sitti, "/profil"))
	h.pressOn(sitti, profile.ID, sitti, "Ubah sapaan")
	h.pressOn(sitti, profile.ID, sitti, "Lewati")
	if got := h.actor(sitti).Address; got == "" {
		t.Error("skipping took the form of address away")
	}
	contains(t, h.pressData(sitti, profile.ID, sitti, data(pressAddress, "king")).Text, "tidak berlaku")
}

// TestAFormOfAddressIsSaidOnce is for people whose name begins with it.
func TestAFormOfAddressIsSaidOnce(t *testing.T) {
	h := newHarness(t)
	herlina := h.coordinator("dr. Herlina Pabokori", "herlina_contoh")
	profile := only(t, h.say(herlina, herlina, "/profil"))
	h.pressOn(herlina, profile.ID, herlina, "Ubah sapaan")
	h.pressOn(herlina, profile.ID, herlina, "dr.")
	answer := h.message(herlina, profile.ID).Text
	contains(t, answer, "dr. Herlina Pabokori")
	lacks(t, answer, "dr. dr.")
}

func TestLanguageOfAPerson(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	contains(t, only(t, h.say(sitti, sitti, "/bahasa en")).Text, "English")
	help := only(t, h.say(sitti, sitti, "/help"))
	h.pressOn(sitti, help.ID, sitti, "Tasks")
	contains(t, h.message(sitti, help.ID).Text, "/tasks")
	if menu := h.sim.Menu(sitti, sitti); len(menu) == 0 || menu[0].Command != "newtask" {
		t.Errorf("the menu is %+v", menu)
	}
	question := only(t, h.say(sitti, sitti, "/language"))
	h.pressOn(sitti, question.ID, sitti, "Bahasa Indonesia")
	contains(t, h.message(sitti, question.ID).Text, "Bahasa Indonesia")
	if menu := h.sim.Menu(sitti, sitti); menu[0].Command != "tugas_baru" {
		t.Errorf("the menu is %+v", menu)
	}
	contains(t, only(t, h.say(sitti, sitti, "/bahasa xx")).Text, "Bahasa apa")
	contains(t, h.pressData(sitti, question.ID, sitti, data(pressLanguage, "xx")).Text, "tidak berlaku")
}

func TestLanguageOfAGroupIsForCoordinators(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	chat := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.heard(chat)
	language := func() (found string) {
		h.look(func(tx *store.Tx) error {
			group, err := tx.GroupOf(chat, 0)
			found = group.Language
			return err
		})
		return found
	}
	contains(t, only(t, h.say(chat, baso, "/bahasa en")).Text, "koordinator")
	question := only(t, h.say(chat, sitti, "/bahasa"))
	if answer := h.pressOn(chat, question.ID, baso, "English"); !answer.Alert || language() != "id" {
		t.Errorf("Baso changed the group's language: %+v", answer)
	}
	h.pressOn(chat, question.ID, sitti, "English")
	if language() != "en" {
		t.Fatal("the language did not change")
	}
	contains(t, only(t, h.say(chat, baso, "/mulai")).Text, "Environment Working Group")
	if h.actor(sitti).Language != "id" {
		t.Error("the coordinator's own language changed with the group's")
	}
	contains(t, only(t, h.say(chat, sitti, "/bahasa id")).Text, "Indonesia")
}

func TestANewPersonStartsInTheLanguageOfTelegram(t *testing.T) {
	h := newHarness(t)
	h.coordinator("Sitti Ramlah", "sitti_contoh")
	english := h.sim.Person(simPerson("Mary", "mary_contoh", "en-GB"))
	contains(t, only(t, h.say(english, english, "/start")).Text, "coordinator")
	german := h.sim.Person(simPerson("Karl", "karl_contoh", "de"))
	contains(t, only(t, h.say(german, german, "/start")).Text, "koordinator")
}
