package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/locale"
)

// TestEveryCommandIsOffered: what help does not name, in a menu or beside it,
// nobody finds; and nothing is named twice or unknown.
func TestEveryCommandIsOffered(t *testing.T) {
	inHelp := map[string]bool{"start": true, "menu": true} // Telegram offers the one itself, the other is help
	for _, shown := range []menu{menuPrivate, menuGroup, menuCommunity, menuCoordinator} {
		here := append(menuCommands(shown), further[shown]...)
		for i, name := range here {
			inHelp[name] = true
			if slices.Contains(here[:i], name) {
				t.Errorf("%s is named twice in %s", name, shown)
			}
			if !slices.ContainsFunc(commands(), func(c command) bool { return c.name == name }) {
				t.Errorf("%s is no command, and %s names it", name, shown)
			}
		}
	}
	for _, known := range commands() {
		if !inHelp[known.name] {
			t.Errorf("%s is offered nowhere", known.name)
		}
	}
}

func TestHelpIsForWhoAsks(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso, fadli := h.person("Baso Irfandi", "baso_contoh"), h.person("Fadli Kaluku", "fadli_contoh")
	pokja := h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	forum := h.linkedGroup("Forum", "komunitas", sitti, fadli)
	h.say(pokja, baso, "/status")
	h.say(forum, fadli, "/status")
	for name, c := range map[string]struct {
		chat, person int64
		has, hasNot  string
	}{
		"coordinator": {sitti, sitti, "/umumkan /pemantik /jajak /keterlibatan /tugas /tunggu", "/mulai"},
		"staff":       {baso, baso, "/tanya /jawab /tunggu /cuti", "/umumkan /peran"},
		"pokja":       {pokja, baso, "/tugas_baru /tunggu /tanya", "/umumkan /profil"},
		"forum":       {forum, fadli, "/ide /tanya /dukung /daftar_ide", "/tugas_baru /umumkan /disposisi"},
	} {
		answer := only(t, h.say(c.chat, c.person, "/bantuan"))
		h.pressOn(c.chat, answer.ID, c.person, "Semua perintah")
		words := strings.Fields(h.message(c.chat, answer.ID).Text)
		for _, word := range strings.Fields(c.has) {
			if !slices.Contains(words, word) {
				t.Errorf("%s is not told of %s: %v", name, word, words)
			}
		}
		for _, word := range strings.Fields(c.hasNot) {
			if slices.Contains(words, word) {
				t.Errorf("%s is told of %s", name, word)
			}
		}
	}
	h.say(sitti, sitti, "/bahasa en")
	answer := only(t, h.say(sitti, sitti, "/help"))
	h.pressOn(sitti, answer.ID, sitti, "All commands")
	contains(t, h.message(sitti, answer.ID).Text, "Also: ", "/announce", "/"+commandWord(h.options.Book.In(locale.English), "prompt"))
}

// TestEveryCommandStandsInOneTopic: what is offered is found by its topic, and nowhere twice.
func TestEveryCommandStandsInOneTopic(t *testing.T) {
	topics := map[string]int{}
	for _, topic := range helpTopics {
		for _, name := range topic.commands {
			topics[name]++
		}
	}
	for _, known := range commands() {
		want := 1
		if slices.Contains([]string{"start", "help", "menu", "cancel"}, known.name) {
			want = 0
		}
		if topics[known.name] != want {
			t.Errorf("%s stands in %d topics, not %d", known.name, topics[known.name], want)
		}
	}
}
