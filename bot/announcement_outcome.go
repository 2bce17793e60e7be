package bot

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// copyEnded hears of every outcome and looks after those of announcements: it
// counts what has arrived, and takes back what left while that was decided.
func (b *Bot) copyEnded(tx *store.Tx, out store.Outgoing) error {
	if out.Payload.About != cardAnnouncement && out.Payload.About != aboutAnnouncementFiles {
		return nil
	}
	reference, _ := council.ParseReference(out.Payload.Subject)
	announcement, err := tx.AnnouncementNamed(reference)
	if err != nil {
		return notFoundIsNil(err)
	}
	r, err := b.unasked(tx)
	if err != nil {
		return err
	}
	recalled := announcement.State == council.AnnouncementRecalled
	if out.CardID == 0 {
		if !recalled {
			return nil
		}
		return r.takeFilesBack(announcement, out.ChatID)
	}
	settled, err := tx.SettleCopies(out.CardID, r.now)
	if err != nil {
		return err
	}
	if recalled && len(out.Payload.Buttons) > 0 { // with the face from before
		copies, err := tx.CopiesOfCard(out.CardID)
		if err != nil {
			return err
		}
		for _, one := range copies {
			if err := r.takeCopyBack(announcement, one); err != nil {
				return err
			}
		}
	}
	if len(settled) == 0 {
		return nil
	}
	return r.progressed(announcement)
}

// progressed shows how far an announcement is, now and then, and its end at once.
func (r *request) progressed(announcement council.Announcement) error {
	groups, people, err := r.tx.CountCopies(announcement.Number)
	if err != nil {
		return err
	}
	waiting := groups.Waiting+people.Waiting > 0
	if waiting && r.now.Sub(announcement.ShownAt) < progressPause {
		return nil
	}
	if !waiting && announcement.Official.Number != 0 {
		if _, err := r.fallBack(announcement); err != nil {
			return err
		}
	}
	return r.showOverview(announcement)
}

// copiesLost ends the waiting of what was to go to a chat that cannot be written
// to any more.
func (b *Bot) copiesLost(tx *store.Tx, chatID int64) error {
	numbers, err := tx.SettleCopiesIn(chatID, b.Now())
	if err != nil || len(numbers) == 0 {
		return err
	}
	r, err := b.unasked(tx)
	if err != nil {
		return err
	}
	for _, number := range numbers {
		announcement, err := tx.Announcement(number)
		if err != nil {
			return err
		}
		if err := r.progressed(announcement); err != nil {
			return err
		}
	}
	return nil
}

// takeWordsBack edits a copy that Telegram does not let the bot delete.
func (s *sender) takeWordsBack(tx *store.Tx, out store.Outgoing) error {
	if err := tx.Never(out.ID, "too old to be deleted", time.Now()); err != nil || out.CardID == 0 {
		return err
	}
	copies, err := tx.CopiesOfCard(out.CardID)
	if err != nil || len(copies) == 0 {
		return err
	}
	announcement, err := tx.Announcement(copies[0].Number)
	if err != nil {
		return err
	}
	r, err := s.bot.unasked(tx)
	if err != nil {
		return err
	}
	card, err := tx.CardByID(out.CardID)
	if err != nil {
		return err
	}
	return r.takeWordsBack(announcement, copies[0], card)
}
