package bot

import (
	"github.com/rembuk/rembuk/council"
)

// mayAnswer refuses those who may not answer a question, nor pass it on: it was
// put neither to them nor to their group, and they speak for nobody. onBehalf
// tells that a coordinator records what others have said.
func (r *request) mayAnswer(q council.Question) (onBehalf bool, err error) {
	addressed, err := r.isAddressed(q)
	if err != nil || addressed && !r.actor.IsStranger() {
		return false, err
	}
	allowed, reason := council.May(r.actor, council.ActionAnswer, council.Scope{GroupID: q.To.GroupID})
	switch {
	case reason == "stranger":
		return false, council.Refuse("stranger")
	case !allowed:
		return false, council.Refuse("question_not_yours", "Reference", q.Reference().String())
	}
	return reason == "on_behalf" && !r.worksIn(q.To.GroupID), nil
}

// mayAskHere refuses strangers, and groups that are not linked: there nobody's
// questions are spoken of.
func (r *request) mayAskHere() error {
	if err := r.may(council.ActionAsk, council.Scope{}); err != nil {
		return err
	}
	if !r.private && !r.linked() {
		return council.Refuse("not_linked")
	}
	return nil
}

// worksIn tells whether the person is one of a working group.
func (r *request) worksIn(groupID int64) bool {
	for _, group := range r.actor.Groups {
		if group.ID == groupID && group.Kind == council.KindWorkingGroup {
			return true
		}
	}
	return false
}

// isAddressed tells whether the question is put to this very person.
func (r *request) isAddressed(q council.Question) (bool, error) {
	if q.To.PositionID == 0 {
		return q.To.MemberID != 0 && q.To.MemberID == r.actor.ID, nil
	}
	holdings, err := r.tx.Holdings(q.To.PositionID, r.day())
	for _, holding := range holdings {
		if holding.MemberID == r.actor.ID && holding.Covers(r.day()) {
			return true, err
		}
	}
	return false, err
}

// maySee refuses those to whom a question is none of their business, and showing
// it in a group to which it has never come.
func (r *request) maySee(q council.Question) error {
	if q.AskerID != r.actor.ID {
		if _, err := r.mayAnswer(q); err != nil {
			return err
		}
	}
	return r.inPlace(q)
}

// inPlace refuses to speak of a question in a group in which it was neither asked
// nor to be answered.
func (r *request) inPlace(q council.Question) error {
	if r.private || r.linked() && (r.group.ID == q.To.GroupID || r.group.ID == q.FromGroup) {
		return nil
	}
	return council.Refuse("question_elsewhere", "Reference", q.Reference().String())
}

// addresseeName names to whom a question is put.
func (r *request) addresseeName(speak speaker, to council.Addressee) (string, error) {
	switch {
	case to.MemberID != 0:
		member, err := r.tx.Member(to.MemberID)
		return namePerson(speak, member), err
	case to.PositionID != 0:
		position, err := r.tx.PositionByID(to.PositionID)
		return r.officeName(r.tx, speak, position, council.Holding{}), err
	}
	group, err := r.tx.Group(to.GroupID)
	if err != nil {
		return speak.Say("question.former_group"), notFoundIsNil(err)
	}
	return r.groupNameIn(speak, group), nil
}

// askedFrom says where a question comes from, and from whom if the asker wished so.
func (r *request) askedFrom(speak speaker, q council.Question) (string, error) {
	name := ""
	if q.Named {
		name = q.ShownAs
	}
	if q.FromGroup == 0 {
		if name == "" {
			return speak.Say("question.from_nobody"), nil
		}
		return name, nil
	}
	place, err := r.fromName(speak, q.FromGroup)
	switch {
	case err != nil:
		return "", err
	case name == "":
		return speak.Say("question.from_unnamed", "Group", place), nil
	}
	return speak.Say("question.from_named", "Group", place, "Name", name), nil
}

// fromName names the group in which a question was asked: communities by their
// own names, since there are many.
func (r *request) fromName(speak speaker, groupID int64) (string, error) {
	group, err := r.tx.Group(groupID)
	switch {
	case err != nil:
		return speak.Say("question.former_group"), notFoundIsNil(err)
	case group.Kind == council.KindCommunity && group.Title != "":
		return shorten(group.Title, phraseLimit), nil
	}
	return r.groupNameIn(speak, group), nil
}

// responsible names who is in charge of the group to which a question is put; "" if nobody is.
func (r *request) responsible(speak speaker, q council.Question) (string, error) {
	if q.To.GroupID == 0 {
		return "", nil
	}
	ids, err := r.tx.Responsible(q, r.day())
	if err != nil {
		return "", err
	}
	return r.namePersons(speak, ids)
}
