package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// agreedTo lists what a person agreed to.
func (h *harness) agreedTo(member int64) (consents []council.Consent) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		consents, err = tx.Consents(member)
		return err
	})
	return consents
}

// privacyVersions lists the versions of the text about personal data.
func (h *harness) privacyVersions() (versions []council.PrivacyVersion) {
	h.t.Helper()
	h.look(func(tx *store.Tx) (err error) {
		versions, err = tx.PrivacyVersions()
		return err
	})
	return versions
}

// announcesPrivacy lets the bot announce the text that comes next.
func (h *harness) announcesPrivacy() {
	h.t.Helper()
	h.change(func(tx *store.Tx) error {
		r, err := h.bot.unasked(tx)
		if err != nil {
			return err
		}
		return r.announcePrivacy()
	})
}

// TestConsentIsProvable: what is kept of a consent is the very text that was shown, its
// version and language, the message and the moment; for the name it is kept by itself.
func TestConsentIsProvable(t *testing.T) {
	c := newTown(t)
	member := c.member(c.fadli)
	c.say(c.fadli, c.fadli, "/ide perpustakaan keliling pakai perahu")
	asked, found := c.newest(c.fadli, "Setuju?", "Setuju")
	if !found {
		t.Fatal("nothing was asked")
	}
	c.press(c.fadli, c.fadli, "Setuju")
	consents := c.agreedTo(member)
	if len(consents) != 1 || consents[0].Purpose != council.ConsentIdeas || consents[0].MessageID != asked.ID || !consents[0].GivenAt.Equal(c.clock()) || consents[0].Language != "id" {
		t.Fatalf("kept: %+v", consents)
	}
	c.look(func(tx *store.Tx) error {
		texts, err := tx.PrivacyTexts(consents[0].Version)
		if texts["id"].Short != asked.Text {
			t.Errorf("agreed to %q, and kept is %q", asked.Text, texts["id"].Short)
		}
		return err
	})
	c.press(c.fadli, c.fadli, "Lewati")
	c.press(c.fadli, c.fadli, "Lewati")
	c.press(c.fadli, c.fadli, "Boleh")
	consents = c.agreedTo(member)
	if len(consents) != 2 || consents[0].Purpose != council.ConsentName || consents[0].Subject.String() != "I-1" {
		t.Errorf("the name is no consent of its own: %+v", consents)
	}
	c.say(c.fadli, c.fadli, "/tarik_izin")
	for _, consent := range c.agreedTo(member) {
		if !consent.WithdrawnAt.Equal(c.clock()) {
			t.Errorf("withdrawn, it holds: %+v", consent)
		}
	}
}

// TestAChangedTextAsksAgain: another officer is another version, which applies seven days
// after it was announced; until then the earlier text is the one that is shown, and from
// then on those who agreed to it are asked again, an old button being worth nothing.
func TestAChangedTextAsksAgain(t *testing.T) {
	c := newTown(t)
	member := c.member(c.fadli)
	c.say(c.fadli, c.fadli, "/ide perpustakaan keliling pakai perahu")
	c.press(c.fadli, c.fadli, "Setuju")
	first := c.agreedTo(member)[0]
	c.options.Officer = "Drs. Amir Contoh"
	c.restart()
	versions := c.privacyVersions()
	if len(versions) != 2 || !versions[1].AppliesAt.Equal(time.Date(2026, 10, 1, 16, 0, 0, 0, time.UTC)) || !versions[1].AnnouncedAt.IsZero() {
		t.Fatalf("versions: %+v", versions)
	}
	c.announcesPrivacy()
	c.pass(time.Minute)
	c.say(c.fadli, c.fadli, "/ide kelas menjahit untuk ibu-ibu")
	if ideas := c.ideasOf(member); len(ideas) != 2 {
		t.Errorf("the earlier consent counts until the next text applies: %v", ideas)
	}
	c.pass(7 * 24 * time.Hour)
	c.say(c.fadli, c.fadli, "/ide pasar apung tiap minggu pagi")
	asked, found := c.newest(c.fadli, "Setuju?", "Setuju")
	if !found || !strings.Contains(asked.Text, "Drs. Amir Contoh") || len(c.ideasOf(member)) != 2 {
		t.Fatalf("not asked again: %+v", asked)
	}
	c.pressData(c.fadli, asked.ID, c.fadli, data(pressIdea, ideaAgree, int64(first.Version)))
	if ideas := c.ideasOf(member); len(ideas) != 2 {
		t.Errorf("kept without consent to this text: %v", ideas)
	}
	c.press(c.fadli, c.fadli, "Setuju")
	if ideas := c.ideasOf(member); len(ideas) != 3 || c.agreedTo(member)[0].Version != versions[1].Number {
		t.Errorf("after consent: %v, %+v", ideas, c.agreedTo(member))
	}
}

// TestATextThatNobodyAgreedToChangesAtOnce, and one that comes back before anybody heard of
// the change is no new version.
func TestATextThatNobodyAgreedToChangesAtOnce(t *testing.T) {
	c := newTown(t)
	usual := c.options.Officer
	c.options.Officer = "Drs. Amir Contoh"
	c.restart()
	if versions := c.privacyVersions(); len(versions) != 2 || versions[1].AppliesAt.After(c.clock()) {
		t.Fatalf("versions: %+v", versions)
	}
	c.say(c.fadli, c.fadli, "/ide perpustakaan keliling pakai perahu")
	c.press(c.fadli, c.fadli, "Setuju")
	c.options.Officer = usual
	c.restart()
	if versions := c.privacyVersions(); len(versions) != 3 || !versions[2].AnnouncedAt.IsZero() {
		t.Fatalf("versions: %+v", versions)
	}
	c.options.Officer = "Drs. Amir Contoh"
	c.restart()
	if versions := c.privacyVersions(); len(versions) != 2 {
		t.Errorf("the change that nobody heard of stays: %+v", versions)
	}
}

// TestEarlierConsentsAreKept: who agreed before versions were kept agreed to the text of
// then, which is shown until the next one applies.
func TestEarlierConsentsAreKept(t *testing.T) {
	c := &town{harness: newHarness(t, func(options *Options) { options.Officer = "" })}
	c.sitti, c.fadli = c.coordinator("Sitti Ramlah", "sitti_contoh"), c.person("Fadli Kaluku", "fadli_contoh")
	c.appear(c.linkedGroup("Forum", "komunitas", c.sitti, c.fadli), c.fadli)
	member := c.member(c.fadli)
	c.options.Officer = "Dra. Rahmi Tandung"
	c.stop()
	c.change(func(tx *store.Tx) error {
		return tx.GiveConsent(council.Consent{MemberID: member, Purpose: council.ConsentIdeas, Version: 1, GivenAt: c.clock()})
	})
	c.start()
	c.say(c.fadli, c.fadli, "/ide perpustakaan keliling pakai perahu")
	if ideas := c.ideasOf(member); len(ideas) != 1 {
		t.Fatalf("the earlier consent does not count: %v", ideas)
	}
	c.look(func(tx *store.Tx) error {
		texts, err := tx.PrivacyTexts(1)
		if !strings.Contains(texts["id"].Full, "setelah izin ditarik") || strings.Contains(texts["id"].Full, "Rahmi") {
			t.Errorf("version 1 says %q", texts["id"].Full)
		}
		return err
	})
	c.announcesPrivacy()
	c.pass(8 * 24 * time.Hour)
	c.say(c.fadli, c.fadli, "/ide kelas menjahit untuk ibu-ibu")
	if ideas := c.ideasOf(member); len(ideas) != 1 {
		t.Errorf("the text has changed, and nobody was asked: %v", ideas)
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

// TestAChildIsNotKept: who says not to be 18 yet leaves no idea, no draft and no consent.
func TestAChildIsNotKept(t *testing.T) {
	c := newTown(t)
	member := c.member(c.fadli)
	c.say(c.fadli, c.fadli, "/ide lapangan futsal di belakang sekolah")
	c.press(c.fadli, c.fadli, "Baca lengkap")
	c.press(c.fadli, c.fadli, "Belum 18 tahun")
	c.look(func(tx *store.Tx) error {
		drafts, err := tx.IdeaDrafts(member)
		if len(drafts) != 0 || len(c.ideasOf(member)) != 0 || len(c.agreedTo(member)) != 0 {
			t.Errorf("kept: %v %v %v", drafts, c.ideasOf(member), c.agreedTo(member))
		}
		return err
	})
	if _, found := c.newest(c.fadli, "orang tua atau wali", ""); !found {
		t.Error("nothing is said of a parent or guardian")
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
