package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressHandoverBack takes a handover back. Whoever made it may do so, even who is no
// coordinator any more by it.
func (r *request) pressHandoverBack(number int64) error {
	handover, err := r.tx.Handover(number)
	if err != nil {
		return errorsOr(err, r.stale())
	}
	text, err := r.undoHandover(handover)
	if err != nil {
		return err
	}
	return errors.Join(r.edit(text), r.toast(r.speak.Say("handover.toast_undone")))
}

// undoLastHandover is /urungkan after a handover; false where something else was changed
// last.
func (r *request) undoLastHandover() (bool, error) {
	subject, err := r.tx.LastUndoOf(r.actor.ID)
	number, is := strings.CutPrefix(subject, handoverPrefix)
	if err != nil || !is {
		return false, notFoundIsNil(err)
	}
	handover, err := r.tx.Handover(pressArguments{number}.number(0))
	if err != nil {
		return true, errorsOr(err, council.Refuse("nothing_to_undo"))
	}
	theirs := r.inPrivate()
	text, err := theirs.undoHandover(handover)
	if err != nil {
		return true, err
	}
	return true, r.elsewhere(theirs.queuePrivately(store.Payload{Text: text, About: aboutHandover}))
}

// undoHandover puts everything back that has not been changed since, and tells whoever
// was told.
func (r *request) undoHandover(handover council.Handover) (string, error) {
	if handover.By != r.actor.ID {
		if err := r.may(council.ActionHandover, council.Scope{}); err != nil {
			return "", err
		}
	}
	var made int64
	undo, err := r.tx.LastUndo(handoverSubject(handover.Number), &made)
	things, found := r.tx.HandedOver(handover.Number)
	switch {
	case notFoundIsNil(err) != nil || found != nil:
		return "", errors.Join(notFoundIsNil(err), found)
	case handover.State != council.HandoverDone:
		return "", council.Refuse("nothing_to_undo")
	case err != nil || r.now.Sub(handover.At) > undoTime:
		return "", council.Refuse("handover_too_late")
	case len(things) == 0: // somebody of them was erased since
		return "", council.Refuse("handover_forgotten")
	}
	if err := r.tx.ForgetUndo(undo.Subject); err != nil {
		return "", err
	}
	var stay []string
	for _, thing := range slices.Backward(things) {
		back, err := r.giveBack(handover, thing)
		if err != nil {
			return "", err
		}
		if !back {
			stay = append([]string{r.thingName(r.speak, thing.Thing)}, stay...)
		}
	}
	done := handover
	handover.State, handover.At = council.HandoverUndone, r.now
	if err := errors.Join(r.tx.SaveHandover(handover), r.tx.KeepHandedOver(handover.Number, nil), r.settleOffice(nil), r.openOthers(done)); err != nil {
		return "", err
	}
	if err := r.record(council.Reference{}, council.EventUndone, "", "from", idText(handover.From), "to", idText(handover.To), "handover", idText(handover.Number)); err != nil {
		return "", err
	}
	return r.tellHandoverUndone(handover, undo.Told, stay)
}

func (r *request) tellHandoverUndone(handover council.Handover, told []int64, stay []string) (string, error) {
	members, err := membersOf(r.tx, []int64{handover.From, handover.To})
	if err != nil {
		return "", err
	}
	if err := r.menusAfter(handoverPlan{from: members[0], to: members[1], roles: make([]store.GrantedRole, 1)}); err != nil {
		return "", err
	}
	recipients, err := membersOf(r.tx, told)
	if err != nil {
		return "", err
	}
	say := func(speak speaker, key string, details ...any) string {
		return speak.Say(key, append(details, "From", namePerson(speak, members[0]), "To", namePerson(speak, members[1]), "Stay", strings.Join(stay, ", "))...)
	}
	_, err = r.tellEach(recipients, "", aboutHandover, func(speak speaker, member council.Member) (string, [][]store.Button, error) {
		return say(speak, "handover.undone_notice", "Person", greetPerson(speak, member)), nil, nil
	})
	return shorten(say(r.speak, "handover.undone"), textLimit), err
}

// giveBack puts one thing back as it was; false where it was changed since.
func (r *request) giveBack(handover council.Handover, thing store.HandedOver) (bool, error) {
	switch thing.Thing {
	case waitingThing:
		var waiting []council.Reminder
		err := json.Unmarshal(thing.Before, &waiting)
		return true, errors.Join(err, r.tx.AddReminders(waiting))
	case restThing:
		var rested restedBefore
		err := json.Unmarshal(thing.Before, &rested)
		if rested.To { // who has handed on since goes on resting
			err = errors.Join(err, r.tx.SetRests(handover.To, true))
		}
		return true, errors.Join(err, r.tx.SetRests(handover.From, rested.From))
	}
	if role, is := strings.CutPrefix(thing.Thing, roleThing); is {
		return r.giveRoleBack(handover, council.Role(role), thing)
	}
	reference, _ := council.ParseReference(thing.Thing)
	switch reference.Letter {
	case council.PositionLetter:
		return r.givePositionBack(reference, thing)
	case council.TaskLetter:
		return r.giveTaskBack(reference.Number, thing)
	case council.QuestionLetter:
		return r.giveQuestionBack(reference.Number, thing)
	case council.PromptLetter:
		return r.givePromptBack(reference.Number, handover.To, thing)
	case council.MeetingLetter:
		return r.giveMeetingBack(handover, reference.Number, thing)
	}
	return r.giveRecommendationBack(reference.Number, thing)
}

func (r *request) giveRoleBack(handover council.Handover, role council.Role, thing store.HandedOver) (bool, error) {
	var held heldRole
	if err := json.Unmarshal(thing.Before, &held); err != nil {
		return false, err
	}
	now, err := r.tx.GrantedRoles(handover.To)
	if err != nil || !slices.ContainsFunc(now, func(g store.GrantedRole) bool { return g.Role == role }) {
		return false, err
	}
	if err := r.tx.GrantRole(handover.From, role, held.From); err != nil {
		return false, err
	}
	if held.To == "" {
		err = r.tx.RevokeRole(handover.To, role)
	}
	number := idText(handover.Number)
	return true, errors.Join(err, r.recordRole(handover.From, role, "given", number), r.recordRole(handover.To, role, "taken", number))
}

func (r *request) givePositionBack(reference council.Reference, thing store.HandedOver) (bool, error) {
	var before, after []council.Holding
	if err := errors.Join(json.Unmarshal(thing.Before, &before), json.Unmarshal(thing.After, &after)); err != nil {
		return false, err
	}
	now, err := r.tx.Holdings(reference.Number, r.day())
	if err != nil || !slices.Equal(now, after) {
		return false, err
	}
	return true, errors.Join(r.keepHoldings(reference.Number, before), r.record(reference, council.EventUndone, ""))
}

func (r *request) giveTaskBack(number int64, thing store.HandedOver) (bool, error) {
	current, err := r.tx.Task(number)
	if err != nil || current.Version != thing.Version {
		return false, notFoundIsNil(err)
	}
	var before council.Task
	if err := json.Unmarshal(thing.Before, &before); err != nil {
		return false, err
	}
	if before, err = r.restoreTies(before, current); err != nil {
		return false, err
	}
	before.Version = current.Version + 1
	return true, errors.Join(r.keepTask(current, before, taskChange{event: council.EventUndone}), r.refreshCards(before, cardExtra{}))
}

func (r *request) giveQuestionBack(number int64, thing store.HandedOver) (bool, error) {
	current, err := r.tx.Question(number)
	if err != nil || current.Version != thing.Version {
		return false, notFoundIsNil(err)
	}
	var before council.Question
	if err := json.Unmarshal(thing.Before, &before); err != nil {
		return false, err
	}
	before.Version = current.Version + 1
	return true, r.keepQuestion(before, council.EventUndone, "")
}

func (r *request) givePromptBack(number, to int64, thing store.HandedOver) (bool, error) {
	current, err := r.tx.Prompt(number)
	if err != nil || current.Version != thing.Version {
		return false, notFoundIsNil(err)
	}
	var before council.Prompt
	if err := json.Unmarshal(thing.Before, &before); err != nil {
		return false, err
	}
	if answered, err := r.hasAnswered(current, to); err != nil || answered && !asksByName(before, to) {
		return false, err
	}
	before.Version = current.Version + 1
	if err := errors.Join(r.savePrompt(before), r.tx.SetPromptTargets(before), r.record(before.Reference(), council.EventUndone, "")); err != nil || before.Round.Number == 0 {
		return true, err
	}
	return true, r.refreshPrompt(before, everybodysCards)
}

func asksByName(prompt council.Prompt, memberID int64) bool {
	return slices.ContainsFunc(prompt.Round.Asked, func(a council.Asked) bool { return a.MemberID == memberID })
}

func (r *request) giveMeetingBack(handover council.Handover, number int64, thing store.HandedOver) (bool, error) {
	current, err := r.tx.Meeting(number)
	if err != nil || current.Version != thing.Version {
		return false, notFoundIsNil(err)
	}
	var was handedMeeting
	if err := json.Unmarshal(thing.Before, &was); err != nil {
		return false, err
	}
	was.Meeting.Version = current.Version + 1
	if err := r.tx.SaveMeeting(was.Meeting); err != nil {
		return false, err
	}
	if was.From != nil {
		err = r.tx.SaveGuest(number, *was.From)
	}
	if was.To == nil {
		err = errors.Join(err, r.tx.DropGuest(number, handover.To))
	}
	return true, errors.Join(err, r.record(was.Meeting.Reference(), council.EventUndone, ""), r.afterInviting(was.Meeting))
}

func (r *request) giveRecommendationBack(number int64, thing store.HandedOver) (bool, error) {
	current, err := r.tx.Recommendation(number)
	if err != nil || current.Version != thing.Version {
		return false, notFoundIsNil(err)
	}
	var before council.Recommendation
	if err := json.Unmarshal(thing.Before, &before); err != nil {
		return false, err
	}
	before.Version = current.Version + 1
	return true, r.keepRecommendation(before, council.EventUndone, "")
}
