package bot

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func TestWhichGroupsShareATaskIsReadFromWords(t *testing.T) {
	tests := []struct {
		text, rest string
		named      bool // of a whole task, where only what is called a group is one
		with       []council.Dimension
		without    []council.Dimension
	}{
		{text: "bersama Pokja Ekonomi", with: []council.Dimension{council.Economy}},
		{text: "bersama Ekonomi dan Lingkungan", with: []council.Dimension{council.Economy, council.Environment}},
		{text: "with economy", with: []council.Dimension{council.Economy}},
		{text: "lepas Pokja Tata Kelola", without: []council.Dimension{council.Governance}},
		{text: "tanpa pokja ekonomi bersama pokja lingkungan", rest: " ", with: []council.Dimension{council.Environment}, without: []council.Dimension{council.Economy}},
		{text: "bersama Dewan", rest: "bersama Dewan"},
		{text: "bersama", rest: "bersama"},
		{text: "", rest: ""},
		{named: true, text: "Katalog bersama Pokja Ekonomi, Pokja Lingkungan, tenggat Jumat", rest: "Katalog  tenggat Jumat", with: []council.Dimension{council.Economy, council.Environment}},
		{named: true, text: "Katalog bersama #ekonomi #lingkungan", rest: "Katalog  #lingkungan", with: []council.Dimension{council.Economy}},
		{named: true, text: "Katalog bersama Pokja Tata Kelola & kelompok kerja ekonomi", rest: "Katalog ", with: []council.Dimension{council.Governance, council.Economy}},
		{named: true, text: "Tanam pohon bersama masyarakat, tenggat Jumat", rest: "Tanam pohon bersama masyarakat, tenggat Jumat"},
		{named: true, text: "Rapat bersama Pokja Ekonomi dan masyarakat", rest: "Rapat  dan masyarakat", with: []council.Dimension{council.Economy}},
		{named: true, text: "Rapat bersama Pokja, Ekonomi", rest: "Rapat bersama Pokja, Ekonomi"},
		{named: true, text: "Report together with working group environment by Friday", rest: "Report  by Friday", with: []council.Dimension{council.Environment}},
	}
	for _, test := range tests {
		rest, wish := takePartners(test.text, test.named, nil)
		if rest != test.rest || !slices.Equal(wish.With, test.with) || !slices.Equal(wish.Without, test.without) {
			t.Errorf("%q: %q, %+v", test.text, rest, wish)
		}
	}
}

// FuzzTakePartners never reads past a text, and gives back what it does not take.
func FuzzTakePartners(f *testing.F) {
	for _, text := range []string{"bersama Pokja Ekonomi, dan", "bersama", ",bersama ,;", "tanpa pokja\nekonomi & #x", "bersama Pokja Ekonomi Pokja Ekonomi"} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, named bool) {
		rest, wish := takePartners(text, named, nil)
		if wish.isZero() && rest != text || len(rest) > len(text) {
			t.Errorf("%q became %q", text, rest)
		}
	})
}

// share makes a task of the working group for the environment that is shared
// with the one for the economy.
func (c *town) share(line string) (number int64, card, other int) {
	c.t.Helper()
	card = only(c.t, c.say(c.pokja, c.sitti, "/tugas_baru "+line+" bersama Pokja Ekonomi")).ID
	other = only(c.t, c.heard(c.ekonomi)).ID
	c.hush()
	return int64(c.taskCount()), card, other
}

func TestASharedTaskIsSharedByCommandAndButton(t *testing.T) {
	c := newTown(t)
	card := c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	asked := only(t, c.say(c.pokja, c.sitti, "/disposisi T-1 bersama"))
	if !slices.Equal(labels(asked), []string{"Bersama Pokja Ekonomi"}) {
		t.Fatalf("offered %q", labels(asked))
	}
	contains(t, c.pressOn(c.pokja, asked.ID, c.lukas, "Bersama Pokja Ekonomi").Text, "T-1 kini bersama Pokja Ekonomi")
	contains(t, only(t, c.heard(c.ekonomi)).Text, "T-1 · Rekap tonase", "bersama Pokja Lingkungan")
	contains(t, c.message(c.pokja, card).Text, "bersama Pokja Ekonomi")
	contains(t, only(t, c.say(c.pokja, c.sitti, "/disposisi T-1 bersama Pokja Ekonomi")).Text, "memang sudah bersama")
	contains(t, only(t, c.say(c.pokja, c.sitti, "/disposisi T-1 bersama Pokja Kehidupan")).Text, "Belum ada grup dengan nama itu")
	c.hush()
	contains(t, joined(c.say(c.herlina, c.herlina, "/disposisi T-1 @herlina_contoh lepas Pokja Ekonomi")), "T-1 diteruskan kepada", "T-1 tidak lagi bersama Pokja Ekonomi")
	if task := c.task(1); len(task.Partners) != 0 || task.Assignees[0].MemberID != c.member(c.herlina) {
		t.Errorf("T-1: %+v", task)
	}
	if whom := only(t, c.say(c.sitti, c.sitti, "/disposisi T-1")); !hasButton(whom, "Bersama Pokja lain") {
		t.Errorf("offered %q", labels(whom))
	}
	c.press(c.sitti, c.sitti, "Bersama Pokja lain")
	c.press(c.sitti, c.sitti, "Bersama Pokja Ekonomi")
	if task := c.task(1); len(task.Partners) != 1 {
		t.Errorf("T-1: %+v", task)
	}
	c.sound()
}

// TestOnlyWhoManagesATaskSharesIt: not its assignee of another group, and not
// the people of the group that is to share it.
func TestOnlyWhoManagesATaskSharesIt(t *testing.T) {
	c := newTown(t)
	c.inState(council.TaskNew, c.fadli)
	for _, person := range []int64{c.herlina, c.fadli, c.lewat} {
		c.say(person, person, "/disposisi T-1 bersama Pokja Ekonomi")
		c.say(person, person, "/tunggu T-1 T-1")
	}
	if task := c.task(1); task.Version != 1 || len(task.Partners) != 0 {
		t.Errorf("T-1: %+v", task)
	}
	c.hush()
	number, _, _ := c.share("@baso_contoh Katalog, tenggat besok")
	if made := c.task(number); made.Title != "Katalog" || made.Version != 1 {
		t.Errorf("made %+v", made)
	}
	for said, changes := range map[string]bool{"/tenggat T-# lusa": true, "/kendala T-# hujan": true, "/progres T-# 10%": true, "/disposisi T-# @herlina_contoh": true} {
		before := c.task(number).Version
		c.say(c.herlina, c.herlina, filled(said, number))
		if changed := c.task(number).Version != before; changed != changes {
			t.Errorf("%s by the partner's people: %v", said, changed)
		}
	}
	c.sound()
}

// TestTheCardsOfASharedTaskAreOne: a press in one group is seen in the other, and
// the undoing as well.
func TestTheCardsOfASharedTaskAreOne(t *testing.T) {
	c := newTown(t)
	number, card, other := c.share("Katalog, tenggat besok")
	contains(t, c.message(c.ekonomi, other).Text, "siapa saja di grup ini")
	c.pressOn(c.ekonomi, other, c.herlina, "Ambil")
	contains(t, c.message(c.pokja, card).Text, "Dikerjakan", "Herlina")
	c.pressOn(c.ekonomi, other, c.herlina, "Urungkan")
	contains(t, c.message(c.pokja, card).Text, "Baru")
	c.say(c.pokja, c.sitti, "/disposisi T-1 lepas Pokja Ekonomi")
	contains(t, c.message(c.ekonomi, other).Text, "tidak lagi bersama grup ini")
	c.hush()
	c.say(c.pokja, c.sitti, "/progres T-1 10%")
	if said := c.heard(c.ekonomi); len(said) != 0 {
		t.Errorf("the group that left hears %q", texts(said))
	}
	contains(t, c.message(c.ekonomi, other).Text, "tidak lagi bersama grup ini")
	contains(t, joined(c.write(sim.Message{Chat: c.ekonomi, Person: c.herlina, Text: "masih ada data", ReplyTo: other})), "milik grup lain")
	contains(t, c.pressOn(c.pokja, card, c.baso, "Riwayat ("+strconv.Itoa(len(c.happened(number)))+")").Text, "")
	contains(t, c.message(c.pokja, card).Text, "melepas Pokja Ekonomi")
	c.sound()
}

// TestAnEditedCommandSharesItsTask, or does no longer.
func TestAnEditedCommandSharesItsTask(t *testing.T) {
	c := newTown(t)
	made := c.sim.Say(sim.Message{Chat: c.pokja, Person: c.baso, Text: "/tugas_baru @baso_contoh Katalog, tenggat besok"})
	c.quiet()
	c.hush()
	c.sim.Edit(c.pokja, made, "/tugas_baru @baso_contoh Katalog bersama Pokja Ekonomi, tenggat besok")
	c.quiet()
	other := only(t, c.heard(c.ekonomi))
	contains(t, other.Text, "T-1 · Katalog")
	c.sim.Edit(c.pokja, made, "/tugas_baru @baso_contoh Katalog, tenggat besok")
	c.quiet()
	contains(t, c.message(c.ekonomi, other.ID).Text, "tidak lagi bersama grup ini")
	if task := c.task(1); len(task.Partners) != 0 || task.Version != 1 {
		t.Errorf("T-1: %+v", task)
	}
	c.sound()
}

// TestTheNextOfARepeatingTaskIsSharedToo stands in the same groups.
func TestTheNextOfARepeatingTaskIsSharedToo(t *testing.T) {
	c := newTown(t)
	c.share("@baso_contoh Laporan tonase setiap bulan tanggal 5")
	c.say(c.baso, c.baso, "/selesai T-1")
	c.press(c.sitti, c.sitti, "Sesuai")
	if next := c.task(2); len(next.Partners) != 1 {
		t.Errorf("T-2: %+v", next)
	}
	contains(t, joined(c.heard(c.ekonomi)), "T-2 · Laporan tonase")
	c.sound()
}

// TestAGroupThatIsUnlinkedLeavesItsTasks: the others go on.
func TestAGroupThatIsUnlinkedLeavesItsTasks(t *testing.T) {
	c := newTown(t)
	_, card, _ := c.share("@baso_contoh Katalog, tenggat besok")
	c.change(func(tx *store.Tx) error {
		group, err := tx.GroupOf(c.ekonomi, 0)
		if err != nil {
			return err
		}
		return tx.UnlinkGroup(group, c.clock().Add(24*time.Hour))
	})
	c.pressOn(c.pokja, card, c.baso, "Siap")
	contains(t, c.message(c.pokja, card).Text, "Baso Irfandi (siap)")
	if strings.Contains(c.message(c.pokja, card).Text, "Ekonomi") {
		t.Error("the card names a group that is linked no more")
	}
	c.sound()
}
