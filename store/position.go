package store

import (
	"errors"

	"github.com/rembuk/rembuk/council"
)

func scanPosition(row scanner) (council.Position, error) {
	var p council.Position
	err := row.Scan(&p.ID, &p.Kind, &p.Title, &p.GroupID)
	return p, err
}

// Position finds a position by what it is, and makes it if there is none.
func (tx *Tx) Position(p council.Position) (council.Position, error) {
	return one(tx, scanPosition, `INSERT INTO position (kind, title, group_id) VALUES (?, ?, ?)
		ON CONFLICT (kind, title, group_id) DO UPDATE SET title = excluded.title
		RETURNING id, kind, title, group_id`, p.Kind, p.Title, p.GroupID)
}

// PositionByID finds a position.
func (tx *Tx) PositionByID(id int64) (council.Position, error) {
	return one(tx, scanPosition, `SELECT id, kind, title, group_id FROM position WHERE id = ?`, id)
}

// Positions lists every position that somebody holds or has held, the oldest first.
func (tx *Tx) Positions() ([]council.Position, error) {
	return all(tx, scanPosition, `SELECT id, kind, title, group_id FROM position ORDER BY id`)
}

const holdingColumns = `id, position_id, member_id, deputy, style, first_day, last_day`

func scanHolding(row scanner) (council.Holding, error) {
	var h council.Holding
	var first, last string
	if err := row.Scan(&h.ID, &h.PositionID, &h.MemberID, &h.Deputy, &h.Style, &first, &last); err != nil {
		return h, err
	}
	var err, without error
	h.First, err = council.ParseDay(first)
	if last != "" {
		h.Last, without = council.ParseDay(last)
	}
	return h, errors.Join(err, without)
}

// Holdings lists the people in a position who have not left it before a day,
// holders before deputies.
func (tx *Tx) Holdings(positionID int64, day council.Day) ([]council.Holding, error) {
	return all(tx, scanHolding, `SELECT `+holdingColumns+` FROM holding
		WHERE position_id = ? AND (last_day = '' OR last_day >= ?) ORDER BY deputy, first_day, id`, positionID, day.String())
}

// HoldingsOf lists where a member is or will be, and has not left before a day.
func (tx *Tx) HoldingsOf(memberID int64, day council.Day) ([]council.Holding, error) {
	return all(tx, scanHolding, `SELECT `+holdingColumns+` FROM holding
		WHERE member_id = ? AND (last_day = '' OR last_day >= ?) ORDER BY deputy, first_day, id`, memberID, day.String())
}

// SetHoldings puts these people into a position in the place of those who have
// not left it before a day. Who left it earlier stays on record. One without an
// id is new.
func (tx *Tx) SetHoldings(positionID int64, day council.Day, holdings []council.Holding) error {
	tx.rescheduled = true
	tx.unsettle()
	if err := tx.run(`DELETE FROM holding WHERE position_id = ? AND (last_day = '' OR last_day >= ?)`, positionID, day.String()); err != nil {
		return err
	}
	for _, h := range holdings {
		var id any // null: the next one
		if h.ID != 0 {
			id = h.ID
		}
		last := ""
		if !h.Endless() {
			last = h.Last.String()
		}
		if err := tx.run(`INSERT OR REPLACE INTO holding (`+holdingColumns+`) VALUES (?, ?, `+sameMember+`, ?, ?, ?, ?)`,
			id, positionID, h.MemberID, h.MemberID, h.Deputy, h.Style, h.First.String(), last); err != nil {
			return err
		}
	}
	return nil
}

// Acting lists who acts in which position on a day. Whoever is on leave, or
// cannot be written to, is away: nothing could be taken to that person.
func (tx *Tx) Acting(day council.Day) ([]council.Acting, error) {
	return tx.inPlace(day, true)
}

// Responsible lists who is to answer a question on a day and can be written to:
// those who act for it, and where all of them are on leave those who are, who hear
// of it afterwards. Nobody where nobody is in charge, or can be reached.
func (tx *Tx) Responsible(question council.Question, day council.Day) ([]int64, error) {
	for _, leaveCounts := range []bool{true, false} {
		positions, err := tx.inPlace(day, leaveCounts)
		if err != nil {
			return nil, err
		}
		reached, err := tx.reached(question.Responsible(positions))
		if err != nil || len(reached) > 0 {
			return reached, err
		}
	}
	return nil, nil
}

// reached leaves those who can be written to.
func (tx *Tx) reached(members []int64) ([]int64, error) {
	if len(members) == 0 {
		return nil, nil
	}
	arguments := make([]any, len(members))
	for i, id := range members {
		arguments[i] = id
	}
	return all(tx, scalar[int64], `SELECT id FROM member WHERE id IN (`+marks(len(members))+`) AND reach = 'open' AND telegram_id IS NOT NULL ORDER BY id`, arguments...)
}

// inPlace lists who is in which position on a day. Whoever cannot be written to is
// away, and, where that counts, whoever is on leave.
func (tx *Tx) inPlace(day council.Day, leaveCounts bool) ([]council.Acting, error) {
	positions, err := tx.Positions()
	if err != nil {
		return nil, err
	}
	awayIDs, err := all(tx, scalar[int64], `SELECT id FROM member WHERE id IN (SELECT member_id FROM holding)
		AND (reach <> 'open' OR telegram_id IS NULL OR ?1 AND EXISTS (
			SELECT 1 FROM leave WHERE leave.member_id = member.id AND leave.first_day <= ?2 AND leave.last_day >= ?2))`, leaveCounts, day.String())
	if err != nil {
		return nil, err
	}
	away := make(map[int64]bool, len(awayIDs))
	for _, id := range awayIDs {
		away[id] = true
	}
	acting := make([]council.Acting, len(positions))
	for i, position := range positions {
		holdings, err := tx.Holdings(position.ID, day)
		if err != nil {
			return nil, err
		}
		acting[i] = council.Acting{Position: position, Holdings: council.InPlace(holdings, day, func(id int64) bool { return away[id] })}
	}
	return acting, nil
}

// leadingToday is true of a role's member who is in a leading position on the day ?1.
const leadingToday = `EXISTS (SELECT 1 FROM holding JOIN position ON position.id = holding.position_id
	WHERE holding.member_id = role.member_id AND position.kind IN ('secretary', 'office_head')
	AND holding.first_day <= ?1 AND (holding.last_day = '' OR holding.last_day >= ?1))`

// SettlePositions gives the leader's role to everybody who is in a leading
// position on a day, deputies included, and takes it from those who are there no
// more. Roles that were given by themselves stay. Asking again on the same day
// costs nothing; in a View nothing happens.
func (tx *Tx) SettlePositions(day council.Day) error {
	if tx.settled == nil || *tx.settled == day {
		return nil
	}
	if err := tx.run(`DELETE FROM role WHERE role = 'leader' AND source = 'position' AND NOT `+leadingToday, day.String()); err != nil {
		return err
	}
	err := tx.run(`INSERT INTO role (member_id, role, source)
		SELECT DISTINCT holding.member_id, 'leader', 'position' FROM holding JOIN position ON position.id = holding.position_id
		WHERE position.kind IN ('secretary', 'office_head') AND holding.first_day <= ?1 AND (holding.last_day = '' OR holding.last_day >= ?1)
		ON CONFLICT (member_id, role) DO NOTHING`, day.String())
	if err == nil {
		*tx.settled = day
	}
	return err
}

// unsettle makes the next SettlePositions look anew.
func (tx *Tx) unsettle() { *tx.settled = council.Day{} }

// LeadersByRole lists the members who were given the leader's role itself and
// are in no leading position on a day as its holder: nobody else speaks for them.
func (tx *Tx) LeadersByRole(day council.Day) ([]int64, error) {
	return all(tx, scalar[int64], `SELECT role.member_id FROM role WHERE role.role = 'leader' AND role.source <> 'position' AND NOT EXISTS (
		SELECT 1 FROM holding JOIN position ON position.id = holding.position_id
		WHERE holding.member_id = role.member_id AND deputy = 0 AND position.kind IN ('secretary', 'office_head')
		AND first_day <= ?1 AND (last_day = '' OR last_day >= ?1))
		ORDER BY role.member_id`, day.String())
}
