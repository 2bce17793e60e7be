package bot

import (
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
)

// evidenceOfTask keeps evidence in step with the task that is to bring it: what it is
// handed in with is filed, and accepting the task verifies that.
func (r *request) evidenceOfTask(before, after council.Task, change taskChange) error {
	switch {
	case change.event == council.EventSubmitted:
		return r.fileHandedIn(after)
	case after.State == council.TaskDone && before.State != council.TaskDone:
		return r.checkHandedIn(after, council.EventAccepted, func(piece council.Evidence) council.Evidence { return piece.Accept(r.actor.ID, r.now) })
	case before.State == council.TaskDone && after.State != council.TaskDone:
		return r.uncheckHandedIn(after)
	}
	return nil
}

// uncheckHandedIn takes back what accepting a task has verified; what was checked by
// itself stays, and what waits again is told of again.
func (r *request) uncheckHandedIn(task council.Task) error {
	accepted := make(map[int64]bool)
	pieces, err := r.tx.EvidenceOfTask(task.Number)
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		if accepted[piece.Number], err = r.acceptedWith(task, piece); err != nil {
			return err
		}
	}
	err = r.checkHandedIn(task, council.EventUndone, func(piece council.Evidence) council.Evidence {
		if !accepted[piece.Number] {
			return piece
		}
		return piece.Uncheck()
	})
	for _, piece := range pieces {
		if accepted[piece.Number] {
			err = errors.Join(err, r.planCheck(piece))
		}
	}
	return err
}

// acceptedWith tells whether the last verdict on a piece was that on its task.
func (r *request) acceptedWith(task council.Task, piece council.Evidence) (bool, error) {
	if piece.CheckedAt.IsZero() {
		return false, nil
	}
	events, err := r.tx.History(piece.Reference(), 0, recentEvents)
	for _, event := range events {
		if event.Kind == council.EventAccepted || event.Kind == council.EventSentBack {
			return event.Kind == council.EventAccepted && event.Detail[detailTask] == idText(task.Number), err
		}
	}
	return false, err
}

// detailTask is the task with which evidence was accepted.
const detailTask = "task"

// fileHandedIn files the files of a task for the indicator whose evidence it is to
// bring; those that came with it before stay as they are.
func (r *request) fileHandedIn(task council.Task) error {
	indicator, err := r.tx.IndicatorOfTask(task.Number)
	if err != nil || indicator.ID == 0 {
		return err
	}
	attachments, err := r.tx.Attachments(task.Reference().String())
	if err != nil {
		return err
	}
	before, err := r.tx.EvidenceOfTask(task.Number)
	if err != nil {
		return err
	}
	from := council.Place{ChatID: r.chatID, ThreadID: r.thread}
	album := ""
	if r.message != nil {
		from.MessageID, album = r.message.ID, r.message.MediaGroupID
	}
	for _, a := range attachments {
		if slices.ContainsFunc(before, func(piece council.Evidence) bool { return piece.UniqueID == a.UniqueID }) {
			continue
		}
		piece := council.Evidence{MemberID: a.MemberID, From: from, Kind: a.Kind, FileID: a.FileID, UniqueID: a.UniqueID, Name: a.Name,
			Album: album, Task: task.Number}
		if _, _, err := r.filePiece(piece, []int64{indicator.ID}); err != nil {
			return err
		}
	}
	return nil
}

// withdrawHandedIn takes back what a task was handed in with at a moment, when that is
// undone. What somebody has checked stays; what is taken back goes from the task as well,
// so that it does not come again when that is handed in anew.
func (r *request) withdrawHandedIn(handedIn, task council.Task, since time.Time) error {
	undone := handedIn.State == council.TaskSubmitted && task.State != council.TaskSubmitted
	for _, assignee := range handedIn.Assignees {
		before, _ := task.Assignee(assignee.MemberID)
		undone = undone || assignee.MemberID != 0 && assignee.State == council.TaskSubmitted && before.State != council.TaskSubmitted
	}
	if !undone {
		return nil
	}
	pieces, err := r.tx.EvidenceOfTask(task.Number)
	if err != nil {
		return err
	}
	var filings []int64
	for _, piece := range pieces {
		if piece.Withdrawn || piece.CreatedAt.Before(since) || !piece.CheckedAt.IsZero() {
			continue
		}
		if err := r.withdrawPiece(piece, council.PersonalUnasked); err != nil {
			return err
		}
		if err := r.tx.Detach(task.Reference().String(), piece.UniqueID); err != nil {
			return err
		}
		if !slices.Contains(filings, piece.Filing) {
			filings = append(filings, piece.Filing)
		}
	}
	for _, filing := range filings {
		if err := r.refreshFilingToday(filing); err != nil {
			return err
		}
	}
	return nil
}

// fileAlbumOf files a further file of an album for the task that it goes on with, if
// its first one was filed.
func (r *request) fileAlbumOf(task council.Task) error {
	pieces, err := r.tx.EvidenceInAlbum(r.actor.ID, r.message.MediaGroupID)
	if err != nil || len(pieces) == 0 {
		return err
	}
	r.filing = pieces[0].Filing
	return r.fileHandedIn(task)
}

// showHandedIn shows what was filed with a task, and asks about it.
func (r *request) showHandedIn() error {
	switch {
	case r.filing == 0:
		return nil
	case r.message == nil:
		return r.showFiling(0)
	}
	return r.showFiling(r.message.ID)
}

// checkHandedIn changes what was found of what a task was handed in with.
func (r *request) checkHandedIn(task council.Task, event council.EventKind, check func(council.Evidence) council.Evidence) error {
	pieces, err := r.tx.EvidenceOfTask(task.Number)
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		checked := check(piece)
		if checked == piece {
			continue
		}
		if err := r.tx.SaveEvidence(checked); err != nil {
			return err
		}
		if err := r.record(checked.Reference(), event, "", "indicator", idText(checked.IndicatorID), detailTask, idText(task.Number)); err != nil {
			return err
		}
		if err := r.refreshFiling(checked.Filing); err != nil {
			return err
		}
	}
	return nil
}

// acceptLabel is what accepting a task is called: of one that brought evidence, it
// verifies that.
func (r *request) acceptLabel(task council.Task) (string, error) {
	pieces, err := r.tx.EvidenceOfTask(task.Number)
	if err != nil || !slices.ContainsFunc(pieces, isFiled) {
		return "accept", err
	}
	return "evidence_verify", nil
}
