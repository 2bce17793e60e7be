package sim

import (
	"slices"
	"strconv"
)

// Poll is a poll as it stands now.
type Poll struct {
	Question  string       `json:"question"`
	Options   []PollOption `json:"options"`
	Total     int          `json:"total"` // of those who have voted
	Closed    bool         `json:"closed"`
	Multiple  bool         `json:"multiple"`
	Anonymous bool         `json:"anonymous"`
	Final     bool         `json:"final"` // a vote cannot be changed
}

// PollOption is one option of a poll with the number of those who chose it.
type PollOption struct {
	Text   string `json:"text"`
	Voters int    `json:"voters"`
}

func (p *poll) show() *Poll {
	if p == nil {
		return nil
	}
	shown := &Poll{Question: p.question, Total: len(p.votes), Closed: p.closed, Multiple: p.multiple, Anonymous: p.anonymous, Final: p.final}
	for _, text := range p.options {
		shown.Options = append(shown.Options, PollOption{Text: text})
	}
	for _, chosen := range p.votes {
		for _, option := range chosen {
			shown.Options[option].Voters++
		}
	}
	return shown
}

type wirePollOption struct {
	ID     string `json:"persistent_id"`
	Text   string `json:"text"`
	Voters int    `json:"voter_count"`
}

type wirePoll struct {
	ID          string           `json:"id"`
	Question    string           `json:"question"`
	Options     []wirePollOption `json:"options"`
	Total       int              `json:"total_voter_count"`
	Closed      bool             `json:"is_closed"`
	Anonymous   bool             `json:"is_anonymous"`
	Type        string           `json:"type"`
	Multiple    bool             `json:"allows_multiple_answers"`
	Revoting    bool             `json:"allows_revoting"`
	MembersOnly bool             `json:"members_only"`
	OpenPeriod  int64            `json:"open_period,omitempty"`
	CloseDate   int64            `json:"close_date,omitempty"`
}

func (p *poll) wire() *wirePoll {
	now := p.show()
	shape := &wirePoll{ID: p.id, Question: p.question, Total: now.Total, Closed: p.closed, Anonymous: p.anonymous, Type: "regular",
		Multiple: p.multiple, Revoting: !p.final, OpenPeriod: int64(p.period.Seconds())}
	for at, option := range now.Options {
		shape.Options = append(shape.Options, wirePollOption{strconv.Itoa(at), option.Text, option.Voters})
	}
	if !p.closes.IsZero() {
		shape.CloseDate = p.closes.Unix()
	}
	return shape
}

type wireVote struct {
	Poll    string    `json:"poll_id"`
	Group   *wireChat `json:"voter_chat,omitempty"`
	User    *wireUser `json:"user,omitempty"`
	Options []int     `json:"option_ids"`
	IDs     []string  `json:"option_persistent_ids"`
}

// Vote is a person choosing options of a poll, counted from 0, in place of what they chose before; with none the vote is
// taken back. It is an error if the poll does not allow that, with the checks in TDLib's order (PollManager.cpp).
func (s *Server) Vote(person, chat int64, messageID int, options ...int) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if problem := s.vote(s.mustPerson(person), s.mustChat(chat), messageID, options); problem != nil {
		return problem
	}
	return nil
}

func (s *Server) vote(p *person, c *chat, messageID int, options []int) *obstacle {
	s.passTime()
	m := c.byID[messageID]
	if m == nil || m.deleted || m.poll == nil || !c.inside(p.ID) && c.ID != p.ID {
		return hinder("no_such_message", "in chat %d there is no poll %d for person %d", c.ID, messageID, p.ID)
	}
	asked := m.poll
	chosen := slices.Compact(slices.Sorted(slices.Values(options)))
	before, voted := asked.votes[p.ID]
	switch {
	case asked.closed:
		return hinder("poll_closed", "poll %d is closed", messageID)
	case len(chosen) > 1 && !asked.multiple:
		return hinder("poll_one_answer", "poll %d takes one answer", messageID)
	case len(chosen) == 0 && asked.final:
		return hinder("poll_final", "a vote in poll %d cannot be taken back", messageID)
	case len(chosen) > 0 && (chosen[0] < 0 || chosen[len(chosen)-1] >= len(asked.options)):
		return hinder("no_such_option", "poll %d has only %d options", messageID, len(asked.options))
	case voted && asked.final:
		return hinder("poll_final", "a vote in poll %d cannot be changed", messageID)
	}
	c.reads(p.ID, m.thread, m.id)
	if slices.Equal(chosen, before) {
		return nil
	}
	act := Act{Kind: Votes, Person: p.ID, Chat: c.ID, Message: m.id}
	for _, option := range chosen {
		act.Options = append(act.Options, asked.options[option])
	}
	s.observed(act)
	if asked.votes[p.ID] = chosen; len(chosen) == 0 {
		delete(asked.votes, p.ID)
	}
	s.tellVote(p, m, chosen)
	return nil
}

// tellVote sends who chose what, unless the poll is anonymous, and the new counts.
func (s *Server) tellVote(p *person, m *message, chosen []int) {
	if !m.poll.anonymous {
		vote := wireVote{Poll: m.poll.id, User: &p.wireUser, Options: chosen, IDs: []string{}}
		if m.chat.hidden[p.ID] {
			vote.Group, vote.User = &m.chat.wireChat, nil
		}
		if chosen == nil {
			vote.Options = []int{}
		}
		for _, option := range chosen {
			vote.IDs = append(vote.IDs, strconv.Itoa(option))
		}
		s.emit("poll_answer", vote, messageLife)
	}
	s.emit("poll", m.poll.wire(), messageLife)
	s.changed()
}
