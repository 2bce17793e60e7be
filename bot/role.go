package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// undoTime is how long a mistake can be taken back with one tap.
const undoTime = 10 * time.Minute

// role gives somebody a role or takes it back; alone, it lists who holds one.
func (r *request) role() error {
	if err := r.may(council.ActionSetRole, council.Scope{}); err != nil {
		return err
	}
	text, entities := body(r.message)
	rest, people, err := r.takeMentions(text, entities)
	if err != nil {
		return err
	}
	if reply := r.message.ReplyToMessage; len(people) == 0 && reply != nil && reply.From != nil && !reply.From.IsBot {
		member, err := r.known(reply.From)
		if err != nil {
			return err
		}
		people = []int64{member.ID}
	}
	if len(people) == 0 {
		return r.showRoles()
	}
	role, give, known := readRole(rest)
	if !known {
		return r.position(people, rest)
	}
	for _, id := range people {
		text, buttons, err := r.setRole(id, role, give)
		if err != nil {
			return err
		}
		if err := r.reply(text, buttons); err != nil {
			return err
		}
	}
	return nil
}

// readRole reads "pokja", "lepas koordinator".
func readRole(text string) (role council.Role, give, known bool) {
	give = true
	var words []string
	for _, word := range strings.Fields(text) {
		if _, release := locale.Meaning("taking_back", word); release {
			give = false
			continue
		}
		words = append(words, word)
	}
	meaning, known := locale.Meaning("role", strings.Join(words, " "))
	return council.Role(meaning), give, known
}

// askRole offers the roles to give to a person.
func (r *request) askRole(memberID int64) error {
	member, err := r.tx.Member(memberID)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for _, role := range council.Roles {
		rows = append(rows, []store.Button{{Text: r.roleName(role), Data: data(pressRole, memberID, string(role), roleGiven)}})
	}
	return r.reply(r.speak.Say("role.ask", "Person", namePerson(r.speak, member)), rows...)
}

// What a press on a role's button does.
const (
	roleGiven = "give"
	roleTaken = "take"
)

// pressRole gives or takes a role. A button that takes back what has just been
// done carries until when it works, in unix seconds of the rules' clock.
func (r *request) pressRole(arguments pressArguments) error {
	if err := r.may(council.ActionSetRole, council.Scope{}); err != nil {
		return err
	}
	role, until := council.Role(arguments.text(1)), arguments.number(3)
	if !slices.Contains(council.Roles, role) || until != 0 && r.now.Unix() > until {
		return r.toast(r.speak.Say("press.stale"))
	}
	text, buttons, err := r.setRole(arguments.number(0), role, arguments.text(2) != roleTaken)
	if errors.Is(err, store.ErrNotFound) {
		return r.toast(r.speak.Say("press.stale"))
	}
	if err != nil {
		return err
	}
	if err := r.edit(text, buttons); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// setRole gives or takes a role, tells the person, and says what was done with
// a button to undo it.
func (r *request) setRole(memberID int64, role council.Role, give bool) (string, []store.Button, error) {
	member, err := r.tx.Member(memberID)
	if err != nil {
		return "", nil, err
	}
	change, undo := "given", roleTaken
	if give {
		err = errors.Join(r.tx.GrantRole(memberID, role, "granted"), r.tx.SetRests(memberID, false))
	} else {
		change, undo = "taken", roleGiven
		err = r.takeRole(member, role)
	}
	if err != nil {
		return "", nil, err
	}
	if err := r.record(council.Reference{}, council.EventRoleChanged, "", "member", idText(memberID), "role", string(role), "change", change); err != nil {
		return "", nil, err
	}
	told, err := r.tellRole(member, "role."+change+"_notice", role)
	if err != nil {
		return "", nil, err
	}
	text := r.speak.Say("role."+change, "Person", namePerson(r.speak, member), "Role", r.roleName(role))
	if !told && member.ID != r.actor.ID {
		text += "\n" + r.speak.Say("role.unreached")
	}
	until := idText(r.now.Add(undoTime).Unix())
	return text, []store.Button{button(r.speak, "undo", pressRole, memberID, string(role), undo, until)}, nil
}

// takeRole takes a role back, but not the last coordinator's, nor what the
// configuration or a position gives.
func (r *request) takeRole(member council.Member, role council.Role) error {
	if role == council.RoleCoordinator {
		if member.TelegramID != 0 && slices.Contains(r.Owners, member.TelegramID) {
			return council.Refuse("role_from_configuration")
		}
		known, err := coordinators(r.tx)
		if err != nil {
			return err
		}
		if len(known) == 1 && known[0].ID == member.ID {
			return council.Refuse("last_coordinator")
		}
	}
	if err := r.tx.RevokeRole(member.ID, role); err != nil || role != council.RoleLeader {
		return err
	}
	return r.notByPosition(member)
}

// tellRole tells a person of a role in private, and shows the menu that goes
// with it. It tells whether the person could be told.
func (r *request) tellRole(member council.Member, key string, role council.Role) (bool, error) {
	if member.ID == r.actor.ID {
		return false, nil
	}
	speak := r.speaker(member)
	actor, err := r.tx.Actor(member)
	if err != nil {
		return false, err
	}
	var begin [][]store.Button
	if key == "role.given_notice" && member.Reach == council.ReachOpen {
		if begin, err = r.guidanceFor(speak, actor); err != nil {
			return false, err
		}
	}
	told, err := r.tell(member, "", "", speak.Say(key, "Person", greetPerson(speak, member), "Role", speak.Say("role.name."+string(role))), begin...)
	if err != nil || !told {
		return told, err
	}
	return told, queueChatMenu(r.tx, member.TelegramID, member.Language, menuOf(actor))
}

func (r *request) roleName(role council.Role) string { return r.speak.Say("role.name." + string(role)) }

// showRoles lists who was given which role. Names are listed in private only.
func (r *request) showRoles() error {
	if !r.private {
		return r.reply(r.speak.Say("role.usage"))
	}
	text := r.speak.Say("role.head")
	for _, role := range slices.Backward(council.Roles) {
		members, err := r.tx.MembersWithRole(role)
		if err != nil {
			return err
		}
		var names []string
		for _, member := range members {
			names = append(names, namePerson(r.speak, member))
		}
		if len(names) > 0 {
			text += "\n" + r.roleName(role) + ": " + strings.Join(names, ", ")
		}
	}
	positions, err := r.showPositions()
	if err != nil {
		return err
	}
	usage := "\n\n" + r.speak.Say("role.usage") + "\n" + r.speak.Say("position.usage")
	return r.reply(shorten(strings.Join(append([]string{text}, positions...), "\n"), textLimit-len(usage)) + usage)
}
