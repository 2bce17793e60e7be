package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// officeName names a position as somebody is in it: "Kepala DLH", "Plh. Sekda",
// "PIC Pokja Lingkungan".
func (b *Bot) officeName(tx *store.Tx, speak locale.Speaker, position council.Position, as council.Holding) string {
	name := position.Title
	switch position.Kind {
	case council.PositionSecretary:
		name = speak.Say("position.secretary")
	case council.PositionInCharge:
		name = speak.Say("position.in_charge") + " " + positionGroup(tx, speak, position.GroupID)
	}
	if !as.Deputy {
		return name
	}
	if as.Style == council.DeputyPlain {
		return speak.Say("position.deputy.plain", "Position", name)
	}
	return speak.Say("position.deputy."+string(as.Style), "Position", name)
}

// scopeText says for which group the head of an office answers; the other
// positions tell by their names.
func (b *Bot) scopeText(tx *store.Tx, speak locale.Speaker, position council.Position) string {
	switch {
	case position.Kind != council.PositionOfficeHead:
		return ""
	case position.GroupID == 0:
		return speak.Say("position.everywhere")
	}
	return speak.Say("position.for_group", "Group", positionGroup(tx, speak, position.GroupID))
}

func positionGroup(tx *store.Tx, speak locale.Speaker, id int64) string {
	group, err := tx.Group(id)
	if err != nil {
		return speak.Say("position.group_gone") // it is linked no more; the position is there still
	}
	return kindName(speak, group.Kind, group.Dimension)
}

// termText writes from when to when somebody is in a position.
func (r *request) termText(speak locale.Speaker, h council.Holding) string {
	switch first := r.dayText(speak, h.First); {
	case h.Endless():
		return speak.Say("position.term.endless", "First", first)
	case h.First == h.Last:
		return first
	default:
		return speak.Say("position.term.span", "First", first, "Last", r.dayText(speak, h.Last))
	}
}

func (r *request) dayText(speak locale.Speaker, day council.Day) string {
	return speak.Day(day.At(0, 0, r.city.Zone))
}

// showPositions lists who is in which position, the highest first, and who acts
// today where that is not plain.
func (r *request) showPositions() ([]string, error) {
	acting, err := r.tx.Acting(r.day())
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, kind := range slices.Backward(council.PositionKinds) {
		for _, position := range acting {
			if position.Kind != kind {
				continue
			}
			own, err := r.positionLines(position.Position)
			if err != nil {
				return nil, err
			}
			lines = append(lines, own...)
			if today, err := r.actingToday(position, len(own)); err != nil {
				return nil, err
			} else if today != "" {
				lines = append(lines, today)
			}
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	return append([]string{"", r.speak.Say("position.head")}, lines...), nil
}

// positionLines are the people in a position, one a line.
func (r *request) positionLines(position council.Position) ([]string, error) {
	holdings, err := r.tx.Holdings(position.ID, r.day())
	if err != nil {
		return nil, err
	}
	lines := make([]string, len(holdings))
	for i, holding := range holdings {
		member, err := r.tx.Member(holding.MemberID)
		if err != nil {
			return nil, err
		}
		lines[i] = r.speak.Say("position.line", "Position", r.officeName(r.tx, r.speak, position, holding),
			"Scope", r.scopeText(r.tx, r.speak, position), "Person", namePerson(r.speak, member), "Term", r.termText(r.speak, holding))
	}
	return lines, nil
}

// actingToday says who acts in a position that several are in, or in which
// nobody can be told anything today.
func (r *request) actingToday(position council.Acting, people int) (string, error) {
	switch {
	case people == 0 || people == 1 && len(position.Holdings) == 1:
		return "", nil
	case len(position.Holdings) == 0:
		return r.speak.Say("position.today_nobody"), nil
	}
	names, err := r.namePersons(r.speak, position.Members())
	return r.speak.Say("position.today", "Persons", names), err
}

// ownPositions are the positions of the person who asks, one a line.
func (r *request) ownPositions() (string, error) {
	holdings, err := r.tx.HoldingsOf(r.actor.ID, r.day())
	if err != nil || len(holdings) == 0 {
		return "", err
	}
	var lines []string
	for _, holding := range holdings {
		position, err := r.tx.PositionByID(holding.PositionID)
		if err != nil {
			return "", err
		}
		lines = append(lines, r.speak.Say("position.own", "Position", r.officeName(r.tx, r.speak, position, holding),
			"Scope", r.scopeText(r.tx, r.speak, position), "Term", r.termText(r.speak, holding)))
	}
	return "\n" + strings.Join(lines, "\n"), nil
}
