package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
)

// promptHour is when a round of a prompt opens that was given a day without an hour.
const promptHour = 9

// choicesMost is how many choices a prompt may offer.
const choicesMost = 10

// promptDraft is a prompt on its way: what has been said of it so far. It is kept
// in the conversation's row, so that it survives a restart at every step.
type promptDraft struct {
	Number     int64 // the prompt whose deadline is to change; 0: a new one
	Text       string
	Kind       council.AnswerKind
	KindChosen bool // by the person; else it was guessed from the question
	Choices    []string
	ShowTexts  bool
	Targets    []council.Target
	TaskNumber int64
	Recurrence *council.Recurrence
	At         time.Time // zero until it is known
	Zone       string
	NoDeadline bool
	Guided     bool // begun without a question, so the kind of answer is asked
	Preview    int

	unread reading.Due // a deadline that is no moment yet
	phrase string      // as it was written
}

func (d promptDraft) deadline() council.Deadline {
	if d.At.IsZero() {
		return council.Deadline{}
	}
	return council.Deadline{At: d.At.UTC(), Zone: d.Zone}
}

// asksDeadline tells whether the deadline is still to be asked for. A round of
// what repeats lasts until the next one.
func (d promptDraft) asksDeadline() bool {
	return d.unread.Outcome != "" || d.At.IsZero() && !d.NoDeadline && d.Recurrence == nil
}

// prompt is /pemantik: one line, or step by step; with a reference it shows how
// that prompt stands.
func (r *request) prompt() error {
	if err := r.mayInPlace(council.ActionPrompt); err != nil {
		return err
	}
	if number, named := r.promptNamed(); named {
		return r.showPrompt(number)
	}
	text, entities := body(r.message)
	draft, err := r.readPrompt(text, entities, promptDraft{})
	if err != nil {
		return err
	}
	if err := r.addReplied(&draft); err != nil {
		return err
	}
	if len(draft.Targets) == 0 && draft.TaskNumber == 0 && draft.Text != "" && r.linked() {
		draft.Targets = []council.Target{{GroupID: r.group.ID}}
	}
	return r.goOnPrompt(draft)
}

// promptNamed is the prompt that a command names by its reference, or by replying
// to a message about it without further words.
func (r *request) promptNamed() (number int64, named bool) {
	word, rest := firstWord(r.text)
	reference, found := council.ParseReference(word)
	if !found && r.text == "" {
		reference, rest = r.about, ""
	}
	return reference.Number, reference.Letter == council.PromptLetter && rest == ""
}

// addReplied asks the writer of the message replied to, when nobody is named.
func (r *request) addReplied(draft *promptDraft) error {
	reply := r.message.ReplyToMessage
	if reply == nil || reply.From == nil || reply.From.IsBot {
		return nil
	}
	if len(draft.Targets) == 0 && draft.TaskNumber == 0 {
		member, err := r.known(reply.From)
		if err != nil {
			return err
		}
		draft.Targets = []council.Target{{MemberID: member.ID}}
	}
	if draft.Text == "" {
		words, _ := body(reply)
		return r.setPromptText(draft, words)
	}
	return nil
}

// setPromptText takes a question, and guesses from it how it is answered.
func (r *request) setPromptText(draft *promptDraft, text string) error {
	text = tidy(text)
	if length := len([]rune(text)); length > council.PromptLimit {
		return council.Refuse("prompt_long", "Length", strconv.Itoa(length), "N", strconv.Itoa(council.PromptLimit))
	}
	if text == "" {
		return nil
	}
	draft.Text = text
	if !draft.KindChosen {
		draft.Kind = guessKind(text)
	}
	return nil
}

// goOnPrompt shows the preview, or asks for the next thing that is missing.
func (r *request) goOnPrompt(draft promptDraft) error {
	if draft.Text == "" {
		draft.Guided = true
	}
	switch {
	case len(draft.Targets) == 0 && draft.TaskNumber == 0:
		return r.beginPrompt(draft)
	case draft.Text == "":
		return r.askPrompt(draft, promptText, r.speak.Say("prompt.ask.text"))
	case draft.Guided && !draft.KindChosen:
		return r.askPromptKind(draft)
	case draft.Kind == council.AnswerChoice && len(draft.Choices) < 2:
		return r.askPrompt(draft, promptChoices, r.speak.Say("prompt.ask.choices"))
	case draft.asksDeadline():
		return r.askPromptDeadline(draft)
	}
	return r.previewPrompt(draft)
}

// draftedPrompt is the prompt that a draft would make now.
func (r *request) draftedPrompt(draft promptDraft) council.Prompt {
	prompt := council.Prompt{Text: draft.Text, Kind: draft.Kind, ShowTexts: draft.ShowTexts, Targets: draft.Targets,
		TaskNumber: draft.TaskNumber, Recurrence: draft.Recurrence, State: council.PromptWaiting, CreatedBy: r.actor.ID, CreatedAt: r.now}
	if draft.Kind == council.AnswerChoice {
		prompt.Choices = draft.Choices
	}
	prompt = prompt.Following(r.now, r.city.Timing.Calendar)
	if draft.Recurrence != nil && !draft.At.IsZero() {
		opens, end := r.city.Timing.Calendar.Day(prompt.Opens(r.city.Timing.Calendar)), draft.At.In(r.city.Zone)
		prompt.Length = council.RoundLength{Days: council.DayOf(end, r.city.Zone).Sub(opens), Minute: end.Hour()*60 + end.Minute()}
		for prompt.Length.Days < 0 {
			prompt.Length.Days += 7 // "tenggat Rabu" is the one after the opening
		}
	}
	return prompt
}

// promptKind names the messages of one round of a prompt, beside its reference.
func promptKind(face string, round int) string { return face + ":" + strconv.Itoa(round) }

// Faces of a prompt.
const (
	cardPrompt       = "prompt"        // the question, with its buttons
	cardPromptResult = "prompt_result" // how a round stands, for coordinators
)

// roundNamed is the round whose message was replied to, or the present one.
func roundNamed(kind string, prompt council.Prompt) int {
	if _, after, found := strings.Cut(kind, ":"); found {
		if round, err := strconv.Atoi(after); err == nil {
			return round
		}
	}
	return prompt.Round.Number
}
