package council

import "strings"

// Role is what a person is in the programme. A person may hold several.
type Role string

// The roles of product.md, "Who may do what".
const (
	RoleCommunity    Role = "community"
	RoleWorkingGroup Role = "working_group"
	RoleCouncil      Role = "council"
	RoleLeader       Role = "leader"
	RoleCoordinator  Role = "coordinator"
)

// Roles lists every role, least right first.
var Roles = []Role{RoleCommunity, RoleWorkingGroup, RoleCouncil, RoleLeader, RoleCoordinator}

// Reach tells whether the bot can write to a person in private. Telegram lets
// a bot write only to people who have opened the private chat.
type Reach string

// Reaches of a person.
const (
	ReachUnknown Reach = "never_started"
	ReachOpen    Reach = "open"
	ReachBlocked Reach = "blocked"
	ReachGone    Reach = "gone"
	ReachResting Reach = "resting" // could be written to, has handed everything over, and is not unasked
)

// Member is a person. A person who was only mentioned by @username and has not
// been seen yet has no TelegramID; it is bound when that person appears.
type Member struct {
	ID         int64
	TelegramID int64
	Name       string
	Username   string // without @
	Address    string // form of address as the person gave it ("Bapak", "Ibu", "Prof."); empty until asked
	Language   string // "id" or "en"
	Reach      Reach
}

// Answered tells whether the bot can answer a person in private: also somebody who has
// handed everything over, and is not written to unasked.
func (m Member) Answered() bool {
	return m.TelegramID != 0 && (m.Reach == ReachOpen || m.Reach == ReachResting)
}

// Label is how a person is named where no form of address is wanted: the
// display name, else the @username.
func (m Member) Label() string {
	if m.Name != "" {
		return m.Name
	}
	return "@" + m.Username
}

// Actor is a person together with everything the rules need to decide what the
// person may do.
type Actor struct {
	Member
	Granted []Role  // given by owners, the claim link or /peran
	Groups  []Group // linked groups in which the person is seen
}

// Has tells whether the actor holds the role, by grant or by being seen in a
// linked group. The secretariat's group gives the rights of a working group.
func (a Actor) Has(role Role) bool {
	for _, granted := range a.Granted {
		if granted == role {
			return true
		}
	}
	for _, group := range a.Groups {
		if group.Kind.Role() == role {
			return true
		}
	}
	return false
}

// Coordinates is a short form of Has(RoleCoordinator).
func (a Actor) Coordinates() bool { return a.Has(RoleCoordinator) }

// IsStranger tells whether the actor holds no role at all.
func (a Actor) IsStranger() bool { return len(a.Granted) == 0 && len(a.Groups) == 0 }

// In tells whether the actor is seen in the group with this id.
func (a Actor) In(groupID int64) bool {
	for _, group := range a.Groups {
		if group.ID == groupID {
			return true
		}
	}
	return false
}

// FoldUsername brings a username to the form in which two are compared.
func FoldUsername(username string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(username), "@"))
}
