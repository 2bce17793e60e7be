package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// leaderButtons is for how many things a leader is offered a direction at once.
const leaderButtons = 3

// recentEvents is how many events are looked through for a direction.
const recentEvents = 50

// Directions a leader gives with one tap.
const (
	directionToday   = "today"
	directionCall    = "call"
	directionForward = "forward" // to a position
)

// direction is what a leader says with one tap.
type direction struct {
	word string
	to   int64 // the position, for directionForward
}

// writeReport writes a short respectful note for a leader, with one-tap directions.
// What the same person hears as coordinator or assignee is not said twice.
func (n *notice) writeReport() error {
	matters, err := n.matters()
	if err != nil || len(matters) == 0 {
		return err
	}
	office, directs, err := n.readStanding()
	if err != nil {
		return err
	}
	n.openReport("notice.leader", office)
	asked := 0
	for _, one := range matters {
		n.add(one.line)
		given, err := n.directed(one.subject)
		if err != nil {
			return err
		}
		switch {
		case given.word != "":
			if err := n.noteDirection(one.subject, given); err != nil {
				return err
			}
		case !one.over:
			if asked++; directs && asked <= leaderButtons {
				if err := n.offerDirections(one.subject, len(matters) > 1); err != nil {
					return err
				}
			}
		}
	}
	switch {
	case asked > 0 && directs:
		n.add(n.speak.Say("notice.leader_ask"))
	case asked > 0:
		n.add(n.speak.Say("notice.leader_support"))
	}
	return nil
}

// matters are the things that a leader is told of and that have not been said yet.
func (n *notice) matters() ([]matter, error) {
	var matters []matter
	for _, item := range n.items(council.ToLeader) {
		one, err := n.matter(item)
		if err != nil {
			return nil, err
		}
		if one.line != "" {
			matters = append(matters, one)
		}
	}
	return matters, nil
}

// openReport begins the note with the full form of address, which stands in the
// place of the greeting where nothing comes before it.
func (n *notice) openReport(key, office string) {
	line := n.speak.Say(key, "Person", n.esteemed(office))
	alone := len(n.greetings) == 0
	n.greet(line)
	n.sections = append(n.sections, section{})
	if !alone {
		n.headline(line)
	}
}

// matter is one thing that a leader is told of.
type matter struct {
	subject council.Reference
	line    string // empty when it has been said already
	over    bool   // no direction is needed any more
}

func (n *notice) matter(item council.Item) (matter, error) {
	if item.Task.Number == 0 {
		return n.evaluationMatter(item)
	}
	one := matter{subject: item.Task.Reference(), over: item.Task.State.Ended()}
	if n.listed[item.Task.Number] {
		return one, nil
	}
	n.listed[item.Task.Number] = true
	where := n.speak.Say("dimension.none")
	group, err := n.tx.Group(item.Task.GroupID)
	if notFoundIsNil(err) != nil {
		return one, err
	}
	if err == nil {
		where = kindName(n.speak, group.Kind, group.Dimension)
	}
	left := n.speak.Left(item.Days)
	if one.over {
		left = n.speak.Say("task.state." + string(item.Task.State))
	}
	one.line = n.speak.Say("notice.leader_task", "Reference", one.subject.String(), "Title", shorten(item.Task.Title, cardTitleLimit),
		"Group", where, "Left", left)
	return one, nil
}

// evaluationMatter is an evaluation, once for all its dates.
func (n *notice) evaluationMatter(item council.Item) (one matter, err error) {
	one = matter{subject: item.Evaluation.Reference(), over: item.Evaluation.State != council.EvaluationOpen}
	if item.Evaluation.Number == 0 || n.reported[one.subject.String()] {
		return one, nil
	}
	n.reported[one.subject.String()] = true
	if item.Counts.OfIndicators {
		one.line, err = n.readinessMatter(item)
		return one, err
	}
	one.line = n.speak.Say("notice.leader_evaluation", "Reference", one.subject.String(), "Name", item.Evaluation.Name,
		"Left", n.speak.Left(item.Days), "Done", item.Counts.Done, "Total", item.Counts.Total, "Blocked", item.Counts.Blocked)
	return one, nil
}

// directed is the direction that was given about a thing since the digest was
// said, by whomever; the zero direction if there was none.
func (n *notice) directed(subject council.Reference) (direction, error) {
	events, err := n.tx.History(subject, 0, recentEvents)
	for _, event := range events {
		if event.Kind == council.EventDirected && !event.At.Before(n.At) {
			return directionIn(event.Detail), err
		}
	}
	return direction{}, err
}

// noteDirection says that a direction was given.
func (n *notice) noteDirection(subject council.Reference, given direction) error {
	words, err := n.bot.directionText(n.tx, n.speak, given)
	n.add(n.speak.Say("notice.direction.noted", "Reference", subject.String(), "Direction", words))
	return err
}

// directionIn reads a direction from its record.
func directionIn(detail map[string]string) direction {
	return direction{word: detail["direction"], to: pressArguments{detail["to"]}.number(0)}
}

// esteemed is the full form of address: "Plh. Sekda, Bapak H. Anwar Malolo";
// without an office, of the person alone.
func (n *notice) esteemed(office string) string { return esteemed(n.speak, n.member, office) }

func esteemed(speak speaker, member council.Member, office string) string {
	person := speak.Say("notice.esteemed", "Address", member.Address, "Name", withoutAddress(member.Name, member))
	if member.Address == "" {
		person = speak.Say("notice.esteemed_unasked", "Name", member.Name)
	}
	if person = strings.TrimSpace(person); office == "" {
		return person
	}
	return office + ", " + person
}

// offerDirections offers what a leader may say of a thing: first to take what is in the
// way to a position, where there is one that can help.
func (n *notice) offerDirections(subject council.Reference, several bool) error {
	choices, err := n.forwardButtons(subject)
	for _, word := range []string{directionToday, directionCall} {
		choices = append(choices, button(n.speak, "direct_"+word, pressDirect, subject.String(), word))
	}
	for _, choice := range choices {
		if several {
			choice.Text = subject.String() + " · " + choice.Text
		}
		n.offer(choice)
	}
	return err
}

// pressDirect records a leader's direction and tells every coordinator.
func (r *request) pressDirect(arguments pressArguments) error {
	if err := r.mayInPlace(council.ActionDirect); err != nil {
		return err
	}
	reference, known := council.ParseReference(arguments.text(0))
	wanted := direction{word: arguments.text(1), to: arguments.number(2)}
	if !known || !slices.Contains([]string{directionToday, directionCall, directionForward}, wanted.word) || (wanted.to != 0) != (wanted.word == directionForward) {
		return r.toast(r.speak.Say("press.stale"))
	}
	title, err := r.directable(reference)
	if err != nil {
		return err
	}
	obstacles, err := r.directedObstacles(reference, wanted)
	if err != nil {
		return err
	}
	before, given, err := r.alreadyDirected(reference, wanted)
	if err != nil {
		return err
	}
	if !given {
		if err := r.direct(reference, title, wanted, obstacles); err != nil {
			return err
		}
	}
	if err := r.refreshDigests(reference); err != nil {
		return err
	}
	if err := r.refreshPressed(); err != nil {
		return err
	}
	if given && before.ID != r.actor.ID {
		return r.toast(r.speak.Say("notice.direction.already", "Reference", reference.String(), "Person", namePerson(r.speak, before)))
	}
	return r.toast(r.speak.Say("notice.direction.toast", "Reference", reference.String()))
}

// direct records a direction with the position in which it is given, and tells
// every coordinator, and whoever is to help with the obstacles.
func (r *request) direct(reference council.Reference, title string, given direction, obstacles []council.Task) error {
	position, holding, found, err := r.ownOffice()
	if err != nil {
		return err
	}
	detail := []string{"direction", given.word, "day", r.day().String()}
	if found {
		detail = append(detail, "position", idText(position.ID))
	}
	if given.to != 0 {
		detail = append(detail, "to", idText(given.to))
	}
	if err := r.record(reference, council.EventDirected, "", detail...); err != nil {
		return err
	}
	by := func(speak speaker) string {
		if !found {
			return namePerson(speak, r.actor.Member)
		}
		return r.officeName(r.tx, speak, position, holding) + " (" + namePerson(speak, r.actor.Member) + ")"
	}
	helpers, err := r.tellHelpers(given, obstacles, by)
	if err != nil {
		return err
	}
	return r.tellDirection(reference, title, given, by, func(speak speaker) (string, error) { return r.helpersText(speak, given, obstacles, helpers) })
}

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
	case council.IdeaLetter:
		idea, err := r.idea(reference.Number)
		if err == nil && !idea.State.Undecided() {
			return "", over
		}
		return plainLine(idea.Title), err
	}
	return "", council.Refuse("no_such_thing", "Reference", reference.String())
}

// alreadyDirected tells whether the same direction was given today, and by whom:
// a second press, and that of a second leader, is the same one.
func (r *request) alreadyDirected(reference council.Reference, wanted direction) (by council.Member, given bool, err error) {
	events, err := r.tx.History(reference, 0, recentEvents)
	for _, event := range events {
		if event.Kind == council.EventDirected && directionIn(event.Detail) == wanted && event.Detail["day"] == r.day().String() {
			return event.Member, true, nil
		}
	}
	return by, false, err
}

func (r *request) tellDirection(reference council.Reference, title string, given direction, by func(speaker) string, more func(speaker) (string, error)) error {
	members, err := r.others(coordinators(r.tx))
	if err != nil {
		return err
	}
	_, err = r.tellEach(members, reference.String(), aboutNotice, func(speak speaker, _ council.Member) (string, [][]store.Button, error) {
		words, err := r.directionText(r.tx, speak, given)
		if err != nil {
			return "", nil, err
		}
		behind, err := more(speak)
		return speak.Say("notice.direction.told", "Person", by(speak), "Reference", reference.String(),
			"Title", shorten(title, cardTitleLimit), "Direction", words) + behind, nil, err
	})
	return err
}
