package bot

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// Who can help with an obstacle.
const (
	helperCoordinator = "c"
	helperLeader      = "l"
	helperLater       = "n"
	helperPosition    = "p" // and which
)

// helperPositions is how many positions are offered as the ones that can help.
const helperPositions = 6

// helperRows ask who can help with an obstacle: the coordinators, a leader, or the head
// of an office, such as that of a subdistrict.
func (r *request) helperRows(task council.Task) ([][]store.Button, error) {
	coordinator := button(r.speak, "helper_coordinator", pressHelper, task.Number, helperCoordinator)
	leader := button(r.speak, "helper_leader", pressHelper, task.Number, helperLeader)
	later := button(r.speak, "helper_later", pressHelper, task.Number, helperLater)
	positions, err := r.positionsThatHelp(task)
	if err != nil || len(positions) == 0 {
		return [][]store.Button{{coordinator, leader, later}}, err
	}
	rows := [][]store.Button{{coordinator, leader}}
	for i, position := range positions[:min(len(positions), helperPositions)] {
		if i%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: r.officeName(r.tx, r.speak, position, council.Holding{}),
			Data: data(pressHelper, task.Number, helperPosition, position.ID)})
	}
	return append(rows, []store.Button{later}), nil
}

// positionsThatHelp lists the heads of offices, those first of which the obstacle
// speaks, then those of the task's own group.
func (r *request) positionsThatHelp(task council.Task) ([]council.Position, error) {
	words, err := r.obstacleWords(task.Reference())
	if err != nil {
		return nil, err
	}
	positions, err := r.tx.Positions()
	if err != nil {
		return nil, err
	}
	place := func(position council.Position) int {
		if spoken := spokenOf(words, position); spoken > 0 {
			return -spoken
		}
		if position.GroupID != 0 && position.GroupID == task.GroupID {
			return 0
		}
		return 1
	}
	var held []council.Position
	for _, position := range positions {
		holdings, err := r.tx.Holdings(position.ID, r.day())
		if err != nil {
			return nil, err
		}
		others := slices.ContainsFunc(holdings, func(h council.Holding) bool { return h.Covers(r.day()) && h.MemberID != r.actor.ID })
		if position.Kind == council.PositionOfficeHead && others {
			held = append(held, position)
		}
	}
	slices.SortStableFunc(held, func(a, b council.Position) int { return place(a) - place(b) })
	return held, nil
}

// spokenOf tells how plainly an obstacle speaks of a position: 2 of its own office, 1 of
// what such an office does, 0 of neither.
func spokenOf(words string, position council.Position) int {
	if position.Kind != council.PositionOfficeHead {
		return 0
	}
	said, title := foldedWords(words), foldedWords(position.Title)
	_, count := leading("position", strings.Fields(position.Title))
	office := " " + strings.Join(title[min(count, len(title)):], " ") + " "
	if office != "  " && strings.Contains(" "+strings.Join(said, " ")+" ", office) {
		return 2
	}
	for _, word := range said {
		if helper, known := locale.Meaning("helper", word); known && len(title) > 0 && title[0] == helper {
			return 1
		}
	}
	return 0
}

// foldedWords are the words of a text without their signs, in small letters.
func foldedWords(text string) []string {
	words := strings.FieldsFunc(text, func(letter rune) bool { return !unicode.IsLetter(letter) && !unicode.IsDigit(letter) })
	for i, word := range words {
		words[i] = locale.FoldWord(word)
	}
	return words
}

// positionSpokenOf finds the one position that an obstacle speaks of most plainly;
// false where there is none, or several.
func positionSpokenOf(words string, positions []council.Acting) (found council.Position, one bool) {
	most := 0
	for _, position := range positions {
		switch spoken := spokenOf(words, position.Position); {
		case spoken > most:
			found, most, one = position.Position, spoken, true
		case spoken == most:
			one = false
		}
	}
	return found, one && most > 0
}

// pressObstacle records an obstacle at once and then asks who can help.
func (r *request) pressObstacle(arguments pressArguments) error {
	task, err := r.changeTask(arguments.number(0), obstacleChange(""))
	if err != nil {
		return err
	}
	rows, err := r.helperRows(task)
	if err != nil {
		return err
	}
	extra := cardExtra{question: r.speak.Say("task.card.who_helps"), rows: rows, undoBy: r.actor.ID}
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
	toast, told := r.speak.Say("task.toast.helper"), []int64(nil)
	switch arguments.text(1) {
	case helperCoordinator:
		told, err = r.askHelp(task, coordinators)
	case helperLeader:
		told, err = r.askHelp(task, func(*store.Tx) ([]council.Member, error) { return r.leadersNow(task.GroupID) })
	case helperPosition:
		toast, err = r.helpOfPosition(task, arguments.number(2))
	case helperLater:
		toast = r.speak.Say("task.toast.helper_later")
	default:
		return r.stale()
	}
	if err != nil {
		return err
	}
	if asked := arguments.text(1); len(told) == 0 && (asked == helperCoordinator || asked == helperLeader) {
		toast = r.speak.Say("task.toast.helper_nobody")
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
	return r.toast(toast)
}

// helpOfPosition records that a position can help. Its holder is not written to for
// that: the coordinators are told, and a leader is offered to take it there.
func (r *request) helpOfPosition(task council.Task, id int64) (string, error) {
	positions, err := r.positionsThatHelp(task)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(positions, func(position council.Position) bool { return position.ID == id })
	if at < 0 {
		return r.speak.Say("press.stale"), nil
	}
	if err := r.record(task.Reference(), council.EventHelpAsked, "", "position", idText(id)); err != nil {
		return "", err
	}
	words, err := r.obstacleWords(task.Reference())
	if err != nil {
		return "", err
	}
	members, err := r.others(coordinators(r.tx))
	if err != nil {
		return "", err
	}
	name := func(speak speaker) string { return r.officeName(r.tx, speak, positions[at], council.Holding{}) }
	_, err = r.tellEach(members, task.Reference().String(), cardTask, func(speak speaker, _ council.Member) (string, [][]store.Button, error) {
		return speak.Say("task.notice.helper_position", "Reference", task.Reference().String(), "Title", shorten(task.Title, cardTitleLimit),
			"Person", namePerson(speak, r.actor.Member), "Position", name(speak), "Words", words), nil, nil
	})
	return r.speak.Say("task.toast.helper_position", "Position", name(r.speak)), err
}

// helperNamed is the position that was named last as the one that can help with the
// present obstacle of a task; 0 for none.
func (r *request) helperNamed(reference council.Reference) (int64, error) {
	events, err := r.tx.History(reference, 0, recentEvents)
	for _, event := range events {
		switch event.Kind {
		case council.EventHelpAsked:
			return pressArguments{event.Detail["position"]}.number(0), err
		case council.EventObstacle:
			return 0, err
		}
	}
	return 0, err
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
