package bot

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// faults are the ways in which a call fails once.
var faults = []struct {
	name   string
	fault  sim.Fault
	broken int // how often the line breaks after the request went out
	twice  bool
}{
	{"asked for patience", sim.Fault{Kind: sim.Error429, RetryAfter: 1}, 0, false},
	{"500", sim.Fault{Kind: sim.Error500}, 0, false},
	{"502 as a page", sim.Fault{Kind: sim.Error502HTML}, 0, false},
	{"line broken before the effect", sim.Fault{Kind: sim.BreakBefore}, 1, false},
	{"line broken after the effect", sim.Fault{Kind: sim.BreakAfter}, 1, true},
}

// sent waits until nothing is left to be sent, retries included.
func (h *harness) sent() {
	h.t.Helper()
	changed, unsubscribe := h.sim.Subscribe()
	defer unsubscribe()
	patience := time.After(20 * time.Second)
	for {
		open := 0
		h.look(func(tx *store.Tx) (err error) {
			open, _, err = tx.CountOutbox(time.Now().Add(time.Hour))
			return err
		})
		if open == 0 && h.sim.PollWaiting() {
			return
		}
		select {
		case <-changed:
		case <-time.After(500 * time.Microsecond): // what changes in the database alone wakes nobody
		case <-patience:
			h.t.Fatalf("%d rows are still to be sent", open)
		}
	}
}

// private is somebody new who has opened the private chat; what the bot said so
// far is not shown by heard.
func (h *harness) private(name string) int64 {
	h.t.Helper()
	id := h.person(name, "")
	h.say(id, id, "/mulai")
	return id
}

func (h *harness) queue(rows ...store.Outgoing) {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		for _, row := range rows {
			if err := tx.Queue(row, time.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// card is the face of a card of this chat.
func (h *harness) card(chat int64, thread int, text string) store.Outgoing {
	h.t.Helper()
	var card store.Card
	h.change(func(tx *store.Tx) (err error) {
		card, err = tx.Card("T-1", "task", chat, thread)
		return err
	})
	return store.Outgoing{ChatID: chat, ThreadID: thread, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, Payload: store.Payload{Text: text}}
}

// delivered are the texts of the bot that stand in a chat since heard last looked.
func (h *harness) delivered(chat int64) []string {
	h.t.Helper()
	h.sent()
	var standing []string
	for _, message := range h.heard(chat) {
		if !message.Deleted {
			standing = append(standing, message.Text)
		}
	}
	return standing
}

// way is one way of sending.
type way struct {
	name, method string
	prepare, act func(chat int64)
	want         []string
	editsOnly    bool // doing it twice is doing it once
}

// waysToSend are the ways of sending into a chat.
func waysToSend(h *harness) []way {
	return []way{
		{"message", "sendMessage", nil, func(chat int64) { h.queue(series(chat, store.PriorityAnswer, "kabar", 3)...) },
			[]string{"kabar 1", "kabar 2", "kabar 3"}, false},
		{"first face of a card", "sendMessage", nil, func(chat int64) { h.queue(h.card(chat, 0, "Baru")) }, []string{"Baru"}, false},
		{"newer face of a card", "editMessageText", func(chat int64) { h.queue(h.card(chat, 0, "Baru")) },
			func(chat int64) { h.queue(h.card(chat, 0, "Selesai")) }, nil, true},
		{"edit", "editMessageText", func(chat int64) { h.queue(plainRow(chat, store.PriorityAnswer, "dulu")) },
			func(chat int64) {
				messages := h.sim.Messages(chat)
				edit := plainRow(chat, store.PriorityAnswer, "sekarang")
				edit.Kind, edit.Payload.MessageID = store.KindEdit, messages[len(messages)-1].ID
				h.queue(edit)
			}, nil, true},
	}
}

// TestEveryCallMayFailOnce lets each way of sending fail in each way, all at
// once in chats of their own: nothing is lost, and nothing is repeated but where
// the line broke after Telegram had done it.
func TestEveryCallMayFailOnce(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	ways := waysToSend(h)
	chats := make(map[string]int64)
	broken, patience := 0, 0
	for _, way := range ways {
		for _, fault := range faults {
			chat := h.private(way.name + " " + fault.name)
			chats[way.name+fault.name] = chat
			if way.prepare != nil {
				way.prepare(chat)
				h.delivered(chat)
			}
			fault.fault.Method, fault.fault.Chat = way.method, chat
			h.sim.Fail(fault.fault)
			broken += fault.broken
			if fault.fault.Kind == sim.Error429 {
				patience++
			}
		}
	}
	for _, way := range ways {
		for _, fault := range faults {
			way.act(chats[way.name+fault.name])
		}
	}
	h.sent()
	for _, way := range ways {
		for _, fault := range faults {
			t.Run(way.name+", "+fault.name, func(t *testing.T) {
				chat := chats[way.name+fault.name]
				want := way.want
				if fault.twice && !way.editsOnly {
					want = append([]string{want[0]}, want...)
				}
				if difference := cmp.Diff(want, h.delivered(chat)); difference != "" {
					t.Errorf("new messages:\n%s", difference)
				}
				messages := h.sim.Messages(chat)
				if last := messages[len(messages)-1]; way.editsOnly && (last.Edits != 1 || last.Text == "dulu" || last.Text == "Baru") {
					t.Errorf("after %d edits it says %q", last.Edits, last.Text)
				}
			})
		}
	}
	if got := h.bot.Broken(); got != int64(broken) {
		t.Errorf("%d broken lines were counted, not %d", got, broken)
	}
	if got := h.bot.TooMany(); got != int64(patience) {
		t.Errorf("%d times of patience were counted, not %d", got, patience)
	}
}

func TestAnAnswerToAPressMayFailOnce(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	person := h.private("Baso")
	shown := h.sim.Messages(person)
	for _, fault := range faults {
		t.Run(fault.name, func(t *testing.T) {
			fault.fault.Method = "answerCallbackQuery"
			h.sim.Fail(fault.fault)
			press := h.sim.PressData(person, shown[len(shown)-1].ID, person, "1:unknown")
			h.quiet()
			h.sent()
			if answer, answered := h.sim.Toast(press); !answered || answer.Text == "" {
				t.Errorf("the press was answered with %+v (%v)", answer, answered)
			}
		})
	}
}

// TestACardWhoseAnswerWasLostIsEditedWhereItStands counts what is said after a
// first face came twice: the later one is the card.
func TestACardWhoseAnswerWasLostIsEditedWhereItStands(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	chat := h.private("Baso")
	h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: chat, Kind: sim.BreakAfter})
	h.queue(h.card(chat, 0, "Baru"))
	h.sent()
	h.queue(h.card(chat, 0, "Selesai"))
	if difference := cmp.Diff([]string{"Baru", "Selesai"}, h.delivered(chat)); difference != "" {
		t.Errorf("standing:\n%s", difference)
	}
}

func TestALineThatBreaksTwiceIsNotTriedAThirdTime(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	chat := h.private("Baso")
	h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: chat, Kind: sim.BreakAfter, Times: 2})
	h.queue(series(chat, store.PriorityAnswer, "kabar", 2)...)
	if difference := cmp.Diff([]string{"kabar 1", "kabar 1", "kabar 2"}, h.delivered(chat)); difference != "" {
		t.Errorf("standing:\n%s", difference)
	}
	if broken := h.bot.Broken(); broken != 2 {
		t.Errorf("%d broken lines were counted", broken)
	}
	h.look(func(tx *store.Tx) error {
		if _, unknown, err := tx.CountOutbox(time.Now()); err != nil || unknown != 1 {
			t.Errorf("%d rows of unknown outcome, %v", unknown, err)
		}
		return nil
	})
}

// TestWhatIsSentInsteadMayBreakOnceMore breaks the line before a message, lets Telegram refuse the second attempt for a
// topic that is gone, and breaks the line before the message that is sent to the general one instead.
func TestWhatIsSentInsteadMayBreakOnceMore(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	coordinator := h.coordinator("Sitti Contoh", "sitti_contoh")
	group := h.sim.Group(sim.Group{Title: "Forum", Forum: true, Members: []int64{coordinator}})
	h.sim.AddBot(group, coordinator)
	topic := h.sim.Topic(group, "Lingkungan")
	h.quiet()
	h.write(sim.Message{Chat: group, Person: coordinator, Thread: topic, Text: "/hubungkan lingkungan"})
	h.sent()
	h.heard(group)
	h.sim.DeleteTopic(group, topic)
	for _, after := range []int{0, 1} {
		h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: group, After: after, Kind: sim.BreakBefore})
	}
	row := plainRow(group, store.PriorityAnswer, "kabar")
	row.ThreadID = topic
	h.queue(row)
	if difference := cmp.Diff([]string{"kabar"}, h.delivered(group)); difference != "" {
		t.Errorf("standing:\n%s", difference)
	}
}

func TestPatienceForOneChatHoldsBackNoOther(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	flooded, other := h.private("Baso"), h.private("Andi")
	h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: flooded, Kind: sim.Error429, RetryAfter: 2})
	h.queue(series(flooded, store.PriorityBroadcast, "kabar", 3)...)
	h.queue(series(other, store.PriorityBroadcast, "kabar", 3)...)
	h.queue(plainRow(flooded, store.PriorityAnswer, "jawaban"))
	h.sent()
	first, last := firstCall(h, flooded), lastCall(h, other)
	if refused := first.Outcome; refused == "200" {
		t.Fatalf("the first call ended with %s", refused)
	}
	if waited := last.At.Sub(first.At); waited > time.Second {
		t.Errorf("another chat waited %s", waited)
	}
	if waited := lastCall(h, flooded).At.Sub(first.At); waited < 2*time.Second {
		t.Errorf("the chat was written to again after %s; Telegram asked for 2 s", waited)
	}
	if difference := cmp.Diff([]string{"jawaban", "kabar 1", "kabar 2", "kabar 3"}, h.delivered(flooded)); difference != "" {
		t.Errorf("the answer overtakes, the rest keeps its order:\n%s", difference)
	}
}

// callsTo are the calls that belong to what was queued into a chat.
func callsTo(h *harness, chat int64) []sim.Call {
	calls := h.sim.Calls()
	return slices.DeleteFunc(calls, func(call sim.Call) bool {
		return call.Chat != chat || call.Method != "sendMessage" || !slices.ContainsFunc([]string{"kabar", "jawaban"}, func(word string) bool {
			return len(call.Params["text"]) >= len(word) && call.Params["text"][:len(word)] == word
		})
	})
}

func firstCall(h *harness, chat int64) sim.Call { return callsTo(h, chat)[0] }

func lastCall(h *harness, chat int64) sim.Call {
	calls := callsTo(h, chat)
	return calls[len(calls)-1]
}

// TestWhatAlwaysMeetsAnErrorIsTriedLessAndLessOften and holds back no other chat.
func TestWhatAlwaysMeetsAnErrorIsTriedLessAndLessOften(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		stuck, other := b.person("Baso"), b.person("Andi")
		b.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: stuck, Kind: sim.Error500, Times: -1})
		b.queue(plainRow(stuck, store.PriorityAnswer, "kabar"))
		time.Sleep(time.Hour)
		if lines := b.logged("telegram cannot be reached"); lines != 1 {
			t.Errorf("the operator reads of it %d times", lines)
		}
		b.queue(plainRow(other, store.PriorityAnswer, "jawaban"))
		time.Sleep(time.Second)
		if said := b.said(other, "jawaban"); len(said) != 1 {
			t.Errorf("another chat heard %q", said)
		}
		tried := 0
		for _, call := range b.telegram.Calls() {
			if call.Chat == stuck && call.Method == "sendMessage" && call.Params["text"] == "kabar" {
				tried++
			}
		}
		if tried < 100 || tried > 140 {
			t.Errorf("tried %d times in an hour; half a minute between two is meant", tried)
		}
		b.telegram.Heal()
		time.Sleep(time.Minute)
		if said := b.said(stuck, "kabar"); len(said) != 1 {
			t.Errorf("after the end of it the chat heard %q", said)
		}
	})
}
