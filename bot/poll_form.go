package bot

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// dialogPoll is the form for a poll; its steps ask for one thing each.
const (
	dialogPoll       = "poll"
	stepPollQuestion = "question"
	stepPollOptions  = "options"
	stepPollGroups   = "groups"
	stepPollEnd      = "end"
	stepPollChange   = "change"
)

// newPoll is /jajak: in one line, or step by step; with a reference it shows how a
// poll stands.
func (r *request) newPoll() error {
	if err := r.mayInPlace(council.ActionPoll); err != nil {
		return err
	}
	word, rest := firstWord(r.text)
	if reference, named := council.ParseReference(word); named && reference.Letter == council.PollLetter && rest == "" {
		return r.findPoll(reference)
	}
	draft, err := r.readPoll(r.text, pollDraft{})
	if err != nil {
		return err
	}
	return r.goOnPoll(draft)
}

// goOnPoll shows the preview, or asks for the next thing that is missing or that
// Telegram does not take.
func (r *request) goOnPoll(draft pollDraft) error {
	refusal := draft.poll().Check()
	switch {
	case draft.Question == "":
		return r.askPoll(draft, stepPollQuestion, r.speak.Say("poll.ask.question"))
	case refusal != nil && refusal.Code == "poll_question_long":
		return r.askPoll(draft, stepPollQuestion, r.pollRefusal(refusal)+"\n\n"+draft.Question)
	case len(draft.Options) == 0:
		return r.askPoll(draft, stepPollOptions, r.speak.Say("poll.ask.options"))
	case refusal != nil:
		return r.askPoll(draft, stepPollOptions, r.pollRefusal(refusal)+"\n\n"+strings.Join(draft.Options, "\n"))
	case len(draft.Groups) == 0:
		return r.askPollGroups(draft, "poll.ask.groups")
	case draft.Deadline.IsZero() && !draft.NoDeadline:
		text, rows := r.pollEndQuestion(draft)
		return r.askPoll(draft, stepPollEnd, text, rows...)
	}
	return r.previewPoll(draft)
}

// pollRefusal says what Telegram does not take; the words stand below it.
func (r *request) pollRefusal(refusal *council.Refusal) string {
	var details []any
	for name, value := range refusal.Details {
		details = append(details, name, shorten(value, cardTitleLimit))
	}
	return r.speak.Say("refused."+refusal.Code, details...)
}

func (r *request) askPoll(draft pollDraft, step, text string, rows ...[]store.Button) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.ask(dialogPoll, step, string(kept), text, rows...)
}

// pollGroupChoices are the choices that a button offers; everything else is written.
var pollGroupChoices = []string{"all", string(council.KindCouncil), string(council.KindWorkingGroup), string(council.KindCommunity)}

// askPollGroups asks for the groups, and offers the kinds of which there are some.
func (r *request) askPollGroups(draft pollDraft, key string) error {
	if draft.Nobody {
		key = "poll.ask.groups_nobody"
	}
	linked, err := r.tx.Groups()
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for _, choice := range pollGroupChoices {
		if len(groupsChosen(choice, linked)) > 0 {
			rows = append(rows, []store.Button{{Text: r.speak.Say("poll.groups_of." + choice), Data: data(pressPoll, pollGroups, choice)}})
		}
	}
	if len(rows) == 0 {
		return council.Refuse("poll_no_groups")
	}
	return r.askPoll(draft, stepPollGroups, r.speak.Say(key), rows...)
}

func groupsChosen(choice string, linked []council.Group) []council.Group {
	var chosen []council.Group
	for _, group := range linked {
		if group.Reachable && (choice == "all" || group.Kind == council.GroupKind(choice)) {
			chosen = append(chosen, group)
		}
	}
	return chosen
}

// pollEndQuestion asks until when people can vote, and says what was not
// understood of what was given.
func (r *request) pollEndQuestion(draft pollDraft) (string, [][]store.Button) {
	moments, key := r.usualDeadlines(), "poll.ask.end"
	if due := draft.unread; due.Outcome != "" {
		key = "poll.ask.end_unread"
		if len(due.Candidates) > 0 {
			moments, key = due.Candidates[:min(len(due.Candidates), candidateLimit)], "poll.ask.end_choose"
		} else if due.Outcome == reading.Past || due.Outcome == reading.Found {
			key = "poll.ask.end_past"
		}
	}
	var rows [][]store.Button
	for _, moment := range moments {
		local := moment.In(r.city.Zone)
		rows = append(rows, []store.Button{{Text: r.speak.Day(local) + " " + r.speak.Hour(local), Data: data(pressPoll, pollUntil, moment.Unix())}})
	}
	rows = append(rows, []store.Button{button(r.speak, "poll_no_end", pressPoll, pollUntil, 0)})
	return r.speak.Say(key, "Phrase", shorten(draft.phrase, phraseLimit)), rows
}

// answerPoll takes the answer to what the form asked.
func (r *request) answerPoll(dialog store.Dialog) error {
	if err := r.mayInPlace(council.ActionPoll); err != nil {
		return err
	}
	draft, err := readPollDraft(dialog)
	if err != nil {
		return err
	}
	switch dialog.Step {
	case stepPollQuestion:
		draft, err = r.readPoll(r.text, draft)
	case stepPollOptions:
		draft.setOptions(splitOptions(r.readPollEnd(plainBlanks(r.text), &draft)))
	case stepPollGroups:
		return r.takePollGroups(draft)
	case stepPollEnd:
		r.takePollEnd(&draft)
	case stepPollChange:
		return r.takePollChange(draft)
	}
	if err != nil {
		return err
	}
	return r.goOnPoll(draft)
}

func readPollDraft(dialog store.Dialog) (draft pollDraft, err error) {
	return draft, json.Unmarshal([]byte(dialog.Data), &draft)
}

func (r *request) takePollGroups(draft pollDraft) error {
	groups, ok, err := r.pollGroupsNamed(r.text)
	if err != nil {
		return err
	}
	if draft.setGroups(groups); !ok {
		draft.Nobody = false
		return r.askPollGroups(draft, "poll.ask.groups_unread")
	}
	return r.goOnPoll(draft)
}

// takePollEnd reads an answer that should be a date.
func (r *request) takePollEnd(draft *pollDraft) {
	due := reading.ReadDue(r.text, r.readingContext())
	if due.Outcome == reading.None && !due.NoDeadline {
		due.Outcome = reading.Vague
	}
	draft.setEnd(r, due, r.text)
}

// takePollChange reads what is to be changed in a preview, and shows it anew: its
// groups, its end, how is voted, or the question and the options.
func (r *request) takePollChange(draft pollDraft) error {
	if _, err := r.tx.EndDialog(r.chatID, previewOwner(draft.Preview)); err != nil {
		return err
	}
	text := strings.TrimSpace(plainBlanks(r.text))
	groups, ok, err := r.pollGroupsNamed(text)
	if err != nil {
		return err
	}
	due := reading.ReadDue(text, r.readingContext())
	_, manner := locale.Meaning("poll_manner", text)
	switch {
	case ok:
		draft.setGroups(groups)
	case manner:
		draft.takeManner(text)
	case len(separators(text)) == 0 && !strings.Contains(text, "?") && (due.NoDeadline || due.Outcome != reading.None):
		draft.setEnd(r, due, text)
	case !strings.Contains(text, "?") && len(separators(text)) > 0 && !strings.Contains(text, ":"):
		draft.setOptions(splitOptions(r.readPollEnd(text, &draft)))
	default:
		draft, err = r.readPoll(text, draft)
	}
	if err != nil {
		return err
	}
	return r.goOnPoll(draft)
}

// pressInPollForm takes an answer to the form that was given by button.
func (r *request) pressInPollForm(step string, take func(*pollDraft) error) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && (dialog.Kind != dialogPoll || dialog.Step != step) {
		return r.stale()
	}
	if err != nil {
		return err
	}
	draft, err := readPollDraft(dialog)
	if err == nil {
		err = take(&draft)
	}
	if err == nil {
		err = r.goOnPoll(draft)
	}
	if err != nil {
		return err
	}
	return r.toast("")
}

// pressPollGroups takes the groups that a button offers.
func (r *request) pressPollGroups(choice string) error {
	return r.pressInPollForm(stepPollGroups, func(draft *pollDraft) error {
		linked, err := r.tx.Groups()
		draft.setGroups(groupsChosen(choice, linked))
		return err
	})
}

// pressPollUntil takes the end that a button offers.
func (r *request) pressPollUntil(unix int64) error {
	return r.pressInPollForm(stepPollEnd, func(draft *pollDraft) error {
		draft.NoDeadline = unix == 0
		if at := time.Unix(unix, 0); at.After(r.now) {
			draft.Deadline = r.deadlineAt(at)
		}
		return nil
	})
}
