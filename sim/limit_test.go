package sim

import (
	"testing"
	"time"
)

func TestLimits(t *testing.T) {
	c := newCity(t, Options{Limits: true})
	send := func(chat int64) answered { return c.ask("sendMessage", parameters{"chat_id": chat, "text": "Halo"}) }
	c.clock = c.clock.Add(time.Hour)
	for at := range 5 {
		if got := send(c.siti); !got.OK {
			t.Fatalf("message %d of the burst: %s", at, got.raw)
		}
	}
	if got := send(c.siti); got.status != 429 || got.Parameters.RetryAfter != 5 || got.retryHeader != "5" {
		t.Errorf("after the burst: %s", got.raw)
	}
	c.clock = c.clock.Add(700 * time.Millisecond)
	if got := send(c.siti); got.Parameters.RetryAfter != 5 {
		t.Errorf("4.3 seconds are not rounded up: %s", got.raw)
	}
	for at := range 20 {
		if got := send(c.pokja); !got.OK {
			t.Fatalf("message %d in the group: %s", at, got.raw)
		}
	}
	if got := send(c.pokja); got.status != 429 || got.Parameters.RetryAfter != 60 {
		t.Errorf("message 21 in the group: %s", got.raw)
	}
	edit := c.ask("editMessageText", parameters{"chat_id": c.pokja, "message_id": c.greeting, "text": "Lain"})
	if edit.status != 429 {
		t.Errorf("edits do not count: %s", edit.raw)
	}
	id, err := c.Press(c.pokja, c.greeting, c.siti, "Siap")
	if err != nil {
		t.Fatal(err)
	}
	if got := c.ask("answerCallbackQuery", parameters{"callback_query_id": id}); !got.OK {
		t.Errorf("an answer to a press counts: %s", got.raw)
	}
	c.clock = c.clock.Add(4300 * time.Millisecond)
	if got := send(c.siti); !got.OK {
		t.Errorf("five seconds after the burst: %s", got.raw)
	}
	c.clock = c.clock.Add(56 * time.Second)
	if got := send(c.pokja); !got.OK {
		t.Errorf("a minute later: %s", got.raw)
	}
}

func TestOverallLimit(t *testing.T) {
	c := newCity(t, Options{Limits: true})
	refused := 0
	for at := range 35 {
		group := c.Group(Group{Title: "Grup", Members: []int64{c.siti}})
		c.AddBot(group, c.siti)
		if at == 0 {
			c.clock = c.clock.Add(time.Hour)
		}
		if got := c.ask("sendMessage", parameters{"chat_id": group, "text": "Halo"}); got.status == 429 {
			refused++
		}
	}
	if refused != 5 {
		t.Errorf("%d of 35 were refused", refused)
	}
}
