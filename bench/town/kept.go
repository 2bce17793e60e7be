package town

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// Kept is what the bot's database holds of what people did.
type Kept struct {
	Effects map[string]int         // how often each deed is in the trail, see did
	States  map[string]string      // how each thing stands, by its mark
	Aside   []store.SetAsideUpdate // updates that could not be handled
	GivenUp map[int]int            // how many notices are to tell that so many messages may not have arrived
}

// did names a deed as it stands in Kept.Effects: what was done to the thing with
// the mark, by the person with this Telegram id.
func did(kind council.EventKind, mark string, by int64) string {
	return fmt.Sprintf("%s %s by %d", kind, mark, by)
}

// markShape finds the marks of things in any text.
var markShape = regexp.MustCompile(`item-[0-9]{7}`)

// readKept reads what a bot has kept. It may be running.
func readKept(ctx context.Context, opened *store.Store, files *vault.Vault) (Kept, error) {
	kept := Kept{Effects: map[string]int{}, States: map[string]string{}, GivenUp: map[int]int{}}
	err := opened.View(ctx, func(tx *store.Tx) error {
		if err := errors.Join(kept.readTrail(tx), kept.readFiles(tx, files), kept.readGivenUp(tx)); err != nil {
			return err
		}
		var err error
		kept.Aside, err = tx.SetAsideUpdates()
		return err
	})
	if err != nil {
		return kept, fmt.Errorf("read the bot's database: %w", err)
	}
	return kept, nil
}

// readTrail counts what people did, page by page.
func (k Kept) readTrail(tx *store.Tx) error {
	marks := marker{tx: tx, known: map[council.Reference]string{}, states: k.States}
	for last, older := int64(0), true; older; {
		page, err := tx.EventsBefore(store.EventFilter{}, last, 1000)
		if err != nil {
			return err
		}
		for _, event := range page.List {
			last = event.ID
			mark, err := marks.of(event.Subject)
			if err != nil {
				return fmt.Errorf("what %s is: %w", event.Subject, err)
			}
			if mark == "" || event.MemberID == 0 {
				continue
			}
			member, err := tx.Member(event.MemberID)
			if err != nil {
				return err
			}
			k.Effects[did(event.Kind, mark, member.TelegramID)]++
		}
		older = page.Older
	}
	return nil
}

// readFiles counts the files that are kept and whole.
func (k Kept) readFiles(tx *store.Tx, files *vault.Vault) error {
	pieces, err := tx.EvidenceInVault()
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		if err := files.Verify(piece.Hash); err != nil {
			continue // it is missing among the effects
		}
		member, err := tx.Member(piece.MemberID)
		if err != nil {
			return err
		}
		k.Effects[filed(markShape.FindString(piece.Name), piece.Hash, member.TelegramID)]++
	}
	return nil
}

// readGivenUp counts the notices of messages that were cut off twice.
func (k Kept) readGivenUp(tx *store.Tx) error {
	for id := int64(1); ; id++ {
		absence, err := tx.Absence(id)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return nil
		case err != nil:
			return err
		case absence.Cause == council.CauseCutOff:
			k.GivenUp[absence.Missed.Messages]++
		}
	}
}

// marker finds which mark the words of a thing hold.
type marker struct {
	tx     *store.Tx
	known  map[council.Reference]string
	states map[string]string // are noted here
}

func (m marker) of(subject council.Reference) (string, error) {
	if mark, known := m.known[subject]; known {
		return mark, nil
	}
	words, state, err := m.look(subject)
	m.known[subject] = markShape.FindString(words)
	m.states[m.known[subject]] = state
	return m.known[subject], err
}

// look gives the words of the people who made a thing, and how it stands; nothing for
// what people do not name.
func (m marker) look(subject council.Reference) (words, state string, err error) {
	switch subject.Letter {
	case council.TaskLetter:
		thing, err := m.tx.Task(subject.Number)
		return thing.Title, string(thing.State), err
	case council.IdeaLetter:
		thing, err := m.tx.Idea(subject.Number)
		return thing.Text, string(thing.State), err
	case council.QuestionLetter:
		thing, err := m.tx.Question(subject.Number)
		return thing.Text, string(thing.State), err
	case council.PromptLetter:
		thing, err := m.tx.Prompt(subject.Number)
		return thing.Text, string(thing.State), err
	case council.AnnouncementLetter:
		thing, err := m.tx.Announcement(subject.Number)
		return thing.Text, string(thing.State), err
	case council.OwnReminderLetter:
		thing, err := m.tx.OwnReminder(subject.Number)
		return thing.Text, "", err
	}
	return "", "", nil
}
