package bot

import (
	"slices"
	"testing"

	"github.com/go-telegram/bot/models"
	"pgregory.net/rapid"
)

// came is an update that came for a chat, and when it was handled.
type came struct {
	waiting
	handled int // place in the order of handling; -1: not yet
}

// drawUpdate is something that one of three people does, or that concerns the whole chat.
func drawUpdate(t *rapid.T, id int64) waiting {
	person := rapid.Int64Range(0, 3).Draw(t, "person")
	press := person != 0 && rapid.Bool().Draw(t, "press")
	return waiting{id: id, person: person, press: press, talk: person != 0 && !press && rapid.Bool().Draw(t, "talk")}
}

// TestAPressOvertakesOnlyWhatOthersHaveWritten lets updates come for a chat while others are
// handled, and looks at who has overtaken whom.
func TestAPressOvertakesOnlyWhatOthersHaveWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chat := newLane(-1)
		var all []came
		var inHand []waiting
		turn := 0
		step := func() {
			if len(inHand) == 0 {
				inHand = chat.take()
			}
			if len(inHand) == 0 {
				return
			}
			all[inHand[0].id].handled = turn
			turn++
			chat.handled(inHand[0])
			inHand = inHand[1:]
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "comes") {
				update := drawUpdate(t, int64(len(all)))
				all = append(all, came{update, -1})
				chat.add(update)
			} else {
				step()
			}
		}
		for chat.urgency() != noneWaits || len(inHand) > 0 {
			step()
		}
		for at, later := range all {
			if later.handled < 0 {
				t.Fatalf("update %d was never handled", at)
			}
			for before, earlier := range all[:at] {
				if later.handled > earlier.handled {
					continue
				}
				if !later.press || !earlier.talk && (earlier.person == later.person || earlier.person == 0) {
					t.Errorf("update %d %+v overtook %d %+v", at, later.waiting, before, earlier.waiting)
				}
			}
		}
	})
}

// TestAPressIsHandledBeforeWhatMayWait states that a press waits for nothing but what it must.
func TestAPressIsHandledBeforeWhatMayWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chat := newLane(-1)
		count := rapid.IntRange(1, 40).Draw(t, "count")
		var all []waiting
		for id := range count {
			update := drawUpdate(t, int64(id))
			all = append(all, update)
			chat.add(update)
		}
		var handled []int64
		for chat.urgency() != noneWaits {
			for _, update := range chat.take() {
				handled = append(handled, update.id)
				chat.handled(update)
			}
		}
		for _, press := range all {
			if !press.press {
				continue
			}
			mustWaitFor := int64(-1) // the last words that come before it in any case
			for _, words := range all[:press.id] {
				if !words.press && !words.talk && (words.person == press.person || words.person == 0) {
					mustWaitFor = words.id
				}
			}
			for _, before := range handled[:slices.Index(handled, press.id)] {
				if !all[before].press && before > mustWaitFor {
					t.Errorf("press %d waited for words %d, though only for those up to %d it must", press.id, before, mustWaitFor)
				}
			}
		}
	})
}

func TestWhatIsTalk(t *testing.T) {
	command := []models.MessageEntity{{Type: models.MessageEntityTypeBotCommand, Length: 7}}
	for name, row := range map[string]struct {
		change func(*models.Message)
		talk   bool
	}{
		"words": {func(*models.Message) {}, true},
		"words with a command": {func(m *models.Message) {
			m.Text, m.Entities = "coba /status", []models.MessageEntity{{Type: models.MessageEntityTypeBotCommand, Offset: 5, Length: 7}}
		}, true},
		"a command":               {func(m *models.Message) { m.Text, m.Entities = "/status", command }, false},
		"an answer":               {func(m *models.Message) { m.ReplyToMessage = &models.Message{ID: 7} }, false},
		"in private":              {func(m *models.Message) { m.Chat = models.Chat{ID: 7, Type: models.ChatTypePrivate} }, false},
		"a picture":               {func(m *models.Message) { m.Text, m.Caption = "", "foto lokasi" }, false},
		"somebody has come":       {func(m *models.Message) { m.NewChatMembers = []models.User{{ID: 8}} }, false},
		"in the name of the chat": {func(m *models.Message) { m.SenderChat = &m.Chat }, false},
	} {
		message := models.Message{ID: 9, From: &models.User{ID: 7}, Chat: models.Chat{ID: -1, Type: models.ChatTypeSupergroup}, Text: "besok kita bertemu"}
		row.change(&message)
		if got := (arrival{update: models.Update{Message: &message}}).waits().talk; got != row.talk {
			t.Errorf("%s: talk is %v", name, got)
		}
	}
}
