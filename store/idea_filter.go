package store

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

// IdeaFilter says which ideas are meant; what is zero does not count. Ideas that
// were withdrawn, and those that a coordinator has to look at first, are only found
// where the filter says so.
type IdeaFilter struct {
	SubmitterID int64 // of this member, withdrawn and held ones as well
	FromGroup   int64
	Dimension   council.Dimension
	State       council.IdeaState // empty: those that stand for themselves
	AnyState    bool              // also those that are part of another
	StateSince  time.Time         // in their state since then or later
	HeldOnly    bool
	ToDecide    bool  // those that wait for a decision, what is due next first
	ToScoreBy   int64 // beside ToDecide: also those that wait for this member's scores
	MostFirst   bool  // those with the most support first; else the newest
}

// standing tells whether the filter leaves out what is put away or waits.
func (f IdeaFilter) standing() bool { return f.SubmitterID == 0 && !f.HeldOnly }

func (f IdeaFilter) where() (string, []any) {
	conditions, arguments := []string{`1`}, []any(nil)
	add := func(condition string, values ...any) {
		conditions, arguments = append(conditions, condition), append(arguments, values...)
	}
	if f.SubmitterID != 0 {
		add(`submitter_id = ?`, f.SubmitterID)
	}
	if f.FromGroup != 0 {
		add(`from_group = ?`, f.FromGroup)
	}
	if f.Dimension != "" {
		add(`dimension = ?`, f.Dimension)
	}
	if !f.StateSince.IsZero() {
		add(`state_since >= ?`, milliseconds(f.StateSince))
	}
	if f.HeldOnly {
		add(`held <> '' AND state = 'submitted'`)
	}
	switch {
	case f.ToDecide && f.ToScoreBy != 0:
		add(waitsForCouncil, f.ToScoreBy, f.ToScoreBy)
	case f.ToDecide:
		add(`state = 'deliberated'`)
	}
	if f.standing() {
		add(`held = '' AND state <> 'withdrawn'`)
	}
	switch {
	case f.State != "":
		add(`state = ?`, f.State)
	case !f.AnyState && f.standing():
		add(`state <> 'merged'`)
	}
	return strings.Join(conditions, ` AND `), arguments
}

// waitsForCouncil finds what the council is to decide, and what a member of it has
// not scored to the end by the idea's rubric. Nobody scores an idea of which
// something is their own.
const waitsForCouncil = `(state = 'deliberated' OR state = 'under_review'
	AND (SELECT count(*) FROM idea_score WHERE idea_number = idea.number AND member_id = ?) < coalesce(json_array_length(nullif(rubric, '')), 1)
	AND number NOT IN (WITH RECURSIVE own (number) AS (
		SELECT number FROM idea WHERE submitter_id = ?
		UNION SELECT idea.merged_into FROM own JOIN idea ON idea.number = own.number AND idea.merged_into <> 0) SELECT number FROM own))`

// ideaPeople counts, for each idea that stands for itself, everybody who is for it, each
// once: who gave it or what was merged into it, and who supports one of them.
const ideaPeople = `WITH RECURSIVE family (number, root) AS (
		SELECT number, number FROM idea WHERE merged_into = 0
		UNION SELECT idea.number, family.root FROM idea JOIN family ON idea.merged_into = family.number AND idea.merged_into <> 0),
	people (root, count) AS (
		SELECT root, count(DISTINCT member_id) FROM (
			SELECT family.root, idea.submitter_id AS member_id FROM family JOIN idea ON idea.number = family.number
			UNION SELECT family.root, idea_support.member_id FROM family JOIN idea_support ON idea_support.idea_number = family.number
				WHERE idea_support.supports = 1) GROUP BY root) `

// Ideas lists ideas, from one place in the list on and at most so many; a negative
// number is all of them.
func (tx *Tx) Ideas(filter IdeaFilter, from, most int) ([]council.Idea, error) {
	where, arguments := filter.where()
	arguments = append(arguments, most, from)
	if filter.MostFirst {
		return all(tx, scanIdea, ideaPeople+`SELECT `+ideaColumns+` FROM idea LEFT JOIN people ON people.root = idea.number
			WHERE `+where+` ORDER BY coalesce(people.count, 0) DESC, number DESC LIMIT ? OFFSET ?`, arguments...)
	}
	order := `number DESC`
	if filter.ToDecide {
		order = `decide_by, number`
	}
	return all(tx, scanIdea, `SELECT `+ideaColumns+` FROM idea WHERE `+where+` ORDER BY `+order+` LIMIT ? OFFSET ?`, arguments...)
}

// CountIdeas counts the ideas that a filter lets through.
func (tx *Tx) CountIdeas(filter IdeaFilter) (int, error) {
	count, from := filter.counting()
	where, arguments := filter.where()
	return one(tx, scalar[int], `SELECT `+count+` FROM `+from+` WHERE `+where, arguments...)
}

// CountIdeasByState counts them in each state in which there is one.
func (tx *Tx) CountIdeasByState(filter IdeaFilter) (map[council.IdeaState]int, error) {
	return countBy[council.IdeaState](tx, `state`, filter)
}

// CountIdeasByDimension counts them in each dimension in which there is one; empty
// is what has none.
func (tx *Tx) CountIdeasByDimension(filter IdeaFilter) (map[council.Dimension]int, error) {
	return countBy[council.Dimension](tx, `dimension`, filter)
}

func countBy[T ~string](tx *Tx, column string, filter IdeaFilter) (map[T]int, error) {
	type group struct {
		name  T
		count int
	}
	count, from := filter.counting()
	where, arguments := filter.where()
	groups, err := all(tx, func(row scanner) (g group, err error) {
		err = row.Scan(&g.name, &g.count)
		return g, err
	}, `SELECT `+column+`, `+count+` FROM `+from+` WHERE `+where+` GROUP BY 1 HAVING `+count+` > 0`, arguments...)
	counts := make(map[T]int, len(groups))
	for _, one := range groups {
		counts[one.name] = one.count
	}
	return counts, err
}
