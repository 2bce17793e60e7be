package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestWhoMayDoWhatWithPeopleAndGroups goes through the commands and buttons
// about people and groups, one person for each role.
func TestWhoMayDoWhatWithPeopleAndGroups(t *testing.T) {
	h := newHarness(t, withoutPlace)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.linkedGroup("Pokja", "pokja lingkungan", sitti)
	nobody := h.person("Orang Lewat", "lewat_contoh")
	chat := h.sim.Group(sim.Group{Title: "Baru", Supergroup: true, Members: []int64{sitti, nobody}})
	h.sim.AddBot(chat, sitti)
	h.heard(chat)

	const coordinators, members = "coordinators", "everybody with a role"
	inGroup, inPrivate := false, true
	cells := []struct {
		name    string
		private bool
		said    string // a command, or
		pressed string // what a button carries
		who     string
	}{
		{"/hubungkan", inGroup, "/hubungkan dewan", "", coordinators},
		{"/hubungkan lepas", inGroup, "/hubungkan lepas", "", coordinators},
		{"/hubungkan in private", inPrivate, "/hubungkan", "", coordinators},
		{"a button to link", inGroup, "", data(pressLink, "council"), coordinators},
		{"a button to unlink", inGroup, "", data(pressUnlink, 1), coordinators},
		{"/peran", inPrivate, "/peran", "", coordinators},
		{"/peran with a person", inPrivate, "/peran @hasan_contoh pokja", "", coordinators},
		{"a button for a role", inPrivate, "", data(pressRole, 1, "council", roleGiven), coordinators},
		{"a button for the zone", inPrivate, "", data(pressZone, "WIT"), coordinators},
		{"/bahasa of a group", inGroup, "/bahasa en", "", coordinators},
		{"a button for a group's language", inGroup, "", data(pressLanguage, "id"), coordinators},
		{"/bahasa of oneself", inPrivate, "/bahasa id", "", members},
		{"a button for one's own language", inPrivate, "", data(pressLanguage, "id"), members},
		{"/profil", inPrivate, "/profil", "", members},
		{"a button for the form of address", inPrivate, "", data(pressAddress, "ibu"), members},
	}
	for _, role := range append([]council.Role{""}, council.Roles...) {
		person := nobody
		if role != "" {
			person = h.person("Orang "+string(role), "orang_"+string(role))
			h.grant(person, role)
		}
		h.say(person, person, "/batal") // opens the private chat
		for _, cell := range cells {
			t.Run(string(role)+" "+cell.name, func(t *testing.T) {
				place := chat
				if cell.private {
					place = person
				}
				var answer string
				if cell.pressed != "" {
					answer = h.pressData(place, 1, person, cell.pressed).Text
				} else {
					answer = strings.Join(texts(h.say(place, person, cell.said)), "\n")
				}
				allowed := role == council.RoleCoordinator || cell.who == members && role != ""
				refused := answer == "" && cell.pressed == "" || strings.Contains(answer, "koordinator di daerah") || strings.Contains(answer, "Fitur ini untuk koordinator") || strings.Contains(answer, "for coordinators")
				if allowed == refused {
					t.Errorf("allowed should be %v; the answer is %q", allowed, answer)
				}
			})
		}
	}
}

func (h *harness) grant(telegramID int64, role council.Role) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		member, err := tx.Seen(telegramID, "Orang", "", "id", h.clock())
		if err != nil {
			return err
		}
		return tx.GrantRole(member.ID, role, "granted")
	})
}
