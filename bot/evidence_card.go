package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What messages about evidence are about: what was filed at once, by the number of
// its first piece, and one piece.
const (
	cardFiling = "filing"
	aboutPiece = "evidence"
)

// piecesAbout are the pieces that the message replied to is about, or the pressed one.
func (r *request) piecesAbout() ([]council.Evidence, error) {
	if r.aboutAs == cardFiling {
		return r.tx.EvidenceFiled(r.about.Number)
	}
	piece, err := r.tx.Evidence(r.about.Number)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return []council.Evidence{piece}, err
}

// showFiling shows how what this request files stands, below the message that brought it.
func (r *request) showFiling(messageID int) error {
	return r.showFilingAt(r.filing, r.chatID, r.thread, r.here(), messageID)
}

func (r *request) showFilingAt(filing, chatID int64, thread int, where place, messageID int) error {
	subject := council.Reference{Letter: council.EvidenceLetter, Number: filing}.String()
	card, err := r.tx.Card(subject, cardFiling, chatID, thread)
	if err != nil {
		return err
	}
	payload, err := r.filingFace(filing, where)
	if err != nil {
		return err
	}
	payload.Subject, payload.About = subject, cardFiling
	if card.MessageID == 0 && !where.private {
		payload.ReplyTo = messageID
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: chatID, ThreadID: thread, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, Payload: payload,
	}, time.Now())
}

// refreshFiling brings the cards of what was filed at once up to date.
func (r *request) refreshFiling(filing int64) error {
	cards, err := r.tx.Cards(council.Reference{Letter: council.EvidenceLetter, Number: filing}.String())
	if err != nil {
		return err
	}
	for _, card := range cards {
		where, err := r.placeOf(card)
		if errors.Is(err, store.ErrNotFound) {
			continue // its group is no longer linked
		}
		if err != nil {
			return err
		}
		if err := r.showFilingAt(filing, card.ChatID, card.ThreadID, where, 0); err != nil {
			return err
		}
	}
	return nil
}

// filingFace asks whether what was filed holds personal data, and says afterwards how
// far its evidence is.
func (r *request) filingFace(filing int64, where place) (store.Payload, error) {
	pieces, err := r.tx.EvidenceFiled(filing)
	if err != nil || len(pieces) == 0 {
		return store.Payload{}, errorsOr(err, errors.New("nothing was filed"))
	}
	filer, err := r.tx.Member(pieces[0].MemberID)
	if err != nil {
		return store.Payload{}, err
	}
	if slices.ContainsFunc(pieces, unasked) {
		return r.personalQuestion(pieces, filer, where)
	}
	lines, err := r.standingLines(pieces, where.speak)
	if err != nil {
		return store.Payload{}, err
	}
	payload := store.Payload{Text: strings.Join(lines, "\n")}
	if slices.ContainsFunc(pieces, isFiled) {
		row := []store.Button{button(where.speak, "evidence_new", pressEvidence, evidenceNew, filing)}
		if r.filingUndoable(filing, pieces) {
			row = append(row, button(where.speak, "undo", pressEvidence, evidenceUndo, filing))
		}
		payload.Buttons = append(payload.Buttons, row)
	}
	if !where.private {
		return payload, nil
	}
	handIn, err := r.handInButtons(where.speak, pieces)
	if len(handIn) > 0 {
		payload.Buttons = append([][]store.Button{handIn}, payload.Buttons...)
	}
	return payload, err
}

// unasked tells whether it is still to be said if a piece holds personal data.
func unasked(piece council.Evidence) bool {
	return isFiled(piece) && piece.Personal == council.PersonalUnasked
}

// isFiled tells whether a piece counts, or will as soon as it is kept.
func isFiled(piece council.Evidence) bool { return piece.Counts() || piece.Pending() }

// personalQuestion asks whether what was filed holds personal data.
func (r *request) personalQuestion(pieces []council.Evidence, filer council.Member, where place) (store.Payload, error) {
	key := "evidence.personal_link"
	if slices.ContainsFunc(pieces, council.Evidence.IsFile) {
		key = "evidence.personal"
	}
	text := where.speak.Say(key, "Person", greetPerson(where.speak, filer))
	if len(pieces) > 1 {
		codes, err := r.codesOfPieces(pieces)
		if err != nil {
			return store.Payload{}, err
		}
		text += "\n" + strings.Join(codes, ", ") + " · " + countPieces(where.speak, pieces)
	}
	number := pieces[0].Filing
	return store.Payload{Text: text, Buttons: [][]store.Button{{
		button(where.speak, "evidence_no", pressEvidence, evidenceNo, number), button(where.speak, "evidence_yes", pressEvidence, evidenceYes, number),
	}}}, nil
}

// codesOfPieces names the indicators of pieces, each once.
func (r *request) codesOfPieces(pieces []council.Evidence) ([]string, error) {
	var indicators []int64
	for _, piece := range pieces {
		if !slices.Contains(indicators, piece.IndicatorID) {
			indicators = append(indicators, piece.IndicatorID)
		}
	}
	return r.codesOf(indicators)
}

// countPieces counts what was brought, each once for all indicators.
func countPieces(speak locale.Speaker, pieces []council.Evidence) string {
	brought := map[string]bool{}
	for _, piece := range pieces {
		brought[piece.UniqueID+piece.Link+piece.FileID] = true
	}
	return speak.Count("task.card.files", len(brought))
}

// standingLines say how far the evidence for each indicator is, in one line for those
// that stand alike.
func (r *request) standingLines(pieces []council.Evidence, speak locale.Speaker) ([]string, error) {
	byIndicator := map[int64][]council.Evidence{}
	var indicators []int64
	for _, piece := range pieces {
		if byIndicator[piece.IndicatorID] == nil {
			indicators = append(indicators, piece.IndicatorID)
		}
		byIndicator[piece.IndicatorID] = append(byIndicator[piece.IndicatorID], piece)
	}
	alike := map[string][]int64{}
	var keys []string
	for _, indicator := range indicators {
		key := standingOf(byIndicator[indicator])
		if alike[key] == nil {
			keys = append(keys, key)
		}
		alike[key] = append(alike[key], indicator)
	}
	checkers, err := r.checkers(speak)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, key := range keys {
		codes, err := r.codesOf(alike[key])
		if err != nil {
			return nil, err
		}
		named := strings.Join(codes, ", ")
		if count := len(byIndicator[alike[key][0]]); count > 1 {
			named += " (" + countPieces(speak, byIndicator[alike[key][0]]) + ")"
		}
		lines = append(lines, speak.Say("evidence.standing."+key, "Codes", named, "Checker", checkers))
	}
	return lines, nil
}

// standingOf tells how far the pieces of one filing for one indicator are: as the
// one of which the most is left to do.
func standingOf(pieces []council.Evidence) string {
	holds := func(is func(council.Evidence) bool) bool { return slices.ContainsFunc(pieces, is) }
	counts := func(state council.EvidenceState) bool {
		return holds(func(e council.Evidence) bool { return e.Counts() && e.State == state })
	}
	switch {
	case holds(council.Evidence.Pending):
		return "pending"
	case counts(council.EvidenceNeedsFix):
		return string(council.EvidenceNeedsFix)
	case counts(council.EvidenceUploaded):
		return string(council.EvidenceUploaded)
	case counts(council.EvidenceVerified):
		return string(council.EvidenceVerified)
	case holds(func(e council.Evidence) bool { return e.Personal == council.PersonalYes }):
		return "personal"
	case holds(func(e council.Evidence) bool { return !e.Withdrawn && e.ReplacedBy > e.Number }):
		return "replaced"
	case holds(func(e council.Evidence) bool { return !e.Withdrawn && e.ReplacedBy != 0 }):
		return "same"
	}
	return "withdrawn"
}

// checkers names who checks evidence: the coordinator, where there is one alone.
func (r *request) checkers(speak locale.Speaker) (string, error) {
	members, err := coordinators(r.tx)
	if err != nil || len(members) != 1 {
		return speak.Say("evidence.checkers"), err
	}
	return namePerson(speak, members[0]), nil
}
