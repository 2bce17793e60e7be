package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// noticeFingerprint is of the text about personal data, in all languages, as it is
// in its version now. When it changes, noticeVersion has to grow with it.
const noticeFingerprint = "1 f7c8ff9cf8efa2c7"

// TestTheNoticeHasAVersion: what people agreed to is the very text of that version.
func TestTheNoticeHasAVersion(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.New()
	for _, language := range locale.Languages {
		for _, key := range []string{"consent.notice", "consent.full"} {
			hash.Write([]byte(book.In(language).Say(key, "City", "X") + "\n"))
		}
	}
	if now := idText(noticeVersion) + " " + hex.EncodeToString(hash.Sum(nil))[:16]; now != noticeFingerprint {
		t.Errorf("the text has become %q: noticeVersion has to grow, and this fingerprint with it", now)
	}
}

// TestANewVersionAsksAgain: who agreed to an earlier text is asked, and an old
// button of it does not count for the new one.
func TestANewVersionAsksAgain(t *testing.T) {
	c := newTown(t)
	member := c.member(c.fadli)
	c.change(func(tx *store.Tx) error { return tx.GiveConsent(member, noticeVersion-1, c.clock()) })
	c.say(c.fadli, c.fadli, "/ide perpustakaan keliling pakai perahu")
	asked, found := c.newest(c.fadli, "Setuju?", "Setuju")
	if !found {
		t.Fatal("an earlier consent counts for a later text")
	}
	c.pressData(c.fadli, asked.ID, c.fadli, data(pressIdea, ideaAgree, int64(noticeVersion-1)))
	if ideas := c.ideasOf(member); len(ideas) != 0 {
		t.Errorf("kept without consent to this text: %v", ideas)
	}
	c.press(c.fadli, c.fadli, "Setuju")
	if ideas := c.ideasOf(member); len(ideas) != 1 {
		t.Errorf("after consent: %v", ideas)
	}
}

// TestNothingIsKnownOfWhoDidNotAgree: of somebody in a community alone neither name
// nor idea is kept before consent, the name after it, and no longer once it is taken back.
func TestNothingIsKnownOfWhoDidNotAgree(t *testing.T) {
	c := newTown(t)
	member := c.member(c.fadli)
	name := func() string {
		var known council.Member
		c.look(func(tx *store.Tx) (err error) {
			known, err = tx.Member(member)
			return err
		})
		return known.Name + known.Username
	}
	c.say(c.forum, c.fadli, "/ide pasar apung tiap minggu")
	if name() != "" || len(c.ideasOf(member)) != 0 {
		t.Errorf("before consent %q and %v are kept", name(), c.ideasOf(member))
	}
	c.say(c.fadli, c.fadli, "/mulai")
	c.say(c.fadli, c.fadli, "/start "+ideaPayload)
	c.press(c.fadli, c.fadli, "Setuju")
	if name() == "" || len(c.ideasOf(member)) != 1 {
		t.Errorf("after consent %q and %v are kept", name(), c.ideasOf(member))
	}
	c.say(c.fadli, c.fadli, "/tarik_izin")
	c.say(c.fadli, c.fadli, "/status")
	c.say(c.forum, c.fadli, "/status")
	if name() != "" {
		t.Errorf("after it was taken back %q is kept", name())
	}
}

// TestDraftsWithoutConsentExpire: after fourteen days what nobody agreed to is gone.
func TestDraftsWithoutConsentExpire(t *testing.T) {
	c := newTown(t)
	member := c.member(c.fadli)
	c.say(c.forum, c.fadli, "/ide pasar apung tiap minggu")
	count := func() (count int) {
		c.look(func(tx *store.Tx) error {
			drafts, err := tx.IdeaDrafts(member)
			count = len(drafts)
			return err
		})
		return count
	}
	prune := func() {
		c.change(func(tx *store.Tx) error { return tx.PruneIdeaDrafts(c.clock().Add(-14 * 24 * time.Hour)) })
	}
	c.pass(13 * 24 * time.Hour)
	prune()
	if count() != 1 {
		t.Error("forgotten too early")
	}
	c.pass(25 * time.Hour)
	prune()
	if count() != 0 {
		t.Error("kept too long")
	}
}
