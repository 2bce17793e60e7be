package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogEvidence is the conversation about what is filed.
const dialogEvidence = "evidence"

// Its steps: for which indicator, what, and why something needs fixing.
const (
	stepEvidenceCode   = "code"
	stepEvidenceFile   = "file"
	stepEvidenceReason = "reason"
)

// codesOffered is how many codes a question offers as buttons.
const codesOffered = 8

// goOnFiling files a draft, or asks for what is missing. large is the size of a file
// that is too large, of which a link is asked for instead.
func (r *request) goOnFiling(draft evidenceDraft, large int64) error {
	if large == 0 && len(draft.Indicators) > 0 && !draft.isEmpty() {
		return r.fileDraft(draft)
	}
	if large != 0 && len(draft.Indicators) > 0 && !draft.isEmpty() {
		if err := r.fileDraft(draft); err != nil {
			return err
		}
		draft.Files, draft.Links = nil, nil
	}
	if len(draft.Indicators) == 0 {
		return r.askEvidenceCode(draft, large)
	}
	return r.askEvidenceFile(draft, large)
}

// tooLarge says that a file cannot be taken, before something else; "" for none.
func (r *request) tooLarge(size int64) string {
	if size == 0 {
		return ""
	}
	return r.speak.Say("evidence.too_large", "Size", (size+(1<<20)-1)>>20, "Limit", evidenceLimit>>20) + "\n"
}

// askEvidenceCode asks for which indicator it is, and offers those for whose evidence
// the person has a task.
func (r *request) askEvidenceCode(draft evidenceDraft, large int64) error {
	indicators, err := r.ownIndicators()
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for i, indicator := range indicators {
		if i%4 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: indicator.Code, Data: data(pressEvidence, evidenceFor, indicator.ID)})
	}
	key := "evidence.ask_code"
	if len(rows) > 0 {
		key = "evidence.ask_code_own"
	}
	return r.askOn(dialogEvidence, stepEvidenceCode, draft, r.tooLarge(large)+r.speak.Say(key), rows...)
}

// ownIndicators are those for whose evidence the person has an open task.
func (r *request) ownIndicators() ([]council.Indicator, error) {
	tasks, err := r.tx.Tasks(store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}, 0, catchUpLimit)
	if err != nil {
		return nil, err
	}
	var indicators []council.Indicator
	for _, task := range tasks {
		indicator, err := r.tx.IndicatorOfTask(task.Number)
		if err != nil {
			return nil, err
		}
		if indicator.ID != 0 && !containsIndicator(indicators, indicator.ID) && len(indicators) < codesOffered {
			indicators = append(indicators, indicator)
		}
	}
	return indicators, nil
}

// askEvidenceFile asks for what is to be filed.
func (r *request) askEvidenceFile(draft evidenceDraft, large int64) error {
	codes, err := r.codesOf(draft.Indicators)
	if err != nil {
		return err
	}
	key := "evidence.ask_file"
	switch {
	case large != 0:
		key = "evidence.ask_link"
	case draft.TakesPlace != 0:
		key = "evidence.ask_version"
	}
	rows := r.statisticsRow(0)
	if large != 0 || draft.TakesPlace != 0 {
		rows = nil // something else is waited for
	}
	return r.askOn(dialogEvidence, stepEvidenceFile, draft, r.tooLarge(large)+r.speak.Say(key, "Codes", strings.Join(codes, ", ")), rows...)
}

// codesOf names indicators by their codes.
func (r *request) codesOf(indicators []int64) ([]string, error) {
	var codes []string
	for _, id := range indicators {
		indicator, err := r.tx.Indicator(id)
		if err != nil {
			return nil, err
		}
		codes = append(codes, indicator.Code)
	}
	return codes, nil
}

// answerEvidence takes the answer to what was asked about evidence.
func (r *request) answerEvidence(dialog store.Dialog) error {
	var draft evidenceDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	if dialog.Step == stepEvidenceReason {
		return r.answerReason(draft)
	}
	text := r.text
	if dialog.Step == stepEvidenceFile {
		text = ""
	}
	known := draft
	draft, large, err := r.readEvidence(text, draft)
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) && refusal.Code == "no_such_indicator" {
		return errors.Join(r.tx.SetDialog(dialog, r.now), r.refuse(refusal)) // the question stands
	}
	if err != nil {
		return err
	}
	switch {
	case dialog.Step == stepEvidenceFile:
		draft = known.withFiles(draft, r.text)
	case known.Words != "": // what was written beside the file, not beside its code
		draft.Words = known.Words
	}
	return r.goOnFiling(draft, large)
}

// withFiles is the draft with the files and links of an answer, and with its words.
func (d evidenceDraft) withFiles(answered evidenceDraft, words string) evidenceDraft {
	d.Files, d.Album, d.MessageID = answered.Files, answered.Album, answered.MessageID
	for _, found := range append(answered.Links, linksIn(words)...) {
		if !slices.Contains(d.Links, found) {
			d.Links = append(d.Links, found)
		}
	}
	if words = tidy(webAddress.ReplaceAllString(words, "")); words != "" {
		d.Words = shorten(words, evidenceWordsLimit)
	}
	return d
}

// evidenceBeingAsked is the draft for which files are being asked for; an empty one for
// none.
func (r *request) evidenceBeingAsked() (draft evidenceDraft, err error) {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogEvidence || dialog.Step != stepEvidenceFile {
		return draft, notFoundIsNil(err)
	}
	return draft, json.Unmarshal([]byte(dialog.Data), &draft)
}

// pressEvidenceFor takes the indicator for a draft that waits for one.
func (r *request) pressEvidenceFor(number int64, _ pressArguments) error {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogEvidence || dialog.Step != stepEvidenceCode {
		return errorsOr(err, r.stale())
	}
	var draft evidenceDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil {
		return err
	}
	indicator, err := r.tx.Indicator(number)
	if err != nil {
		return errorsOr(err, r.stale())
	}
	draft.Indicators = []int64{indicator.ID}
	if err := r.mayFile(draft.Indicators); err != nil {
		return err
	}
	return errors.Join(r.goOnFiling(draft, 0), r.toast(""))
}

// fileByCaption files what came in private with nothing but a code beside it, and
// tells whether it did.
func (r *request) fileByCaption() (bool, error) {
	if r.text == "" || len(filesOf(r.message)) == 0 && len(linksIn(r.text)) == 0 {
		return false, nil
	}
	found, _, err := r.indicatorsNamed(r.text)
	if refusal := (*council.Refusal)(nil); errors.As(err, &refusal) || err == nil && len(found) == 0 {
		return false, nil // words that only look like a code
	}
	if err != nil {
		return false, err
	}
	draft, large, err := r.readEvidence(r.text, evidenceDraft{})
	if err != nil {
		return true, err
	}
	return true, r.goOnFiling(draft, large)
}

// addToEvidenceAlbum adds a further file of an album to what its first one began.
func (r *request) addToEvidenceAlbum() (bool, error) {
	pieces, err := r.tx.EvidenceInAlbum(r.actor.ID, r.message.MediaGroupID)
	if err != nil {
		return false, err
	}
	draft := evidenceDraft{Album: r.message.MediaGroupID, MessageID: r.message.ID}
	if len(pieces) == 0 {
		return r.addToEvidenceDraft()
	}
	for _, piece := range pieces {
		if !slices.Contains(draft.Indicators, piece.IndicatorID) {
			draft.Indicators = append(draft.Indicators, piece.IndicatorID)
		}
	}
	if pieces[0].Task != 0 {
		return false, nil // a task's album, which goes on with the task
	}
	if err := r.mayFile(draft.Indicators); err != nil {
		return true, err
	}
	r.filing = pieces[0].Filing
	draft, large := r.addFiles(draft)
	if large != 0 {
		return true, r.askEvidenceFile(draft, large)
	}
	return true, r.fileDraft(draft)
}

// addToEvidenceDraft adds it to a draft whose indicator is still being asked for.
func (r *request) addToEvidenceDraft() (bool, error) {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogEvidence {
		return false, notFoundIsNil(err)
	}
	var draft evidenceDraft
	if err := json.Unmarshal([]byte(dialog.Data), &draft); err != nil || draft.Album != r.message.MediaGroupID {
		return false, err
	}
	draft, large := r.addFiles(draft)
	if dialog.Step == stepEvidenceFile || large != 0 {
		return true, r.goOnFiling(draft, large)
	}
	return true, r.setEvidenceDialog(dialog.Step, draft)
}

// draftFor is a draft for the indicators of pieces.
func draftFor(pieces []council.Evidence, takesPlace int64) evidenceDraft {
	draft := evidenceDraft{TakesPlace: takesPlace}
	for _, piece := range pieces {
		if !slices.Contains(draft.Indicators, piece.IndicatorID) {
			draft.Indicators = append(draft.Indicators, piece.IndicatorID)
		}
	}
	return draft
}

// setEvidenceDialog waits for an answer without asking anything further.
func (r *request) setEvidenceDialog(step string, draft evidenceDraft) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogEvidence, Step: step, Data: string(kept)}, r.now)
}
