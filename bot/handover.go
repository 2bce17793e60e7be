package bot

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

const (
	pressHandover  = "over"     // the meaning of every button of handovers
	dialogHandover = "handover" // it is asked who hands over, or to whom
)

// What the buttons of handovers mean, and the steps of the conversation.
const (
	handoverFrom    = "from"  // this person hands over
	handoverTo      = "to"    // to this person
	handoverPeople  = "page"  // more people to choose from
	handoverGo      = "go"    // [Benar]
	handoverChange  = "else"  // [Ubah]: to somebody else
	handoverBack    = "undo"  // within ten minutes
	handoverGive    = "give"  // who left every group hands over
	handoverLeave   = "leave" // who left every group keeps what is open
	handoverReady   = "ready" // [Siap] for all that was taken
	handoverPrompt  = "ask"   // opens a prompt that was taken
	handoverMeeting = "meet"  // opens a meeting that was taken
)

// handoverPayload stands in the link that opens the private chat for a handover.
const handoverPayload = "serahterima"

// aboutHandover marks a message about a handover.
const aboutHandover = "handover"

// handover is /serah_terima @lama @baru, or @baru as a reply to a message of the one who
// leaves; who is not named is asked for.
func (r *request) handover() error {
	if err := r.may(council.ActionHandover, council.Scope{}); err != nil {
		return err
	}
	people, err := r.handoverNamed()
	if err != nil {
		return err
	}
	if !r.private && !written(r.actor.Member) {
		return r.reply(r.speak.Say("handover.in_private"), []store.Button{{Text: r.speak.Say("button.open_private"), URL: r.privateLink(handoverPayload)}})
	}
	theirs := r.inPrivate()
	switch len(people) {
	case 0:
		err = theirs.askHandoverFrom(0)
	case 1:
		err = theirs.beginHandover(people[0])
	case 2:
		err = theirs.showHandover(council.Handover{From: people[0], To: people[1]})
	default:
		return council.Refuse("handover_two")
	}
	return r.elsewhere(err)
}

// handoverNamed lists who is named, the one who leaves first.
func (r *request) handoverNamed() ([]int64, error) {
	text, entities := body(r.message)
	rest, people, err := r.takeMentions(text, entities)
	if err != nil {
		return nil, err
	}
	if reply := r.message.ReplyToMessage; len(people) < 2 && reply != nil && reply.From != nil && !reply.From.IsBot {
		member, err := r.known(reply.From)
		if err != nil {
			return nil, err
		}
		people = append([]int64{member.ID}, people...)
	}
	if words := strings.TrimSpace(rest); words != "" && len(people) < 2 {
		called, err := r.membersCalled(words)
		if err != nil {
			return nil, err
		}
		people = append(people, called...)
	}
	return people, nil
}

// beginHandover asks to whom somebody hands over.
func (r *request) beginHandover(from int64) error {
	member, err := r.tx.Member(from)
	if err != nil {
		return err
	}
	plan, err := r.planHandover(member, council.Member{})
	if err != nil {
		return err
	}
	if plan.empty() {
		return r.refuseEmpty(plan)
	}
	handover, err := r.tx.CreateHandover(council.Handover{From: member.ID, By: r.actor.ID, State: council.HandoverShown, At: r.now})
	if err != nil {
		return err
	}
	return r.askHandoverTo(handover, 0)
}

func (r *request) refuseEmpty(plan handoverPlan) error {
	if plan.owner {
		return council.Refuse("handover_only_owner", "Person", namePerson(r.speak, plan.from))
	}
	return council.Refuse("handover_nothing", "Person", namePerson(r.speak, plan.from))
}

// handoverOffered is how many people one page of a choice offers.
const handoverOffered = 8

func (r *request) askHandoverFrom(page int64) error {
	rows, err := r.handoverRows(0, page, func(id int64) string { return data(pressHandover, handoverFrom, id) },
		func(page int64) string { return data(pressHandover, handoverPeople, 0, page) })
	if err != nil {
		return err
	}
	return r.askOn(dialogHandover, handoverFrom, council.Handover{}, r.speak.Say("handover.ask_from"), rows...)
}

func (r *request) askHandoverTo(handover council.Handover, page int64) error {
	from, err := r.tx.Member(handover.From)
	if err != nil {
		return err
	}
	rows, err := r.handoverRows(from.ID, page, func(id int64) string { return data(pressHandover, handoverTo, handover.Number, id) },
		func(page int64) string { return data(pressHandover, handoverPeople, handover.Number, page) })
	if err != nil {
		return err
	}
	return r.askOn(dialogHandover, handoverTo, handover, r.speak.Say("handover.ask_to", "Person", namePerson(r.speak, from)), rows...)
}

// handoverRows offers the people who work for the programme, page by page.
func (r *request) handoverRows(except, page int64, choose, turn func(int64) string) ([][]store.Button, error) {
	page = max(page, 0)
	people, err := r.tx.Colleagues(except, int(page)*handoverOffered, handoverOffered+1)
	if err != nil {
		return nil, err
	}
	var rows [][]store.Button
	for _, member := range people[:min(len(people), handoverOffered)] {
		rows = append(rows, []store.Button{{Text: shorten(namePerson(r.speak, member), 60), Data: choose(member.ID)}})
	}
	var turns []store.Button
	if page > 0 {
		turns = append(turns, store.Button{Text: r.speak.Say("button.previous"), Data: turn(page - 1)})
	}
	if len(people) > handoverOffered {
		turns = append(turns, store.Button{Text: r.speak.Say("button.next"), Data: turn(page + 1)})
	}
	if len(turns) > 0 {
		rows = append(rows, turns)
	}
	return rows, nil
}

// answerHandover takes a name that was written. One that is not understood leaves the
// question open.
func (r *request) answerHandover(dialog store.Dialog) error {
	if err := r.may(council.ActionHandover, council.Scope{}); err != nil {
		return err
	}
	var asked council.Handover
	if err := json.Unmarshal([]byte(dialog.Data), &asked); err != nil {
		return err
	}
	people, err := r.handoverNamed()
	switch {
	case err != nil:
		return err
	case len(people) != 1:
		return council.Refuse("handover_unread", "Phrase", shorten(plainLine(r.text), phraseLimit))
	}
	if dialog.Step == handoverFrom {
		return r.beginHandover(people[0])
	}
	now, err := r.tx.Handover(asked.Number)
	if notFoundIsNil(err) != nil {
		return err
	}
	if err != nil || now.State != council.HandoverShown {
		asked.Number = 0 // that one is decided, and keeps its way back
	}
	asked.To = people[0]
	return r.showHandover(asked)
}

// pressHandover answers the buttons of handovers.
func (r *request) pressHandover(arguments pressArguments) error {
	number := arguments.number(1)
	switch arguments.text(0) {
	case handoverBack:
		return r.pressHandoverBack(number)
	case handoverReady:
		return r.pressHandoverReady(number)
	case handoverPrompt:
		return errors.Join(r.openPrompt(number), r.toast(""))
	case handoverMeeting:
		return r.openMeeting(number)
	}
	if err := r.may(council.ActionHandover, council.Scope{}); err != nil {
		return err
	}
	var said string // where others were faster
	var err error
	switch arguments.text(0) {
	case handoverFrom:
		err = r.beginHandover(number)
	case handoverPeople:
		err = r.pressHandoverPage(number, arguments.number(2))
	case handoverTo, handoverChange, handoverGo:
		said, err = r.pressShown(arguments.text(0), number, arguments.number(2))
	case handoverGive, handoverLeave:
		said, err = r.pressLeft(arguments.text(0), number)
	default:
		return r.stale()
	}
	if errors.Is(err, store.ErrNotFound) {
		return r.stale()
	}
	if err != nil {
		return err
	}
	return r.toast(said)
}

func (r *request) pressHandoverPage(number, page int64) error {
	if number == 0 {
		return r.askHandoverFrom(page)
	}
	handover, err := r.tx.Handover(number)
	if err != nil {
		return err
	}
	return r.askHandoverTo(handover, page)
}

// pressShown answers the buttons of a handover that is looked at.
func (r *request) pressShown(verb string, number, to int64) (string, error) {
	handover, err := r.tx.Handover(number)
	if err != nil {
		return "", err
	}
	if handover.State != council.HandoverShown {
		return r.alreadyHandedOver(handover)
	}
	switch verb {
	case handoverChange:
		return "", r.askHandoverTo(handover, 0)
	case handoverGo:
		return "", r.confirmHandover(handover)
	}
	handover.To = to
	return "", r.showHandover(handover)
}

// alreadyHandedOver says, also in the place of what was pressed, who was faster. What was
// made from that message itself stays there, with its way back.
func (r *request) alreadyHandedOver(handover council.Handover) (string, error) {
	decided, err := r.decidedHandover(handover)
	if err != nil {
		return "", err
	}
	text, err := r.handoverOutcome(r.speak, decided)
	if err != nil || decided.Number == handover.Number && decided.By == r.actor.ID {
		return text, err
	}
	return text, r.edit(text)
}

// decidedHandover is what was decided in the place of one that another settled, or this one.
func (r *request) decidedHandover(handover council.Handover) (council.Handover, error) {
	if handover.State != council.HandoverSettled {
		return handover, nil
	}
	return r.tx.HandoverSettling(handover)
}

// handoverOutcome is what became of a handover, in a line.
func (r *request) handoverOutcome(speak speaker, handover council.Handover) (string, error) {
	by := handover.By
	if by == 0 {
		by = handover.From // nobody has decided yet, and the sentence names nobody
	}
	members, err := membersOf(r.tx, []int64{handover.From, by})
	if err != nil {
		return "", err
	}
	details := []any{"Person", namePerson(speak, members[0]), "By", namePerson(speak, members[1]), "Moment", speak.Moment(handover.At, r.city.Zone)}
	if handover.To == 0 {
		return speak.Say("handover.outcome."+string(handover.State), details...), nil
	}
	to, err := r.tx.Member(handover.To)
	return speak.Say("handover.outcome."+string(handover.State), append(details, "To", namePerson(speak, to))...), err
}
