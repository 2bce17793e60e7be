package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// digestOf keeps a digest of a new member about these things, with its card.
func digestOf(t *testing.T, tx *Tx, said time.Time, reminders ...council.Reminder) (Digest, Card) {
	t.Helper()
	member := got(tx.Mentioned("baso"))(t)
	digest := got(tx.CreateDigest(Digest{MemberID: member.ID, SaidAt: said, Late: true}, reminders))(t)
	subject := council.Reference{Letter: council.DigestLetter, Number: digest.ID}.String()
	return digest, got(tx.Card(subject, "digest", 7, 0))(t)
}

func about(number int64, step council.Step) council.Reminder {
	return council.Reminder{Subject: council.TaskReference(number), Step: step, Audience: council.ToAssignee, Anchor: noon}
}

func TestADigestIsKeptWithItsRemindersInOrder(t *testing.T) {
	tx := writing(t)
	written := []council.Reminder{about(2, "H-7"), about(1, council.StepSilent),
		{Subject: council.EvaluationReference(1), MilestoneID: 5, Step: "H-3", Audience: council.ToOwner}}
	digest, _ := digestOf(t, tx, noon, written...)
	if difference := cmp.Diff(got(tx.Digest(digest.ID))(t), digest); difference != "" {
		t.Errorf("the digest differs:\n%s", difference)
	}
	for i := range written {
		written[i].MemberID = digest.MemberID
	}
	if difference := cmp.Diff(got(tx.DigestItems(digest.ID))(t), written); difference != "" {
		t.Errorf("its reminders differ:\n%s", difference)
	}
	digest.Page, digest.Face = 2, 99
	ok(t, tx.ShowDigest(digest))
	if kept := got(tx.Digest(digest.ID))(t); kept.Page != 2 || kept.Face != 99 {
		t.Errorf("it shows %+v", kept)
	}
}

func TestDigestsAboutAThingSinceAMoment(t *testing.T) {
	tx := writing(t)
	digestOf(t, tx, noon.Add(-time.Hour), about(1, "H-7"))
	today, _ := digestOf(t, tx, noon, about(1, "H-3"), about(1, council.StepSilent), about(2, "H-3"))
	digestOf(t, tx, noon, about(2, "H-3"))
	if digests := got(tx.DigestsAbout(council.TaskReference(1), noon))(t); len(digests) != 1 || digests[0].ID != today.ID {
		t.Errorf("found %+v", digests)
	}
}

func TestPrunedDigestsGoWithTheirCards(t *testing.T) {
	tx := writing(t)
	old, oldCard := digestOf(t, tx, noon.Add(-time.Millisecond), about(1, "H-7"))
	ok(t, tx.Queue(Outgoing{ChatID: 7, Kind: KindCard, CardID: oldCard.ID, Payload: Payload{Text: "lama"}}, noon))
	kept, keptCard := digestOf(t, tx, noon, about(1, "H-3"))
	ok(t, tx.PruneDigests(noon))
	if _, err := tx.Digest(old.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("the old one is found: %v", err)
	}
	if items := got(tx.DigestItems(old.ID))(t); len(items) != 0 {
		t.Errorf("its reminders stay: %+v", items)
	}
	if _, err := tx.CardByID(oldCard.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("its card is found: %v", err)
	}
	got(tx.Digest(kept.ID))(t)
	got(tx.CardByID(keptCard.ID))(t)
}
