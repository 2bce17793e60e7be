package sim

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Telegram's limits of a poll (TDLib's MessageContent.cpp and PollOption.cpp; the Bot API for the times).
const (
	mostQuestion = 300
	mostOptions  = 12
	mostOption   = 100
	leastOpen    = 5 * time.Second
	mostOpen     = 2628000 * time.Second
	firstPoll    = 5_000_000_000_000_000_000
)

// poll is what a message asks people to choose from.
type poll struct {
	id                          string
	question                    string
	options                     []string
	anonymous, multiple, closed bool
	final                       bool          // a vote cannot be changed
	period                      time.Duration // how long it is open, 0 if that was not said
	closes                      time.Time     // zero if it is open until it is stopped
	votes                       map[int64][]int
}

func (s *Server) sendPoll(r *request) (any, *refusal) {
	question, _, refused := formatted(&request{values: map[string]string{"parse_mode": r.values["question_parse_mode"]}}, r.values["question"], "")
	if refused != nil {
		return nil, refused
	}
	options, refused := parseOptions(r.values["options"])
	if refused != nil {
		return nil, refused
	}
	if kind := r.values["type"]; kind != "" && kind != "regular" {
		s.violate("sendPoll: polls of type " + kind + " are not imitated")
		return nil, badRequest("unsupported poll type specified")
	}
	for _, name := range []string{"description", "media", "shuffle_options", "allow_adding_options", "hide_results_until_closes", "members_only"} {
		if r.values[name] != "" {
			s.violate("sendPoll: " + name + " is not imitated")
		}
	}
	asked := &poll{question: question, options: options, votes: map[int64][]int{}, multiple: r.yes("allows_multiple_answers"),
		anonymous: r.values["is_anonymous"] == "" || r.yes("is_anonymous"), closed: r.yes("is_closed"),
		final: r.values["allows_revoting"] != "" && !r.yes("allows_revoting")}
	s.setClosing(r, asked)
	return s.deliver(r, &message{poll: asked})
}

// parseOptions reads the options, each of which is an object or only its text.
func parseOptions(raw string) ([]string, *refusal) {
	var whole json.RawMessage
	if raw != "" && json.Unmarshal([]byte(raw), &whole) != nil {
		return nil, badRequest("can't parse options JSON object")
	}
	var items []json.RawMessage
	if raw != "" && json.Unmarshal(whole, &items) != nil {
		return nil, badRequest("expected an Array of InputPollOption")
	}
	var options []string
	for _, item := range items {
		var text string
		if json.Unmarshal(item, &text) == nil {
			options = append(options, text)
			continue
		}
		var fields struct{ Text *string }
		if json.Unmarshal(item, &fields) != nil {
			return nil, badRequest("can't parse InputPollOption: Expected InputPollOption to be an Object")
		}
		if fields.Text == nil {
			return nil, badRequest(`can't parse InputPollOption: Can't find field "text"`)
		}
		options = append(options, *fields.Text)
	}
	return options, nil
}

// setClosing reads when the poll ends. What Telegram does with times outside of its limits is not known: here the poll
// stays open and the violation is listed.
func (s *Server) setClosing(r *request, asked *poll) {
	now := s.now()
	period, date := time.Duration(r.number("open_period"))*time.Second, r.number("close_date")
	switch span := time.Unix(date, 0).Sub(now); {
	case period != 0 && date != 0:
		s.violate("sendPoll: open_period and close_date exclude each other")
	case period != 0 && (period < leastOpen || period > mostOpen):
		s.violate("sendPoll: open_period is not within 5-2628000 seconds")
	case date != 0 && (span < leastOpen || span > mostOpen):
		s.violate("sendPoll: close_date is not within 5-2628000 seconds from now")
	case period != 0:
		asked.period, asked.closes = period, now.Add(period)
	case date != 0:
		asked.closes = time.Unix(date, 0)
	}
}

// finish trims the poll's texts and says what Telegram does not take.
func (p *poll) finish() *refusal {
	p.question, _ = trim(p.question, nil)
	switch {
	case p.question == "":
		return badRequest("text must be non-empty")
	case utf8.RuneCountInString(p.question) > mostQuestion:
		return badRequest("poll question length must not exceed 300")
	case len(p.options) == 0:
		return badRequest("poll must have at least one answer option")
	case len(p.options) > mostOptions:
		return badRequest("poll can't have more than 12 options")
	}
	p.options = slices.Clone(p.options)
	for at, option := range p.options {
		p.options[at], _ = trim(strings.ToValidUTF8(option, ""), nil)
		if p.options[at] == "" {
			return badRequest("text must be non-empty")
		}
		if utf8.RuneCountInString(p.options[at]) > mostOption {
			return badRequest("poll options length must not exceed 100")
		}
	}
	return nil
}

// open numbers a poll that has been sent, and remembers those that end by themselves.
func (s *Server) open(m *message) {
	s.polls++
	m.poll.id = strconv.FormatInt(firstPoll+s.polls, 10)
	if !m.poll.closes.IsZero() && !m.poll.closed {
		s.timed = append(s.timed, m)
	}
}

func (s *Server) stopPoll(r *request) (any, *refusal) {
	shown, refused := parseMarkup(r)
	if refused != nil {
		return nil, refused
	}
	c, refused := s.writableChat(r)
	if refused != nil {
		return nil, refused
	}
	m := c.byID[int(r.number("message_id"))]
	switch {
	case m == nil || m.deleted:
		return nil, badRequest("message with poll to stop not found")
	case m.poll == nil:
		return nil, badRequest("message is not a poll")
	case m.poll.closed:
		return nil, badRequest("poll has already been closed")
	}
	if refused := refuseKeyboard(shown.keyboard); refused != nil {
		return nil, refused
	}
	m.keyboard = shown.keyboard
	s.close(m)
	return m.poll.wire(), nil
}

// close ends a poll and tells the bot.
func (s *Server) close(m *message) {
	m.poll.closed = true
	s.timed = slices.DeleteFunc(s.timed, func(other *message) bool { return other == m })
	s.emit("poll", m.poll.wire(), messageLife)
	s.changed()
}

// passTime does what happens by itself as time goes on: polls end, and updates that nobody fetched are dropped.
func (s *Server) passTime() {
	now := s.now()
	for _, m := range slices.Clone(s.timed) {
		if !now.Before(m.poll.closes) {
			s.close(m)
		}
	}
	s.queue.expire(now)
}
