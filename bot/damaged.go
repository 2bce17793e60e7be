package bot

import (
	"fmt"
	"time"

	"github.com/rembuk/rembuk/store"
)

// TellDamaged tells every coordinator, at whatever hour and once a day, that the database
// was found not to be whole.
func (b *Bot) TellDamaged(tx *store.Tx, at time.Time) error {
	r, err := b.unasked(tx)
	if err != nil {
		return err
	}
	members, err := coordinators(tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if !written(member) {
			continue
		}
		if err := tx.Queue(store.Outgoing{
			ChatID: member.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer, UniqueKey: fmt.Sprintf("damaged %s %d", at.Format(time.DateOnly), member.ID),
			Payload: store.Payload{Text: r.speaker(member).Say("notice.damaged.text")},
		}, time.Now()); err != nil {
			return err
		}
	}
	return nil
}
