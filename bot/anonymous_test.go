package bot

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func simPerson(name, username, language string) sim.Person {
	return sim.Person{FirstName: name, Username: username, LanguageCode: language}
}

func TestAnonymousAdministratorsSayWhoTheyAre(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	chat := h.group("Pokja", sitti, baso)
	command := h.sim.Say(sim.Message{Chat: chat, Person: sitti, Anonymous: true, Text: "/hubungkan pokja lingkungan"})
	question := only(t, h.heard(chat))
	if question.ReplyTo != command || strings.Join(labels(question), "") != "Ini saya" {
		t.Fatalf("asked %+v", question)
	}
	h.restart()
	if answer := h.pressOn(chat, question.ID, baso, "Ini saya"); !answer.Alert || !strings.Contains(answer.Text, "koordinator") {
		t.Errorf("somebody who may not is told %+v", answer)
	}
	h.pressOn(chat, question.ID, sitti, "Ini saya")
	done := only(t, h.heard(chat))
	if done.Text != "Grup ini telah terhubung sebagai Pokja Lingkungan." || done.ReplyTo != command {
		t.Errorf("the command was answered with %+v", done)
	}
	if after := h.message(chat, question.ID); len(after.Buttons) != 0 {
		t.Errorf("the question still has buttons: %v", labels(after))
	}
	contains(t, h.pressData(chat, question.ID, sitti, data(pressWho, command)).Text, "tidak berlaku")
	if again := h.heard(chat); len(again) != 0 {
		t.Errorf("carried out twice: %q", texts(again))
	}
}

func TestSeveralAnonymousCommandsWaitInOneChat(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	baso := h.person("Baso Irfandi", "baso_contoh")
	chat := h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	h.say(chat, baso, "/bantuan")
	first := only(t, h.write(sim.Message{Chat: chat, Person: baso, Anonymous: true, Text: "/tugas_baru Rekap tonase, tanpa tenggat"}))
	second := only(t, h.write(sim.Message{Chat: chat, Person: sitti, Anonymous: true, Text: "/tugas_baru Foto berkoordinat, tanpa tenggat"}))
	h.pressOn(chat, second.ID, sitti, "Ini saya")
	h.pressOn(chat, first.ID, baso, "Ini saya")
	h.look(func(tx *store.Tx) error {
		for number, want := range map[int64]struct {
			title string
			by    int64
		}{1: {"Foto berkoordinat", sitti}, 2: {"Rekap tonase", baso}} {
			task, err := tx.Task(number)
			if err != nil || task.Title != want.title || task.CreatedBy != h.actor(want.by).ID {
				t.Errorf("T-%d is %q by %d (%v)", number, task.Title, task.CreatedBy, err)
			}
		}
		return nil
	})
}

func TestAnonymousWordsThatAskNothing(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	unlinked := h.group("Arisan", sitti)
	if said := h.write(sim.Message{Chat: unlinked, Person: sitti, Anonymous: true, Text: "/status"}); len(said) != 0 {
		t.Errorf("in an unlinked group: %q", texts(said))
	}
	chat := h.linkedGroup("Pokja", "dewan", sitti)
	h.sim.Promote(chat, h.sim.BotID(), true)
	h.heard(chat)
	if said := h.write(sim.Message{Chat: chat, Person: sitti, Anonymous: true, Text: "selamat pagi semua"}); len(said) != 0 {
		t.Errorf("words that are not for the bot: %q", texts(said))
	}
	if said := h.actor(sitti); !said.Has(council.RoleCouncil) {
		t.Errorf("%+v", said)
	}
}
