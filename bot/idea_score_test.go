package bot

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// TestNoScoreIsSeenByOthersBeforeTheEnd lets three members of the council score ideas
// by chance: until the last has done so, nothing that reached the wire tells the
// others of it but how many have scored; then the average is that of a recount.
func TestNoScoreIsSeenByOthersBeforeTheEnd(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	scorers := []int64{h.person("Lukas Rante", "lukas_contoh"), h.person("Herlina Pabokori", "herlina_contoh"), h.person("Anwar Malolo", "anwar_contoh")}
	dewan := h.linkedGroup("Dewan", "dewan", sitti, scorers...)
	for _, person := range scorers {
		h.say(person, person, "/mulai")
	}
	chance := rand.New(rand.NewPCG(1, 2))
	for number := int64(1); number <= 3; number++ {
		h.change(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			member, err := tx.MemberByTelegramID(sitti)
			if err != nil {
				return err
			}
			text := fmt.Sprintf("Lampu tenaga surya di lorong %d", number*37)
			idea := council.Idea{SubmitterID: member.ID, Title: text, Text: text}
			_, err = r.keepIdea(council.NewIdea(idea, r.now, r.city.Timing), reading.Terms(text))
			return err
		})
		h.say(sitti, sitti, "/telaah "+ideaReference(number)+" kuorum 3")
		h.press(sitti, sitti, "Benar")
		sum := 0
		for i, person := range scorers {
			for _, other := range scorers {
				h.heard(other)
			}
			h.press(dewan, person, "Nilai")
			for at, criterion := range council.UsualRubric {
				points := 1 + chance.IntN(council.ScoreMost)
				sum += points * criterion.Weight
				if i == len(scorers)-1 && at == len(council.UsualRubric)-1 {
					assertUnseen(t, h, dewan, number, person, scorers)
				}
				h.press(person, person, fmt.Sprint(points))
			}
			if i < len(scorers)-1 {
				assertUnseen(t, h, dewan, number, person, scorers)
			}
		}
		average := strings.Replace(fmt.Sprintf("%.1f", float64(sum)/300), ".", ",", 1)
		if card := cardOf(h, dewan, number); !strings.Contains(card, "rata-rata "+average+" (3 penilai)") {
			t.Errorf("%d hundredths of three are %s, and the card says %q", sum, average, card)
		}
	}
}

// assertUnseen looks at the card, and at what others heard while one scored.
func assertUnseen(t *testing.T, h *harness, dewan, number, scorer int64, scorers []int64) {
	t.Helper()
	if card := cardOf(h, dewan, number); strings.Contains(card, "rata-rata") {
		t.Errorf("before the end the card says %q", card)
	}
	for _, other := range scorers {
		if heard := h.heard(other); other != scorer && len(heard) > 0 {
			t.Errorf("another one heard %q", heard[0].Text)
		}
	}
}

func cardOf(h *harness, dewan, number int64) string {
	card := ""
	for _, message := range h.sim.Messages(dewan) {
		if strings.HasPrefix(message.Text, "Telaah "+ideaReference(number)+" ") {
			card = message.Text
		}
	}
	return card
}
