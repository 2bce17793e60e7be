package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// fetchEvidence is why a file that was filed is fetched: it goes into the vault.
const fetchEvidence = "evidence"

// evidenceLimit is how many bytes a file may have that Telegram hands to a bot.
const evidenceLimit = 20 << 20

// errTakenAway is a content that was removed between its arrival and its recording,
// since somebody withdrew the same: it is fetched again.
var errTakenAway = errors.New("the content was removed meanwhile")

// takeUpEvidence lets be fetched, at the start, what was filed and what nothing fetches
// any more, as after reading it was given up.
func takeUpEvidence(tx *store.Tx) error {
	pieces, err := tx.UnfetchedEvidence()
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		fetch := newFetch(fetchEvidence, piece.FileID, evidenceLimit, idText(piece.Number))
		fetch.MemberID, fetch.MessageID = piece.MemberID, piece.From.MessageID
		out := store.Outgoing{ChatID: piece.From.ChatID, ThreadID: piece.From.ThreadID, Kind: store.KindFetch, Priority: store.PriorityAnswer, Payload: store.Payload{Fetch: &fetch}}
		if err := tx.Queue(out, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// keepEvidence records that the content of pieces lies in the vault, where it is on
// the disk already. What was withdrawn meanwhile stays so.
func (r *request) keepEvidence(file fetchedFile) error {
	if file.failure == "" && !r.Vault.Has(file.hash) {
		return errTakenAway // nothing is removed but in a transaction: from here on it stays
	}
	var lost []council.Evidence
	var filings []int64
	for word := range strings.FieldsSeq(file.Words) {
		number, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return err
		}
		piece, err := r.tx.Evidence(number)
		if err != nil {
			return err
		}
		if !piece.Pending() {
			continue
		}
		if !slices.Contains(filings, piece.Filing) {
			filings = append(filings, piece.Filing)
		}
		if file.failure == "" {
			err = r.keepPiece(piece.Keep(file.hash, file.size))
		} else {
			lost = append(lost, piece)
			err = r.tx.SaveEvidence(piece.Withdraw())
		}
		if err != nil {
			return err
		}
	}
	for _, filing := range filings {
		pieces, err := r.tx.EvidenceFiled(filing)
		if err == nil && !slices.ContainsFunc(pieces, unasked) { // otherwise the question stands there still
			err = r.refreshFiling(filing)
		}
		if err != nil {
			return err
		}
	}
	if err := r.askAgain(lost, file.failure); err != nil {
		return err
	}
	return r.forgetContent(file.hash)
}

// keepPiece lets a piece count from now on, unless the same content does already.
func (r *request) keepPiece(piece council.Evidence) error {
	filed, err := r.tx.EvidenceOf(piece.IndicatorID)
	if err != nil {
		return err
	}
	same, found := piece.SameAs(filed)
	if !found {
		return r.takePlace(piece, filed)
	}
	piece.ReplacedBy, piece.Hash, piece.Size = same.Number, "", 0
	return r.tx.SaveEvidence(piece)
}

// askAgain tells whoever sent a file that it could not be had, and asks for it once
// more, or for a link.
func (r *request) askAgain(lost []council.Evidence, failure fetchFailure) error {
	if len(lost) == 0 {
		return nil
	}
	codes, err := r.codesOfPieces(lost)
	if err != nil {
		return err
	}
	key := "evidence.gone"
	if failure == fetchTooLarge {
		key = "evidence.gone_large"
	}
	text := r.speak.Say(key, "Codes", strings.Join(codes, ", "), "Piece", pieceName(r.speak, lost[0]), "Limit", evidenceLimit>>20)
	if err := r.replyAbout(council.Reference{Letter: council.EvidenceLetter, Number: lost[0].Filing}.String(), cardFiling, text); err != nil {
		return err
	}
	_, err = r.tx.Dialog(r.chatID, r.actor.ID)
	if err == nil || notFoundIsNil(err) != nil {
		return err // something else is being asked there; a reply to the message does it
	}
	draft := draftFor(lost, lost[0].TakesPlace)
	draft.Words = lost[0].Words
	return r.waitForVersion(draft, lost[0].MemberID)
}

// forgetContent lets a content be removed from the vault that no evidence needs any
// more, once this transaction is kept.
func (r *request) forgetContent(hash string) error {
	if hash == "" {
		return nil
	}
	used, err := r.tx.ContentUsed(hash)
	if err != nil || used {
		return err
	}
	return r.tx.Queue(store.Outgoing{Kind: store.KindForget, Priority: store.PriorityAnswer, Payload: store.Payload{Forget: hash}}, time.Now())
}

// forget removes a content from the vault that no evidence needs. It does so inside a
// transaction, of which there is one at a time: nobody records the content meanwhile.
// After a kill it does it again.
func (s *sender) forget(out store.Outgoing) {
	pause := newPause()
	for {
		err := s.bot.store.Update(context.WithoutCancel(s.ctx), func(tx *store.Tx) error {
			used, err := tx.ContentUsed(out.Payload.Forget)
			if err == nil && !used {
				err = s.bot.Vault.Remove(out.Payload.Forget)
			}
			return errors.Join(err, tx.Sent(out, 0, time.Now()))
		})
		if err == nil || errors.Is(err, store.ErrClosed) {
			return
		}
		s.bot.log.Error("a content could not be removed; trying again", "error", err.Error())
		wait(s.ctx, pause.next(err))
		if s.ctx.Err() != nil {
			return
		}
	}
}
