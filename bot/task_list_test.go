package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestSearching finds what the person may see, by any words in any letters.
func TestSearching(t *testing.T) {
	c := newTown(t)
	for _, line := range []string{"@baso_contoh Rekap tonase Désa Bontomaté'ne, tenggat besok", "Daftar bank SAMPAH İnduk 🌳, tenggat besok", "Surat نظافة untuk desa, tanpa tenggat"} {
		c.newTask(line)
	}
	c.say(c.ekonomi, c.herlina, "/tugas_baru @fadli_contoh Data pedagang sampah, tenggat besok")
	c.say(c.fadli, c.fadli, "/bantuan") // only now it is known whose name that is
	c.hush()
	for _, test := range []struct {
		person, chat int64
		words        string
		found        []int64
	}{
		{c.baso, c.baso, "sampah", []int64{2}},
		{c.baso, c.baso, "BANK daftar", []int64{2}},
		{c.baso, c.baso, "désa", []int64{1}},
		{c.baso, c.baso, "DÉSA  bontomaté'ne", []int64{1}},
		{c.baso, c.baso, "نظافة", []int64{3}},
		{c.baso, c.baso, "🌳", []int64{2}},
		{c.baso, c.baso, "100% _", nil},
		{c.baso, c.baso, "'; DROP TABLE task; --", nil},
		{c.baso, c.baso, "pedagang", nil},
		{c.herlina, c.herlina, "sampah", []int64{4}},
		{c.fadli, c.fadli, "sampah", []int64{4}},
		{c.fadli, c.fadli, "rekap", nil},
		{c.sitti, c.sitti, "sampah", []int64{2, 4}},
		{c.lukas, c.lukas, "sampah", []int64{2, 4}},
		{c.sitti, c.pokja, "sampah", []int64{2}},
		{c.sitti, c.ekonomi, "sampah", []int64{4}},
	} {
		t.Run(fmt.Sprint(test.words, " by ", test.person, " in ", test.chat), func(t *testing.T) {
			answer := only(t, c.say(test.chat, test.person, "/cari "+test.words))
			for number := int64(1); number <= 4; number++ {
				want := false
				for _, found := range test.found {
					want = want || found == number
				}
				if got := strings.Contains(answer.Text, filled("T-# · ", number)); got != want {
					t.Errorf("T-%d: %v\n%s", number, got, answer.Text)
				}
			}
		})
	}
	contains(t, only(t, c.say(c.baso, c.baso, "/cari")).Text, "/cari bank sampah")
	c.say(c.lewat, c.lewat, "/search sampah")
	lacks(t, joined(c.sim.Messages(c.lewat)), "T-")
	fresh := c.group("Baru", c.sitti)
	lacks(t, joined(c.say(fresh, c.sitti, "/cari sampah")), "T-2")
	c.sound()
}

// TestASearchSaysWhereItLookedNoFurther asks for what stands in more tasks than a search
// reads: at least so many, and only among the newest.
func TestASearchSaysWhereItLookedNoFurther(t *testing.T) {
	c := newTown(t)
	c.change(func(tx *store.Tx) error {
		for number := range 600 {
			title := "Rekap tonase"
			if number == 0 {
				title = "Rekap langka"
			}
			if _, err := tx.CreateTask(council.Task{Title: title, CreatedBy: 1, CreatedAt: c.clock(), State: council.TaskNew}, 0, 0); err != nil {
				return err
			}
		}
		return nil
	})
	common := only(t, c.say(c.sitti, c.sitti, "/cari tonase")).Text
	contains(t, common, "Ditemukan sedikitnya 250 tugas")
	contains(t, common, "Baru yang terbaru yang dicari. Tambah kata")
	rare := only(t, c.say(c.sitti, c.sitti, "/cari langka")).Text
	contains(t, rare, "T-1 · ")
	lacks(t, rare, "Baru yang terbaru")
}

// TestListsArePaged turns pages of the group's and of one's own tasks.
func TestListsArePaged(t *testing.T) {
	c := newTown(t)
	contains(t, only(t, c.say(c.pokja, c.baso, "/tugas")).Text, "Belum ada tugas di grup ini")
	contains(t, only(t, c.say(c.baso, c.baso, "/tasks")).Text, "Tidak ada tugas yang terbuka")
	for i := range 19 {
		c.sim.Say(sim.Message{Chat: c.pokja, Person: c.sitti, Text: fmt.Sprintf("/tugas_baru @baso_contoh Tugas ke-%d, tenggat besok", i+1)})
	}
	c.quiet()
	c.say(c.baso, c.baso, "/selesai T-1")
	c.press(c.sitti, c.sitti, "Sesuai")
	c.hush()
	for _, list := range []struct {
		chat  int64
		head  string
		pages []string // a task of each page
		last  int      // how many stand on the last
	}{
		{c.pokja, "Tugas Pokja Lingkungan (19):", []string{"T-2 ·", "T-10 ·", "T-1 · Tugas ke-1 · Selesai"}, 3},
		{c.baso, "Tugas Bapak/Ibu (18):", []string{"T-2 ·", "T-10 ·", "T-19 ·"}, 2},
	} {
		shown := only(t, c.say(list.chat, c.baso, "/tugas"))
		for page, task := range list.pages {
			contains(t, shown.Text, list.head, task)
			if hasButton(shown, "Sebelumnya") != (page > 0) || hasButton(shown, "Berikutnya") != (page < 2) {
				t.Errorf("page %d offers %q", page, labels(shown))
			}
			if page == 2 {
				if got := strings.Count(shown.Text, "\n"); got != list.last {
					t.Errorf("the last page has %d tasks", got)
				}
				continue
			}
			c.pressOn(list.chat, shown.ID, c.baso, "Berikutnya")
			shown = c.message(list.chat, shown.ID)
		}
		c.pressOn(list.chat, shown.ID, c.baso, "Sebelumnya")
		contains(t, c.message(list.chat, shown.ID).Text, "T-10 ·")
	}
	lacks(t, joined(c.sim.Messages(c.pokja)), "lewat")
}

// TestGroupsShowNoLateness lets a task run late and looks at everything that
// the group can see of it.
func TestGroupsShowNoLateness(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok 10.00")
	c.pass(5 * 24 * 3600 * 1e9)
	c.say(c.pokja, c.yuliana, "/tugas")
	c.say(c.pokja, c.yuliana, "/tugas T-1")
	c.say(c.pokja, c.yuliana, "/cari rekap")
	c.say(c.pokja, c.baso, "/progres T-1 50%")
	c.say(c.pokja, c.sitti, "/disposisi T-1 @yuliana_contoh @baso_contoh")
	c.press(c.pokja, c.yuliana, "Siap")
	c.press(c.pokja, c.yuliana, "Riwayat (4)")
	lacks(t, strings.ToLower(joined(c.sim.Messages(c.pokja))), "lewat", "terlambat")
	contains(t, joined(c.sim.Messages(c.baso)), "(lewat 4 hari)")
}

// TestACardNamesAFewPeople keeps three short lines however many are assigned.
func TestACardNamesAFewPeople(t *testing.T) {
	c := newTown(t)
	card := only(t, c.say(c.pokja, c.sitti, "/tugas_baru @baso_contoh @yuliana_contoh @herlina_contoh @lukas_contoh @anwar_contoh @fadli_contoh Rekap, tenggat besok"))
	contains(t, card.Text, "Lukas Rante dan 2 lainnya\n")
	if len(c.task(1).Assignees) != 6 {
		t.Errorf("assigned: %+v", c.task(1).Assignees)
	}
	contains(t, joined(c.heard(c.anwar)), "Anwar Malolo", "@fadli_contoh")
}
