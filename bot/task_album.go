package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// awaitAlbum remembers, in private, to which tasks the other files of an album
// belong: Telegram sends each as a message of its own, and only the first says
// what they are for.
func (r *request) awaitAlbum(tasks []council.Task) error {
	if r.message == nil || r.message.MediaGroupID == "" || !r.private || len(tasks) == 0 {
		return nil
	}
	parts := []string{r.message.MediaGroupID}
	for _, task := range tasks {
		parts = append(parts, task.Reference().String())
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogAlbum, Data: strings.Join(parts, " ")}
	if tasks[0].DeadlineAsked {
		dialog.Step = tasks[0].Reference().String() // its date is asked as well, and answered after the files
	}
	return r.tx.SetDialog(dialog, r.now)
}

// answerAlbum adds a further file of an album to its tasks. Anything else ends
// the waiting and is answered as if there had been none.
func (r *request) answerAlbum(dialog store.Dialog) error {
	parts := strings.Fields(dialog.Data)
	if r.message.MediaGroupID == "" || len(parts) == 0 || parts[0] != r.message.MediaGroupID {
		if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
			return err
		}
		if err := r.awaitDate(dialog.Step); err != nil {
			return err
		}
		return r.onPlain()
	}
	for _, part := range parts[1:] {
		reference, _ := council.ParseReference(part)
		task, err := r.task(reference.Number, council.ActionEvidence)
		if err != nil {
			return err
		}
		if err := r.attach(reference, filesOf(r.message)); err != nil {
			return err
		}
		if err := r.fileAlbumOf(task); err != nil {
			return err
		}
		if task, err = r.heardOf(task); err != nil {
			return err
		}
		extra, err := r.standing(task)
		if err != nil {
			return err
		}
		if err := r.refreshCards(task, extra); err != nil {
			return err
		}
	}
	return r.showHandedIn()
}
