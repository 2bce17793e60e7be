package bot

import (
	"slices"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
)

// officials are a coordinator, two groups and some people who can be written to.
type officials struct {
	*harness
	sitti, anwar, lukas, baso int64
	pokja, economy            int64
}

func newOfficials(t *testing.T) *officials {
	h := newHarness(t) // Friday, 25 September 2026, 09.00
	town := &officials{harness: h, sitti: h.coordinator("Sitti Ramlah", "sitti_contoh"),
		anwar: h.person("Anwar Malolo", "anwar_contoh"), lukas: h.person("Lukas Rante", "lukas_contoh"), baso: h.person("Baso Irfandi", "baso_contoh")}
	town.pokja = h.linkedGroup("Pokja", "pokja lingkungan", town.sitti, town.baso)
	town.economy = h.linkedGroup("Ekonomi", "pokja ekonomi", town.sitti)
	h.say(town.sitti, town.sitti, "/peran @anwar_contoh dewan")
	h.say(town.sitti, town.sitti, "/peran @lukas_contoh dewan")
	h.say(town.pokja, town.baso, "/bantuan")
	for _, person := range []int64{town.anwar, town.lukas, town.baso} {
		h.say(person, person, "/start")
		h.heard(person)
	}
	return town
}

// leads tells whether somebody has a leader's rights, once the day is settled.
func (h *officials) leads(person int64) bool {
	h.t.Helper()
	h.say(h.sitti, h.sitti, "/bantuan")
	return h.actor(person).Has(council.RoleLeader)
}

func (h *officials) day(days int) {
	h.pass(time.Duration(days) * 24 * time.Hour)
}

func TestPositionsInOneLine(t *testing.T) {
	const friday = "Jumat, 25 September 2026"
	for _, test := range []struct {
		said string
		want []string
		told []string
	}{
		{"/peran @anwar_contoh Sekda", []string{"Anwar Malolo", "Sekda", "mulai " + friday + ", tanpa batas akhir"}, []string{"Sekda", "mulai " + friday}},
		{"/role @anwar_contoh regional secretary", []string{"Sekda", "mulai " + friday}, []string{"Sekda"}},
		{"/peran sekretaris daerah @anwar_contoh mulai 1 Oktober", []string{"Sekda", "mulai Kamis, 1 Oktober 2026"}, []string{"1 Oktober"}},
		{"/peran @anwar_contoh Plh Sekda 3–7 Oktober", []string{"Plh. Sekda", "Sabtu, 3 Oktober 2026 sampai Rabu, 7 Oktober 2026"}, []string{"Plh. Sekda", "tidak di tempat"}},
		{"/peran @anwar_contoh Plt. Sekda sampai 30 September", []string{"Plt. Sekda", friday + " sampai Rabu, 30 September 2026"}, []string{"Plt. Sekda"}},
		{"/peran @anwar_contoh pj sekda", []string{"Pj. Sekda"}, []string{"Pj. Sekda"}},
		{"/peran @anwar_contoh wakil Sekda besok", []string{"Wakil Sekda", "Sabtu, 26 September 2026."}, []string{"Wakil Sekda"}},
		{"/peran @anwar_contoh Sekda sejak 1 Mei", []string{"mulai Jumat, 1 Mei 2026"}, []string{"1 Mei 2026"}},
		{"/peran @anwar_contoh Sekda terhitung mulai 1 Oktober", []string{"tercatat sebagai Sekda.", "1 Oktober 2026"}, []string{"Sekda"}},
		{"/peran @anwar_contoh Kepala DLH untuk Pokja Lingkungan", []string{"Kepala DLH, untuk Pokja Lingkungan"}, []string{"Kepala DLH, untuk Pokja Lingkungan"}},
		{"/peran @anwar_contoh Kadis Lingkungan Hidup untuk seluruh daerah", []string{"Kadis Lingkungan Hidup, seluruh daerah"}, []string{"seluruh daerah"}},
		{"/role @anwar_contoh head of DLH for environment from Monday", []string{"head of DLH", "Pokja Lingkungan", "Senin, 28 September 2026"}, []string{"head of DLH"}},
		{"/peran @anwar_contoh PIC Pokja Lingkungan", []string{"sebagai PIC Pokja Lingkungan."}, []string{"PIC Pokja Lingkungan"}},
		{"/peran @anwar_contoh penanggung jawab untuk pokja ekonomi", []string{"PIC Pokja Ekonomi"}, []string{"PIC Pokja Ekonomi"}},
		{"/peran @anwar_contoh Plh PIC Pokja Ekonomi", []string{"Plh. PIC Pokja Ekonomi"}, []string{"Plh. PIC"}},
	} {
		t.Run(test.said, func(t *testing.T) {
			h := newOfficials(t)
			h.heard(h.sitti)
			answer := only(t, h.say(h.sitti, h.sitti, test.said))
			contains(t, answer.Text, append(test.want, "Anwar Malolo")...)
			contains(t, only(t, h.heard(h.anwar)).Text, test.told...)
			if !slices.Equal(labels(answer), []string{"Urungkan"}) {
				t.Errorf("buttons %v", labels(answer))
			}
		})
	}
}

func TestWhatIsNoPosition(t *testing.T) {
	h := newOfficials(t)
	for _, test := range []struct{ said, want string }{
		{"/peran @anwar_contoh Sekda 5 Oktober", "Masanya belum terbaca"},
		{"/peran @anwar_contoh Sekda sampai 31 September", "Masanya belum terbaca"},
		{"/peran @anwar_contoh Sekda mulai 5 Oktober 2026 sampai 1 Oktober 2026", "Masanya belum terbaca"},
		{"/peran @anwar_contoh Sekda sampai 1 September 2026", "sudah lewat"},
		{"/peran @anwar_contoh @lukas_contoh Sekda", "satu orang"},
		{"/peran @anwar_contoh Kepala DLH untuk Pokja Kehidupan", "Belum ada grup"},
		{"/peran @anwar_contoh PIC Pokja Antah Berantah", "Belum ada grup"},
		{"/peran @anwar_contoh lepas Sekda", "tidak tercatat"},
		{"/peran @anwar_contoh Kepala", "Peran apa"},
		{"/peran @anwar_contoh Raja", "Peran apa"},
		{"/peran @anwar_contoh Plh Raja 3–7 Oktober", "Peran apa"},
	} {
		t.Run(test.said, func(t *testing.T) {
			contains(t, only(t, h.say(h.sitti, h.sitti, test.said)).Text, test.want)
		})
	}
	if told := h.heard(h.anwar); len(told) > 0 || h.leads(h.anwar) {
		t.Errorf("somebody was told %q", texts(told))
	}
}

func TestRightsLastAsLongAsThePosition(t *testing.T) {
	h := newOfficials(t)
	h.say(h.sitti, h.sitti, "/peran @anwar_contoh Sekda mulai 26 September sampai 28 September")
	h.say(h.sitti, h.sitti, "/peran @lukas_contoh Plh Kepala DLH untuk lingkungan, 27–28 September")
	h.say(h.sitti, h.sitti, "/peran @baso_contoh PIC pokja lingkungan")
	for days, want := range [][]bool{{false, false}, {true, false}, {true, true}, {true, true}, {false, false}} {
		if days == 3 {
			h.restart()
		}
		if anwar, lukas := h.leads(h.anwar), h.leads(h.lukas); anwar != want[0] || lukas != want[1] || h.leads(h.baso) {
			t.Errorf("after %d days Anwar leads: %v, Lukas: %v; Baso: %v", days, anwar, lukas, h.leads(h.baso))
		}
		h.day(1)
	}
}

func TestANewHolderEndsTheFormer(t *testing.T) {
	h := newOfficials(t)
	h.say(h.sitti, h.sitti, "/peran @anwar_contoh Sekda")
	h.heard(h.anwar)
	answer := only(t, h.say(h.sitti, h.sitti, "/peran @lukas_contoh Sekda mulai 1 Oktober"))
	contains(t, answer.Text, "Lukas Rante", "mulai Kamis, 1 Oktober 2026", "Masa Anwar Malolo sebagai Sekda berakhir Rabu, 30 September 2026")
	contains(t, only(t, h.heard(h.anwar)).Text, "berakhir Rabu, 30 September 2026", "Terima kasih")
	contains(t, only(t, h.heard(h.lukas)).Text, "Sekda", "1 Oktober 2026")
	if !h.leads(h.anwar) || h.leads(h.lukas) {
		t.Error("the rights changed before the day")
	}
	contains(t, h.pressOn(h.sitti, answer.ID, h.sitti, "Urungkan").Text, "Tersimpan")
	contains(t, h.message(h.sitti, answer.ID).Text, "diurungkan", "Sekda: Anwar Malolo, mulai Jumat, 25 September 2026, tanpa batas akhir")
	contains(t, only(t, h.heard(h.anwar)).Text, "diurungkan")
	contains(t, only(t, h.heard(h.lukas)).Text, "diurungkan")
	h.day(7)
	if !h.leads(h.anwar) || h.leads(h.lukas) {
		t.Error("what was undone came into force")
	}
	h.say(h.sitti, h.sitti, "/peran @lukas_contoh Sekda")
	h.day(1)
	if h.leads(h.anwar) || !h.leads(h.lukas) {
		t.Error("the former holder kept the rights, or the new one has none")
	}
}

func TestLeavingAPosition(t *testing.T) {
	h := newOfficials(t)
	h.say(h.sitti, h.sitti, "/peran @anwar_contoh Kepala DLH untuk lingkungan")
	h.say(h.sitti, h.sitti, "/peran @anwar_contoh Kepala DLH untuk ekonomi")
	h.say(h.sitti, h.sitti, "/peran @anwar_contoh Plh Sekda mulai 1 Oktober")
	h.heard(h.anwar)
	contains(t, only(t, h.say(h.sitti, h.sitti, "/peran @anwar_contoh lepas pimpinan")).Text, "melekat pada jabatan Kepala DLH")
	contains(t, only(t, h.say(h.sitti, h.sitti, "/peran @anwar_contoh lepas Sekda")).Text, "Penunjukan Anwar Malolo sebagai Plh. Sekda tidak jadi")
	contains(t, only(t, h.heard(h.anwar)).Text, "Plh. Sekda tidak jadi")
	contains(t, only(t, h.say(h.sitti, h.sitti, "/peran @anwar_contoh cabut kepala dlh untuk pokja ekonomi")).Text, "berakhir Jumat, 25 September 2026")
	contains(t, only(t, h.say(h.sitti, h.sitti, "/peran")).Text, "Kepala DLH (untuk Pokja Lingkungan): Anwar Malolo, mulai", "Kepala DLH (untuk Pokja Ekonomi): Anwar Malolo, Jumat, 25 September 2026")
	h.day(1)
	contains(t, only(t, h.say(h.sitti, h.sitti, "/role @anwar_contoh remove Kepala DLH until 30 September")).Text, "berakhir Rabu, 30 September 2026")
	h.day(4)
	if !h.leads(h.anwar) {
		t.Error("the rights ended before the last day was over")
	}
	h.day(1)
	if h.leads(h.anwar) {
		t.Error("the rights outlast the position")
	}
}

func TestARoleBesideAPosition(t *testing.T) {
	h := newOfficials(t)
	h.say(h.sitti, h.sitti, "/peran @anwar_contoh Sekda sampai 26 September")
	h.say(h.sitti, h.sitti, "/peran @lukas_contoh Plh Sekda sampai 26 September")
	h.say(h.sitti, h.sitti, "/peran @lukas_contoh pimpinan")
	answer := only(t, h.say(h.sitti, h.sitti, "/peran @anwar_contoh pimpinan"))
	contains(t, h.pressOn(h.sitti, answer.ID, h.sitti, "Urungkan").Text, "melekat pada jabatan Sekda")
	if !h.leads(h.anwar) {
		t.Error("the position gives no rights any more")
	}
	h.day(2)
	if h.leads(h.anwar) || !h.leads(h.lukas) {
		t.Error("a role that was taken back outlasts the position, or one that was given does not")
	}
}

func TestTheGroupIsAsked(t *testing.T) {
	h := newOfficials(t)
	question := only(t, h.say(h.sitti, h.sitti, "/peran @anwar_contoh Kepala DLH sampai 30 September"))
	if !slices.Equal(labels(question), []string{"Pokja Lingkungan", "Pokja Ekonomi", "Seluruh daerah"}) {
		t.Fatalf("offered %v", labels(question))
	}
	contains(t, question.Text, "Kepala DLH")
	h.pressOn(h.sitti, question.ID, h.sitti, "Pokja Lingkungan")
	contains(t, h.message(h.sitti, question.ID).Text, "Kepala DLH, untuk Pokja Lingkungan", "30 September 2026")
	contains(t, only(t, h.heard(h.anwar)).Text, "Kepala DLH, untuk Pokja Lingkungan")
	contains(t, h.pressData(h.sitti, question.ID, h.sitti, data(pressPosition, positionFor, 2)).Text, "tidak berlaku")

	// The group of an office is known, from then on, however the title is written.
	contains(t, only(t, h.say(h.sitti, h.sitti, "/peran @lukas_contoh Plh kepala dlh 28–29 September")).Text, "Plh. Kepala DLH, untuk Pokja Lingkungan")

	question = only(t, h.say(h.sitti, h.sitti, "/peran @baso_contoh PIC"))
	if !slices.Equal(labels(question), []string{"Pokja Lingkungan", "Pokja Ekonomi"}) {
		t.Fatalf("offered %v", labels(question))
	}
	contains(t, h.pressData(h.sitti, question.ID, h.sitti, data(pressPosition, positionFor, 0)).Text, "tidak berlaku")
	contains(t, h.pressData(h.sitti, question.ID, h.sitti, data(pressPosition, positionFor, 99)).Text, "tidak berlaku")
	contains(t, only(t, h.say(h.sitti, h.sitti, "pokja ekonomi")).Text, "PIC Pokja Ekonomi")
	h.heard(h.pokja)
	contains(t, only(t, h.say(h.pokja, h.sitti, "/peran @baso_contoh PIC")).Text, "PIC Pokja Lingkungan")
}

func TestPositionsAreForCoordinators(t *testing.T) {
	h := newOfficials(t)
	answer := only(t, h.say(h.pokja, h.sitti, "/peran @anwar_contoh Sekda"))
	h.heard(h.pokja)
	contains(t, only(t, h.say(h.pokja, h.baso, "/peran @baso_contoh Sekda")).Text, "koordinator")
	for _, forged := range []string{data(pressPosition, positionUndo, 1, h.clock().UnixMilli()), data(pressPosition, positionFor, 1), data(pressPosition)} {
		if toast := h.pressData(h.pokja, answer.ID, h.baso, forged); !toast.Alert {
			t.Errorf("%s by somebody else is answered %+v", forged, toast)
		}
	}
	for _, forged := range []string{data(pressPosition, positionUndo, 99, 1), data(pressPosition, positionUndo, 1, 1), data(pressPosition, positionFor, 1), data(pressPosition, "x"), data(pressPosition)} {
		contains(t, h.pressData(h.pokja, answer.ID, h.sitti, forged).Text, "tidak berlaku")
	}
	if !h.leads(h.anwar) || h.leads(h.baso) {
		t.Error("a forged press changed a position")
	}
	h.pass(10*time.Minute + time.Second)
	contains(t, h.pressOn(h.pokja, answer.ID, h.sitti, "Urungkan").Text, "tidak berlaku")
	contains(t, only(t, h.say(h.sitti, h.sitti, "/urungkan")).Text, "Tidak ada perubahan")
	h.say(h.sitti, h.sitti, "/peran @lukas_contoh Sekda")
	contains(t, only(t, h.say(h.sitti, h.sitti, "/urungkan")).Text, "Sekda diurungkan", "Anwar Malolo")
	if !h.leads(h.anwar) || h.leads(h.lukas) {
		t.Error("/urungkan did not undo the change of a position")
	}
}
