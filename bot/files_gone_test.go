package bot

import (
	"net/http"
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// threeFiles is a message with two photos and a document that somebody sent before.
func (h *harness) threeFiles(person, chat int64, thread int) store.Outgoing {
	h.t.Helper()
	out := plainRow(chat, store.PriorityAnswer, "kabar")
	out.ThreadID, out.Payload.ReplyTo = thread, 1
	for _, sent := range []struct{ kind, name string }{{filePhoto, "a.jpg"}, {filePhoto, "b.jpg"}, {fileDocument, "c.pdf"}} {
		out.Payload.Files = append(out.Payload.Files, store.File{Kind: sent.kind, FileID: fileSent(h.sim, person, sent.kind, sent.name)})
	}
	h.heard(person)
	return out
}

func (h *harness) queueFiles(out store.Outgoing) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error { return queueWithFiles(tx, out) })
	h.sent()
}

// brought is what messages say or bring.
func brought(messages []sim.Shown) (said []string) {
	for _, message := range messages {
		if message.Media != nil {
			said = append(said, message.Media.Name)
		} else {
			said = append(said, message.Text)
		}
	}
	return said
}

var allThree = []string{"kabar", "a.jpg", "b.jpg", "c.pdf"}

func TestFilesForADeletedTopicGoToTheGeneralOne(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	coordinator := h.coordinator("Sitti Contoh", "sitti_contoh")
	group := h.sim.Group(sim.Group{Title: "Forum", Forum: true, Members: []int64{coordinator}})
	h.sim.AddBot(group, coordinator)
	topic := h.sim.Topic(group, "Lingkungan")
	h.quiet()
	h.write(sim.Message{Chat: group, Person: coordinator, Thread: topic, Text: "/hubungkan lingkungan"})
	out := h.threeFiles(coordinator, group, topic)
	h.queueFiles(out)
	for _, message := range h.heard(group) {
		if message.Thread != topic {
			t.Errorf("%q stands in topic %d before it is deleted", message.Text, message.Thread)
		}
	}
	h.sim.DeleteTopic(group, topic)
	h.queueFiles(out)
	fresh := h.heard(group)
	if difference := cmp.Diff(allThree, brought(fresh)); difference != "" {
		t.Errorf("in the general topic:\n%s", difference)
	}
	for _, message := range fresh {
		if message.Thread != 0 {
			t.Errorf("%q stands in topic %d", message.Text, message.Thread)
		}
	}
}

// TestFilesGoAlongWhenAGroupGrows though the album is the first that Telegram refuses.
func TestFilesGoAlongWhenAGroupGrows(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	coordinator := h.coordinator("Sitti Contoh", "sitti_contoh")
	group := h.sim.Group(sim.Group{Title: "Pokja", Members: []int64{coordinator}})
	h.sim.AddBot(group, coordinator)
	h.say(group, coordinator, "/hubungkan dewan")
	out := h.threeFiles(coordinator, group, 0)
	out.Payload.Text = ""
	h.sim.Fail(sim.Fault{Method: "getUpdates", Kind: sim.Error500, Times: 1})
	grown := h.sim.Migrate(group)
	h.queueFiles(out)
	if difference := cmp.Diff(allThree[1:], brought(h.heard(grown))); difference != "" {
		t.Errorf("in the supergroup:\n%s", difference)
	}
}

// TestFilesForSomebodyWhoBlocksTheBot are tried once, and no words are sent in their place.
func TestFilesForSomebodyWhoBlocksTheBot(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	person := h.private("Baso")
	out := h.threeFiles(person, person, 0)
	out.Payload.Text = ""
	h.sim.Fail(sim.Fault{Chat: person, Kind: sim.Refuse, Code: http.StatusForbidden, Description: "Forbidden: bot was blocked by the user", Times: -1})
	from := len(h.sim.Calls())
	h.queueFiles(out)
	if calls := h.sim.Calls()[from:]; len(calls) != 1 || calls[0].Method != "sendMediaGroup" {
		t.Errorf("tried: %+v", calls)
	}
	if reach := h.actor(person).Reach; reach != council.ReachBlocked {
		t.Errorf("the person is marked %q", reach)
	}
}

// TestEveryKindOfFileIsTaken from a message, with the name that it has, once.
func TestEveryKindOfFileIsTaken(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	kinds := []string{filePhoto, fileDocument, fileVideo, fileAudio, fileVoice, fileAnimation, fileVideoNote}
	card := only(t, c.sim.Messages(c.baso)[len(c.sim.Messages(c.baso))-1:])
	for _, kind := range kinds {
		c.sim.Send(sim.Message{Chat: c.baso, Person: c.baso, ReplyTo: card.ID}, kind, sim.File{Name: kind + ".x", Bytes: []byte(kind)})
		c.heard(c.baso)
	}
	c.write(sim.Message{Chat: c.baso, Person: c.baso, ReplyTo: card.ID, Location: &sim.Location{Latitude: -2.5, Longitude: 121.125}})
	c.heard(c.baso)
	var got []string
	c.look(func(tx *store.Tx) error {
		attachments, err := tx.Attachments("T-1")
		for _, a := range attachments {
			line := a.Kind + " " + a.Name
			if a.Kind == fileLocation {
				line = a.Kind + " " + a.FileID
			}
			got = append(got, strings.TrimSpace(line))
		}
		return err
	})
	want := []string{"photo", "document document.x", "video video.x", "audio audio.x", "voice", "animation animation.x", "video_note", "location -2.5,121.125"}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("kept with the task:\n%s", difference)
	}
	if !hasButton(c.message(c.baso, card.ID), "Berkas (8)") {
		t.Errorf("the card has %q", labels(c.message(c.baso, card.ID)))
	}
}

// TestAnAnimationIsTakenOnce though it comes as a document too.
func TestAnAnimationIsTakenOnce(t *testing.T) {
	got := filesOf(&models.Message{Animation: &models.Animation{FileID: "x", FileUniqueID: "u", FileName: "a.gif"},
		Document: &models.Document{FileID: "x", FileUniqueID: "u", FileName: "a.gif"}, Audio: &models.Audio{FileID: "y", Title: "Lagu"}})
	want := []file{{fileAnimation, "x", "u", "a.gif"}, {fileAudio, "y", "", "Lagu"}}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Error(difference)
	}
}

// TestWhoMayNotSeeATaskDoesNotGetItsFiles however the press was made.
func TestWhoMayNotSeeATaskDoesNotGetItsFiles(t *testing.T) {
	c := newTown(t)
	c.newTask("@baso_contoh Rekap tonase, tenggat besok")
	c.write(sim.Message{Chat: c.baso, Person: c.baso, Caption: "/progres T-1 50%", Document: &sim.File{Name: "rahasia.pdf", Bytes: []byte("x")}})
	stranger := c.person("Orang Lain", "")
	c.say(stranger, stranger, "/mulai")
	for name, person := range map[string]int64{"a stranger": stranger, "the community": c.fadli, "another working group": c.herlina} {
		c.heard(person)
		answer := c.pressData(person, c.botMessage(person), person, data(pressFiles, int64(1)))
		if said := c.heard(person); answer.Text == "" || len(said) != 0 {
			t.Errorf("%s is answered %q and gets %q", name, answer.Text, brought(said))
		}
	}
	mine := c.sim.Messages(c.baso)
	if answer := c.pressData(c.baso, mine[len(mine)-1].ID, c.baso, data(pressFiles, int64(1))); !strings.Contains(answer.Text, "T-1") {
		t.Errorf("the assignee is answered %q", answer.Text)
	}
	if said := brought(c.heard(c.baso)); len(said) == 0 || said[len(said)-1] != "rahasia.pdf" {
		t.Errorf("the assignee gets %q", said)
	}
	c.newTask("@baso_contoh Tanpa berkas, tenggat besok")
	mine = c.sim.Messages(c.baso)
	if answer := c.pressData(c.baso, mine[len(mine)-1].ID, c.baso, data(pressFiles, int64(2))); !strings.Contains(answer.Text, "belum ada berkas") {
		t.Errorf("of a task without files the answer is %q", answer.Text)
	}
}
