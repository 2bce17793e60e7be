package bot

import (
	"encoding/json"
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What the buttons of positions mean.
const (
	positionFor  = "for"
	positionUndo = "undo"
)

// position puts somebody into a position, or ends it; words that name none are
// answered with the roles there are.
func (r *request) position(people []int64, text string) error {
	wish, known, err := r.readPosition(text)
	switch {
	case !known:
		return r.askRole(people[0])
	case err != nil:
		return err
	case len(people) > 1:
		return council.Refuse("position_one_person")
	}
	wish.MemberID = people[0]
	if wish.Release {
		return r.release(wish)
	}
	groups, err := r.positionGroups(wish)
	if err != nil {
		return err
	}
	if len(groups) != 1 {
		return r.askPositionGroup(wish, groups)
	}
	text, buttons, err := r.appoint(wish, groups[0])
	if err != nil {
		return err
	}
	return r.reply(text, buttons)
}

// positionGroups lists the groups for which somebody may be meant to answer; 0
// is the whole city.
func (r *request) positionGroups(wish positionWish) ([]int64, error) {
	_, everywhere := locale.Meaning("everywhere", wish.Scope)
	switch {
	case wish.Kind == council.PositionSecretary, wish.Kind == council.PositionOfficeHead && everywhere:
		return []int64{0}, nil
	case wish.Scope != "":
		return r.groupsOfWords(wish.Scope)
	case wish.Kind == council.PositionInCharge && r.linked():
		return []int64{r.group.ID}, nil
	}
	known, err := r.positionsLike(wish)
	if err != nil {
		return nil, err
	}
	if wish.Kind == council.PositionOfficeHead && len(known) == 1 {
		return []int64{known[0].GroupID}, nil // a successor, or a deputy
	}
	return r.groupChoices(wish.Kind)
}

func (r *request) groupsOfWords(words string) ([]int64, error) {
	kind, dimension, known := r.groupWords(words)
	if !known {
		return nil, council.Refuse("no_such_group")
	}
	groups, err := r.groupsNamed(kind, dimension)
	if err == nil && len(groups) == 0 {
		err = council.Refuse("no_such_group")
	}
	return groupIDs(groups), err
}

// groupChoices are the working groups, and the whole city for the head of an office.
func (r *request) groupChoices(kind council.PositionKind) ([]int64, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	var working []council.Group
	for _, group := range groups {
		if group.Kind == council.KindWorkingGroup {
			working = append(working, group)
		}
	}
	choices := groupIDs(working)
	if kind == council.PositionOfficeHead {
		choices = append(choices, 0)
	}
	if len(choices) == 0 {
		return nil, council.Refuse("no_such_group")
	}
	return choices, nil
}

func groupIDs(groups []council.Group) []int64 {
	ids := make([]int64, len(groups))
	for i, group := range groups {
		ids[i] = group.ID
	}
	return ids
}

// positionsLike lists the positions of this kind and title that somebody is in.
func (r *request) positionsLike(wish positionWish) ([]council.Position, error) {
	positions, err := r.tx.Positions()
	if err != nil {
		return nil, err
	}
	var like []council.Position
	for _, position := range positions {
		if position.Kind != wish.Kind || !sameTitle(position.Title, wish.Title) {
			continue
		}
		holdings, err := r.tx.Holdings(position.ID, r.day())
		if err != nil {
			return nil, err
		}
		if len(holdings) > 0 {
			like = append(like, position)
		}
	}
	return like, nil
}

// askPositionGroup asks for which group somebody answers.
func (r *request) askPositionGroup(wish positionWish, groups []int64) error {
	kept, err := json.Marshal(wish)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for _, id := range groups {
		label := r.speak.Say("button.everywhere")
		if id != 0 {
			group, err := r.tx.Group(id)
			if err != nil {
				return err
			}
			label = r.groupName(group)
		}
		rows = append(rows, []store.Button{{Text: shorten(label, 60), Data: data(pressPosition, positionFor, id)}})
	}
	name := wish.Title
	if wish.Kind == council.PositionInCharge {
		name = r.speak.Say("position.in_charge")
	}
	return r.ask(dialogPosition, positionFor, string(kept), r.speak.Say("position.ask_group", "Position", name), rows...)
}

// answerPosition takes the words that say for which group somebody answers.
func (r *request) answerPosition(dialog store.Dialog) error {
	if err := r.may(council.ActionSetRole, council.Scope{}); err != nil {
		return err
	}
	var wish positionWish
	if err := json.Unmarshal([]byte(dialog.Data), &wish); err != nil {
		return err
	}
	wish.Scope = plainLine(r.text)
	groups, err := r.positionGroups(wish)
	if err != nil {
		return err
	}
	if len(groups) != 1 {
		return r.askPositionGroup(wish, groups)
	}
	text, buttons, err := r.appointAsked(wish, groups[0])
	if err != nil {
		return err
	}
	return r.reply(text, buttons)
}

// pressPosition answers for which group somebody answers, or undoes a change.
func (r *request) pressPosition(arguments pressArguments) error {
	if err := r.may(council.ActionSetRole, council.Scope{}); err != nil {
		return err
	}
	var text string
	var buttons []store.Button
	var err error
	switch arguments.text(0) {
	case positionFor:
		text, buttons, err = r.pressedGroup(arguments.number(1))
	case positionUndo:
		text, err = r.undoPosition(arguments.number(1), arguments.number(2))
	default:
		return r.stale()
	}
	if errors.Is(err, store.ErrNotFound) {
		return r.stale()
	}
	if err != nil {
		return err
	}
	var rows [][]store.Button
	if len(buttons) > 0 {
		rows = append(rows, buttons)
	}
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// pressedGroup appoints whom the person was asked about; ErrNotFound if nothing
// was asked, or there is no such choice.
func (r *request) pressedGroup(groupID int64) (string, []store.Button, error) {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil {
		return "", nil, err
	}
	var wish positionWish
	if dialog.Kind != dialogPosition {
		return "", nil, store.ErrNotFound
	}
	if err := json.Unmarshal([]byte(dialog.Data), &wish); err != nil {
		return "", nil, err
	}
	if groupID == 0 && wish.Kind != council.PositionOfficeHead {
		return "", nil, store.ErrNotFound
	}
	if groupID != 0 {
		if _, err := r.tx.Group(groupID); err != nil {
			return "", nil, err
		}
	}
	return r.appointAsked(wish, groupID)
}

// appointAsked appoints once the question is answered.
func (r *request) appointAsked(wish positionWish, groupID int64) (string, []store.Button, error) {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return "", nil, err
	}
	return r.appoint(wish, groupID)
}
