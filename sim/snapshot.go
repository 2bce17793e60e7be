package sim

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// snapshotKind and snapshotVersion begin every saved Server. A change of the shapes in saved.go that an older program
// would misread needs another version.
const (
	snapshotKind    = "rembuk local telegram"
	snapshotVersion = 1
)

type snapshot struct {
	Kind    string          `json:"kind"`
	Version int             `json:"version"`
	Sum     string          `json:"sha256"` // of the body as it stands, in hexadecimal
	Body    json.RawMessage `json:"body"`
}

// Save gives everything that is there as one JSON document for Load: people, chats, messages, files, polls, what was
// read, commands, presses, and updates that the bot has not confirmed. Orders for faults, the calls of the bot and its
// violations belong to a run and are left out; so are confirmed updates, which Duplicate then does not know.
func (s *Server) Save() ([]byte, error) {
	s.mutex.Lock()
	s.passTime()
	kept := s.saved()
	s.mutex.Unlock()
	body, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("local Telegram cannot be saved: %w", err)
	}
	return json.Marshal(snapshot{snapshotKind, snapshotVersion, sumOf(body), body})
}

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Load makes a Server out of what Save gave. The options must name the same bot; Options.LastMessage is not looked at.
// What is damaged, or comes from elsewhere, is an error that says so, and then there is no Server.
func Load(data []byte, options Options) (*Server, error) {
	var read snapshot
	if err := json.Unmarshal(data, &read); err != nil {
		return nil, errors.New("the saved chats are damaged or something else: they are not one JSON document")
	}
	switch {
	case read.Kind != snapshotKind:
		return nil, errors.New("the saved chats are something else: they do not come from a local Telegram")
	case read.Version != snapshotVersion:
		return nil, fmt.Errorf("the saved chats have version %d, and this program reads version %d", read.Version, snapshotVersion)
	case sumOf(read.Body) != read.Sum:
		return nil, errors.New("the saved chats are damaged: their checksum does not fit")
	}
	return restore(read.Body, options)
}

// restore is Load without the wrapping.
func restore(body []byte, options Options) (*Server, error) {
	var kept savedServer
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&kept); err != nil {
		return nil, fmt.Errorf("the saved chats cannot be read: %w", err)
	}
	s := New(options)
	if kept.Bot.ID != s.bot.ID || kept.Bot.Username != s.bot.Username {
		return nil, fmt.Errorf("the saved chats belong to the bot @%s (%d), not to @%s (%d)", kept.Bot.Username, kept.Bot.ID, s.bot.Username, s.bot.ID)
	}
	if err := s.fill(kept); err != nil {
		return nil, fmt.Errorf("the saved chats contradict themselves: %w", err)
	}
	return s, nil
}
