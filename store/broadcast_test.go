package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// officially makes an announcement an official notice.
func officially(t *testing.T, tx *Tx, to council.Addressees, found time.Time) council.Announcement {
	t.Helper()
	notice := got(tx.CreateAnnouncement(council.Announcement{Text: "bocor", To: to, CreatedBy: 1, CreatedAt: noon, SentAt: noon, State: council.AnnouncementSent,
		Official: council.Official{FoundAt: found, Follows: 7}}, 0, 0))(t)
	return got(tx.MakeOfficial(notice))(t)
}

func TestOfficialNoticesHaveNumbersOfTheirOwn(t *testing.T) {
	tx := writing(t)
	plain := got(tx.CreateAnnouncement(council.Announcement{Text: "libur", CreatedBy: 1, CreatedAt: noon, State: council.AnnouncementSent}, 0, 0))(t)
	to := council.Addressees{Kept: true, MembersOf: []int64{4}, People: []int64{9, 12}, Roles: []council.Role{council.RoleLeader}}
	first := officially(t, tx, to, noon.Add(-time.Hour))
	if first.Reference().String() != "G-1" || plain.Reference().String() != "A-1" {
		t.Errorf("%s and %s", first.Reference(), plain.Reference())
	}
	kept := got(tx.AnnouncementNamed(first.Reference()))(t)
	if difference := cmp.Diff(first, kept); difference != "" {
		t.Errorf("as it was made:\n%s", difference)
	}
	if _, err := tx.AnnouncementNamed(council.AnnouncementReference(first.Number)); !errors.Is(err, ErrNotFound) {
		t.Errorf("an official notice is no announcement: %v", err)
	}
	if got(tx.AnnouncementNamed(plain.Reference()))(t).Text != "libur" {
		t.Error("the announcement is found as before")
	}
	if open := got(tx.OpenOfficials())(t); len(open) != 1 || !open[0].Official.Due().Equal(noon.Add(71*time.Hour)) {
		t.Errorf("open: %+v", open)
	}
	ok(t, tx.CloseOfficial(1, noon))
	if open := got(tx.OpenOfficials())(t); len(open) != 0 {
		t.Errorf("still open: %+v", open)
	}
}

func TestAnOfficialNoticeWaitsForWhoCouldNotBeReached(t *testing.T) {
	tx := writing(t)
	pokja := group(t, tx, oldChat, 0, council.KindWorkingGroup, council.Environment)
	persons := people(t, tx, "Baso", "Rina")
	notice := officially(t, tx, council.Addressees{MembersOf: []int64{pokja.ID}}, noon)
	ok(t, tx.SaveCopy(AnnouncementCopy{Number: notice.Number, MemberID: persons[0].ID, State: CopyArrived}))
	ok(t, tx.SaveCopy(AnnouncementCopy{Number: notice.Number, MemberID: persons[1].ID, State: CopyUnreached}))
	ok(t, tx.SaveCopy(AnnouncementCopy{Number: notice.Number, GroupID: pokja.ID, State: CopyArrived}))
	ok(t, tx.run(`UPDATE announcement_copy SET arrived_at = 5 WHERE state = 'arrived'`))
	ok(t, tx.SeenIn(persons[1].ID, oldChat))
	if waiting := got(tx.OfficialsWaitingFor(persons[1].ID))(t); len(waiting) != 1 || waiting[0].Official.Number != 1 {
		t.Errorf("for Rina: %+v", waiting)
	}
	if waiting := got(tx.OfficialsWaitingFor(persons[0].ID))(t); len(waiting) != 0 {
		t.Errorf("for Baso: %+v", waiting)
	}
	if one := got(tx.CopyTo(notice.Number, persons[0].ID))(t); one.State != CopyArrived {
		t.Errorf("Baso's: %+v", one)
	}
	ok(t, tx.SetRests(persons[0].ID, true)) // and yet it was told of the own data
	named, nameless, err := tx.CountNotRead(notice.Number, 0)
	if err != nil || named != 1 || nameless != 0 {
		t.Errorf("%d and %d have not read it, %v: the group was told that there is something, and not what", named, nameless, err)
	}
	for _, reached := range [][]council.Announcement{got(tx.AnnouncementsFor(persons[1].ID, []council.Group{pokja}, 5))(t), got(tx.AnnouncementsFor(0, []council.Group{pokja}, 5))(t)} {
		if len(reached) != 0 {
			t.Errorf("what a group was told reached nobody alone: %+v", reached)
		}
	}
	got(tx.ReadAnnouncement(notice.Number, persons[0].ID, 0, noon))(t)
	read := slices.DeleteFunc(got(tx.OwnRecords(persons[0].ID))(t), func(own OwnRecord) bool { return own.Section != "read" })
	if len(read) != 1 || read[0].Subject != "G-1" {
		t.Errorf("what is handed out to Baso says %+v", read)
	}
	now := group(t, tx, newChat, 0, council.KindWorkingGroup, council.Environment)
	ok(t, tx.Migrate(oldChat, newChat))
	if to := got(tx.Official(1))(t).To; len(to.MembersOf) != 1 || to.MembersOf[0] != now.ID {
		t.Errorf("its addressees follow their group: %+v", to)
	}
}
