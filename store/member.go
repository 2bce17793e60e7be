package store

import (
	"database/sql"

	"github.com/rembuk/rembuk/council"
)

const memberColumns = `member.id, member.telegram_id, member.name, member.username, member.address, member.language, iif(member.rests = 1 AND member.reach = 'open', 'resting', member.reach)`

func scanMember(row scanner) (council.Member, error) {
	var m council.Member
	var telegramID sql.NullInt64
	err := row.Scan(&m.ID, &telegramID, &m.Name, &m.Username, &m.Address, &m.Language, &m.Reach)
	m.TelegramID = telegramID.Int64
	return m, err
}

// Member finds a member by id. The id of a mention that was bound to a person
// who had a row already finds that person.
func (tx *Tx) Member(id int64) (council.Member, error) {
	return one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE id = coalesce((SELECT same_as FROM member WHERE id = ?1), ?1)`, id)
}

// MemberByTelegramID finds a member who has been seen.
func (tx *Tx) MemberByTelegramID(telegramID int64) (council.Member, error) {
	return one(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE telegram_id = ?`, telegramID)
}

// SetAddress records the form of address a person wishes.
func (tx *Tx) SetAddress(id int64, address string) error {
	return tx.run(`UPDATE member SET address = ? WHERE id = ?`, address, id)
}

// SetLanguage records the language in which a person is spoken to.
func (tx *Tx) SetLanguage(id int64, language string) error {
	return tx.run(`UPDATE member SET language = ? WHERE id = ?`, language, id)
}

// SetReach records whether the bot can write to a person in private.
func (tx *Tx) SetReach(id int64, reach council.Reach) error {
	return tx.run(`UPDATE member SET reach = ? WHERE id = ? AND reach <> ?`, reach, id, reach)
}
