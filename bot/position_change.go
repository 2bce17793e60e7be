package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// appoint puts somebody into a position for a group, and says so.
func (r *request) appoint(wish positionWish, groupID int64) (string, []store.Button, error) {
	member, err := r.tx.Member(wish.MemberID)
	if err != nil {
		return "", nil, err
	}
	position, err := r.positionOf(wish, groupID)
	if err != nil {
		return "", nil, err
	}
	before, err := r.tx.Holdings(position.ID, r.day())
	if err != nil {
		return "", nil, err
	}
	if err := r.tx.SetRests(member.ID, false); err != nil {
		return "", nil, err
	}
	appointed := wish.holding(member.ID, r.day(), before)
	if slices.ContainsFunc(before, func(h council.Holding) bool { h.ID, h.PositionID = 0, 0; return h == appointed }) {
		return "", nil, council.Refuse("already_in_position", "Person", namePerson(r.speak, member),
			"Position", r.officeName(r.tx, r.speak, position, appointed), "Term", r.termText(r.speak, appointed))
	}
	return r.changePosition(positionChange{position: position, member: member, kind: positionGiven,
		before: before, after: council.Appoint(before, appointed)})
}

// positionOf finds a position under whichever words its title is known, or makes it.
func (r *request) positionOf(wish positionWish, groupID int64) (council.Position, error) {
	positions, err := r.tx.Positions()
	if err != nil {
		return council.Position{}, err
	}
	for _, position := range positions {
		if position.Kind == wish.Kind && position.GroupID == groupID && sameTitle(position.Title, wish.Title) {
			return position, nil
		}
	}
	return r.tx.Position(council.Position{Kind: wish.Kind, Title: wish.Title, GroupID: groupID})
}

// holding is the time that was wished for, from today where no beginning was
// said; of whoever is there already it is the end that changes.
func (w positionWish) holding(memberID int64, today council.Day, before []council.Holding) council.Holding {
	wished := council.Holding{MemberID: memberID, Deputy: w.Deputy, Style: w.Style, First: w.First, Last: w.Last}
	if wished.First != (council.Day{}) {
		return wished
	}
	wished.First = today
	for _, holding := range before {
		if holding.MemberID == memberID && holding.Deputy == w.Deputy && holding.Covers(today) {
			wished.First = holding.First
		}
	}
	return wished
}

// release makes today, or the day that was said, somebody's last one in a position.
func (r *request) release(wish positionWish) error {
	member, err := r.tx.Member(wish.MemberID)
	if err != nil {
		return err
	}
	positions, err := r.positionsToLeave(wish, member)
	if err != nil {
		return err
	}
	if len(positions) == 0 {
		return council.Refuse("not_in_position", "Person", namePerson(r.speak, member))
	}
	last := r.day()
	if wish.Last != (council.Day{}) {
		last = wish.Last
	}
	for _, position := range positions {
		before, err := r.tx.Holdings(position.ID, r.day())
		if err != nil {
			return err
		}
		text, buttons, err := r.changePosition(positionChange{position: position, member: member, kind: positionEnded,
			before: before, after: council.Release(before, member.ID, last)})
		if err != nil {
			return err
		}
		if err := r.reply(text, buttons); err != nil {
			return err
		}
	}
	return nil
}

// positionsToLeave lists the positions a person is in that the words may mean.
func (r *request) positionsToLeave(wish positionWish, member council.Member) ([]council.Position, error) {
	groups := []int64(nil)
	if wish.Scope != "" && wish.Kind != council.PositionSecretary {
		var err error
		if groups, err = r.positionGroups(wish); err != nil {
			return nil, err
		}
	}
	like, err := r.positionsLike(wish)
	if err != nil {
		return nil, err
	}
	holdings, err := r.tx.HoldingsOf(member.ID, r.day())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(like, func(position council.Position) bool {
		isIn := slices.ContainsFunc(holdings, func(h council.Holding) bool { return h.PositionID == position.ID })
		return !isIn || len(groups) > 0 && !slices.Contains(groups, position.GroupID)
	}), nil
}

// positionChange is a change of who is in a position.
type positionChange struct {
	position      council.Position
	member        council.Member // whom it is about
	kind          string
	before, after []council.Holding
}

// Kinds of changes of a position.
const (
	positionGiven = "given"
	positionEnded = "ended"
)

// changePosition keeps a change and everything that follows from it, and says in
// full what was changed, with a button to undo it.
func (r *request) changePosition(change positionChange) (string, []store.Button, error) {
	if err := r.keepHoldings(change.position.ID, change.after); err != nil {
		return "", nil, err
	}
	reference := positionReference(change.position.ID)
	if err := r.record(reference, council.EventPosition, "", "member", idText(change.member.ID), "change", change.kind); err != nil {
		return "", nil, err
	}
	var lines []string
	var told []int64
	for _, moved := range change.moved() {
		line, reached, err := r.tellMoved(change, moved)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, line)
		if reached {
			told = append(told, moved.MemberID)
		}
	}
	undo := store.Undo{Subject: reference.String(), MemberID: r.actor.ID, Version: r.now.UnixMilli(), Told: told, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, change.before); err != nil {
		return "", nil, err
	}
	if err := r.settleQuestions(); err != nil {
		return "", nil, err
	}
	return strings.Join(lines, "\n"), []store.Button{button(r.speak, "undo", pressPosition, positionUndo, change.position.ID, undo.Version)}, nil
}

// notByPosition leaves the leader's role with somebody to whom a position gives
// it, for as long as it does, and says so.
func (r *request) notByPosition(member council.Member) error {
	if err := r.tx.SettlePositions(r.day()); err != nil {
		return err
	}
	holdings, err := r.tx.HoldingsOf(member.ID, r.day())
	if err != nil {
		return err
	}
	for _, holding := range holdings {
		position, err := r.tx.PositionByID(holding.PositionID)
		if err != nil {
			return err
		}
		if position.Kind.Leads() && holding.Covers(r.day()) {
			return council.Refuse("role_from_position", "Position", r.officeName(r.tx, r.speak, position, holding))
		}
	}
	return nil
}

// keepHoldings writes who is in a position from today on, and settles the rights
// that go with it.
func (r *request) keepHoldings(positionID int64, holdings []council.Holding) error {
	if err := r.tx.SetHoldings(positionID, r.day(), holdings); err != nil {
		return err
	}
	return r.tx.SettlePositions(r.day())
}

// moved lists what changed, once for everybody: the new holding of whom the
// change is about, and those that end otherwise than before. What never began
// ends before its first day.
func (c positionChange) moved() []council.Holding {
	var moved []council.Holding
	for _, holding := range c.after {
		if holding.ID == 0 {
			moved = append(moved, holding)
		}
	}
	for _, holding := range c.before {
		at := slices.IndexFunc(c.after, func(h council.Holding) bool { return h.ID == holding.ID })
		switch {
		case at >= 0 && c.after[at] == holding, slices.ContainsFunc(moved, func(h council.Holding) bool { return h.MemberID == holding.MemberID }):
			continue
		case at >= 0:
			holding = c.after[at]
		default:
			holding.Last = holding.First.Add(-1)
		}
		moved = append(moved, holding)
	}
	return moved
}

// tellMoved tells somebody how the time in a position has changed, and gives the
// line that says so to whoever changed it.
func (r *request) tellMoved(change positionChange, moved council.Holding) (line string, reached bool, err error) {
	member, err := r.tx.Member(moved.MemberID)
	if err != nil {
		return "", false, err
	}
	key := "position.ended"
	switch {
	case moved.ID == 0:
		key = "position.given"
	case !moved.Endless() && moved.Last.Before(moved.First):
		key = "position.withdrawn"
	}
	say := func(key string, speak speaker, person string) string {
		text := speak.Say(key, "Person", person, "Position", r.officeName(r.tx, speak, change.position, moved),
			"Scope", r.scopeText(r.tx, speak, change.position), "Term", r.termText(speak, moved), "Day", r.dayText(speak, moved.Last), "Deputy", moved.Deputy)
		return text
	}
	line = say(key, r.speak, namePerson(r.speak, member))
	if member.ID == r.actor.ID {
		return line, false, nil
	}
	theirs := r.speaker(member)
	reached, err = r.tell(member, "", "", say(key+"_notice", theirs, greetPerson(theirs, member)))
	if err == nil && !reached {
		line += "\n" + r.speak.Say("position.unreached", "Person", namePerson(r.speak, member))
	}
	return line, reached, err
}
