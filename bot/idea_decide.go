package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What is done by button with the decision about an idea; its number follows.
const (
	ideaDecide       = "decide"  // [Setujui uji coba], [Tunda], [Belum]: the decision behind
	ideaDecideOK     = "dok"     // [Benar]
	ideaDecideChange = "dchange" // [Ubah]
)

// dialogDecide asks for the reason of a decision, and keeps it while it is looked at.
const (
	dialogDecide  = "decide"
	decideReason  = "reason"
	decidePreview = "preview"
)

// decisionDraft is a decision on its way.
type decisionDraft struct {
	Number int64
	State  council.IdeaState
	Reason string
}

// decisions are what can be decided, as the buttons offer it.
var decisions = []council.IdeaState{council.IdeaApproved, council.IdeaPostponed, council.IdeaNotNow}

// decisionWords is how many words may say what is decided.
const decisionWords = 4

// decideIdeaNamed is /putuskan I-1 setuju uji coba, mulai 3 truk. What is missing is asked.
func (r *request) decideIdeaNamed() error {
	number, rest := r.ideaNamed()
	if number == 0 && r.about.Letter == council.IdeaLetter {
		number = r.about.Number
	}
	if number == 0 {
		return r.reply(r.speak.Say("idea_decide.how"))
	}
	root, err := r.decidable(number)
	if err != nil {
		return err
	}
	state, reason := readDecision(rest)
	switch {
	case state == "":
		return r.replyAbout(root.Reference().String(), cardIdeaReview, r.speak.Say("idea_decide.which", "Reference", root.Reference().String(),
			"Title", shorten(plainLine(root.Title), cardTitleLimit)), decisionRow(r.speak, root))
	case reason == "":
		return r.askDecisionReason(decisionDraft{Number: root.Number, State: state})
	}
	return r.decideIdea(root, state, reason)
}

// decidable finds the idea that stands for another one, and refuses who may not
// decide about it, and places where the council does not decide.
func (r *request) decidable(number int64) (council.Idea, error) {
	if err := r.may(council.ActionDecideIdea, council.Scope{}); err != nil {
		return council.Idea{}, err
	}
	if err := r.deliberatesHere(); err != nil {
		return council.Idea{}, err
	}
	root, err := r.standsFor(number)
	if err != nil {
		return root, err
	}
	// What would be refused whatever the reason is not asked for.
	_, err = root.Decide(council.IdeaDecision{State: council.IdeaApproved, Reason: "-", At: r.now}, r.city.Timing.Calendar)
	return root, err
}

// deliberatesHere refuses places where the council does not deliberate.
func (r *request) deliberatesHere() error {
	if r.private || r.ofCity() {
		return nil
	}
	return council.Refuse("decide_elsewhere")
}

// readDecision reads what was decided, and why: "setuju uji coba, mulai 3 truk".
func readDecision(text string) (state council.IdeaState, reason string) {
	text = strings.TrimSpace(text)
	words := strings.Fields(text)
	for long := min(decisionWords, len(words)); long > 0; long-- {
		meaning, known := locale.Meaning("idea_decision", strings.Join(words[:long], " "))
		if !known {
			continue
		}
		for _, word := range words[:long] {
			text = strings.TrimSpace(strings.TrimPrefix(text, word))
		}
		between := func(letter rune) bool { return unicode.IsSpace(letter) || strings.ContainsRune(",.;:–—-", letter) }
		return council.IdeaState(meaning), strings.TrimLeftFunc(text, between)
	}
	return "", ""
}

// decisionRow offers what can be decided.
func decisionRow(speak locale.Speaker, idea council.Idea) []store.Button {
	row := make([]store.Button, len(decisions))
	for i, state := range decisions {
		row[i] = button(speak, "idea_decide_"+string(state), pressIdea, ideaDecide, idea.Number, string(state))
	}
	return row
}

// pressDecide asks for the reason of a decision.
func (r *request) pressDecide(number int64, rest pressArguments) error {
	state := council.IdeaState(rest.text(0))
	if !slices.Contains(decisions, state) {
		return r.stale()
	}
	root, err := r.decidable(number)
	if err != nil {
		return err
	}
	return errors.Join(r.askDecisionReason(decisionDraft{Number: root.Number, State: state}), r.toast(""))
}

func (r *request) askDecisionReason(draft decisionDraft) error {
	return r.askDecision(decideReason, draft, r.speak.Say("idea_decide.why", "Reference", ideaReference(draft.Number), "Decision", r.speak.Say("idea.state."+string(draft.State))))
}

// askDecision asks somebody; in a group it names whom, so that Telegram opens the reply.
func (r *request) askDecision(step string, draft decisionDraft, text string, rows ...[]store.Button) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	if !r.private && r.press != nil && r.actor.Username != "" && len(rows) == 0 {
		text = "@" + r.actor.Username + " " + text
	}
	return r.ask(dialogDecide, step, string(kept), text, rows...)
}

// answerDecide takes the reason of a decision, and shows what would be recorded.
func (r *request) answerDecide(dialog store.Dialog) error {
	draft, err := readDecisionDraft(dialog)
	if err != nil {
		return err
	}
	root, err := r.decidable(draft.Number)
	if err != nil {
		return err
	}
	draft.Reason = strings.TrimSpace(r.text)
	if draft.Reason == "" {
		return r.askDecisionReason(draft)
	}
	return r.previewDecision(root, draft)
}

// previewDecision shows what would be recorded of an idea.
func (r *request) previewDecision(root council.Idea, draft decisionDraft) error {
	if err := tooLong(draft.Reason, council.ReasonLimit, "decision_reason_too_long"); err != nil {
		return err
	}
	text := r.speak.Say("idea_decide.preview", "Reference", root.Reference().String(), "Title", shorten(plainLine(root.Title), cardTitleLimit),
		"Decision", r.speak.Say("idea.state."+string(draft.State)), "Reason", draft.Reason)
	return r.askDecision(decidePreview, draft, text, []store.Button{
		button(r.speak, "confirm", pressIdea, ideaDecideOK, root.Number), button(r.speak, "change", pressIdea, ideaDecideChange, root.Number),
	})
}

func readDecisionDraft(dialog store.Dialog) (draft decisionDraft, err error) {
	err = json.Unmarshal([]byte(dialog.Data), &draft)
	return draft, err
}

// draftHere finds the decision that the person who presses has on the way here.
func (r *request) draftHere(number int64) (draft decisionDraft, found bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogDecide || dialog.Step != decidePreview {
		return draft, false, notFoundIsNil(err)
	}
	draft, err = readDecisionDraft(dialog)
	return draft, err == nil && draft.Number == number, err
}

// pressDecideOK records a decision as its preview says.
func (r *request) pressDecideOK(number int64, _ pressArguments) error {
	draft, found, err := r.draftHere(number)
	if err != nil || !found {
		return errorsOr(err, r.stale())
	}
	root, err := r.decidable(draft.Number)
	if err != nil {
		return err
	}
	return errors.Join(r.decideIdea(root, draft.State, draft.Reason), r.toast(""))
}

// pressDecideChange lets what is decided be chosen anew.
func (r *request) pressDecideChange(number int64, _ pressArguments) error {
	draft, found, err := r.draftHere(number)
	if err != nil || !found {
		return errorsOr(err, r.stale())
	}
	root, err := r.decidable(draft.Number)
	if err != nil {
		return err
	}
	return errors.Join(r.edit(r.speak.Say("idea_decide.which", "Reference", root.Reference().String(),
		"Title", shorten(plainLine(root.Title), cardTitleLimit)), decisionRow(r.speak, root)), r.toast(""))
}

// decideIdea records a decision, offers a task for what was approved, and tells
// everybody: of an approval once it is said who prepares the trial, or soon after.
func (r *request) decideIdea(before council.Idea, state council.IdeaState, reason string) error {
	if err := tooLong(reason, council.ReasonLimit, "decision_reason_too_long"); err != nil {
		return err
	}
	decision := council.IdeaDecision{State: state, Reason: reason, MemberID: r.actor.ID, At: r.now}
	if _, right := council.May(r.actor, council.ActionDecideIdea, council.Scope{}); right == "on_behalf" {
		decision.MemberID, decision.OnBehalf = 0, r.actor.ID
	}
	idea, err := before.Decide(decision, r.city.Timing.Calendar)
	if err != nil {
		return err
	}
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	family.Root = idea
	group, offers, err := r.offersTask(family)
	if err != nil {
		return err
	}
	if err := r.keepIdeaAs(idea, council.EventDecided, reason, "decision", string(state), "before", string(before.Decision.State)); err != nil {
		return err
	}
	if err := r.canUndoIdea(before, idea); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if err := r.sayDecided(idea, group, offers); err != nil || offers {
		return err
	}
	return r.tellDecision(family, before.Decision.Heard())
}

// sayDecided says what was decided where that was done, and asks about a task for it.
func (r *request) sayDecided(idea council.Idea, group council.Group, offers bool) error {
	text, err := r.decidedLine(idea)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	if offers {
		office, err := r.officeOf(r.speak, group)
		if err != nil {
			return err
		}
		text += "\n" + r.speak.Say("idea_decide.task_ask", "Office", office)
		rows = append(rows, r.taskRows(idea)...)
	}
	return r.replyAbout(idea.Reference().String(), cardIdeaReview, text, append(rows, r.undoIdeaRow(idea))...)
}

// decidedLine is what was decided and why, with the average of the scores.
func (r *request) decidedLine(idea council.Idea) (string, error) {
	average, scorers, err := r.scored(idea)
	reason := idea.Decision.Reason
	if !r.private {
		reason = shorten(plainLine(reason), questionShown)
	}
	key := "idea_decide.done"
	if scorers == 0 {
		key = "idea_decide.done_unscored"
	}
	return r.speak.Say(key, "Reference", idea.Reference().String(), "Decision", ideaStateName(r.speak, idea), "Reason", strings.TrimRight(reason, "."),
		"Average", r.speak.Decimal(average), "N", scorers), err
}
