package council

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

// Position is an office that people hold for a time.
type Position struct {
	ID      int64
	Kind    PositionKind
	Title   string // as it is written in letters: "Sekda", "Kepala DLH"; empty for PositionInCharge
	GroupID int64  // the group it answers for; 0: the whole city
}

// AnswersFor tells whether matters of a group are this position's.
func (p Position) AnswersFor(groupID int64) bool { return p.GroupID == 0 || p.GroupID == groupID }

// Holding is a person in a position for a time.
type Holding struct {
	ID         int64
	PositionID int64
	MemberID   int64
	Deputy     bool
	First      Day
	Last       Day // included; the zero Day: without an end
}

// Covers tells whether the person holds the position on this day.
func (h Holding) Covers(day Day) bool {
	return !day.Before(h.First) && (h.Last == Day{} || !h.Last.Before(day))
}

// InPlace lists who acts in a position on a day: those who hold it and are not
// away; where there is none, the deputies who are not. Nobody when all are away.
func InPlace(holdings []Holding, day Day, isAway func(memberID int64) bool) []int64 {
	var holders, deputies []int64
	for _, holding := range holdings {
		switch {
		case !holding.Covers(day) || isAway(holding.MemberID):
		case holding.Deputy:
			deputies = append(deputies, holding.MemberID)
		default:
			holders = append(holders, holding.MemberID)
		}
	}
	if len(holders) > 0 {
		return holders
	}
	return deputies
}
