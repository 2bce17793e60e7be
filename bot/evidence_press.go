package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressEvidence is what buttons about evidence begin with; what follows says more.
// These words stand inside buttons: they are added to, never changed.
const (
	pressEvidence = "ev"

	evidenceFor    = "for"   // this indicator is meant
	evidenceNo     = "no"    // no personal data
	evidenceYes    = "yes"   // personal data, which is covered first
	evidenceUndo   = "undo"  // the filing
	evidenceNew    = "new"   // a newer version of what was filed
	evidenceAgain  = "again" // a newer version of what needs fixing
	evidenceList   = "list"  // what waits to be checked
	evidenceLook   = "look"  // the same, as a message of its own
	evidenceSee    = "see"   // one piece
	evidenceVerify = "ok"    // it is right
	evidenceFix    = "fix"   // it needs fixing
	evidenceBack   = "back"  // the check is undone
	evidenceUpload = "up"    // something for this indicator
	evidenceHandIn = "done"  // the task that what was filed is for

	evidenceStatistics = "stat" // what the bot has counted, for this indicator
)

// evidencePresses maps them to what answers them.
func evidencePresses() map[string]func(*request, int64, pressArguments) error {
	return map[string]func(*request, int64, pressArguments) error{
		evidenceFor:    (*request).pressEvidenceFor,
		evidenceNo:     (*request).pressNotPersonal,
		evidenceYes:    (*request).pressPersonal,
		evidenceUndo:   (*request).pressFilingUndo,
		evidenceNew:    (*request).pressNewVersion,
		evidenceAgain:  (*request).pressFileAgain,
		evidenceList:   (*request).pressToCheck,
		evidenceLook:   (*request).pressLookToCheck,
		evidenceSee:    (*request).pressSeePiece,
		evidenceVerify: (*request).pressVerify,
		evidenceFix:    (*request).pressNeedsFix,
		evidenceBack:   (*request).pressUncheck,
		evidenceUpload: (*request).pressUpload,
		evidenceHandIn: (*request).pressHandIn,

		evidenceStatistics: (*request).pressStatistics,
	}
}

// pressEvidence answers a press on a button about evidence.
func (r *request) pressEvidence(arguments pressArguments) error {
	if r.actor.IsStranger() {
		return council.Refuse("stranger")
	}
	press, known := evidencePresses()[arguments.text(0)]
	if !known {
		return r.stale()
	}
	return press(r, arguments.number(1), arguments[min(2, len(arguments)):])
}

// ownFiling loads what was filed at once by the person, or, for a coordinator, by
// anybody, from a message about it.
func (r *request) ownFiling(filing int64) ([]council.Evidence, error) {
	subject, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	reference := council.Reference{Letter: council.EvidenceLetter, Number: filing}
	unknown := errors.Is(err, store.ErrNotFound) // as of a message that came twice, since the line broke
	if notFoundIsNil(err) != nil || !unknown && (about != cardFiling || subject != reference.String()) {
		return nil, errorsOr(err, council.Refuse("unknown_action")) // such a button was never offered here
	}
	pieces, err := r.tx.EvidenceFiled(filing)
	if err != nil || len(pieces) == 0 || unknown && pieces[0].From.ChatID != r.chatID {
		return nil, errorsOr(err, council.Refuse("unknown_action"))
	}
	var indicators []int64
	for _, piece := range pieces {
		indicators = append(indicators, piece.IndicatorID)
	}
	if err := r.mayFile(indicators); err != nil {
		return nil, err
	}
	if pieces[0].MemberID != r.actor.ID && !r.actor.Coordinates() {
		return nil, council.Refuse("evidence_of_other")
	}
	return pieces, nil
}

// pressNotPersonal is [Tidak]: what was filed holds no personal data.
func (r *request) pressNotPersonal(filing int64, _ pressArguments) error {
	pieces, err := r.ownFiling(filing)
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		if !unasked(piece) {
			continue
		}
		piece.Personal = council.PersonalNo
		if err := r.tx.SaveEvidence(piece); err != nil {
			return err
		}
	}
	return errors.Join(r.refreshFiling(filing), r.toast(""))
}

// pressPersonal is [Ada, saya tutup dulu]: what was filed is taken back and forgotten,
// and a covered version is waited for.
func (r *request) pressPersonal(filing int64, _ pressArguments) error {
	pieces, err := r.ownFiling(filing)
	if err != nil {
		return err
	}
	if err := r.withdrawPieces(pieces, council.PersonalYes); err != nil {
		return err
	}
	if err := r.tx.ForgetUndo(council.Reference{Letter: council.EvidenceLetter, Number: filing}.String()); err != nil {
		return err
	}
	takesPlace := int64(0)
	if len(pieces) == 1 {
		takesPlace = pieces[0].Number // of what that one had replaced
	}
	if err := r.waitForVersion(draftFor(pieces, takesPlace), pieces[0].MemberID); err != nil {
		return err
	}
	return errors.Join(r.refreshFiling(filing), r.toast(r.speak.Say("evidence.toast.removed")))
}

// waitForVersion lets the next file that the filer sends in private be filed for the
// same indicators; in a group it comes as a reply.
func (r *request) waitForVersion(draft evidenceDraft, filer int64) error {
	if !r.private || filer != r.actor.ID {
		return nil
	}
	return r.setEvidenceDialog(stepEvidenceFile, draft)
}

// withdrawPieces takes pieces back and forgets them, their contents included; what
// they had taken the place of counts again.
func (r *request) withdrawPieces(pieces []council.Evidence, personal council.PersonalData) error {
	for _, piece := range pieces {
		if piece.Withdrawn {
			continue
		}
		if err := r.withdrawPiece(piece, personal); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) withdrawPiece(piece council.Evidence, personal council.PersonalData) error {
	filed, err := r.tx.EvidenceOf(piece.IndicatorID)
	if err != nil {
		return err
	}
	for _, older := range filed {
		if !older.Restores(piece) {
			continue
		}
		older.ReplacedBy = piece.ReplacedBy
		if err := r.tx.SaveEvidence(older); err != nil {
			return err
		}
		if err := r.refreshFiling(older.Filing); err != nil {
			return err
		}
	}
	withdrawn := piece.Withdraw()
	if personal != council.PersonalUnasked {
		withdrawn.Personal = personal
	}
	if err := r.tx.SaveEvidence(withdrawn); err != nil {
		return err
	}
	if piece.Task != 0 && personal == council.PersonalYes {
		if err := r.tx.Detach(council.TaskReference(piece.Task).String(), piece.UniqueID); err != nil {
			return err
		}
	}
	if err := r.record(piece.Reference(), council.EventWithdrawn, "", "personal", string(personal)); err != nil {
		return err
	}
	return r.forgetContent(piece.Hash)
}

// filingUndoable tells whether a filing can still be taken back: for ten minutes, as
// long as nobody has checked any of it.
func (r *request) filingUndoable(filing int64, pieces []council.Evidence) bool {
	var before evidenceBefore
	undo, err := r.tx.LastUndo(council.Reference{Letter: council.EvidenceLetter, Number: filing}.String(), &before)
	return err == nil && before.Filed && r.now.Sub(undo.ChangedAt) <= undoTime && !anyChecked(pieces)
}

func anyChecked(pieces []council.Evidence) bool {
	for _, piece := range pieces {
		if !piece.CheckedAt.IsZero() {
			return true
		}
	}
	return false
}

// pressFilingUndo is [Urungkan] below what was filed.
func (r *request) pressFilingUndo(filing int64, _ pressArguments) error {
	if _, err := r.ownFiling(filing); err != nil {
		return err
	}
	if err := r.undoFiling(filing); err != nil {
		return err
	}
	return r.toast(r.speak.Say("evidence.toast.undone"))
}

// undoFiling takes back what was filed at once.
func (r *request) undoFiling(filing int64) error {
	subject := council.Reference{Letter: council.EvidenceLetter, Number: filing}.String()
	var before evidenceBefore
	undo, err := r.lastUndo(subject, &before)
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) {
		return council.Refuse("evidence_" + refusal.Code)
	}
	if err != nil {
		return err
	}
	pieces, err := r.tx.EvidenceFiled(filing)
	switch {
	case err != nil:
		return err
	case undo.MemberID != r.actor.ID:
		return council.Refuse("evidence_nothing_to_undo")
	case !before.Filed || anyChecked(pieces):
		return council.Refuse("evidence_checked_since")
	}
	if err := r.withdrawPieces(pieces, council.PersonalUnasked); err != nil {
		return err
	}
	if err := r.tx.ForgetUndo(subject); err != nil {
		return err
	}
	return r.refreshFiling(filing)
}

// pressNewVersion is [Ganti versi]: it asks for what takes the place of what was filed.
func (r *request) pressNewVersion(filing int64, _ pressArguments) error {
	pieces, err := r.ownFiling(filing)
	if err != nil {
		return err
	}
	return errors.Join(r.askForVersion(pieces), r.toast(""))
}

// pressFileAgain is [Unggah lagi] below what was said to need fixing.
func (r *request) pressFileAgain(number int64, _ pressArguments) error {
	subject, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	reference := council.Reference{Letter: council.EvidenceLetter, Number: number}
	if err != nil || about != aboutPiece || subject != reference.String() {
		return errorsOr(err, council.Refuse("unknown_action")) // such a button was never offered here
	}
	piece, _, err := r.piece(number)
	if err != nil {
		return err
	}
	if err := r.mayFile([]int64{piece.IndicatorID}); err != nil {
		return err
	}
	return errors.Join(r.askForVersion([]council.Evidence{piece}), r.toast(""))
}

// askForVersion asks for newer versions of pieces.
func (r *request) askForVersion(pieces []council.Evidence) error {
	takesPlace := int64(0)
	if len(pieces) == 1 {
		takesPlace = pieces[0].Number
	}
	return r.askEvidenceFile(draftFor(pieces, takesPlace), 0)
}

// pressUpload is [Unggah bukti]: it asks for what is filed for an indicator.
func (r *request) pressUpload(id int64, _ pressArguments) error {
	indicator, err := r.tx.Indicator(id)
	if errors.Is(err, store.ErrNotFound) || indicator.Retired {
		return r.stale()
	}
	if err != nil {
		return err
	}
	if err := r.mayFile([]int64{id}); err != nil {
		return err
	}
	return errors.Join(r.askEvidenceFile(evidenceDraft{Indicators: []int64{id}}, 0), r.toast(""))
}

// replyToEvidence takes a reply to a message about evidence: what it brings is a
// newer version.
func (r *request) replyToEvidence() error {
	draft, large, err := r.readEvidence(r.text, evidenceDraft{})
	if err != nil {
		return err
	}
	if len(draft.Indicators) == 0 {
		return r.reply(r.speak.Say("reply.unclear", "Reference", ""))
	}
	return r.goOnFiling(draft, large)
}

// piece loads a piece of evidence with its indicator.
func (r *request) piece(number int64) (council.Evidence, council.Indicator, error) {
	piece, err := r.tx.Evidence(number)
	if errors.Is(err, store.ErrNotFound) {
		return piece, council.Indicator{}, council.Refuse("evidence_gone")
	}
	if err != nil {
		return piece, council.Indicator{}, err
	}
	indicator, err := r.tx.Indicator(piece.IndicatorID)
	return piece, indicator, err
}
