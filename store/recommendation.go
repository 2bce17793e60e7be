package store

import (
	"database/sql"
	"time"

	"github.com/rembuk/rembuk/council"
)

const recommendationColumns = `number, evaluation, text, coalesce((SELECT same_as FROM member WHERE id = owner_id), owner_id), office, due_at, due_zone, measure, state, reason,
	created_by, created_at, ended_at, version`

func scanRecommendation(row scanner) (r council.Recommendation, err error) {
	var created int64
	var due, ended sql.NullInt64
	err = row.Scan(&r.Number, &r.Evaluation, &r.Text, &r.OwnerID, &r.Office, &due, &r.Due.Zone, &r.Measure, &r.State, &r.Reason,
		&r.CreatedBy, &created, &ended, &r.Version)
	r.Due.At, r.CreatedAt, r.EndedAt = optionalMoment(due), moment(created), optionalMoment(ended)
	return r, err
}

// CreateRecommendation keeps a new recommendation and numbers it.
func (tx *Tx) CreateRecommendation(r council.Recommendation) (council.Recommendation, error) {
	var err error
	r.Version = 1
	r.Number, err = tx.insert(`INSERT INTO recommendation (evaluation, text, owner_id, office, due_at, due_zone, measure, state, reason, created_by, created_at, ended_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Evaluation, r.Text, r.OwnerID, r.Office, optional(r.Due.At), r.Due.Zone, r.Measure, r.State, r.Reason, r.CreatedBy, milliseconds(r.CreatedAt), optional(r.EndedAt), r.Version)
	if err != nil {
		return r, err
	}
	return r, tx.keepRecommendationLinks(r)
}

// SaveRecommendation keeps a recommendation as a change has left it.
func (tx *Tx) SaveRecommendation(r council.Recommendation) error {
	if err := tx.run(`UPDATE recommendation SET evaluation = ?, text = ?, owner_id = ?, office = ?, due_at = ?, due_zone = ?, measure = ?, state = ?, reason = ?, ended_at = ?, version = ?
		WHERE number = ?`,
		r.Evaluation, r.Text, r.OwnerID, r.Office, optional(r.Due.At), r.Due.Zone, r.Measure, r.State, r.Reason, optional(r.EndedAt), r.Version, r.Number); err != nil {
		return err
	}
	return tx.keepRecommendationLinks(r)
}

// keepRecommendationLinks makes what points to a recommendation that which does now.
func (tx *Tx) keepRecommendationLinks(r council.Recommendation) error {
	if err := tx.run(`DELETE FROM recommendation_link WHERE number = ?`, r.Number); err != nil {
		return err
	}
	for _, link := range r.Links {
		if err := tx.run(`INSERT INTO recommendation_link (number, subject, at) VALUES (?, ?, ?)`, r.Number, link.Subject.String(), milliseconds(link.At)); err != nil {
			return err
		}
	}
	return nil
}

// Recommendation finds a recommendation; ErrNotFound if there is none with this number.
func (tx *Tx) Recommendation(number int64) (council.Recommendation, error) {
	r, err := one(tx, scanRecommendation, `SELECT `+recommendationColumns+` FROM recommendation WHERE number = ?`, number)
	if err != nil {
		return r, err
	}
	return tx.withRecommendationLinks(r)
}

// Recommendations lists the recommendations by their number, without those that were
// recorded by mistake; the open ones alone, if that is wanted.
func (tx *Tx) Recommendations(openOnly bool) ([]council.Recommendation, error) {
	list, err := all(tx, scanRecommendation, `SELECT `+recommendationColumns+` FROM recommendation
		WHERE state = 'open' OR ?1 = 0 AND state <> 'withdrawn' ORDER BY number`, openOnly)
	for i := range list {
		if err == nil {
			list[i], err = tx.withRecommendationLinks(list[i])
		}
	}
	return list, err
}

func (tx *Tx) withRecommendationLinks(r council.Recommendation) (council.Recommendation, error) {
	var err error
	r.Links, err = all(tx, func(row scanner) (council.RecommendationLink, error) {
		var subject string
		var at int64
		err := row.Scan(&subject, &at)
		reference, _ := council.ParseReference(subject) // the column holds only what String wrote
		return council.RecommendationLink{Subject: reference, At: moment(at)}, err
	}, `SELECT subject, at FROM recommendation_link WHERE number = ? ORDER BY at DESC, subject`, r.Number)
	return r, err
}

// LastHappened is when something last happened to a thing; zero if nothing did.
func (tx *Tx) LastHappened(subject council.Reference) (time.Time, error) {
	last, err := one(tx, scalar[sql.NullInt64], `SELECT max(at) FROM event WHERE subject = ?`, subject.String())
	return optionalMoment(last), err
}
