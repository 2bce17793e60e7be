package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// announcedIn are the texts of an announcement that stand in a chat.
func (h *harness) announcedIn(chat int64, reference string) []string {
	h.quiet()
	var texts []string
	for _, message := range h.sim.Messages(chat) {
		if message.Bot && !message.Deleted && strings.HasPrefix(message.Text, reference+" ·") {
			texts = append(texts, message.Text)
		}
	}
	return texts
}

// announced lets a coordinator announce something and returns its reference.
func (h *harness) announced(sitti int64, line string) string {
	h.t.Helper()
	h.say(sitti, sitti, "/umumkan "+line)
	h.press(sitti, sitti, "Benar")
	var newest []council.Announcement
	h.look(func(tx *store.Tx) (err error) {
		newest, err = tx.Announcements(1)
		return err
	})
	return newest[0].Reference().String()
}

func TestHowALineOfAnAnnouncementIsRead(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Forum Danau", "komunitas", sitti)
	tests := []struct {
		line   string
		to     council.Addressees
		text   string
		unread []string
		at     string
	}{
		{"Dewan: libur", council.Addressees{Kinds: []council.GroupKind{council.KindCouncil}}, "libur", nil, ""},
		{"dewan, pokja lingkungan dan komunitas: libur: besok", council.Addressees{Kinds: []council.GroupKind{council.KindCouncil, council.KindCommunity}, Dimensions: []council.Dimension{council.Environment}}, "libur: besok", nil, ""},
		{"semua grup: libur", council.Addressees{Everyone: true}, "libur", nil, ""},
		{"pimpinan; anggota dewan: libur", council.Addressees{Roles: []council.Role{council.RoleLeader, council.RoleCouncil}}, "libur", nil, ""},
		{"Forum Danau: libur", council.Addressees{Groups: []int64{1}}, "libur", nil, ""},
		{"Dewan, besok 08:00: libur", council.Addressees{Kinds: []council.GroupKind{council.KindCouncil}}, "libur", nil, "2026-09-26 08:00"},
		{"Dewan, besok: libur", council.Addressees{Kinds: []council.GroupKind{council.KindCouncil}}, "libur", nil, "2026-09-26 08:00"},
		{"Dewan, Pokja Laut: libur", council.Addressees{Kinds: []council.GroupKind{council.KindCouncil}}, "libur", []string{"Pokja Laut"}, ""},
		{"Rapat: besok pukul 10:00", council.Addressees{}, "Rapat: besok pukul 10:00", nil, ""},
		{"Rapat besok 10:00 di aula", council.Addressees{}, "Rapat besok 10:00 di aula", nil, ""},
		{"Dewan", council.Addressees{Kinds: []council.GroupKind{council.KindCouncil}}, "", nil, ""},
		{"Dewan\nakan bersidang: besok", council.Addressees{}, "Dewan\nakan bersidang: besok", nil, ""},
	}
	for _, test := range tests {
		h.look(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			draft := r.readAnnouncement(test.line, &models.Message{})
			at := ""
			if !draft.SendAt.IsZero() {
				at = draft.SendAt.In(r.city.Zone).Format("2006-01-02 15:04")
			}
			if difference := cmp.Diff([]any{test.to, test.text, test.unread, test.at}, []any{draft.To, draft.Text, draft.Unread, at}); difference != "" {
				t.Errorf("%q:\n%s", test.line, difference)
			}
			return nil
		})
	}
}

func TestWhatIsYoungIsDeletedWhatIsOldLosesItsWords(t *testing.T) {
	for name, row := range map[string]struct {
		age  time.Duration
		kept []string
	}{
		"young":     {47 * time.Hour, nil},
		"old":       {49 * time.Hour, []string{"A-1 · Pengumuman ini ditarik."}},
		"just over": {48*time.Hour + time.Minute, []string{"A-1 · Pengumuman ini ditarik."}},
	} {
		h := newHarness(t)
		sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
		dewan := h.linkedGroup("Dewan", "dewan", sitti)
		h.announced(sitti, "Dewan: nilai 3,10")
		h.pass(row.age)
		h.press(sitti, sitti, "Tarik")
		h.press(sitti, sitti, "Ya, tarik")
		if difference := cmp.Diff(row.kept, h.announcedIn(dewan, "A-1")); difference != "" {
			t.Errorf("%s:\n%s", name, difference)
		}
	}
}

// TestWhatTelegramDoesNotDeleteLosesItsWords is a Telegram that counts the hours
// in another way than the bot.
func TestWhatTelegramDoesNotDeleteLosesItsWords(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti)
	h.announced(sitti, "Dewan: nilai 3,10")
	h.sim.Fail(sim.Fault{Method: "deleteMessage", Kind: sim.Refuse, Code: 400, Description: "Bad Request: message can't be deleted"})
	h.press(sitti, sitti, "Tarik")
	h.press(sitti, sitti, "Ya, tarik")
	if difference := cmp.Diff([]string{"A-1 · Pengumuman ini ditarik."}, h.announcedIn(dewan, "A-1")); difference != "" {
		t.Error(difference)
	}
	contains(t, h.announcedIn(sitti, "A-1")[0], "Ditarik dari 1 grup")
}

func TestGroupsThatCannotBeReachedAreNamed(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti)
	forum := h.linkedGroup("Forum", "komunitas", sitti)
	economy := h.linkedGroup("Ekonomi", "pokja ekonomi", sitti)
	h.sim.RemoveBot(forum, sitti)
	h.quiet()
	h.sim.Mute(economy, true) // the bot hears of it when it writes
	h.say(sitti, sitti, "/umumkan semua: libur")
	contains(t, h.newestWith(sitti, "Mohon diperiksa"), "Semua grup (2 grup)", "Belum terjangkau: Komunitas")
	h.press(sitti, sitti, "Benar")
	h.quiet()
	contains(t, h.announcedIn(sitti, "A-1")[0], "Terkirim ke 1 grup", "Belum terjangkau: Komunitas, Pokja Ekonomi")
	h.sim.Mute(economy, false)
	h.sim.AddBot(forum, sitti)
	h.quiet()
	h.change(func(tx *store.Tx) error {
		_, err := tx.SetGroupReachable(economy, true)
		return err
	})
	h.linkedGroup("Forum Dua", "komunitas", sitti) // gets no old announcements
	h.press(sitti, sitti, "Coba kirim lagi")
	for _, chat := range []int64{dewan, forum, economy} {
		if copies := h.announcedIn(chat, "A-1"); len(copies) != 1 {
			t.Errorf("chat %d has %q", chat, copies)
		}
	}
	contains(t, h.announcedIn(sitti, "A-1")[0], "Terkirim ke 3 grup")
}

// newestWith is the newest message of the bot in a chat that has these words.
func (h *harness) newestWith(chat int64, words string) string {
	h.t.Helper()
	messages := h.sim.Messages(chat)
	for at := len(messages) - 1; at >= 0; at-- {
		if messages[at].Bot && strings.Contains(messages[at].Text, words) {
			return messages[at].Text
		}
	}
	h.t.Fatalf("nothing with %q is there", words)
	return ""
}

func TestOnlyCoordinatorsAnnounceAndPressWhatIsTheirs(t *testing.T) {
	h := newHarness(t)
	sitti, baso := h.coordinator("Sitti Ramlah", "sitti_contoh"), h.person("Baso", "baso_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti, baso)
	h.say(dewan, baso, "/status")
	reference := h.announced(sitti, "Dewan: libur")
	copies := h.sim.Messages(dewan)
	last := copies[len(copies)-1].ID
	for _, action := range []string{annNow, annEdit, annRecall, annRecallYes, annNotRead, annByGroup, annUndo, annAgain, annSend, annDrop} {
		answer := h.pressData(dewan, last, baso, data(pressAnnouncement, action, 1))
		contains(t, answer.Text, "koordinator")
		lacks(t, answer.Text, "Lukas")
	}
	if here := h.announcedIn(dewan, reference); len(here) != 1 {
		t.Errorf("after forged presses there is %q", here)
	}
	h.pressData(dewan, last-1, baso, data(pressRead, 1)) // below another message
	h.pressData(dewan, last, baso, data(pressRead, 7))
	h.look(func(tx *store.Tx) error {
		if counts, err := tx.CountReaders(1); err != nil || len(counts) != 0 {
			t.Errorf("forged readers: %+v %v", counts, err)
		}
		return nil
	})
}

func TestAnOlderPreviewConfirmsNothing(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti)
	h.say(sitti, sitti, "/umumkan Dewan: libur")
	first := h.sim.Messages(sitti)
	h.say(sitti, sitti, "libur Kamis") // another preview, below
	h.pressOn(sitti, first[len(first)-1].ID, sitti, "Benar")
	if here := h.announcedIn(dewan, "A-1"); len(here) != 0 {
		t.Errorf("what was looked at no longer went out: %q", here)
	}
	h.press(sitti, sitti, "Benar")
	if here := h.announcedIn(dewan, "A-1"); len(here) != 1 || !strings.Contains(here[0], "libur Kamis") {
		t.Errorf("the latest preview: %q", here)
	}
}

func TestALongAnnouncementIsAskedForAgainAndKept(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Dewan", "dewan", sitti)
	said := h.say(sitti, sitti, "/umumkan Dewan: "+strings.Repeat("a", council.AnnouncementLimit+1))
	contains(t, only(t, said).Text, "paling panjang 3000")
	said = h.say(sitti, sitti, strings.Repeat("b", council.AnnouncementLimit))
	contains(t, only(t, said).Text, "Kepada: Dewan", strings.Repeat("b", council.AnnouncementLimit))
	h.press(sitti, sitti, "Benar")
}

// TestPagesOfReaders turns the pages of a list that is longer than one.
func TestPagesOfReaders(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti)
	h.change(func(tx *store.Tx) error {
		for number := range notReadPage + 3 {
			member, err := tx.Seen(int64(5000+number), fmt.Sprintf("Warga %02d", number), "", locale.Indonesian, h.clock())
			if err != nil {
				return err
			}
			if err := tx.SeenIn(member.ID, dewan); err != nil {
				return err
			}
		}
		return nil
	})
	h.announced(sitti, "Dewan: libur")
	h.heard(sitti)
	h.press(sitti, sitti, "Belum membaca")
	page := only(t, h.heard(sitti))
	contains(t, page.Text, "23 orang", "Warga 00", "Warga 19")
	lacks(t, page.Text, "Warga 20")
	h.pressOn(sitti, page.ID, sitti, "Berikutnya")
	contains(t, h.message(sitti, page.ID).Text, "Warga 20", "Warga 22")
	h.pressOn(sitti, page.ID, sitti, "Sebelumnya")
	contains(t, h.message(sitti, page.ID).Text, "Warga 00")
}
