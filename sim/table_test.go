package sim

import (
	"strings"
	"testing"
)

func TestViolations(t *testing.T) {
	for _, row := range []struct {
		name, method string
		call         parameters
		want         string // "" is none
	}{
		{"in order", "sendMessage", parameters{"text": "Halo", "reply_markup": keyboardOf("a", "b")}, ""},
		{"needless copy_text", "sendMessage", parameters{"text": "a", "reply_markup": parameters{"inline_keyboard": []any{[]any{
			parameters{"text": "a", "callback_data": "b", "copy_text": parameters{"text": ""}}}}}}, ""},
		{"unknown parameter", "sendMessage", parameters{"text": "a", "texte": "a"}, "sendMessage: unknown parameter texte"},
		{"unknown method", "sendEverything", parameters{}, "sendeverything: unknown method"},
		{"missing", "deleteMessage", parameters{}, "required parameter message_id is missing"},
		{"number as words", "sendMessage", parameters{"text": "a", "message_thread_id": "abc"}, "message_thread_id should be Integer"},
		{"boolean as words", "sendMessage", parameters{"text": "a", "disable_notification": "ja"}, "disable_notification should be Boolean"},
		{"text as number", "sendMessage", parameters{"text": 5}, "text should be String"},
		{"object as list", "sendMessage", parameters{"text": "a", "reply_parameters": []int{}}, "reply_parameters should be ReplyParameters"},
		{"field of a button", "sendMessage", parameters{"text": "a", "reply_markup": parameters{"inline_keyboard": []any{[]any{
			parameters{"text": "a", "data": "b"}}}}}, "unknown field data in InlineKeyboardButton"},
		{"long data", "sendMessage", parameters{"text": "a", "reply_markup": keyboardOf("a", strings.Repeat("b", 65))},
			"callback_data has 65 bytes, more than 64"},
		{"long text", "sendMessage", parameters{"text": strings.Repeat("a", 4097)}, "longer than 4096"},
		{"long text before parsing", "sendMessage", parameters{"text": "<b>" + strings.Repeat("a", 4096) + "</b>", "parse_mode": "HTML"}, ""},
		{"long toast", "answerCallbackQuery", parameters{"callback_query_id": "1", "text": strings.Repeat("a", 201)},
			"text has 201 characters, more than 200"},
		{"long description", "setMyDescription", parameters{"description": strings.Repeat("a", 513)}, "description has 513 characters"},
		{"scope without type", "getMyCommands", parameters{"scope": parameters{"chat_id": 5}}, "scope has no type of a BotCommandScope"},
		{"scope without chat", "getMyCommands", parameters{"scope": parameters{"type": "chat"}}, "required field chat_id"},
		{"chat of words", "sendMessage", parameters{"chat_id": "dewan", "text": "a"}, "chat_id is neither a number nor an @name"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			if _, given := row.call["chat_id"]; !given && strings.Contains(row.method, "Message") {
				row.call["chat_id"] = c.siti
			}
			c.ask(row.method, row.call)
			found := strings.Join(c.Violations(), "\n")
			if (found == "") != (row.want == "") || !strings.Contains(found, row.want) {
				t.Errorf("got %q, want %q", found, row.want)
			}
		})
	}
}

func TestLenientServerListsNothing(t *testing.T) {
	c := newCity(t, Options{Lenient: true})
	c.ask("sendMessage", parameters{"chat_id": "x", "nonsense": 1})
	if found := c.Violations(); len(found) != 0 {
		t.Errorf("got %v", found)
	}
}
