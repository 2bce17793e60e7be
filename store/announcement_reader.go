package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// ReadAnnouncement records that a member has read an announcement, in a group or
// in private (0), and tells whether that is new.
func (tx *Tx) ReadAnnouncement(number, memberID, groupID int64, at time.Time) (bool, error) {
	result, err := tx.exec(`INSERT INTO announcement_reader (number, member_id, group_id, read_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		number, memberID, groupID, milliseconds(at))
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}

// ReaderCount is how many people have read an announcement in one group; those
// who read it in private have group 0.
type ReaderCount struct {
	GroupID int64
	Kind    council.GroupKind
	Count   int
}

// CountReaders counts who has read an announcement, by group.
func (tx *Tx) CountReaders(number int64) ([]ReaderCount, error) {
	return all(tx, func(row scanner) (ReaderCount, error) {
		var count ReaderCount
		err := row.Scan(&count.GroupID, &count.Kind, &count.Count)
		return count, err
	}, `SELECT announcement_reader.group_id, coalesce((SELECT kind FROM linked_group WHERE id = announcement_reader.group_id), ''), count(*)
		FROM announcement_reader WHERE number = ? GROUP BY 1, 2 ORDER BY 1`, number)
}

// notRead are the people, of those the bot knows, to whom an announcement went
// and who have not said that they read it, without its author (?1). The people of
// a group are those seen in its chat. Whoever is left in peace counts for official notices alone.
const notRead = ` FROM member WHERE same_as IS NULL AND id <> ?1 AND (rests = 0 OR ?2 IN (SELECT announcement_number FROM official_notice))
	AND (EXISTS (SELECT 1 FROM announcement_copy JOIN linked_group ON linked_group.id = announcement_copy.group_id
			JOIN membership USING (chat_id) WHERE announcement_copy.number = ?2 AND arrived_at IS NOT NULL AND linked = 1
			AND announcement_copy.number NOT IN (SELECT announcement_number FROM official_notice)
			AND membership.member_id = member.id)
		OR EXISTS (SELECT 1 FROM announcement_copy WHERE announcement_copy.number = ?2 AND arrived_at IS NOT NULL AND announcement_copy.member_id = member.id))
	AND NOT EXISTS (SELECT 1 FROM announcement_reader WHERE announcement_reader.number = ?2 AND announcement_reader.member_id = member.id)`

// CountNotRead counts who has not read an announcement: those whose name is
// known, and those of whom only the id is.
func (tx *Tx) CountNotRead(number, authorID int64) (named, nameless int, err error) {
	named, err = one(tx, scalar[int], `SELECT count(*)`+notRead+` AND (name <> '' OR username <> '')`, authorID, number)
	if err != nil {
		return 0, 0, err
	}
	nameless, err = one(tx, scalar[int], `SELECT count(*)`+notRead+` AND name = '' AND username = ''`, authorID, number)
	return named, nameless, err
}

// NotRead lists, by name, some of those who have not read an announcement and
// whose name is known.
func (tx *Tx) NotRead(number, authorID int64, offset, limit int) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+notRead+` AND (name <> '' OR username <> '') ORDER BY name, id LIMIT ?3 OFFSET ?4`,
		authorID, number, limit, offset)
}
