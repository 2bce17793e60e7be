package store

import "github.com/rembuk/rembuk/council"

// Answerer is an office, or a person, who answers for indicators of one dimension.
type Answerer struct {
	Dimension council.Dimension
	Office    string // as the sheet has it; "" for a person
	MemberID  int64  // 0 for an office
}

// Answerers lists who answers for the indicators of an evaluation when assessors ask,
// each once in each dimension: the offices in charge, then those who were given the task
// of bringing evidence.
func (tx *Tx) Answerers(evaluation int64) ([]Answerer, error) {
	return all(tx, func(row scanner) (a Answerer, err error) { return a, row.Scan(&a.Dimension, &a.Office, &a.MemberID) },
		`SELECT DISTINCT dimension, owner, 0 FROM indicator WHERE evaluation = ?1 AND retired = 0 AND owner <> ''
		UNION SELECT DISTINCT dimension, '', member_id FROM indicator JOIN indicator_task ON indicator_id = indicator.id
			JOIN task ON task.number = indicator_task.task_number JOIN task_assignee ON task_assignee.task_number = task.number
			WHERE indicator.evaluation = ?1 AND indicator.retired = 0 AND task.state <> 'cancelled' AND member_id <> 0
		ORDER BY 1, 3, 2`, evaluation)
}

// MeetingsFor lists the planned meetings for an evaluation by their time.
func (tx *Tx) MeetingsFor(evaluation int64) ([]council.Meeting, error) {
	return tx.eachWithInvited(all(tx, scanMeeting, `SELECT `+meetingColumns+` FROM meeting
		WHERE evaluation = ? AND state = 'planned' ORDER BY starts_at, number`, evaluation))
}
