package store

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

// CountTasks counts tasks by where they stand at a moment. Done counts those that
// ended at or after monthStart; Total is left out, as it would read every task that
// ever was.
func (tx *Tx) CountTasks(filter TaskFilter, now, monthStart time.Time) (council.Counts, error) {
	open, done := filter, filter
	open.OpenOnly, done.EndedSince = true, monthStart
	from, where, arguments := open.counting()
	counts, err := one(tx, func(row scanner) (c council.Counts, err error) {
		return c, row.Scan(&c.Running, &c.Blocked, &c.Submitted, &c.Overdue)
	}, `SELECT
		count(*) FILTER (WHERE state <> 'blocked'),
		count(*) FILTER (WHERE state = 'blocked'),
		count(*) FILTER (WHERE state = 'submitted'),
		count(*) FILTER (WHERE state <> 'submitted' AND deadline_at < ?)
		FROM `+from+` WHERE `+where, append([]any{milliseconds(now)}, arguments...)...)
	if err != nil {
		return counts, err
	}
	counts.Done, err = tx.CountMatching(done)
	return counts, err
}

// countAll is CountTasks with Total, and with everything that was ever done.
func (tx *Tx) countAll(filter TaskFilter, now time.Time) (council.Counts, error) {
	counts, err := tx.CountTasks(filter, now, time.UnixMilli(0))
	counts.Total = counts.Running + counts.Blocked + counts.Done
	return counts, err
}

// AnsweredQuestions lists the questions that a filter lets through and that have their
// answer, with nothing of them but what counts: when each was asked and answered, its
// target, and how long its clock stood. They are many and asked for often, so they come
// in one row.
func (tx *Tx) AnsweredQuestions(filter QuestionFilter) ([]council.Question, error) {
	where, arguments := filter.where()
	packed, err := one(tx, scalar[sql.NullString], `SELECT group_concat(asked_at || ' ' || answered_at || ' ' || target_at || ' ' || stood, ' ') FROM question
		WHERE state IN ('answered', 'closed') AND answered_at IS NOT NULL AND `+where, arguments...)
	if err != nil {
		return nil, err
	}
	numbers, err := integers(packed.String)
	if err != nil {
		return nil, err
	}
	questions := make([]council.Question, 0, len(numbers)/4)
	for four := range slices.Chunk(numbers, 4) {
		questions = append(questions, council.Question{State: council.QuestionAnswered, AskedAt: moment(four[0]), Answers: []council.Answer{{At: moment(four[1])}},
			Target: moment(four[2]), Stood: int(four[3])})
	}
	return questions, nil
}

// CountOpenQuestions counts the questions that a filter lets through and that wait: all
// of them, and those whose target has passed while their clock ran.
func (tx *Tx) CountOpenQuestions(filter QuestionFilter, now time.Time) (waiting, late int, err error) {
	filter.OpenOnly = true
	where, arguments := filter.where()
	_, err = one(tx, func(row scanner) (int, error) { return 0, row.Scan(&waiting, &late) },
		`SELECT count(*), count(*) FILTER (WHERE state <> 'clarifying' AND target_at < ?) FROM question WHERE `+where, append([]any{milliseconds(now)}, arguments...)...)
	return waiting, late, err
}

// Together is what a city has done together since a moment: the questions that were
// asked, the meetings of council and community that were held, and of the groups those
// for which somebody has done something.
type Together struct{ Asked, Meetings, Active int }

// TogetherSince counts from a moment on, for these groups; see council.Involvement, which
// it agrees with.
func (tx *Tx) TogetherSince(from time.Time, groups []council.Group) (t Together, err error) {
	if t.Asked, err = one(tx, scalar[int], `SELECT count(*) FROM question WHERE asked_at >= ? AND outcome <> 'withdrawn'`, milliseconds(from)); err != nil {
		return t, err
	}
	joined, err := tx.joinedGroups()
	if err != nil {
		return t, err
	}
	count := council.NewInvolvementCount(groups)
	held, err := all(tx, scanMeasured, `SELECT member_id, subject, kind, detail FROM event INDEXED BY event_held
		WHERE at >= ? AND kind IN ('held', 'undone') AND substr(subject, 1, 1) = 'M' ORDER BY id`, milliseconds(from))
	if err != nil {
		return t, err
	}
	active, err := all(tx, scalar[string], `SELECT groups FROM activity WHERE last_at >= ?`, milliseconds(from))
	if err != nil {
		return t, err
	}
	for _, groups := range active {
		// Who it was does not matter to whether the groups were active.
		held = append(held, council.Event{MemberID: 1, Subject: council.TaskReference(1), Detail: map[string]string{council.DetailIn: groups}})
	}
	for _, event := range held {
		joined.rename(event.Detail)
		count.Add(event)
	}
	counted := count.Involvement()
	t.Meetings, t.Active = counted.City.Meetings, counted.ActiveGroups()
	return t, nil
}

// noteActivity keeps when something was last done for groups.
func (tx *Tx) noteActivity(event council.Event) error {
	groups := event.Detail[council.DetailIn]
	if event.MemberID == 0 || groups == "" || !event.Subject.Shared() {
		return nil
	}
	return tx.run(`INSERT INTO activity (groups, last_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at`,
		groups, milliseconds(event.At))
}

// tallied tells whether what the filter lets through is counted already.
func (f IdeaFilter) tallied() bool {
	return f == IdeaFilter{FromGroup: f.FromGroup, Dimension: f.Dimension, State: f.State, AnyState: f.AnyState, MostFirst: f.MostFirst}
}

// counting is what ideas are counted in: the tally where it knows, otherwise themselves.
func (f IdeaFilter) counting() (count, from string) {
	if f.tallied() {
		return `coalesce(sum(count), 0)`, `(SELECT *, '' AS held FROM idea_tally)`
	}
	return `count(*)`, `idea`
}

// integers reads numbers with blanks between them.
func integers(text string) ([]int64, error) {
	numbers := make([]int64, 0, len(text)/12)
	for word := range strings.FieldsSeq(text) {
		number, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		numbers = append(numbers, number)
	}
	return numbers, nil
}
