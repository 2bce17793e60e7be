package store

import "github.com/rembuk/rembuk/council"

// EvidenceFiled lists what was filed at once, by the number of its first piece.
func (tx *Tx) EvidenceFiled(filing int64) ([]council.Evidence, error) {
	return all(tx, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE filing = ? ORDER BY number`, filing)
}

// EvidenceInAlbum lists what a member has filed so far of an album.
func (tx *Tx) EvidenceInAlbum(memberID int64, album string) ([]council.Evidence, error) {
	return all(tx, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE member_id = ? AND album = ? AND album <> '' ORDER BY number`, memberID, album)
}

// EvidenceOfTask lists what was handed in with a task, oldest first.
func (tx *Tx) EvidenceOfTask(task int64) ([]council.Evidence, error) {
	return all(tx, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence WHERE task_number = ? AND task_number <> 0 ORDER BY number`, task)
}

// FiledEvidence is a piece of evidence with the code of its indicator.
type FiledEvidence struct {
	council.Evidence
	Code string
}

func scanFiled(row scanner) (f FiledEvidence, err error) {
	var code string
	e, err := scanEvidence(withLast{row, &code})
	return FiledEvidence{e, code}, err
}

// withLast scans one column more than its reader knows of.
type withLast struct {
	row  scanner
	last any
}

func (w withLast) Scan(fields ...any) error { return w.row.Scan(append(fields, w.last)...) }

// EvidenceToCheck lists what counts and waits to be checked, of evaluations that go
// on: by the code of its indicator, oldest first.
func (tx *Tx) EvidenceToCheck() ([]FiledEvidence, error) {
	return all(tx, scanFiled, `SELECT `+evidenceColumns+`, indicator.code FROM evidence JOIN indicator ON indicator.id = evidence.indicator_id
		JOIN evaluation ON evaluation.number = indicator.evaluation
		WHERE `+countsAsEvidence+` AND evidence.state = 'uploaded' AND indicator.retired = 0 AND evaluation.state NOT IN ('closed', 'cancelled')
		ORDER BY indicator.code, evidence.number`)
}

// EvidenceInVault lists everything whose content must lie in the vault, older
// versions included, by its number.
func (tx *Tx) EvidenceInVault() ([]FiledEvidence, error) {
	return all(tx, scanFiled, `SELECT `+evidenceColumns+`, indicator.code FROM evidence JOIN indicator ON indicator.id = evidence.indicator_id
		WHERE evidence.hash <> '' ORDER BY evidence.number`)
}

// CountPendingEvidence counts the pieces whose content is still to be fetched.
func (tx *Tx) CountPendingEvidence() (int, error) {
	return one(tx, scalar[int], `SELECT count(*) FROM evidence WHERE hash = '' AND withdrawn = 0 AND replaced_by = 0 AND kind NOT IN ('link', 'location')`)
}

// UnfetchedEvidence lists the pieces whose content is missing and that nothing in the
// outbox fetches, by their number.
func (tx *Tx) UnfetchedEvidence() ([]council.Evidence, error) {
	return all(tx, scanEvidence, `SELECT `+evidenceColumns+` FROM evidence
		WHERE hash = '' AND withdrawn = 0 AND replaced_by = 0 AND kind NOT IN ('link', 'location')
		AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.ended_at IS NULL AND outbox.kind = 'fetch'
			AND instr(' ' || json_extract(outbox.payload, '$.fetch.words') || ' ', ' ' || evidence.number || ' ') > 0)
		ORDER BY number`)
}

// ContentUsed tells whether any evidence still needs a content of the vault.
func (tx *Tx) ContentUsed(hash string) (bool, error) {
	return one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM evidence WHERE hash = ?1 AND hash <> '')`, hash)
}
