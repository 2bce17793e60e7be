package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// stepExplainAlbum is the step of dialogExplain while further files of an album may
// follow on an explanation in private; its data is the idea's number and the album.
const stepExplainAlbum = "album"

// replyExplain passes an explanation on to the council, below the card, and the clock
// goes on. In a group only those who gave the idea explain it.
func (r *request) replyExplain(idea council.Idea) error {
	words, files := strings.TrimSpace(r.text), r.filesToKeep(filesOf(r.message))
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	gave := slices.Contains(family.Submitters(), r.actor.ID)
	if words == "" && len(files) == 0 || !r.private && !gave {
		return nil // what others in the group say to it stays there
	}
	if err := tooLong(words, council.IdeaDetailLimit, "question_too_long"); err != nil {
		return err
	}
	if err := r.endExplainDialog(); err != nil {
		return err
	}
	root := family.Root
	switch {
	case idea.Number != root.Number: // it became part of another, whose clock goes on as it goes
		err = r.record(idea.Reference(), council.EventExplained, words)
	case root.State == council.IdeaNeedsDetail:
		if root, err = root.Explain(r.now, r.city.Timing.Calendar); err == nil {
			err = r.keepIdeaAs(root, council.EventExplained, words)
		}
	}
	if err != nil {
		return err
	}
	if err := r.explainBelowCard(family, words, files, gave); err != nil {
		return err
	}
	if err := r.endIfEnough(root); err != nil || !r.private {
		return err
	}
	if err := r.awaitFurther(root); err != nil {
		return err
	}
	return r.reply(r.speak.Say("idea_explain.thanks", "Reference", root.Reference().String(), "Person", greetPerson(r.speak, r.actor.Member)))
}

// explainBelowCard says what was explained where the council looks at the idea, with
// the files that came along; those of who gave the idea are kept with it. Who gave it
// is named only as far as that was allowed.
func (r *request) explainBelowCard(family council.IdeaFamily, words string, files []store.Attachment, gave bool) error {
	if err := r.keepExplaining(family.Root, files, gave); err != nil {
		return err
	}
	var cards []store.Card
	for _, one := range family.Ideas() { // the question may stand below one that was merged since
		some, err := r.tx.Cards(one.Reference().String())
		if err != nil {
			return err
		}
		cards = append(cards, some...)
	}
	for _, card := range cards {
		if card.Kind != cardIdeaReview {
			continue
		}
		where, err := r.placeOf(card)
		if errors.Is(err, store.ErrNotFound) {
			continue // its group is no longer linked
		}
		if err != nil {
			return err
		}
		name := namePerson(where.speak, r.actor.Member)
		if gave && !family.Shows(r.actor.ID) {
			name = where.speak.Say("idea_explain.submitter")
		}
		payload := store.Payload{Subject: family.Root.Reference().String(), About: cardIdeaReview, ReplyTo: card.MessageID, Files: keptFiles(files),
			Text: where.speak.Say("idea_explain.answer", "Reference", family.Root.Reference().String(), "Name", name, "Text", words)}
		err = queueWithFiles(r.tx, store.Outgoing{ChatID: card.ChatID, ThreadID: card.ThreadID, Kind: store.KindMessage,
			Priority: store.PriorityAnswer, Payload: payload})
		if err != nil {
			return err
		}
	}
	return nil
}

// keepExplaining keeps with an idea what those sent who gave it. What others sent to
// explain it is for the council alone.
func (r *request) keepExplaining(idea council.Idea, files []store.Attachment, gave bool) error {
	if !gave {
		return nil
	}
	for _, file := range files {
		file.Subject = idea.Reference().String()
		if err := r.tx.Attach(file, r.now); err != nil {
			return err
		}
	}
	return nil
}

// awaitFurther lets the further files of an album go the way of its first one.
func (r *request) awaitFurther(idea council.Idea) error {
	if r.message.MediaGroupID == "" {
		return nil
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogExplain, Step: stepExplainAlbum,
		Data: idText(idea.Number) + ":" + r.message.MediaGroupID}, r.now)
}

// addToExplanation passes on a further file of an album with which an idea was explained.
func (r *request) addToExplanation() (added bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, r.actor.ID)
	if err != nil || dialog.Kind != dialogExplain || dialog.Step != stepExplainAlbum {
		return false, notFoundIsNil(err)
	}
	number, album, _ := strings.Cut(dialog.Data, ":")
	if album != r.message.MediaGroupID {
		return false, nil
	}
	family, err := r.tx.IdeaFamily(pressArguments{number}.number(0))
	if err != nil {
		return true, err
	}
	return true, r.explainBelowCard(family, "", r.filesToKeep(filesOf(r.message)), slices.Contains(family.Submitters(), r.actor.ID))
}
