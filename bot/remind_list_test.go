package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

func TestTurningTheListOfReminders(t *testing.T) {
	c := newTown(t)
	for number := int64(1); number <= 12; number++ {
		c.setReminder(council.OwnReminder{MemberID: c.member(c.baso), Text: filled("urusan #", number)})
	}
	list := only(t, c.say(c.baso, c.baso, "/pengingat"))
	contains(t, list.Text, "Pengingat Bapak/Ibu (12):\nN-1 · urusan 1\nSenin, 28 September 2026 pukul 10.00 WITA (3 hari lagi)\nN-2")
	shows := func(want string) {
		t.Helper()
		if got := strings.Join(labels(c.message(c.baso, list.ID)), "|"); got != want {
			t.Errorf("the buttons are %s, not %s", got, want)
		}
	}
	shows("Akhiri N-1|Akhiri N-2|Akhiri N-3|Akhiri N-4|Akhiri N-5|Berikutnya")
	c.pressOn(c.baso, list.ID, c.baso, "Berikutnya")
	shows("Akhiri N-6|Akhiri N-7|Akhiri N-8|Akhiri N-9|Akhiri N-10|Sebelumnya|Berikutnya")
	c.pressOn(c.baso, list.ID, c.baso, "Berikutnya")
	shows("Akhiri N-11|Akhiri N-12|Sebelumnya")
	contains(t, c.pressOn(c.baso, list.ID, c.baso, "Akhiri N-11").Text, "N-11 diakhiri")
	shows("Akhiri N-12|Urungkan N-11|Sebelumnya")
	c.pressOn(c.baso, list.ID, c.baso, "Akhiri N-12")
	shows("Akhiri N-6|Akhiri N-7|Akhiri N-8|Akhiri N-9|Akhiri N-10|Urungkan N-12|Sebelumnya")
	c.pressOn(c.baso, list.ID, c.baso, "Urungkan N-12")
	if c.ownReminder(12).Ended() || !c.ownReminder(11).Ended() {
		t.Error("undoing took back something else")
	}
	c.sound()
}

// TestTheListSaysWhatElseWaits counts what tasks and evaluations will say, and
// keeps what is somebody's own out of groups.
func TestTheListSaysWhatElseWaits(t *testing.T) {
	c := newTown(t)
	contains(t, only(t, c.say(c.baso, c.baso, "/pengingat")).Text, "Belum ada pengingat.")
	c.setReminder(council.OwnReminder{MemberID: c.member(c.baso), Text: "rahasia"})
	c.setReminder(council.OwnReminder{MemberID: c.member(c.yuliana), GroupID: c.groupID(c.pokja), Text: "rapat"})
	c.newTask("@baso_contoh Rekap tonase, tenggat Jumat 9 Oktober")
	planned := 0
	c.look(func(tx *store.Tx) error {
		reminders, err := tx.WaitingReminders(council.TaskReference(1))
		for _, one := range reminders {
			if one.Audience == council.ToAssignee {
				planned++
			}
		}
		return err
	})
	if planned < 4 {
		t.Fatalf("only %d reminders are planned", planned)
	}
	contains(t, only(t, c.say(c.baso, c.baso, "/pengingat")).Text, "rahasia", filled("Dari tugas dan evaluasi: # pengingat menunggu. Lihat /rencana", int64(planned)))
	lacks(t, only(t, c.say(c.yuliana, c.yuliana, "/pengingat")).Text, "rahasia", "rapat", "evaluasi")
	inGroup := only(t, c.say(c.pokja, c.baso, "/pengingat")).Text
	contains(t, inGroup, "Pengingat Pokja Lingkungan (1):\nN-2 · rapat", "/pengingat di pesan pribadi")
	lacks(t, inGroup, "rahasia", "evaluasi")
	c.sound()
}

func TestSayingReminders(t *testing.T) {
	c := newTown(t)
	c.newTask("@fadli_contoh Rekap tonase, tenggat Jumat 9 Oktober")
	c.say(c.fadli, c.fadli, "/bantuan") // only now it is known whose name that is
	c.hush()
	about := council.TaskReference(1)
	baso, fadli, pokja, forum := c.member(c.baso), c.member(c.fadli), c.groupID(c.pokja), c.groupID(c.forum)
	for _, row := range []struct {
		name        string
		chat        int64
		own         council.OwnReminder
		late        bool
		says, lacks []string
		buttons     int
	}{
		{"in private", c.baso, council.OwnReminder{MemberID: baso, Text: "kirim berkas"}, false, []string{"Pengingat Bapak/Ibu Baso Irfandi:\nN-# · kirim berkas"}, []string{"Selamat", "maaf"}, 3},
		{"late", c.baso, council.OwnReminder{MemberID: baso, Text: "kirim berkas"}, true, []string{"baru dapat disampaikan sekarang, mohon maaf.\nN-#"}, []string{"Selamat"}, 3},
		{"about a task of the own group", c.baso, council.OwnReminder{MemberID: baso, About: about}, false, []string{"N-# · T-1 Rekap tonase"}, nil, 3},
		{"about a task with a text", c.baso, council.OwnReminder{MemberID: baso, Text: "tanyakan", About: about}, false, []string{"N-# · tanyakan · T-1 Rekap tonase"}, nil, 3},
		{"about an own task", c.fadli, council.OwnReminder{MemberID: fadli, About: about}, false, []string{"N-# · T-1 Rekap tonase"}, nil, 3},
		{"in the group", c.pokja, council.OwnReminder{MemberID: baso, GroupID: pokja, Text: "rapat", About: about}, false, []string{"Pengingat untuk grup ini:\nN-# · rapat · T-1 Rekap tonase"}, []string{"Baso"}, 0},
		{"in a group to which the task does not belong", c.forum, council.OwnReminder{MemberID: c.member(c.sitti), GroupID: forum, About: about}, false, []string{"N-# · T-1"}, []string{"tonase"}, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			own := c.setReminder(row.own)
			said := only(t, c.reminded(row.chat, ownNotice(own, row.late)))
			for _, part := range row.says {
				contains(t, said.Text, strings.ReplaceAll(part, "N-#", own.Reference().String()))
			}
			lacks(t, said.Text, row.lacks...)
			if got := len(labels(said)); got != row.buttons {
				t.Errorf("there are %d buttons: %v", got, labels(said))
			}
		})
	}
	c.say(c.pokja, c.sitti, "/disposisi T-1 @baso_contoh")
	c.hush()
	own := c.setReminder(council.OwnReminder{MemberID: fadli, About: about})
	lacks(t, only(t, c.reminded(c.fadli, ownNotice(own, false))).Text, "tonase")
	c.sound()
}

func ownNotice(own council.OwnReminder, late bool) council.Notice {
	planned := own.Plan()[0]
	return council.Notice{MemberID: planned.MemberID, GroupID: planned.GroupID, Late: late, Items: []council.Item{{Reminder: planned, Own: own}}}
}

// TestAReminderBesideTasks stands in one digest with what tasks say, in a section
// of its own, in the language of the reader.
func TestAReminderBesideTasks(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat Jumat 9 Oktober")
	c.say(c.baso, c.baso, "/bahasa en")
	own := c.setReminder(council.OwnReminder{MemberID: c.member(c.baso), Text: "kirim berkas"})
	notice := ownNotice(own, false)
	notice.Items = append(notice.Items, c.item(council.ToAssignee, 1, "H-7", 7))
	said := only(t, c.reminded(c.baso, notice))
	contains(t, said.Text, "Good morning", "T-1 · Rekap tonase", "\n\nReminder for ", ":\nN-1 · kirim berkas")
	for _, label := range []string{"Done", "Tomorrow", "Another date"} {
		if !hasButton(said, label) {
			t.Errorf("there is no button %s: %v", label, labels(said))
		}
	}
	c.sound()
}

func TestRulesInWords(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		rule       council.Recurrence
		indonesian string
		english    string
	}{
		{council.Recurrence{Unit: council.EveryDay, Every: 1}, "setiap hari", "every day"},
		{council.Recurrence{Unit: council.EveryDay, Every: 3}, "setiap 3 hari", "every 3 days"},
		{council.Recurrence{Unit: council.EveryWorkday, Every: 1}, "setiap hari kerja", "every working day"},
		{council.Recurrence{Unit: council.EveryWorkday, Every: 2}, "setiap 2 hari kerja", "every 2 working days"},
		{council.Recurrence{Unit: council.EveryWeek, Every: 1, Weekday: 0}, "setiap Minggu", "every Sunday"},
		{council.Recurrence{Unit: council.EveryWeek, Every: 1, Weekday: 0, Others: []time.Weekday{3, 1, 1}}, "setiap Senin, Rabu dan Minggu", "every Monday, Wednesday and Sunday"},
		{council.Recurrence{Unit: council.EveryWeek, Every: 2, Weekday: 5}, "setiap 2 minggu pada Jumat", "every 2 weeks on Friday"},
		{council.Recurrence{Unit: council.EveryMonth, Every: 1, Day: 28}, "setiap tanggal 28", "on day 28 of every month"},
		{council.Recurrence{Unit: council.EveryMonth, Every: 1, Day: 29}, "setiap tanggal 29 (di bulan yang lebih pendek, hari terakhirnya)", "on day 29 of every month (in shorter months, the last day)"},
		{council.Recurrence{Unit: council.EveryMonth, Every: 3, Day: 1}, "setiap 3 bulan tanggal 1", "every 3 months on day 1"},
		{council.Recurrence{Unit: council.EveryMonth, Every: 1, Day: -1}, "setiap akhir bulan", "at the end of every month"},
		{council.Recurrence{Unit: council.EveryMonth, Every: 2, Day: -1}, "setiap 2 bulan di akhir bulan", "every 2 months at the end of the month"},
		{council.Recurrence{Unit: council.EveryMonth, Every: 2, Day: 31}, "setiap 2 bulan tanggal 31 (di bulan yang lebih pendek, hari terakhirnya)", "every 2 months on day 31 (in shorter months, the last day)"},
	} {
		t.Run(row.english, func(t *testing.T) {
			if got := ruleWords(book.In(locale.Indonesian), row.rule); got != row.indonesian {
				t.Errorf("it is %q", got)
			}
			if got := ruleWords(book.In(locale.English), row.rule); got != row.english {
				t.Errorf("it is %q", got)
			}
		})
	}
}

// TestTakingBackAnEndTooLate ends what was about to be said, and takes that back
// when its moment has passed: once is over, what comes again goes on.
func TestTakingBackAnEndTooLate(t *testing.T) {
	for _, row := range []struct {
		name, line string
		says, next string
	}{
		{"once", "/ingatkan 5 menit lagi kirim berkas", "sudah lewat", ""},
		{"again and again", "/ingatkan setiap Jumat 09.05 kirim berkas", "diurungkan", "Fri 02 Oct 09:05"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newTown(t)
			c.say(c.baso, c.baso, row.line)
			list := only(t, c.say(c.baso, c.baso, "/pengingat"))
			c.pressOn(c.baso, list.ID, c.baso, "Akhiri N-1")
			c.pass(6 * time.Minute)
			contains(t, c.pressOn(c.baso, list.ID, c.baso, "Urungkan N-1").Text, row.says)
			next := ""
			if own := c.ownReminder(1); !own.Ended() {
				next = own.Next.In(c.zone()).Format("Mon 02 Jan 15:04")
			}
			if next != row.next {
				t.Errorf("it comes on %q", next)
			}
			c.sound()
		})
	}
}

// TestWhatComesAgainIsAnsweredEachTime settles one occurrence; the next one is open.
func TestWhatComesAgainIsAnsweredEachTime(t *testing.T) {
	c := newTown(t)
	c.say(c.baso, c.baso, "/ingatkan setiap Senin 10.00 kirim rekap")
	first := only(t, c.sayReminder(c.baso, 1))
	c.pressOn(c.baso, first.ID, c.baso, "Sudah")
	contains(t, c.message(c.baso, first.ID).Text, "✓ N-1 · kirim rekap")
	second := only(t, c.sayReminder(c.baso, 1))
	if lacks(t, second.Text, "✓"); len(labels(second)) != 3 {
		t.Errorf("the next one has the buttons %v", labels(second))
	}
	c.sound()
}
