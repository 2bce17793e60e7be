package bot

import "github.com/go-telegram/bot/models"

// waiting is all that memory holds of an update that waits: its text is in the inbox.
type waiting struct {
	id     int64
	person int64 // who wrote or pressed; 0 where it concerns the whole chat
	press  bool
	talk   bool     // among people, see talks
	atHand *arrival // while there is room for it, see atHandLimit
}

// waits is what memory holds of an update.
func (a arrival) waits() waiting {
	switch {
	case a.update.CallbackQuery != nil:
		person := a.update.CallbackQuery.From.ID
		return waiting{id: a.id, person: person, press: person != 0}
	case a.update.Message != nil:
		return waiting{id: a.id, person: writerOf(a.update.Message), talk: talks(a.update.Message)}
	case a.update.EditedMessage != nil:
		return waiting{id: a.id, person: writerOf(a.update.EditedMessage)}
	}
	return waiting{id: a.id}
}

// lane is what waits for one chat. Messages are handled in the order in which they came, and
// so is everything that one person does there. A press overtakes only what others have
// written, who do not know of it, and talk: never what else the same person did before, and
// never what concerns the whole chat, as somebody's coming does.
type lane struct {
	chatID int64
	words  []waiting         // whatever is no press
	free   []waiting         // presses that overtake all words
	behind map[int][]waiting // presses that come after words, by the number of these
	last   map[int64]int     // number of the last words of each person that are no talk; 0: of what concerns the whole chat
	came   int               // number of the last words that came
	done   int               // number of the last words that are handled
	busy   bool              // somebody is at work on it
	wordy  bool              // and on words
	place  urgency           // in which row it waits for somebody; noneWaits: in none
}

func newLane(chatID int64) *lane {
	return &lane{chatID: chatID, behind: make(map[int][]waiting), last: make(map[int64]int)}
}

// add puts an update where it belongs.
func (l *lane) add(update waiting) {
	if !update.press {
		l.came++
		if !update.talk {
			l.last[update.person] = l.came
		}
		l.words = append(l.words, update)
		return
	}
	if after := max(l.last[update.person], l.last[0]); after > l.done {
		l.behind[after] = append(l.behind[after], update)
	} else {
		l.free = append(l.free, update)
	}
}

// takenTogether is how many updates of a chat are taken at once. Reading their texts costs
// little more than reading one; a press that comes meanwhile waits for so many at most.
const takenTogether = 8

// take gives what is next: presses that overtake, else words up to those that a press
// comes after. handled must be called for each, in this order.
func (l *lane) take() (some []waiting) {
	if count := min(len(l.free), takenTogether); count > 0 {
		some, l.free = l.free[:count:count], l.free[count:]
		return some
	}
	count := 0
	for count < min(len(l.words), takenTogether) {
		count++
		if len(l.behind[l.done+count]) > 0 {
			break
		}
	}
	some, l.words = l.words[:count:count], l.words[count:]
	return some
}

// handled lets presses go on that came after the words that are handled now.
func (l *lane) handled(update waiting) {
	if update.press {
		return
	}
	l.done++
	l.free = append(l.free, l.behind[l.done]...)
	delete(l.behind, l.done)
}

// urgency is how soon somebody is to be at work on a chat.
type urgency int

const (
	noneWaits urgency = iota
	pressWaits
	pressBehind // words that are handled before it
	wordsWait
	urgencies
)

func (l *lane) urgency() urgency {
	switch {
	case len(l.free) > 0:
		return pressWaits
	case len(l.behind) > 0:
		return pressBehind
	case len(l.words) > 0:
		return wordsWait
	}
	return noneWaits
}

// talks tells whether a message is what people say to each other in a group: it answers
// nothing, asks for nothing, and nothing that a button does hangs on it.
func talks(message *models.Message) bool {
	_, _, _, command := splitCommand(message.Text, message.Entities)
	return message.Chat.Type != models.ChatTypePrivate && writerOf(message) != 0 && message.Text != "" && message.ReplyToMessage == nil && !command
}

// writerOf is who wrote a message; 0 where it concerns the whole chat, or where nobody
// knows who it was.
func writerOf(message *models.Message) int64 {
	if message.From == nil || message.SenderChat != nil || len(message.NewChatMembers) > 0 || message.LeftChatMember != nil ||
		message.NewChatTitle != "" || message.MigrateToChatID != 0 || message.MigrateFromChatID != 0 {
		return 0
	}
	return message.From.ID
}
