package bot

import (
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// adoptSentences says from now on what the database has as the city's own sentences
// under this edition of the settings, before it what its own names of dimensions are
// part of.
func (b *Bot) adoptSentences(tx *store.Tx, edition int64) error {
	kept, err := tx.OwnSentences()
	if err != nil {
		return err
	}
	wordings, err := b.dimensionWordings(tx)
	if err != nil {
		return err
	}
	for _, sentence := range kept {
		wordings = append(wordings, locale.Wording(sentence))
	}
	b.book.Adopt(edition, wordings)
	return nil
}
