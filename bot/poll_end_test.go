package bot

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// stops are the calls of stopPoll.
func stops(telegram *sim.Server) []sim.Call {
	var calls []sim.Call
	for _, call := range telegram.Calls() {
		if call.Method == "stopPoll" {
			calls = append(calls, call)
		}
	}
	return calls
}

// TestHowACopyIsMissing closes a poll of which one copy could not be posted or
// closed, and looks what is told of it.
func TestHowACopyIsMissing(t *testing.T) {
	for name, row := range map[string]struct {
		fault   sim.Fault
		after   func(h *harness, chat int64)
		missing string
		says    string
	}{
		"the group refuses polls": {sim.Fault{Method: "sendPoll", Kind: sim.Refuse, Code: 400, Description: "Bad Request: not enough rights to send polls to the chat"},
			nil, council.MissingRefused, "belum mengizinkan bot memasang"},
		"its message is deleted": {sim.Fault{Method: "stopPoll", Kind: sim.Refuse, Code: 400, Description: "Bad Request: message with poll to stop not found"},
			nil, council.MissingDeleted, "pesannya sudah dihapus"},
		"the bot is thrown out": {sim.Fault{Method: "stopPoll", Kind: sim.Refuse, Code: 403, Description: "Forbidden: bot was kicked from the supergroup chat"},
			nil, council.MissingLeft, "bot tidak lagi di grup itu"},
		"it waits to be posted": {sim.Fault{Method: "sendPoll", Kind: sim.Error429, RetryAfter: 500000},
			nil, council.MissingUnsent, "ditutup sebelum sempat terpasang"},
		"the line breaks twice": {sim.Fault{Method: "sendPoll", Kind: sim.BreakBefore, Times: 2},
			nil, council.MissingUnknown, "jawaban Telegram tidak sampai"},
	} {
		t.Run(name, func(t *testing.T) {
			h, sitti, voter, chats := pollTown(t)
			row.fault.Chat = chats[1]
			h.sim.Fail(row.fault)
			h.say(sitti, sitti, lineOfPoll)
			h.press(sitti, sitti, "Benar")
			h.acts()
			if err := h.sim.Vote(voter, chats[0], h.pollsIn(chats[0])[0].ID, 0); err != nil {
				t.Fatal(err)
			}
			h.pass(31 * time.Hour)
			h.acts()
			h.pass(time.Minute)
			h.acts()
			one := h.copies(1)[1]
			if one.State != council.CopyMissing && row.missing != council.MissingUnknown || one.State == council.CopyMissing && one.Missing != row.missing {
				t.Errorf("the copy is %+v", one)
			}
			result := h.heard(chats[0])
			contains(t, result[len(result)-1].Text, "Hasil dari 1 dari 2 grup, 1 pemilih: Senin 1 · Selasa 0")
			card := h.message(sitti, h.pollCardOf(sitti))
			contains(t, card.Text, "Ditutup", "Komunitas: ", row.says)
			h.look(func(tx *store.Tx) error {
				group, err := tx.GroupOf(chats[1], 0)
				if reachable := row.missing != council.MissingLeft; err == nil && group.Reachable != reachable {
					t.Errorf("the group is reachable: %v", group.Reachable)
				}
				return err
			})
		})
	}
}

// pollCardOf is the message that is a person's card of the first poll.
func (h *harness) pollCardOf(chat int64) (messageID int) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		cards, err := tx.Cards(council.Reference{Letter: council.PollLetter, Number: 1}.String())
		for _, card := range cards {
			if card.ChatID == chat {
				messageID = card.MessageID
			}
		}
		return err
	})
	return messageID
}

// TestLastCountsAreNotWaitedForEver: Telegram says that a poll is closed already,
// and never how it ended.
func TestLastCountsAreNotWaitedForEver(t *testing.T) {
	h, sitti, voter, chats := pollTown(t)
	h.say(sitti, sitti, lineOfPoll)
	h.press(sitti, sitti, "Benar")
	h.acts()
	if err := h.sim.Vote(voter, chats[1], h.pollsIn(chats[1])[0].ID, 1); err != nil {
		t.Fatal(err)
	}
	h.sim.Fail(sim.Fault{Method: "stopPoll", Chat: chats[1], Kind: sim.Refuse, Code: 400, Description: "Bad Request: poll has already been closed"})
	h.heard(chats[0])
	h.pass(31 * time.Hour)
	h.acts()
	if said := h.heard(chats[0]); len(said) != 0 {
		t.Errorf("the result was told before it was known: %q", texts(said))
	}
	h.pass(pollPatience)
	h.acts()
	contains(t, only(t, h.heard(chats[0])).Text, "Hasil dari 2 grup, 1 pemilih: Senin 0 · Selasa 1")
	if calls := stops(h.sim); len(calls) != 2 {
		t.Errorf("%d calls of stopPoll", len(calls))
	}
	if err := h.sim.Vote(voter, chats[1], h.pollsIn(chats[1])[0].ID, 0); err != nil {
		t.Fatal(err) // it was not closed at all
	}
	h.pass(time.Minute)
	h.acts()
	contains(t, h.pollResult(chats[0]), "2 grup, 1 pemilih: Senin 0 · Selasa 1")
}

// pollResult is the result as it stands in a group.
func (h *harness) pollResult(chat int64) string {
	for _, message := range h.sim.Messages(chat) {
		if strings.Contains(message.Text, "Hasil dari") {
			return message.Text
		}
	}
	return ""
}

// TestVotesAreShownAfterAWhile: a card is edited once for all the votes of some seconds.
func TestVotesAreShownAfterAWhile(t *testing.T) {
	h, sitti, _, chats := pollTown(t)
	h.say(sitti, sitti, lineOfPoll)
	h.press(sitti, sitti, "Benar")
	h.pass(pollShowPause)
	h.acts()
	card := h.pollCardOf(sitti)
	before := h.message(sitti, card).Edits
	for i := range 20 {
		person := h.person(fmt.Sprintf("Warga %d", i), "")
		h.sim.Join(chats[0], person)
		if err := h.sim.Vote(person, chats[0], h.pollsIn(chats[0])[0].ID, i%2); err != nil {
			t.Fatal(err)
		}
		h.pass(10 * time.Millisecond)
		h.acts()
	}
	if edits := h.message(sitti, card).Edits; edits != before {
		t.Errorf("edited %d times for votes within a second", edits-before)
	}
	h.pass(pollShowPause)
	h.acts()
	if shown := h.message(sitti, card); shown.Edits != before+1 || !strings.Contains(shown.Text, "20 pemilih") {
		t.Errorf("edited %d times: %s", shown.Edits-before, shown.Text)
	}
}

// TestAPollIsClosedBeforeABroadcastThatWaits keeps Telegram's limits: a long
// broadcast is going out when the time of a poll is over.
func TestAPollIsClosedBeforeABroadcastThatWaits(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		b.options.Limits = true
		b.start()
		writer := b.person("Sitti")
		var groups []council.Group
		var others []int64 // enough of them to keep everybody waiting for a while
		for i := range 72 {
			chat := b.group(fmt.Sprintf("Pokja %d", i), writer)
			if i >= 12 {
				others = append(others, chat)
				continue
			}
			b.change(func(tx *store.Tx) error {
				group, err := tx.LinkGroup(council.Group{ChatID: chat, Title: "Pokja", Kind: council.KindCommunity})
				groups = append(groups[:i:i], group)
				return err
			})
		}
		time.Sleep(time.Hour) // greetings and menus are over
		due := time.Now().Add(time.Hour)
		b.change(func(tx *store.Tx) error {
			member, err := tx.MemberByTelegramID(writer)
			if err != nil {
				return err
			}
			r := &request{Bot: b.bot, tx: tx, now: b.bot.Now(), actor: council.Actor{Member: member}}
			if r.city, err = b.bot.cityNow(tx); err != nil {
				return err
			}
			_, err = r.makePoll(pollDraft{Question: "Kapan?", Options: []string{"Senin", "Selasa"}, Deadline: council.Deadline{At: due, Zone: "Asia/Makassar"}}, groups)
			return err
		})
		time.Sleep(time.Until(due) - 20*time.Second)
		for _, group := range groups {
			b.queue(series(group.ChatID, store.PriorityBroadcast, "kabar", 20)...)
		}
		time.Sleep(time.Until(due) - 2*time.Second)
		for _, chat := range others {
			b.queue(series(chat, store.PriorityBroadcast, "kabar", 6)...)
		}
		time.Sleep(time.Until(due))
		b.change(func(tx *store.Tx) error {
			return b.bot.Act(t.Context(), tx, council.Reminder{Subject: council.Reference{Letter: council.PollLetter, Number: 1}, Step: council.StepPollClose})
		})
		open, _ := b.waiting()
		time.Sleep(time.Second)
		synctest.Wait()
		calls := stops(b.telegram)
		if len(calls) != len(groups) || open < 400 {
			t.Fatalf("%d polls closed of %d, with %d messages waiting", len(calls), len(groups), open)
		}
		for _, call := range calls {
			if late := call.At.Sub(due); late < 0 || late > time.Second {
				t.Errorf("closed after %s", late)
			}
		}
		said := 0
		for _, call := range b.telegram.Calls() {
			if call.Method == "sendMessage" && call.At.After(due) && call.At.Before(calls[len(calls)-1].At) {
				said++
			}
		}
		if said > 0 {
			t.Errorf("%d messages of the broadcast left before the last poll was closed", said)
		}
		time.Sleep(time.Hour)
		if asked := b.bot.TooMany(); asked != 0 {
			t.Errorf("Telegram asked for patience %d times", asked)
		}
	})
}
