package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func TestRolesInOneLine(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	h.say(h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso), baso, "/bantuan")
	h.say(baso, baso, "/start")
	h.heard(baso)
	for _, test := range []struct {
		said string
		role council.Role
		held bool
	}{
		{"/peran @baso_contoh pokja", council.RoleWorkingGroup, true},
		{"/peran @baso_contoh dewan", council.RoleCouncil, true},
		{"/peran @BASO_contoh pimpinan", council.RoleLeader, true},
		{"/peran @baso_contoh komunitas", council.RoleCommunity, true},
		{"/peran koordinator @baso_contoh", council.RoleCoordinator, true},
		{"/peran @baso_contoh lepas dewan", council.RoleCouncil, false},
		{"/role @baso_contoh council", council.RoleCouncil, true},
		{"/role @baso_contoh remove leader", council.RoleLeader, false},
		{"/role @baso_contoh leader", council.RoleLeader, true},
		{"/role @baso_contoh working group", council.RoleWorkingGroup, true},
		{"/role @baso_contoh community", council.RoleCommunity, true},
		{"/peran @baso_contoh cabut koordinator", council.RoleCoordinator, false},
	} {
		t.Run(test.said, func(t *testing.T) {
			answer := only(t, h.say(sitti, sitti, test.said))
			contains(t, answer.Text, "Baso Irfandi")
			lacks(t, answer.Text, "belum dapat disampaikan")
			if got := slices.Contains(h.actor(baso).Granted, test.role); got != test.held {
				t.Errorf("%s held: %v", test.role, got)
			}
			contains(t, only(t, h.heard(baso)).Text, "peran")
		})
	}
}

func TestRoleByReplyAndByNameWithoutUsername(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	herlina := h.person("Herlina Pabokori", "")
	lukas := h.person("Lukas Rante", "")
	chat := h.linkedGroup("Forum", "komunitas", sitti, herlina)
	said := h.sim.Say(sim.Message{Chat: chat, Person: herlina, Text: "selamat pagi"})
	h.heard(chat)
	contains(t, only(t, h.write(sim.Message{Chat: chat, Person: sitti, Text: "/peran pokja", ReplyTo: said})).Text, "Herlina Pabokori", "belum dapat disampaikan")
	contains(t, only(t, h.write(sim.Message{Chat: chat, Person: sitti, Text: "/peran Prof. Lukas dewan", TextMention: []sim.TextMention{{Offset: 7, Length: 11, Person: lukas}}})).Text, "Lukas Rante")
	if !slices.Equal(h.actor(herlina).Granted, []council.Role{council.RoleWorkingGroup}) {
		t.Errorf("by reply: %v", h.actor(herlina).Granted)
	}
	if !slices.Equal(h.actor(lukas).Granted, []council.Role{council.RoleCouncil}) {
		t.Errorf("by mention: %v", h.actor(lukas).Granted)
	}
}

func TestARoleWaitsForWhoWasNotSeenYet(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	contains(t, only(t, h.say(sitti, sitti, "/peran @anwar_contoh pimpinan")).Text, "@anwar_contoh", "pimpinan", "belum dapat disampaikan")
	anwar := h.person("Anwar Malolo", "Anwar_Contoh")
	contains(t, h.say(anwar, anwar, "/start")[0].Text, "Selamat datang", "Anwar Malolo")
	if !h.actor(anwar).Has(council.RoleLeader) {
		t.Errorf("Anwar is %+v", h.actor(anwar))
	}
}

func TestRoleByButtonsAndUndoing(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.say(pokja, baso, "/bantuan")
	question := only(t, h.say(pokja, sitti, "/peran @baso_contoh"))
	contains(t, question.Text, "Baso Irfandi")
	if answer := h.pressOn(pokja, question.ID, baso, "koordinator"); !answer.Alert || h.actor(baso).Coordinates() {
		t.Errorf("Baso made himself a coordinator: %+v", answer)
	}
	h.pressOn(pokja, question.ID, sitti, "pimpinan")
	if !h.actor(baso).Has(council.RoleLeader) {
		t.Fatal("the press gave no role")
	}
	h.pressOn(pokja, question.ID, sitti, "Urungkan")
	if h.actor(baso).Has(council.RoleLeader) {
		t.Fatal("the role was not taken back")
	}
	h.pass(10*time.Minute + time.Second)
	contains(t, h.pressOn(pokja, question.ID, sitti, "Urungkan").Text, "tidak berlaku")
	if h.actor(baso).Has(council.RoleLeader) {
		t.Error("undoing works after ten minutes")
	}
	for _, forged := range []string{data(pressRole, 4711, "leader", roleGiven), data(pressRole, 1, "king", roleGiven), data(pressRole)} {
		contains(t, h.pressData(pokja, question.ID, sitti, forged).Text, "tidak berlaku")
	}
}

func TestTheLastCoordinatorStays(t *testing.T) {
	owner := int64(4711)
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	contains(t, only(t, h.say(sitti, sitti, "/peran @sitti_contoh lepas koordinator")).Text, "terakhir")
	if !h.actor(sitti).Coordinates() {
		t.Fatal("nobody coordinates any more")
	}
	h.say(sitti, sitti, "/peran @hasan_contoh koordinator")
	contains(t, only(t, h.say(sitti, sitti, "/peran @sitti_contoh lepas koordinator")).Text, "tidak lagi")
	if h.actor(sitti).Coordinates() {
		t.Error("one of two coordinators could not step back")
	}

	configured := newHarness(t, func(options *Options) { options.Owners = []int64{owner} })
	configured.sim.Person(sim.Person{ID: owner, FirstName: "Sitti", Username: "sitti_contoh"})
	configured.say(owner, owner, "/peran @hasan_contoh koordinator")
	contains(t, strings.Join(texts(configured.say(owner, owner, "/peran @sitti_contoh lepas koordinator")), ""), "pengelola server")
	if !configured.actor(owner).Coordinates() {
		t.Error("an owner lost a role that the next start would give back")
	}
}

func TestRoleListAndWhoMay(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	pokja := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.say(sitti, sitti, "/peran @anwar_contoh pimpinan")
	list := only(t, h.say(sitti, sitti, "/peran"))
	contains(t, list.Text, "koordinator: Sitti Ramlah", "pimpinan: @anwar_contoh", "/peran @nama")
	h.heard(pokja)
	lacks(t, only(t, h.say(pokja, sitti, "/peran")).Text, "@anwar_contoh")
	for _, said := range []string{"/peran", "/peran @baso_contoh koordinator", "/role @sitti_contoh remove coordinator"} {
		contains(t, only(t, h.say(pokja, baso, said)).Text, "koordinator", "Sitti Ramlah")
	}
	if h.actor(baso).Coordinates() || !h.actor(sitti).Coordinates() {
		t.Error("somebody else changed the coordinators")
	}
	h.look(func(tx *store.Tx) error {
		history, err := tx.History(council.Reference{}, 0, 10)
		if err != nil || history[0].Kind != council.EventRoleChanged || history[0].Detail["role"] != "leader" {
			t.Errorf("recorded %+v (%v)", history[0], err)
		}
		return nil
	})
}
