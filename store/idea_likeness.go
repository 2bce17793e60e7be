package store

import "github.com/rembuk/rembuk/council"

func scanLikeness(row scanner) (council.IdeaLikeness, error) {
	var like council.IdeaLikeness
	var at int64
	err := row.Scan(&like.Number, &like.Other, &like.State, &like.MemberID, &at)
	like.At = moment(at)
	return like, err
}

const likenessColumns = `idea_number, other_number, state, member_id, at`

// FindLikeness keeps that an idea is like another, unless that is known already.
func (tx *Tx) FindLikeness(like council.IdeaLikeness) error {
	return tx.run(`INSERT INTO idea_likeness (`+likenessColumns+`) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		like.Number, like.Other, like.State, like.MemberID, milliseconds(like.At))
}

// SaveLikeness keeps what was said to two ideas that are alike.
func (tx *Tx) SaveLikeness(like council.IdeaLikeness) error {
	return tx.run(`INSERT OR REPLACE INTO idea_likeness (`+likenessColumns+`) VALUES (?, ?, ?, ?, ?)`,
		like.Number, like.Other, like.State, like.MemberID, milliseconds(like.At))
}

// Likenesses lists what an idea was found to be like.
func (tx *Tx) Likenesses(number int64) ([]council.IdeaLikeness, error) {
	return all(tx, scanLikeness, `SELECT `+likenessColumns+` FROM idea_likeness WHERE idea_number = ? ORDER BY other_number`, number)
}
