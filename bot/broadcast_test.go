package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// officially lets a coordinator send an official notice, and returns its reference.
func (h *harness) officially(sitti int64, line string) string {
	h.t.Helper()
	h.say(sitti, sitti, "/siaran "+line)
	h.press(sitti, sitti, "Benar")
	var newest []council.Announcement
	h.look(func(tx *store.Tx) (err error) {
		newest, err = tx.Announcements(1)
		return err
	})
	if len(newest) == 0 || newest[0].Official.Number == 0 {
		h.t.Fatalf("%q made no official notice", line)
	}
	return newest[0].Reference().String()
}

// outsider is somebody of no group of whom something is kept and who can be written to so far.
func (h *harness) outsider(name string, reach council.Reach) int64 {
	h.t.Helper()
	id := h.person(name, "")
	h.change(func(tx *store.Tx) error {
		member, err := tx.Seen(id, name, "", locale.Indonesian, h.clock())
		if err != nil {
			return err
		}
		return tx.SetReach(member.ID, reach)
	})
	if reach == council.ReachOpen {
		h.sim.Say(sim.Message{Chat: id, Person: id, Text: "/mulai"})
		h.heard(id)
	}
	return id
}

func TestAnOfficialNoticeReachesWhoeverDataIsKeptOf(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	outside := h.outsider("Orang Luar", council.ReachOpen)
	reference := h.officially(sitti, "semua: Mohon mengganti kata sandi.")
	if texts := h.announcedIn(outside, reference); len(texts) != 1 || !strings.Contains(texts[0], "Mohon mengganti kata sandi.") {
		t.Fatalf("somebody of no group is told %q", texts)
	}
	if answer := h.press(outside, outside, "Sudah dibaca"); !strings.Contains(answer.Text, "tercatat sudah dibaca") {
		t.Errorf("and says that it was read: %q", answer.Text)
	}
	rests := h.outsider("Sudah Pindah", council.ReachOpen)
	h.change(func(tx *store.Tx) error {
		member, err := tx.MemberByTelegramID(rests)
		if err != nil {
			return err
		}
		return tx.SetRests(member.ID, true)
	})
	second := h.officially(sitti, "semua: Sekali lagi.")
	if texts := h.announcedIn(rests, second); len(texts) != 1 {
		t.Errorf("whoever is otherwise left in peace is told of their own data: %q", texts)
	}
	if texts := h.announcedIn(outside, reference); len(texts) != 1 {
		t.Errorf("the first one came again: %q", texts)
	}
}

func TestWhoIsFoundToHaveBlockedTheBotIsToldByTheGroup(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.outsider("Baso Irfandi", council.ReachOpen)
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/status")
	h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: baso, Kind: sim.Refuse, Code: 403, Description: "Forbidden: bot was blocked by the user"})
	reference := h.officially(sitti, "semua: Mohon mengganti kata sandi.")
	texts := h.announcedIn(pokja, reference)
	if len(texts) != 1 || strings.Contains(texts[0], "Mohon mengganti") || strings.Contains(texts[0], "Baso") {
		t.Errorf("the group hears that there is something to read, and nothing else: %q", texts)
	}
	if lines := strings.Count(texts[0], "\n") + 1; lines > 3 {
		t.Errorf("%d lines before the buttons", lines)
	}
}

func TestHowALineOfAnOfficialNoticeIsRead(t *testing.T) {
	h := newHarness(t) // it is Friday, 25 September 2026, 09.00
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Forum Danau", "komunitas", sitti)
	moment := func(text string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("WITA", 8*3600))
		if err != nil {
			t.Fatal(err)
		}
		return at.UTC()
	}
	tests := map[string]officialDraft{
		"":                               {},
		"insiden":                        {Kind: kindBreach},
		"semua":                          {To: council.Addressees{Kept: true}},
		"semua: libur":                   {To: council.Addressees{Kept: true}, Kind: kindOther, Text: "libur"},
		"komunitas: libur":               {To: council.Addressees{MembersOf: []int64{1}}, Kind: kindOther, Text: "libur"},
		"pimpinan: libur":                {To: council.Addressees{Roles: []council.Role{council.RoleLeader}}, Kind: kindOther, Text: "libur"},
		"Sitti: libur":                   {To: council.Addressees{People: []int64{1}}, Kind: kindOther, Text: "libur"},
		"Sitti, salah: libur":            {To: council.Addressees{People: []int64{1}}, Kind: kindOther, Text: "libur", Unread: []string{"salah"}},
		"Mohon waspada: ada pesan palsu": {Kind: kindOther, Text: "Mohon waspada: ada pesan palsu"},
		"Yang terjadi: a\nb\nKapan: c\nPenanganan: d\nDiketahui: kemarin 15.30": {Kind: kindBreach, What: "a\nb", How: "c", Doing: "d", Found: moment("2026-09-24 15:30")},
		"semua: Apa: a\nDiketahui: besok":                                       {To: council.Addressees{Kept: true}, Kind: kindBreach, What: "a"},
		"everybody: What happened: a\nFound: 3 June 08:00":                      {To: council.Addressees{Kept: true}, Kind: kindBreach, What: "a", Found: moment("2026-06-03 08:00")},
	}
	for line, want := range tests {
		h.change(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			draft, err := r.readOfficial(line)
			if difference := cmp.Diff(want, draft); difference != "" {
				t.Errorf("%q:\n%s", line, difference)
			}
			return err
		})
	}
}

func TestWhenABreachWasFound(t *testing.T) {
	h := newHarness(t) // it is Friday, 25 September 2026, 09.00 WITA
	for words, want := range map[string]string{
		"baru saja": "2026-09-25 09:00", "kemarin 17.30": "2026-09-24 17:30", "kemarin": "2026-09-24 00:00", "hari ini 08.15": "2026-09-25 08:15", "hari ini": "2026-09-25 00:00",
		"3 Juni 2026 pukul 08.00": "2026-06-03 08:00", "24 September 22.00": "2026-09-24 22:00", "yesterday 15:30": "2026-09-24 15:30", "entah": "",
		"24 September": "2026-09-24 00:00", "07.30": "2026-09-25 07:30", "pukul 7.30": "2026-09-25 07:30", "tadi pagi jam 7": "2026-09-25 07:00", "Senin": "2026-09-21 00:00",
		"Senin 10.00": "2026-09-21 10:00", "Jumat 10.00": "2026-09-18 10:00", "hari Rabu pukul 14.00": "2026-09-23 14:00", "2 jam yang lalu": "2026-09-25 00:00", "tadi malam pukul 22.00": "2026-09-24 22:00",
		"24/9 22.00": "2026-09-24 22:00", "Kamis, 24 September 2026": "2026-09-24 00:00", "besok 10.00": "2026-09-26 10:00",
	} {
		h.change(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			at, read := r.readFound(words)
			said := ""
			if read {
				said = at.In(r.city.Zone).Format("2006-01-02 15:04")
			}
			if said != want {
				t.Errorf("%q: %s, want %s", words, said, want)
			}
			return nil
		})
	}
}
