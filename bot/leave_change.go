package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// leaveAnswer is what the person hears of a change of the own leaves.
type leaveAnswer struct {
	short   string // for a group
	full    string // for the person alone
	version int64  // what can be undone; 0: nothing
}

// leaveSubject is under what changes of a person's leaves can be undone.
func leaveSubject(memberID int64) council.Reference {
	return council.Reference{Letter: council.LeaveLetter, Number: memberID}
}

// keepLeave notes a leave and tells the coordinators at once.
func (r *request) keepLeave(leave council.Leave) (leaveAnswer, error) {
	before, err := r.tx.Leaves(r.actor.ID, r.todayThere())
	if err != nil {
		return leaveAnswer{}, err
	}
	kept, replaced := leave.Among(before)
	if len(replaced) == 1 && replaced[0].First == kept.First && replaced[0].Last == kept.Last {
		return r.sayKept(kept, nil) // noted before, and told
	}
	for _, old := range replaced {
		if err := r.tx.EndLeave(old.ID); err != nil {
			return leaveAnswer{}, err
		}
	}
	if kept, err = r.tx.AddLeave(kept); err != nil {
		return leaveAnswer{}, err
	}
	if err := r.recordLeave("noted", kept); err != nil {
		return leaveAnswer{}, err
	}
	told, err := r.tellLeave(kept)
	if err != nil {
		return leaveAnswer{}, err
	}
	if err := r.keepLeaveUndo(before, kept.ID, told); err != nil {
		return leaveAnswer{}, err
	}
	answer, err := r.sayKept(kept, replaced)
	answer.version = kept.ID
	answer.full += "\n" + r.saidToldOf(told)
	return answer, err
}

func (r *request) recordLeave(what string, leave council.Leave) error {
	return r.record(leaveSubject(r.actor.ID), council.EventLeave, "", "what", what, "first", leave.First.String(), "last", leave.Last.String())
}

// keepLeaveUndo keeps how the leaves were before a change, and lets what has
// waited for the end of one be decided anew.
func (r *request) keepLeaveUndo(before []council.Leave, version int64, told []council.Member) error {
	undo := store.Undo{Subject: leaveSubject(r.actor.ID).String(), MemberID: r.actor.ID, Version: version, ChangedAt: r.now}
	for _, member := range told {
		undo.Told = append(undo.Told, member.ID)
	}
	if err := r.tx.KeepUndo(undo, before); err != nil {
		return err
	}
	return r.tx.DecideAnew(r.actor.ID, r.now)
}

// endPresentLeave is /cuti selesai: the person is back.
func (r *request) endPresentLeave() error {
	leaves, err := r.tx.Leaves(r.actor.ID, r.todayThere())
	if err != nil {
		return err
	}
	if len(leaves) == 0 || len(leaves) > 1 && !leaves[0].Covers(r.todayThere()) {
		return r.listLeaves()
	}
	answer, err := r.endLeave(leaves[0].ID)
	if err != nil {
		return err
	}
	return r.answerLeave(answer)
}

// endLeave ends one of the person's own leaves: the present one from today on,
// one to come wholly. Refusal: "leave_gone".
func (r *request) endLeave(id int64) (leaveAnswer, error) {
	today := r.todayThere()
	before, err := r.tx.Leaves(r.actor.ID, today)
	if err != nil {
		return leaveAnswer{}, err
	}
	at := slices.IndexFunc(before, func(leave council.Leave) bool { return leave.ID == id })
	if at < 0 {
		return leaveAnswer{}, council.Refuse("leave_gone")
	}
	leave, what := before[at], "cancelled"
	if leave.Covers(today) {
		what = "back"
	}
	if err := r.tx.EndLeave(id); err != nil {
		return leaveAnswer{}, err
	}
	if err := r.recordLeave(what, leave); err != nil {
		return leaveAnswer{}, err
	}
	told, err := r.tellCoordinatorsOf("leave.coordinator."+what, leave)
	if err != nil {
		return leaveAnswer{}, err
	}
	speak := r.speaker(r.actor.Member)
	full := speak.Say("leave."+what, "Days", r.leaveDays(speak, leave)) + "\n" + r.saidToldOf(told)
	return leaveAnswer{short: r.speak.Say("leave.ended_short"), full: full, version: -id}, r.keepLeaveUndo(before, -id, told)
}

// undoOwnLeave is /urungkan after a change of the person's leaves.
func (r *request) undoOwnLeave() error {
	text, err := r.undoLeave(0)
	if err != nil {
		return err
	}
	if !r.private {
		return r.tellAside(r.speak.Say("leave.toast.undone"), text)
	}
	return r.reply(text)
}

// undoLeave puts the person's leaves back to what they were before the last
// change, within ten minutes. version 0 is whichever was last.
func (r *request) undoLeave(version int64) (string, error) {
	subject := leaveSubject(r.actor.ID).String()
	var before []council.Leave
	undo, err := r.lastUndo(subject, &before)
	switch {
	case err != nil:
		return "", err
	case version != 0 && version != undo.Version:
		return "", council.Refuse("leave_gone")
	}
	now, err := r.tx.Leaves(r.actor.ID, r.todayThere())
	if err != nil {
		return "", err
	}
	for _, leave := range now {
		if err := r.tx.EndLeave(leave.ID); err != nil {
			return "", err
		}
	}
	for _, leave := range before {
		if _, err := r.tx.AddLeave(leave); err != nil {
			return "", err
		}
	}
	if err := r.tx.ForgetUndo(subject); err != nil {
		return "", err
	}
	if err := r.record(leaveSubject(r.actor.ID), council.EventUndone, ""); err != nil {
		return "", err
	}
	if err := r.tellLeaveUndone(undo.Told, before); err != nil {
		return "", err
	}
	speak := r.speaker(r.actor.Member)
	return speak.Say("leave.undone", "Leaves", r.leavesOr(speak, before)), r.tx.DecideAnew(r.actor.ID, r.now)
}
