package sim

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

type parameters = map[string]any

// wrongCall is a call that Telegram refuses.
type wrongCall struct {
	name        string
	method      string
	call        parameters
	code        int
	description string
}

func (c *city) refuses(t *testing.T, rows []wrongCall) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := c.ask(row.method, row.call)
			if got.status != row.code || got.Code != row.code || got.OK || got.Description != row.description {
				t.Errorf("got %d %s\nwant %d %s", got.status, got.raw, row.code, row.description)
			}
		})
	}
}

// to is a sendMessage to the chat, with more parameters in pairs.
func to(chat int64, more ...any) parameters {
	call := parameters{"chat_id": chat, "text": "Halo"}
	for at := 0; at+1 < len(more); at += 2 {
		call[more[at].(string)] = more[at+1]
	}
	return call
}

// about is a call about a message.
func about(chat int64, id int, more ...any) parameters {
	return to(chat, append([]any{"message_id", id}, more...)...)
}

func commandsOf(raw string) parameters { return parameters{"commands": json.RawMessage(raw)} }

func TestRefusedTexts(t *testing.T) {
	c := newCity(t, Options{})
	html := func(text string) parameters { return to(c.siti, "text", text, "parse_mode", "HTML") }
	v2 := func(text string) parameters { return to(c.siti, "text", text, "parse_mode", "MarkdownV2") }
	c.refuses(t, []wrongCall{
		{"no text", "sendMessage", parameters{"chat_id": c.siti}, 400, "Bad Request: message text is empty"},
		{"empty text before empty chat", "sendMessage", parameters{}, 400, "Bad Request: message text is empty"},
		{"blanks", "sendMessage", to(c.siti, "text", " \n "), 400, "Bad Request: text must be non-empty"},
		{"only tags", "sendMessage", html("<b></b>"), 400, "Bad Request: text must be non-empty"},
		{"too long", "sendMessage", to(c.siti, "text", strings.Repeat("é", 4097)), 400, "Bad Request: message is too long"},
		{"too many bytes", "sendMessage", to(c.siti, "text", strings.Repeat("a", 32769)), 400, "Bad Request: text is too long"},
		{"parse mode", "sendMessage", to(c.siti, "parse_mode", "XML"), 400, "Bad Request: unsupported parse_mode"},
		{"end tag missing", "sendMessage", html("<b>Halo"), 400,
			`Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{"unknown tag", "sendMessage", html("a <p>b</p>"), 400,
			`Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 2`},
		{"tag not closed", "sendMessage", html("<b"), 400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 0"},
		{"end without start", "sendMessage", html("abc</b>"), 400,
			"Bad Request: can't parse entities: Unexpected end tag at byte offset 3"},
		{"wrong end", "sendMessage", html("<b>a</i>"), 400,
			`Bad Request: can't parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"end not closed", "sendMessage", html("<b>a</b"), 400, "Bad Request: can't parse entities: Unclosed end tag at byte offset 4"},
		{"reserved", "sendMessage", v2("Halo."), 400,
			`Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\'`},
		{"bold without end", "sendMessage", v2("a *b"), 400,
			"Bad Request: can't parse entities: Can't find end of Bold entity at byte offset 2"},
		{"old Markdown without end", "sendMessage", to(c.siti, "text", "a _b", "parse_mode", "Markdown"), 400,
			"Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 2"},
	})
}

func TestRefusedKeyboards(t *testing.T) {
	c := newCity(t, Options{})
	markup := func(raw string) parameters { return to(c.siti, "reply_markup", json.RawMessage(raw)) }
	c.refuses(t, []wrongCall{
		{"markup is no JSON", "sendMessage", to(c.siti, "reply_markup", "{"), 400,
			"Bad Request: can't parse reply keyboard markup JSON object"},
		{"markup is a list", "sendMessage", markup(`[]`), 400, "Bad Request: object expected as reply markup"},
		{"markup is null", "sendMessage", markup(`null`), 400, "Bad Request: object expected as reply markup"},
		{"keyboard is no list", "sendMessage", markup(`{"inline_keyboard":{}}`), 400,
			`Bad Request: field "inline_keyboard" must be of type Array`},
		{"keyboard is null", "sendMessage", markup(`{"inline_keyboard":null}`), 400,
			`Bad Request: field "inline_keyboard" must be of type Array`},
		{"row is no list", "sendMessage", markup(`{"inline_keyboard":[{}]}`), 400,
			`Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays`},
		{"button without action", "sendMessage", markup(`{"inline_keyboard":[[{"text":"a"}]]}`), 400,
			"Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"button with empty data", "sendMessage", markup(`{"inline_keyboard":[[{"text":"a","callback_data":""}]]}`), 400,
			"Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"button without text", "sendMessage", markup(`{"inline_keyboard":[[{"callback_data":"a"}]]}`), 400,
			`Bad Request: can't parse inline keyboard button: Can't find field "text"`},
		{"data of 65 bytes", "sendMessage", to(c.siti, "reply_markup", keyboardOf("a", strings.Repeat("é", 32)+"a")), 400,
			"Bad Request: BUTTON_DATA_INVALID"},
		{"too many buttons", "sendMessage", markup(manyButtons(101)), 400, "Bad Request: reply markup is too long"},
	})
}

func TestRefusedChats(t *testing.T) {
	c := newCity(t, Options{})
	blocked, gone := c.acquaintance("Ani"), c.acquaintance("Budi")
	c.Block(blocked)
	c.Deactivate(gone)
	kicked, kickedSuper := c.groupWithBot(false), c.groupWithBot(true)
	c.RemoveBot(kicked, c.siti)
	c.RemoveBot(kickedSuper, c.siti)
	outside := c.Group(Group{Title: "Luar", Supergroup: true, Members: []int64{c.siti}})
	dissolved, muted := c.groupWithBot(false), c.groupWithBot(true)
	c.Dissolve(dissolved)
	c.Mute(muted, true)
	topic := c.Topic(c.dewan, "Rapat")
	c.DeleteTopic(c.dewan, topic)
	c.refuses(t, []wrongCall{
		{"unknown method", "sendEverything", nil, 404, "Not Found: method not found"},
		{"no chat", "sendMessage", parameters{"text": "Halo"}, 400, "Bad Request: chat_id is empty"},
		{"unknown chat", "sendMessage", to(5), 400, "Bad Request: chat not found"},
		{"chat that is no number", "sendMessage", parameters{"chat_id": "abc", "text": "Halo"}, 400, "Bad Request: chat not found"},
		{"reply to nothing", "sendMessage", to(c.siti, "reply_parameters", parameters{"message_id": 9999}), 400,
			"Bad Request: message to be replied not found"},
		{"deleted topic", "sendMessage", to(c.dewan, "message_thread_id", topic), 400, "Bad Request: message thread not found"},
		{"topic of a group without", "sendMessage", to(c.pokja, "message_thread_id", 7), 400, "Bad Request: message thread not found"},
		{"never started", "sendMessage", to(c.baso), 403, "Forbidden: bot can't initiate conversation with a user"},
		{"blocked", "sendMessage", to(blocked), 403, "Forbidden: bot was blocked by the user"},
		{"deactivated", "sendMessage", to(gone), 403, "Forbidden: user is deactivated"},
		{"itself", "sendMessage", to(c.BotID()), 403, "Forbidden: the bot can't send messages to the bot"},
		{"kicked from a group", "sendMessage", to(kicked), 403, "Forbidden: bot was kicked from the group chat"},
		{"kicked from a supergroup", "sendMessage", to(kickedSuper), 403, "Forbidden: bot was kicked from the supergroup chat"},
		{"not in the group", "sendMessage", to(c.strangers), 403, "Forbidden: bot is not a member of the group chat"},
		{"not in the supergroup", "sendMessage", to(outside), 403, "Forbidden: bot is not a member of the supergroup chat"},
		{"group deleted", "sendMessage", to(dissolved), 403, "Forbidden: the group chat was deleted"},
		{"muted", "sendMessage", to(muted), 400, "Bad Request: not enough rights to send text messages to the chat"},
		{"action", "sendChatAction", to(c.siti, "action", "dancing"), 400, "Bad Request: wrong parameter action in request"},
		{"unknown member", "getChatMember", parameters{"chat_id": c.pokja, "user_id": 77}, 400, "Bad Request: user not found"},
	})
}

func TestRefusedMessages(t *testing.T) {
	c := newCity(t, Options{})
	c.sentDocument(c.siti)
	c.refuses(t, []wrongCall{
		{"edit nothing", "editMessageText", about(c.siti, 9999), 400, "Bad Request: message to edit not found"},
		{"edit without id", "editMessageText", to(c.siti), 400, "Bad Request: message identifier is not specified"},
		{"edit another's", "editMessageText", about(c.pokja, c.sitiMessage), 400, "Bad Request: message can't be edited"},
		{"edit the text of a document", "editMessageText", about(c.siti, c.lastOf(c.siti, true)), 400,
			"Bad Request: there is no text in the message to edit"},
		{"edit into the same", "editMessageText", about(c.pokja, c.greeting, "reply_markup", keyboardOf("Siap", "v1:1")), 400,
			"Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a " +
				"current content and reply markup of the message"},
		{"same buttons", "editMessageReplyMarkup", about(c.pokja, c.greeting, "reply_markup", keyboardOf("Siap", "v1:1")), 400,
			"Bad Request: " + notModified},
		{"delete nothing", "deleteMessage", about(c.siti, 9999), 400, "Bad Request: message to delete not found"},
		{"delete without id", "deleteMessage", to(c.siti), 400, "Bad Request: message identifier is not specified"},
		{"delete another's in a group", "deleteMessage", about(c.pokja, c.sitiMessage), 400, "Bad Request: message can't be deleted"},
		{"pin nothing", "pinChatMessage", about(c.pokja, 9999), 400, "Bad Request: message to pin not found"},
		{"react to nothing", "setMessageReaction", about(c.pokja, 9999), 400, "Bad Request: message to react not found"},
		{"answer to no press", "answerCallbackQuery", parameters{"callback_query_id": "7"}, 400,
			"Bad Request: query is too old and response timeout expired or query ID is invalid"},
	})
}

func TestRefusedCommands(t *testing.T) {
	c := newCity(t, Options{})
	c.refuses(t, []wrongCall{
		{"command in capitals", "setMyCommands", commandsOf(`[{"command":"Tugas","description":"a"}]`), 400,
			"Bad Request: BOT_COMMAND_INVALID"},
		{"101 commands", "setMyCommands", commandsOf(manyCommands(101)), 400, "Bad Request: BOT_COMMANDS_TOO_MUCH"},
		{"empty command", "setMyCommands", commandsOf(`[{"command":"","description":"a"}]`), 400, "Bad Request: command must be non-empty"},
		{"long command", "setMyCommands", commandsOf(`[{"command":"` + strings.Repeat("a", 33) + `","description":"a"}]`), 400,
			"Bad Request: command length must not exceed 32"},
		{"empty description", "setMyCommands", commandsOf(`[{"command":"a","description":""}]`), 400,
			"Bad Request: command description must be non-empty"},
		{"long description", "setMyCommands", commandsOf(`[{"command":"a","description":"` + strings.Repeat("a", 257) + `"}]`), 400,
			"Bad Request: command description length must not exceed 256"},
		{"command without description", "setMyCommands", commandsOf(`[{"command":"a"}]`), 400,
			`Bad Request: can't parse BotCommand: Can't find field "description"`},
		{"commands are no JSON", "setMyCommands", parameters{"commands": "["}, 400, "Bad Request: can't parse commands JSON object"},
		{"commands are an object", "setMyCommands", commandsOf(`{}`), 400, "Bad Request: expected an Array of BotCommand"},
	})
}

func TestRefusedFiles(t *testing.T) {
	c := newCity(t, Options{})
	document := c.sentDocument(c.siti)
	c.Say(Message{Chat: c.siti, Person: c.siti, Document: &File{Name: "b.zip", Bytes: make([]byte, mostDownload+1)}})
	messages := c.Messages(c.siti)
	bigID := messages[len(messages)-1].FileID
	c.refuses(t, []wrongCall{
		{"no file id", "getFile", nil, 400, "Bad Request: file_id not specified"},
		{"bad file id", "getFile", parameters{"file_id": "x"}, 400, "Bad Request: invalid file_id"},
		{"unknown file id", "getFile", parameters{"file_id": "BQACx"}, 400,
			"Bad Request: wrong file_id or the file is temporarily unavailable"},
		{"big file", "getFile", parameters{"file_id": bigID}, 400, "Bad Request: file is too big"},
		{"no document", "sendDocument", to(c.siti), 400, "Bad Request: there is no document in the request"},
		{"no photo", "sendPhoto", to(c.siti), 400, "Bad Request: there is no photo in the request"},
		{"unknown document", "sendDocument", to(c.siti, "document", "nothing"), 400,
			"Bad Request: wrong file identifier/HTTP URL specified"},
		{"caption too long", "sendDocument", parameters{"chat_id": c.siti, "document": document, "caption": strings.Repeat("a", 1025)},
			400, "Bad Request: message caption is too long"},
	})
}

// sentDocument sends a document to the chat and returns its file id.
func (c *city) sentDocument(chat int64) string {
	c.t.Helper()
	kind, body := multipartOf(c.t, map[string]string{"chat_id": strconv.FormatInt(chat, 10)}, "document", "a.txt", []byte("isi"))
	got := c.post(c.url+"/bot"+c.Token()+"/sendDocument", kind, body)
	var result struct{ Document wireFile }
	if err := json.Unmarshal(got.Result, &result); err != nil || result.Document.ID == "" {
		c.t.Fatalf("sendDocument: %s", got.raw)
	}
	return result.Document.ID
}

// lastOf is the id of the last message of the bot in the chat, with or without a document.
func (c *city) lastOf(chat int64, document bool) int {
	found := 0
	for _, m := range c.Messages(chat) {
		if m.Bot && (m.Document != nil) == document {
			found = m.ID
		}
	}
	return found
}

// acquaintance is a person who has started the bot.
func (c *city) acquaintance(name string) int64 {
	id := c.Person(Person{FirstName: name})
	c.Say(Message{Chat: id, Person: id, Text: "/start"})
	return id
}

func (c *city) groupWithBot(super bool) int64 {
	group := c.Group(Group{Title: "Grup", Supergroup: super, Members: []int64{c.siti}})
	c.AddBot(group, c.siti)
	return group
}

func manyButtons(count int) string {
	return `{"inline_keyboard":[` + strings.TrimSuffix(strings.Repeat(`[{"text":"a","callback_data":"b"}],`, count), ",") + `]}`
}

func manyCommands(count int) string {
	return `[` + strings.TrimSuffix(strings.Repeat(`{"command":"a","description":"b"},`, count), ",") + `]`
}

func TestAnswersToWrongAddresses(t *testing.T) {
	c := newCity(t, Options{})
	for _, row := range []struct {
		name, path  string
		code        int
		description string
	}{
		{"no bot", "/", http.StatusNotFound, "Not Found"},
		{"malformed token", "/botabc/getMe", http.StatusUnauthorized, "Unauthorized: invalid token specified"},
		{"another token", "/bot1:AAAAAAAAAAAA/getMe", http.StatusUnauthorized, "Unauthorized"},
		{"file of another token", "/file/bot1:AAAAAAAAAAAA/documents/a", http.StatusUnauthorized, "Unauthorized"},
		{"file that is not there", "/file/bot" + c.Token() + "/documents/a", http.StatusNotFound, "Not Found"},
		{"no method", "/bot" + c.Token(), http.StatusNotFound, "Not Found: method not found"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := c.post(c.url+row.path, "application/json", nil)
			if got.status != row.code || got.Description != row.description {
				t.Errorf("got %d %s", got.status, got.raw)
			}
		})
	}
}

func TestMethodNamesIgnoreCase(t *testing.T) {
	c := newCity(t, Options{})
	if got := c.ask("GETME", nil); !got.OK || !strings.Contains(got.raw, `"username":"rembuk_bot"`) {
		t.Errorf("getMe in capitals answers %s", got.raw)
	}
}

func TestMigration(t *testing.T) {
	c := newCity(t, Options{})
	grown := c.Migrate(c.pokja)
	if grown > supergroupBase {
		t.Errorf("the new chat %d does not look like a supergroup", grown)
	}
	got := c.ask("sendMessage", parameters{"chat_id": c.pokja, "text": "Halo"})
	if got.status != 400 || got.Description != "Bad Request: group chat was upgraded to a supergroup chat" || got.Parameters.MigrateTo != grown {
		t.Errorf("the old chat answers %s", got.raw)
	}
	if id := c.sent("sendMessage", parameters{"chat_id": grown, "text": "Halo"}); id == 0 {
		t.Error("the new chat takes no message")
	}
	updates := c.takeUpdates(0)
	if len(updates) != 2 || updates[0].Message.MigrateTo != grown || updates[1].Message.MigrateFrom != c.pokja {
		t.Errorf("updates of a migration: %+v", updates)
	}
	if got := c.ask("getChatMemberCount", parameters{"chat_id": grown}); string(got.Result) != "3" {
		t.Errorf("members after migration: %s", got.raw)
	}
}
