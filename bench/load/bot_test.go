package load

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// botHand sends as a bot does, without being one.
type botHand struct {
	city    *City
	handler http.Handler // the local Telegram's own unless set
}

func (b *botHand) call(t *testing.T, method, body string) string {
	t.Helper()
	handler := b.handler
	if handler == nil {
		handler = b.city.Telegram.Handler()
	}
	request := httptest.NewRequest(http.MethodPost, "/bot"+b.city.Telegram.Token()+"/"+method, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.Code != http.StatusOK {
		t.Fatalf("%s: %d %s %v", method, answer.Code, text, err)
	}
	return string(text)
}

func (b *botHand) send(t *testing.T, text string) {
	t.Helper()
	b.call(t, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":%q,"reply_markup":{"inline_keyboard":[[{"text":"Ambil","callback_data":"x"}]]}}`, b.city.groups[0], text))
}

func (b *botHand) sendPlain(t *testing.T, text string) {
	t.Helper()
	b.call(t, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":%q}`, b.city.groups[0], text))
}
