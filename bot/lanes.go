package bot

import (
	"context"
	"sync"
	"time"
)

// lanes hands updates to the conversations: those of one chat in order, chats
// side by side, and those first in which a press waits, see lane.
type lanes struct {
	bot     *Bot
	ctx     context.Context
	working sync.WaitGroup

	mutex  sync.Mutex
	chats  map[int64]*lane
	rows   [urgencies][]*lane // who waits for somebody, in the order of waiting
	count  int                // updates that wait or are in hand
	atHand int                // bytes of texts in memory
	hands  int                // how many are at work
	usual  int                // how many of these on words
	gather bool               // words are left alone, see leaveWords
	calm   *time.Timer        // ends that
	room   chan struct{}      // holds one token at most: something was handled
}

const (
	// handsAtOnce is how many are at work at once. They take turns at the database, where what
	// waits shares a commit; more would only wait for each other, each with texts in memory.
	handsAtOnce = 32
	// keptForPresses is how many of them never are at work on words, so that a press need not
	// wait until somebody has finished.
	keptForPresses = 8
	// atHandLimit is how many bytes of texts wait in memory. They are read again from the
	// inbox when more wait, as after an outage.
	atHandLimit = 256 << 10
	// mostWaiting is how many updates wait at most, at less than 100 bytes each: as many more
	// as come stay with Telegram until some are handled.
	mostWaiting = 100_000
	// mostAnswers is how many answers to presses wait to be sent before only fewHands go on
	// with presses: no more than are sent meanwhile.
	mostAnswers = 256
	fewHands    = 2
	// gatherPatience is for how long words are left alone while nothing more comes.
	gatherPatience = 2 * time.Second
)

func newLanes(bot *Bot) *lanes {
	return &lanes{bot: bot, chats: make(map[int64]*lane), room: make(chan struct{}, 1)}
}

// add puts an update behind those of its chat.
func (l *lanes) add(update arrival) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	waits := update.waits()
	if size := len(update.raw); l.atHand+size <= atHandLimit {
		l.atHand += size
		waits.atHand = &update
	}
	chat := l.chats[update.chatID]
	if chat == nil {
		chat = newLane(update.chatID)
		l.chats[update.chatID] = chat
	}
	chat.add(waits)
	l.count++
	l.offer(chat)
	l.hire()
}

// offer puts a chat into the row in which it waits for somebody. The mutex is held.
func (l *lanes) offer(chat *lane) {
	if chat.busy {
		return
	}
	row := chat.urgency()
	if row == noneWaits {
		delete(l.chats, chat.chatID)
		return
	}
	if chat.place == noneWaits || row < chat.place { // where it stood before it is passed over
		chat.place = row
		l.rows[row] = append(l.rows[row], chat)
	}
}

// hire sets one more to work if there is something to do. The mutex is held.
func (l *lanes) hire() {
	if l.hands < handsAtOnce && l.next(false) != nil {
		l.hands++
		l.working.Go(l.work)
	}
}

// next gives the chat that is to be worked on next, and takes it out of its row if asked to;
// nil when there is none. The mutex is held.
func (l *lanes) next(out bool) *lane {
	for row := pressWaits; row < urgencies; row++ {
		if row == pressWaits && l.hands > l.pressedAtOnce() {
			continue
		}
		if row != pressWaits && l.usual >= l.usualAtOnce() {
			return nil
		}
		for len(l.rows[row]) > 0 {
			chat := l.rows[row][0]
			if chat.place == row && !out {
				return chat
			}
			l.rows[row] = l.rows[row][1:]
			if chat.place == row {
				chat.place = noneWaits
				return chat
			}
		}
	}
	return nil
}

// pressedAtOnce is how many may be at work on presses: few while many answers to presses
// wait to be sent, each of which takes memory of its own.
func (l *lanes) pressedAtOnce() int {
	if l.bot.out.answers.Load() >= mostAnswers {
		return fewHands
	}
	return handsAtOnce
}

// usualAtOnce is how many may be at work on words: none while presses may be on their way
// from Telegram, one while answers to presses are on theirs to it.
func (l *lanes) usualAtOnce() int {
	if l.gather {
		return 0
	}
	if l.bot.out.answers.Load() >= requestsAtOnce {
		return 1
	}
	return handsAtOnce - keptForPresses
}

// leaveWords leaves words alone while many updates are on their way from Telegram, for presses
// may be among them, or ends that. Where nothing comes for a while it ends by itself.
func (l *lanes) leaveWords(leave bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	switch {
	case leave && l.calm == nil:
		l.calm = time.AfterFunc(gatherPatience, func() { l.leaveWords(false) })
	case leave:
		l.calm.Reset(gatherPatience)
	case l.gather:
		l.calm.Stop()
	default:
		return
	}
	l.gather = leave
	for range handsAtOnce {
		l.hire()
	}
}

// end waits for those at work, after the last update was added.
func (l *lanes) end() {
	l.mutex.Lock()
	if l.gather = false; l.calm != nil {
		l.calm.Stop()
	}
	l.mutex.Unlock()
	l.working.Wait()
}

// work handles updates as long as there are any.
func (l *lanes) work() {
	for {
		chat, some := l.take()
		if chat == nil {
			return
		}
		updates, read := l.bot.takeUp(l.ctx, some)
		if !read {
			return // what was not handled waits in the inbox for the next start
		}
		for at, update := range updates {
			if !l.bot.handle(l.ctx, update) {
				return
			}
			l.handled(chat, some[at])
		}
		l.giveBack(chat)
	}
}

// take gives the next updates of a chat. When there are none, or the program is ending, it
// gives none; what was not taken waits in the inbox.
func (l *lanes) take() (*lane, []waiting) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	var chat *lane
	if l.ctx.Err() == nil {
		chat = l.next(true)
	}
	if chat == nil {
		l.hands--
		return nil, nil
	}
	chat.busy = true
	some := chat.take()
	if !some[0].press {
		l.usual++
		chat.wordy = true
	}
	l.hire() // where somebody may be at work besides
	return chat, some
}

func (l *lanes) handled(chat *lane, update waiting) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	chat.handled(update)
	l.count--
	if update.atHand != nil {
		l.atHand -= len(update.atHand.raw)
	}
	select {
	case l.room <- struct{}{}:
	default:
	}
}

// giveBack lets others work on a chat.
func (l *lanes) giveBack(chat *lane) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if chat.wordy {
		l.usual--
	}
	chat.busy, chat.wordy = false, false
	l.offer(chat)
}

// waitForRoom waits while as many updates wait as memory is to know of.
func (l *lanes) waitForRoom(ctx context.Context) {
	for l.waiting() >= mostWaiting {
		l.leaveWords(false) // nothing can come before some are handled
		select {
		case <-l.room:
		case <-ctx.Done():
			return
		}
	}
}

// waiting is how many updates wait.
func (l *lanes) waiting() int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.count
}

// idle tells whether the updates are messages and nothing waits for their
// chats. It stays true while the receiver, who alone adds updates, adds none. A
// press is none of these: Telegram would not deliver it again for long.
func (l *lanes) idle(updates []arrival) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, update := range updates {
		if _, busy := l.chats[update.chatID]; busy || update.failure != "" || update.update.Message == nil {
			return false
		}
	}
	return true
}
