package store

import (
	"encoding/json"

	"github.com/rembuk/rembuk/council"
)

func scanEvaluation(row scanner) (council.Evaluation, error) {
	var e council.Evaluation
	var created int64
	var rhythm string
	err := row.Scan(&e.Number, &e.Name, &e.State, &rhythm, &e.CreatedBy, &created, &e.Version)
	e.CreatedAt = moment(created)
	if err == nil && rhythm != "" {
		err = json.Unmarshal([]byte(rhythm), &e.Rhythm)
	}
	return e, err
}

const evaluationColumns = `number, name, state, rhythm, created_by, created_at, version`

func rhythmText(rhythm council.Rhythm) (string, error) {
	if rhythm.IsZero() {
		return "", nil
	}
	text, err := json.Marshal(rhythm)
	return string(text), err
}

// CreateEvaluation keeps a new evaluation with its milestones and numbers it.
func (tx *Tx) CreateEvaluation(e council.Evaluation) (council.Evaluation, error) {
	rhythm, err := rhythmText(e.Rhythm)
	if err != nil {
		return e, err
	}
	e.Version = 1
	e.Number, err = tx.insert(`INSERT INTO evaluation (name, state, rhythm, created_by, created_at, version) VALUES (?, ?, ?, ?, ?, ?)`,
		e.Name, e.State, rhythm, e.CreatedBy, milliseconds(e.CreatedAt), e.Version)
	if err != nil {
		return e, err
	}
	for i := range e.Milestones {
		if err := tx.insertMilestone(e.Number, &e.Milestones[i]); err != nil {
			return e, err
		}
	}
	return e, nil
}

func (tx *Tx) insertMilestone(evaluation int64, m *council.Milestone) (err error) {
	m.ID, err = tx.insert(`INSERT INTO milestone (evaluation_number, kind, at, zone) VALUES (?, ?, ?, ?)`,
		evaluation, m.Kind, milliseconds(m.Deadline.At), m.Deadline.Zone)
	return err
}

// SaveEvaluation keeps an evaluation as a change has left it. Milestones keep
// their ids; new ones, with id 0, are added; missing ones are removed.
func (tx *Tx) SaveEvaluation(e council.Evaluation) error {
	rhythm, err := rhythmText(e.Rhythm)
	if err != nil {
		return err
	}
	if err := tx.run(`UPDATE evaluation SET name = ?, state = ?, rhythm = ?, version = ? WHERE number = ?`,
		e.Name, e.State, rhythm, e.Version, e.Number); err != nil {
		return err
	}
	keep := []any{e.Number}
	for i := range e.Milestones {
		m := &e.Milestones[i]
		if m.ID == 0 {
			if err := tx.insertMilestone(e.Number, m); err != nil {
				return err
			}
		} else if err := tx.run(`INSERT INTO milestone (id, evaluation_number, kind, at, zone) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, at = excluded.at, zone = excluded.zone`,
			m.ID, e.Number, m.Kind, milliseconds(m.Deadline.At), m.Deadline.Zone); err != nil {
			return err
		}
		keep = append(keep, m.ID)
	}
	return tx.run(`DELETE FROM milestone WHERE evaluation_number = ? AND id NOT IN (`+marks(len(keep)-1)+`)`, keep...)
}

// Evaluation finds an evaluation with its milestones in the order of their dates.
func (tx *Tx) Evaluation(number int64) (council.Evaluation, error) {
	e, err := one(tx, scanEvaluation, `SELECT `+evaluationColumns+` FROM evaluation WHERE number = ?`, number)
	if err != nil {
		return e, err
	}
	return tx.withMilestones(e)
}

// Evaluations lists the evaluations that are open or postponed, oldest first.
func (tx *Tx) Evaluations() ([]council.Evaluation, error) {
	list, err := all(tx, scanEvaluation, `SELECT `+evaluationColumns+` FROM evaluation
		WHERE state IN ('open', 'postponed') ORDER BY number`)
	for i := range list {
		if err == nil {
			list[i], err = tx.withMilestones(list[i])
		}
	}
	return list, err
}

func (tx *Tx) withMilestones(e council.Evaluation) (council.Evaluation, error) {
	var err error
	e.Milestones, err = all(tx, func(row scanner) (council.Milestone, error) {
		var m council.Milestone
		var at int64
		err := row.Scan(&m.ID, &m.Kind, &at, &m.Deadline.Zone)
		m.Deadline.At = moment(at)
		return m, err
	}, `SELECT id, kind, at, zone FROM milestone WHERE evaluation_number = ? ORDER BY at, id`, e.Number)
	return e, err
}
