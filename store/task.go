package store

import (
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

const taskColumns = `task.number, task.title, task.full_text, task.group_id, task.evaluation_id, task.created_by, task.created_at,
	task.deadline_at, task.deadline_zone, task.deadline_asked, task.state, task.recurrence, task.version, task.tied`

// storedTask is a task as its row has it, and whether anything ties it to other
// groups and tasks.
type storedTask struct {
	council.Task
	tied bool
}

func scanTask(row scanner) (storedTask, error) {
	var t storedTask
	var created int64
	var deadline sql.NullInt64
	var recurrence string
	err := row.Scan(&t.Number, &t.Title, &t.FullText, &t.GroupID, &t.EvaluationID, &t.CreatedBy, &created,
		&deadline, &t.Deadline.Zone, &t.DeadlineAsked, &t.State, &recurrence, &t.Version, &t.tied)
	if err != nil {
		return t, err
	}
	t.CreatedAt, t.Deadline.At = moment(created), optionalMoment(deadline)
	if recurrence != "" {
		err = json.Unmarshal([]byte(recurrence), &t.Recurrence)
	}
	return t, err
}

// CreateTask keeps a new task and gives it its number. commandChatID and
// commandMessageID name the message that made it, zero if none did.
func (tx *Tx) CreateTask(task council.Task, commandChatID int64, commandMessageID int) (council.Task, error) {
	recurrence, err := recurrenceText(task.Recurrence)
	if err != nil {
		return task, err
	}
	var ended time.Time // one that is open has not ended, by which it is found
	if task.State.Ended() {
		ended = task.CreatedAt
	}
	task.Version = 1
	task.Number, err = tx.insert(`INSERT INTO task (title, full_text, folded, group_id, evaluation_id, created_by, created_at,
		deadline_at, deadline_zone, deadline_asked, state, ended_at, recurrence, version, command_chat_id, command_message_id)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		task.Title, task.FullText, searchable(task), task.GroupID, task.EvaluationID, task.CreatedBy, milliseconds(task.CreatedAt),
		optional(task.Deadline.At), task.Deadline.Zone, task.DeadlineAsked, task.State, optional(ended), recurrence, task.Version, commandChatID, commandMessageID)
	if err != nil {
		return task, err
	}
	if err := tx.insertAssignees(task); err != nil || len(task.Partners) == 0 {
		return task, err
	}
	return task, tx.SavePartners(task)
}

// SaveTask keeps a task as a change has left it, but for its partners and waits.
// now is when it changed.
func (tx *Tx) SaveTask(task council.Task, now time.Time) error {
	recurrence, err := recurrenceText(task.Recurrence)
	if err != nil {
		return err
	}
	ended := time.Time{}
	if task.State.Ended() {
		ended = now
	}
	if err := tx.run(`UPDATE task SET title = ?, full_text = ?, folded = ?, group_id = ?, evaluation_id = ?, deadline_at = ?, deadline_zone = ?,
		deadline_asked = ?, state = ?, ended_at = CASE WHEN ? IS NULL THEN NULL ELSE coalesce(ended_at, ?) END, recurrence = ?, version = ? WHERE number = ?`,
		task.Title, task.FullText, searchable(task), task.GroupID, task.EvaluationID, optional(task.Deadline.At), task.Deadline.Zone,
		task.DeadlineAsked, task.State, optional(ended), optional(ended), recurrence, task.Version, task.Number); err != nil {
		return err
	}
	if err := tx.run(`DELETE FROM task_assignee WHERE task_number = ?`, task.Number); err != nil {
		return err
	}
	return tx.insertAssignees(task)
}

func (tx *Tx) insertAssignees(task council.Task) error {
	for _, a := range task.Assignees {
		if err := tx.run(`INSERT INTO task_assignee (task_number, member_id, group_id, state, progress, acknowledged, assigned_at, active_at, snoozed_until, ended)
			VALUES (?, `+sameMember+`, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			task.Number, a.MemberID, a.MemberID, a.GroupID, a.State, a.Progress, a.Acknowledged,
			orNever(a.AssignedAt), orNever(a.ActiveAt), orNever(a.SnoozedUntil), task.State.Ended()); err != nil {
			return err
		}
	}
	return nil
}

func recurrenceText(recurrence *council.Recurrence) (string, error) {
	if recurrence == nil {
		return "", nil
	}
	text, err := json.Marshal(recurrence)
	return string(text), err
}

// searchable is what the search looks in. SQLite folds only ASCII letters, so Go does it.
func searchable(task council.Task) string {
	return strings.ToLower(task.Title + "\n" + task.FullText)
}

// Task finds a task with its assignees.
func (tx *Tx) Task(number int64) (council.Task, error) {
	stored, err := one(tx, scanTask, `SELECT `+taskColumns+` FROM task WHERE number = ?`, number)
	if err != nil {
		return stored.Task, err
	}
	return tx.whole(stored)
}

// TaskByCommand finds the task that a message made. Its version is still 1 as
// long as nobody has touched it since.
func (tx *Tx) TaskByCommand(chatID int64, messageID int) (council.Task, error) {
	stored, err := one(tx, scanTask, `SELECT `+taskColumns+` FROM task WHERE command_chat_id = ? AND command_message_id = ? AND command_message_id <> 0`, chatID, messageID)
	if err != nil {
		return stored.Task, err
	}
	return tx.whole(stored)
}

// whole adds to a task what stands beside its row.
func (tx *Tx) whole(stored storedTask) (council.Task, error) {
	task, err := tx.withAssignees(stored.Task)
	if err != nil || !stored.tied {
		return task, err
	}
	return tx.withTies(task)
}

const assigneeColumns = `member_id, group_id, state, progress, acknowledged, assigned_at, active_at, snoozed_until`

func scanAssignee(row scanner) (council.Assignee, error) {
	var a council.Assignee
	var assigned, active, snoozed int64
	err := row.Scan(&a.MemberID, &a.GroupID, &a.State, &a.Progress, &a.Acknowledged, &assigned, &active, &snoozed)
	a.AssignedAt, a.ActiveAt, a.SnoozedUntil = momentOrNever(assigned), momentOrNever(active), momentOrNever(snoozed)
	return a, err
}

func (tx *Tx) withAssignees(task council.Task) (council.Task, error) {
	var err error
	task.Assignees, err = all(tx, scanAssignee, `SELECT `+assigneeColumns+` FROM task_assignee WHERE task_number = ? ORDER BY group_id, member_id`, task.Number)
	return task, err
}

// together adds to tasks what stands beside their rows; the assignees of all of them are
// read at once.
func (tx *Tx) together(list []storedTask) ([]council.Task, error) {
	if len(list) == 0 {
		return nil, nil
	}
	place, numbers, tasks := make(map[int64]int, len(list)), make([]int64, len(list)), make([]council.Task, len(list))
	for i, stored := range list {
		place[stored.Number], numbers[i], tasks[i] = i, stored.Number, stored.Task
	}
	if _, err := all(tx, func(row scanner) (struct{}, error) {
		var number int64
		assignee, err := scanAssignee(scanning(func(columns ...any) error { return row.Scan(append([]any{&number}, columns...)...) }))
		at := place[number]
		tasks[at].Assignees = append(tasks[at].Assignees, assignee)
		return struct{}{}, err
	}, `SELECT task_number, `+assigneeColumns+` FROM task_assignee WHERE task_number IN (SELECT value FROM json_each(?)) ORDER BY task_number, group_id, member_id`, idList(numbers)); err != nil {
		return nil, err
	}
	for i, stored := range list {
		if !stored.tied {
			continue
		}
		var err error
		if tasks[i], err = tx.withTies(tasks[i]); err != nil {
			return nil, err
		}
	}
	return tasks, nil
}

// Tasks lists tasks, open ones first, then by deadline, a page at a time.
func (tx *Tx) Tasks(filter TaskFilter, offset, limit int) ([]council.Task, error) {
	list, err := tx.pageOfTasks(filter, offset, limit)
	if err != nil {
		return nil, err
	}
	return tx.together(list)
}

// pageOfTasks is Tasks without what hangs on them. Those that have ended come last, and
// are many: they are looked at when the others do not fill the page.
func (tx *Tx) pageOfTasks(filter TaskFilter, offset, limit int) ([]storedTask, error) {
	if filter.OpenOnly || filter.EndedOnly || !filter.EndedSince.IsZero() || !filter.OverdueAt.IsZero() || limit < 0 {
		return tx.sortedTasks(filter, offset, limit)
	}
	open, ended := filter, filter
	open.OpenOnly, ended.EndedOnly = true, true
	list, err := tx.sortedTasks(open, offset, limit)
	if err != nil || len(list) == limit {
		return list, err
	}
	passed := offset + len(list)
	if len(list) == 0 && offset > 0 {
		if passed, err = tx.CountMatching(open); err != nil {
			return nil, err
		}
	}
	more, err := tx.sortedTasks(ended, offset+len(list)-passed, limit-len(list))
	return append(list, more...), err
}

// sortedTasks sorts numbers first, since whole rows are long.
func (tx *Tx) sortedTasks(filter TaskFilter, offset, limit int) ([]storedTask, error) {
	order := ` ORDER BY state IN ('done', 'cancelled'), deadline_at IS NULL, deadline_at, number`
	if !filter.OverdueAt.IsZero() {
		order = ` ORDER BY deadline_at, number` // as they stand in the index of what falls due
	}
	from, where, arguments := filter.counting()
	return all(tx, scanTask, `SELECT `+taskColumns+` FROM task
		WHERE task.number IN (SELECT number FROM `+from+` WHERE `+where+order+` LIMIT ? OFFSET ?)`+order, append(arguments, limit, offset)...)
}

// CountMatching counts the tasks a filter lets through.
func (tx *Tx) CountMatching(filter TaskFilter) (int, error) {
	where, arguments := filter.where()
	if alone, _ := (TaskFilter{GroupID: filter.GroupID}).where(); filter.GroupID != 0 && where == alone {
		numbers, values := filter.inGroups([]int64{filter.GroupID})
		return one(tx, scalar[int], `SELECT count(*) FROM (`+numbers+`)`, values...) // the tasks themselves need not be read
	}
	return one(tx, scalar[int], `SELECT count(*) FROM task WHERE `+where, arguments...)
}

// OpenTaskNumbers lists the numbers of every open task, for planning anew.
func (tx *Tx) OpenTaskNumbers() ([]int64, error) {
	return all(tx, scalar[int64], `SELECT number FROM task WHERE ended_at IS NULL ORDER BY number`)
}
