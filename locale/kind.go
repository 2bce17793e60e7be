package locale

import (
	"slices"
	"strings"
)

// Kind is what becomes of a sentence, which says how long it may be.
type Kind string

// Kinds of sentences. What none of the others is, is (a part of) a message.
const (
	KindMessage Kind = "message"
	KindButton  Kind = "button"
	KindToast   Kind = "toast"   // a short word at the edge of the screen, or a box to close
	KindRefusal Kind = "refusal" // a message, and after a press a box to close
	KindCard    Kind = "card"    // a line of a card
	KindCommand Kind = "command" // what people type; it cannot be worded otherwise
	KindHeading Kind = "heading" // of a sheet that is read again; neither can this
)

// KindOf tells what becomes of the sentence with this key.
func KindOf(key string) Kind {
	switch {
	case strings.HasPrefix(key, "command.") && strings.Count(key, ".") > 1:
		return KindCommand
	case strings.HasPrefix(key, "indicator.template."):
		return KindHeading
	case strings.HasPrefix(key, "button."):
		return KindButton
	case toasts[key] || strings.Contains(key, "toast"):
		return KindToast
	case strings.HasPrefix(key, "refused."):
		return KindRefusal
	case strings.Contains(key, ".card.") || strings.Contains(key, ".state.") || slices.ContainsFunc(cardLinesBegin, func(begin string) bool { return strings.HasPrefix(key, begin) }):
		return KindCard
	}
	return KindMessage
}

// cardLinesBegin are the beginnings of further keys whose sentences stand in the lines
// of cards in groups.
var cardLinesBegin = []string{"idea_card.", "date.", "idea_same.support", "idea_review.head", "idea_review.about", "idea_review.submitters",
	"prompt.for", "prompt.withdrawn", "prompt.closed", "prompt.no_deadline", "prompt.deadline", "prompt.answers", "prompt.numbers", "question.receipt.", "question.verdict.", "dimension.", "announcement.copy."}

// toasts are the sentences that answer a press although their key does not say so.
var toasts = func() map[string]bool {
	known := make(map[string]bool)
	for key := range strings.FieldsSeq(`attend.again attend.here consent.already consent.changed consent.thanks
		evaluation.created evaluation.undone export.making holiday.kept holiday.unchanged holiday.undone_short idea.held.settled
		idea_merge.apart idea_merge.offered idea_score.open_private idea_score.sent idea_trial.over indicator.kept_short
		indicator.undone_short notice.alive notice.direction.already people.saved people.who_done poll.made presentation.nobody
		consent.waits dialog.cancelled settings.changed_since settings.same settings.undone wording.flaw.fixed wording.only_example
		press.form press.stale prompt.form prompt.stale recommendation.undone reminder.again reminder.done reminder.form
		reminder.undone settings.in_private`) {
		known[key] = true
	}
	return known
}()

// Telegram's limits, in characters: on a message, on the answer to a press, and on what
// a button shows of its label on a telephone in two rows.
const (
	MessageLimit = 4096
	ToastLimit   = 200
	ButtonLimit  = 64
)

// Limit is how many characters a sentence of a kind may have with its values filled in.
func (k Kind) Limit() int {
	switch k {
	case KindButton:
		return ButtonLimit
	case KindToast, KindRefusal:
		return ToastLimit
	}
	return MessageLimit
}
