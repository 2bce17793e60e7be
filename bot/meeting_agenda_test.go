package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// met is a city in which a meeting of two groups stands before: who coordinates it, who
// is of the working group, and who of the community.
func met(t *testing.T) (h *harness, sitti, baso, fadli, pokja, forum int64) {
	t.Helper()
	h = newHarness(t)
	sitti, baso, fadli = h.coordinator("Sitti Ramlah", "sitti_contoh"), h.person("Baso Irfandi", "baso_contoh"), h.person("Fadli Kaluku", "fadli_contoh")
	pokja = h.linkedGroup("Pokja", "pokja lingkungan", sitti, baso)
	forum = h.linkedGroup("Forum", "komunitas", sitti, fadli)
	h.say(pokja, baso, "/status")
	h.say(forum, fadli, "/status")
	h.say(baso, baso, "/mulai")
	h.meets(council.Addressees{Kinds: []council.GroupKind{council.KindWorkingGroup, council.KindCommunity}}, council.Meeting{Title: "Rapat persiapan"})
	return h, sitti, baso, fadli, pokja, forum
}

// meets keeps a meeting that begins in two days.
func (h *harness) meets(to council.Addressees, m council.Meeting) council.Meeting {
	h.t.Helper()
	m.To, m.CreatedAt, m.Length = to, h.clock(), council.MeetingLength
	if m.Starts.IsZero() {
		m.Starts = h.clock().Add(48 * time.Hour)
	}
	h.change(func(tx *store.Tx) (err error) {
		coordinators, err := tx.MembersWithRole(council.RoleCoordinator)
		if err != nil {
			return err
		}
		m.CreatedBy = coordinators[0].ID
		m, err = tx.CreateMeeting(m, 0, 0)
		return err
	})
	return m
}

// pressing sends what a button of a fresh message would send, and gives what was
// answered and what was written for it.
func (h *harness) pressing(chat, person int64, data string) (sim.Answer, []sim.Shown) {
	h.t.Helper()
	under := h.say(chat, person, "/status")
	answer := h.pressData(chat, under[len(under)-1].ID, person, data)
	return answer, h.heard(chat)
}

func (h *harness) topics(number int64) (texts []string) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		topics, err := tx.Topics(number)
		for _, topic := range topics {
			texts = append(texts, strings.TrimSpace(string(topic.State)+" "+topic.Subject.String()+" "+topic.Text))
		}
		return err
	})
	return texts
}

// TestAgendaShowsNobodyMoreThanIsTheirs: of what is open only that is offered, and taken
// from a forged button, which the person may see; whoever only comes changes nothing.
func TestAgendaShowsNobodyMoreThanIsTheirs(t *testing.T) {
	h, sitti, baso, fadli, pokja, _ := met(t)
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap rahasia dinas, tenggat besok 16.00")
	h.pass(40 * time.Hour) // past the deadline, before the meeting
	h.heard(sitti)
	h.change(func(tx *store.Tx) error { // everybody may see what waits for a decision, but for what a coordinator has not let through
		for _, held := range []council.HeldReason{council.HeldNot, council.HeldSpam} {
			idea, err := tx.CreateIdea(council.Idea{Title: "Bank sampah " + string(held), SubmitterID: 1, State: council.IdeaSubmitted, Held: held, CreatedAt: h.clock()})
			if err != nil {
				return err
			}
			idea.State = council.IdeaDeliberated
			if err := tx.SaveIdea(idea); err != nil {
				return err
			}
		}
		return nil
	})
	_, pages := h.pressing(sitti, sitti, "1:agenda:open:1:1")
	contains(t, only(t, pages).Text, "T-1 · Rekap rahasia dinas · lewat tenggat", "I-1 · Bank sampah", "Dibahas Dewan")
	lacks(t, pages[0].Text, "I-2")
	h.change(func(tx *store.Tx) error { // a person of the community takes the minutes
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.Scribe = council.Seat{MemberID: h.actor(fadli).Member.ID}
		return tx.SaveMeeting(m)
	})
	h.say(fadli, fadli, "/mulai")
	_, pages = h.pressing(fadli, fadli, "1:agenda:open:1:1")
	lacks(t, only(t, pages).Text, "rahasia", "T-1", "I-2")
	contains(t, pages[0].Text, "I-1 · Bank sampah")
	h.pressing(fadli, fadli, "1:agenda:pick:1:1:T-1:")
	for _, forged := range []string{"1:agenda:open:1:1", "1:agenda:pick:1:1:T-1:", "1:agenda:write:1", "1:agenda:up:1:1", "1:agenda:remove:1:1", "1:agenda:accept:1:1"} {
		if answer, written := h.pressing(baso, baso, forged); len(written) != 0 || !answer.Alert {
			t.Errorf("%s answers Baso %+v and %v", forged, answer, texts(written))
		}
	}
	if topics := h.topics(1); len(topics) != 0 {
		t.Errorf("on the agenda: %v", topics)
	}
}

// TestAgendaIsChanged: chosen, written, moved, taken off and put back.
func TestAgendaIsChanged(t *testing.T) {
	h, sitti, _, _, pokja, _ := met(t)
	h.say(pokja, sitti, "/tugas_baru @baso_contoh Rekap tonase, tenggat besok 16.00")
	h.say(pokja, sitti, "/tugas_baru @baso_contoh SK bank sampah, tenggat besok 16.00")
	h.pass(40 * time.Hour)
	h.heard(sitti)
	_, pages := h.pressing(sitti, sitti, "1:agenda:open:1:1")
	page := only(t, pages)
	h.pressOn(sitti, page.ID, sitti, "T-2")
	contains(t, h.message(sitti, page.ID).Text, "✓ T-2 · SK bank sampah", "(1 dari paling banyak 30 topik)")
	h.pressOn(sitti, page.ID, sitti, "T-1")
	h.pressOn(sitti, page.ID, sitti, "✓ T-2")
	h.pressOn(sitti, page.ID, sitti, "T-2")
	h.pressOn(sitti, page.ID, sitti, "Selesai memilih")
	contains(t, h.message(sitti, page.ID).Text, "1. T-1 · Rekap tonase · lewat tenggat", "2. T-2 · SK bank sampah")
	h.pressOn(sitti, page.ID, sitti, "Tulis topik")
	contains(t, only(t, h.heard(sitti)).Text, "satu per baris")
	agenda := only(t, h.say(sitti, sitti, "- pembukaan\n- lain-lain"))
	contains(t, agenda.Text, "3. pembukaan\n4. lain-lain")
	h.pressOn(sitti, agenda.ID, sitti, "3")
	h.pressOn(sitti, agenda.ID, sitti, "Naikkan")
	h.pressOn(sitti, agenda.ID, sitti, "Naikkan")
	contains(t, h.message(sitti, agenda.ID).Text, "1. pembukaan")
	contains(t, h.pressOn(sitti, agenda.ID, sitti, "Naikkan").Text, "di ujung")
	h.pressOn(sitti, agenda.ID, sitti, "Keluarkan")
	lacks(t, h.message(sitti, agenda.ID).Text, "pembukaan")
	h.pressOn(sitti, agenda.ID, sitti, "Urungkan")
	contains(t, h.message(sitti, agenda.ID).Text, "1. pembukaan\n2. T-1")
	h.change(func(tx *store.Tx) error {
		task, err := tx.Task(1)
		if err != nil {
			return err
		}
		task.State = council.TaskDone
		return tx.SaveTask(task, h.clock())
	})
	_, pages = h.pressing(sitti, sitti, "1:agenda:show:1")
	contains(t, only(t, pages).Text, "2. T-1 · Rekap tonase · Selesai") // as it stands now
}

// TestTopicsAreProposed: by whoever is invited, also without a private chat; the first
// answer counts, the proposer hears it, and both can be taken back.
func TestTopicsAreProposed(t *testing.T) {
	h, sitti, baso, fadli, pokja, forum := met(t)
	rahma := h.coordinator("Rahma Contoh", "rahma_contoh")
	h.heard(rahma)
	answer, written := h.pressing(pokja, baso, "1:agenda:propose:1")
	contains(t, answer.Text, "pesan pribadi")
	if len(written) != 0 {
		t.Errorf("the group reads %v", texts(written))
	}
	contains(t, only(t, h.heard(baso)).Text, "Topik apa yang diusulkan untuk M-1")
	contains(t, only(t, h.say(baso, baso, "jadwal truk sampah")).Text, "sampai ke koordinator: jadwal truk sampah")
	asked, other := only(t, h.heard(sitti)), only(t, h.heard(rahma))
	contains(t, asked.Text, "Baso Irfandi", "M-1", "jadwal truk sampah")
	h.pressOn(sitti, asked.ID, sitti, "Masukkan")
	contains(t, only(t, h.heard(baso)).Text, "masuk agenda M-1")
	h.pressOn(rahma, other.ID, rahma, "Tidak kali ini")
	contains(t, h.message(rahma, other.ID).Text, "Masuk agenda M-1")
	h.pressOn(sitti, asked.ID, sitti, "Urungkan")
	contains(t, only(t, h.heard(baso)).Text, "ditinjau lagi")
	if topics := h.topics(1); !slices.Equal(topics, []string{"proposed  jadwal truk sampah"}) {
		t.Errorf("got %v", topics)
	}
	_, written = h.pressing(forum, fadli, "1:agenda:propose:1") // who never wrote in private
	question := only(t, written)
	contains(t, question.Text, "Topik apa")
	contains(t, only(t, h.write(sim.Message{Chat: forum, Person: fadli, Text: "ruang belajar warga", ReplyTo: question.ID})).Text, "sampai ke koordinator")
	asked = only(t, h.heard(sitti))
	contains(t, asked.Text, "(Forum) mengusulkan topik")
	h.pressOn(sitti, asked.ID, sitti, "Tidak kali ini")
	told := only(t, h.heard(forum))
	contains(t, told.Text, "belum dapat dibahas kali ini")
	h.heard(rahma)
}

// TestProposingHasLimits: of one person, in length, after the meeting; nobody takes back
// what another has proposed.
func TestProposingHasLimits(t *testing.T) {
	h, sitti, baso, fadli, _, _ := met(t)
	h.say(fadli, fadli, "/mulai")
	propose := func(text string) []string {
		_, written := h.pressing(baso, baso, "1:agenda:propose:1")
		only(t, written)
		return texts(h.say(baso, baso, text))
	}
	contains(t, strings.Join(propose(strings.Repeat("panjang ", 100)), ""), "paling banyak 300 huruf")
	contains(t, strings.Join(texts(h.say(baso, baso, "satu")), ""), "sampai ke koordinator") // the question stayed open
	for i := range council.TopicsOfOneMember - 1 {
		contains(t, strings.Join(propose(fmt.Sprint("topik ", i)), ""), "sampai ke koordinator")
	}
	contains(t, strings.Join(propose("satu lagi"), ""), "paling banyak 5 topik")
	answer, _ := h.pressing(fadli, fadli, "1:agenda:retract:1:1")
	contains(t, answer.Text, "urungkan")
	before := fmt.Sprint(h.topics(1))
	h.pressing(sitti, sitti, "1:agenda:retract:1:1")
	h.pressing(fadli, fadli, "1:agenda:decline:1:1")
	h.pass(60 * time.Hour)
	for _, data := range []string{"1:agenda:accept:1:1", "1:agenda:write:1", "1:agenda:reopen:1:1", "1:agenda:one:1:99", "1:agenda:propose:99", "1:agenda", "1:agenda:x:1"} {
		h.pressing(sitti, sitti, data)
	}
	answer, _ = h.pressing(baso, baso, "1:agenda:propose:1")
	contains(t, answer.Text, "tidak dapat diubah lagi")
	after := strings.Replace(fmt.Sprint(h.topics(1)), "on_agenda", "proposed", 1) // the first was taken over by its coordinator
	if after != before {
		t.Errorf("from %s to %s", before, after)
	}
}

// TestAgendaOpensWithFollowUps: of the meeting before, as they stand at the moment.
func TestAgendaOpensWithFollowUps(t *testing.T) {
	h, sitti, baso, _, pokja, _ := met(t)
	for _, text := range []string{"Rekap tonase, tenggat besok 16.00", "SK bank sampah, tenggat besok 16.00", "Foto TPS, tanpa tenggat"} {
		h.say(pokja, sitti, "/tugas_baru @baso_contoh "+text)
	}
	h.change(func(tx *store.Tx) error {
		m, err := tx.Meeting(1)
		if err != nil {
			return err
		}
		m.Minutes = council.Minutes{State: council.MinutesDraft, Edition: 1}
		for number := range int64(3) {
			line, err := m.Note(council.MinuteTask, "tugas", council.TaskReference(number+1), m.CreatedBy, h.clock())
			if err != nil {
				return err
			}
			if _, err := tx.AddMinute(m.Number, line); err != nil {
				return err
			}
		}
		return tx.SaveMeeting(m)
	})
	h.meets(council.Addressees{Kinds: []council.GroupKind{council.KindWorkingGroup}}, council.Meeting{Title: "Rapat lanjutan", Previous: 1, Starts: h.clock().Add(96 * time.Hour)})
	show := func() string {
		_, pages := h.pressing(sitti, sitti, "1:agenda:show:2")
		return only(t, pages).Text
	}
	contains(t, show(), "1. Tindak lanjut M-1: 3 berjalan")
	h.say(pokja, baso, "/selesai T-1")
	h.heard(sitti)
	h.change(func(tx *store.Tx) error {
		task, err := tx.Task(1)
		if err != nil {
			return err
		}
		task.State = council.TaskDone
		return tx.SaveTask(task, h.clock())
	})
	h.pass(40 * time.Hour)
	contains(t, show(), "1. Tindak lanjut M-1: 1 selesai, 1 lewat tenggat, 1 berjalan")
}

// TestALongAgendaIsShownWhole: as many topics as there may be, as long as they may be, and
// what is proposed below them; one of them alone is not cut.
func TestALongAgendaIsShownWhole(t *testing.T) {
	h, sitti, baso, _, _, _ := met(t)
	h.change(func(tx *store.Tx) error {
		for i := range council.AgendaLimit + agendaProposedShown {
			topic := council.Topic{Text: strings.Repeat("panjang ", 36) + "akhir", State: council.TopicOnAgenda, ProposedBy: h.actor(baso).ID, At: h.clock()}
			if i >= council.AgendaLimit {
				topic.State, topic.From = council.TopicProposed, council.Place{ChatID: baso, MessageID: 1}
			}
			if _, err := tx.AddTopic(1, topic); err != nil {
				return err
			}
		}
		return nil
	})
	_, pages := h.pressing(sitti, sitti, "1:agenda:show:1")
	contains(t, only(t, pages).Text, "\n1. panjang", "\n30. panjang", "\ne) panjang", "Baso Irfandi")
	_, pages = h.pressing(sitti, sitti, "1:agenda:one:1:30")
	contains(t, only(t, pages).Text, "30. panjang", "akhir")
	_, pages = h.pressing(sitti, sitti, "1:agenda:open:1:1")
	only(t, pages)
	h.forge(sitti, "1:agenda:remove:1:30")
	answer, _ := h.pressing(sitti, sitti, "1:agenda:up:1:30")
	contains(t, answer.Text, "keadaan terbarunya")
}

// TestAgendaInTheLanguageOfWhoReads: whatever the group's is in which it was pressed.
func TestAgendaInTheLanguageOfWhoReads(t *testing.T) {
	h, sitti, baso, _, pokja, _ := met(t)
	h.say(baso, baso, "/bahasa en")
	h.pressing(pokja, baso, "1:agenda:show:1")
	contains(t, only(t, h.heard(baso)).Text, "Agenda M-1", "No topics yet.")
	h.say(sitti, sitti, "/bahasa en")
	h.say(pokja, baso, "/rapat M-1 usul jadwal truk")
	contains(t, only(t, h.heard(sitti)).Text, "(Environment Working Group) proposes")
}
