package story

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// echo is a small bot over HTTP with a memory that outlives it, enough to try every kind of line on:
//
//	/kartu NAME      a card NAME with [Ambil] and [Rincian]; the first [Ambil] takes it
//	/ingatkan HH:MM  says "Waktunya" in the same chat at that time (UTC, that day)
//	/hubungkan WORDS says that the group is linked
//	/diam            says nothing;  any other text comes back
type echo struct {
	telegram *sim.Server
	base     string
	silent   bool // leaves presses unanswered
	stuck    bool // never says what falls due
	cancel   context.CancelFunc
	ended    chan error

	mutex    sync.Mutex
	now      time.Time
	reminder map[time.Time]int64
	taken    map[string]string
	log      string
	starts   int
	kills    int
}

type update struct {
	ID      int64    `json:"update_id"`
	Message *message `json:"message"`
	Edited  *message `json:"edited_message"`
	Press   *struct {
		ID      string  `json:"id"`
		Data    string  `json:"data"`
		From    user    `json:"from"`
		Message message `json:"message"`
	} `json:"callback_query"`
}

type user struct {
	FirstName string `json:"first_name"`
	Username  string `json:"username"`
}

type message struct {
	ID       int            `json:"message_id"`
	Thread   int            `json:"message_thread_id"`
	Text     string         `json:"text"`
	Caption  string         `json:"caption"`
	Document map[string]any `json:"document"`
	Sender   map[string]any `json:"sender_chat"`
	From     user           `json:"from"`
	Entities []struct {
		Type string `json:"type"`
		User user   `json:"user"`
	} `json:"entities"`
	Chat struct {
		ID int64 `json:"id"`
	} `json:"chat"`
}

func (e *echo) Start(ctx context.Context) error {
	ctx, e.cancel = context.WithCancel(ctx)
	e.ended = make(chan error, 1)
	e.starts++
	go func() { e.ended <- e.run(ctx) }()
	return nil
}

func (e *echo) Stop(context.Context) error {
	e.cancel()
	return <-e.ended
}

func (e *echo) Kill() error {
	e.kills++
	return e.Stop(context.Background())
}

func (e *echo) Log() string { return e.log }

func (e *echo) Now() time.Time {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	return e.now
}

func (e *echo) Set(now time.Time) {
	e.mutex.Lock()
	e.now = now
	e.mutex.Unlock()
}

func (e *echo) Next() (next time.Time, waits bool) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	for at := range e.reminder {
		if !waits || at.Before(next) {
			next, waits = at, true
		}
	}
	return next, waits
}

// Quiet also says what has fallen due, since this bot has no loop of its own for that.
func (e *echo) Quiet(ctx context.Context) error {
	changed, done := e.telegram.Subscribe()
	defer done()
	for !e.telegram.PollWaiting() {
		select {
		case <-changed:
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	next, waits := e.Next()
	if !waits || next.After(e.Now()) || e.stuck {
		return nil
	}
	e.mutex.Lock()
	chat := e.reminder[next]
	delete(e.reminder, next)
	e.mutex.Unlock()
	return e.call(ctx, "sendMessage", map[string]any{"chat_id": chat, "text": "Waktunya, pukul " + e.Now().UTC().Format("15.04")}, nil)
}

func (e *echo) run(ctx context.Context) error {
	var offset int64
	for {
		var updates []update
		err := e.call(ctx, "getUpdates", map[string]any{"offset": offset, "timeout": 20}, &updates)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		for _, update := range updates {
			offset = update.ID + 1
			if err := e.handle(context.WithoutCancel(ctx), update); err != nil {
				return err
			}
		}
	}
}

func (e *echo) handle(ctx context.Context, update update) error {
	switch {
	case update.Press != nil:
		return e.pressed(ctx, update)
	case update.Edited != nil:
		return e.send(ctx, *update.Edited, "Diubah: "+update.Edited.Text)
	case update.Message == nil || update.Message.Text+update.Message.Caption == "":
		return nil
	}
	return e.said(ctx, *update.Message)
}

func (e *echo) said(ctx context.Context, m message) error {
	command, words, _ := strings.Cut(m.Text, " ")
	switch command {
	case "/diam":
		return nil
	case "/hubungkan":
		return e.send(ctx, m, "Grup ini telah terhubung sebagai "+words+".")
	case "/kartu":
		return e.call(ctx, "sendMessage", map[string]any{"chat_id": m.Chat.ID, "text": "Kartu " + words + "\nBaru",
			"reply_markup": map[string]any{"inline_keyboard": [][]map[string]string{
				{{"text": "Ambil", "callback_data": "ambil " + words}, {"text": "Rincian", "url": "https://t.me/rembuk_bot?start=rincian"}}}}}, nil)
	case "/ingatkan":
		at, err := time.Parse("2006-01-02 15:04", e.Now().UTC().Format("2006-01-02 ")+words)
		if err != nil {
			return err
		}
		e.mutex.Lock()
		defer e.mutex.Unlock()
		e.reminder[at] = m.Chat.ID
		return nil
	}
	text := "Gema: " + m.Text + m.Caption
	for _, entity := range m.Entities {
		if entity.Type == "text_mention" {
			text += " (menyebut " + entity.User.FirstName + ")"
		}
	}
	if m.Sender != nil {
		text += " (tanpa nama)"
	}
	if m.Document != nil {
		text += fmt.Sprint(" (berkas ", m.Document["file_name"], ")")
	}
	return e.send(ctx, m, text)
}

func (e *echo) pressed(ctx context.Context, update update) error {
	if e.silent {
		return nil
	}
	press := update.Press
	e.mutex.Lock()
	by := e.taken[press.Data]
	if by == "" {
		e.taken[press.Data] = press.From.FirstName
	}
	e.mutex.Unlock()
	if by != "" {
		return e.call(ctx, "answerCallbackQuery", map[string]any{"callback_query_id": press.ID, "text": "Sudah diambil " + by}, nil)
	}
	err := e.call(ctx, "editMessageText", map[string]any{"chat_id": press.Message.Chat.ID, "message_id": press.Message.ID,
		"text": "Kartu " + strings.TrimPrefix(press.Data, "ambil ") + "\nDiambil " + press.From.FirstName}, nil)
	return errors.Join(err, e.call(ctx, "answerCallbackQuery", map[string]any{"callback_query_id": press.ID, "text": "Tercatat"}, nil))
}

func (e *echo) send(ctx context.Context, to message, text string) error {
	parameters := map[string]any{"chat_id": to.Chat.ID, "text": text, "reply_parameters": map[string]any{"message_id": to.ID}}
	if to.Thread != 0 {
		parameters["message_thread_id"] = to.Thread
	}
	return e.call(ctx, "sendMessage", parameters, nil)
}

func (e *echo) call(ctx context.Context, method string, parameters map[string]any, result any) error {
	body, err := json.Marshal(parameters)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.base+"/bot"+e.telegram.Token()+"/"+method, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer := struct{ Result any }{result}
	if response.StatusCode == http.StatusTooManyRequests { // tried again later, while the bot goes on
		time.AfterFunc(10*time.Millisecond, func() { _ = e.call(ctx, method, parameters, result) })
		return nil
	}
	if response.StatusCode != http.StatusOK {
		return nil // as a bot that gives up: stories show what is missing then
	}
	return json.NewDecoder(response.Body).Decode(&answer)
}

// playWithEcho plays a script with the echo bot.
func playWithEcho(t *testing.T, text string, change func(*Stage, *echo)) (*echo, error) {
	t.Helper()
	bot, stage := stageWithEcho(t, text)
	if change != nil {
		change(stage, bot)
	}
	return bot, stage.Play(t.Context(), bot)
}

// stageWithEcho puts the echo bot beside the cast of a script; the local Telegram ends with the test.
func stageWithEcho(t *testing.T, text string) (*echo, *Stage) {
	t.Helper()
	script, err := Read(t.Name(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	bot := &echo{reminder: map[time.Time]int64{}, taken: map[string]string{}}
	bot.now, err = script.Begins(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	bot.telegram = sim.New(sim.Options{Now: bot.Now})
	base, stop, err := bot.telegram.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	bot.base = base
	return bot, NewStage(script, bot.telegram, time.UTC)
}
