package bot

import (
	"errors"
	"strings"

	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// withoutFiles is for a row whose files cannot be sent: Telegram does not know one
// any more, the group does not allow such, or it could not be made. Of an album
// each file then goes for itself; in the place of a single file its words go, and
// a line that says so.
func (s *sender) withoutFiles(tx *store.Tx, out store.Outgoing, cause error) error {
	files := out.Payload.Files
	s.bot.log.Warn("files were not sent", "files", len(files), "reason", reason(cause))
	if len(files) > 1 {
		out.Payload.Files = files[:1]
		if err := tx.SendInstead(out); err != nil {
			return err
		}
		alone := out
		alone.UniqueKey = "" // only one row can have it
		alone.Payload.Files = files[1:]
		return queueSingly(tx, alone)
	}
	speak, err := s.bot.speakerIn(tx, out.ChatID, out.ThreadID)
	if err != nil {
		return err
	}
	out.Payload.Files = nil
	out.Payload.Text = strings.TrimSpace(out.Payload.Text + "\n\n" + missing(speak, files[0], cause))
	return tx.SendInstead(out)
}

// queueSingly queues every file as a row of its own.
func queueSingly(tx *store.Tx, out store.Outgoing) error {
	for _, file := range out.Payload.Files {
		alone := out
		alone.Payload.Files = []store.File{file}
		if err := queueWithFiles(tx, alone); err != nil {
			return err
		}
	}
	return nil
}

// missing says in the place of a file that it could not be sent.
func missing(speak locale.Speaker, file store.File, cause error) string {
	key := "files.refused"
	if errors.Is(cause, errNotMade) {
		key = "files.not_made"
	}
	if file.Name != "" {
		return speak.Say(key+"_named", "Name", file.Name)
	}
	return speak.Say(key)
}

// speakerIn speaks as the chat does: a person's language in private, the group's in a group.
func (b *Bot) speakerIn(tx *store.Tx, chatID int64, thread int) (locale.Speaker, error) {
	if chatID > 0 {
		member, err := tx.MemberByTelegramID(chatID)
		return b.speaker(member), notFoundIsNil(err)
	}
	group, err := tx.GroupOf(chatID, thread)
	return b.book.In(group.Language), notFoundIsNil(err)
}
