package store

import (
	"errors"

	"github.com/rembuk/rembuk/council"
)

const indicatorColumns = `indicator.id, indicator.evaluation, indicator.code, indicator.dimension, indicator.subdimension, indicator.name,
	indicator.unit, indicator.target, indicator.weight, indicator.owner, indicator.examples, indicator.retired`

func indicatorFields(i *council.Indicator) []any {
	return []any{&i.ID, &i.Evaluation, &i.Code, &i.Dimension, &i.Subdimension, &i.Name, &i.Unit, &i.Target, &i.Weight, &i.Owner, &i.Examples, &i.Retired}
}

func scanIndicator(row scanner) (i council.Indicator, err error) {
	return i, row.Scan(indicatorFields(&i)...)
}

// SaveIndicator keeps a line of an evaluation as it is now, known by its code, and
// gives it with its id.
func (tx *Tx) SaveIndicator(i council.Indicator) (council.Indicator, error) {
	return one(tx, scanIndicator, `INSERT INTO indicator (evaluation, code, dimension, subdimension, name, unit, target, weight, owner, examples, retired)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (evaluation, code) DO UPDATE SET dimension = excluded.dimension, subdimension = excluded.subdimension, name = excluded.name,
		unit = excluded.unit, target = excluded.target, weight = excluded.weight, owner = excluded.owner, examples = excluded.examples, retired = excluded.retired
		RETURNING `+indicatorColumns,
		i.Evaluation, i.Code, i.Dimension, i.Subdimension, i.Name, i.Unit, i.Target, i.Weight, i.Owner, i.Examples, i.Retired)
}

// Indicator finds an indicator by its id; ErrNotFound if there is none.
func (tx *Tx) Indicator(id int64) (council.Indicator, error) {
	return one(tx, scanIndicator, `SELECT `+indicatorColumns+` FROM indicator WHERE id = ?`, id)
}

// IndicatorsByCode lists the indicators with a code in evaluations that are not
// closed or cancelled, the newest evaluation first.
func (tx *Tx) IndicatorsByCode(code string) ([]council.Indicator, error) {
	return all(tx, scanIndicator, `SELECT `+indicatorColumns+` FROM indicator JOIN evaluation ON evaluation.number = indicator.evaluation
		WHERE code = ? AND retired = 0 AND evaluation.state NOT IN ('closed', 'cancelled') ORDER BY evaluation.number DESC`, code)
}

// Indicators lists the indicators of an evaluation by their code, without those
// that are retired.
func (tx *Tx) Indicators(evaluation int64) ([]council.Indicator, error) {
	return all(tx, scanIndicator, `SELECT `+indicatorColumns+` FROM indicator WHERE evaluation = ? AND retired = 0 ORDER BY code`, evaluation)
}

// IndicatorsEver lists the indicators that an evaluation has or had, by their code.
func (tx *Tx) IndicatorsEver(evaluation int64) ([]council.Indicator, error) {
	return all(tx, scanIndicator, `SELECT `+indicatorColumns+` FROM indicator WHERE evaluation = ? ORDER BY code`, evaluation)
}

// HasIndicators tells whether an evaluation has indicators.
func (tx *Tx) HasIndicators(evaluation int64) (bool, error) {
	return one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM indicator WHERE evaluation = ? AND retired = 0)`, evaluation)
}

// countsAsEvidence is the condition of council.Evidence.Counts.
const countsAsEvidence = `evidence.replaced_by = 0 AND evidence.withdrawn = 0 AND evidence.personal <> 'yes' AND (evidence.hash <> '' OR evidence.kind IN ('link', 'location'))`

// Standings lists the indicators of an evaluation by their code, with how far their
// evidence is.
func (tx *Tx) Standings(evaluation int64) ([]council.IndicatorStanding, error) {
	return all(tx, func(row scanner) (s council.IndicatorStanding, err error) {
		return s, row.Scan(append(indicatorFields(&s.Indicator), &s.Pieces, &s.Verified, &s.NeedsFix)...)
	}, `SELECT `+indicatorColumns+`, count(evidence.number), count(*) FILTER (WHERE evidence.state = 'verified'), count(*) FILTER (WHERE evidence.state = 'needs_fix')
		FROM indicator LEFT JOIN evidence ON evidence.indicator_id = indicator.id AND `+countsAsEvidence+`
		WHERE indicator.evaluation = ? AND indicator.retired = 0 GROUP BY indicator.id ORDER BY indicator.code`, evaluation)
}

// Readiness is Standings with nothing of the indicators but what readiness is counted from,
// in no order.
func (tx *Tx) Readiness(evaluation int64) ([]council.IndicatorStanding, error) {
	return all(tx, func(row scanner) (s council.IndicatorStanding, err error) {
		return s, row.Scan(&s.Dimension, &s.Weight, &s.Pieces, &s.Verified, &s.NeedsFix)
	}, `SELECT indicator.dimension, indicator.weight, count(evidence.number), count(*) FILTER (WHERE evidence.state = 'verified'), count(*) FILTER (WHERE evidence.state = 'needs_fix')
		FROM indicator LEFT JOIN evidence ON evidence.indicator_id = indicator.id AND `+countsAsEvidence+`
		WHERE indicator.evaluation = ? AND indicator.retired = 0 GROUP BY indicator.id`, evaluation)
}

// LinkIndicatorTask records that a task is to bring the evidence of an indicator.
func (tx *Tx) LinkIndicatorTask(indicator, task int64) error {
	return tx.run(`INSERT INTO indicator_task (task_number, indicator_id) VALUES (?, ?)
		ON CONFLICT (task_number) DO UPDATE SET indicator_id = excluded.indicator_id`, task, indicator)
}

// IndicatorOfTask finds the indicator whose evidence a task is to bring; the zero
// Indicator for none.
func (tx *Tx) IndicatorOfTask(task int64) (council.Indicator, error) {
	i, err := one(tx, scanIndicator, `SELECT `+indicatorColumns+` FROM indicator JOIN indicator_task ON indicator_id = id WHERE task_number = ?`, task)
	if errors.Is(err, ErrNotFound) {
		return council.Indicator{}, nil
	}
	return i, err
}

// TasksOfIndicator lists the tasks that are to bring the evidence of an indicator,
// by their number.
func (tx *Tx) TasksOfIndicator(indicator int64) ([]council.Task, error) {
	numbers, err := all(tx, scalar[int64], `SELECT task_number FROM indicator_task WHERE indicator_id = ? ORDER BY task_number`, indicator)
	if err != nil {
		return nil, err
	}
	return tx.tasksByNumber(numbers)
}
