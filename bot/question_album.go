package bot

import (
	"errors"

	"github.com/rembuk/rembuk/store"
)

// addToAlbum adds a further file of an album to what its first one began: evidence, a
// question, an answer, or an idea. Telegram sends each as a message of its own, and only the
// first has words. Added is false when this belongs to none.
func (r *request) addToAlbum() (added bool, err error) {
	if r.message.MediaGroupID == "" || r.text != "" {
		return false, nil
	}
	if added, err := r.addToEvidenceAlbum(); added || err != nil {
		return added, err
	}
	draft, err := r.tx.QuestionDraftOf(r.chatID, r.actor.ID, r.message.MediaGroupID)
	if errors.Is(err, store.ErrNotFound) {
		return r.addToIdeaAlbum()
	}
	if err != nil {
		return false, err
	}
	draft.Files = append(draft.Files, r.filesToKeep(filesOf(r.message))...)
	if err := r.tx.SaveQuestionDraft(draft); err != nil || draft.Kind != draftAnswer {
		return err == nil, err
	}
	q, err := r.question(draft.Number)
	if err != nil {
		return true, err
	}
	return true, r.showDraft(q, draft)
}
