package store

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// IdeaTerm is one thing that an idea is about, with its share of the whole, in
// thousandths.
type IdeaTerm struct {
	Term  string
	Share int
}

// SetIdeaTerms keeps what an idea is about.
func (tx *Tx) SetIdeaTerms(number int64, terms []IdeaTerm) error {
	if err := tx.run(`DELETE FROM idea_term WHERE idea_number = ?`, number); err != nil {
		return err
	}
	for _, term := range terms {
		if err := tx.run(`INSERT INTO idea_term (term, share, idea_number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, term.Term, term.Share, number); err != nil {
			return err
		}
	}
	return nil
}

// Of each term so many ideas are looked at, those first of which it is the greatest
// share; and so many of all are given, which share the most. Both bound what a
// question costs, however many ideas there are.
const (
	looked = 200
	alike  = 60
)

// IdeasSharing lists ideas that are about some of the same, those that share the
// most first: at most 60 candidates to be compared. Ideas that are held, merged or
// withdrawn are left out, and the one with this number.
func (tx *Tx) IdeasSharing(terms []string, but int64) ([]council.Idea, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	var parts []string
	var arguments []any
	for _, term := range slices.Compact(slices.Sorted(slices.Values(terms))) {
		parts = append(parts, `SELECT idea_number, share FROM (SELECT idea_number, share FROM idea_term WHERE term = ? ORDER BY share DESC, idea_number LIMIT ?)`)
		arguments = append(arguments, term, looked)
	}
	arguments = append(arguments, but, alike)
	return all(tx, scanIdea, `SELECT `+prefixed("idea", ideaColumns)+` FROM (SELECT idea_number, sum(share) AS shared FROM (`+
		strings.Join(parts, ` UNION ALL `)+`) GROUP BY idea_number) AS candidate JOIN idea ON idea.number = candidate.idea_number
		WHERE idea.held = '' AND idea.state NOT IN ('merged', 'withdrawn') AND idea.number <> ? ORDER BY candidate.shared DESC, idea.number LIMIT ?`, arguments...)
}

// prefixed names columns with their table.
func prefixed(table, columns string) string {
	names := strings.Fields(strings.ReplaceAll(columns, ",", " "))
	for i, name := range names {
		names[i] = table + "." + name
	}
	return strings.Join(names, ", ")
}
