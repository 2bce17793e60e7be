package bot

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// readReminder takes a message apart: for whom, about what, when; the rest is
// the text, as it was written. A reply to somebody's message without words of
// its own is about those words.
func (r *request) readReminder(message *models.Message) (reminderDraft, error) {
	text, entities := body(message)
	if _, _, rest, isCommand := splitCommand(text, entities); isCommand {
		text = rest
	}
	return r.readReminderText(text, r.peopleNamed(message))
}

func (r *request) readReminderText(text string, people []string) (reminderDraft, error) {
	var draft reminderDraft
	text, draft.For = r.takeFor(strings.TrimSpace(text))
	text, draft.About = takeReference(text)
	if draft.About.IsZero() && isNamed(r.about) {
		draft.About = r.about
	}
	text = r.takeWhen(text, &draft)
	text = withoutLead(strings.Trim(text, " \n\t,;:"))
	for _, name := range people {
		draft.others = draft.others || strings.HasPrefix(text, name)
	}
	draft.setText(text)
	if reply := r.message.ReplyToMessage; text == "" && r.about.IsZero() && reply != nil && reply.From != nil && reply.From.ID != r.id.Load() {
		words, _ := body(reply)
		draft.setText(strings.TrimSpace(words))
	}
	return draft, r.seesAbout(draft.About)
}

func (d *reminderDraft) setText(text string) {
	d.Text = shorten(text, council.OwnReminderLimit)
	d.Cut = d.Text != text
}

// peopleNamed lists how a message names people other than its writer.
func (r *request) peopleNamed(message *models.Message) []string {
	text, entities := body(message)
	var names []string
	for _, entity := range entities {
		name, found := entityText(text, entity)
		switch {
		case !found:
		case entity.Type == models.MessageEntityTypeMention:
			folded := council.FoldUsername(name)
			if folded != council.FoldUsername(r.Username()) && folded != council.FoldUsername(r.actor.Username) {
				names = append(names, name)
			}
		case entity.Type == models.MessageEntityTypeTextMention && entity.User != nil && entity.User.ID != r.actor.TelegramID:
			names = append(names, name)
		}
	}
	return names
}

// takeFor takes off the first word where it says whom to remind: "saya", "grup",
// the person's own @username.
func (r *request) takeFor(text string) (rest, whom string) {
	word, rest := firstWord(text)
	if name, named := strings.CutPrefix(word, "@"); named && council.FoldUsername(name) == council.FoldUsername(r.actor.Username) {
		return rest, forOwn
	}
	if whom, known := locale.Meaning("reminder_for", word); known {
		return rest, whom
	}
	return text, ""
}

// takeReference takes off the first word where it names a task or an evaluation.
func takeReference(text string) (string, council.Reference) {
	if reference, rest, found := nextReference(text, false); found {
		return rest, reference
	}
	return text, council.Reference{}
}

// withoutLead takes off a small word that led from the date into the text: "untuk", "to".
func withoutLead(text string) string {
	word, rest := firstWord(text)
	if _, leads := locale.Meaning("reminder_lead", word); leads && rest != "" {
		return rest
	}
	return text
}

// seesAbout lets nobody hang a reminder on what they may not see.
func (r *request) seesAbout(about council.Reference) error {
	switch about.Letter {
	case council.TaskLetter:
		_, err := r.task(about.Number, council.ActionSeeTask)
		return err
	case council.EvaluationLetter:
		if err := r.may(council.ActionSeeEvaluation, council.Scope{}); err != nil {
			return err
		}
		_, err := r.evaluation(about)
		return err
	}
	return nil
}
