package store

import (
	"errors"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
)

// TestDraftsOfIdeas: a draft is found by its message, its album and its author, and
// what became an idea outlives what did not.
func TestDraftsOfIdeas(t *testing.T) {
	tx := writing(t)
	author := got(tx.Seen(7, "Nurhikmah", "", "id", noon))(t)
	given := IdeaDraft{MemberID: author.ID, FromGroup: 3, Place: council.Place{ChatID: -5, ThreadID: 2, MessageID: 11}, Album: "a", Text: "peta",
		Files: []Attachment{{Kind: "photo", FileID: "f", UniqueID: "u", MemberID: author.ID}}, Step: "consent"}
	draft := got(tx.CreateIdeaDraft(given, noon))(t)
	for name, found := range map[string]IdeaDraft{
		"id": got(tx.IdeaDraft(draft.ID))(t), "message": got(tx.IdeaDraftAt(-5, 11))(t), "album": got(tx.IdeaDraftOf(-5, author.ID, "a"))(t),
		"author": got(tx.IdeaDrafts(author.ID))(t)[0],
	} {
		if found.Text != "peta" || found.Place != given.Place || len(found.Files) != 1 || found.Files[0] != given.Files[0] || !found.CreatedAt.Equal(noon) {
			t.Errorf("by %s: %+v", name, found)
		}
	}
	if _, err := tx.IdeaDraftOf(-5, author.ID, ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("no album: %v", err)
	}
	draft.Number, draft.Step = 4, "problem"
	ok(t, tx.SaveIdeaDraft(draft))
	later := got(tx.CreateIdeaDraft(IdeaDraft{MemberID: author.ID, Text: "lain", Step: "consent"}, noon.Add(time.Hour)))(t)
	ok(t, tx.DropUnkeptIdeas(author.ID))
	if left := got(tx.IdeaDrafts(author.ID))(t); len(left) != 1 || left[0].Number != 4 || left[0].ID == later.ID {
		t.Errorf("left: %+v", left)
	}
	ok(t, tx.PruneIdeaDrafts(noon.Add(time.Second)))
	if left := got(tx.IdeaDrafts(author.ID))(t); len(left) != 0 {
		t.Errorf("pruned: %+v", left)
	}
}

// TestConsent: it holds for the version that was agreed to, until it is withdrawn,
// and that it was given stays on record.
func TestConsent(t *testing.T) {
	tx := writing(t)
	author := got(tx.Seen(7, "Nurhikmah", "nur", "id", noon))(t)
	if got(tx.Consented(author.ID, 1))(t) || got(tx.WithdrawConsent(author.ID, noon))(t) {
		t.Error("nothing was agreed to")
	}
	ok(t, tx.GiveConsent(council.Consent{MemberID: author.ID, Purpose: council.ConsentIdeas, Version: 1, GivenAt: noon}))
	if !got(tx.Consented(author.ID, 1))(t) || got(tx.Consented(author.ID, 2))(t) {
		t.Error("agreed to version 1 alone")
	}
	if !got(tx.WithdrawConsent(author.ID, noon.Add(time.Hour)))(t) || got(tx.Consented(author.ID, 1))(t) {
		t.Error("withdrawn, it holds")
	}
	ok(t, tx.GiveConsent(council.Consent{MemberID: author.ID, Purpose: council.ConsentIdeas, Version: 1, GivenAt: noon.Add(2 * time.Hour)}))
	if !got(tx.Consented(author.ID, 1))(t) || number(t, tx, `SELECT count(*) FROM consent`) != 2 {
		t.Error("given again")
	}
	ok(t, tx.Unname(author.ID))
	if known := got(tx.Member(author.ID))(t); known.Name != "" || known.Username != "" || known.TelegramID != 7 {
		t.Errorf("unnamed: %+v", known)
	}
}

// TestIdeasFollowTheirGroup: an idea and a draft stay with a group that becomes a
// supergroup, without the message that is left behind.
func TestIdeasFollowTheirGroup(t *testing.T) {
	tx := writing(t)
	author := got(tx.Seen(7, "Nurhikmah", "", "id", noon))(t)
	idea := got(tx.CreateIdea(council.Idea{SubmitterID: author.ID, Named: true, State: council.IdeaSubmitted, Held: council.HeldSpam,
		Origin: council.Place{ChatID: -5, MessageID: 11}, CreatedAt: noon}))(t)
	draft := got(tx.CreateIdeaDraft(IdeaDraft{MemberID: author.ID, Place: council.Place{ChatID: -5, MessageID: 12}, Step: "consent"}, noon))(t)
	ok(t, tx.Migrate(-5, -100))
	want := council.Place{ChatID: -100}
	if now := got(tx.Idea(idea.Number))(t).Origin; now != want {
		t.Errorf("the idea is at %+v", now)
	}
	if now := got(tx.IdeaDraft(draft.ID))(t).Place; now != want {
		t.Errorf("the draft is at %+v", now)
	}
	if held := got(tx.HeldIdeas())(t); len(held) != 1 {
		t.Errorf("held: %+v", held)
	}
	ok(t, tx.UnnameIdeas(author.ID))
	if now := got(tx.Idea(idea.Number))(t); now.Named || now.Version != idea.Version+1 {
		t.Errorf("unnamed: %+v", now)
	}
	if since := got(tx.IdeasBy(author.ID, noon.Add(time.Millisecond)))(t); len(since) != 0 {
		t.Errorf("since then: %+v", since)
	}
}
