package store

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// TestEarlierConsentsSurviveTheMigration: who agreed, to which version, when, and when that
// was taken back, is what it was; what was not kept then is not made up.
func TestEarlierConsentsSurviveTheMigration(t *testing.T) {
	s := openStore(t)
	var nur, fadli council.Member
	ok(t, s.Update(t.Context(), func(tx *Tx) (err error) {
		if nur, err = tx.Seen(7, "Nurhikmah", "nur", "id", noon); err != nil {
			return err
		}
		fadli, err = tx.Seen(8, "Fadli", "", "id", noon)
		return err
	}))
	provider := got(migrator(s.writer))(t)
	got(provider.DownTo(context.Background(), 29))(t)
	for _, row := range [][]any{
		{nur.ID, 1, milliseconds(noon), nil},
		{fadli.ID, 1, milliseconds(noon), milliseconds(noon.Add(time.Hour))},
		{fadli.ID, 1, milliseconds(noon.Add(2 * time.Hour)), nil},
	} {
		got(s.writer.Exec(`INSERT INTO consent (member_id, version, given_at, withdrawn_at) VALUES (?, ?, ?, ?)`, row...))(t)
	}
	got(provider.Up(context.Background()))(t)
	consents := read(t, s, func(tx *Tx) ([]council.Consent, error) { return tx.Consents(fadli.ID) })
	given := council.Consent{MemberID: fadli.ID, Purpose: council.ConsentIdeas, Version: 1}
	first, second := given, given
	first.GivenAt, first.WithdrawnAt, second.GivenAt = noon, noon.Add(time.Hour), noon.Add(2*time.Hour)
	if difference := cmp.Diff([]council.Consent{second, first}, consents); difference != "" {
		t.Error(difference)
	}
	for member, version := range map[int64]int{nur.ID: 1, fadli.ID: 1} {
		if !read(t, s, func(tx *Tx) (bool, error) { return tx.Consented(member, version) }) {
			t.Errorf("the consent of %d is gone", member)
		}
	}
	if !read(t, s, (*Tx).AskedBeforeVersions) {
		t.Error("people agreed before versions were kept, and it is not known")
	}
	got(provider.DownTo(context.Background(), 29))(t)
	if count := read(t, s, func(tx *Tx) (int, error) { return one(tx, scalar[int], `SELECT count(*) FROM consent`) }); count != 3 {
		t.Errorf("going down leaves %d", count)
	}
	got(provider.Up(context.Background()))(t)
}

// TestAVersionIsKeptWordForWord, and its number does not come again once it is dropped.
func TestAVersionIsKeptWordForWord(t *testing.T) {
	tx := writing(t)
	texts := map[string]PrivacyText{"id": {"pendek", "panjang\n\nsekali"}, "en": {"short", "long"}}
	first := got(tx.CreatePrivacyVersion(council.PrivacyVersion{MadeAt: noon, AppliesAt: noon, AnnouncedAt: noon}, texts))(t)
	second := got(tx.CreatePrivacyVersion(council.PrivacyVersion{MadeAt: noon, AppliesAt: noon.Add(time.Hour)}, map[string]PrivacyText{"id": {"lain", "lain"}}))(t)
	ok(t, tx.DropPrivacyVersion(second.Number))
	third := got(tx.CreatePrivacyVersion(council.PrivacyVersion{MadeAt: noon, AppliesAt: noon.Add(time.Hour)}, texts))(t)
	ok(t, tx.PrivacyAnnounced(third.Number, noon.Add(time.Minute), noon.Add(2*time.Hour)))
	if first.Number != 1 || third.Number != 3 {
		t.Errorf("numbers %d, %d", first.Number, third.Number)
	}
	third.AnnouncedAt, third.AppliesAt = noon.Add(time.Minute), noon.Add(2*time.Hour)
	if difference := cmp.Diff([]council.PrivacyVersion{first, third}, got(tx.PrivacyVersions())(t)); difference != "" {
		t.Error(difference)
	}
	if difference := cmp.Diff(texts, got(tx.PrivacyTexts(1))(t)); difference != "" {
		t.Error(difference)
	}
	if len(got(tx.PrivacyTexts(second.Number))(t)) != 0 {
		t.Error("what was dropped still says something")
	}
}

// TestOpenRequestsComeByTheirEnd, and what is ended is among one's own alone.
func TestOpenRequestsComeByTheirEnd(t *testing.T) {
	tx := writing(t)
	nur := got(tx.Seen(7, "Nurhikmah", "", "id", noon))(t)
	later := got(tx.CreatePrivacyRequest(council.AskPrivacy(nur.ID, council.PrivacyOther, "dua", noon.Add(time.Hour))))(t)
	first := got(tx.CreatePrivacyRequest(council.AskPrivacy(nur.ID, council.PrivacyCorrection, "satu", noon)))(t)
	done := got(tx.CreatePrivacyRequest(council.AskPrivacy(nur.ID, council.PrivacyWithdrawal, "", noon)))(t)
	done, err := done.End(council.PrivacyDone, "", nur.ID, noon)
	ok(t, err)
	ok(t, tx.EndPrivacyRequest(done))
	if difference := cmp.Diff([]council.PrivacyRequest{first, later}, got(tx.OpenPrivacyRequests())(t)); difference != "" {
		t.Error(difference)
	}
	if difference := cmp.Diff([]council.PrivacyRequest{done, first, later}, got(tx.PrivacyRequestsOf(nur.ID))(t)); difference != "" {
		t.Error(difference)
	}
	if _, err := tx.PrivacyRequest(99); err == nil {
		t.Error("a request that nobody made is there")
	}
}
