package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// followEvaluation moves the open tasks of an evaluation whose deadline was one of its
// dates along with that date, and tells each assignee once.
func (r *request) followEvaluation(before, after council.Evaluation) error {
	tasks, err := r.tx.Tasks(store.TaskFilter{EvaluationID: after.Number, OpenOnly: true}, 0, council.IndicatorsLimit)
	if err != nil {
		return err
	}
	told := make(map[int64][]council.Task)
	for _, task := range tasks {
		moved, follows := task.Follow(before, after, r.now)
		if !follows {
			continue
		}
		if err := r.keepTask(task, moved, dueChange(moved.Deadline)); err != nil {
			return err
		}
		if err := r.refreshCards(moved, cardExtra{}); err != nil {
			return err
		}
		r.followed = append(r.followed, moved)
		for _, assignee := range moved.Assignees {
			if assignee.MemberID != 0 && assignee.MemberID != r.actor.ID {
				told[assignee.MemberID] = append(told[assignee.MemberID], moved)
			}
		}
	}
	return r.tellFollowed(after, told)
}

// tellFollowed tells each person in one message which of the tasks have moved.
func (r *request) tellFollowed(evaluation council.Evaluation, told map[int64][]council.Task) error {
	ids := make([]int64, 0, len(told))
	for id := range told {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		member, err := r.tx.Member(id)
		if err != nil {
			return err
		}
		speak := r.speaker(member)
		lines := []string{speak.Say("indicator.assign.moved_notice", "Person", greetPerson(speak, member),
			"Evaluation", evaluation.Reference().String(), "Name", evaluation.Name)}
		tasks := told[id]
		for _, task := range tasks[:min(len(tasks), assignedListed)] {
			lines = append(lines, speak.Say("indicator.assign.moved_task", "Reference", task.Reference().String(),
				"Title", shorten(task.Title, cardTitleLimit), "Deadline", r.deadlineIn(speak, task.Deadline)))
		}
		if more := len(tasks) - assignedListed; more > 0 {
			lines = append(lines, speak.Count("notice.more", more))
		}
		subject := ""
		if len(tasks) == 1 {
			subject = tasks[0].Reference().String()
		}
		if _, err := r.tell(member, subject, aboutIndicatorTasks, strings.Join(lines, "\n")); err != nil {
			return err
		}
	}
	return nil
}

// followedWords name the tasks that this request has moved along; none for none.
func (r *request) followedWords() []string {
	moved := r.followed
	if len(moved) == 0 {
		return nil
	}
	text := referenceList(moved[:min(len(moved), assignedListed)])
	if more := len(moved) - assignedListed; more > 0 {
		text += " " + r.speak.Count("notice.more", more)
	}
	return []string{r.speak.Say("indicator.assign.moved", "References", text)}
}
