package store

import (
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
)

// Span is a time from one moment to another.
type Span struct {
	Since, Until time.Time
}

// TasksFor is the filter for the tasks that serve an evaluation: those that name
// it. While it is the only one that is being prepared, every task serves it that
// names none, is due no later than its last milestone, and was open at some time
// since it was made.
func (tx *Tx) TasksFor(evaluation council.Evaluation) (TaskFilter, error) {
	filter := TaskFilter{EvaluationID: evaluation.Number}
	others, err := one(tx, scalar[int], `SELECT count(*) FROM evaluation WHERE state = 'open' AND number <> ?`, evaluation.Number)
	if err != nil || others > 0 || evaluation.State != council.EvaluationOpen {
		return filter, err
	}
	filter.Loose.Since = evaluation.CreatedAt
	for _, milestone := range evaluation.Milestones {
		if milestone.Deadline.At.After(filter.Loose.Until) {
			filter.Loose.Until = milestone.Deadline.At
		}
	}
	return filter, nil
}

// OpenOwners lists the members who have something to do still among the tasks a
// filter lets through. What waits for another task asks nothing of them.
func (tx *Tx) OpenOwners(filter TaskFilter) ([]int64, error) {
	where, arguments := filter.where()
	return all(tx, scalar[int64], `SELECT DISTINCT member_id FROM task_assignee JOIN task ON task.number = task_assignee.task_number
		WHERE task.state NOT IN ('done', 'cancelled') AND task_assignee.state NOT IN ('submitted', 'done') AND member_id <> 0
		AND (task.tied = 0 OR NOT EXISTS (SELECT 1 FROM task_wait JOIN task AS awaited ON awaited.number = task_wait.awaited_number
			WHERE task_wait.task_number = task.number AND awaited.state NOT IN ('done', 'cancelled')))
		AND `+where+` ORDER BY member_id`, arguments...)
}

// CountByDimension counts the tasks a filter lets through, without cancelled ones.
// A task of several groups counts for each of their dimensions, and once in each.
func (tx *Tx) CountByDimension(filter TaskFilter) ([]council.DimensionCount, error) {
	where, arguments := filter.where()
	return all(tx, func(row scanner) (council.DimensionCount, error) {
		var c council.DimensionCount
		err := row.Scan(&c.Dimension, &c.Done, &c.Total)
		return c, err
	}, `SELECT coalesce(linked_group.dimension, '') AS dimension, count(DISTINCT number) FILTER (WHERE state = 'done'), count(DISTINCT number)
		FROM (SELECT task.number, task.state, task.group_id FROM task WHERE `+where+`
			UNION ALL SELECT task.number, task.state, task_partner.group_id FROM task_partner JOIN task ON task.number = task_partner.task_number WHERE `+where+`) AS part
		LEFT JOIN linked_group ON linked_group.id = part.group_id
		WHERE state <> 'cancelled' GROUP BY 1 ORDER BY 1`, slices.Concat(arguments, arguments)...)
}
