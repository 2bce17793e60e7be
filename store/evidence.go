package store

import (
	"database/sql"
	"strings"

	"github.com/rembuk/rembuk/council"
)

const evidenceColumns = `evidence.number, evidence.indicator_id, evidence.member_id, evidence.chat_id, evidence.thread_id, evidence.message_id,
	evidence.kind, evidence.file_id, evidence.unique_id, evidence.name, evidence.link, evidence.words, evidence.hash, evidence.size, evidence.personal,
	evidence.state, evidence.reason, evidence.checked_by, evidence.checked_at, evidence.version, evidence.replaced_by, evidence.withdrawn, evidence.created_at,
	evidence.filing, evidence.album, evidence.task_number, evidence.takes_place`

func scanEvidence(row scanner) (e council.Evidence, err error) {
	var checked sql.NullInt64
	var created int64
	err = row.Scan(&e.Number, &e.IndicatorID, &e.MemberID, &e.From.ChatID, &e.From.ThreadID, &e.From.MessageID, &e.Kind, &e.FileID, &e.UniqueID,
		&e.Name, &e.Link, &e.Words, &e.Hash, &e.Size, &e.Personal, &e.State, &e.Reason, &e.CheckedBy, &checked, &e.Version, &e.ReplacedBy, &e.Withdrawn, &created,
		&e.Filing, &e.Album, &e.Task, &e.TakesPlace)
	e.CheckedAt, e.CreatedAt = optionalMoment(checked), moment(created)
	return e, err
}

func evidenceValues(e council.Evidence) []any {
	return []any{e.IndicatorID, e.MemberID, e.From.ChatID, e.From.ThreadID, e.From.MessageID, e.Kind, e.FileID, e.UniqueID, e.Name, e.Link, e.Words,
		e.Hash, e.Size, e.Personal, e.State, e.Reason, e.CheckedBy, optional(e.CheckedAt), e.Version, e.ReplacedBy, e.Withdrawn, milliseconds(e.CreatedAt),
		e.Filing, e.Album, e.Task, e.TakesPlace}
}

var evidenceNames = strings.Fields(strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(evidenceColumns, "evidence.number,"), "evidence.", ""), ",", " "))

// CreateEvidence keeps new evidence and gives it its number. Without a Filing it is
// the first of one.
func (tx *Tx) CreateEvidence(e council.Evidence) (council.Evidence, error) {
	var err error
	e.Number, err = tx.insert(`INSERT INTO evidence (`+strings.Join(evidenceNames, ", ")+`) VALUES (`+marks(len(evidenceNames))+`)`, evidenceValues(e)...)
	if err != nil || e.Filing != 0 {
		return e, err
	}
	e.Filing = e.Number
	return e, tx.SaveEvidence(e)
}

// SaveEvidence keeps evidence as a change has left it.
func (tx *Tx) SaveEvidence(e council.Evidence) error {
	return tx.run(`UPDATE evidence SET `+strings.Join(evidenceNames, " = ?, ")+` = ? WHERE number = ?`, append(evidenceValues(e), e.Number)...)
}

// Evidence finds evidence by its number; ErrNotFound if there is none.
func (tx *Tx) Evidence(number int64) (council.Evidence, error) {
	return one(tx, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE number = ?`, number)
}

// EvidenceOf lists everything that was filed for an indicator, older versions and
// what was taken back included, oldest first.
func (tx *Tx) EvidenceOf(indicator int64) ([]council.Evidence, error) {
	return all(tx, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE indicator_id = ? ORDER BY number`, indicator)
}

// EvidenceFor lists the evidence that counts for an evaluation, by the code of its
// indicator, oldest first.
func (tx *Tx) EvidenceFor(evaluation int64) ([]council.Evidence, error) {
	return all(tx, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence JOIN indicator ON indicator.id = evidence.indicator_id
		WHERE indicator.evaluation = ? AND indicator.retired = 0 AND `+countsAsEvidence+` ORDER BY indicator.code, evidence.number`, evaluation)
}
