package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"unicode"
)

// refusal is an answer that is not ok.
type refusal struct {
	code        int
	description string
	retryAfter  int
	migrateTo   int64
}

// badRequest and forbidden word a refusal as the Bot API server does: its first letter is lowered unless the text is a
// constant such as BUTTON_DATA_INVALID.
func badRequest(message string) *refusal {
	return &refusal{code: http.StatusBadRequest, description: "Bad Request: " + lowered(message)}
}

func forbidden(message string) *refusal {
	return &refusal{code: http.StatusForbidden, description: "Forbidden: " + lowered(message)}
}

func tooManyRequests(seconds int) *refusal {
	return &refusal{code: http.StatusTooManyRequests, retryAfter: seconds,
		description: "Too Many Requests: retry after " + strconv.Itoa(seconds)}
}

func lowered(message string) string {
	if len(message) > 1 && (message[1] == '_' || unicode.IsUpper(rune(message[1]))) {
		return message
	}
	if message == "" {
		return message
	}
	return string(unicode.ToLower(rune(message[0]))) + message[1:]
}

type wireParameters struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
}

type wireAnswer struct {
	OK          bool            `json:"ok"`
	Result      any             `json:"result,omitempty"`
	Code        int             `json:"error_code,omitempty"`
	Description string          `json:"description,omitempty"`
	Parameters  *wireParameters `json:"parameters,omitempty"`
}

// writeAnswer sends a result, or a refusal where there is one. A client that has gone away cannot be told anything, so
// an error of writing has no one to go to.
func writeAnswer(w http.ResponseWriter, result any, refused *refusal) {
	header := w.Header()
	header.Set("Content-Type", "application/json")
	if refused == nil {
		var body []byte
		if raw, ready := result.(json.RawMessage); ready {
			body = append(append([]byte(`{"ok":true,"result":`), raw...), '}')
		} else {
			body = append(append([]byte(`{"ok":true,"result":`), encode(result)...), '}')
		}
		header.Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
		return
	}
	answer := wireAnswer{Code: refused.code, Description: refused.description}
	if refused.retryAfter > 0 || refused.migrateTo != 0 {
		answer.Parameters = &wireParameters{RetryAfter: refused.retryAfter, MigrateTo: refused.migrateTo}
	}
	if refused.retryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(refused.retryAfter))
	}
	body := encode(answer)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(refused.code)
	_, _ = w.Write(body)
}

// unreadableText is why a text or a button cannot be read, in Telegram's own words, which begin with a capital.
type unreadableText string

func (u unreadableText) Error() string { return string(u) }

func unreadable(format string, values ...any) error {
	return unreadableText(fmt.Sprintf(format, values...))
}
