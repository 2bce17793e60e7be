package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// checkedPerPage is how much of what waits to be checked a page shows.
const checkedPerPage = 8

// listToCheck is /bukti periksa: what waits to be checked, or, with codes, what was
// filed for these indicators.
func (r *request) listToCheck(words string) error {
	if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("evidence_check_private")
	}
	found, _, err := r.indicatorsNamed(words)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		text, rows, err := r.toCheck(0)
		if err != nil {
			return err
		}
		return r.reply(text, rows...)
	}
	var pieces []store.FiledEvidence
	for _, indicator := range found {
		filed, err := r.tx.EvidenceOf(indicator.ID)
		if err != nil {
			return err
		}
		for _, piece := range filed {
			if piece.Counts() && len(pieces) < 4*checkedPerPage {
				pieces = append(pieces, store.FiledEvidence{Evidence: piece, Code: indicator.Code})
			}
		}
	}
	text, rows, err := r.pieceList(r.speak.Count("evidence.filed", len(pieces)), pieces)
	if err != nil {
		return err
	}
	return r.reply(text, rows...)
}

// toCheck is a page of what waits to be checked.
func (r *request) toCheck(page int) (string, [][]store.Button, error) {
	waiting, err := r.tx.EvidenceToCheck()
	if err != nil {
		return "", nil, err
	}
	if len(waiting) == 0 {
		return r.speak.Say("evidence.to_check_none"), nil, nil
	}
	last := (len(waiting) - 1) / checkedPerPage
	page = max(0, min(page, last))
	shown := waiting[page*checkedPerPage : min((page+1)*checkedPerPage, len(waiting))]
	text, rows, err := r.pieceList(r.speak.Count("evidence.to_check", len(waiting)), shown)
	var turn []store.Button
	if page > 0 {
		turn = append(turn, button(r.speak, "previous", pressEvidence, evidenceList, page-1))
	}
	if page < last {
		turn = append(turn, button(r.speak, "next", pressEvidence, evidenceList, page+1))
	}
	if len(turn) > 0 {
		rows = append(rows, turn)
	}
	return text, rows, err
}

// pieceList lists pieces, each with a button that opens it.
func (r *request) pieceList(head string, pieces []store.FiledEvidence) (string, [][]store.Button, error) {
	lines := []string{head}
	var rows [][]store.Button
	for _, piece := range pieces {
		filer, err := r.tx.Member(piece.MemberID)
		if err != nil {
			return "", nil, err
		}
		name := pieceName(r.speak, piece.Evidence)
		lines = append(lines, joinParts(piece.Code, name, namePerson(r.speak, filer)))
		rows = append(rows, []store.Button{{Text: piece.Code + " · " + shorten(name, 30), Data: data(pressEvidence, evidenceSee, piece.Number)}})
	}
	return strings.Join(lines, "\n"), rows, nil
}

// pressToCheck turns the page of the list.
func (r *request) pressToCheck(page int64, _ pressArguments) error {
	if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("evidence_check_private")
	}
	text, rows, err := r.toCheck(int(min(max(page, 0), 1<<20)))
	if err != nil {
		return err
	}
	return errors.Join(r.edit(text, rows...), r.toast(""))
}

// pressSeePiece sends one piece, with what is to be said of it, to whoever checks it.
func (r *request) pressSeePiece(number int64, _ pressArguments) error {
	if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("evidence_check_private")
	}
	piece, indicator, err := r.piece(number)
	if err != nil {
		return err
	}
	if !piece.Counts() {
		return council.Refuse("evidence_gone")
	}
	text, err := r.pieceText(piece, indicator)
	if err != nil {
		return err
	}
	payload := store.Payload{Text: text, Buttons: r.checkRows(piece), Subject: piece.Reference().String(), About: aboutPiece}
	if piece.Kind != council.EvidenceLink {
		payload.Files = []store.File{pieceFile(piece)}
	}
	if err := queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload}); err != nil {
		return err
	}
	return r.toast("")
}

// pieceText says everything about a piece to whoever checks it.
func (r *request) pieceText(piece council.Evidence, indicator council.Indicator) (string, error) {
	filer, err := r.tx.Member(piece.MemberID)
	if err != nil {
		return "", err
	}
	name := pieceName(r.speak, piece)
	if piece.Kind == council.EvidenceLink {
		name = shorten(piece.Link, captionLimit/2)
	}
	version := ""
	if piece.Version > 1 {
		version = r.speak.Say("evidence.version", "N", piece.Version)
	}
	lines := []string{
		joinParts(indicator.Code, shorten(plainLine(indicator.Name), cardTitleLimit)),
		joinParts(name, version),
		joinParts(namePerson(r.speak, filer), r.speak.Moment(piece.CreatedAt, r.city.Zone)),
		joinParts(r.speak.Say("evidence.state."+string(piece.State)), r.speak.Say("evidence.personal_state."+personalKey(piece))),
	}
	if piece.Words != "" {
		lines = append(lines, shorten(piece.Words, captionLimit/4))
	}
	if piece.State == council.EvidenceNeedsFix {
		lines = append(lines, r.speak.Say("evidence.reason", "Reason", shorten(piece.Reason, captionLimit/4)))
	}
	return strings.Join(lines, "\n"), nil
}

func personalKey(piece council.Evidence) string {
	if piece.Personal == council.PersonalNo {
		return "no"
	}
	return "unasked"
}

// stampOf tells one check of a piece from another: a button carries it, so that of
// two who press at once one wins.
func stampOf(piece council.Evidence) int64 {
	if piece.CheckedAt.IsZero() {
		return 0
	}
	return piece.CheckedAt.UnixMilli()
}

// checkRows are what can be said of a piece as it stands.
func (r *request) checkRows(piece council.Evidence) [][]store.Button {
	var row []store.Button
	if piece.State != council.EvidenceVerified {
		row = append(row, button(r.speak, "evidence_verify", pressEvidence, evidenceVerify, piece.Number, stampOf(piece)))
	}
	if piece.State != council.EvidenceNeedsFix {
		row = append(row, button(r.speak, "send_back", pressEvidence, evidenceFix, piece.Number, stampOf(piece)))
	}
	return [][]store.Button{row}
}
