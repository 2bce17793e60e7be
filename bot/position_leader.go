package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// readStanding finds out as what a leader is told, by the position in which the
// person acts on the day of the note, and whether the person may direct now.
func (n *notice) readStanding() (office string, directs bool, err error) {
	positions, err := n.tx.Acting(council.DayOf(n.At, n.city.Zone))
	if err != nil {
		return "", false, err
	}
	if position, holding, found := council.HighestOffice(positions, n.member.ID); found {
		office = n.bot.officeName(n.tx, n.speak, position, holding)
	}
	if err := n.tx.SettlePositions(council.DayOf(n.now, n.city.Zone)); err != nil {
		return "", false, err
	}
	actor, err := n.tx.Actor(n.member)
	directs, _ = council.May(actor, council.ActionDirect, council.Scope{})
	return office, directs, err
}

// ownOffice is the highest leading position that the person who asks is in today.
func (r *request) ownOffice() (position council.Position, holding council.Holding, found bool, err error) {
	holdings, err := r.tx.HoldingsOf(r.actor.ID, r.day())
	if err != nil {
		return position, holding, false, err
	}
	var own []council.Acting
	for _, one := range holdings {
		held, err := r.tx.PositionByID(one.PositionID)
		if err != nil {
			return position, holding, false, err
		}
		if one.Covers(r.day()) && held.Kind.Leads() {
			own = append(own, council.Acting{Position: held, Holdings: []council.Holding{one}})
		}
	}
	position, holding, found = council.HighestOffice(own, r.actor.ID)
	return position, holding, found, nil
}

// leadersNow lists who leads a group's matters today: those who act in a leading
// position that answers for it, and leaders who hold none.
func (r *request) leadersNow(groupID int64) ([]council.Member, error) {
	ids, err := r.tx.LeadersByRole(r.day())
	if err != nil {
		return nil, err
	}
	positions, err := r.tx.Acting(r.day())
	if err != nil {
		return nil, err
	}
	for _, position := range positions {
		if position.Kind.Leads() && position.AnswersFor(groupID) {
			ids = append(ids, position.Members()...)
		}
	}
	slices.Sort(ids)
	return membersOf(r.tx, slices.Compact(ids))
}

func membersOf(tx *store.Tx, ids []int64) ([]council.Member, error) {
	members := make([]council.Member, len(ids))
	for i, id := range ids {
		var err error
		if members[i], err = tx.Member(id); err != nil {
			return nil, err
		}
	}
	return members, nil
}
