package bot

import (
	"encoding/json"
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// handoverMove moves what a plan holds, and keeps how each thing was.
type handoverMove struct {
	*request
	plan   handoverPlan
	number string // of the handover, for the record
	kept   []store.HandedOver
}

// waitingThing stands among what was kept for the reminders that waited for the one who
// leaves, as for the end of a leave.
const waitingThing = "waiting"

// moveHandover moves everything in one step. Roles and positions come first, since by
// them the other may do the rest.
func (r *request) moveHandover(number int64, plan handoverPlan) ([]store.HandedOver, error) {
	m := &handoverMove{request: r, plan: plan, number: idText(number)}
	err := errors.Join(m.moveRest(), m.moveWaiting())
	for _, role := range plan.roles {
		err = errors.Join(err, m.moveRole(role))
	}
	for _, held := range plan.positions {
		err = errors.Join(err, m.movePosition(held))
	}
	for _, task := range plan.tasks {
		err = errors.Join(err, m.moveTask(task))
	}
	for _, q := range plan.questions {
		err = errors.Join(err, m.moveQuestion(q))
	}
	for _, prompt := range plan.prompts {
		err = errors.Join(err, m.movePrompt(prompt))
	}
	for _, meeting := range plan.meetings {
		err = errors.Join(err, m.moveMeeting(meeting))
	}
	for _, recommendation := range plan.recommendations {
		err = errors.Join(err, m.moveRecommendation(recommendation))
	}
	return m.kept, errors.Join(err, r.settleOffice(plan.official))
}

// restThing stands among what was kept for who of both was not written to unasked.
const restThing = "rest"

type restedBefore struct{ From, To bool }

// moveRest lets the one who leaves be written to only when asked, and the other again.
func (m *handoverMove) moveRest() error {
	rested := restedBefore{From: m.plan.from.Reach == council.ReachResting, To: m.plan.to.Reach == council.ReachResting}
	return errors.Join(m.keep(restThing, 0, rested, nil), m.tx.SetRests(m.plan.from.ID, m.plan.rests()), m.tx.SetRests(m.plan.to.ID, false))
}

// settleOffice brings up to date what follows from roles and positions.
func (r *request) settleOffice(official []council.Question) error {
	if err := errors.Join(r.tx.SettlePositions(r.day()), r.settleQuestions()); err != nil {
		return err
	}
	for _, asked := range official {
		q, err := r.tx.Question(asked.Number)
		if err != nil {
			return err
		}
		if err := r.refreshQuestion(q); err != nil {
			return err
		}
	}
	return nil
}

func (m *handoverMove) keep(thing string, version int64, before, after any) error {
	was, err := json.Marshal(before)
	if err != nil {
		return err
	}
	one := store.HandedOver{Thing: thing, Version: version, Before: was}
	if after != nil {
		if one.After, err = json.Marshal(after); err != nil {
			return err
		}
	}
	m.kept = append(m.kept, one)
	return nil
}

// note records that a thing was moved.
func (m *handoverMove) note(thing council.Reference) error {
	return m.record(thing, council.EventHandedOver, "", "members", idText(m.plan.to.ID), "handover", m.number)
}

// moveWaiting takes back what waits to be said to the one who leaves alone.
func (m *handoverMove) moveWaiting() error {
	waiting, err := m.tx.OwnWaiting(m.plan.from.ID)
	if err != nil || len(waiting) == 0 {
		return err
	}
	return errors.Join(m.keep(waitingThing, 0, waiting, nil), m.tx.ForgetWaiting(waiting))
}

// heldRole is from where two people have a role; empty for who has it not.
type heldRole struct{ From, To string }

func (m *handoverMove) moveRole(role store.GrantedRole) error {
	others, err := m.tx.GrantedRoles(m.plan.to.ID)
	if err != nil {
		return err
	}
	held := heldRole{From: role.Source}
	for _, other := range others {
		if other.Role == role.Role {
			held.To = other.Source
		}
	}
	if err := errors.Join(m.tx.GrantRole(m.plan.to.ID, role.Role, "granted"), m.keep(roleThing+string(role.Role), 0, held, nil),
		m.recordRole(m.plan.to.ID, role.Role, "given", m.number)); err != nil || m.plan.keepsRole(role.Role) {
		return err
	}
	return errors.Join(m.tx.RevokeRole(m.plan.from.ID, role.Role), m.recordRole(m.plan.from.ID, role.Role, "taken", m.number))
}

func (r *request) recordRole(memberID int64, role council.Role, change, handover string) error {
	return r.record(council.Reference{}, council.EventRoleChanged, "", "member", idText(memberID), "role", string(role), "change", change, "handover", handover)
}

func (m *handoverMove) movePosition(held heldPosition) error {
	after := council.HandPosition(held.holdings, m.plan.from.ID, m.plan.to.ID, m.day())
	if err := m.keepHoldings(held.ID, after); err != nil {
		return err
	}
	kept, err := m.tx.Holdings(held.ID, m.day())
	if err != nil {
		return err
	}
	reference := positionReference(held.ID)
	return errors.Join(m.keep(reference.String(), 0, held.holdings, kept),
		m.record(reference, council.EventPosition, "", "member", idText(m.plan.to.ID), "change", positionGiven, "handover", m.number))
}

func (m *handoverMove) moveTask(before council.Task) error {
	after, _ := before.HandOver(m.plan.from.ID, m.plan.to.ID)
	change := taskChange{event: council.EventReassigned, detail: []string{"members", idText(m.plan.to.ID), "handover", m.number}}
	if err := errors.Join(m.keep(after.Reference().String(), after.Version, before, nil), m.keepTask(before, after, change)); err != nil {
		return err
	}
	if err := errors.Join(m.vouchFor(m.plan.to, after), m.refreshCards(after, cardExtra{})); err != nil {
		return err
	}
	if after.State != council.TaskSubmitted || before.State == council.TaskSubmitted {
		return nil
	}
	_, err := m.askCheck(after) // whoever is left had handed in before
	return err
}

func (m *handoverMove) moveQuestion(before council.Question) error {
	places, err := m.addresseePlaces(council.Addressee{MemberID: m.plan.to.ID})
	if err != nil {
		return err
	}
	after, _ := before.HandOver(m.plan.from.ID, m.plan.to.ID, len(places) > 0)
	return errors.Join(m.keep(after.Reference().String(), after.Version, before, nil),
		m.keepQuestion(after, council.EventHandedOver, "", "members", idText(m.plan.to.ID), "handover", m.number))
}

// movePrompt puts a prompt to the other: the card stands behind a button of the one
// message, or in a group where the other cannot be written to.
func (m *handoverMove) movePrompt(before council.Prompt) error {
	answered, err := m.hasAnswered(before, m.plan.from.ID)
	if err != nil {
		return err
	}
	carrier, err := m.carrierOf(m.plan.to, before.Round.Asked)
	if err != nil {
		return err
	}
	after, _ := before.HandOver(m.plan.from.ID, m.plan.to.ID, answered, carrier)
	if err := errors.Join(m.keep(after.Reference().String(), after.Version, before, nil), m.savePrompt(after), m.tx.SetPromptTargets(after), m.note(after.Reference())); err != nil {
		return err
	}
	if after.Round.Number == 0 {
		return nil
	}
	if carrier != 0 && !answered {
		err = m.deliverToGroup(after, carrier)
	}
	return errors.Join(err, m.refreshPrompt(after, everybodysCards))
}

// handedMeeting is a meeting with what is known of both people about it, where anything is.
type handedMeeting struct {
	Meeting  council.Meeting
	From, To *council.Guest
}

func (m *handoverMove) moveMeeting(before council.Meeting) error {
	was := handedMeeting{Meeting: before}
	for id, guest := range map[int64]**council.Guest{m.plan.from.ID: &was.From, m.plan.to.ID: &was.To} {
		found, err := m.tx.Guest(before.Number, id)
		if notFoundIsNil(err) != nil {
			return err
		}
		if err == nil {
			*guest = &found
		}
	}
	after, _ := before.HandOver(m.plan.from.ID, m.plan.to.ID, m.now)
	if err := errors.Join(m.keep(after.Reference().String(), after.Version, was, nil), m.tx.SaveMeeting(after)); err != nil {
		return err
	}
	if was.From != nil && after.Coming(m.now) {
		if err := m.tx.DropGuest(after.Number, m.plan.from.ID); err != nil {
			return err
		}
	}
	return errors.Join(m.note(after.Reference()), m.afterInviting(after))
}

func (m *handoverMove) moveRecommendation(before council.Recommendation) error {
	after, _ := before.HandOver(m.plan.from.ID, m.plan.to.ID)
	return errors.Join(m.keep(after.Reference().String(), after.Version, before, nil),
		m.keepRecommendation(after, council.EventHandedOver, "", "members", idText(m.plan.to.ID), "handover", m.number))
}
