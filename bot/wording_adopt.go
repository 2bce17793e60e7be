package bot

import (
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// AdoptSentences lets a book say from now on what the database has as the city's own
// sentences under this edition of the settings.
func AdoptSentences(tx *store.Tx, book *locale.OwnBook, edition int64) error {
	kept, err := tx.OwnSentences()
	if err != nil {
		return err
	}
	wordings := make([]locale.Wording, len(kept))
	for i, sentence := range kept {
		wordings[i] = locale.Wording(sentence)
	}
	book.Adopt(edition, wordings)
	return nil
}
