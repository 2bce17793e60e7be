package bot

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// readPrompt takes a line apart and adds what it says to a draft: whom, the
// question, choices, when it comes again, and the deadline.
func (r *request) readPrompt(text string, entities []models.MessageEntity, draft promptDraft) (promptDraft, error) {
	text, ids, err := r.takeMentions(text, entities)
	if err != nil {
		return draft, err
	}
	text = strings.TrimSpace(text)
	if reference, rest, found := nextReference(text, false); found && reference.Letter == council.TaskLetter {
		if err := r.takeCheckIn(reference, &draft); err != nil {
			return draft, err
		}
		text = rest
	}
	if len(ids) > 0 {
		text = withoutJoining(text)
	}
	text, targets, err := r.takeAudience(text)
	if err != nil {
		return draft, err
	}
	for _, id := range ids {
		targets = append(targets, council.Target{MemberID: id})
	}
	if len(ids) > 0 {
		text = withoutJoining(text)
	}
	if len(targets) > 0 {
		draft.Targets = unique(targets)
	}
	question, choices := splitChoices(text)
	question = r.takePromptTimes(question, &draft)
	if choices != "" {
		if err := draft.setChoices(r.takePromptTimes(choices, &draft)); err != nil {
			return draft, err
		}
	}
	return draft, r.setPromptText(&draft, question)
}

// withoutJoining takes off what stood between names: commas, "dan", "untuk".
func withoutJoining(text string) string {
	for {
		text = strings.TrimLeft(text, " ,:;")
		word, rest := firstWord(text)
		if _, leads := locale.Meaning("prompt_lead", word); word == "" || !leads && !isJoining(word) {
			return text
		}
		text = rest
	}
}

func unique(targets []council.Target) []council.Target {
	var once []council.Target
	for _, target := range targets {
		if !slices.Contains(once, target) {
			once = append(once, target)
		}
	}
	return once
}

// takeCheckIn makes the prompt a check-in on a task that has not ended.
func (r *request) takeCheckIn(reference council.Reference, draft *promptDraft) error {
	task, err := r.task(reference.Number, council.ActionSeeTask)
	if err != nil {
		return err
	}
	if task.State.Ended() {
		return council.Refuse("prompt_task_ended", "Reference", reference.String(), "state", string(task.State))
	}
	draft.TaskNumber, draft.Targets = task.Number, nil
	return nil
}

// takePromptTimes takes out when a prompt comes again, and its deadline. A date
// without a word that says so belongs to the question.
func (r *request) takePromptTimes(text string, draft *promptDraft) string {
	if found, repeats := reading.FindRecurrence(text); repeats {
		draft.Recurrence = r.ruleOf(found, promptHour)
		if len(found.Offered) > 0 && !slices.Contains(found.Offered, promptHour*60) {
			draft.Recurrence.Hour, draft.Recurrence.Minute = found.Offered[0]/60, found.Offered[0]%60
		}
		text = text[:found.Start] + " " + text[found.End:]
	}
	due := reading.FindDue(text, r.readingContext())
	if due.End <= due.Start || !due.NoDeadline && !saysDeadline(text[due.Start:due.End]) {
		return text
	}
	r.settlePromptDeadline(due, withoutMarker(strings.Trim(text[due.Start:due.End], " ,.")), draft)
	return text[:due.Start] + " " + text[due.End:]
}

// saysDeadline tells whether a phrase begins with a word that can only mean a deadline.
func saysDeadline(phrase string) bool {
	meaning, count := leading("prompt_deadline", strings.Fields(phrase))
	return meaning != "" && count > 0
}

// settlePromptDeadline makes the deadline of a draft the one that was read, or
// keeps what is to be asked about it.
func (r *request) settlePromptDeadline(due reading.Due, phrase string, draft *promptDraft) {
	draft.unread, draft.phrase, draft.NoDeadline = reading.Due{}, "", due.NoDeadline
	switch {
	case due.NoDeadline:
		draft.At = council.Deadline{}.At
	case due.Outcome == reading.Found && due.Time.After(r.now):
		deadline := r.deadlineOf(due)
		draft.At, draft.Zone = deadline.At, deadline.Zone
	default:
		if due.Outcome == reading.None || due.Outcome == reading.Found {
			due.Outcome = reading.Vague
		}
		draft.unread, draft.phrase = due, phrase
	}
}

var choicesBegin = regexp.MustCompile(`(?i)(?:^|\s)(?:pilihan|opsi|pilih|choices|options)\s*:\s*`)

// splitChoices parts a question from the choices behind "pilihan:".
func splitChoices(text string) (question, choices string) {
	at := choicesBegin.FindStringIndex(text)
	if at == nil {
		return text, ""
	}
	return text[:at[0]], text[at[1]:]
}

// setChoices reads "a / b / c". Refusals: "prompt_few_choices", "prompt_many_choices".
func (d *promptDraft) setChoices(text string) error {
	var choices []string
	for _, choice := range strings.FieldsFunc(text, func(sign rune) bool { return strings.ContainsRune("/|;\n", sign) }) {
		choice = strings.Trim(tidy(choice), ". ")
		if choice != "" && !slices.Contains(choices, choice) {
			choices = append(choices, shorten(choice, choiceLimit))
		}
	}
	switch {
	case len(choices) < 2:
		return council.Refuse("prompt_few_choices")
	case len(choices) > choicesMost:
		return council.Refuse("prompt_many_choices", "N", strconv.Itoa(choicesMost))
	}
	d.Choices, d.Kind, d.KindChosen = choices, council.AnswerChoice, true
	return nil
}

// choiceLimit keeps a choice short enough for its button, in runes.
const choiceLimit = 60

// guessKind guesses from a question how it is answered: by the words with which
// one of its clauses begins.
func guessKind(question string) council.AnswerKind {
	for clause := range strings.FieldsFuncSeq(question, func(sign rune) bool { return strings.ContainsRune(",.;:!?\n()", sign) }) {
		words := strings.Fields(clause)
		if _, addresses := meaningOfFirst("prompt_address", words); addresses {
			words = words[1:]
		}
		if kind, count := leading("prompt_question", words); count > 0 {
			return council.AnswerKind(kind)
		}
	}
	return council.AnswerText
}

// kindNamed reads a kind of answer from its name: "angka", "ya/tidak".
func kindNamed(text string) (council.AnswerKind, bool) {
	kind, known := locale.Meaning("prompt_kind", text)
	return council.AnswerKind(kind), known
}
