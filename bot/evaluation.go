package bot

import (
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// showEvaluations is /evaluasi: what is being prepared, with the days left;
// /evaluasi E-1 is /status E-1.
func (r *request) showEvaluations() error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	if references, _ := r.references(); len(references) > 0 && references[0].Letter == council.EvaluationLetter {
		return r.showEvaluation(references[0])
	}
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return err
	}
	if len(evaluations) == 0 {
		text := r.speak.Say("evaluation.none")
		if r.actor.Coordinates() {
			text += "\n" + r.speak.Say("evaluation.how")
		}
		return r.reply(text)
	}
	lines, err := r.evaluationLines()
	if err != nil {
		return err
	}
	subject := ""
	if len(evaluations) == 1 {
		subject = evaluations[0].Reference().String()
	}
	return r.replyAbout(subject, aboutEvaluation, r.speak.Say("evaluation.list")+"\n"+strings.Join(lines, "\n"))
}

// evaluationLines are the evaluations in preparation, a line each.
func (r *request) evaluationLines() ([]string, error) {
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, evaluation := range evaluations {
		lines = append(lines, r.speak.Say("status.evaluation", "Reference", evaluation.Reference().String(),
			"Name", evaluation.Name, "Next", r.evaluationText().next(evaluation)))
	}
	return lines, nil
}

// showEvaluation is /status E-1: dates, counts, and the reminders to come.
func (r *request) showEvaluation(reference council.Reference) error {
	if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
		return err
	}
	evaluation, err := r.evaluation(reference)
	if err != nil {
		return err
	}
	words := r.evaluationText()
	lines := []string{reference.String() + " · " + evaluation.Name + " · " + r.speak.Say("evaluation.state."+string(evaluation.State))}
	lines = append(lines, words.milestones(evaluation.Milestones, false)...)
	progress, err := words.progressOf(r.tx, evaluation)
	if err != nil {
		return err
	}
	lines = append(lines, progress...)
	planned, err := r.plannedLine(evaluation)
	if err != nil {
		return err
	}
	if planned != "" {
		lines = append(lines, planned)
	}
	lines = append(lines, words.ownRhythm(evaluation)...)
	buttons, err := r.packButton(evaluation)
	if err != nil {
		return err
	}
	presentation, err := r.presentationButton(evaluation)
	if err != nil {
		return err
	}
	return r.replyAbout(reference.String(), aboutEvaluation, strings.Join(lines, "\n"), append(buttons, presentation...)...)
}

// plannedLine lists the mornings on which something is planned to be said.
func (r *request) plannedLine(evaluation council.Evaluation) (string, error) {
	reminders, err := r.tx.WaitingReminders(evaluation.Reference())
	if err != nil || len(reminders) == 0 {
		return "", err
	}
	deadlines := make(map[int64]council.Deadline)
	for _, milestone := range evaluation.Milestones {
		deadlines[milestone.ID] = milestone.Deadline
	}
	var steps []string
	said := make(map[string]bool)
	for _, reminder := range reminders {
		step := r.evaluationText().step(reminder, deadlines[reminder.MilestoneID])
		if !said[step] && reminder.Audience != council.ToCoordinator { // which is for evaluations with indicators alone
			said[step] = true
			steps = append(steps, step)
		}
	}
	return r.speak.Say("evaluation.next_reminders", "Steps", strings.Join(steps, " · ")), nil
}

// fraction writes "2/4".
func fraction(part, whole int) string { return strconv.Itoa(part) + "/" + strconv.Itoa(whole) }
