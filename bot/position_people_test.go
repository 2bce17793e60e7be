package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func TestHostileTitles(t *testing.T) {
	h := newOfficials(t)
	long := strings.Repeat("Panjang ", 40)
	for _, test := range []struct{ title, want, never string }{
		{"Kepala <b>DLH</b> & \"x\"", "Kepala <b>DLH</b> & \"x\", seluruh daerah", ""},
		{"Kepala \u202edroweS\u202c Dinas", "Kepala droweS Dinas", "\u202e"},
		{"Kepala " + long, "Kepala Panjang", strings.TrimSpace(long)},
		{"Kepala DLH\n\nYth.", "Kepala DLH Yth.", "\n\n"},
		{"Kepala {{.Person}} %s", "Kepala {{.Person}} %s", ""},
	} {
		t.Run(fmt.Sprintf("%.20q", test.title), func(t *testing.T) {
			text := only(t, h.say(h.sitti, h.sitti, "/peran @anwar_contoh "+test.title+" untuk seluruh daerah")).Text
			contains(t, text, test.want)
			if test.never != "" {
				lacks(t, text, test.never)
			}
		})
	}
	contains(t, only(t, h.say(h.sitti, h.sitti, "/peran")).Text, "/peran @nama lepas Sekda")
}

func TestTheSamePersonAgain(t *testing.T) {
	h := newOfficials(t)
	h.say(h.sitti, h.sitti, "/peran @anwar_contoh Sekda")
	h.heard(h.anwar)
	contains(t, only(t, h.say(h.sitti, h.sitti, "/peran @anwar_contoh Sekda")).Text, "sudah tercatat sebagai Sekda, mulai Jumat, 25 September 2026")
	if told := h.heard(h.anwar); len(told) > 0 {
		t.Errorf("told again: %q", texts(told))
	}
	h.day(2)
	answer := only(t, h.say(h.sitti, h.sitti, "/peran @anwar_contoh Sekda sampai 30 September"))
	contains(t, answer.Text, "Jumat, 25 September 2026 sampai Rabu, 30 September 2026")
	lacks(t, answer.Text, "berakhir")
	only(t, h.heard(h.anwar))
	list := only(t, h.say(h.sitti, h.sitti, "/peran")).Text
	if strings.Count(list, "Sekda: Anwar") != 1 {
		t.Errorf("the list:\n%s", list)
	}
}

func TestWhoActsIsListed(t *testing.T) {
	h := newOfficials(t)
	h.say(h.sitti, h.sitti, "/peran @anwar_contoh Sekda")
	h.say(h.sitti, h.sitti, "/peran @lukas_contoh Plh Sekda")
	h.say(h.sitti, h.sitti, "/peran @hasan_contoh PIC pokja ekonomi")
	h.say(h.sitti, h.sitti, "/peran @baso_contoh Kepala DLH untuk lingkungan")
	list := only(t, h.say(h.sitti, h.sitti, "/peran")).Text
	contains(t, list, "Sekda: Anwar Malolo, mulai", "Plh. Sekda: Lukas Rante", "bertugas hari ini: Anwar Malolo",
		"PIC Pokja Ekonomi: @hasan_contoh", "belum ada yang dapat dihubungi")
	if strings.Index(list, "Sekda:") > strings.Index(list, "Kepala DLH") || strings.Index(list, "Kepala DLH") > strings.Index(list, "PIC") {
		t.Errorf("the highest does not come first:\n%s", list)
	}
	h.change(func(tx *store.Tx) error {
		member, err := tx.MemberByTelegramID(h.anwar)
		if err != nil {
			return err
		}
		today := council.DayOf(h.clock(), time.UTC)
		_, err = tx.AddLeave(council.Leave{MemberID: member.ID, First: today, Last: today})
		return err
	})
	contains(t, only(t, h.say(h.sitti, h.sitti, "/peran")).Text, "bertugas hari ini: Lukas Rante")
	h.heard(h.pokja)
	h.heard(h.lukas)
	lacks(t, only(t, h.say(h.pokja, h.sitti, "/peran")).Text, "Anwar", "Lukas")
	contains(t, only(t, h.say(h.lukas, h.lukas, "/profil")).Text, "Jabatan: Plh. Sekda, mulai Jumat, 25 September 2026")
}

func TestWhoWasNotSeenYetHoldsAPosition(t *testing.T) {
	for name, known := range map[string]bool{"at all": false, "under this username": true} {
		t.Run(name, func(t *testing.T) {
			h := newOfficials(t)
			rauf := h.person("Rauf", "rauf_contoh")
			if known {
				h.change(func(tx *store.Tx) error {
					_, _, err := tx.Appeared(rauf, "", "id", h.clock())
					return err
				})
			}
			contains(t, only(t, h.say(h.sitti, h.sitti, "/peran @rauf_contoh Sekda")).Text, "@rauf_contoh", "belum dapat dikabari")
			contains(t, strings.Join(texts(h.say(rauf, rauf, "/profil")), "\n"), "Jabatan: Sekda", "pimpinan")
		})
	}
}

func TestPositionByReplyInEnglish(t *testing.T) {
	h := newOfficials(t)
	h.say(h.pokja, h.sitti, "/bahasa en")
	h.heard(h.pokja)
	said := h.sim.Say(sim.Message{Chat: h.pokja, Person: h.baso, Text: "selamat pagi"})
	h.heard(h.pokja)
	answer := only(t, h.write(sim.Message{Chat: h.pokja, Person: h.sitti, Text: "/role acting head of DLH, 28–29 September", ReplyTo: said}))
	if !slices.Contains(labels(answer), "The whole region") {
		t.Fatalf("offered %v", labels(answer))
	}
	h.pressOn(h.pokja, answer.ID, h.sitti, "The whole region")
	contains(t, h.message(h.pokja, answer.ID).Text, "Baso Irfandi", "Acting head of DLH, the whole region", "Monday, 28 September 2026 to Tuesday, 29 September 2026")
	contains(t, only(t, h.heard(h.baso)).Text, "Plt. head of DLH")
}
