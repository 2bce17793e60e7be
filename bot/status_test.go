package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// standing makes tasks as they may stand at 09.00 on Friday, 25 September 2026.
func (h *harness) standing(group int64, assignee int64, states ...string) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		for _, state := range states {
			task := council.Task{Title: "Tugas " + state, GroupID: group, CreatedBy: 1, CreatedAt: h.clock(), State: council.TaskNew}
			standing := council.TaskState(strings.Fields(state)[0])
			if assignee != 0 {
				task.Assignees = []council.Assignee{{MemberID: assignee, State: standing}}
			}
			switch {
			case strings.Contains(state, "overdue"):
				task.Deadline = council.Deadline{At: h.clock().Add(-26 * time.Hour), Zone: "Asia/Makassar"}
			case strings.Contains(state, "dated"):
				task.Deadline = council.Deadline{At: h.clock().Add(26 * time.Hour), Zone: "Asia/Makassar"}
			}
			task, err := tx.CreateTask(task, 0, 0)
			if err != nil {
				return err
			}
			task.State = standing
			ended := h.clock()
			switch {
			case strings.Contains(state, "last month"):
				ended = time.Date(2026, 8, 31, 15, 59, 59, 0, time.UTC) // 23.59.59 on the last of August
			case strings.Contains(state, "this month"):
				ended = time.Date(2026, 8, 31, 16, 0, 0, 0, time.UTC) // midnight in Makassar
			}
			if err := tx.SaveTask(task, ended); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestTheLineForTasks(t *testing.T) {
	for name, row := range map[string]struct {
		states []string
		line   string
	}{
		"nothing":                   {nil, "Tugas: 0 berjalan · 0 terkendala · 0 lewat tenggat · 0 selesai bulan ini"},
		"new counts as running":     {[]string{"new", "new dated"}, "Tugas: 2 berjalan · 0 terkendala · 0 lewat tenggat · 0 selesai bulan ini"},
		"in progress and submitted": {[]string{"in_progress", "submitted dated"}, "Tugas: 2 berjalan · 0 terkendala · 0 lewat tenggat · 0 selesai bulan ini"},
		"blocked":                   {[]string{"blocked", "new"}, "Tugas: 1 berjalan · 1 terkendala · 0 lewat tenggat · 0 selesai bulan ini"},
		"overdue counts there too":  {[]string{"new overdue", "blocked overdue"}, "Tugas: 1 berjalan · 1 terkendala · 2 lewat tenggat · 0 selesai bulan ini"},
		"handed in is not overdue":  {[]string{"submitted overdue"}, "Tugas: 1 berjalan · 0 terkendala · 0 lewat tenggat · 0 selesai bulan ini"},
		"done this month only":      {[]string{"done this month", "done last month", "done"}, "Tugas: 0 berjalan · 0 terkendala · 0 lewat tenggat · 2 selesai bulan ini"},
		"cancelled counts nowhere":  {[]string{"cancelled"}, "Tugas: 0 berjalan · 0 terkendala · 0 lewat tenggat · 0 selesai bulan ini"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
			h.standing(0, 0, row.states...)
			lines := strings.Split(only(t, h.say(sitti, sitti, "/status")).Text, "\n")
			if lines[0] != "Keadaan Jumat, 25 September 2026 pukul 09.00 WITA" || len(lines) < 2 || lines[1] != row.line {
				t.Errorf("it begins:\n%s", strings.Join(lines, "\n"))
			}
		})
	}
}

// statusCity has two working groups, a council and a community.
type statusCity struct {
	*harness
	sitti, baso, nurhikmah, anwar, nobody int64
	pokja, ekonomi, dewan, forum          int64
	pokjaID, ekonomiID                    int64
}

func newStatusCity(t *testing.T) *statusCity {
	t.Helper()
	h := newHarness(t)
	c := &statusCity{harness: h, sitti: h.coordinator("Sitti Ramlah", "sitti_contoh")}
	c.baso, c.nurhikmah = h.person("Baso Irfandi", "baso_contoh"), h.person("Nurhikmah", "")
	c.anwar, c.nobody = h.person("H. Anwar Malolo", "anwar_contoh"), h.person("Orang Lewat", "")
	c.pokja = h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", c.sitti, c.baso)
	c.ekonomi = h.linkedGroup("Pokja Ekonomi", "pokja ekonomi", c.sitti)
	c.dewan = h.linkedGroup("Dewan", "dewan", c.sitti, c.anwar)
	c.forum = h.linkedGroup("Forum", "komunitas", c.sitti, c.nurhikmah)
	for _, seen := range [][2]int64{{c.pokja, c.baso}, {c.dewan, c.anwar}, {c.forum, c.nurhikmah}} {
		h.say(seen[0], seen[1], "/bantuan")
		h.say(seen[1], seen[1], "/batal")
	}
	h.look(func(tx *store.Tx) error {
		pokja, err := tx.GroupOf(c.pokja, 0)
		if err != nil {
			return err
		}
		ekonomi, err := tx.GroupOf(c.ekonomi, 0)
		c.pokjaID, c.ekonomiID = pokja.ID, ekonomi.ID
		return err
	})
	h.say(c.sitti, c.sitti, "/evaluasi_baru Evaluasi Tahap II, Senin 19 Oktober jam 9")
	h.press(c.sitti, c.sitti, "Benar")
	h.standing(c.pokjaID, h.memberID(c.baso), "new overdue", "in_progress dated", "done")
	h.standing(c.ekonomiID, 0, "blocked dated")
	for _, chat := range []int64{c.sitti, c.baso, c.nurhikmah, c.anwar, c.nobody, c.pokja, c.ekonomi, c.dewan, c.forum} {
		h.heard(chat)
	}
	return c
}

func TestStatusIsForTheOneWhoAsksAndThePlace(t *testing.T) {
	c := newStatusCity(t)
	const whole = "Tugas: 2 berjalan · 1 terkendala · 1 lewat tenggat · 1 selesai bulan ini"
	const evaluation = "E-1 · Evaluasi Tahap II · Pelaksanaan: Senin, 19 Oktober 2026 pukul 09.00 WITA (24 hari lagi)"
	for name, row := range map[string]struct {
		chat, person int64
		said         string
		says, lacks  []string
	}{
		"a coordinator in private": {c.sitti, c.sitti, "/status", []string{whole, evaluation,
			"Lewat tenggat:\nT-1 · Tugas new overdue · Baso Irfandi · lewat 1 hari (sejak Kam 24 Sep 07.00 WITA)"}, nil},
		"a coordinator in a working group": {c.pokja, c.sitti, "/status", []string{"Tugas: 2 berjalan · 0 terkendala · 1 lewat tenggat · 1 selesai bulan ini", evaluation}, []string{"Baso", "T-1"}},
		"a coordinator in the council":     {c.dewan, c.sitti, "/status", []string{whole, evaluation}, []string{"Baso", "T-1"}},
		"a member in the own group":        {c.pokja, c.baso, "/status", []string{"2 berjalan", evaluation}, []string{"Baso Irfandi ·", "T-1"}},
		"a member in private": {c.baso, c.baso, "/status", []string{"Tugas Bapak/Ibu: 2 berjalan", "T-1", "T-2",
			"Pokja Lingkungan: 2 berjalan · 0 terkendala · 1 lewat tenggat · 1 selesai bulan ini", evaluation}, []string{"T-3", "T-4", "Ekonomi"}},
		"a council member in private":   {c.anwar, c.anwar, "/status", []string{"Belum ada tugas untuk Bapak/Ibu.", evaluation}, []string{"T-1"}},
		"a community member in private": {c.nurhikmah, c.nurhikmah, "/status", []string{"Belum ada tugas untuk Bapak/Ibu."}, []string{"E-1", "T-1"}},
		"a community member in a group": {c.forum, c.nurhikmah, "/status", []string{"Belum ada tugas"}, []string{"E-1", "T-1"}},
		"a stranger":                    {c.nobody, c.nobody, "/status", nil, []string{"Tugas:", "T-1"}},
		"a dimension, coordinator":      {c.sitti, c.sitti, "/status lingkungan", []string{"Pokja Lingkungan: 2 berjalan", "T-1", "T-2"}, []string{"T-4"}},
		"a dimension in English":        {c.sitti, c.sitti, "/status smart economy", []string{"Pokja Ekonomi: 0 berjalan · 1 terkendala", "T-4"}, []string{"T-1"}},
		"a dimension, council":          {c.anwar, c.anwar, "/status lingkungan", []string{"Pokja Lingkungan: 2 berjalan"}, nil},
		"the own dimension":             {c.baso, c.baso, "/status lingkungan", []string{"T-1", "T-2"}, nil},
		"another's dimension":           {c.baso, c.baso, "/status ekonomi", []string{"grup lain"}, []string{"terkendala", "T-4"}},
		"a dimension, community":        {c.nurhikmah, c.nurhikmah, "/status lingkungan", []string{"petugas"}, []string{"berjalan", "T-1"}},
		"a dimension nobody linked":     {c.sitti, c.sitti, "/status branding", []string{"Belum ada grup"}, nil},
		"a dimension, stranger":         {c.nobody, c.nobody, "/status lingkungan", nil, []string{"berjalan", "T-1"}},
		"words without a meaning":       {c.sitti, c.sitti, "/status ayam goreng", []string{"/status lingkungan"}, nil},
		"a task":                        {c.sitti, c.sitti, "/status t-001", []string{"T-1", "Tugas new overdue", "Baso Irfandi"}, nil},
		"another group's task":          {c.baso, c.baso, "/status T-4", []string{"grup lain"}, []string{"blocked dated"}},
		"a task that is not there":      {c.sitti, c.sitti, "/status T-99", []string{"T-99 belum ada"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Join(texts(c.say(row.chat, row.person, row.said)), "\n")
			contains(t, text, row.says...)
			lacks(t, text, row.lacks...)
		})
	}
}

func TestStatusNamesWhoCannotBeReached(t *testing.T) {
	c := newStatusCity(t)
	lacks(t, only(t, c.say(c.sitti, c.sitti, "/status")).Text, "dapat dihubungi")
	c.change(func(tx *store.Tx) error {
		if _, err := tx.SetGroupReachable(c.pokja, false); err != nil {
			return err
		}
		return tx.SetReach(c.memberID(c.baso), council.ReachUnknown)
	})
	said := only(t, c.say(c.sitti, c.sitti, "/status")).Text
	contains(t, said, "Grup yang belum dapat dihubungi:\nPokja Lingkungan: bot ada di luar grup.",
		"Belum dapat dihubungi lewat pesan pribadi:\nBaso Irfandi: belum membuka pesan pribadi. Mohon diminta menekan https://t.me/"+c.bot.Username())
	lacks(t, strings.Join(texts(c.say(c.dewan, c.sitti, "/status")), "\n"), "Baso", "dihubungi")
	for reach, cure := range map[council.Reach]string{council.ReachBlocked: "dihentikan", council.ReachGone: "/disposisi"} {
		c.change(func(tx *store.Tx) error { return tx.SetReach(c.memberID(c.baso), reach) })
		contains(t, only(t, c.say(c.sitti, c.sitti, "/status")).Text, "Baso Irfandi: ", cure)
	}
}

func TestDigest(t *testing.T) {
	c := newStatusCity(t)
	for name, row := range map[string]struct {
		chat, person int64
		says, lacks  []string
	}{
		"a coordinator in private": {c.sitti, c.sitti, []string{"Rekap Kabupaten Teluk Marannu\nJumat, 25 September 2026 pukul 09.00 WITA",
			"E-1 · Evaluasi Tahap II · Pelaksanaan: Senin, 19 Oktober 2026 pukul 09.00 WITA (24 hari lagi)",
			"Pokja Lingkungan: 2 berjalan · 0 terkendala · 1 lewat tenggat · 1 selesai bulan ini\n• T-1 · Tugas new overdue · Kamis, 24 September 2026 pukul 07.00 WITA\n• T-2 · ",
			"Pokja Ekonomi: 0 berjalan · 1 terkendala · 0 lewat tenggat · 0 selesai bulan ini\n• T-4 · "}, []string{"Baso", "T-3", "Forum"}},
		"in a working group":            {c.pokja, c.baso, []string{"Pokja Lingkungan: 2 berjalan", "T-1"}, []string{"Baso", "Ekonomi", "T-4"}},
		"in the council":                {c.dewan, c.anwar, []string{"Pokja Lingkungan: 2 berjalan", "Pokja Ekonomi: 0 berjalan"}, []string{"Baso"}},
		"a member in private":           {c.baso, c.baso, []string{"Pokja Lingkungan: 2 berjalan", "T-1"}, []string{"Ekonomi", "T-4"}},
		"a community member":            {c.nurhikmah, c.nurhikmah, []string{"petugas"}, []string{"T-1", "E-1", "Pokja"}},
		"a community member in a group": {c.forum, c.nurhikmah, []string{"petugas"}, []string{"T-1", "E-1", "Pokja"}},
		"a stranger":                    {c.nobody, c.nobody, nil, []string{"T-1", "E-1", "Pokja"}},
	} {
		t.Run(name, func(t *testing.T) {
			said := c.say(row.chat, row.person, "/rekap")
			text := strings.Join(texts(said), "\n")
			contains(t, text, row.says...)
			lacks(t, text, row.lacks...)
			for _, message := range said {
				if len(labels(message)) > 0 {
					t.Error("plain text has no buttons")
				}
			}
		})
	}
}

func TestDigestOfOneWhoIsOnlyAssigned(t *testing.T) {
	c := newStatusCity(t)
	c.standing(c.pokjaID, c.memberID(c.nurhikmah), "new dated")
	text := only(t, c.say(c.nurhikmah, c.nurhikmah, "/digest")).Text
	contains(t, text, "Tugas saya: 1 berjalan", "T-5 · ")
	lacks(t, text, "T-1", "E-1", "Pokja")
}
