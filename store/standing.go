package store

import (
	"database/sql"
	"errors"
	"fmt"
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
	if all, _ := filter.where(); all == "1" {
		return tx.countCity(open, done, now)
	}
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

// countCity is CountTasks for all tasks there are. Thousands of them are open: they are
// counted by their state, in which order they stand in an index.
func (tx *Tx) countCity(open, done TaskFilter, now time.Time) (c council.Counts, err error) {
	type number struct {
		state council.TaskState
		count int
	}
	where, _ := open.where()
	states, err := all(tx, func(row scanner) (n number, err error) { return n, row.Scan(&n.state, &n.count) },
		`SELECT state, count(*) FROM task WHERE `+where+` GROUP BY state`)
	if err != nil {
		return c, err
	}
	for _, n := range states {
		switch n.state {
		case council.TaskBlocked:
			c.Blocked = n.count
		case council.TaskSubmitted:
			c.Submitted = n.count
			fallthrough
		default:
			c.Running += n.count
		}
	}
	if c.Overdue, err = tx.CountMatching(TaskFilter{OverdueAt: now, OpenOnly: true}); err != nil {
		return c, err
	}
	c.Done, err = tx.CountMatching(done)
	return c, err
}

// countAll is CountTasks with Total, and with everything that was ever done.
func (tx *Tx) countAll(filter TaskFilter, now time.Time) (council.Counts, error) {
	counts, err := tx.CountTasks(filter, now, time.UnixMilli(0))
	counts.Total = counts.Running + counts.Blocked + counts.Done
	return counts, err
}

// EachAnswered hands on each question that a filter lets through and that has its answer,
// with nothing of it but what counts: when it was asked and answered, its target, and how
// long its clock stood. They are many and asked for often, so they come in one row.
func (tx *Tx) EachAnswered(filter QuestionFilter, hand func(council.Question)) error {
	where, arguments := filter.where()
	columns, err := one(tx, func(row scanner) (c [4]sql.NullString, err error) { return c, row.Scan(&c[0], &c[1], &c[2], &c[3]) },
		`SELECT group_concat(asked_at, ' '), group_concat(answered_at, ' '), group_concat(target_at, ' '), group_concat(stood, ' ') FROM question
		WHERE state IN ('answered', 'closed') AND answered_at IS NOT NULL AND `+where, arguments...)
	if err != nil {
		return err
	}
	answers := make([]council.Answer, 1)
	for rest := columns; rest[0].String != ""; {
		var numbers [4]int64
		for i := range rest {
			var word string
			word, rest[i].String, _ = strings.Cut(rest[i].String, " ")
			if numbers[i], err = strconv.ParseInt(word, 10, 64); err != nil {
				return fmt.Errorf("store: %w", err)
			}
		}
		answers[0].At = moment(numbers[1])
		hand(council.Question{State: council.QuestionAnswered, AskedAt: moment(numbers[0]), Answers: answers, Target: moment(numbers[2]), Stood: int(numbers[3])})
	}
	return nil
}

// CountOpenQuestions counts the questions that a filter lets through and that wait: all
// of them, and those whose target has passed while their clock ran. Next is the one with the
// earliest target, with nothing of it but its number and its target.
func (tx *Tx) CountOpenQuestions(filter QuestionFilter, now time.Time) (c council.QuestionCounts, err error) {
	filter.OpenOnly = true
	where, arguments := filter.where()
	c, err = one(tx, func(row scanner) (c council.QuestionCounts, err error) {
		var target int64
		err = row.Scan(&c.Waiting, &c.Late, &c.Next.Number, &target)
		c.Next.Target = moment(target)
		return c, err
	}, `SELECT count(*) OVER (), count(*) FILTER (WHERE state <> 'clarifying' AND target_at < ?) OVER (), number, target_at
		FROM question WHERE `+where+` ORDER BY target_at, number LIMIT 1`, append([]any{milliseconds(now)}, arguments...)...)
	if errors.Is(err, ErrNotFound) {
		return council.QuestionCounts{}, nil
	}
	return c, err
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
	count := council.NewTogetherCount(groups)
	held, err := all(tx, scanHeldMeeting, `SELECT subject, kind = 'held', coalesce(nullif(detail, '') ->> 'in', '') FROM event INDEXED BY event_held
		WHERE at >= ? AND kind IN ('held', 'undone') AND substr(subject, 1, 1) = 'M' AND (kind = 'held' OR nullif(detail, '') ->> 'what' = 'held')
		ORDER BY id`, milliseconds(from))
	if err != nil {
		return t, err
	}
	for _, meeting := range held {
		count.AddMeeting(meeting.subject, meeting.held, joined.renamed(meeting.in))
	}
	active, err := all(tx, scalar[string], `SELECT groups FROM activity WHERE last_at >= ?`, milliseconds(from))
	if err != nil {
		return t, err
	}
	for _, groups := range active {
		count.AddActive(joined.renamed(groups))
	}
	t.Meetings, t.Active = count.Meetings(), count.Active()
	return t, nil
}

// heldMeeting is that a meeting was held with some groups, or that this was undone.
type heldMeeting struct {
	subject council.Reference
	held    bool
	in      string
}

func scanHeldMeeting(row scanner) (meeting heldMeeting, err error) {
	var subject string
	err = row.Scan(&subject, &meeting.held, &meeting.in)
	meeting.subject, _ = council.ParseReference(subject) // what is none counts for nothing
	return meeting, err
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
