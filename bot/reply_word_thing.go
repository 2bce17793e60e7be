package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// supportInAWord takes "dukung" below an idea as [Dukung]. From who may not support it, or
// does already, the word is a comment like any other.
func (r *request) supportInAWord(idea council.Idea) (supported bool, err error) {
	if r.shortReply() != wordSupport {
		return false, nil
	}
	family, err := r.supportable(idea.Number)
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if supports, _ := family.Support(r.actor.ID); supports {
		return false, nil
	}
	if family, err = r.setSupport(family, true); err != nil || !r.private && r.aboutAs != cardIdeaGiven {
		return true, err // in a group the card counts
	}
	return true, r.replyAbout(family.Root.Reference().String(), cardIdeaGiven, r.speak.Say("idea_support.given", r.supportDetails(idea.Number, family)...))
}

// offerClarifying offers to ask back where a question is said to be unclear: that is no
// answer which should go to the asker.
func (r *request) offerClarifying(q council.Question) error {
	if _, err := q.Clarify(r.now); err != nil {
		return err
	}
	text := r.speak.Say("reply_word.unclear", "Reference", q.Reference().String())
	return r.offer(q.Reference(), cardQuestion, "unclear", text,
		[]store.Button{button(r.speak, "question_clarify", pressQuestion, questionClarify, q.Number)})
}

// offerForReminder offers what a short reply to one's own reminder may mean. A date in it
// is read elsewhere.
func (r *request) offerForReminder(own council.OwnReminder) (offered bool, err error) {
	key := ""
	var row []store.Button
	switch word := r.shortReply(); {
	case word.means(wordAgreed, wordDone, wordGood):
		key, row = "reminder_done", []store.Button{button(r.speak, "reminder_done", pressReminder, reminderDone, own.Number)}
	case word.means(wordNotYet, wordLater, wordCannot):
		key, row = "reminder_later", []store.Button{button(r.speak, "reminder_later", pressReminder, reminderLater, own.Number),
			button(r.speak, "reminder_date", pressReminder, reminderAnew, own.Number)}
	default:
		return false, nil
	}
	return true, r.offer(own.Reference(), "", key, r.speak.Say("reply_word."+key, "Reference", own.Reference().String()), row)
}
