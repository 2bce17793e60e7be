package main

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/sim"
)

// session is something done by hand that is saved as a story.
type session struct {
	begins string           // the story it is taken over from; "" is the sample city
	after  bool             // only when that story has been played
	do     func(*stagePage) // by hand
	want   []string         // lines of the saved story, in this order
}

var sessions = map[string]session{
	"commands, presses and edits in groups": {do: func(s *stagePage) {
		s.say("Sitti Ramlah", "Pokja Ekonomi", `/tugas_baru @yuliana_contoh Peta lapak "pasar" #ekonomi, tenggat besok 15.00`)
		s.press("Yuliana Tasik", "Pokja Ekonomi", "Siap", "Peta lapak")
		s.edit("Sitti Ramlah", "Pokja Ekonomi", "/tugas_baru", "/tugas_baru @yuliana_contoh Peta lapak pasar sentral #ekonomi, tenggat besok 15.00")
		s.say("Fadli Kaluku", "Forum Komunitas", "tidak untuk bot")
		s.say("Baso Irfandi", "", "/tugas")
	}, want: []string{
		`Sitti Ramlah in Pokja Ekonomi: /tugas_baru @yuliana_contoh Peta lapak "pasar" #ekonomi`,
		`Yuliana Tasik presses [Siap] in Pokja Ekonomi on "T-34"`,
		"toast: ", "bot edits in Pokja Ekonomi:",
		`Sitti Ramlah edits "/tugas_baru @yuliana_contoh Peta lapak`,
		"Fadli Kaluku in Forum Komunitas: tidak untuk bot", "Baso Irfandi: /tugas",
	}},
	"time passes": {do: func(s *stagePage) {
		s.must("/api/clock", map[string]string{"by": "next"})
		s.must("/api/clock", map[string]string{"to": "2026-05-14T09:30"})
		s.say("Baso Irfandi", "", "/progres T-1 80%")
		s.must("/api/clock", map[string]string{"by": "day"})
	}, want: []string{"at 2026-05-12 08:00", "bot to Baso Irfandi:", "at 2026-05-13 08:00", "at 2026-05-14 09:30",
		"Baso Irfandi: /progres T-1 80%", "at 2026-05-15 09:30"}},
	"the program is stopped, killed and started": {do: func(s *stagePage) {
		s.must("/api/program", map[string]string{"do": "stop"})
		s.must("/api/program", map[string]string{"do": "start"})
		s.say("Baso Irfandi", "", "/tugas")
		s.must("/api/program", map[string]string{"do": "kill"})
		s.say("Baso Irfandi", "", "/selesai T-1")
		s.must("/api/clock", map[string]string{"by": "hour"})
		s.must("/api/program", map[string]string{"do": "start"})
		s.settle()
	}, want: []string{"the program restarts", "Baso Irfandi: /tugas", "the program dies", "Baso Irfandi: /selesai T-1",
		"at 2026-05-11 10:12", "the program starts", "bot to Baso Irfandi:"}},
	"files and replies": {do: func(s *stagePage) {
		s.reply("Baso Irfandi", "", "T-2", "/selesai", upload{"rekap tonase.pdf", []byte("%PDF-1.4 rekap")})
		s.say("Baso Irfandi", "", "/bukti T-1", upload{"TPS.png", picture(8)}, upload{"TPS.png", picture(9)})
		s.reply("Sitti Ramlah", "Pokja Lingkungan", "T-1", "sudah jalan 60%")
	}, want: []string{`Baso Irfandi replying to "T-2" sending "rekap tonase.pdf": /selesai`,
		`Baso Irfandi sending photo TPS.png, 2/TPS.png: /bukti T-1`, `Sitti Ramlah in Pokja Lingkungan replying to `,
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
	"a topic of a forum": {begins: "a_deleted_topic", do: func(s *stagePage) {
		chat := s.groupID("Pokja Bersama")
		s.apart(func(telegram *sim.Server) { telegram.AddBot(chat, s.personID("Sitti Ramlah")) })
		s.apart(func(telegram *sim.Server) { telegram.Topic(chat, "Air Bersih") })
		s.say("Sitti Ramlah", "Pokja Bersama / Air Bersih", "/hubungkan pokja lingkungan")
		s.say("Sitti Ramlah", "Pokja Bersama / Energi", "/hubungkan pokja ekonomi")
		s.say("Sitti Ramlah", "Pokja Bersama / Air Bersih", "/tugas_baru Rekap, tenggat Jumat 16.00")
	}, want: []string{"forum Pokja Bersama: Sitti Ramlah, Baso Irfandi; topics Sampah, Energi, Air Bersih",
		"Sitti Ramlah adds the bot to Pokja Bersama", "Sitti Ramlah in Pokja Bersama / Air Bersih: /hubungkan",
		"bot in Pokja Bersama / Air Bersih: Grup ini telah terhubung", "bot in Pokja Bersama / Air Bersih:"}},
	"people and groups made by hand": {do: func(s *stagePage) {
		telegram := s.page.present().telegram
		sitti := s.personID("Sitti Ramlah")
		rosmini := telegram.Person(sim.Person{FirstName: "Rosmini", LanguageCode: "id"}) // without a username
		chat := telegram.Group(sim.Group{Title: "Tim Logo", Members: []int64{sitti, rosmini}})
		s.apart(func(telegram *sim.Server) { telegram.AddBot(chat, sitti) })
		s.say("Sitti Ramlah", "Tim Logo", "/hubungkan pokja branding")
		s.say("Rosmini", "", "/start")
		s.say("Rosmini", "Tim Logo", "/tugas")
		s.apart(func(telegram *sim.Server) { telegram.Block(rosmini) })
		s.say("Sitti Ramlah", "Tim Logo", "/tugas_baru Logo kota, tenggat Jumat 16.00")
		s.apart(func(telegram *sim.Server) { telegram.Migrate(chat) })
		s.say("Sitti Ramlah", "Tim Logo", "/status")
	}, want: []string{"Rosmini\n", "basic group Tim Logo: Sitti Ramlah, Rosmini\n", "Sitti Ramlah adds the bot to Tim Logo",
		"Grup ini telah terhubung sebagai Pokja Branding.", "Rosmini: /start", "Rosmini blocks the bot", "Tim Logo becomes a supergroup"}},
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
	"a message said twice": {do: func(s *stagePage) {
		s.say("Fadli Kaluku", "Forum Komunitas", "setuju")
		first := s.message("Fadli Kaluku", "Forum Komunitas", "setuju", "")
		s.say("Nurhikmah", "Forum Komunitas", "setuju")
		fields, _ := s.see("Nurhikmah", "Forum Komunitas")
		fields["message"], fields["text"] = first, "/status"
		s.must("/api/say", fields)
		s.settle()
	}, want: []string{`Nurhikmah in Forum Komunitas replying to the 2nd last "setuju": /status`}},
}

func TestWhatIsDoneByHandIsSavedAsAStoryThatHolds(t *testing.T) {
	for name, row := range sessions {
		t.Run(name, func(t *testing.T) {
			s := openStagePage(t)
			<-s.page.present().ready
			if row.begins != "" {
				s.must("/api/story/play", map[string]string{"name": row.begins, "speed": "0", "paused": map[bool]string{false: "true"}[row.after]})
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

func (s *stagePage) groupID(title string) int64 {
	s.t.Helper()
	for _, group := range s.page.present().telegram.Groups() {
		if group.Title == title {
			return group.ID
		}
	}
	s.t.Fatalf("no group is called %q", title)
	return 0
}

func picture(size int) []byte {
	var data bytes.Buffer
	if err := png.Encode(&data, image.NewGray(image.Rect(0, 0, size, size))); err != nil {
		panic(err)
	}
	return data.Bytes()
}
