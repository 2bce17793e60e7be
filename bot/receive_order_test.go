package bot

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUpdatesInAnyOrder hands updates over in another order than that of their numbers,
// some twice, and with numbers below those that came before, as after a week without any.
func TestUpdatesInAnyOrder(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	person := h.coordinator("Sitti Contoh", "sitti_contoh")
	h.quiet()
	h.heard(person)
	var raw []json.RawMessage
	for _, id := range []int{13, 11, 14, 12, 11, 14} {
		raw = append(raw, json.RawMessage(fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private","first_name":"Sitti"},
			"from":{"id":%d,"is_bot":false,"first_name":"Sitti Contoh","username":"sitti_contoh"},"text":"/ingatkan besok 15.00 perihal %d",
			"entities":[{"type":"bot_command","offset":0,"length":9}]}}`, id, 9000+id, h.clock().Unix(), person, person, id)))
	}
	r := &receiver{bot: h.bot, offset: 700_000_000}
	for range 2 {
		if err := r.keep(t.Context(), raw); err != nil {
			t.Fatal(err)
		}
		h.quiet()
	}
	if r.offset != 15 {
		t.Errorf("the next poll asks from %d on: Telegram would hand the same over for ever", r.offset)
	}
	if err := r.keep(t.Context(), []json.RawMessage{[]byte(`{"update_id":"16"}`)}); err != nil || r.offset != 15 {
		t.Errorf("a number that cannot be read leads to %d, %v", r.offset, err)
	}
	var answered []string
	for _, message := range h.sim.Messages(person) {
		if _, about, found := strings.Cut(message.Text, "perihal "); message.Bot && found {
			answered = append(answered, about[:2])
		}
	}
	if difference := cmp.Diff([]string{"11", "12", "13", "14"}, answered); difference != "" {
		t.Errorf("answered otherwise than written:\n%s", difference)
	}
}
