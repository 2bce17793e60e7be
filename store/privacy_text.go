package store

import (
	"database/sql"
	"time"

	"github.com/rembuk/rembuk/council"
)

// PrivacyText is the text about personal data in one language, as it is shown: in short
// where somebody is asked to agree, and whole.
type PrivacyText struct{ Short, Full string }

// PrivacyVersions lists the versions of the text about personal data, in their order.
func (tx *Tx) PrivacyVersions() ([]council.PrivacyVersion, error) {
	return all(tx, func(row scanner) (v council.PrivacyVersion, err error) {
		var made, applies int64
		var announced sql.NullInt64
		err = row.Scan(&v.Number, &made, &applies, &announced)
		v.MadeAt, v.AppliesAt, v.AnnouncedAt = moment(made), moment(applies), optionalMoment(announced)
		return v, err
	}, `SELECT version, made_at, applies_at, announced_at FROM privacy_version ORDER BY version`)
}

// CreatePrivacyVersion keeps a version and what it says, by language; it has its number then.
func (tx *Tx) CreatePrivacyVersion(v council.PrivacyVersion, texts map[string]PrivacyText) (council.PrivacyVersion, error) {
	number, err := tx.insert(`INSERT INTO privacy_version (made_at, applies_at, announced_at) VALUES (?, ?, ?)`,
		milliseconds(v.MadeAt), milliseconds(v.AppliesAt), optional(v.AnnouncedAt))
	if err != nil {
		return v, err
	}
	v.Number = int(number)
	for language, text := range texts {
		if err := tx.run(`INSERT INTO privacy_text (version, language, short, full) VALUES (?, ?, ?, ?)`, v.Number, language, text.Short, text.Full); err != nil {
			return v, err
		}
	}
	return v, nil
}

// DropPrivacyVersion forgets a version that nobody was shown. Its number does not come again.
func (tx *Tx) DropPrivacyVersion(number int) error {
	if err := tx.run(`DELETE FROM privacy_text WHERE version = ?`, number); err != nil {
		return err
	}
	return tx.run(`DELETE FROM privacy_version WHERE version = ?`, number)
}

// PrivacyAnnounced records when a version was announced, and from when it applies then.
func (tx *Tx) PrivacyAnnounced(number int, at, applies time.Time) error {
	return tx.run(`UPDATE privacy_version SET announced_at = ?, applies_at = ? WHERE version = ?`, milliseconds(at), milliseconds(applies), number)
}

// PrivacyTexts are what a version says, by language; empty for one that is not there.
func (tx *Tx) PrivacyTexts(number int) (map[string]PrivacyText, error) {
	type said struct {
		language string
		text     PrivacyText
	}
	rows, err := all(tx, func(row scanner) (s said, err error) {
		err = row.Scan(&s.language, &s.text.Short, &s.text.Full)
		return s, err
	}, `SELECT language, short, full FROM privacy_text WHERE version = ?`, number)
	texts := make(map[string]PrivacyText, len(rows))
	for _, row := range rows {
		texts[row.language] = row.text
	}
	return texts, err
}

// AskedBeforeVersions tells whether people were asked to agree before versions were kept:
// somebody did, or is still asked.
func (tx *Tx) AskedBeforeVersions() (bool, error) {
	count, err := one(tx, scalar[int], `SELECT (SELECT count(*) FROM consent WHERE purpose = 'ideas') + (SELECT count(*) FROM idea_draft WHERE step = 'consent')`)
	return count > 0, err
}
