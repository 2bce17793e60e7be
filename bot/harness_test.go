package bot

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/store/storetest"
	"github.com/rembuk/rembuk/vault"
)

// harness is a bot on a real database that talks over HTTP to a local Telegram.
type harness struct {
	t       *testing.T
	sim     *sim.Server
	store   *store.Store
	bot     *Bot
	options Options
	log     *lockedBuffer

	mutex sync.Mutex
	now   time.Time
	seen  map[int64]int // how many messages of a chat heard has shown

	stop func()
}

// newHarness starts a bot in a city on WITA on Friday, 25 September 2026, at
// 09.00. change may alter the options before it starts.
func newHarness(t *testing.T, change ...func(*Options)) *harness {
	t.Helper()
	h := &harness{t: t, log: &lockedBuffer{}, seen: make(map[int64]int), now: time.Date(2026, 9, 25, 1, 0, 0, 0, time.UTC)}
	h.sim = sim.New(sim.Options{Now: h.clock})
	address, stop, err := h.sim.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	path := filepath.Join(t.TempDir(), "rembuk.db")
	storetest.Empty(t, path)
	h.store, err = store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	morning, err := cron.ParseStandard("0 8 * * *")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := vault.Open(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	h.options = Options{
		Store: h.store, Vault: kept, Book: book, Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Token: h.sim.Token(), API: address, Now: h.clock, City: "Kabupaten Teluk Marannu", Officer: "Dra. Rahmi Tandung, pdp@telukmarannu.example", Zone: "Asia/Makassar", Next: morning.Next,
	}
	for _, alter := range change {
		alter(&h.options)
	}
	t.Cleanup(h.end)
	h.start()
	return h
}

// start runs a fresh bot on the database, and waits until it is quiet.
func (h *harness) start() {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(h.t.Context()))
	h.bot = New(h.options)
	ended := make(chan error, 1)
	go func() { ended <- h.bot.Run(ctx) }()
	h.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			h.t.Errorf("the bot ended with %v", err)
		}
		h.stop = nil
	}
	h.quiet()
}

// restart stops the bot orderly and starts another on the same database.
func (h *harness) restart() {
	h.t.Helper()
	h.stop()
	h.start()
}

func (h *harness) end() {
	if h.stop != nil {
		h.stop()
	}
	if err := h.store.Close(); err != nil {
		h.t.Error(err)
	}
	for _, violation := range h.sim.Violations() {
		h.t.Errorf("the bot broke Telegram's rules: %s", violation)
	}
	if h.t.Failed() {
		h.t.Logf("log of the bot:\n%s", h.log.String())
	}
}

func (h *harness) clock() time.Time {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.now
}

// pass moves the clock on.
func (h *harness) pass(span time.Duration) {
	h.mutex.Lock()
	h.now = h.now.Add(span)
	h.mutex.Unlock()
}

// quiet waits until everything that people did is handled and answered.
func (h *harness) quiet() {
	h.t.Helper()
	changed, unsubscribe := h.sim.Subscribe()
	defer unsubscribe()
	patience := time.After(20 * time.Second)
	for {
		waiting := h.sim.PollWaiting()
		idle, err := h.bot.Idle(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		if waiting && idle && h.sim.PollWaiting() {
			return
		}
		select {
		case <-changed:
		case <-time.After(500 * time.Microsecond): // what changes in the database alone wakes nobody
		case <-patience:
			h.t.Fatalf("the bot does not come to rest (poll waiting: %v, idle: %v)", waiting, idle)
		}
	}
}

// person adds somebody with this display name and @username ("" for none).
func (h *harness) person(name, username string) int64 {
	first, last, _ := strings.Cut(name, " ")
	return h.sim.Person(sim.Person{FirstName: first, LastName: last, Username: username, LanguageCode: "id"})
}

// coordinator adds somebody who holds the coordinator's role and has opened the private chat.
func (h *harness) coordinator(name, username string) int64 {
	h.t.Helper()
	id := h.person(name, username)
	h.change(func(tx *store.Tx) error {
		member, err := tx.Seen(id, name, username, locale.Indonesian, h.clock())
		if err != nil {
			return err
		}
		if err := tx.SetReach(member.ID, council.ReachOpen); err != nil {
			return err
		}
		return tx.GrantRole(member.ID, council.RoleCoordinator, "granted")
	})
	h.sim.Say(sim.Message{Chat: id, Person: id, Text: "/mulai"})
	h.heard(id)
	return id
}

// group adds a supergroup with these members, the bot added by the first; what
// the bot says to that is not shown by heard.
func (h *harness) group(title string, members ...int64) int64 {
	h.t.Helper()
	chat := h.sim.Group(sim.Group{Title: title, Supergroup: true, Members: members})
	h.sim.AddBot(chat, members[0])
	h.heard(chat)
	return chat
}

// linkedGroup adds a group that a coordinator links with these words.
func (h *harness) linkedGroup(title, words string, coordinator int64, members ...int64) int64 {
	h.t.Helper()
	chat := h.group(title, append([]int64{coordinator}, members...)...)
	h.say(chat, coordinator, "/hubungkan "+words)
	return chat
}

// say is a person writing; it waits for what the bot makes of it and returns
// what the bot said in that chat since somebody last looked.
func (h *harness) say(chat, person int64, text string) []sim.Shown {
	h.t.Helper()
	return h.write(sim.Message{Chat: chat, Person: person, Text: text})
}

// write is say for messages with more than a text.
func (h *harness) write(message sim.Message) []sim.Shown {
	h.t.Helper()
	h.sim.Say(message)
	return h.heard(message.Chat)
}

// heard waits for quiet and returns the messages of the bot in a chat that it
// has not returned before.
func (h *harness) heard(chat int64) []sim.Shown {
	h.t.Helper()
	h.quiet()
	messages := h.sim.Messages(chat)
	var fresh []sim.Shown
	for _, message := range messages[min(h.seen[chat], len(messages)):] {
		if message.Bot && message.Service == "" {
			fresh = append(fresh, message)
		}
	}
	h.seen[chat] = len(messages)
	return fresh
}

// press is a person pressing the button with this text on the newest message of
// the chat that has it; it returns the bot's answer to the press.
func (h *harness) press(chat, person int64, button string) sim.Answer {
	h.t.Helper()
	messages := h.sim.Messages(chat)
	for i := len(messages) - 1; i >= 0; i-- {
		if !messages[i].Deleted && hasButton(messages[i], button) {
			return h.pressOn(chat, messages[i].ID, person, button)
		}
	}
	h.t.Fatalf("nobody sees a button [%s] in chat %d", button, chat)
	return sim.Answer{}
}

// pressOn is press on a known message.
func (h *harness) pressOn(chat int64, message int, person int64, button string) sim.Answer {
	h.t.Helper()
	press, err := h.sim.Press(chat, message, person, button)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.toast(press)
}

// pressData is a press with any data at all.
func (h *harness) pressData(chat int64, message int, person int64, data string) sim.Answer {
	h.t.Helper()
	return h.toast(h.sim.PressData(chat, message, person, data))
}

func (h *harness) toast(press string) sim.Answer {
	h.t.Helper()
	h.quiet()
	answer, answered := h.sim.Toast(press)
	if !answered {
		h.t.Errorf("a press was left without an answer")
	}
	return answer
}

// message is a message as it stands now.
func (h *harness) message(chat int64, id int) sim.Shown {
	h.t.Helper()
	for _, message := range h.sim.Messages(chat) {
		if message.ID == id {
			return message
		}
	}
	h.t.Fatalf("there is no message %d in chat %d", id, chat)
	return sim.Shown{}
}

// change changes the database beside the bot, and look reads it.
func (h *harness) change(change func(*store.Tx) error) {
	h.t.Helper()
	if err := h.store.Update(h.t.Context(), change); err != nil {
		h.t.Fatal(err)
	}
}

func (h *harness) look(look func(*store.Tx) error) {
	h.t.Helper()
	if err := h.store.View(h.t.Context(), look); err != nil {
		h.t.Fatal(err)
	}
}

// actor gives a person as the rules see them.
func (h *harness) actor(telegramID int64) (actor council.Actor) {
	h.t.Helper()
	h.look(func(tx *store.Tx) error {
		member, err := tx.MemberByTelegramID(telegramID)
		if err != nil {
			return err
		}
		actor, err = tx.Actor(member)
		return err
	})
	return actor
}

// only expects exactly one message and returns it.
func only(t *testing.T, messages []sim.Shown) sim.Shown {
	t.Helper()
	if len(messages) != 1 {
		t.Fatalf("the bot said %d messages, not one: %q", len(messages), texts(messages))
	}
	return messages[0]
}

func texts(messages []sim.Shown) []string {
	var said []string
	for _, message := range messages {
		said = append(said, message.Text)
	}
	return said
}

// contains expects every part in the text.
func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("the text lacks %q:\n%s", part, text)
		}
	}
}

func lacks(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("the text must not say %q:\n%s", part, text)
		}
	}
}

func hasButton(message sim.Shown, text string) bool {
	for _, label := range labels(message) {
		if label == text {
			return true
		}
	}
	return false
}

// labels are the buttons of a message, row after row.
func labels(message sim.Shown) []string {
	var found []string
	for _, row := range message.Buttons {
		for _, button := range row {
			found = append(found, button.Text)
		}
	}
	return found
}

// lockedBuffer is a buffer that several goroutines may write to.
type lockedBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(text []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(text)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}
