package bot

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

func TestHowAnAttemptEnds(t *testing.T) {
	refused := func(code int, description string) error { return &apiError{Code: code, Description: description} }
	row := store.Outgoing{Kind: store.KindMessage, ChatID: 5}
	edit := store.Outgoing{Kind: store.KindEdit, ChatID: 5, MessageID: 7}
	inTopic := store.Outgoing{Kind: store.KindMessage, ChatID: -5, ThreadID: 3}
	for _, test := range []struct {
		name string
		out  store.Outgoing
		err  error
		want ending
	}{
		{"no connection", row, &lineError{}, endedLater},
		{"line broken, message", row, &lineError{Written: true}, endedUnknown},
		{"line broken, first face of a card", store.Outgoing{Kind: store.KindCard, CardID: 1}, &lineError{Written: true}, endedUnknown},
		{"line broken, newer face of a card", store.Outgoing{Kind: store.KindCard, CardID: 1, MessageID: 4}, &lineError{Written: true}, endedLater},
		{"line broken, edit", edit, &lineError{Written: true}, endedLater},
		{"line broken, answer to a press", store.Outgoing{Kind: store.KindAnswer}, &lineError{Written: true}, endedLater},
		{"line broken, menu", store.Outgoing{Kind: store.KindCommands}, &lineError{Written: true}, endedLater},
		{"cut off before it went out", row, context.Canceled, endedLater},
		{"patience", row, refused(429, "Too Many Requests: retry after 5"), endedLater},
		{"Telegram is not well", row, refused(502, ""), endedLater},
		{"token revoked", row, refused(401, "Unauthorized"), endedLater},
		{"bot gone", row, refused(404, "Not Found"), endedLater},
		{"conflict", row, refused(409, "Conflict: terminated"), endedLater},
		{"blocked", row, refused(403, "Forbidden: bot was blocked by the user"), endedNever},
		{"bad button", row, refused(400, "Bad Request: BUTTON_DATA_INVALID"), endedNever},
		{"too large", row, refused(413, "Request Entity Too Large"), endedNever},
		{"grown", row, &apiError{Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: -100}, endedMoved},
		{"topic gone", inTopic, refused(400, "Bad Request: message thread not found"), endedTopic},
		{"topic gone, but none was named", row, refused(400, "Bad Request: message thread not found"), endedNever},
		{"not modified", edit, refused(400, "Bad Request: message is not modified: specified new message content"), endedSent},
		{"edited message gone", edit, refused(400, "Bad Request: message to edit not found"), endedAfresh},
		{"edited message too old", edit, refused(400, "Bad Request: message can't be edited"), endedAfresh},
		{"press too old", store.Outgoing{Kind: store.KindAnswer}, refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"), endedNever},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := classify(test.out, test.err); got != test.want {
				t.Errorf("it ended as %d, not %d", got, test.want)
			}
		})
	}
}

// answering is a bot's api whose every call is answered with this.
func answering(t *testing.T, status int, header, body string) *api {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, value, given := strings.Cut(header, ": "); given {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	a := newAPI(server.URL, sim.DefaultToken, 5*time.Second)
	t.Cleanup(a.client.CloseIdleConnections)
	return a
}

// TestWhatIsNotTelegramsAnswerLosesNothing is for pages of front ends, proxies
// and captive portals: what they say must not end a message.
func TestWhatIsNotTelegramsAnswerLosesNothing(t *testing.T) {
	for _, row := range []struct {
		name, header, body string
		status             int
	}{
		{"a page", "", "<html>502 /bot" + sim.DefaultToken + "/</html>", 502},
		{"a page that says that all is well", "", "<html>welcome</html>", 200},
		{"nothing", "", "", 200},
		{"null", "", "null", 200},
		{"JSON of somebody else", "", `{"error":"quota"}`, 503},
		{"JSON of somebody else, refused", "", `{"ok":false}`, 403},
		{"a list", "", `[1]`, 200},
		{"a page that is not found", "", "<html>404</html>", 404},
		{"a redirect", "Location: http://127.0.0.1:1/elsewhere", "", 302},
		{"half an answer", "Content-Length: 900", `{"ok":true`, 200},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := answering(t, row.status, row.header, row.body).call(t.Context(), "sendMessage", struct{}{}, nil)
			if err == nil {
				t.Fatal("it counts as sent")
			}
			if ending := classify(store.Outgoing{Kind: store.KindMessage}, err); ending != endedLater && ending != endedUnknown {
				t.Errorf("%v ends a message as %d", err, ending)
			}
			if strings.Contains(err.Error(), sim.DefaultToken) || strings.Contains(err.Error(), "html") {
				t.Errorf("the error tells too much: %v", err)
			}
		})
	}
}

// TestARedirectIsNotFollowed, since the address that it would be told of holds the token.
func TestARedirectIsNotFollowed(t *testing.T) {
	told := false
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { told = true }))
	defer elsewhere.Close()
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect} {
		if err := answering(t, status, "Location: "+elsewhere.URL, "").call(t.Context(), "getMe", struct{}{}, nil); err == nil {
			t.Errorf("%d counts as an answer", status)
		}
	}
	if told {
		t.Error("another server was asked")
	}
}

// TestAMessageThatWasTakenIsNotSentAgain is for answers that the library could
// not decode, as when the message replied to holds what came after it.
func TestAMessageThatWasTakenIsNotSentAgain(t *testing.T) {
	for _, row := range []struct {
		name, body string
		want       int
	}{
		{"it replies to a paid live photo", `{"ok":true,"result":{"message_id":77,"reply_to_message":{"paid_media":{"paid_media":[{"type":"live_photo"}]}}}}`, 77},
		{"another shape", `{"ok":true,"result":[5]}`, 0},
		{"no result", `{"ok":true}`, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := &sender{bot: &Bot{send: answering(t, 200, "", row.body)}}
			r := s.attempt(t.Context(), store.Outgoing{Kind: store.KindMessage, ChatID: 5, Payload: store.Payload{Text: "kabar"}})
			if r.ending != endedSent || r.messageID != row.want {
				t.Errorf("it ended as %d with message %d: %v", r.ending, r.messageID, r.err)
			}
		})
	}
}

func TestWhetherARequestWentOutIsKnown(t *testing.T) {
	gone := newAPI("http://127.0.0.1:1", sim.DefaultToken, 5*time.Second)
	var line *lineError
	if err := gone.call(t.Context(), "getMe", struct{}{}, nil); !errors.As(err, &line) || line.Written {
		t.Errorf("where nobody listens: %v", err)
	} else if strings.Contains(err.Error(), sim.DefaultToken) {
		t.Errorf("the token stands in %v", err)
	}
	broken := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer broken.Close()
	if err := newAPI(broken.URL, sim.DefaultToken, 5*time.Second).call(t.Context(), "getMe", struct{}{}, nil); !errors.As(err, &line) || !line.Written {
		t.Errorf("where the line breaks after the request: %v", err)
	}
}

func TestTextsAreShortenedToWhatTelegramTakes(t *testing.T) {
	for _, row := range []struct {
		name, text string
		limit      int
		want       int
		cut        bool
	}{
		{"short", "kabar", textLimit, 5, false},
		{"just fits", strings.Repeat("a", textLimit), textLimit, textLimit, false},
		{"one too long", strings.Repeat("a", textLimit+1), textLimit, textLimit, true},
		{"characters of two bytes that fit", strings.Repeat("é", textLimit), textLimit, textLimit, false},
		{"characters of two units that fit", strings.Repeat("😀", textLimit), textLimit, textLimit, false},
		{"characters of two units, one too many", strings.Repeat("😀", textLimit+1), textLimit, textLimit, true},
		{"a toast that fits", strings.Repeat("😀", toastLimit), toastLimit, toastLimit, false},
		{"a toast too long", strings.Repeat("😀", 500), toastLimit, toastLimit, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := shorten(row.text, row.limit)
			if count := utf8.RuneCountInString(got); count != row.want || !utf8.ValidString(got) {
				t.Errorf("%d characters, want %d", count, row.want)
			}
			if strings.HasSuffix(got, "…") != row.cut || !strings.HasPrefix(row.text, strings.TrimSuffix(got, "…")) {
				t.Error("it should be the beginning of the text, and show that it was cut")
			}
		})
	}
}

// TestLongTextsArrive sends them to the local Telegram, which refuses what is too long.
func TestLongTextsArrive(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		long := strings.Repeat("😀", 5000)
		b.queue(plainRow(person, store.PriorityAnswer, "😀"))
		time.Sleep(time.Second)
		messages := b.telegram.Messages(person)
		edit := plainRow(person, store.PriorityAnswer, long)
		edit.Kind, edit.Payload.MessageID = store.KindEdit, messages[len(messages)-1].ID
		press := b.telegram.PressData(person, edit.Payload.MessageID, person, "9:nothing")
		answer := store.Outgoing{ChatID: person, Kind: store.KindAnswer, Payload: store.Payload{PressID: press, Text: long}}
		b.queue(plainRow(person, store.PriorityAnswer, long), edit, answer)
		time.Sleep(time.Second)
		for _, said := range b.said(person, "😀") {
			if utf8.RuneCountInString(said) != textLimit {
				t.Errorf("%d characters arrived", utf8.RuneCountInString(said))
			}
		}
		if said := b.said(person, "😀"); len(said) != 2 {
			t.Errorf("%d messages stand there", len(said))
		}
		toasts := 0
		for _, call := range b.telegram.Calls() {
			if call.Method == "answerCallbackQuery" && utf8.RuneCountInString(call.Params["text"]) == toastLimit {
				toasts++
			}
		}
		if toasts != 1 {
			t.Errorf("%d toasts were shortened to what fits", toasts)
		}
	})
}
