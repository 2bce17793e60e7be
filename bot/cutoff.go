package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// giveUp ends, at a start, what was on the wire at two ends of the program in a row, and
// plans to whom it is told which messages were given up since that was last told. It gives
// what it has ended, to be counted, and what is told.
func (b *Bot) giveUp(tx *store.Tx) (ended []store.Outgoing, told council.Absence, err error) {
	twice, err := tx.CutOffTwice()
	if err != nil {
		return nil, told, err
	}
	for _, row := range twice {
		if repeatable(row) {
			continue
		}
		out, err := tx.Claim(row.ID)
		if err == nil {
			err = b.out.keep(tx, out, result{ending: endedUnknown})
		}
		if err != nil {
			return nil, told, err
		}
		ended = append(ended, out)
	}
	told, err = b.planCutOff(tx, 0)
	return ended, told, err
}

// planCutOff plans to whom it is told which messages were given up since that was last
// told, unless that is not so long ago. Without an id where nothing is to be told.
func (b *Bot) planCutOff(tx *store.Tx, apart time.Duration) (council.Absence, error) {
	told, err := tx.AddCutOff(b.Now(), apart)
	if err != nil || told.ID == 0 {
		return told, err
	}
	return told, planAbsence(tx, told)
}

// saidGivenUp counts what giveUp has ended, and tells the operator, once that is kept.
func (b *Bot) saidGivenUp(ended []store.Outgoing, told council.Absence) {
	for _, out := range ended {
		b.countSend(out, endedUnknown)
	}
	if told.ID != 0 {
		b.log.Warn("messages were cut off twice while they were sent, and may not have arrived", "messages", told.Missed.Messages)
	}
}

// cutOff says how many messages may not have arrived, and where: groups by their titles,
// private chats by their number only.
func (n *notice) cutOff(absence council.Absence) ([]string, error) {
	chats, err := n.tx.CutOffToldWith(absence)
	if err != nil {
		return nil, err
	}
	lines := []string{n.speak.Count("notice.absence.cut_off", absence.Missed.Messages)}
	var titles []string
	private := 0
	for _, chat := range chats {
		group, err := n.tx.GroupOf(chat.ChatID, chat.ThreadID)
		switch {
		case err == nil && !slices.Contains(titles, group.Title):
			titles = append(titles, group.Title)
		case err != nil && !errors.Is(err, store.ErrNotFound):
			return nil, err
		case chat.ChatID >= 0:
			private += chat.Messages
		}
	}
	if len(titles) > 0 {
		lines = append(lines, n.speak.Say("notice.absence.cut_off_groups", "Groups", strings.Join(titles, ", ")))
	}
	if private > 0 {
		lines = append(lines, n.speak.Count("notice.absence.cut_off_private", private))
	}
	return append(lines, n.speak.Say("notice.absence.cut_off_ask")), nil
}
