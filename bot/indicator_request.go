package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// codesInTitle finds the codes of indicators of evaluations that are being prepared
// among the words of a title, and what stands beside them.
func (r *request) codesInTitle(title string, evaluation int64) (found []council.Indicator, rest string, err error) {
	var kept []string
	behind := false // the word before was a code, or joined one to the next
	for _, word := range strings.Fields(title) {
		code, looks := council.IndicatorCode(word)
		var indicator council.Indicator
		if looks {
			if indicator, err = r.indicatorByCode(code, evaluation); err != nil {
				return nil, "", err
			}
		}
		_, joins := locale.Meaning("joining", word)
		switch {
		case indicator.ID != 0:
			behind = true
			if !containsIndicator(found, indicator.ID) {
				found = append(found, indicator)
			}
		case behind && (joins || word == "&" || word == "+"):
		default:
			behind = false
			kept = append(kept, word)
		}
	}
	if last := len(kept) - 1; last > 0 {
		if meaning, _ := locale.Meaning("indicator", kept[last]); meaning == "to" {
			kept = kept[:last]
		}
	}
	return found, tidy(strings.Join(kept, " ")), nil
}

// requestOfIndicators takes a new task that names several indicators, as the assessors
// ask for more after an interview: it becomes one for each of them.
func (r *request) requestOfIndicators(line taskLine, draft taskDraft) (bool, error) {
	if len(draft.Files) > 0 || line.Recurrence != nil || len(line.Partners) > 0 || line.Recommends != 0 || draft.Meeting != 0 {
		return false, nil
	}
	found, words, err := r.codesInTitle(draft.Title, line.Evaluation)
	if err != nil || len(found) < 2 {
		return false, err
	}
	assignment := indicatorAssignment{Evaluation: line.Evaluation, Words: words, MemberIDs: line.MemberIDs, Anyone: len(line.MemberIDs) == 0,
		NoDeadline: line.Due.NoDeadline, Phrase: line.DuePhrase, due: line.Due}
	if deadline := draft.deadline(); !deadline.IsZero() {
		assignment.Deadline = deadline
	}
	for _, indicator := range found {
		assignment.Indicators = append(assignment.Indicators, indicator.ID)
	}
	if line.Kind != "" {
		groups, err := r.groupsNamed(line.Kind, line.Dimension)
		if err != nil {
			return true, err
		}
		if len(groups) == 0 {
			return true, council.Refuse("no_such_group")
		}
		assignment.GroupID = groups[0].ID
	}
	return true, r.goOnAssigningIndicators(assignment)
}

// stepEvaluation asks for which evaluation a task is that names an indicator.
const stepEvaluation = "evaluation"

// evaluationsOfTitle finds the one indicator that a task names, and asks for the
// evaluation where several have it.
func (r *request) evaluationsOfTitle(draft *taskDraft) ([]council.Evaluation, error) {
	found, _, err := r.codesInTitle(draft.Title, draft.Evaluation)
	if err != nil || len(found) != 1 {
		draft.Indicator = 0
		return nil, err
	}
	draft.Indicator = found[0].ID
	return r.evaluationsMeant(indicatorAssignment{Evaluation: draft.Evaluation, Indicators: []int64{found[0].ID}})
}

func (r *request) askEvaluationOfTask(draft taskDraft, evaluations []council.Evaluation) error {
	var rows [][]store.Button
	for _, evaluation := range evaluations[:min(len(evaluations), evaluationChoices)] {
		rows = append(rows, []store.Button{{Text: evaluation.Reference().String() + " · " + shorten(evaluation.Name, phraseLimit),
			Data: data(pressDraft, stepEvaluation, evaluation.Number)}})
	}
	return r.askDraft(draft, stepEvaluation, r.speak.Say("indicator.assign.evaluation"), rows...)
}

// linkNamedIndicator records that a new task is to bring the evidence of the indicator
// that it names.
func (r *request) linkNamedIndicator(draft taskDraft, task council.Task) error {
	if draft.Indicator == 0 {
		return nil
	}
	return r.tx.LinkIndicatorTask(draft.Indicator, task.Number)
}

// evaluationNamed reads an answer that names an evaluation which is being prepared.
func (r *request) evaluationNamed(text string) (int64, error) {
	reference, is := council.ParseReference(text)
	if !is || reference.Letter != council.EvaluationLetter {
		return 0, nil
	}
	evaluations, err := r.tx.Evaluations()
	if !slices.ContainsFunc(evaluations, func(e council.Evaluation) bool { return e.Number == reference.Number }) {
		return 0, err
	}
	return reference.Number, err
}
