package council

import "slices"

// PositionKind is what kind of office a position is, the highest last.
type PositionKind string

// Kinds of positions (domain.md section 3: a matter is taken to a position, not to a person).
const (
	PositionInCharge   PositionKind = "in_charge"   // the person in charge of a working group
	PositionOfficeHead PositionKind = "office_head" // the head of an office
	PositionSecretary  PositionKind = "secretary"   // the regional secretary (Sekda)
)

// PositionKinds lists the kinds, the lowest first: the order in which a matter is taken up.
var PositionKinds = []PositionKind{PositionInCharge, PositionOfficeHead, PositionSecretary}

// Leads tells whether whoever is in such a position has the rights of a leader.
func (k PositionKind) Leads() bool { return k == PositionOfficeHead || k == PositionSecretary }

// Position is an office that people hold for a time.
type Position struct {
	ID      int64
	Kind    PositionKind
	Title   string // of PositionOfficeHead, as it is written in letters: "Kepala DLH"; the kind names the others
	GroupID int64  // the group it answers for; 0: the whole city
}

// AnswersFor tells whether matters of a group are this position's.
func (p Position) AnswersFor(groupID int64) bool { return p.GroupID == 0 || p.GroupID == groupID }

// DeputyStyle is what stands before the title of whoever acts for the holder.
type DeputyStyle string

// Styles of deputies.
const (
	DeputyPlain   DeputyStyle = ""        // Wakil
	DeputyActing  DeputyStyle = "acting"  // Plt., where there is no holder
	DeputyDaily   DeputyStyle = "daily"   // Plh., while the holder is away
	DeputyInterim DeputyStyle = "interim" // Pj., until somebody is appointed
)

// Holding is a person in a position for a time.
type Holding struct {
	ID         int64
	PositionID int64
	MemberID   int64
	Deputy     bool
	Style      DeputyStyle // of a deputy
	First      Day
	Last       Day // included; the zero Day: without an end
}

// Endless tells whether the time has no end yet.
func (h Holding) Endless() bool { return h.Last == Day{} }

// Covers tells whether the person holds the position on this day.
func (h Holding) Covers(day Day) bool {
	return !day.Before(h.First) && (h.Endless() || !h.Last.Before(day))
}

func (h Holding) overlaps(other Holding) bool {
	return (h.Endless() || !h.Last.Before(other.First)) && (other.Endless() || !other.Last.Before(h.First))
}

// until makes a day the last one at most.
func (h Holding) until(last Day) Holding {
	if h.Endless() || last.Before(h.Last) {
		h.Last = last
	}
	return h
}

// outside gives what is left of the time on days that none of the others covers.
func (h Holding) outside(others []Holding) []Holding {
	left := []Holding{h}
	for _, other := range others {
		var pieces []Holding
		for _, piece := range left {
			if !piece.overlaps(other) {
				pieces = append(pieces, piece)
				continue
			}
			pieces = append(pieces, piece.until(other.First.Add(-1)))
			if !other.Endless() {
				later := piece
				later.ID, later.First = 0, other.Last.Add(1)
				pieces = append(pieces, later)
			}
		}
		left = began(pieces)
	}
	return left
}

// Appoint gives the holdings of a position once another is added. A new holder
// ends the time of the former one the day before, and goes when a later one is
// to begin. Deputies stand beside each other. What the person has in this
// position at that time already is written anew.
func Appoint(holdings []Holding, appointed Holding) []Holding {
	after := make([]Holding, 0, len(holdings)+1)
	for _, holding := range holdings {
		same := holding.MemberID == appointed.MemberID
		follows := !appointed.Deputy && !holding.Deputy
		switch {
		case follows && !same && appointed.First.Before(holding.First):
			appointed = appointed.until(holding.First.Add(-1))
		case (follows || same) && holding.overlaps(appointed):
			holding = holding.until(appointed.First.Add(-1))
		}
		after = append(after, holding)
	}
	return began(append(after, appointed))
}

// Release gives the holdings of a position once a day is the last one of a person.
func Release(holdings []Holding, memberID int64, last Day) []Holding {
	after := slices.Clone(holdings)
	for i, holding := range after {
		if holding.MemberID == memberID {
			after[i] = holding.until(last)
		}
	}
	return began(after)
}

// began leaves out what would end before it began: that never was.
func began(holdings []Holding) []Holding {
	return slices.DeleteFunc(holdings, func(h Holding) bool { return !h.Endless() && h.Last.Before(h.First) })
}

// InPlace lists who acts in a position on a day: those who hold it and are not
// away; where there is none, the deputies who are not. Nobody when all are away.
func InPlace(holdings []Holding, day Day, isAway func(memberID int64) bool) []Holding {
	var holders, deputies []Holding
	for _, holding := range holdings {
		switch {
		case !holding.Covers(day) || isAway(holding.MemberID):
		case holding.Deputy:
			deputies = append(deputies, holding)
		default:
			holders = append(holders, holding)
		}
	}
	if len(holders) > 0 {
		return holders
	}
	return deputies
}
