package bot

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// leaderButtons is for how many things a leader is offered a direction at once.
const leaderButtons = 3

// Directions a leader gives with one tap.
const (
	directionToday = "today"
	directionCall  = "call"
)

// writeReport writes a short respectful note for a leader, with one-tap directions.
// What the same person hears as coordinator or assignee is not said twice.
func (n *notice) writeReport() error {
	var lines []string
	var subjects []string
	for _, item := range n.items(council.ToLeader) {
		line, subject, err := n.reportLine(item)
		if err != nil {
			return err
		}
		if line != "" {
			lines, subjects = append(lines, line), append(subjects, subject)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	if len(n.lines) > 0 {
		n.add("")
	}
	n.add(n.speak.Say("notice.leader", "Person", n.esteemed()))
	if len(n.lines) == 1 {
		n.apologise()
	}
	n.add(lines...)
	n.add(n.speak.Say("notice.leader_ask"))
	n.directionButtons(subjects)
	return nil
}

func (n *notice) reportLine(item council.Item) (line, subject string, err error) {
	left := n.speak.Left(item.Days)
	if item.Task.Number == 0 {
		subject = item.Evaluation.Reference().String()
		if n.reported[subject] {
			return "", "", nil // by another of its dates
		}
		n.about[subject], n.reported[subject] = true, true
		return n.speak.Say("notice.leader_evaluation", "Reference", subject, "Name", item.Evaluation.Name, "Left", left,
			"Done", item.Counts.Done, "Total", item.Counts.Total, "Blocked", item.Counts.Blocked), subject, nil
	}
	if n.listed[item.Task.Number] {
		return "", "", nil
	}
	n.listed[item.Task.Number] = true
	subject = item.Task.Reference().String()
	n.about[subject] = true
	where := n.speak.Say("dimension.none")
	group, err := n.tx.Group(item.Task.GroupID)
	if notFoundIsNil(err) != nil {
		return "", "", err
	}
	if err == nil {
		where = kindName(n.speak, group.Kind, group.Dimension)
	}
	return n.speak.Say("notice.leader_task", "Reference", subject, "Title", shorten(item.Task.Title, cardTitleLimit),
		"Group", where, "Left", left), subject, nil
}

// esteemed is the full form of address: "Bapak H. Anwar Malolo".
func (n *notice) esteemed() string {
	if n.member.Address == "" {
		return strings.TrimSpace(n.speak.Say("notice.esteemed_unasked", "Name", n.member.Name))
	}
	return strings.TrimSpace(n.speak.Say("notice.esteemed", "Address", n.member.Address, "Name", n.member.Name))
}

func (n *notice) directionButtons(subjects []string) {
	for i, subject := range subjects {
		if i == leaderButtons {
			return
		}
		row := []store.Button{
			button(n.speak, "direct_today", pressDirect, subject, directionToday),
			button(n.speak, "direct_call", pressDirect, subject, directionCall),
		}
		if len(subjects) == 1 {
			n.buttons = append(n.buttons, row[:1], row[1:])
			return
		}
		for j := range row {
			row[j].Text = subject + " · " + row[j].Text
			n.buttons = append(n.buttons, row[j:j+1])
		}
	}
}

// pressDirect records a leader's direction and tells every coordinator.
func (r *request) pressDirect(arguments pressArguments) error {
	if err := r.mayInPlace(council.ActionDirect); err != nil {
		return err
	}
	reference, known := council.ParseReference(arguments.text(0))
	direction := arguments.text(1)
	if !known || direction != directionToday && direction != directionCall {
		return r.toast(r.speak.Say("press.stale"))
	}
	title, err := r.directable(reference)
	if err != nil {
		return err
	}
	given, err := r.alreadyDirected(reference, direction)
	if err != nil {
		return err
	}
	if !given {
		if err := r.record(reference, council.EventDirected, "", "direction", direction, "day", r.today()); err != nil {
			return err
		}
		if err := r.tellDirection(reference, title, direction); err != nil {
			return err
		}
	}
	if err := r.showDirected(reference, direction); err != nil {
		return err
	}
	return r.toast(r.speak.Say("notice.direction.toast", "Reference", reference.String()))
}

func (r *request) today() string { return council.DayOf(r.now, r.city.Zone).String() }

// directable gives the title of a thing that a direction can still help.
func (r *request) directable(reference council.Reference) (string, error) {
	over := council.Refuse("no_direction", "Reference", reference.String())
	switch reference.Letter {
	case council.TaskLetter:
		task, err := r.task(reference.Number, council.ActionSeeTask)
		if err == nil && task.State.Ended() {
			return "", over
		}
		return task.Title, err
	case council.EvaluationLetter:
		evaluation, err := r.evaluation(reference)
		if err == nil && evaluation.State != council.EvaluationOpen {
			return "", over
		}
		return evaluation.Name, err
	}
	return "", council.Refuse("no_such_thing", "Reference", reference.String())
}

// alreadyDirected tells whether the person gave the same direction today: a
// second press is the same one.
func (r *request) alreadyDirected(reference council.Reference, direction string) (bool, error) {
	const recent = 50
	events, err := r.tx.History(reference, 0, recent)
	for _, event := range events {
		if event.Kind == council.EventDirected && event.MemberID == r.actor.ID &&
			event.Detail["direction"] == direction && event.Detail["day"] == r.today() {
			return true, nil
		}
	}
	return false, err
}

func (r *request) tellDirection(reference council.Reference, title, direction string) error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if member.ID == r.actor.ID {
			continue
		}
		speak := r.speaker(member)
		text := speak.Say("notice.direction.told", "Person", namePerson(speak, r.actor.Member), "Reference", reference.String(),
			"Title", shorten(title, cardTitleLimit), "Direction", speak.Say("notice.direction."+direction))
		if _, err := r.tell(member, reference.String(), aboutNotice, text); err != nil {
			return err
		}
	}
	return nil
}

// showDirected writes the direction under the note that asked for it, and takes
// the buttons for that thing away.
func (r *request) showDirected(reference council.Reference, direction string) error {
	message := r.press.Message.Message
	if message == nil || message.Text == "" {
		return nil
	}
	noted := r.speak.Say("notice.direction.noted", "Reference", reference.String(), "Direction", r.speak.Say("notice.direction."+direction))
	if strings.Contains(message.Text, noted) {
		return nil
	}
	return r.edit(message.Text+"\n"+noted, otherButtons(message, reference)...)
}

// otherButtons are the buttons of a message that are about other things.
func otherButtons(message *models.Message, reference council.Reference) [][]store.Button {
	if message.ReplyMarkup == nil {
		return nil
	}
	var rows [][]store.Button
	for _, row := range message.ReplyMarkup.InlineKeyboard {
		var kept []store.Button
		for _, key := range row {
			if !strings.HasPrefix(key.CallbackData, data(pressDirect, reference.String())+":") {
				kept = append(kept, store.Button{Text: key.Text, Data: key.CallbackData, URL: key.URL})
			}
		}
		if len(kept) > 0 {
			rows = append(rows, kept)
		}
	}
	return rows
}
