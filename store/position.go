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

// Positions lists every position that somebody holds or has held.
func (tx *Tx) Positions() ([]council.Position, error) {
	return all(tx, scanPosition, `SELECT id, kind, title, group_id FROM position ORDER BY id`)
}

func scanHolding(row scanner) (council.Holding, error) {
	var h council.Holding
	var first, last string
	if err := row.Scan(&h.ID, &h.PositionID, &h.MemberID, &h.Deputy, &first, &last); err != nil {
		return h, err
	}
	var err, without error
	h.First, err = council.ParseDay(first)
	if last != "" {
		h.Last, without = council.ParseDay(last)
	}
	return h, errors.Join(err, without)
}

// Holdings lists the people in a position who have not left it before a day.
func (tx *Tx) Holdings(positionID int64, day council.Day) ([]council.Holding, error) {
	return all(tx, scanHolding, `SELECT id, position_id, member_id, deputy, first_day, last_day FROM holding
		WHERE position_id = ? AND (last_day = '' OR last_day >= ?) ORDER BY deputy, first_day, id`, positionID, day.String())
}

// AddHolding puts a person into a position.
func (tx *Tx) AddHolding(h council.Holding) (council.Holding, error) {
	tx.rescheduled = true
	var err error
	h.ID, err = tx.insert(`INSERT INTO holding (position_id, member_id, deputy, first_day, last_day) VALUES (?, ?, ?, ?, ?)`,
		h.PositionID, h.MemberID, h.Deputy, h.First.String(), lastDay(h.Last))
	return h, err
}

// EndHolding makes a day the last one on which a person is in a position. Who
// was to begin only after it never was.
func (tx *Tx) EndHolding(id int64, last council.Day) error {
	tx.rescheduled = true
	if err := tx.run(`DELETE FROM holding WHERE id = ? AND first_day > ?`, id, last.String()); err != nil {
		return err
	}
	return tx.run(`UPDATE holding SET last_day = ? WHERE id = ?`, last.String(), id)
}

func lastDay(day council.Day) string {
	if day == (council.Day{}) {
		return ""
	}
	return day.String()
}

// LeadersByRole lists the members who were given the leader's role itself and
// hold no position of their own on a day: nobody else speaks for them.
func (tx *Tx) LeadersByRole(day council.Day) ([]int64, error) {
	return all(tx, scalar[int64], `SELECT role.member_id FROM role WHERE role.role = 'leader' AND role.source <> 'position' AND NOT EXISTS (
		SELECT 1 FROM holding WHERE holding.member_id = role.member_id AND deputy = 0 AND first_day <= ?1 AND (last_day = '' OR last_day >= ?1))
		ORDER BY role.member_id`, day.String())
}
