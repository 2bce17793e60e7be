package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// handInsOffered is how many tasks a message about what was filed offers to hand in.
const handInsOffered = 4

// handInButtons offer whoever filed pieces to hand in the tasks that were to bring
// them: filing alone leaves a task open, and its reminders go on.
func (r *request) handInButtons(speak locale.Speaker, pieces []council.Evidence) ([]store.Button, error) {
	tasks, err := r.tasksBrought(pieces)
	if err != nil {
		return nil, err
	}
	var row []store.Button
	for _, task := range tasks[:min(len(tasks), handInsOffered)] {
		row = append(row, store.Button{Text: speak.Say("button.submit_one", "Reference", task.Reference().String()),
			Data: data(pressEvidence, evidenceHandIn, pieces[0].Filing, task.Number)})
	}
	return row, nil
}

// tasksBrought are the tasks of whoever filed pieces that are for the same indicators
// and can still be handed in.
func (r *request) tasksBrought(pieces []council.Evidence) (open []council.Task, err error) {
	asked := map[int64]bool{}
	for _, piece := range pieces {
		if asked[piece.IndicatorID] || !isFiled(piece) {
			continue
		}
		asked[piece.IndicatorID] = true
		tasks, err := r.tx.TasksOfIndicator(piece.IndicatorID)
		if err != nil {
			return nil, err
		}
		for _, task := range tasks {
			if _, holds := task.Assignee(piece.MemberID); !holds {
				continue
			}
			if _, err := task.Submit(piece.MemberID); err == nil {
				open = append(open, task)
			}
		}
	}
	return open, nil
}

// pressHandIn is [Selesai T-12] below what was filed for that task's indicator.
func (r *request) pressHandIn(filing int64, rest pressArguments) error {
	if _, err := r.ownFiling(filing); err != nil {
		return err
	}
	task, err := r.changeTask(rest.number(0), submitChange())
	if err != nil {
		return err
	}
	if err := r.showHandedIn(); err != nil {
		return err
	}
	toast := "submitted"
	if task.State != council.TaskSubmitted {
		toast = "submitted_part"
	}
	return errors.Join(r.refreshFiling(filing), r.toast(r.speak.Say("task.toast."+toast, "Reference", task.Reference().String())))
}
