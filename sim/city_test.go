package sim

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// city is a Server with the people and groups that the tests speak of, behind real HTTP.
type city struct {
	*Server
	t           *testing.T
	url         string
	clock       time.Time
	siti, baso  int64 // siti has started the bot, baso has not
	pokja       int64 // a basic group with the bot
	dewan       int64 // a supergroup with topics and the bot
	strangers   int64 // a group without the bot
	greeting    int   // the bot's message in pokja
	sitiMessage int   // siti's message in pokja
}

func newCity(t *testing.T, options Options) *city {
	t.Helper()
	c := &city{t: t, clock: time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)}
	if options.Now == nil {
		options.Now = func() time.Time { return c.clock }
	}
	c.Server = New(options)
	server := httptest.NewServer(c.Handler())
	t.Cleanup(server.Close)
	c.url = server.URL
	c.siti = c.Person(Person{FirstName: "Siti", LastName: "Contoh", Username: "siti_contoh", LanguageCode: "id"})
	c.baso = c.Person(Person{FirstName: "Baso"})
	c.pokja = c.Group(Group{Title: "Pokja Lingkungan", Members: []int64{c.siti, c.baso}})
	c.dewan = c.Group(Group{Title: "Dewan", Forum: true, Members: []int64{c.siti}})
	c.strangers = c.Group(Group{Title: "Lain", Members: []int64{c.baso}})
	c.AddBot(c.pokja, c.siti)
	c.AddBot(c.dewan, c.siti)
	c.Say(Message{Chat: c.siti, Person: c.siti, Text: "/start"})
	c.sitiMessage = c.Say(Message{Chat: c.pokja, Person: c.siti, Text: "selamat pagi"})
	c.greeting = c.sent("sendMessage", map[string]any{"chat_id": c.pokja, "text": "Halo", "reply_markup": keyboardOf("Siap", "v1:1")})
	c.takeUpdates(0)
	c.takeUpdates(c.LastUpdateID() + 1)
	return c
}

func keyboardOf(text, data string) map[string]any {
	return map[string]any{"inline_keyboard": [][]any{{map[string]any{"text": text, "callback_data": data}}}}
}

// answered is one answer of the Bot API as it came.
type answered struct {
	status      int
	retryHeader string
	raw         string
	OK          bool
	Result      json.RawMessage
	Code        int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	}
}

// ask sends a call as JSON.
func (c *city) ask(method string, parameters any) answered {
	c.t.Helper()
	body, err := json.Marshal(parameters)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.post(c.url+"/bot"+c.Token()+"/"+method, "application/json", body)
}

func (c *city) post(url, kind string, body []byte) answered {
	c.t.Helper()
	answer, err := http.Post(url, kind, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	got := answered{status: answer.StatusCode, retryHeader: answer.Header.Get("Retry-After"), raw: string(content)}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(content, &got); err != nil {
			c.t.Fatalf("%s: %v", content, err)
		}
	}
	return got
}

// sent sends a call that must go well and returns the message id of its result.
func (c *city) sent(method string, parameters any) int {
	c.t.Helper()
	got := c.ask(method, parameters)
	var result struct {
		ID int `json:"message_id"`
	}
	if !got.OK {
		c.t.Fatalf("%s: %s", method, got.raw)
	}
	if err := json.Unmarshal(got.Result, &result); err != nil {
		c.t.Fatalf("%s: %s", method, got.raw)
	}
	return result.ID
}

// update is what the tests look at in an update.
type update struct {
	ID       int64             `json:"update_id"`
	Message  *wireMessage      `json:"message"`
	Edited   *wireMessage      `json:"edited_message"`
	MyMember *wireMemberChange `json:"my_chat_member"`
	Press    *struct {
		ID, Data string
		From     wireUser
		Message  struct {
			ID   int   `json:"message_id"`
			Date int64 `json:"date"`
		}
	} `json:"callback_query"`
	raw string
}

func (c *city) takeUpdates(offset int64) []update {
	c.t.Helper()
	return c.updatesOf(c.ask("getUpdates", map[string]any{"offset": offset}))
}

func (c *city) updatesOf(got answered) []update {
	c.t.Helper()
	var raws []json.RawMessage
	if err := json.Unmarshal(got.Result, &raws); err != nil {
		c.t.Fatalf("getUpdates: %s", got.raw)
	}
	var updates []update
	for _, raw := range raws {
		read := update{raw: string(raw)}
		if err := json.Unmarshal(raw, &read); err != nil {
			c.t.Fatalf("%s: %v", raw, err)
		}
		updates = append(updates, read)
	}
	return updates
}

// multipartOf builds a form with the given fields and one file.
func multipartOf(t *testing.T, fields map[string]string, part, name string, content []byte) (kind string, body []byte) {
	t.Helper()
	var buffer bytes.Buffer
	form := multipart.NewWriter(&buffer)
	for field, value := range fields {
		if err := form.WriteField(field, value); err != nil {
			t.Fatal(err)
		}
	}
	if part != "" {
		file, err := form.CreateFormFile(part, name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return form.FormDataContentType(), buffer.Bytes()
}
