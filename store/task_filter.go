package store

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

// TaskFilter narrows a list of tasks. Zero fields do not narrow. A task is in a
// group when its card stands there, as in the partners', or it is assigned to that group.
type TaskFilter struct {
	MemberID     int64             // assigned to this member
	GroupID      int64             // in this group
	GroupIDs     []int64           // in one of these groups
	Dimension    council.Dimension // with the card in a working group of this dimension
	EvaluationID int64
	Loose        Span // with EvaluationID: tasks that name no evaluation, open within this span, too
	OpenOnly     bool
	EndedOnly    bool // done or cancelled
	Blocked      bool
	Shared       bool      // of several groups
	Awaited      bool      // with others that wait for it, or did until it ended
	Due          Span      // with a deadline within this span
	OverdueAt    time.Time // overdue at this moment
	EndedSince   time.Time // done at or after this moment
	Words        string    // every one of these words in the title or the full text; of many, some. See SearchTasks
	VisibleTo    int64     // assigned to this member or in one of GroupIDs, when set
	Among        []int64   // one of these numbers
}

// The numbers of tasks are looked up by index first: a condition with OR in it
// would make SQLite read every task.
const (
	ofMember = `SELECT task_number FROM task_assignee WHERE member_id = ? AND member_id <> 0`
	ofGroups = `SELECT number FROM task WHERE group_id <> 0 AND group_id IN (@)#
		UNION SELECT task_number FROM task_assignee WHERE group_id <> 0 AND group_id IN (@)
		UNION SELECT task_number FROM task_partner WHERE group_id IN (@)`
)

func (f TaskFilter) where() (string, []any) {
	var conditions []string
	var arguments []any
	add := func(condition string, values ...any) {
		conditions = append(conditions, condition)
		arguments = append(arguments, values...)
	}
	if len(f.Among) > 0 {
		add(`task.number IN (SELECT value FROM json_each(?))`, idList(f.Among))
	}
	if f.MemberID != 0 {
		add(`task.number IN (`+f.ofMember()+`)`, f.MemberID)
	}
	if f.GroupID != 0 {
		groups, values := f.inGroups([]int64{f.GroupID})
		add(`task.number IN (`+groups+`)`, values...)
	}
	if f.VisibleTo != 0 {
		groups, values := f.inGroups(f.GroupIDs)
		add(`task.number IN (`+ofMember+` UNION `+groups+`)`, append([]any{f.VisibleTo}, values...)...)
	} else if len(f.GroupIDs) > 0 {
		groups, values := f.inGroups(f.GroupIDs)
		add(`task.number IN (`+groups+`)`, values...)
	}
	if f.Dimension != "" {
		add(`(task.group_id IN (SELECT id FROM linked_group WHERE dimension = ?) OR task.number IN (SELECT task_number FROM task_partner
			WHERE group_id IN (SELECT id FROM linked_group WHERE dimension = ?)))`, f.Dimension, f.Dimension)
	}
	if f.EvaluationID != 0 && f.Loose.Until.IsZero() {
		add(`task.evaluation_id = ? AND task.evaluation_id <> 0`, f.EvaluationID)
	} else if f.EvaluationID != 0 && f.MemberID != 0 { // few tasks, looked at one by one
		add(`(task.evaluation_id = ? OR task.evaluation_id = 0 AND (task.ended_at IS NULL OR task.ended_at >= ?) AND (task.deadline_at IS NULL OR task.deadline_at <= ?))`,
			f.EvaluationID, milliseconds(f.Loose.Since), milliseconds(f.Loose.Until))
	} else if f.EvaluationID != 0 {
		loose := `SELECT number FROM task WHERE evaluation_id = 0 AND ended_at IS NULL AND (deadline_at IS NULL OR deadline_at <= ?)`
		add(`task.number IN (SELECT number FROM task WHERE evaluation_id = ? AND evaluation_id <> 0 UNION ALL `+loose+`
			UNION ALL `+strings.Replace(loose, `ended_at IS NULL`, `ended_at >= ?`, 1)+`)`,
			f.EvaluationID, milliseconds(f.Loose.Until), milliseconds(f.Loose.Since), milliseconds(f.Loose.Until))
	}
	if f.Shared {
		add(`task.number IN (SELECT task_number FROM task_partner)`)
	}
	if f.Awaited {
		add(`task.number IN (SELECT awaited_number FROM task_wait)`)
	}
	if f.OpenOnly && f.MemberID == 0 {
		add(`task.ended_at IS NULL`)
	}
	if f.EndedOnly {
		add(`task.ended_at IS NOT NULL`)
	}
	if f.Blocked {
		add(`task.ended_at IS NULL AND task.state = 'blocked'`)
	}
	if !f.Due.Until.IsZero() {
		add(`task.deadline_at >= ? AND task.deadline_at < ?`, milliseconds(f.Due.Since), milliseconds(f.Due.Until))
	}
	if !f.OverdueAt.IsZero() {
		add(`task.deadline_at < ? AND task.state IN ('new', 'in_progress', 'blocked')`, milliseconds(f.OverdueAt))
	}
	if !f.EndedSince.IsZero() {
		add(`task.state = 'done' AND task.ended_at >= ?`, milliseconds(f.EndedSince))
	}
	for _, word := range searched(f.Words) {
		add(`instr(task.folded, ?) > 0`, word)
	}
	if len(conditions) == 0 {
		return "1", nil
	}
	return strings.Join(conditions, " AND "), arguments
}

// ofMember is the query for the numbers of the tasks of MemberID. Whether a task has ended
// stands with each of its assignees, so that of OpenOnly none is read that has.
func (f TaskFilter) ofMember() string {
	if f.OpenOnly {
		return ofMember + ` AND ended = 0`
	}
	return ofMember
}

// inGroups is the query for the numbers of the tasks in groups, with its arguments. Of
// those that a group ever had, most have ended long ago and are passed over at once
// where they are not meant.
func (f TaskFilter) inGroups(ids []int64) (string, []any) {
	var values []any
	add := func() {
		for _, id := range ids {
			values = append(values, id)
		}
	}
	add()
	meant := ``
	switch {
	case f.OpenOnly || !f.OverdueAt.IsZero():
		meant = ` AND ended_at IS NULL`
	case !f.EndedSince.IsZero():
		meant = ` AND ended_at >= ?`
		values = append(values, milliseconds(f.EndedSince))
	}
	add()
	add()
	return strings.ReplaceAll(strings.Replace(ofGroups, "#", meant, 1), "@", marks(len(ids))), values
}

// openInGroup are the open tasks in a group with what they are counted and sorted by, which
// stands in an index where the card is there.
const openInGroup = `(SELECT number, state, deadline_at, ended_at FROM task WHERE group_id <> 0 AND group_id = ? AND ended_at IS NULL
	UNION SELECT number, task.state, deadline_at, ended_at FROM task_assignee CROSS JOIN task ON number = task_number
		WHERE task_assignee.group_id <> 0 AND task_assignee.group_id = ? AND ended_at IS NULL
	UNION SELECT number, state, deadline_at, ended_at FROM task_partner CROSS JOIN task ON number = task_number
		WHERE task_partner.group_id = ? AND ended_at IS NULL) AS open_task`

// counting is from what tasks are counted and sorted, and by which condition: those that
// are open in one group, of which it is asked most, without reading them.
func (f TaskFilter) counting() (from, where string, arguments []any) {
	where, arguments = f.where()
	if alone, _ := (TaskFilter{GroupID: f.GroupID, OpenOnly: true}).where(); f.GroupID != 0 && where == alone {
		return openInGroup, `1`, []any{f.GroupID, f.GroupID, f.GroupID}
	}
	return `task`, where, arguments
}

// marks is the inside of IN () for a number of values; SQLite allows none.
func marks(count int) string {
	return strings.TrimSuffix(strings.Repeat("?, ", count), ", ")
}
