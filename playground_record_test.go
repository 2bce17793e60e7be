package main

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/png"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// session is something done by hand that is saved as a story.
type session struct {
	city   bool             // done in the sample city
	begins string           // else in a story that is taken over; "" is a small one
	after  bool             // when that story has been played, rather than before its first line
	do     func(*stagePage) // by hand
	want   []string         // lines of the saved story, in this order
}

const promised = "/tugas_baru @baso_contoh Rekap \"tonase\" #lingkungan, tenggat Jumat 16.00"

var sessions = map[string]session{
	"in the sample city": {city: true, do: func(s *stagePage) {
		s.say("Sitti Ramlah", "Pokja Ekonomi", "/tugas_baru @yuliana_contoh Peta lapak #ekonomi, tenggat besok 15.00")
		s.press("Yuliana Tasik", "Pokja Ekonomi", "Siap", "Peta lapak")
		s.must("/api/clock", map[string]string{"by": "day"})
	}, want: []string{"Peta lapak #ekonomi, tenggat besok", "Yuliana Tasik presses [Siap] in Pokja Ekonomi on \"T-", "toast: "}},
	"commands, presses and edits": {do: func(s *stagePage) {
		s.say("Sitti Ramlah", "Pokja Lingkungan", promised)
		s.press("Baso Irfandi", "Pokja Lingkungan", "Siap", "T-1")
		s.edit("Sitti Ramlah", "Pokja Lingkungan", "/tugas_baru", strings.Replace(promised, "Jumat", "Kamis", 1))
		s.say("Baso Irfandi", "Pokja Lingkungan", "tidak untuk bot")
		s.say("Baso Irfandi", "", "/tugas")
	}, want: []string{"Sitti Ramlah in Pokja Lingkungan: " + promised, `Baso Irfandi presses [Siap] in Pokja Lingkungan`,
		"toast: ", "bot edits in Pokja Lingkungan:", `Sitti Ramlah edits "/tugas_baru @baso_contoh Rekap ... tonase`,
		"Baso Irfandi in Pokja Lingkungan: tidak untuk bot", "Baso Irfandi: /tugas"}},
	"votes": {do: func(s *stagePage) {
		s.say("Sitti Ramlah", "", "/jajak Pokja: Kapan rapat? Senin / Selasa tanpa batas waktu")
		s.press("Sitti Ramlah", "", "Benar", "Kapan rapat")
		s.vote("Baso Irfandi", "Pokja Lingkungan", "1")
		s.vote("Baso Irfandi", "Pokja Lingkungan", "0")
		s.vote("Baso Irfandi", "Pokja Lingkungan", "")
		s.must("/api/clock", map[string]string{"by": "hour"})
		s.press("Sitti Ramlah", "", "Tutup sekarang", "V-1")
		s.press("Sitti Ramlah", "", "Ya, tutup", "V-1")
	}, want: []string{"bot in Pokja Lingkungan:", "V-1 · Kapan rapat?", "Senin: 0", `Baso Irfandi votes [Selasa] in Pokja Lingkungan on "V-1"`,
		"Baso Irfandi votes [Senin] in Pokja Lingkungan", "Baso Irfandi votes for nothing in Pokja Lingkungan", "Sitti Ramlah presses [Ya, tutup]",
		"Hasil dari 1 grup, 0 pemilih", "bot edits in Pokja Lingkungan:", "(closed)"}},
	"time passes": {do: func(s *stagePage) {
		s.say("Sitti Ramlah", "Pokja Lingkungan", promised)
		s.must("/api/clock", map[string]string{"by": "next"})
		s.must("/api/clock", map[string]string{"to": "2026-05-22T09:30"})
		s.say("Baso Irfandi", "", "/progres T-1 80%")
		s.must("/api/clock", map[string]string{"by": "hour"})
	}, want: []string{"at 2026-05-19 08:00", "bot to Baso Irfandi:", "at 2026-05-21 08:00", "bot to Baso Irfandi:", "at 2026-05-22 09:30",
		"Baso Irfandi: /progres T-1 80%", "at 2026-05-22 10:30"}},
	"the program is stopped, killed and started": {do: func(s *stagePage) {
		s.say("Sitti Ramlah", "Pokja Lingkungan", promised)
		s.must("/api/program", map[string]string{"do": "stop"})
		s.must("/api/program", map[string]string{"do": "start"})
		s.say("Baso Irfandi", "", "/tugas")
		s.must("/api/program", map[string]string{"do": "kill"})
		s.say("Baso Irfandi", "", "/selesai T-1")
		s.must("/api/clock", map[string]string{"by": "hour"})
		s.must("/api/program", map[string]string{"do": "start"})
		s.settle()
	}, want: []string{"the program restarts", "Baso Irfandi: /tugas", "the program dies", "Baso Irfandi: /selesai T-1",
		"at 2026-05-18 10:00", "the program starts", "bot to Baso Irfandi:"}},
	"files and replies": {do: func(s *stagePage) {
		s.say("Sitti Ramlah", "Pokja Lingkungan", promised)
		s.reply("Baso Irfandi", "", "T-1", "/selesai", upload{"rekap tonase.pdf", []byte("%PDF-1.4 rekap")})
		s.say("Baso Irfandi", "", "/bukti T-1", upload{"TPS.png", picture(8)}, upload{"TPS.png", picture(9)})
		s.reply("Baso Irfandi", "Pokja Lingkungan", "T-1", "sudah jalan 60%")
	}, want: []string{`Baso Irfandi replying to "T-1" sending "rekap tonase.pdf": /selesai`,
		`Baso Irfandi sending photo TPS.png, 2/TPS.png: /bukti T-1`, `Baso Irfandi in Pokja Lingkungan replying to `,
		"-- rekap tonase.pdf.base64 --", "-- 2/TPS.png.base64 --"}},
	"a line that breaks, and calls that come to nothing": {do: func(s *stagePage) {
		s.must("/api/fault", map[string]string{"kind": "500", "times": "1"})
		s.say("Baso Irfandi", "", "/tugas")
		s.must("/api/heal", nil)
		s.must("/api/fault", map[string]string{"kind": "cut"})
		s.say("Baso Irfandi", "", "/bantuan")
		s.must("/api/heal", nil)
		s.settle()
	}, want: []string{"fault any 500", "Baso Irfandi: /tugas", "the line breaks", "Baso Irfandi: /bantuan", "the line is mended"}},
	"a message said twice": {do: func(s *stagePage) {
		s.say("Sitti Ramlah", "Pokja Lingkungan", "setuju")
		first := s.message("Sitti Ramlah", "Pokja Lingkungan", "setuju", "")
		s.say("Baso Irfandi", "Pokja Lingkungan", "setuju")
		fields, _ := s.see("Baso Irfandi", "Pokja Lingkungan")
		fields["message"], fields["text"] = first, "/status"
		s.must("/api/say", fields)
		s.settle()
	}, want: []string{`Baso Irfandi in Pokja Lingkungan replying to the 2nd last "setuju": /status`}},
	"a topic of a forum": {begins: "a_deleted_topic", do: func(s *stagePage) {
		s.people("bot", "Sitti Ramlah", "Pokja Bersama", map[string]string{"as": "member"})
		s.people("topic", "Sitti Ramlah", "Pokja Bersama", map[string]string{"name": "Air Bersih"})
		s.say("Sitti Ramlah", "Pokja Bersama / Air Bersih", "/hubungkan pokja lingkungan")
		s.say("Sitti Ramlah", "Pokja Bersama / Energi", "/hubungkan pokja ekonomi")
		s.say("Sitti Ramlah", "Pokja Bersama / Air Bersih", "/tugas_baru Rekap, tenggat Jumat 16.00")
		fields, _ := s.see("Sitti Ramlah", "Pokja Bersama / Energi")
		s.people("droptopic", "Sitti Ramlah", "Pokja Bersama", map[string]string{"thread": fields["thread"]})
	}, want: []string{"forum Pokja Bersama: Sitti Ramlah, Baso Irfandi; topics Sampah, Energi, Air Bersih",
		"Sitti Ramlah adds the bot to Pokja Bersama", "Sitti Ramlah in Pokja Bersama / Air Bersih: /hubungkan",
		"bot in Pokja Bersama / Air Bersih: Grup ini telah terhubung", "bot in Pokja Bersama / Air Bersih:",
		"topic Energi of Pokja Bersama is deleted"}},
	"people and groups made by hand": {do: func(s *stagePage) {
		s.people("new", "", "", map[string]string{"name": "Rosmini", "started": "1"}) // without a username
		rosmini := fmt.Sprint(s.personID("Rosmini"))
		s.people("group", "Sitti Ramlah", "", map[string]string{"title": "Panitia Logo", "kind": "group", "members": rosmini, "bot": "1"})
		s.say("Sitti Ramlah", "Panitia Logo", "/hubungkan pokja branding")
		s.say("Rosmini", "Panitia Logo", "/tugas")
		s.people("block", "Rosmini", "", map[string]string{"on": "1"})
		s.people("add", "Sitti Ramlah", "Panitia Logo", map[string]string{"member": fmt.Sprint(s.personID("Baso Irfandi"))})
		s.say("Sitti Ramlah", "Panitia Logo", "/tugas_baru Logo kota, tenggat Jumat 16.00")
		s.people("upgrade", "Sitti Ramlah", "Panitia Logo", nil)
		s.people("promote", "Sitti Ramlah", "Panitia Logo", map[string]string{"member": rosmini, "on": "1"})
		s.people("hide", "Rosmini", "Panitia Logo", map[string]string{"on": "1"})
		s.say("Rosmini", "Panitia Logo", "/status")
		s.people("remove", "Sitti Ramlah", "Panitia Logo", map[string]string{"member": rosmini})
		s.people("vanish", "Rosmini", "", nil)
	}, want: []string{"Rosmini\n", "basic group Panitia Logo: Sitti Ramlah, Rosmini\n", "Rosmini: /start",
		"Sitti Ramlah adds the bot to Panitia Logo", "Grup ini telah terhubung sebagai Pokja Branding.", "Rosmini blocks the bot",
		"Sitti Ramlah adds Baso Irfandi to Panitia Logo", "Panitia Logo becomes a supergroup",
		"Rosmini becomes an administrator of Panitia Logo", "Rosmini anonymously in Panitia Logo: /status",
		"Sitti Ramlah takes Rosmini out of Panitia Logo", "Rosmini deletes the account"}},
	"a link from a card": {begins: "never_started_the_bot", do: func(s *stagePage) {
		s.say("Sitti Ramlah", "Pokja Lingkungan", "/tugas_baru @baso_contoh Rekap tonase, tenggat Jumat 16.00")
		_, seen := s.see("Baso Irfandi", "Pokja Lingkungan")
		for _, message := range seen.Chat.Messages {
			for _, row := range message.Buttons {
				for _, button := range row {
					if link, err := url.Parse(button.URL); err == nil && button.URL != "" {
						s.say("Baso Irfandi", "", strings.TrimSpace("/start "+link.Query().Get("start")))
					}
				}
			}
		}
	}, want: []string{`Baso Irfandi presses [`, "bot to Baso Irfandi:"}},
	"a claim link, by which nobody was known": {begins: "claim_link", do: func(s *stagePage) {
		log := s.page.present().Log()
		_, link, _ := strings.Cut(log, "?start=")
		payload := strings.FieldsFunc(link, func(letter rune) bool { return strings.ContainsRune("\" \n\\", letter) })[0]
		s.say("Sitti Ramlah", "", "/start "+payload)
	}, want: []string{"owners: none", "Sitti Ramlah opens the link in the log", "bot to Sitti Ramlah:"}},
	"after a whole story": {begins: "from_promise_to_thanks", after: true, do: func(s *stagePage) {
		s.say("Baso Irfandi", "", "/tugas")
		s.say("Sitti Ramlah", "", "/status")
	}, want: []string{"Sitti Ramlah in Pokja Lingkungan: /tugas_baru", "bot to Sitti Ramlah:", "Baso Irfandi: /tugas", "Sitti Ramlah: /status"}},
}

func TestWhatIsDoneByHandIsSavedAsAStoryThatHolds(t *testing.T) {
	t.Parallel()
	for name, row := range sessions {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStagePage(t, !row.city)
			if !row.city {
				s.must("/api/story/play", map[string]string{"name": cmp.Or(row.begins, "from_promise_to_thanks"), "speed": "0", "paused": map[bool]string{false: "true"}[row.after]})
				s.awaitMode(map[bool]string{false: "paused", true: "ended"}[row.after])
				s.must("/api/story/direct", map[string]string{"do": "take"})
			}
			row.do(s)
			saved := s.must("/api/story/save", map[string]string{"title": name})
			text, _ := saved["text"].(string)
			if saved["wrong"] != "" {
				t.Fatalf("it does not hold: %v\n%s", saved["wrong"], text)
			}
			rest := text
			for _, want := range row.want {
				_, after, found := strings.Cut(rest, want)
				if !found {
					t.Fatalf("%q does not come in the rest of\n%s", want, text)
				}
				rest = after
			}
			file := filepath.Join(t.TempDir(), saved["name"].(string))
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			playStory(t, file)
		})
	}
}

// A city that is kept can be saved as a story after it has come back.
func TestWhatWasDoneBeforeACityCameBackIsSavedToo(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	t.Run("before", func(t *testing.T) {
		s := openKeptPage(t, folder, false)
		s.say("Sitti Ramlah", "Pokja Ekonomi", "/tugas_baru @yuliana_contoh Peta lapak, tenggat besok 15.00")
	})
	s := openKeptPage(t, folder, false)
	s.press("Yuliana Tasik", "Pokja Ekonomi", "Siap", "Peta lapak")
	saved := s.must("/api/story/save", map[string]string{"title": "dua hari"})
	text, _ := saved["text"].(string)
	for _, want := range []string{"Peta lapak, tenggat besok", "bot in Pokja Ekonomi:", "the program restarts", "Yuliana Tasik presses [Siap]", "toast:"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in it", want)
		}
	}
	if saved["wrong"] != "" {
		t.Errorf("it does not hold: %v\n%s", saved["wrong"], text)
	}
}

func (s *stagePage) personID(name string) int64 {
	s.t.Helper()
	for _, person := range s.page.present().telegram.People() {
		if strings.TrimSpace(person.FirstName+" "+person.LastName) == name {
			return person.ID
		}
	}
	s.t.Fatalf("nobody is called %q", name)
	return 0
}

// people does something by hand to people and groups.
func (s *stagePage) people(deed, who, place string, more map[string]string) {
	s.t.Helper()
	fields := map[string]string{}
	if who != "" {
		fields, _ = s.see(who, place)
	}
	maps.Copy(fields, more)
	s.must("/api/people/"+deed, fields)
	s.settle()
}

func picture(size int) []byte {
	var data bytes.Buffer
	if err := png.Encode(&data, image.NewGray(image.Rect(0, 0, size, size))); err != nil {
		panic(err)
	}
	return data.Bytes()
}
