package bot

import (
	"context"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// actHandler does what is due of a thing; the request has nobody who asks, and
// comes from nowhere.
type actHandler func(r *request, due council.Reminder) error

// acts maps things, by their letter, to what the bot does of its own accord.
func acts() map[byte]actHandler {
	return map[byte]actHandler{
		council.WeekLetter:         (*request).sumUpWeek,
		council.AnnouncementLetter: (*request).actAnnouncement,
		council.OfficialLetter:     (*request).actOfficial,
		council.PromptLetter:       (*request).actPrompt,
		council.QuestionLetter:     (*request).actQuestion,
		council.PollLetter:         (*request).actPoll,
		council.PackLetter:         (*request).offerPack,
		council.IdeaLetter:         (*request).actIdea,
		council.MeetingLetter:      (*request).actMeeting,
		council.RhythmLetter:       (*request).actCity,
	}
}

// Act does what the bot is to do itself at a moment, in the scheduler's
// transaction. A kind of thing that nothing is done for is passed over.
func (b *Bot) Act(_ context.Context, tx *store.Tx, due council.Reminder) error {
	handler, known := acts()[due.Subject.Letter]
	if !known {
		b.log.Error("nothing is known to be done", "subject", due.Subject.String(), "step", string(due.Step))
		return nil
	}
	r, err := b.unasked(tx)
	if err != nil {
		return err
	}
	return handler(r, due)
}

// unasked is a request of the bot itself: nobody asks, and it comes from nowhere.
func (b *Bot) unasked(tx *store.Tx) (*request, error) {
	r := &request{Bot: b, tx: tx, now: b.Now()}
	r.written, r.speak = r.now, b.book.In("")
	var err error
	r.city, err = b.cityNow(tx)
	return r, err
}
