package bot

import (
	"fmt"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestEverybodyCanBeChosenOfThreeHundred: page by page everybody is offered once, in the
// same message.
func TestEverybodyCanBeChosenOfThreeHundred(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.change(func(tx *store.Tx) error {
		for i := range 299 {
			member, err := tx.Seen(int64(700000+i), fmt.Sprintf("Petugas %03d", i), "", "id", h.clock())
			if err != nil {
				return err
			}
			if err := tx.GrantRole(member.ID, council.RoleCouncil, "granted"); err != nil {
				return err
			}
		}
		return nil
	})
	said := h.say(sitti, sitti, "/serah_terima")
	last := said[len(said)-1]
	offered := make(map[string]int)
	for {
		for _, row := range last.Buttons {
			for _, button := range row {
				offered[button.Text]++
			}
		}
		if !hasButton(last, "Berikutnya") {
			break
		}
		h.press(sitti, sitti, "Berikutnya")
		h.quiet()
		messages := h.sim.Messages(sitti)
		if last = messages[len(messages)-1]; last.ID != said[len(said)-1].ID {
			t.Fatal("a page comes as another message")
		}
	}
	if offered["Sebelumnya"] != 37 || offered["Berikutnya"] != 37 || len(offered) != 302 {
		t.Errorf("%d pages back, %d on, %d different buttons", offered["Sebelumnya"], offered["Berikutnya"], len(offered))
	}
	delete(offered, "Sebelumnya")
	delete(offered, "Berikutnya")
	for name, times := range offered {
		if times != 1 {
			t.Errorf("%s is offered %d times", name, times)
		}
	}
}
