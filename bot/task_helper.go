package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Who can help with an obstacle.
const (
	helperCoordinator = "c"
	helperLeader      = "l"
	helperLater       = "n"
)

// helperRow asks who can help with an obstacle.
func helperRow(speak speaker, number int64) []store.Button {
	return []store.Button{
		button(speak, "helper_coordinator", pressHelper, number, helperCoordinator),
		button(speak, "helper_leader", pressHelper, number, helperLeader),
		button(speak, "helper_later", pressHelper, number, helperLater),
	}
}

// pressObstacle records an obstacle at once and then asks who can help.
func (r *request) pressObstacle(arguments pressArguments) error {
	task, err := r.changeTask(arguments.number(0), obstacleChange(""))
	if err != nil {
		return err
	}
	extra := cardExtra{question: r.speak.Say("task.card.who_helps"), rows: [][]store.Button{helperRow(r.speak, task.Number)}, undoBy: r.actor.ID}
	if err := r.showPressed(task, extra); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.obstacle"))
}

// pressHelper passes the wish for help on, as long as the obstacle is there.
func (r *request) pressHelper(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionObstruct)
	if err != nil {
		return err
	}
	if task.State != council.TaskBlocked {
		return r.stale()
	}
	toast, told := "helper", []int64(nil)
	switch arguments.text(1) {
	case helperCoordinator:
		told, err = r.askHelp(task, coordinators)
	case helperLeader:
		told, err = r.askHelp(task, func(*store.Tx) ([]council.Member, error) { return r.leadersNow(task.GroupID) })
	case helperLater:
		toast = "helper_later"
	default:
		return r.stale()
	}
	if err != nil {
		return err
	}
	if toast == "helper" && len(told) == 0 {
		toast = "helper_nobody"
	}
	isCard, err := r.onCard()
	switch {
	case err != nil:
	case isCard:
		err = r.showPressedStanding(task)
	default:
		err = r.closePressed(task)
	}
	if err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast." + toast))
}

// askHelp tells those who may help of an obstacle and who asks for their help,
// and returns whom it could reach.
func (r *request) askHelp(task council.Task, helpers func(*store.Tx) ([]council.Member, error)) ([]int64, error) {
	words, err := r.obstacleWords(task.Reference())
	if err != nil {
		return nil, err
	}
	members, err := r.others(helpers(r.tx))
	if err != nil {
		return nil, err
	}
	told, err := r.tellEach(members, task.Reference().String(), cardTask, func(speak speaker, _ council.Member) (string, [][]store.Button, error) {
		return speak.Say("task.notice.helper", "Reference", task.Reference().String(), "Title", shorten(task.Title, cardTitleLimit),
			"Person", namePerson(speak, r.actor.Member), "Words", words), nil, nil
	})
	return memberIDs(told), err
}

// obstacleWords finds what was last said of an obstacle, with it or as a
// comment after it; "" if nothing was.
func (r *request) obstacleWords(reference council.Reference) (string, error) {
	events, err := r.tx.History(reference, 0, historyPage)
	if err != nil {
		return "", err
	}
	words := ""
	for _, event := range events {
		if words == "" && event.Kind == council.EventCommented {
			words = event.Words
		}
		if event.Kind == council.EventObstacle {
			if event.Words != "" {
				words = event.Words
			}
			return words, nil
		}
	}
	return "", nil
}
