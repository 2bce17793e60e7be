package bot

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// checkable loads a piece that the person may check, as it stood when the button with
// this stamp was shown.
func (r *request) checkable(number, stamp int64) (council.Evidence, council.Indicator, error) {
	if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
		return council.Evidence{}, council.Indicator{}, err
	}
	piece, indicator, err := r.piece(number)
	if err != nil {
		return piece, indicator, err
	}
	switch {
	case !piece.Counts():
		return piece, indicator, council.Refuse("evidence_gone")
	case stampOf(piece) != stamp:
		checker, err := r.tx.Member(piece.CheckedBy)
		if err != nil {
			return piece, indicator, errorsOr(err, council.Refuse("evidence_changed", "Code", indicator.Code))
		}
		return piece, indicator, council.Refuse("evidence_checked", "Code", indicator.Code, "Person", namePerson(r.speak, checker),
			"Standing", r.speak.Say("evidence.state."+string(piece.State)))
	}
	return piece, indicator, nil
}

// keepCheck keeps what was found of a piece.
func (r *request) keepCheck(before, after council.Evidence, event council.EventKind) error {
	if err := r.tx.SaveEvidence(after); err != nil {
		return err
	}
	if err := r.record(after.Reference(), event, "", "indicator", idText(after.IndicatorID)); err != nil {
		return err
	}
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: stampOf(after), ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, evidenceBefore{Piece: before}); err != nil {
		return err
	}
	return r.refreshFilingToday(after.Filing)
}

// refreshFilingToday brings up to date what shows a filing, this morning's digests too.
func (r *request) refreshFilingToday(filing int64) error {
	if err := r.refreshFiling(filing); err != nil {
		return err
	}
	return r.refreshDigests(council.Reference{Letter: council.EvidenceLetter, Number: filing})
}

// pressVerify is [Terverifikasi].
func (r *request) pressVerify(number int64, rest pressArguments) error {
	before, indicator, err := r.checkable(number, rest.number(0))
	if err != nil {
		return err
	}
	after, err := before.Verify(r.actor.ID, r.now)
	if err != nil {
		return err
	}
	if err := r.keepCheck(before, after, council.EventAccepted); err != nil {
		return err
	}
	text, err := r.pieceText(after, indicator)
	if err != nil {
		return err
	}
	if err := r.edit(text, r.uncheckRow(after)); err != nil {
		return err
	}
	return r.toast(r.speak.Say("evidence.toast.verified", "Code", indicator.Code))
}

func (r *request) uncheckRow(piece council.Evidence) []store.Button {
	return []store.Button{button(r.speak, "undo", pressEvidence, evidenceBack, piece.Number, stampOf(piece))}
}

// pressNeedsFix is [Perlu diperbaiki]: it asks for the reason.
func (r *request) pressNeedsFix(number int64, rest pressArguments) error {
	piece, indicator, err := r.checkable(number, rest.number(0))
	if err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("evidence_check_private")
	}
	kept, err := json.Marshal(evidenceDraft{Number: piece.Number, Stamp: stampOf(piece)})
	if err != nil {
		return err
	}
	text := r.speak.Say("evidence.ask_reason", "Code", indicator.Code, "Piece", pieceName(r.speak, piece))
	return errors.Join(r.ask(dialogEvidence, stepEvidenceReason, string(kept), text), r.toast(""))
}

// answerReason sends a piece back with what has to be fixed.
func (r *request) answerReason(draft evidenceDraft) error {
	reason := shorten(strings.TrimSpace(r.text), evidenceWordsLimit)
	if reason == "" {
		return r.reply(r.speak.Say("evidence.reason_missing"))
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	before, indicator, err := r.checkable(draft.Number, draft.Stamp)
	if err != nil {
		return err
	}
	after, err := before.SendBack(reason, r.actor.ID, r.now)
	if err != nil {
		return err
	}
	if err := r.keepCheck(before, after, council.EventSentBack); err != nil {
		return err
	}
	told, filer, err := r.tellFiler(after, indicator, "evidence.needs_fix")
	if err != nil {
		return err
	}
	key := "evidence.sent_back"
	if !told {
		key = "evidence.sent_back_unreached"
	}
	text := r.speak.Say(key, "Code", indicator.Code, "Piece", pieceName(r.speak, after), "Person", namePerson(r.speak, filer))
	return r.replyAbout(after.Reference().String(), aboutPiece, text, r.uncheckRow(after))
}

// tellFiler tells whoever filed a piece what was found of it; that this person is the
// one who found it counts as told.
func (r *request) tellFiler(piece council.Evidence, indicator council.Indicator, key string) (bool, council.Member, error) {
	filer, err := r.tx.Member(piece.MemberID)
	if err != nil || filer.ID == r.actor.ID {
		return true, filer, err
	}
	speak := r.speaker(filer)
	text := speak.Say(key, "Person", greetPerson(speak, filer), "Code", indicator.Code, "Piece", pieceName(speak, piece), "Reason", piece.Reason)
	var rows [][]store.Button
	if piece.State == council.EvidenceNeedsFix {
		rows = append(rows, []store.Button{button(speak, "evidence_again", pressEvidence, evidenceAgain, piece.Number)})
	}
	told, err := r.tell(filer, piece.Reference().String(), aboutPiece, text, rows...)
	return told, filer, err
}

// pressUncheck is [Urungkan] below a check.
func (r *request) pressUncheck(number int64, rest pressArguments) error {
	piece, indicator, err := r.uncheck(number, rest.number(0))
	if err != nil {
		return err
	}
	text, err := r.pieceText(piece, indicator)
	if err != nil {
		return err
	}
	if err := r.edit(text, r.checkRows(piece)...); err != nil {
		return err
	}
	return r.toast(r.speak.Say("evidence.toast.unchecked", "Code", indicator.Code))
}

// uncheck takes a check back within ten minutes. stamp is that of the check; 0 means
// whichever was last.
func (r *request) uncheck(number, stamp int64) (council.Evidence, council.Indicator, error) {
	piece, indicator, err := r.piece(number)
	if err != nil {
		return piece, indicator, err
	}
	if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
		return piece, indicator, err
	}
	var before evidenceBefore
	undo, err := r.lastUndo(piece.Reference().String(), &before)
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) {
		return piece, indicator, council.Refuse("evidence_" + refusal.Code)
	}
	switch {
	case err != nil:
		return piece, indicator, err
	case undo.MemberID != r.actor.ID:
		return piece, indicator, council.Refuse("evidence_nothing_to_undo")
	case before.Filed || undo.Version != stampOf(piece) || stamp != 0 && stamp != undo.Version || !piece.Counts():
		return piece, indicator, council.Refuse("evidence_changed", "Code", indicator.Code)
	}
	wasSentBack := piece.State == council.EvidenceNeedsFix
	piece.State, piece.Reason, piece.CheckedBy, piece.CheckedAt = before.Piece.State, before.Piece.Reason, before.Piece.CheckedBy, before.Piece.CheckedAt
	if err := r.tx.SaveEvidence(piece); err != nil {
		return piece, indicator, err
	}
	if err := r.record(piece.Reference(), council.EventUndone, ""); err != nil {
		return piece, indicator, err
	}
	if err := r.tx.ForgetUndo(piece.Reference().String()); err != nil {
		return piece, indicator, err
	}
	if wasSentBack {
		if _, _, err := r.tellFiler(piece, indicator, "evidence.not_sent_back"); err != nil {
			return piece, indicator, err
		}
	}
	return piece, indicator, r.refreshFilingToday(piece.Filing)
}

// undoLastEvidence is /urungkan for evidence.
func (r *request) undoLastEvidence(number int64) error {
	var before evidenceBefore
	if _, err := r.tx.LastUndo(council.Reference{Letter: council.EvidenceLetter, Number: number}.String(), &before); err != nil {
		return errorsOr(err, council.Refuse("evidence_nothing_to_undo"))
	}
	if before.Filed {
		if err := r.undoFiling(number); err != nil {
			return err
		}
		return r.reply(r.speak.Say("evidence.toast.undone"))
	}
	_, indicator, err := r.uncheck(number, 0)
	if err != nil {
		return err
	}
	return r.reply(r.speak.Say("evidence.toast.unchecked", "Code", indicator.Code))
}
