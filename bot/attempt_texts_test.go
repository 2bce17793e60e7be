package bot

import (
	"net/http"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// wordsOfRefusal are what Telegram answers when it does not do what it is asked
// for (as its server's source words it), and what becomes of the row: whether
// anything is tried again, and whether the chat counts as lost.
var wordsOfRefusal = []struct {
	code        int
	description string
	ending      ending
	reach       council.Reach // of the chat that can be reached no more; empty: it can
}{
	// Of the message alone: it ends, and the chat is as it was.
	{400, "Bad Request: chat_id is empty", endedNever, ""},
	{400, "Bad Request: message text is empty", endedNever, ""},
	{400, "Bad Request: text must be non-empty", endedNever, ""},
	{400, "Bad Request: message is too long", endedNever, ""},
	{400, "Bad Request: text is too long", endedNever, ""},
	{400, "Bad Request: message caption is too long", endedNever, ""},
	{400, "Bad Request: unsupported parse_mode", endedNever, ""},
	{400, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`, endedNever, ""},
	{400, `Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 2`, endedNever, ""},
	{400, "Bad Request: can't parse reply keyboard markup JSON object", endedNever, ""},
	{400, "Bad Request: object expected as reply markup", endedNever, ""},
	{400, `Bad Request: field "inline_keyboard" must be of type Array`, endedNever, ""},
	{400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", endedNever, ""},
	{400, `Bad Request: can't parse inline keyboard button: Can't find field "text"`, endedNever, ""},
	{400, "Bad Request: BUTTON_DATA_INVALID", endedNever, ""},
	{400, "Bad Request: reply markup is too long", endedNever, ""},
	{400, "Bad Request: message to be replied not found", endedNever, ""},
	{400, "Bad Request: message identifier is not specified", endedNever, ""},
	{400, "Bad Request: message to pin not found", endedNever, ""},
	{400, "Bad Request: message to forward not found", endedNever, ""},
	{400, "Bad Request: BOT_COMMAND_INVALID", endedNever, ""},
	{400, "Bad Request: BOT_COMMANDS_TOO_MUCH", endedNever, ""},
	{400, "Bad Request: command must be non-empty", endedNever, ""},
	{400, "Bad Request: command description must be non-empty", endedNever, ""},
	{400, "Bad Request: can't parse BotCommand: Can't find field \"description\"", endedNever, ""},
	{400, "Bad Request: expected an Array of BotCommand", endedNever, ""},
	{400, "Bad Request: file_id not specified", endedNever, ""},
	{400, "Bad Request: invalid file_id", endedNever, ""},
	{400, "Bad Request: wrong file_id or the file is temporarily unavailable", endedNever, ""},
	{400, "Bad Request: file is too big", endedNever, ""},
	{400, "Bad Request: there is no document in the request", endedNever, ""},
	{400, "Bad Request: wrong file identifier/HTTP URL specified", endedNever, ""},
	{400, "Bad Request: IMAGE_PROCESS_FAILED", endedNever, ""},
	{400, "Bad Request: wrong parameter action in request", endedNever, ""},
	{400, "Bad Request: user not found", endedNever, ""},
	{400, "Bad Request: query is too old and response timeout expired or query ID is invalid", endedNever, ""},
	{400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message", endedSent, ""},
	{400, "Bad Request: message to delete not found", endedSent, ""},
	{400, "Bad Request: message can't be deleted", endedKept, ""},
	// Of a message that stood once, or of a topic.
	{400, "Bad Request: message to edit not found", endedAfresh, ""},
	{400, "Bad Request: message can't be edited", endedAfresh, ""},
	{400, "Bad Request: there is no text in the message to edit", endedAfresh, ""},
	{400, "Bad Request: message thread not found", endedTopic, ""},
	{400, "Bad Request: TOPIC_CLOSED", endedTopic, ""},
	{400, "Bad Request: TOPIC_DELETED", endedTopic, ""},
	// Of the person or the group: nothing will ever arrive there.
	{400, "Bad Request: chat not found", endedNever, council.ReachUnknown},
	{403, "Forbidden: bot was blocked by the user", endedNever, council.ReachBlocked},
	{400, "Bad Request: USER_IS_BLOCKED", endedNever, council.ReachBlocked},
	{403, "Forbidden: user is deactivated", endedNever, council.ReachGone},
	{400, "Bad Request: INPUT_USER_DEACTIVATED", endedNever, council.ReachGone},
	{403, "Forbidden: bot can't initiate conversation with a user", endedNever, council.ReachUnknown},
	{400, "Bad Request: PEER_ID_INVALID", endedNever, council.ReachUnknown},
	{403, "Forbidden: the bot can't send messages to the bot", endedNever, council.ReachGone},
	{403, "Forbidden: bot was kicked from the group chat", endedNever, council.ReachGone},
	{403, "Forbidden: bot was kicked from the supergroup chat", endedNever, council.ReachGone},
	{403, "Forbidden: bot was kicked from the channel chat", endedNever, council.ReachGone},
	{403, "Forbidden: bot is not a member of the group chat", endedNever, council.ReachGone},
	{403, "Forbidden: bot is not a member of the supergroup chat", endedNever, council.ReachGone},
	{403, "Forbidden: bot is not a member of the channel chat", endedNever, council.ReachGone},
	{403, "Forbidden: the group chat was deleted", endedNever, council.ReachGone},
	{400, "Bad Request: not enough rights to send text messages to the chat", endedNever, council.ReachGone},
	{400, "Bad Request: have no write access to the chat", endedNever, council.ReachGone},
	{400, "Bad Request: CHAT_WRITE_FORBIDDEN", endedNever, council.ReachGone},
	{400, "Bad Request: CHANNEL_PRIVATE", endedNever, council.ReachGone},
	// Of the moment.
	{401, "Unauthorized", endedLater, ""},
	{404, "Not Found", endedLater, ""},
	{409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", endedLater, ""},
	{429, "Too Many Requests: retry after 5", endedLater, ""},
	{500, "Internal Server Error: restart", endedLater, ""},
}

func TestEveryRefusalEndsAsItShould(t *testing.T) {
	for _, row := range wordsOfRefusal {
		t.Run(row.description, func(t *testing.T) {
			out := store.Outgoing{Kind: store.KindMessage, ChatID: -5, ThreadID: 3}
			switch row.ending {
			case endedAfresh, endedSent:
				out = store.Outgoing{Kind: store.KindEdit, ChatID: -5, MessageID: 7}
			case endedKept:
				out = store.Outgoing{Kind: store.KindDelete, ChatID: -5, MessageID: 7}
			}
			err := &apiError{Code: row.code, Description: row.description}
			if got := classify(out, err); got != row.ending {
				t.Errorf("it ended as %d, not %d", got, row.ending)
			}
			if gone, reach := whyNever(err); gone != (row.reach != "") || reach != row.reach {
				t.Errorf("the chat counts as lost: %v, as %q", gone, reach)
			}
		})
	}
}

// TestWhoIsLostIsMarkedByEveryWordOfIt sends over HTTP and looks at what the database holds.
func TestWhoIsLostIsMarkedByEveryWordOfIt(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, row := range wordsOfRefusal {
		if row.reach == "" || row.code != http.StatusBadRequest && row.code != http.StatusForbidden {
			continue
		}
		t.Run(row.description, func(t *testing.T) {
			person := h.private(row.description)
			h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: person, Kind: sim.Refuse, Code: row.code, Description: row.description, Times: -1})
			h.queue(series(person, store.PriorityReminder, "kabar", 3)...)
			h.sent()
			if calls := callsTo(h, person); len(calls) != 1 {
				t.Errorf("tried %d times", len(calls))
			}
			if reach := h.actor(person).Reach; reach != row.reach {
				t.Errorf("the person is marked %q", reach)
			}
		})
	}
}
