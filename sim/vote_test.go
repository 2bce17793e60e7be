package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// pollUpdate is what the tests look at in updates about polls.
type pollUpdate struct {
	Poll   *wirePoll `json:"poll"`
	Answer *wireVote `json:"poll_answer"`
}

func (c *city) pollUpdates() []pollUpdate {
	c.t.Helper()
	var read []pollUpdate
	for _, one := range c.takeUpdates(0) {
		var parsed pollUpdate
		if err := json.Unmarshal([]byte(one.raw), &parsed); err != nil {
			c.t.Fatal(err)
		}
		read = append(read, parsed)
	}
	c.takeUpdates(c.LastUpdateID() + 1)
	return read
}

// pollOf is a sendPoll to the chat with three options, with more parameters in pairs.
func pollOf(chat int64, more ...any) parameters {
	call := parameters{"chat_id": chat, "question": "Kapan rapat?", "options": []parameters{{"text": "Senin"}, {"text": "Selasa"}, {"text": "Rabu"}}}
	for at := 0; at+1 < len(more); at += 2 {
		call[more[at].(string)] = more[at+1]
	}
	return call
}

func TestPoll(t *testing.T) {
	c := newCity(t, Options{})
	got := c.ask("sendPoll", pollOf(c.pokja, "is_anonymous", false, "reply_markup", keyboardOf("Tutup", "v1:1")))
	var sent wireMessage
	if err := json.Unmarshal(got.Result, &sent); err != nil || sent.Poll == nil {
		t.Fatalf("got %s", got.raw)
	}
	if sent.Poll.ID == "" || sent.Poll.Type != "regular" || sent.Poll.Anonymous || sent.Poll.Multiple || !sent.Poll.Revoting ||
		len(sent.Poll.Options) != 3 || sent.Markup == nil || sent.Text != "" {
		t.Errorf("got %s", got.raw)
	}
	c.mustVote(c.siti, c.pokja, sent.ID, 1)
	updates := c.pollUpdates()
	if len(updates) != 2 || updates[0].Answer == nil || updates[0].Answer.User.ID != c.siti || fmt.Sprint(updates[0].Answer.Options) != "[1]" ||
		updates[0].Answer.Poll != sent.Poll.ID || updates[1].Poll.Options[1].Voters != 1 || updates[1].Poll.Total != 1 {
		t.Errorf("the vote: %+v", updates)
	}
	c.mustVote(c.siti, c.pokja, sent.ID, 1)
	if updates := c.pollUpdates(); len(updates) != 0 {
		t.Errorf("the same vote again: %+v", updates)
	}
	c.mustVote(c.siti, c.pokja, sent.ID, 0)
	c.mustVote(c.baso, c.pokja, sent.ID, 0)
	c.mustVote(c.siti, c.pokja, sent.ID)
	updates = c.pollUpdates()
	if last := updates[len(updates)-1].Poll; last.Total != 1 || last.Options[0].Voters != 1 || last.Options[1].Voters != 0 {
		t.Errorf("at last: %+v", last)
	}
	if raw, err := json.Marshal(updates[4].Answer); err != nil || !strings.Contains(string(raw), `"option_ids":[]`) {
		t.Errorf("a vote that was taken back: %s", raw)
	}
	stopped := c.ask("stopPoll", parameters{"chat_id": c.pokja, "message_id": sent.ID})
	if !strings.Contains(stopped.raw, `"is_closed":true`) || !strings.Contains(stopped.raw, `"total_voter_count":1`) {
		t.Errorf("stopPoll: %s", stopped.raw)
	}
	if updates := c.pollUpdates(); len(updates) != 1 || !updates[0].Poll.Closed {
		t.Errorf("stopped: %+v", updates)
	}
	messages := c.Messages(c.pokja)
	if last := messages[len(messages)-1]; last.Poll == nil || !last.Poll.Closed || len(last.Buttons) != 0 {
		t.Errorf("after it was stopped: %+v", last)
	}
	if found := c.Violations(); len(found) > 0 {
		t.Errorf("violations: %v", found)
	}
}

func (c *city) mustVote(person, chat int64, message int, options ...int) {
	c.t.Helper()
	if err := c.Vote(person, chat, message, options...); err != nil {
		c.t.Error(err)
	}
}

func TestAnonymousPoll(t *testing.T) {
	c := newCity(t, Options{})
	id := c.sent("sendPoll", pollOf(c.pokja, "allows_multiple_answers", true))
	c.mustVote(c.siti, c.pokja, id, 2, 0, 2)
	updates := c.pollUpdates()
	if len(updates) != 1 || updates[0].Answer != nil || updates[0].Poll.Total != 1 || updates[0].Poll.Options[0].Voters+updates[0].Poll.Options[2].Voters != 2 {
		t.Errorf("got %+v", updates)
	}
}

func TestPollUpdatesByAllowedUpdates(t *testing.T) {
	c := newCity(t, Options{})
	c.ask("getUpdates", parameters{"allowed_updates": []string{"message", "poll_answer"}})
	id := c.sent("sendPoll", pollOf(c.pokja, "is_anonymous", false))
	c.mustVote(c.siti, c.pokja, id, 0)
	if updates := c.pollUpdates(); len(updates) != 1 || updates[0].Answer == nil {
		t.Errorf("got %+v", updates)
	}
}

func TestRefusedVotes(t *testing.T) {
	c := newCity(t, Options{})
	open := c.sent("sendPoll", pollOf(c.pokja))
	final := c.sent("sendPoll", pollOf(c.pokja, "allows_revoting", false))
	closed := c.sent("sendPoll", pollOf(c.pokja, "is_closed", true))
	c.mustVote(c.siti, c.pokja, final, 0)
	outside := c.Person(Person{FirstName: "Ani"})
	c.pollUpdates()
	for _, row := range []struct {
		name    string
		person  int64
		message int
		options []int
		want    string
	}{
		{"no poll", c.siti, c.greeting, []int{0}, "no_such_message"},
		{"nothing", c.siti, 9999, []int{0}, "no_such_message"},
		{"from outside", outside, open, []int{0}, "no_such_message"},
		{"closed", c.siti, closed, []int{0}, "poll_closed"},
		{"several of one", c.siti, open, []int{0, 1}, "poll_one_answer"},
		{"beyond", c.siti, open, []int{3}, "no_such_option"},
		{"before", c.siti, open, []int{-1}, "no_such_option"},
		{"final changed", c.siti, final, []int{1}, "poll_final"},
		{"final taken back", c.siti, final, nil, "poll_final"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c.mutex.Lock()
			problem := c.vote(c.people[row.person], c.chats[c.pokja], row.message, row.options)
			c.mutex.Unlock()
			if problem == nil || problem.word != row.want {
				t.Errorf("got %v, want %s", problem, row.want)
			}
		})
	}
	if updates := c.pollUpdates(); len(updates) != 0 {
		t.Errorf("refused votes tell the bot %+v", updates)
	}
}

func TestRefusedPolls(t *testing.T) {
	c := newCity(t, Options{})
	closed := c.sent("sendPoll", pollOf(c.pokja, "is_closed", true))
	many := func(count int) []parameters {
		var options []parameters
		for at := range count {
			options = append(options, parameters{"text": strconv.Itoa(at)})
		}
		return options
	}
	c.sent("sendPoll", pollOf(c.pokja, "options", many(12)))
	c.sent("sendPoll", pollOf(c.pokja, "options", many(1)))
	c.refuses(t, []wrongCall{
		{"blank question", "sendPoll", pollOf(c.pokja, "question", " "), 400, "Bad Request: text must be non-empty"},
		{"long question", "sendPoll", pollOf(c.pokja, "question", strings.Repeat("é", 301)), 400,
			"Bad Request: poll question length must not exceed 300"},
		{"no options", "sendPoll", pollOf(c.pokja, "options", many(0)), 400, "Bad Request: poll must have at least one answer option"},
		{"thirteen", "sendPoll", pollOf(c.pokja, "options", many(13)), 400, "Bad Request: poll can't have more than 12 options"},
		{"blank option", "sendPoll", pollOf(c.pokja, "options", []parameters{{"text": "a"}, {"text": "\n"}}), 400, "Bad Request: text must be non-empty"},
		{"long option", "sendPoll", pollOf(c.pokja, "options", []parameters{{"text": strings.Repeat("a", 101)}}), 400,
			"Bad Request: poll options length must not exceed 100"},
		{"options are no JSON", "sendPoll", pollOf(c.pokja, "options", "["), 400, "Bad Request: can't parse options JSON object"},
		{"options are an object", "sendPoll", pollOf(c.pokja, "options", parameters{}), 400, "Bad Request: expected an Array of InputPollOption"},
		{"option is a number", "sendPoll", pollOf(c.pokja, "options", []int{1}), 400,
			"Bad Request: can't parse InputPollOption: Expected InputPollOption to be an Object"},
		{"option without text", "sendPoll", pollOf(c.pokja, "options", []parameters{{}}), 400,
			`Bad Request: can't parse InputPollOption: Can't find field "text"`},
		{"type", "sendPoll", pollOf(c.pokja, "type", "vote"), 400, "Bad Request: unsupported poll type specified"},
		{"chat before the poll", "sendPoll", pollOf(c.baso, "question", ""), 403, "Forbidden: bot can't initiate conversation with a user"},
		{"bad button", "sendPoll", pollOf(c.pokja, "reply_markup", keyboardOf("a", strings.Repeat("b", 65))), 400, "Bad Request: BUTTON_DATA_INVALID"},
		{"stop nothing", "stopPoll", parameters{"chat_id": c.pokja, "message_id": 9999}, 400, "Bad Request: message with poll to stop not found"},
		{"stop without a message", "stopPoll", parameters{"chat_id": c.pokja}, 400, "Bad Request: message with poll to stop not found"},
		{"stop a text", "stopPoll", parameters{"chat_id": c.pokja, "message_id": c.greeting}, 400, "Bad Request: message is not a poll"},
		{"stop another's", "stopPoll", parameters{"chat_id": c.pokja, "message_id": c.sitiMessage}, 400, "Bad Request: message is not a poll"},
		{"stop twice", "stopPoll", parameters{"chat_id": c.pokja, "message_id": closed}, 400, "Bad Request: poll has already been closed"},
		{"edit its text", "editMessageText", about(c.pokja, closed), 400, "Bad Request: there is no text in the message to edit"},
		{"edit its caption", "editMessageCaption", about(c.pokja, closed, "caption", "a"), 400, "Bad Request: there is no caption in the message to edit"},
		{"edit its media", "editMessageMedia", parameters{"chat_id": c.pokja, "message_id": closed,
			"media": parameters{"type": "document", "media": c.sentDocument(c.siti)}}, 400, "Bad Request: message media can't be edited"},
	})
}

func TestPollsEndByThemselves(t *testing.T) {
	start := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		name string
		more []any
		ends time.Duration // 0: not by itself
		want string        // violation
	}{
		{"period", []any{"open_period", 3600}, time.Hour, ""},
		{"date", []any{"close_date", start.Add(2 * time.Hour).Unix()}, 2 * time.Hour, ""},
		{"neither", nil, 0, ""},
		{"both", []any{"open_period", 3600, "close_date", start.Add(time.Hour).Unix()}, 0, "exclude"},
		{"too short", []any{"open_period", 4}, 0, "open_period is not within"},
		{"past", []any{"close_date", start.Add(-time.Hour).Unix()}, 0, "close_date is not within"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			id := c.sent("sendPoll", pollOf(c.pokja, row.more...))
			closedAfter := func(span time.Duration) bool {
				c.clock = start.Add(span)
				waits := c.pollUpdates()
				messages := c.Messages(c.pokja)
				closed := messages[len(messages)-1].Poll.Closed
				if told := len(waits) == 1 && waits[0].Poll.Closed; told != closed {
					t.Errorf("after %v: closed %v, told %+v", span, closed, waits)
				}
				return closed
			}
			if row.ends == 0 {
				if closedAfter(1000 * time.Hour) {
					t.Error("it ended")
				}
			} else if closedAfter(row.ends-time.Second) || !closedAfter(row.ends) {
				t.Error("it did not end when it should")
			} else if err := c.Vote(c.siti, c.pokja, id, 0); err == nil {
				t.Error("a vote after the end")
			}
			if found := strings.Join(c.Violations(), "\n"); (found == "") != (row.want == "") || !strings.Contains(found, row.want) {
				t.Errorf("violations: %q", found)
			}
		})
	}
}

func TestAHeldPollHearsOfAnEnd(t *testing.T) {
	c := newCity(t, Options{Now: time.Now})
	// The poll ends in five real seconds, so its end is put forward.
	id := c.sent("sendPoll", pollOf(c.pokja, "open_period", 5))
	held := c.poll(c.LastUpdateID()+1, 50)
	c.mutex.Lock()
	c.chats[c.pokja].byID[id].poll.closes = time.Now()
	c.mutex.Unlock()
	if updates := c.updatesOf(<-held); len(updates) != 1 || !strings.Contains(updates[0].raw, `"is_closed":true`) {
		t.Errorf("got %+v", updates)
	}
}

func TestPageVotes(t *testing.T) {
	p := newPage(t)
	id := strconv.Itoa(p.sent("sendPoll", pollOf(p.pokja, "allows_multiple_answers", true)))
	vote := func(options string) (int, string) {
		return p.act("/api/vote", p.siti, p.pokja, "message", id, "options", options)
	}
	if status, body := vote("0,2"); status != 200 {
		t.Fatal(body)
	}
	last := func(person int64) pageMessage {
		messages := p.state(person, p.pokja).Chat.Messages
		return messages[len(messages)-1]
	}
	if got := last(p.siti).Poll; got == nil || fmt.Sprint(got.Mine) != "[0 2]" || got.Total != 1 || got.Options[2].Voters != 1 {
		t.Errorf("siti sees %+v", got)
	}
	if got := last(p.baso).Poll; len(got.Mine) != 0 || got.Total != 1 {
		t.Errorf("baso sees %+v", got)
	}
	if chats := p.state(p.siti, 0).Chats; chats[1].Last != "Kapan rapat?" {
		t.Errorf("the list says %q", chats[1].Last)
	}
	if status, _ := vote(""); status != 200 || len(last(p.siti).Poll.Mine) != 0 {
		t.Error("the vote cannot be taken back")
	}
	for _, wrong := range []string{"7", "satu"} {
		if status, body := vote(wrong); status != http.StatusConflict || !strings.Contains(body, "no_such_option") {
			t.Errorf("option %s: %d %s", wrong, status, body)
		}
	}
}
