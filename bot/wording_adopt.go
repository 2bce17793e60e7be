package bot

import (
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// AdoptSentences lets a book say from now on what the database has as the city's own
// sentences under this edition of the settings, and what its own names of dimensions
// make of others.
func AdoptSentences(tx *store.Tx, book *locale.OwnBook, edition int64) error {
	kept, err := tx.OwnSentences()
	if err != nil {
		return err
	}
	wordings, err := dimensionWordings(tx, book)
	if err != nil {
		return err
	}
	for _, sentence := range kept {
		wordings = append(wordings, locale.Wording(sentence))
	}
	book.Adopt(edition, wordings)
	return nil
}
