package sim

import (
	"encoding/json"
	"regexp"
	"slices"
)

// Command is one line of the bot's menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// commandKey says for whom a menu is: scope is the type of a BotCommandScope.
type commandKey struct {
	scope    string
	chat     int64
	user     int64
	language string
}

var commandShape = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

const mostCommands = 100

func (s *Server) setMyCommands(r *request) (any, *refusal) {
	commands, refused := parseCommands(r.values["commands"])
	if refused != nil {
		return nil, refused
	}
	key, refused := s.commandKey(r)
	if refused != nil {
		return nil, refused
	}
	if len(commands) > mostCommands {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for _, command := range commands {
		if refused := command.refuse(); refused != nil {
			return nil, refused
		}
	}
	s.commands[key] = commands
	s.changed()
	return true, nil
}

func parseCommands(raw string) ([]Command, *refusal) {
	var whole json.RawMessage
	if raw != "" && json.Unmarshal([]byte(raw), &whole) != nil {
		return nil, badRequest("can't parse commands JSON object")
	}
	var items []json.RawMessage
	if json.Unmarshal(whole, &items) != nil {
		return nil, badRequest("expected an Array of BotCommand")
	}
	commands := []Command{}
	for _, item := range items {
		var fields map[string]json.RawMessage
		if json.Unmarshal(item, &fields) != nil {
			return nil, badRequest("can't parse BotCommand: expected an Object")
		}
		for _, name := range []string{"command", "description"} {
			if fields[name] == nil {
				return nil, badRequest(`can't parse BotCommand: Can't find field "` + name + `"`)
			}
		}
		var command Command
		if json.Unmarshal(item, &command) != nil {
			return nil, badRequest("can't parse BotCommand: a field has a wrong type")
		}
		commands = append(commands, command)
	}
	return commands, nil
}

// refuse says what is wrong with a command, nil if nothing is.
func (c Command) refuse() *refusal {
	switch {
	case c.Command == "":
		return badRequest("command must be non-empty")
	case tooLong(c.Command, 32):
		return badRequest("command length must not exceed 32")
	case c.Description == "":
		return badRequest("command description must be non-empty")
	case tooLong(c.Description, 256):
		return badRequest("command description length must not exceed 256")
	case !commandShape.MatchString(c.Command):
		return badRequest("BOT_COMMAND_INVALID")
	}
	return nil
}

func (s *Server) commandKey(r *request) (commandKey, *refusal) {
	key := commandKey{scope: "default", language: r.values["language_code"]}
	raw := r.values["scope"]
	if raw == "" {
		return key, nil
	}
	var scope struct {
		Type string      `json:"type"`
		Chat json.Number `json:"chat_id"`
		User int64       `json:"user_id"`
	}
	if json.Unmarshal([]byte(raw), &scope) != nil {
		return key, badRequest("can't parse BotCommandScope JSON object")
	}
	key.scope = scope.Type
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		return key, nil
	case "chat", "chat_administrators", "chat_member":
	default:
		return key, badRequest("can't parse BotCommandScope: Unsupported type specified")
	}
	inside := &request{method: r.method, values: map[string]string{"chat_id": scope.Chat.String()}}
	c, refused := s.readableChat(inside)
	if refused != nil {
		return key, refused
	}
	key.chat = c.ID
	if scope.Type == "chat_member" {
		if key.user = scope.User; s.people[scope.User] == nil {
			return key, badRequest("user not found")
		}
	}
	return key, nil
}

func (s *Server) getMyCommands(r *request) (any, *refusal) {
	key, refused := s.commandKey(r)
	if refused != nil {
		return nil, refused
	}
	if found := s.commands[key]; found != nil {
		return found, nil
	}
	return []Command{}, nil
}

func (s *Server) deleteMyCommands(r *request) (any, *refusal) {
	key, refused := s.commandKey(r)
	if refused != nil {
		return nil, refused
	}
	delete(s.commands, key)
	s.changed()
	return true, nil
}

// Commands is the menu that was set for exactly this scope (the type of a BotCommandScope), chat (0 where the scope
// has none) and language ("" is the one for all).
func (s *Server) Commands(scope string, chat int64, language string) []Command {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.commands[commandKey{scope: scope, chat: chat, language: language}])
}

// Menu is the menu that a person is shown in a chat, by Telegram's order of scopes and languages.
func (s *Server) Menu(chat, person int64) []Command {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.menu(s.mustChat(chat), s.mustPerson(person)))
}

func (s *Server) menu(c *chat, p *person) []Command {
	chat, person := c.ID, p.ID
	scopes := []commandKey{{scope: "chat", chat: chat}, {scope: "all_private_chats"}}
	if c.Type != kindPrivate {
		scopes = []commandKey{{scope: "chat_member", chat: chat, user: person}}
		leads := c.members[person] == statusAdministrator || c.members[person] == statusCreator
		if leads {
			scopes = append(scopes, commandKey{scope: "chat_administrators", chat: chat})
		}
		scopes = append(scopes, commandKey{scope: "chat", chat: chat})
		if leads {
			scopes = append(scopes, commandKey{scope: "all_chat_administrators"})
		}
		scopes = append(scopes, commandKey{scope: "all_group_chats"})
	}
	for _, key := range append(scopes, commandKey{scope: "default"}) {
		for _, language := range []string{p.LanguageCode, ""} {
			key.language = language
			if found := s.commands[key]; len(found) > 0 {
				return found
			}
		}
	}
	return nil
}
