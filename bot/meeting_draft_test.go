package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// draftLook is what matters of a draft in a test.
type draftLook struct {
	Title, Starts, Length, Place, Phrase, Day string
	To                                        council.Addressees
	People                                    []int64
	Unread                                    []string
	Seats                                     int
	Chair, Scribe                             string
	Repeats                                   string
}

func lookAt(draft meetingDraft, zone *time.Location) draftLook {
	look := draftLook{Title: draft.Title, Place: draft.Place, Phrase: draft.Phrase, Day: draft.Day, To: draft.To, People: draft.People, Unread: draft.Unread, Seats: draft.Seats}
	if !draft.Starts.IsZero() {
		look.Starts = draft.Starts.In(zone).Format("2006-01-02 15:04")
	}
	if draft.Length != 0 {
		look.Length = draft.Length.String()
	}
	seat := func(s council.Seat) string {
		if s.MemberID != 0 {
			return "#" + idText(s.MemberID)
		}
		return s.Name
	}
	look.Chair, look.Scribe = seat(draft.Chair), seat(draft.Scribe)
	if rule := draft.Recurrence; rule != nil {
		look.Repeats = strings.Join([]string{string(rule.Unit), rule.Weekday.String(), idText(int64(rule.Day)), locale.Speaker{Language: "id"}.Clock(rule.Hour*60 + rule.Minute)}, " ")
	}
	return look
}

// mentionsIn marks every "@name" of a text as Telegram does.
func mentionsIn(text string) []models.MessageEntity {
	var entities []models.MessageEntity
	for at := 0; at < len(text); at++ {
		if text[at] != '@' {
			continue
		}
		end := at + 1
		for end < len(text) && (text[end] == '_' || text[end] >= 'a' && text[end] <= 'z') {
			end++
		}
		if end > at+1 {
			entities = append(entities, models.MessageEntity{Type: models.MessageEntityTypeMention, Offset: len([]rune(text[:at])), Length: end - at})
		}
	}
	return entities
}

func TestHowALineOfAMeetingIsRead(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Forum Danau", "komunitas", sitti)
	h.linkedGroup("Dewan", "dewan", sitti)
	pokja, dewan := []council.GroupKind{council.KindWorkingGroup}, []council.GroupKind{council.KindCouncil}
	both := []council.GroupKind{council.KindWorkingGroup, council.KindCouncil}
	tests := []struct {
		line string
		want draftLook
	}{
		{"Rapat persiapan evaluasi, Kamis jam 9, Media Center, Pokja + Dewan",
			draftLook{Title: "Rapat persiapan evaluasi", Starts: "2026-10-01 09:00", Place: "Media Center", To: council.Addressees{Kinds: both}}},
		{"Pokja dan Dewan, Media Center, Rapat persiapan evaluasi, Kamis jam 9",
			draftLook{Title: "Rapat persiapan evaluasi", Starts: "2026-10-01 09:00", Place: "Media Center", To: council.Addressees{Kinds: both}}},
		{"Kamis jam 9, rapat persiapan, di Media Center, Dewan",
			draftLook{Title: "rapat persiapan", Starts: "2026-10-01 09:00", Place: "Media Center", To: council.Addressees{Kinds: dewan}}},
		{"Kamis jam 9, Aula lantai 2, gedung B, lokakarya rencana aksi, Dewan",
			draftLook{Title: "lokakarya rencana aksi", Starts: "2026-10-01 09:00", Place: "Aula lantai 2, gedung B", To: council.Addressees{Kinds: dewan}}},
		{"Evaluasi tahap I, II dan III, Kamis jam 9, Aula, Dewan",
			draftLook{Title: "Evaluasi tahap I, II dan III", Starts: "2026-10-01 09:00", Place: "Aula", To: council.Addressees{Kinds: dewan}}},
		{"Rapat evaluasi, Kamis 09.00-11.30, Media Center, Dewan",
			draftLook{Title: "Rapat evaluasi", Starts: "2026-10-01 09:00", Length: "2h30m0s", Place: "Media Center", To: council.Addressees{Kinds: dewan}}},
		{"Rapat evaluasi, besok jam 1 siang selama 90 menit, https://zoom.example/j/1,2?pwd=3, Dewan",
			draftLook{Title: "Rapat evaluasi", Starts: "2026-09-26 13:00", Length: "1h30m0s", Place: "https://zoom.example/j/1,2?pwd=3", To: council.Addressees{Kinds: dewan}}},
		{"Acara: Lokakarya rencana aksi\nHari/tanggal: Selasa, 20 Oktober 2026\nWaktu: 09.00 s.d. selesai\nTempat: Aula Bappelitbangda, lantai 2\nPeserta: Komunitas, Dewan\nPemimpin rapat: Pak Anwar\nNotulis: Ibu Nurhikmah",
			draftLook{Title: "Lokakarya rencana aksi", Starts: "2026-10-20 09:00", Place: "Aula Bappelitbangda, lantai 2", Chair: "Pak Anwar", Scribe: "Ibu Nurhikmah",
				To: council.Addressees{Kinds: []council.GroupKind{council.KindCommunity, council.KindCouncil}}}},
		{"Rapat koordinasi Dewan dan Tim Pelaksana, setiap bulan tanggal 5 jam 9, Aula, Pokja + Dewan",
			draftLook{Title: "Rapat koordinasi Dewan dan Tim Pelaksana", Starts: "2026-10-05 09:00", Place: "Aula", To: council.Addressees{Kinds: both}, Repeats: "month Sunday 5 09.00"}},
		{"Rapat Dewan dan Pokja, Kamis jam 9, Aula, Dewan", draftLook{Title: "Rapat Dewan dan Pokja", Starts: "2026-10-01 09:00", Place: "Aula", To: council.Addressees{Kinds: dewan}}},
		{"Rapat koordinasi, setiap bulan, Kamis jam 9, Aula, Dewan",
			draftLook{Title: "Rapat koordinasi", Starts: "2026-10-01 09:00", Place: "Aula", To: council.Addressees{Kinds: dewan}, Repeats: "month Thursday 1 09.00"}},
		{"Rapat koordinasi, setiap Senin 08.00–09.30, Aula, Dewan",
			draftLook{Title: "Rapat koordinasi", Starts: "2026-09-28 08:00", Length: "1h30m0s", Place: "Aula", To: council.Addressees{Kinds: dewan}, Repeats: "week Monday 0 08.00"}},
		{"Rapat koordinasi, setiap tanggal 5, Aula, Dewan",
			draftLook{Title: "Rapat koordinasi", Day: "2026-10-05", Place: "Aula", To: council.Addressees{Kinds: dewan}, Repeats: "month Sunday 5 08.00"}},
		{"Rapat, Kamis jam 9, Aula, Dewan, 5 perwakilan, dipimpin Sekda, notulis @baso_contoh",
			draftLook{Title: "Rapat", Starts: "2026-10-01 09:00", Place: "Aula", To: council.Addressees{Kinds: dewan}, Seats: 5, Chair: "Sekda", Scribe: "#2"}},
		{"Rapat, Kamis jam 9, Aula, lima perwakilan komunitas",
			draftLook{Title: "Rapat", Starts: "2026-10-01 09:00", Place: "Aula", Seats: 5, To: council.Addressees{Kinds: []council.GroupKind{council.KindCommunity}}}},
		{"Rapat, Kamis jam 9, Aula, Forum Danau + @baso_contoh, kuota 12",
			draftLook{Title: "Rapat", Starts: "2026-10-01 09:00", Place: "Aula", Seats: 12, To: council.Addressees{Groups: []int64{1}}, People: []int64{2}}},
		{"Rapat dengan @baso_contoh, Kamis jam 9, Aula",
			draftLook{Title: "Rapat dengan @baso_contoh", Starts: "2026-10-01 09:00", Place: "Aula", People: []int64{2}}},
		{"Rapat, Kamis jam 9, Aula, Dewan + Pokja Laut", draftLook{Title: "Rapat", Starts: "2026-10-01 09:00", Place: "Aula", To: council.Addressees{Kinds: dewan}, Unread: []string{"Pokja Laut"}}},
		{"Rapat, Kamis jam 9, Aula, Pokja Laut", draftLook{Title: "Rapat", Starts: "2026-10-01 09:00", Place: "Aula", Unread: []string{"Pokja Laut"}}},
		{"Rapat, Kamis, Aula, Pokja", draftLook{Title: "Rapat", Day: "2026-10-01", Place: "Aula", To: council.Addressees{Kinds: pokja}}},
		{"Rapat, tadi jam 8, Aula, Pokja", draftLook{Title: "Rapat", Phrase: "tadi jam 8", Place: "Aula", To: council.Addressees{Kinds: pokja}}},
		{"Rapat, 31 November jam 9, Aula, Pokja", draftLook{Title: "Rapat", Phrase: "31 November jam 9", Place: "Aula", To: council.Addressees{Kinds: pokja}}},
		{"Rapat, 5-6 Oktober jam 8, Aula, Pokja", draftLook{Title: "Rapat", Starts: "2026-10-05 08:00", Length: "32h0m0s", Place: "Aula", To: council.Addressees{Kinds: pokja}}},
		{"Rapat, Senin jam 8 selama 2 hari, Aula, Pokja", draftLook{Title: "Rapat", Starts: "2026-09-28 08:00", Length: "32h0m0s", Place: "Aula", To: council.Addressees{Kinds: pokja}}},
		{"Rapat, besok jam 23.30 WIB, Aula, Pokja", draftLook{Title: "Rapat", Starts: "2026-09-27 00:30", Place: "Aula", To: council.Addressees{Kinds: pokja}}},
		{"Meeting to prepare, Thursday 9:00 for 2 hours, at Media Center, Council, led by @baso_contoh, 5 people",
			draftLook{Title: "Meeting to prepare", Starts: "2026-10-01 09:00", Length: "2h0m0s", Place: "Media Center", To: council.Addressees{Kinds: dewan}, Chair: "#2", Seats: 5}},
		{"Rapat persiapan evaluasi", draftLook{Title: "Rapat persiapan evaluasi"}},
		{"Dewan", draftLook{To: council.Addressees{Kinds: dewan}}},
		{"", draftLook{}},
	}
	for _, test := range tests {
		h.change(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			var draft meetingDraft
			err = r.readMeeting(test.line, mentionsIn(test.line), &draft)
			if difference := cmp.Diff(test.want, lookAt(draft, r.city.Zone)); difference != "" {
				t.Errorf("%q:\n%s", test.line, difference)
			}
			return err
		})
	}
}

// TestNothingOfAMeetingIsLost writes lines of words that no table knows, with times, labels
// and separators between them: every such word is in the draft, and the bot asks something
// or shows a preview.
func TestNothingOfAMeetingIsLost(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Dewan", "dewan", sitti)
	pieces := []string{"Kamis jam 9", "besok", "jam 2", "tadi pagi", "selama 2 jam", "setiap bulan tanggal 5", "Tempat:", "di", "dipimpin", "notulis:", "Dewan", "Pokja +",
		"5 perwakilan", "untuk", "Peserta:", "Acara:", "dipimpin", "Waktu:", "https://qzx.example/a,b", "rapat", "@{0}", "31 Juni", "09.00-11.00"}
	rapid.Check(t, func(t *rapid.T) {
		var line strings.Builder
		var typed []string
		for i := range rapid.IntRange(1, 14).Draw(t, "length") {
			if rapid.Bool().Draw(t, "known") {
				line.WriteString(rapid.SampledFrom(pieces).Draw(t, "piece"))
			} else {
				word := "qz" + strings.Repeat(string(rune('a'+i)), 3)
				typed = append(typed, word)
				line.WriteString(word)
			}
			line.WriteString(rapid.SampledFrom([]string{", ", " ", "\n", "; ", " + "}).Draw(t, "separator"))
		}
		h.change(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			var draft meetingDraft
			if err := r.readMeeting(line.String(), nil, &draft); err != nil {
				return err
			}
			kept := strings.Join(append([]string{draft.Title, draft.Place, draft.Chair.Name, draft.Scribe.Name, draft.Phrase}, draft.Unread...), " | ")
			for _, word := range typed {
				if !strings.Contains(kept, word) {
					t.Errorf("%q: %q is lost of %q", line.String(), word, kept)
				}
			}
			if strings.Contains(kept, timeMark) {
				t.Errorf("%q: a mark is left in %q", line.String(), kept)
			}
			return nil
		})
	})
}

// draftOf is the draft that waits for a person, and the step at which it stands.
func (h *harness) draftOf(person int64) (draft meetingDraft, step string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		r, err := h.bot.unasked(tx)
		if err != nil {
			return err
		}
		if r.actor.Member, err = tx.MemberByTelegramID(person); err != nil {
			return err
		}
		draft, step, err = r.meetingDraftKept()
		return err
	})
	return draft, step
}

func TestWhatIsTooLongIsAskedAgainAndTheRestStays(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Dewan", "dewan", sitti)
	long := strings.Repeat("a", council.MeetingTitleLimit+1)
	h.say(sitti, sitti, "/rapat_baru "+long+", Kamis jam 9, "+strings.Repeat("b", council.MeetingPlaceLimit+1)+", Dewan")
	contains(t, h.newestWith(sitti, "huruf"), "Judul rapat paling banyak 200 huruf")
	h.restart()
	h.say(sitti, sitti, "Rapat pendek")
	contains(t, h.newestWith(sitti, "huruf"), "Tempat atau tautan paling banyak 300 huruf")
	h.say(sitti, sitti, "Aula")
	h.say(sitti, sitti, "Sekda") // who leads is asked, since the title was
	h.press(sitti, sitti, "Lewati")
	draft, step := h.draftOf(sitti)
	if step != fieldPreview || draft.Title != "Rapat pendek" || draft.Place != "Aula" || draft.To.None() || draft.Chair.Name != "Sekda" {
		t.Errorf("at %s: %+v", step, draft)
	}
}

func TestADraftWhoseTimeHasPassedMakesNoMeeting(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Dewan", "dewan", sitti)
	h.say(sitti, sitti, "/rapat_baru Rapat, besok jam 9, Aula, Dewan")
	h.pass(25 * time.Hour)
	h.press(sitti, sitti, "Benar")
	if _, step := h.draftOf(sitti); step != fieldTime {
		t.Errorf("it stands at %q", step)
	}
	h.look(func(tx *store.Tx) error {
		coming, err := tx.PastMeetings(h.clock(), 10)
		if len(coming) != 0 {
			t.Errorf("%+v", coming)
		}
		return err
	})
}

// TestForgedPressesOfADraft are sent by who coordinates nothing, with the key of another's
// draft, with words that no button carries, and in a group.
func TestForgedPressesOfADraft(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	dewan := h.linkedGroup("Dewan", "dewan", sitti, baso)
	h.say(sitti, sitti, "/rapat_baru Rapat, Kamis jam 9, Aula, Dewan")
	draft, _ := h.draftOf(sitti)
	newest := func(chat int64) (id int) {
		for _, shown := range h.sim.Messages(chat) {
			if shown.Bot {
				id = shown.ID
			}
		}
		return id
	}
	message := newest(sitti)
	for _, verb := range []string{inviteConfirm, inviteDrop, inviteChange, annToggle} {
		h.pressData(dewan, newest(dewan), sitti, data(pressInvite, verb, draft.Key))
		h.pressData(sitti, message, baso, data(pressInvite, verb, draft.Key))
		h.pressData(sitti, message, sitti, data(pressInvite, verb, draft.Key+1))
	}
	for _, carried := range []string{data(pressInvite, annToggle, draft.Key, "group_x"), data(pressInvite, inviteField, draft.Key, "version"),
		data(pressInvite, inviteSkip, draft.Key, "title"), data(pressInvite), data(pressInvite, "none", draft.Key)} {
		h.pressData(sitti, message, sitti, carried)
	}
	after, step := h.draftOf(sitti)
	if difference := cmp.Diff(draft, after); difference != "" || step != fieldPreview {
		t.Errorf("it stands at %q:\n%s", step, difference)
	}
	h.look(func(tx *store.Tx) error {
		coming, err := tx.ComingMeetings(h.clock(), 10)
		if len(coming) != 0 {
			t.Errorf("%+v", coming)
		}
		return err
	})
}

func TestAMeetingOfNobodyIsNotMade(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Dewan", "dewan", sitti)
	h.say(sitti, sitti, "/rapat_baru Rapat, Kamis jam 9, Aula, Komunitas") // no such group is linked
	answer := h.press(sitti, sitti, "Benar")
	contains(t, answer.Text, "Belum ada grup atau orang")
	if draft, step := h.draftOf(sitti); step != fieldPreview || draft.Title != "Rapat" {
		t.Errorf("at %q: %+v", step, draft)
	}
}
