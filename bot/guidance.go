package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// guidancePages is on how many pages the way to begin stands at most, for each role: with
// the welcome these are three messages' worth in one message.
var guidancePages = map[council.Role]int{
	council.RoleCoordinator: 2, council.RoleLeader: 1, council.RoleCouncil: 2, council.RoleWorkingGroup: 2, council.RoleCommunity: 2,
}

// guidedRole is the role by which somebody is shown the way to begin: the one with the
// most to do.
func guidedRole(actor council.Actor) council.Role {
	for _, role := range []council.Role{council.RoleCoordinator, council.RoleLeader, council.RoleCouncil, council.RoleWorkingGroup} {
		if actor.Has(role) || role == council.RoleCoordinator && actor.Coordinates() {
			return role
		}
	}
	return council.RoleCommunity
}

// guidanceRow offers the one who asks the way to begin.
func (r *request) guidanceRow() ([][]store.Button, error) { return r.guidanceFor(r.speak, r.actor) }

// guidanceFor offers the way to begin below the welcome, the first answer, or the news of a
// role: once to each person and role.
func (r *request) guidanceFor(speak locale.Speaker, actor council.Actor) ([][]store.Button, error) {
	first, err := r.tx.OfferGuidance(actor.ID, guidedRole(actor), r.now)
	if err != nil || !first {
		return nil, err
	}
	return [][]store.Button{{button(speak, "begin", pressGuidance, 1)}}, nil
}

// pressGuidance turns the pages of the way to begin, in the place of the welcome. The
// pages are those of whoever presses.
func (r *request) pressGuidance(arguments pressArguments) error {
	if !r.private || r.actor.IsStranger() {
		return r.stale()
	}
	role := guidedRole(r.actor)
	page := int(max(1, min(arguments.number(0), int64(guidancePages[role]))))
	if err := r.edit(guidanceText(r.speak, role, page), guidanceTurn(r.speak, role, page)...); err != nil {
		return err
	}
	return r.toast("")
}

func guidanceText(speak locale.Speaker, role council.Role, page int) string {
	return speak.Say("guidance.head", "Page", page, "Pages", guidancePages[role]) + "\n" + speak.Say("guidance."+string(role)+"_"+idText(int64(page)))
}

func guidanceTurn(speak locale.Speaker, role council.Role, page int) [][]store.Button {
	var row []store.Button
	if page > 1 {
		row = append(row, button(speak, "previous", pressGuidance, page-1))
	}
	if page < guidancePages[role] {
		row = append(row, button(speak, "next", pressGuidance, page+1))
	}
	return [][]store.Button{append(row, button(speak, "help_topics", pressHelp, helpStart))}
}
