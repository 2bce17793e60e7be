package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/store/storetest"
)

// bubble is a bot on a real database that talks without sockets to a local
// Telegram, so that both live on the clock of testing/synctest: an hour takes
// no time, and when the bot is at rest is known.
type bubble struct {
	t        *testing.T
	telegram *sim.Server
	wire     *wire
	path     string
	store    *store.Store
	bot      *Bot
	log      *lockedBuffer
	options  Options
	prepare  func(*Bot) // changes a fresh bot before it runs

	cancel context.CancelFunc
	ended  chan error
}

// inBubble runs a test against a bot that has not started, beside other tests.
func inBubble(t *testing.T, options sim.Options, test func(*testing.T, *bubble)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		options.LimitNow = time.Now
		b := &bubble{t: t, telegram: sim.New(options), log: &lockedBuffer{}, path: filepath.Join(t.TempDir(), "rembuk.db")}
		b.wire = &wire{telegram: b.telegram.Handler()}
		book, err := locale.Open()
		if err != nil {
			t.Fatal(err)
		}
		morning, err := cron.ParseStandard("0 8 * * *")
		if err != nil {
			t.Fatal(err)
		}
		b.options = Options{
			Book: book, Log: slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			Token: b.telegram.Token(), API: "http://telegram.invalid", Now: time.Now,
			City: "Kabupaten Teluk Marannu", Zone: "Asia/Makassar", Next: morning.Next,
		}
		storetest.Empty(t, b.path)
		b.open()
		defer b.end()
		test(t, b)
	})
}

func (b *bubble) open() {
	b.t.Helper()
	var err error
	if b.store, err = store.Open(b.t.Context(), b.path); err != nil {
		b.t.Fatal(err)
	}
	b.options.Store = b.store
}

// start runs a fresh bot and waits until it is at rest.
func (b *bubble) start() {
	b.t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(b.t.Context()))
	b.bot = New(b.options)
	b.bot.poll.client.Transport, b.bot.send.client.Transport = b.wire, b.wire
	if b.prepare != nil {
		b.prepare(b.bot)
	}
	bot, ended := b.bot, make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	b.cancel, b.ended = cancel, ended
	synctest.Wait()
}

// stop ends the bot orderly.
func (b *bubble) stop() error {
	b.cancel()
	err := <-b.ended
	b.cancel = nil
	return err
}

// kill takes the database away under the bot, as if the program were killed,
// and opens it again when the bot has gone.
func (b *bubble) kill() {
	b.t.Helper()
	if err := b.store.Close(); err != nil {
		b.t.Fatal(err)
	}
	if err := b.stop(); err != nil {
		b.t.Errorf("the bot ended with %v", err)
	}
	b.open()
}

func (b *bubble) end() {
	if b.cancel != nil {
		if err := b.stop(); err != nil {
			b.t.Errorf("the bot ended with %v", err)
		}
	}
	if err := b.store.Close(); err != nil {
		b.t.Error(err)
	}
	for _, violation := range b.telegram.Violations() {
		b.t.Errorf("the bot broke Telegram's rules: %s", violation)
	}
	if strings.Contains(b.log.String(), b.telegram.Token()) {
		b.t.Error("the token stands in the log")
	}
	if b.t.Failed() {
		b.t.Logf("log of the bot:\n%s", b.log.String())
	}
}

// queue puts rows into the outbox, one transaction each.
func (b *bubble) queue(rows ...store.Outgoing) {
	b.t.Helper()
	for _, row := range rows {
		b.change(func(tx *store.Tx) error { return tx.Queue(row, time.Now()) })
	}
}

func (b *bubble) change(change func(*store.Tx) error) {
	b.t.Helper()
	if err := b.store.Update(b.t.Context(), change); err != nil {
		b.t.Fatal(err)
	}
}

// person is somebody of the council who has opened the private chat.
func (b *bubble) person(name string) int64 {
	b.t.Helper()
	id := b.telegram.Person(sim.Person{FirstName: name, LanguageCode: "id"})
	b.telegram.Say(sim.Message{Chat: id, Person: id, Text: "halo"})
	synctest.Wait()
	b.change(func(tx *store.Tx) error {
		member, err := tx.Seen(id, name, "", locale.Indonesian, time.Now())
		if err != nil {
			return err
		}
		if err := tx.GrantRole(member.ID, council.RoleCouncil, "granted"); err != nil {
			return err
		}
		return tx.SetReach(member.ID, council.ReachOpen)
	})
	return id
}

// group is a group with the bot inside.
func (b *bubble) group(title string, member int64) int64 {
	chat := b.telegram.Group(sim.Group{Title: title, Supergroup: true, Members: []int64{member}})
	b.telegram.AddBot(chat, member)
	return chat
}

// said are the texts of the bot that stand in a chat now, from those on that
// begin with prefix.
func (b *bubble) said(chat int64, prefix string) []string {
	var said []string
	for _, message := range b.telegram.Messages(chat) {
		if message.Bot && message.Service == "" && !message.Deleted && strings.HasPrefix(message.Text, prefix) {
			said = append(said, message.Text)
		}
	}
	return said
}

// waiting counts the rows that are not sent yet, and those for which the line broke.
func (b *bubble) waiting() (open, unknown int) {
	b.t.Helper()
	err := b.store.View(b.t.Context(), func(tx *store.Tx) (err error) {
		open, unknown, err = tx.CountOutbox(time.Now().Add(24 * time.Hour))
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return open, unknown
}

// unconfirmed counts the updates that Telegram still holds for the bot.
func (b *bubble) unconfirmed() int {
	b.t.Helper()
	var info struct {
		Pending int `json:"pending_update_count"`
	}
	call := newAPI(b.options.API, b.options.Token, time.Minute)
	call.client.Transport = &wire{telegram: b.telegram.Handler()}
	if err := call.call(b.t.Context(), "getWebhookInfo", struct{}{}, &info); err != nil {
		b.t.Fatal(err)
	}
	return info.Pending
}

// logged counts the lines of the log that hold a text.
func (b *bubble) logged(text string) int { return strings.Count(b.log.String(), text) }

// plainRow is a message without buttons.
func plainRow(chat int64, priority store.Priority, text string) store.Outgoing {
	return store.Outgoing{ChatID: chat, Kind: store.KindMessage, Priority: priority, Payload: store.Payload{Text: text}}
}

// series are plain rows with the texts "<prefix> 1", "<prefix> 2", ….
func series(chat int64, priority store.Priority, prefix string, count int) []store.Outgoing {
	var rows []store.Outgoing
	for i := range count {
		rows = append(rows, plainRow(chat, priority, fmt.Sprintf("%s %d", prefix, i+1)))
	}
	return rows
}

func seriesTexts(prefix string, count int) []string {
	var all []string
	for _, row := range series(1, 0, prefix, count) {
		all = append(all, row.Payload.Text)
	}
	return all
}

// wire carries requests to a local Telegram without sockets.
type wire struct {
	telegram http.Handler
	gone     atomic.Bool // the network is away
}

var errNoNetwork = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("network is unreachable")}

func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	if w.gone.Load() {
		return nil, errNoNetwork
	}
	if trace := httptrace.ContextClientTrace(request.Context()); trace != nil && trace.WroteHeaders != nil {
		trace.WroteHeaders()
	}
	answered := make(chan *http.Response, 1)
	go func() { answered <- w.serve(request) }()
	select {
	case response := <-answered:
		if response == nil {
			return nil, io.ErrUnexpectedEOF
		}
		return response, nil
	case <-request.Context().Done():
		return nil, request.Context().Err()
	}
}

// serve gives no answer where the local Telegram breaks the line.
func (w *wire) serve(request *http.Request) (response *http.Response) {
	defer func() {
		if broken := recover(); broken != nil && broken != http.ErrAbortHandler {
			panic(broken)
		}
	}()
	recorder := httptest.NewRecorder()
	w.telegram.ServeHTTP(recorder, request)
	return recorder.Result()
}

func TestTheBubbleAnswersAsTheWireDoes(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.telegram.Person(sim.Person{FirstName: "Baso"})
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/mulai"})
		synctest.Wait()
		if said := b.said(person, ""); len(said) != 1 {
			t.Errorf("the bot said %q", said)
		}
		if left := b.unconfirmed(); left != 0 {
			t.Errorf("%d updates are not confirmed", left)
		}
	})
}
