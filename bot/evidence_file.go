package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// evidenceBefore is what a change of evidence can be undone to.
type evidenceBefore struct {
	Filed bool             // it was filed: undoing takes it back
	Piece council.Evidence // it was checked: as it was before
}

// fileDraft files what a draft holds, for each of its indicators, and shows how that
// stands. What an indicator has already is said and kept once.
func (r *request) fileDraft(draft evidenceDraft) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	var same []int64
	made := false
	for _, piece := range draft.pieces() {
		piece.MemberID, piece.From = r.actor.ID, council.Place{ChatID: r.chatID, ThreadID: r.thread, MessageID: draft.MessageID}
		filed, known, err := r.filePiece(piece, draft.Indicators)
		if err != nil {
			return err
		}
		made, same = made || filed, append(same, known...)
	}
	if made {
		reference := council.Reference{Letter: council.EvidenceLetter, Number: r.filing}
		undo := store.Undo{Subject: reference.String(), MemberID: r.actor.ID, Version: r.filing, ChangedAt: r.now}
		if err := r.tx.KeepUndo(undo, evidenceBefore{Filed: true}); err != nil {
			return err
		}
		if err := r.showFiling(draft.MessageID); err != nil {
			return err
		}
	}
	if len(same) > 0 {
		return r.sayFiledBefore(same)
	}
	return nil
}

// sayFiledBefore says for which indicators something was there before.
func (r *request) sayFiledBefore(indicators []int64) error {
	codes, err := r.codesOf(indicators)
	if err != nil {
		return err
	}
	return r.reply(r.speak.Say("evidence.filed_before", "Codes", strings.Join(codes, ", ")))
}

// pieces are the pieces of evidence that a draft makes for one indicator.
func (d evidenceDraft) pieces() []council.Evidence {
	var pieces []council.Evidence
	for _, f := range d.Files {
		pieces = append(pieces, council.Evidence{Kind: f.Kind, FileID: f.ID, UniqueID: f.UniqueID, Name: f.Name})
	}
	for _, link := range d.Links {
		pieces = append(pieces, council.Evidence{Kind: council.EvidenceLink, Link: link})
	}
	for i := range pieces {
		pieces[i].Words, pieces[i].Album = d.Words, d.Album
		if len(pieces) == 1 {
			pieces[i].TakesPlace = d.TakesPlace
		}
	}
	return pieces
}

// filePiece files one piece for several indicators, as part of what this request
// files, and lets its content be fetched once for all of them. It tells whether it is
// new for any, and for which it is not.
func (r *request) filePiece(piece council.Evidence, indicators []int64) (made bool, same []int64, err error) {
	var numbers []string
	for _, indicator := range indicators {
		piece.IndicatorID, piece.Filing = indicator, r.filing
		filed, err := r.tx.EvidenceOf(indicator)
		if err != nil {
			return made, same, err
		}
		if _, found := piece.SameAs(filed); found {
			same = append(same, indicator)
			continue
		}
		piece.State, piece.Version, piece.CreatedAt = council.EvidenceUploaded, 1, r.now
		kept, err := r.tx.CreateEvidence(piece)
		if err != nil {
			return made, same, err
		}
		r.filing, made = kept.Filing, true
		if err := r.record(kept.Reference(), council.EventAttached, "", "indicator", idText(indicator)); err != nil {
			return made, same, err
		}
		if kept.IsFile() {
			numbers = append(numbers, idText(kept.Number))
			continue
		}
		if err := r.takePlace(kept, filed); err != nil {
			return made, same, err
		}
	}
	if len(numbers) == 0 {
		return made, same, nil
	}
	return made, same, r.queueFetch(fetchEvidence, piece.FileID, evidenceLimit, strings.Join(numbers, " "))
}

// takePlace keeps a piece that counts from now on, in the place of the version before
// it. Where that was verified the coordinators are told.
func (r *request) takePlace(piece council.Evidence, filed []council.Evidence) error {
	if err := r.planCheck(piece); err != nil {
		return err
	}
	older, found := piece.Before(filed)
	if !found {
		return r.tx.SaveEvidence(piece)
	}
	verified := older.State == council.EvidenceVerified
	older, piece = older.Replace(piece)
	piece.TakesPlace = older.Number
	if err := r.tx.SaveEvidence(older); err != nil {
		return err
	}
	if err := r.tx.SaveEvidence(piece); err != nil {
		return err
	}
	if err := r.refreshFiling(older.Filing); err != nil || !verified {
		return err
	}
	return r.tellReplaced(piece)
}

// planCheck has the coordinators told on the next morning that this waits to be checked.
func (r *request) planCheck(piece council.Evidence) error {
	planned := council.PlanCheck(piece, r.now, r.city.Timing)
	others := func(council.Reminder) bool { return false }
	return r.tx.PlanReminders(planned.Subject, []council.Reminder{planned}, others)
}

// tellReplaced tells the coordinators that something verified was replaced.
func (r *request) tellReplaced(piece council.Evidence) error {
	members, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	indicator, err := r.tx.Indicator(piece.IndicatorID)
	if err != nil {
		return err
	}
	filer, err := r.tx.Member(piece.MemberID)
	if err != nil {
		return err
	}
	for _, member := range members {
		if member.ID == piece.MemberID {
			continue
		}
		speak := r.speaker(member)
		text := speak.Say("evidence.replaced", "Code", indicator.Code, "Piece", pieceName(speak, piece), "Person", namePerson(speak, filer), "Version", piece.Version)
		if _, err := r.tell(member, piece.Reference().String(), aboutPiece, text, []store.Button{button(speak, "evidence_see", pressEvidence, evidenceSee, piece.Number)}); err != nil {
			return err
		}
	}
	return nil
}

// pieceName names a piece of evidence: as its file was called, else by its kind.
func pieceName(speak speaker, piece council.Evidence) string {
	switch {
	case piece.Name != "":
		return shorten(plainLine(piece.Name), pieceNameLimit)
	case piece.Kind == council.EvidenceLink:
		return shorten(piece.Link, pieceNameLimit)
	}
	return speak.Say("evidence.kind." + piece.Kind)
}

// pieceNameLimit is how many characters of a file's name or of a link are shown.
const pieceNameLimit = 60
