package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// leftListed is how many things of somebody who left are named to the coordinators.
const leftListed = 12

// tellLeftBehind tells the coordinators what somebody still has who is in no linked group
// any more, and asks what is to become of it.
func (r *request) tellLeftBehind(member council.Member) error {
	actor, err := r.tx.Actor(member)
	if err != nil || len(actor.Groups) > 0 {
		return err
	}
	plan, err := r.planHandover(member, council.Member{})
	if err != nil || plan.empty() {
		return err
	}
	handover, err := r.tx.CreateHandover(council.Handover{From: member.ID, State: council.HandoverAsked, Things: plan.things(), At: r.now})
	if err != nil {
		return err
	}
	return r.tellCoordinators(leftSubject(handover), leftKind(handover), func(speak speaker, to council.Member) (string, [][]store.Button, error) {
		return r.leftFace(speak, handover)
	})
}

func (r *request) leftText(speak locale.Speaker, plan handoverPlan) string {
	var names, tasks []string
	things := plan.things()
	for _, thing := range things[:min(len(things), leftListed)] {
		names = append(names, r.thingName(speak, thing))
	}
	for _, task := range plan.tasks[:min(len(plan.tasks), leftListed)] {
		tasks = append(tasks, task.Reference().String())
	}
	text := strings.Join(names, ", ")
	if more := len(things) - leftListed; more > 0 {
		text += " " + speak.Count("notice.more", more)
	}
	return speak.Say("handover.left", "Person", namePerson(speak, plan.from), "Things", text, "Tasks", strings.Join(tasks, " "))
}

// leftSubject lets an answer name the thing, where there is one alone.
func leftSubject(handover council.Handover) string {
	if len(handover.Things) == 1 {
		if reference, ok := council.ParseReference(handover.Things[0]); ok && reference.Letter == council.TaskLetter {
			return handover.Things[0]
		}
	}
	return ""
}

// leftKind marks the messages that ask about one person who left.
func leftKind(handover council.Handover) string { return "left:" + idText(handover.Number) }

// pressLeft answers what is to become of the things of somebody who left; the first
// press counts.
func (r *request) pressLeft(verb string, number int64) (string, error) {
	handover, err := r.tx.Handover(number)
	if err != nil {
		return "", err
	}
	if handover.State != council.HandoverAsked {
		return r.alreadyHandedOver(handover)
	}
	if verb == handoverGive {
		return "", r.beginHandover(handover.From)
	}
	handover.State, handover.By, handover.At = council.HandoverLeft, r.actor.ID, r.now
	if err := r.tx.SaveHandover(handover); err != nil {
		return "", err
	}
	if err := r.record(council.Reference{}, council.EventHandedOver, "", "from", idText(handover.From), "change", "left", "handover", idText(number)); err != nil {
		return "", err
	}
	return "", r.showLeft(handover)
}

// settleOthers lets whatever else was shown or asked about a person who has handed over
// now say so.
func (r *request) settleOthers(done council.Handover) error {
	waiting, err := r.tx.HandoversWaiting(done.From)
	for _, handover := range waiting {
		handover.State, handover.At = council.HandoverSettled, done.At
		err = errors.Join(err, r.keepLeft(handover))
	}
	return err
}

// openOthers lets what a handover settled that is undone be asked or shown as before.
func (r *request) openOthers(done council.Handover) error {
	settled, err := r.tx.HandoversSettledBy(done)
	for _, handover := range settled {
		handover.State, handover.At = council.HandoverShown, r.now
		if handover.By == 0 {
			handover.State = council.HandoverAsked
		}
		err = errors.Join(err, r.keepLeft(handover))
	}
	return err
}

// keepLeft keeps a handover, and shows it to the coordinators where they were asked.
func (r *request) keepLeft(handover council.Handover) error {
	if err := r.tx.SaveHandover(handover); err != nil || handover.By != 0 {
		return err
	}
	return r.showLeft(handover)
}

// leftFace is what a coordinator was asked about somebody who left, as it stands now.
func (r *request) leftFace(speak locale.Speaker, handover council.Handover) (string, [][]store.Button, error) {
	if handover.State != council.HandoverAsked {
		decided, err := r.decidedHandover(handover)
		if err != nil {
			return "", nil, err
		}
		text, err := r.handoverOutcome(speak, decided)
		return text, nil, err
	}
	member, err := r.tx.Member(handover.From)
	if err != nil {
		return "", nil, err
	}
	plan, err := r.planHandover(member, council.Member{})
	row := []store.Button{button(speak, "hand_over", pressHandover, handoverGive, handover.Number), button(speak, "leave_be", pressHandover, handoverLeave, handover.Number)}
	return r.leftText(speak, plan), [][]store.Button{row}, err
}

// showLeft shows every coordinator who was asked how it stands, and who decided it.
func (r *request) showLeft(handover council.Handover) error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	if members, err = r.withActor(members); err != nil {
		return err
	}
	for _, member := range members {
		messages, err := r.tx.MessagesAbout(member.TelegramID, leftSubject(handover), leftKind(handover))
		if err != nil {
			return err
		}
		text, rows, err := r.leftFace(r.speaker(member), handover)
		if err != nil {
			return err
		}
		for _, message := range messages {
			if err := r.tx.Queue(store.Outgoing{ChatID: member.TelegramID, Kind: store.KindEdit, Priority: store.PriorityAnswer,
				Payload: store.Payload{Text: text, Buttons: rows, MessageID: message}}, time.Now()); err != nil {
				return err
			}
		}
	}
	return nil
}

// withActor adds whoever acts, who may coordinate no more by it.
func (r *request) withActor(members []council.Member) ([]council.Member, error) {
	if r.actor.ID == 0 {
		return members, nil
	}
	return append(withoutMember(members, r.actor.ID), r.actor.Member), nil
}
