package store

import (
	"database/sql"
	"time"

	"github.com/rembuk/rembuk/council"
)

const announcementColumns = `number, text, created_by, created_at, send_at, sent_at, state, edition, version, shown_at,
	coalesce(official, 0), coalesce(found_at, 0), coalesce(follows, 0), coalesce(closed_at, 0)`

const fromAnnouncement = ` FROM announcement LEFT JOIN official_notice ON announcement_number = number`

func scanAnnouncement(row scanner) (council.Announcement, error) {
	var a council.Announcement
	var created, shown, found, closed int64
	var send, sent sql.NullInt64
	err := row.Scan(&a.Number, &a.Text, &a.CreatedBy, &created, &send, &sent, &a.State, &a.Edition, &a.Version, &shown,
		&a.Official.Number, &found, &a.Official.Follows, &closed)
	a.CreatedAt, a.SendAt, a.SentAt, a.ShownAt = moment(created), optionalMoment(send), optionalMoment(sent), momentOrNever(shown)
	a.Official.FoundAt, a.Official.ClosedAt = momentOrNever(found), momentOrNever(closed)
	return a, err
}

// CreateAnnouncement keeps a new announcement, made by this message, and gives
// it its number.
func (tx *Tx) CreateAnnouncement(a council.Announcement, chatID int64, messageID int) (council.Announcement, error) {
	a.Edition, a.Version = 1, 1
	var err error
	a.Number, err = tx.insert(`INSERT INTO announcement (text, created_by, created_at, send_at, sent_at, state, edition, version,
		command_chat_id, command_message_id, command_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
		a.Text, a.CreatedBy, milliseconds(a.CreatedAt), optional(a.SendAt), optional(a.SentAt), a.State, a.Edition, a.Version, chatID, messageID)
	if err != nil {
		return a, err
	}
	return a, tx.address(announcementAddressee, a.Number, a.To)
}

// SaveAnnouncement keeps an announcement as it is now.
func (tx *Tx) SaveAnnouncement(a council.Announcement) error {
	err := tx.run(`UPDATE announcement SET text = ?, send_at = ?, sent_at = ?, state = ?, edition = ?, version = ? WHERE number = ?`,
		a.Text, optional(a.SendAt), optional(a.SentAt), a.State, a.Edition, a.Version, a.Number)
	if err != nil {
		return err
	}
	return tx.address(announcementAddressee, a.Number, a.To)
}

// AnnouncementShown keeps when the numbers of an announcement were last shown.
func (tx *Tx) AnnouncementShown(number int64, at time.Time) error {
	return tx.run(`UPDATE announcement SET shown_at = ? WHERE number = ?`, milliseconds(at), number)
}

// Announcement finds an announcement; ErrNotFound if there is none.
func (tx *Tx) Announcement(number int64) (council.Announcement, error) {
	return tx.addressed(one(tx, scanAnnouncement, `SELECT `+announcementColumns+fromAnnouncement+` WHERE number = ?`, number))
}

// AnnouncementByCommand finds the announcement that a message made, and tells
// whether it is still as that message left it.
func (tx *Tx) AnnouncementByCommand(chatID int64, messageID int) (a council.Announcement, untouched bool, err error) {
	a, err = tx.addressed(one(tx, scanAnnouncement, `SELECT `+announcementColumns+fromAnnouncement+`
		WHERE command_chat_id = ? AND command_message_id = ? AND command_message_id <> 0`, chatID, messageID))
	if err != nil {
		return a, false, err
	}
	untouched, err = one(tx, scalar[bool], `SELECT command_version = version OR command_version + 1 = version AND state = 'sent' AND edition = 1
		FROM announcement WHERE number = ?`, a.Number)
	return a, untouched, err
}

// CommandLeaves notes that an announcement is as its message says.
func (tx *Tx) CommandLeaves(a council.Announcement) error {
	return tx.run(`UPDATE announcement SET command_version = version WHERE number = ?`, a.Number)
}

// Announcements lists the newest announcements first.
func (tx *Tx) Announcements(limit int) ([]council.Announcement, error) {
	return all(tx, scanAnnouncement, `SELECT `+announcementColumns+fromAnnouncement+` ORDER BY number DESC LIMIT ?`, limit)
}

// AnnouncementsFor lists, newest first, the announcements that have reached a
// member in private or one of these groups and were not taken back. What a group got of
// an official notice is for some of it only.
func (tx *Tx) AnnouncementsFor(memberID int64, groups []council.Group, limit int) ([]council.Announcement, error) {
	arguments := []any{memberID}
	for _, group := range groups {
		arguments = append(arguments, group.ID)
	}
	return all(tx, scanAnnouncement, `SELECT `+announcementColumns+fromAnnouncement+` WHERE state = 'sent' AND number IN (
		SELECT number FROM announcement_copy WHERE arrived_at IS NOT NULL AND member_id = ? AND member_id <> 0
		UNION SELECT number FROM announcement_copy WHERE arrived_at IS NOT NULL AND group_id IN (`+marks(len(groups))+`) AND group_id <> 0
			AND NOT EXISTS (SELECT 1 FROM official_notice WHERE announcement_number = announcement_copy.number))
		ORDER BY number DESC LIMIT ?`, append(arguments, limit)...)
}

// addressed reads whom an announcement is for.
func (tx *Tx) addressed(a council.Announcement, err error) (council.Announcement, error) {
	if err != nil {
		return a, err
	}
	a.To, err = tx.addressees(announcementAddressee, a.Number)
	return a, err
}

// announcementAddressee is the table of whom announcements are for.
const announcementAddressee = "announcement_addressee"
