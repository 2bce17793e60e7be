package bot

import (
	"encoding/json"
	"errors"
	"hash/fnv"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// cardDigest is the face of what was said to a person on one morning.
const cardDigest = "digest"

func digestSubject(id int64) string {
	return council.Reference{Letter: council.DigestLetter, Number: id}.String()
}

// sendDigest keeps what the person is told and sends its first page.
func (n *notice) sendDigest() error {
	digest, err := n.tx.CreateDigest(store.Digest{MemberID: n.member.ID, SaidAt: n.At, Late: n.Late}, n.reminders())
	if err != nil {
		return err
	}
	return n.showDigest(digest, 0, true)
}

// showDigest puts a page of a digest into its message, unless it shows the same already.
func (n *notice) showDigest(digest store.Digest, page int, first bool) error {
	payload, here := n.page(page, digest.ID)
	face, err := faceOf(payload)
	if err != nil || face == digest.Face && here == digest.Page {
		return err
	}
	digest.Page, digest.Face = here, face
	if err := n.tx.ShowDigest(digest); err != nil {
		return err
	}
	card, err := n.tx.Card(payload.Subject, cardDigest, n.member.TelegramID, 0)
	if err != nil {
		return err
	}
	priority := store.PriorityAnswer
	if first {
		priority = store.PriorityReminder
	}
	return n.tx.Queue(store.Outgoing{
		ChatID: n.member.TelegramID, Kind: store.KindCard, Priority: priority, CardID: card.ID, First: first, Payload: payload,
	}, time.Now())
}

// faceOf is a mark of what a message shows, never 0.
func faceOf(payload store.Payload) (int64, error) {
	shown, err := json.Marshal(payload)
	hash := fnv.New64a()
	_, _ = hash.Write(shown) // a hash takes everything
	return int64(hash.Sum64() | 1), err
}

// refreshDigests brings up to date what was said today about a thing.
func (r *request) refreshDigests(subject council.Reference) error {
	return r.refreshDigestsOf(0, subject)
}

// refreshDigestsOf brings up to date what was said today about a thing to one member; 0 is
// everybody.
func (r *request) refreshDigestsOf(memberID int64, subject council.Reference) error {
	digests, err := r.tx.DigestsAbout(subject, council.DayOf(r.now, r.city.Zone).At(0, 0, r.city.Zone))
	if err != nil {
		return err
	}
	for _, digest := range digests {
		if memberID != 0 && digest.MemberID != memberID {
			continue
		}
		if err := r.showDigest(digest, digest.Page); err != nil {
			return err
		}
	}
	return nil
}

// refreshPressed brings the digest up to date whose button was pressed, of
// whichever day it is.
func (r *request) refreshPressed() error {
	digest, err := r.pressedDigest()
	if err != nil {
		return notFoundIsNil(err)
	}
	return r.showDigest(digest, digest.Page)
}

// showDigest writes a digest anew, as things stand now.
func (r *request) showDigest(digest store.Digest, page int) error {
	reminders, err := r.tx.DigestItems(digest.ID)
	if err != nil {
		return err
	}
	items, err := r.digestItems(reminders)
	if err != nil {
		return err
	}
	n := r.newNotice(r.tx, r.city, r.now, council.Notice{MemberID: digest.MemberID, Items: items, Late: digest.Late, At: digest.SaidAt})
	if reached, err := n.meet(); err != nil || !reached {
		return err
	}
	if err := n.writePerson(); err != nil || len(n.parts) == 0 {
		return err
	}
	return n.showDigest(digest, page, false)
}

// pressedDigest is the digest whose button was pressed; ErrNotFound when it was
// something else, or a digest of long ago.
func (r *request) pressedDigest() (store.Digest, error) {
	if r.press == nil {
		return store.Digest{}, store.ErrNotFound
	}
	subject, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if err != nil {
		return store.Digest{}, err
	}
	reference, _ := council.ParseReference(subject)
	if about != cardDigest {
		return store.Digest{}, store.ErrNotFound
	}
	return r.tx.Digest(reference.Number)
}

// onDigest tells whether the button that was pressed stands on a digest, which
// stays one after the press.
func (r *request) onDigest() (bool, error) {
	subject, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	return about == cardDigest || subject == "" && about == aboutNotice, notFoundIsNil(err)
}

// digestNames is the thing named by replying to a digest: the one it is about, or
// nothing when it is about several.
func (r *request) digestNames(id int64) (council.Reference, error) {
	reminders, err := r.tx.DigestItems(id)
	return soleSubject(reminders), err
}

// pressDigest turns the page of the person's own digest.
func (r *request) pressDigest(arguments pressArguments) error {
	digest, err := r.tx.Digest(arguments.number(0))
	if errors.Is(err, store.ErrNotFound) || err == nil && digest.MemberID != r.actor.ID {
		return r.stale()
	}
	if err != nil {
		return err
	}
	if err := r.showDigest(digest, int(arguments.number(1))); err != nil {
		return err
	}
	return r.toast("")
}
