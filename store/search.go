package store

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// Found is what a search has found.
type Found struct {
	Numbers []int64 // newest first
	Whole   bool    // everything was looked at; else the newest, as much as a search may read
}

// How much a search may read of one kind of thing, so that none takes more than some
// milliseconds, whoever asks for whatever. The sieve leaves less than that, unless the
// words stand everywhere.
const (
	mostFound    = 200
	mostSifted   = 3_000   // numbers that the sieve leaves, whether the person may see them or not
	mostRead     = 1_500   // texts
	mostReadText = 1 << 20 // bytes of them
	siftAtOnce   = 16      // blocks
	readAtOnce   = 250
)

// mostSearched is how many words are searched for: each is looked for in every text that
// is read, and whoever writes more seeks nothing.
const mostSearched = 20

// searched are the words that are searched for, folded, each once.
func searched(words string) []string {
	fields := strings.Fields(strings.ToLower(words))
	slices.Sort(fields)
	fields = slices.Compact(fields)
	return fields[:min(len(fields), mostSearched)]
}

// search is one search in the texts of a table.
type search struct {
	tx        *Tx
	table     string
	words     []string
	where     string // what else must be so of a thing
	arguments []any
	found     Found
	sifted    int
	read      int
	bytes     int
}

// SearchIdeas finds the ideas that a filter lets through in which each of these words
// stands, in letters of any case and also inside a longer one; of more than 20 words, some.
func (tx *Tx) SearchIdeas(filter IdeaFilter, words string) (Found, error) {
	s := search{tx: tx, table: "idea", words: searched(words)}
	s.where, s.arguments = filter.where()
	return s.everywhere()
}

// IdeasNumbered lists the ideas with these numbers, the newest first.
func (tx *Tx) IdeasNumbered(numbers []int64) ([]council.Idea, error) {
	return all(tx, scanIdea, `SELECT `+ideaColumns+` FROM idea WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number DESC`, idList(numbers))
}

// everywhere searches from the newest text on, as far as a search may go.
func (s *search) everywhere() (Found, error) {
	newest, err := s.tx.newest(s.table)
	if err != nil {
		return s.found, err
	}
	signs := wantedSigns(s.words)
	for to := newest / blockTexts; to >= 0; to -= siftAtOnce {
		numbers, err := s.tx.sift(s.table, signs, max(0, to-siftAtOnce+1), to, newest)
		if err != nil {
			return s.found, err
		}
		if enough, err := s.among(numbers); err != nil || enough {
			return s.found, err
		}
	}
	s.found.Whole = true
	return s.found, nil
}

// among looks at the things with these numbers, newest first, and tells whether the search
// must end.
func (s *search) among(numbers []int64) (enough bool, err error) {
	for some := range slices.Chunk(numbers, readAtOnce) {
		if s.sifted+len(some) > mostSifted || s.read >= mostRead || s.bytes >= mostReadText || len(s.found.Numbers) > mostFound {
			return true, nil
		}
		s.sifted += len(some)
		if err := s.look(some); err != nil {
			return false, err
		}
	}
	return false, nil
}

// look reads the texts of some things.
func (s *search) look(numbers []int64) error {
	matching, err := all(s.tx, func(row scanner) (number int64, err error) {
		var text string
		if err := row.Scan(&number, &text); err != nil {
			return 0, err
		}
		s.read++
		s.bytes += len(text)
		for _, word := range s.words {
			if !strings.Contains(text, word) {
				return 0, nil
			}
		}
		return number, nil
	}, `SELECT `+s.table+`.number, folded FROM json_each(?) AS sifted CROSS JOIN `+s.table+` ON `+s.table+`.number = sifted.value WHERE `+s.where,
		append([]any{idList(numbers)}, s.arguments...)...)
	if err != nil {
		return err
	}
	for _, number := range matching {
		if number != 0 {
			s.found.Numbers = append(s.found.Numbers, number)
		}
	}
	return nil
}
