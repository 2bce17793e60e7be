package bot

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

var claimLink = regexp.MustCompile(`https://t\.me/rembuk_bot\?start=(claim-[A-Za-z0-9_-]{22})\b`)

func (h *harness) claimLinks() []string {
	var payloads []string
	for _, found := range claimLink.FindAllStringSubmatch(h.log.String(), -1) {
		payloads = append(payloads, found[1])
	}
	return payloads
}

func TestClaimLink(t *testing.T) {
	h := newHarness(t)
	first := h.claimLinks()
	if len(first) != 1 {
		t.Fatalf("logged %d claim links", len(first))
	}
	h.look(func(tx *store.Tx) error {
		kept, err := tx.Setting(store.SettingClaim)
		if err != nil || kept == "" || strings.Contains(kept, strings.TrimPrefix(first[0], claimPayload)) {
			t.Errorf("kept of the secret: %q (%v)", kept, err)
		}
		return nil
	})
	h.restart()
	links := h.claimLinks()
	if len(links) != 2 || links[0] == links[1] {
		t.Fatalf("the second start logged %v", links)
	}
	sitti := h.person("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	for name, payload := range map[string]string{"an older link": links[0], "a forged link": "claim-AAAAAAAAAAAAAAAAAAAAAA", "an empty link": "claim-"} {
		h.pass(24 * time.Hour) // so that each is answered
		contains(t, only(t, h.say(baso, baso, "/start "+payload)).Text, "tidak berlaku lagi")
		if h.actor(baso).Coordinates() {
			t.Fatalf("%s made a coordinator", name)
		}
	}
	contains(t, h.say(sitti, sitti, "/start "+links[1])[0].Text, "koordinator")
	if actor := h.actor(sitti); !actor.Coordinates() || actor.Name != "Sitti Ramlah" {
		t.Fatalf("the claim made %+v", actor)
	}
	h.pass(24 * time.Hour)
	contains(t, only(t, h.say(baso, baso, "/start "+links[1])).Text, "sudah dipakai")
	if h.actor(baso).Coordinates() {
		t.Error("the link worked twice")
	}
	h.restart()
	if got := len(h.claimLinks()); got != 2 {
		t.Errorf("with a coordinator there, a start logged another link: %d", got)
	}
}

func TestOwnersNeedNoClaim(t *testing.T) {
	owner := int64(4711)
	h := newHarness(t, func(options *Options) { options.Owners = []int64{owner} })
	if links := h.claimLinks(); len(links) != 0 {
		t.Errorf("logged %v", links)
	}
	h.sim.Person(sim.Person{ID: owner, FirstName: "Sitti", LastName: "Ramlah", Username: "sitti_contoh", LanguageCode: "id"})
	contains(t, h.say(owner, owner, "/start")[0].Text, "Selamat datang", "Sitti Ramlah", "koordinator", "/hubungkan")
}

func TestGreetings(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	fadli := h.person("Fadli Kaluku", "fadli_contoh")
	h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	forum := h.linkedGroup("Forum", "komunitas", sitti)
	h.say(forum, fadli, "/bantuan")
	h.change(func(tx *store.Tx) error {
		member, _, err := tx.Appeared(baso, "baso_contoh", "id", h.clock())
		if err != nil {
			return err
		}
		return tx.GrantRole(member.ID, council.RoleWorkingGroup, "granted")
	})

	greetings := h.say(baso, baso, "/start")
	contains(t, greetings[0].Text, "Baso Irfandi", "/tugas", "/bantuan")
	lacks(t, greetings[0].Text, "/hubungkan", "koordinator")
	if len(greetings) != 2 || strings.Join(labels(greetings[1]), "|") != "Bapak|Ibu|dr.|Prof.|Lainnya|Lewati" {
		t.Errorf("a member of a working group is asked for the form of address: %q", texts(greetings))
	}
	if again := h.say(baso, baso, "/mulai"); len(again) != 1 {
		t.Errorf("it is asked once: %q", texts(again))
	}
	contains(t, only(t, h.say(fadli, fadli, "/start")).Text, "Selamat datang", "komunitas")
	contains(t, only(t, h.say(forum, fadli, "/start@rembuk_bot")).Text, "Komunitas")
	contains(t, only(t, h.say(baso, baso, "halo, apa kabar")).Text, "/bantuan")
}

func TestStrangers(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	stranger := h.person("Orang Lewat", "lewat_contoh")
	first := only(t, h.say(stranger, stranger, "/start"))
	contains(t, first.Text, "koordinator")
	lacks(t, first.Text, "Sitti", "Pokja", "Teluk Marannu")
	for _, said := range []string{
		"/start", "halo", "/status", "/tugas", "/bantuan", "/batal", "/entah_apa", "/hubungkan dewan", "/peran @lewat_contoh koordinator",
		"/profil", "/bahasa en", "/start T-1", "/tugas_baru apa saja", "/cari sampah", "/rekap",
	} {
		if answer := h.say(stranger, stranger, said); len(answer) != 0 {
			t.Errorf("on the same day %s is answered with %q", said, texts(answer))
		}
	}
	h.pass(24 * time.Hour)
	if again := only(t, h.say(stranger, stranger, "/tugas")); again.Text != first.Text {
		t.Errorf("the next day: %q", again.Text)
	}
	if actor := h.actor(stranger); !actor.IsStranger() || actor.Language != "id" {
		t.Errorf("the stranger is kept as %+v", actor)
	}
	for _, forged := range []string{data(pressRole, 1, "coordinator", roleGiven), data(pressZone, "WIB"), data(pressLanguage, "en"), data(pressAddress, "bapak"), data(pressLink, "council"), data(pressUnlink, 1), data(pressWho, 1), "9:role", "x", ""} {
		if answer := h.pressData(stranger, first.ID, stranger, forged); answer.Text == "" || strings.Contains(answer.Text, "Tersimpan") {
			t.Errorf("a stranger pressing %q is told %+v", forged, answer)
		}
	}
	if actor := h.actor(stranger); !actor.IsStranger() || actor.Address != "" || actor.Language != "id" {
		t.Errorf("forged presses made %+v", actor)
	}
}

func TestUnlinkedGroupsHearLittle(t *testing.T) {
	h := newHarness(t)
	baso := h.person("Baso Irfandi", "baso_contoh")
	chat := h.group("Arisan", baso)
	for _, said := range []string{"/status", "/tugas", "/bantuan", "/entah_apa", "/batal", "/bahasa en", "/peran", "halo"} {
		if answer := h.say(chat, baso, said); len(answer) != 0 {
			t.Errorf("%s in an unlinked group is answered with %q", said, texts(answer))
		}
	}
	contains(t, only(t, h.say(chat, baso, "/start@rembuk_bot")).Text, "koordinator", "/hubungkan")
	contains(t, only(t, h.say(chat, baso, "/hubungkan")).Text, "koordinator")
	if answer := h.say(chat, baso, "/start@rembuk_bot link"); len(answer) != 0 {
		t.Errorf("the link that adds the bot was answered on arrival already: %q", texts(answer))
	}
}

func TestUnknownCommandsOfMembersGetTheNearest(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	contains(t, only(t, h.say(sitti, sitti, "/hubunkan")).Text, "/hubungkan")
}

func TestALinkIntoThePrivateChatShowsItsTask(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase, tanpa tenggat")
	card := only(t, h.say(baso, baso, "/start T-1")[:1])
	contains(t, card.Text, "T-1", "Rekap tonase")
	if !hasButton(card, "Siap") {
		t.Errorf("the card has %v", labels(card))
	}
}
