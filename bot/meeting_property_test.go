package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// meetingTalk is one meeting over which people answer and coordinators change their mind.
type meetingTalk struct {
	*invitedTown
	number    int64
	wishes    int
	disturbed bool // a kill may repeat what was said
}

// TestEverybodyEndsWithTheLatestEdition lets people answer, and a coordinator move, call
// off and take back, while the program is killed and Telegram takes nothing for a while:
// whoever was told knows in the end how it stands, nobody is told the same twice in a row,
// and the cards count what is kept.
func TestEverybodyEndsWithTheLatestEdition(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		talk := &meetingTalk{invitedTown: newInvitedTown(b, 3)}
		rapid.Check(struct{ rapid.TB }{t}, talk.check) // in a bubble a test must not be asked for its deadline
	})
}

// check plays a third of what is drawn: each costs a tenth of a second of real work.
func (m *meetingTalk) check(t *rapid.T) {
	if rapid.IntRange(0, 2).Draw(t, "left out") > 0 {
		return
	}
	m.telegram.Heal()
	m.number, m.disturbed = m.number+1, false
	m.telegram.Say(sim.Message{Chat: m.sitti, Person: m.sitti, Text: fmt.Sprintf("/rapat_baru Rapat ke %d, lusa jam 9, Ruang awal, Dewan + Komunitas", m.number)})
	m.press(t, m.sitti, m.sitti, fmt.Sprintf("Rapat ke %d", m.number), "Benar")
	m.rest(t)
	steps := rapid.SliceOfN(rapid.SampledFrom([]string{"answer", "answer", "time", "time", "time", "place", "place", "cancel", "undo", "kill", "slow", "slow"}), 3, 9).Draw(t, "steps")
	for _, step := range steps {
		time.Sleep(time.Duration(rapid.IntRange(0, 700).Draw(t, "milliseconds")) * time.Millisecond)
		m.step(t, step)
	}
	m.rest(t)
	m.compare(t)
	m.change(func(tx *store.Tx) error { // so that the next one is the only one that is coming
		meeting, err := tx.Meeting(m.number)
		if err != nil || meeting.State != council.MeetingPlanned {
			return err
		}
		meeting.State = council.MeetingMissed
		return tx.SaveMeeting(meeting)
	})
}

func (m *meetingTalk) step(t *rapid.T, step string) {
	say := func(chat, person int64, text string) {
		m.telegram.Say(sim.Message{Chat: chat, Person: person, Text: text})
	}
	switch step {
	case "answer":
		person := rapid.SampledFrom(m.people).Draw(t, "person")
		words := rapid.SampledFrom([]string{"hadir", "izin, sakit", "diwakilkan Bu Rahma", "diwakilkan @(Orang)"}).Draw(t, "words")
		say(person, person, fmt.Sprintf("/hadir M-%d %s", m.number, words))
	case "time", "place", "cancel":
		m.wishes++
		wish := map[string]string{"time": fmt.Sprintf("pindah jam %d", 8+m.wishes%9), "place": fmt.Sprintf("tempat Ruang %d", m.wishes), "cancel": "batal"}[step]
		if step == "cancel" && rapid.IntRange(0, 3).Draw(t, "surely") > 0 {
			return
		}
		say(m.sitti, m.sitti, fmt.Sprintf("/rapat M-%d %s", m.number, wish))
		time.Sleep(2 * time.Second)
		m.confirm(t)
	case "undo":
		say(m.sitti, m.sitti, fmt.Sprintf("/urungkan M-%d", m.number))
	case "kill":
		m.kill()
		m.start()
		m.disturbed = true
	case "slow": // what is said to the invited waits, and may be overtaken
		for _, chat := range append(m.groups[:2:2], m.people...) {
			m.telegram.Fail(sim.Fault{Chat: chat, Kind: sim.Error429, RetryAfter: rapid.IntRange(1, 20).Draw(t, "seconds")})
		}
	}
}

// confirm makes what was shown, where something was: what is refused shows nothing.
func (m *meetingTalk) confirm(t *rapid.T) {
	messages := m.telegram.Messages(m.sitti)
	for at := len(messages) - 1; at >= max(0, len(messages)-3); at-- {
		if hasButton(messages[at], "Ya, sampaikan") {
			if _, err := m.telegram.Press(m.sitti, messages[at].ID, m.sitti, "Ya, sampaikan"); err != nil {
				t.Fatalf("%v", err)
			}
			return
		}
	}
}

func (m *meetingTalk) compare(t *rapid.T) {
	var meeting council.Meeting
	var guests []council.Guest
	ids := make(map[int64]int64)
	err := m.store.View(m.t.Context(), func(tx *store.Tx) (err error) {
		if meeting, err = tx.Meeting(m.number); err != nil {
			return err
		}
		for _, id := range m.people {
			member, err := tx.MemberByTelegramID(id)
			if err != nil {
				return err
			}
			ids[id] = member.ID
		}
		guests, err = tx.Guests(m.number)
		return err
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	for _, guest := range guests {
		if guest.Told != 0 && guest.Told != meeting.Edition {
			t.Fatalf("a guest was told of edition %d, and it is %d: %+v", guest.Told, meeting.Edition, guest)
		}
	}
	for _, id := range m.people {
		m.compareKnown(t, id, meeting)
	}
	turnout := council.TurnoutOf(guests)
	counts := fmt.Sprintf("Hadir %d · Diwakilkan %d · Berhalangan %d", turnout.Coming, turnout.Represented, turnout.Away)
	for _, chat := range m.groups {
		cards := m.said(chat, meetingHead(meeting))
		if len(cards) == 0 || !m.disturbed && len(cards) > 1 {
			t.Fatalf("%d cards in a group: %q", len(cards), m.said(chat, ""))
		}
		if card := cards[len(cards)-1]; !strings.Contains(card, meeting.Place) || meeting.State == council.MeetingPlanned && !strings.Contains(card, counts) {
			t.Fatalf("a card says %q where %q and %q hold", card, counts, meeting.Place)
		}
	}
}

// compareKnown follows what one person was told, message by message.
func (m *meetingTalk) compareKnown(t *rapid.T, person int64, meeting council.Meeting) {
	place, clock, cancelled, before := "", "", false, ""
	for _, text := range m.said(person, "") {
		if !strings.Contains(text, meetingHead(meeting)) || strings.HasPrefix(text, "M-") {
			continue
		}
		switch {
		case strings.Contains(text, "mohon kehadirannya"):
			place, clock, cancelled = "Ruang awal", "09.00", false // the card is edited; what is told is what comes behind it
		case strings.Contains(text, "dibatalkan. Terima kasih"):
			cancelled = true
		case strings.Contains(text, "tetap diadakan"), strings.Contains(text, "ada perubahan"):
			cancelled = false
			if _, now, found := strings.Cut(text, "Tempat: semula "); found {
				was, becomes, _ := strings.Cut(strings.SplitN(now, "\n", 2)[0], ", menjadi ")
				if !m.disturbed && was != place {
					t.Fatalf("somebody who knows %q is told that it was %q", place, was)
				}
				place = becomes
			}
			if _, now, found := strings.Cut(text, "Waktu: semula "); found {
				_, becomes, _ := strings.Cut(strings.SplitN(now, "\n", 2)[0], ", menjadi ")
				_, hours, _ := strings.Cut(becomes, "pukul ")
				clock, _, _ = strings.Cut(hours, "–")
			}
		}
		if !m.disturbed && text == before {
			t.Fatalf("somebody is told twice: %q", text)
		}
		before = text
	}
	if cancelled != (meeting.State == council.MeetingCancelled) || !cancelled && (place != meeting.Place || clock != m.clock(meeting)) {
		t.Fatalf("somebody knows %q at %s (cancelled: %v), and it is %q at %s (%s): %q", place, clock, cancelled, meeting.Place, m.clock(meeting), meeting.State, m.said(person, ""))
	}
}

func (m *meetingTalk) clock(meeting council.Meeting) string {
	return meeting.Starts.In(time.FixedZone("WITA", 8*60*60)).Format("15.04")
}
