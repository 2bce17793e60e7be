package store

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Undo is a thing as it was before its last change.
type Undo struct {
	Subject   string
	MemberID  int64 // who changed it
	Version   int64 // of the thing after the change
	Told      []int64
	ChangedAt time.Time
	snapshot  string
}

// KeepUndo keeps a thing as it was before a change; an older one is forgotten.
func (tx *Tx) KeepUndo(undo Undo, before any) error {
	snapshot, err := json.Marshal(before)
	if err != nil {
		return err
	}
	told := make([]string, len(undo.Told))
	for i, id := range undo.Told {
		told[i] = strconv.FormatInt(id, 10)
	}
	return tx.run(`INSERT OR REPLACE INTO undo (subject, member_id, version, snapshot, told, changed_at) VALUES (?, ?, ?, ?, ?, ?)`,
		undo.Subject, undo.MemberID, undo.Version, string(snapshot), strings.Join(told, ","), milliseconds(undo.ChangedAt))
}

// LastUndo reads what the last change of a thing can be undone to, into before.
func (tx *Tx) LastUndo(subject string, before any) (Undo, error) {
	undo, err := one(tx, scanUndo, `SELECT subject, member_id, version, snapshot, told, changed_at FROM undo WHERE subject = ?`, subject)
	if err != nil {
		return undo, err
	}
	return undo, json.Unmarshal([]byte(undo.snapshot), before)
}

// LastUndoOf finds the subject that a member changed last; ErrNotFound if none.
// Of several changed at one moment it is the one with the newest event.
func (tx *Tx) LastUndoOf(memberID int64) (string, error) {
	return one(tx, scalar[string], `SELECT subject FROM undo WHERE member_id = ? ORDER BY changed_at DESC,
		(SELECT max(id) FROM event WHERE event.subject = undo.subject AND event.member_id = undo.member_id) DESC, subject LIMIT 1`, memberID)
}

// PruneUndo forgets how things were before changes made before the moment.
func (tx *Tx) PruneUndo(before time.Time) error {
	return tx.run(`DELETE FROM undo WHERE changed_at < ?`, milliseconds(before))
}

// ForgetUndo forgets how a thing was before.
func (tx *Tx) ForgetUndo(subject string) error {
	return tx.run(`DELETE FROM undo WHERE subject = ?`, subject)
}

func scanUndo(row scanner) (Undo, error) {
	var u Undo
	var told string
	var changed int64
	if err := row.Scan(&u.Subject, &u.MemberID, &u.Version, &u.snapshot, &told, &changed); err != nil {
		return u, err
	}
	u.ChangedAt = moment(changed)
	for _, id := range strings.FieldsFunc(told, func(r rune) bool { return r == ',' }) {
		number, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return u, err
		}
		u.Told = append(u.Told, number)
	}
	return u, nil
}
