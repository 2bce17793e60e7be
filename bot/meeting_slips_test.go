package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestTwoKeepTheAttendance: a button does what it says, also where another one has done
// that meanwhile, or on a page that shows how it was.
func TestTwoKeepTheAttendance(t *testing.T) {
	h, sitti, baso, _, _, _ := noting(t)
	h.guests(1, council.Guest{MemberID: h.actor(baso).ID}, council.Guest{MemberID: h.actor(sitti).ID, Response: council.ResponseRepresented, Representative: council.Seat{Name: "Rahma"}})
	_, first := h.pressing(baso, baso, "1:attend:page:1:0")
	_, second := h.pressing(sitti, sitti, "1:attend:page:1:0")
	ours, theirs := only(t, first).ID, only(t, second).ID
	for count, name := range []string{"Baso Irfandi", "Rahma (mewakili Sitti Ramlah)"} {
		h.pressOn(baso, ours, baso, name)
		h.pressOn(sitti, theirs, sitti, name) // her page does not show it yet
		if there := h.present(1); len(there) != count+1 {
			t.Errorf("after %s: %+v", name, there)
		}
		contains(t, strings.Join(labels(h.message(sitti, theirs)), "|"), "✓ "+name)
	}
	h.pressOn(baso, ours, baso, "✓ Baso Irfandi")
	h.pressOn(sitti, theirs, sitti, "✓ Baso Irfandi")
	lacks(t, strings.Join(labels(h.message(sitti, theirs)), "|"), "✓ Baso Irfandi")
	if there := h.present(1); len(there) != 1 || there[0].Name != "Rahma" {
		t.Errorf("got %+v", there)
	}
}

// TestTakenOffByMistake: who was written by name comes back with all that was written.
func TestTakenOffByMistake(t *testing.T) {
	h, _, baso, _, _, _ := noting(t)
	_, pages := h.pressing(baso, baso, "1:attend:page:1:0")
	page := only(t, pages).ID
	added := only(t, h.write(sim.Message{Chat: baso, Person: baso, ReplyTo: page, Text: "Rahma, Dinas Sosial\nIkbal"}))
	h.pressOn(baso, added.ID, baso, "Catat kehadiran")
	h.pressOn(baso, added.ID, baso, "✓ Rahma · Dinas Sosial")
	if there := h.present(1); len(there) != 1 || there[0].Name != "Ikbal" {
		t.Fatalf("got %+v", there)
	}
	contains(t, only(t, h.say(baso, baso, "/urungkan")).Text, "Kehadiran di M-1 diurungkan")
	if there := h.present(1); len(there) != 2 || there[1].Name != "Rahma" || there[1].Office != "Dinas Sosial" {
		t.Errorf("got %+v", there)
	}
}

// TestNamesAreCorrectedByEditing: an edited message says who was there, not who was there
// besides.
func TestNamesAreCorrectedByEditing(t *testing.T) {
	h, _, baso, _, _, _ := noting(t)
	_, pages := h.pressing(baso, baso, "1:attend:page:1:0")
	message := h.sim.Say(sim.Message{Chat: baso, Person: baso, ReplyTo: only(t, pages).ID, Text: "Rahma, Dinas Sosial\nIkbal"})
	h.heard(baso)
	h.sim.Edit(baso, message, "Rahma, Dinas Sosial\n"+strings.Repeat("nama ", 30))
	contains(t, only(t, h.heard(baso)).Text, "100 huruf")
	if there := h.present(1); len(there) != 2 || there[1].Name != "Ikbal" {
		t.Errorf("got %+v", there)
	}
	h.sim.Edit(baso, message, "Rahma, Dinas Sosial\nIqbal")
	h.heard(baso)
	if there := h.present(1); len(there) != 2 || there[0].Name != "Rahma" || there[1].Name != "Iqbal" {
		t.Errorf("got %+v", there)
	}
	contains(t, only(t, h.say(baso, baso, "/urungkan")).Text, "diurungkan")
	if there := h.present(1); len(there) != 0 {
		t.Errorf("got %+v", there)
	}
}

// TestTooManyNames says how many fit.
func TestTooManyNames(t *testing.T) {
	h, _, baso, _, _, _ := noting(t)
	_, pages := h.pressing(baso, baso, "1:attend:page:1:0")
	contains(t, only(t, h.write(sim.Message{Chat: baso, Person: baso, ReplyTo: only(t, pages).ID, Text: strings.Repeat("Ikbal\n", council.MinutesLimit+1)})).Text, "paling banyak 300 nama")
}

// TestOrdinaryRepliesAreNoNotes: an answer to the invitation, thanks after the minutes were
// handed in, and words about a meeting that was called off.
func TestOrdinaryRepliesAreNoNotes(t *testing.T) {
	h, sitti, baso, _, pokja, _ := noting(t)
	h.pass(-15 * time.Minute) // ten minutes before it begins
	kept := only(t, h.say(pokja, baso, "/notulen M-1 dibuka"))
	h.write(sim.Message{Chat: pokja, Person: baso, ReplyTo: kept.ID, Text: "hadir"})
	h.expectNoted(1, "note dibuka")
	h.look(func(tx *store.Tx) error {
		guest, err := tx.Guest(1, h.actor(baso).ID)
		if guest.Response != council.ResponseComing {
			t.Errorf("got %+v", guest)
		}
		return err
	})
	h.pass(15 * time.Minute)
	h.changeMeeting(1, func(m *council.Meeting) { m.Minutes.State = council.MinutesProposed })
	h.write(sim.Message{Chat: pokja, Person: baso, ReplyTo: kept.ID, Text: "terima kasih semua"})
	h.expectNoted(1, "note dibuka")
	h.write(sim.Message{Chat: pokja, Person: baso, ReplyTo: kept.ID, Text: "catat: satu lagi"})
	h.expectNoted(1, "note dibuka", "note satu lagi")
	h.changeMeeting(1, func(m *council.Meeting) { m.State = council.MeetingCancelled })
	for _, person := range []int64{baso, sitti} {
		if said := h.write(sim.Message{Chat: pokja, Person: person, ReplyTo: kept.ID, Text: "sayang sekali"}); len(said) > 0 {
			t.Errorf("the bot says %q", texts(said))
		}
	}
}

// TestChangesTakeAProposalBack: who leads agrees to what was shown; what is refused takes
// nothing back.
func TestChangesTakeAProposalBack(t *testing.T) {
	h, sitti, baso, _, _, _ := noting(t)
	h.guests(1, council.Guest{MemberID: h.actor(sitti).ID})
	message := h.sim.Say(sim.Message{Chat: baso, Person: baso, Text: "/notulen M-1 dibuka"})
	h.heard(baso)
	state := func() (state council.MinutesState) {
		h.look(func(tx *store.Tx) error {
			m, err := tx.Meeting(1)
			state = m.Minutes.State
			return err
		})
		return state
	}
	propose := func() { h.changeMeeting(1, func(m *council.Meeting) { m.Minutes.State = council.MinutesProposed }) }
	propose()
	h.sim.Edit(baso, message, "/notulen M-1 "+strings.Repeat("panjang ", 200))
	contains(t, only(t, h.heard(baso)).Text, "1000 huruf")
	if got := state(); got != council.MinutesProposed {
		t.Errorf("a refused edit makes it %q", got)
	}
	contains(t, only(t, h.say(baso, baso, "/notulen M-1 satu lagi")).Text, "diajukan lagi")
	_, pages := h.pressing(baso, baso, "1:attend:page:1:0")
	page := only(t, pages).ID
	for _, name := range []string{"Sitti Ramlah", "✓ Sitti Ramlah"} {
		propose()
		h.pressOn(baso, page, baso, name)
		if got := state(); got != council.MinutesDraft {
			t.Errorf("%s leaves it %q", name, got)
		}
	}
	propose()
	h.write(sim.Message{Chat: baso, Person: baso, ReplyTo: page, Text: "Ikbal"})
	if got := state(); got != council.MinutesDraft {
		t.Errorf("a name leaves it %q", got)
	}
}

// TestNotesOfTheOtherMeeting: whoever wrote the wrong number corrects it.
func TestNotesOfTheOtherMeeting(t *testing.T) {
	h, _, baso, _, _, _ := noting(t)
	h.meets(council.Addressees{Kinds: []council.GroupKind{council.KindWorkingGroup}}, council.Meeting{Title: "Rapat kedua", Starts: h.clock().Add(-10 * time.Minute)})
	message := h.sim.Say(sim.Message{Chat: baso, Person: baso, Text: "/keputusan M-1 sewa truk"})
	h.heard(baso)
	h.sim.Edit(baso, message, "/keputusan M-2 sewa truk") // not his to write
	contains(t, only(t, h.heard(baso)).Text, "Notulen dicatat oleh")
	h.expectNoted(1, "decision sewa truk")
	h.changeMeeting(2, func(m *council.Meeting) { m.Chair = council.Seat{MemberID: h.actor(baso).ID} })
	h.sim.Edit(baso, message, "/keputusan M-2 sewa truk")
	contains(t, only(t, h.heard(baso)).Text, "Keputusan dicatat di M-2.")
	h.expectNoted(1)
	h.expectNoted(2, "decision sewa truk")
}

// TestWhichMeetingKeepsTheThing: a decision in reply to a recommendation is about that one,
// also after it was asked of which meeting it is.
func TestWhichMeetingKeepsTheThing(t *testing.T) {
	h, sitti, _, _, _, _ := noting(t)
	h.meets(council.Addressees{Kinds: []council.GroupKind{council.KindWorkingGroup}}, council.Meeting{Title: "Rapat kedua", Starts: h.clock().Add(-10 * time.Minute)})
	h.say(sitti, sitti, "/rekomendasi tambah perbaiki data")
	page := only(t, h.say(sitti, sitti, "/rekomendasi R-1"))
	asked := only(t, h.write(sim.Message{Chat: sitti, Person: sitti, ReplyTo: page.ID, Text: "/keputusan data disatukan"}))
	h.pressOn(sitti, asked.ID, sitti, "M-2 · Rapat kedua")
	h.expectNoted(2, "decision R-1 data disatukan")
}

// TestUndoInReplyToANote takes the note back, not what happened to the meeting.
func TestUndoInReplyToANote(t *testing.T) {
	h, _, baso, _, pokja, _ := noting(t)
	kept := only(t, h.say(pokja, baso, "/notulen M-1 dibuka"))
	contains(t, only(t, h.write(sim.Message{Chat: pokja, Person: baso, ReplyTo: kept.ID, Text: "/urungkan"})).Text, "1 catatan di M-1 diurungkan")
	h.expectNoted(1)
}

// TestTaskOfAMeetingThatIsOverMeanwhile: the task is made and shown, whatever became of
// the meeting while it was asked for whom it is.
func TestTaskOfAMeetingThatIsOverMeanwhile(t *testing.T) {
	h, sitti, _, _, pokja, _ := noting(t)
	h.say(sitti, sitti, "/tugas_baru hasil rapat M-1, tenggat Senin")
	h.say(sitti, sitti, "Beli sapu #lingkungan")
	h.changeMeeting(1, func(m *council.Meeting) { m.State = council.MeetingMissed })
	h.press(sitti, sitti, "Siapa saja di grup")
	var shown bool
	for _, message := range h.heard(pokja) {
		shown = shown || strings.Contains(message.Text, "T-1 · Beli sapu")
	}
	if !shown {
		t.Error("nobody sees the task")
	}
	h.expectNoted(1)
}

// TestCorrectedTaskFollows: a meeting that is named by the correction is not lost, and said
// once.
func TestCorrectedTaskFollows(t *testing.T) {
	h, _, baso, _, pokja, _ := noting(t)
	made := h.sim.Say(sim.Message{Chat: pokja, Person: baso, Text: "/tugas_baru Beli sapu, tenggat Senin"})
	h.heard(pokja)
	h.sim.Edit(pokja, made, "/tugas_baru Beli sapu hasil rapat M-1, tenggat Senin")
	contains(t, strings.Join(texts(h.heard(pokja)), "\n"), "T-1 menjadi tindak lanjut M-1.")
	h.expectNoted(1, "task T-1 Beli sapu")
	h.sim.Edit(pokja, made, "/tugas_baru Beli sapu lidi hasil rapat M-1, tenggat Senin")
	lacks(t, strings.Join(texts(h.heard(pokja)), "\n"), "tindak lanjut")
	h.expectNoted(1, "task T-1 Beli sapu lidi")
}
