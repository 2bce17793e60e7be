package store

import (
	"encoding/json"
	"slices"
	"strings"
)

// SearchTasks does with tasks what SearchIdeas does.
func (tx *Tx) SearchTasks(filter TaskFilter, words string) (Found, error) {
	s := search{tx: tx, table: "task", words: searched(words)}
	few, are, err := tx.fewTasks(filter)
	if err != nil {
		return s.found, err
	}
	s.where, s.arguments = filter.whereEach()
	if are {
		enough, err := s.among(few)
		s.found.Whole = !enough
		return s.found, err
	}
	return s.everywhere()
}

// fewTasks are the tasks among which a filter finds what it lets through, where these are
// so few that all may be read, newest first; are tells whether they are.
func (tx *Tx) fewTasks(filter TaskFilter) (few []int64, are bool, err error) {
	var parts []string
	var arguments []any
	add := func(part string, values ...any) {
		parts, arguments = append(parts, part), append(arguments, values...)
	}
	groups := filter.GroupIDs
	switch {
	case filter.GroupID != 0:
		groups = []int64{filter.GroupID}
	case filter.VisibleTo != 0:
		add(ofMember, filter.VisibleTo)
	default:
		return nil, false, nil
	}
	numbers, values := filter.inGroups(groups)
	add(strings.ReplaceAll(numbers, `UNION`, `UNION ALL`), values...) // so that nothing is sorted
	text, err := one(tx, scalar[string], `SELECT json_group_array(number) FROM (SELECT 0 AS number WHERE 0 UNION ALL `+strings.Join(parts, ` UNION ALL `)+` LIMIT ?)`,
		append(arguments, mostRead+1)...)
	if err != nil {
		return nil, false, err
	}
	if err := json.Unmarshal([]byte(text), &few); err != nil || len(few) > mostRead {
		return nil, false, err
	}
	slices.Sort(few)
	few = slices.Compact(few)
	slices.Reverse(few)
	return few, true, nil
}

// Whether a task is a member's or in groups, asked of one task after the other: for those
// that are looked at anyway.
const (
	isOfMember = `EXISTS (SELECT 1 FROM task_assignee WHERE task_number = task.number AND member_id = ? AND member_id <> 0)`
	isInGroups = `(task.group_id <> 0 AND task.group_id IN (@)
		OR EXISTS (SELECT 1 FROM task_assignee WHERE task_number = task.number AND group_id <> 0 AND group_id IN (@))
		OR EXISTS (SELECT 1 FROM task_partner WHERE task_number = task.number AND group_id IN (@)))`
)

// whereEach is where, with the groups' and the member's tasks not looked up first.
func (f TaskFilter) whereEach() (string, []any) {
	rest := f
	rest.GroupID, rest.GroupIDs, rest.VisibleTo = 0, nil, 0
	where, arguments := rest.where()
	in := func(ids ...int64) string {
		for range 3 {
			for _, id := range ids {
				arguments = append(arguments, id)
			}
		}
		return strings.ReplaceAll(isInGroups, "@", marks(len(ids)))
	}
	if f.GroupID != 0 {
		where += ` AND ` + in(f.GroupID)
	}
	switch {
	case f.VisibleTo != 0:
		arguments = append(arguments, f.VisibleTo)
		where += ` AND (` + isOfMember + ` OR ` + in(f.GroupIDs...) + `)`
	case len(f.GroupIDs) > 0:
		where += ` AND ` + in(f.GroupIDs...)
	}
	return where, arguments
}
