package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestAPersonIsLearnedAndFollowsItsNames(t *testing.T) {
	tx := writing(t)
	first := got(tx.Seen(7, "Baso", "Baso_Contoh", "en", noon))(t)
	want := council.Member{ID: first.ID, TelegramID: 7, Name: "Baso", Username: "Baso_Contoh", Language: "en", Reach: council.ReachUnknown}
	if difference := cmp.Diff(want, first); difference != "" {
		t.Errorf("first seen:\n%s", difference)
	}
	ok(t, tx.SetAddress(first.ID, "Bapak"))
	ok(t, tx.SetReach(first.ID, council.ReachOpen))
	ok(t, tx.SetLanguage(first.ID, "id"))
	want.Address, want.Reach, want.Language = "Bapak", council.ReachOpen, "id"
	for _, names := range [][2]string{{"Baso", "Baso_Contoh"}, {"Baso bin Fulan", "Baso_Contoh"}, {"Baso bin Fulan", "baso2"}, {"Ё", ""}} {
		want.Name, want.Username = names[0], names[1]
		seen := got(tx.Seen(7, names[0], names[1], "en", noon.Add(time.Hour)))(t)
		if difference := cmp.Diff(want, seen); difference != "" {
			t.Errorf("as %v:\n%s", names, difference)
		}
		if difference := cmp.Diff(want, got(tx.MemberByTelegramID(7))(t)); difference != "" {
			t.Errorf("kept as %v:\n%s", names, difference)
		}
	}
	if others := number(t, tx, `SELECT count(*) FROM member`); others != 1 {
		t.Errorf("%d rows for one person", others)
	}
}

func TestAUsernameBelongsToWhoeverHasItNow(t *testing.T) {
	tx := writing(t)
	before := got(tx.Seen(7, "Baso", "kepala_dlh", "id", noon))(t)
	now := got(tx.Seen(8, "Sri", "Kepala_DLH", "id", noon))(t)
	if found := got(tx.Mentioned("@kepala_dlh"))(t); found.ID != now.ID {
		t.Errorf("found %+v", found)
	}
	if former := got(tx.Member(before.ID))(t); former.Username != "" || former.Name != "Baso" {
		t.Errorf("the former holder is %+v", former)
	}
	got(tx.Seen(7, "Baso", "kepala_dlh", "id", noon))(t)
	if found := got(tx.Mentioned("kepala_dlh"))(t); found.ID != before.ID {
		t.Errorf("after it moved back: %+v", found)
	}
	if found := got(tx.Member(now.ID))(t); found.Username != "" {
		t.Errorf("it stayed with %+v", found)
	}
}

func TestMentioningFindsOrKeepsAPlace(t *testing.T) {
	tx := writing(t)
	people(t, tx, "Tanpa Nama Pengguna")
	got(tx.Seen(5, "Tanpa", "", "id", noon))(t)
	place := got(tx.Mentioned(" @Baso_Contoh"))(t)
	want := council.Member{ID: place.ID, Username: "Baso_Contoh", Language: "id", Reach: council.ReachUnknown}
	if difference := cmp.Diff(want, place); difference != "" || place.Label() != "@Baso_Contoh" {
		t.Errorf("the place kept (%s):\n%s", place.Label(), difference)
	}
	for _, written := range []string{"baso_contoh", "@BASO_CONTOH"} {
		if again := got(tx.Mentioned(written))(t); again.ID != place.ID {
			t.Errorf("%s found %+v", written, again)
		}
	}
	for _, empty := range []string{"", "@", " "} {
		if found, err := tx.Mentioned(empty); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q found %+v, %v", empty, found, err)
		}
	}
}

// binding is everything that was given to a mentioned username.
func binding(t *testing.T, tx *Tx) (council.Member, council.Task) {
	t.Helper()
	place := got(tx.Mentioned("@baso"))(t)
	task := got(tx.CreateTask(council.Task{Title: "Rekap", CreatedAt: noon, State: council.TaskNew, Assignees: council.AssignTo(place.ID)}, 0, 0))(t)
	ok(t, tx.GrantRole(place.ID, council.RoleLeader, "granted"))
	ok(t, tx.PlanReminders(task.Reference(), []council.Reminder{{
		Subject: task.Reference(), Step: "H-1", Audience: council.ToAssignee, MemberID: place.ID, Anchor: noon.AddDate(0, 0, 3), Due: noon,
	}}, nil))
	return place, task
}

func TestWhatWasGivenToAMentionFollowsThePerson(t *testing.T) {
	seen := func(tx *Tx) (council.Member, error) { return tx.Seen(7, "Baso", "Baso", "en", noon) }
	appeared := func(tx *Tx) (council.Member, error) {
		member, _, err := tx.Appeared(7, "Baso", "en", noon)
		return member, err
	}
	stranger := func(*Tx) (council.Member, error) { return council.Member{}, nil }
	before := func(tx *Tx) (council.Member, error) { return tx.Seen(7, "Baso", "nama_lama", "id", noon) }
	idOnly := func(tx *Tx) (council.Member, error) {
		member, _, err := tx.Appeared(7, "", "id", noon)
		return member, err
	}
	tests := map[string]struct {
		known, comes   func(*Tx) (council.Member, error)
		name, username string
	}{
		"a person without a row":            {stranger, seen, "Baso", "Baso"},
		"a person with a row":               {before, seen, "Baso", "Baso"},
		"by id alone, without a row":        {stranger, appeared, "", "baso"},
		"by id alone, with a row":           {before, appeared, "Baso", "baso"},
		"by id alone, known by id alone":    {idOnly, appeared, "", "baso"},
		"with names, known by the id alone": {idOnly, seen, "Baso", "Baso"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tx := writing(t)
			known := got(test.known(tx))(t)
			place, task := binding(t, tx)
			person := got(test.comes(tx))(t)
			if known.ID != 0 && person.ID != known.ID || known.ID == 0 && person.ID != place.ID {
				t.Errorf("known %d, place %d, now %d", known.ID, place.ID, person.ID)
			}
			if person.TelegramID != 7 || person.Name != test.name || person.Username != test.username {
				t.Errorf("the person is %+v", person)
			}
			for _, id := range []int64{person.ID, place.ID} {
				if difference := cmp.Diff(person, got(tx.Member(id))(t)); difference != "" {
					t.Errorf("the row of %d:\n%s", id, difference)
				}
			}
			if assignees := got(tx.Task(task.Number))(t).Assignees; len(assignees) != 1 || assignees[0].MemberID != person.ID {
				t.Errorf("assignees: %+v", assignees)
			}
			if actor := got(tx.Actor(person))(t); !actor.Has(council.RoleLeader) {
				t.Errorf("roles: %v", actor.Granted)
			}
			if due := got(tx.DueReminders(noon))(t); len(due) != 1 || due[0].MemberID != person.ID {
				t.Errorf("reminders: %+v", due)
			}
			if again := got(tx.Mentioned("baso"))(t); again.ID != person.ID {
				t.Errorf("mentioned again: %+v", again)
			}
		})
	}
}

// What was kept for a mention of reminders, days of leave and positions is the
// person's, who stands where both have the same.
func TestPositionsLeavesAndRemindersOfAMentionFollowThePerson(t *testing.T) {
	tx := writing(t)
	person := got(tx.Seen(7, "Baso", "nama_lama", "id", noon))(t)
	place := got(tx.Mentioned("@baso"))(t)
	asked(t, tx, place.ID, 0, 1)
	quiet := council.QuietTime{From: 720, Until: 780}
	for _, id := range []int64{place.ID, person.ID} {
		got(tx.AddLeave(council.Leave{MemberID: id, First: today, Last: today.Add(int(id))}))(t)
		ok(t, tx.SetQuietTimes(Hearer{MemberID: id}, []council.QuietTime{quiet}))
	}
	secretary := got(tx.Position(council.Position{Kind: council.PositionSecretary}))(t)
	head := got(tx.Position(council.Position{Kind: council.PositionOfficeHead, Title: "Kepala DLH"}))(t)
	hold(t, tx, secretary, council.Holding{MemberID: place.ID, Deputy: true})
	hold(t, tx, secretary, council.Holding{MemberID: person.ID})
	hold(t, tx, head, council.Holding{MemberID: place.ID})
	ok(t, tx.SettlePositions(today))

	got(tx.Seen(7, "Baso", "baso", "id", noon))(t)
	if own := got(tx.OwnReminders(person.ID))(t); len(own) != 1 {
		t.Errorf("own reminders: %+v", own)
	}
	if due := got(tx.DueReminders(noon.Add(time.Hour)))(t); len(due) != 1 || due[0].MemberID != person.ID {
		t.Errorf("due: %+v", due)
	}
	if leaves := got(tx.Leaves(person.ID, today))(t); len(leaves) != 2 {
		t.Errorf("leaves: %+v", leaves)
	}
	if quiet := got(tx.QuietTimes(Hearer{MemberID: person.ID}))(t); len(quiet) != 1 {
		t.Errorf("quiet times: %+v", quiet)
	}
	holdings := got(tx.HoldingsOf(person.ID, today))(t)
	if len(holdings) != 2 || holdings[0].Deputy || holdings[1].Deputy {
		t.Errorf("in positions: %+v", holdings)
	}
	for _, table := range []string{"own_reminder", "reminder", "leave", "quiet_time", "holding", "role"} {
		if left := number(t, tx, `SELECT count(*) FROM `+table+` WHERE member_id = ?`, place.ID); left != 0 {
			t.Errorf("%s: %d rows are left with the mention", table, left)
		}
	}
}

func TestWhatThePersonDidStandsOverTheMention(t *testing.T) {
	tx := writing(t)
	person := got(tx.Seen(7, "Baso", "nama_lama", "id", noon))(t)
	place, task := binding(t, tx)
	task.Assignees = append(task.Assignees, council.Assignee{MemberID: person.ID, State: council.TaskSubmitted, Progress: 80, Acknowledged: true})
	ok(t, tx.SaveTask(task, noon))
	due := got(tx.DueReminders(noon))(t)
	due[0].MemberID = person.ID
	ok(t, tx.AddReminders(due[:1]))
	ok(t, tx.EndReminder(got(tx.DueReminders(noon))(t)[1].ID, true, "due", noon))

	got(tx.Seen(7, "Baso", "baso", "id", noon))(t)
	task = got(tx.Task(task.Number))(t)
	want := []council.Assignee{{MemberID: person.ID, State: council.TaskSubmitted, Progress: 80, Acknowledged: true}}
	if difference := cmp.Diff(want, task.Assignees); difference != "" || task.State != council.TaskSubmitted {
		t.Errorf("task is %s with\n%s", task.State, difference)
	}
	if again := got(tx.DueReminders(noon))(t); len(again) != 0 {
		t.Errorf("what was said to the person waits again: %+v", again)
	}
	task.Assignees = council.AssignTo(place.ID, person.ID) // as an older snapshot has it
	ok(t, tx.SaveTask(task, noon))
	if restored := got(tx.Task(task.Number))(t).Assignees; len(restored) != 1 || restored[0].MemberID != person.ID {
		t.Errorf("restored: %+v", restored)
	}
}

func TestATaskWhoseLastOpenPartWasAMentionsHasEnded(t *testing.T) {
	tx := writing(t)
	person := got(tx.Seen(7, "Baso", "nama_lama", "id", noon))(t)
	_, task := binding(t, tx)
	task.Assignees = append(task.Assignees, council.Assignee{MemberID: person.ID, State: council.TaskDone, Progress: 100})
	ok(t, tx.SaveTask(task, noon))
	if open := got(tx.OpenTaskNumbers())(t); len(open) != 1 {
		t.Fatalf("open before: %v", open)
	}

	got(tx.Seen(7, "Baso", "baso", "id", noon.Add(time.Hour)))(t)
	task = got(tx.Task(task.Number))(t)
	if open := got(tx.OpenTaskNumbers())(t); task.State != council.TaskDone || len(open) != 0 {
		t.Errorf("the task is %s, open are %v", task.State, open)
	}
	if ended := number(t, tx, `SELECT ended_at FROM task WHERE number = ?`, task.Number); ended != noon.Add(time.Hour).UnixMilli() {
		t.Errorf("it ended at %d", ended)
	}
	if open := number(t, tx, `SELECT count(*) FROM task_assignee WHERE ended = 0`); open != 0 {
		t.Errorf("%d of its parts are open", open)
	}
}

func TestOneWhoAppearsIsKeptByTheIDAlone(t *testing.T) {
	tx := writing(t)
	first := appeared(t, tx, 7, "warga", "id", noon)
	if difference := cmp.Diff(council.Member{ID: first.ID, TelegramID: 7, Language: "id", Reach: council.ReachUnknown}, first); difference != "" {
		t.Errorf("kept:\n%s", difference)
	}
	if again := appeared(t, tx, 7, "warga", "en", noon); again != first {
		t.Errorf("again: %+v", again)
	}
	named := got(tx.Seen(7, "Warga", "warga", "id", noon))(t)
	if kept := appeared(t, tx, 7, "lain", "id", noon); kept != named || named.ID != first.ID {
		t.Errorf("a known person stays as known: %+v", kept)
	}
}

// appearing is Appeared for whom it does not matter whether a mention was bound.
func appearing(tx *Tx, telegramID int64, username, language string, at time.Time) error {
	_, _, err := tx.Appeared(telegramID, username, language, at)
	return err
}

func appeared(t *testing.T, tx *Tx, telegramID int64, username, language string, at time.Time) council.Member {
	t.Helper()
	member, _, err := tx.Appeared(telegramID, username, language, at)
	ok(t, err)
	return member
}

// TestAMentionLeavesNobodyBehindInAGroup: somebody vouched for by @username is one
// person of the group once that person appears, and whoever was seen in a group
// before gets no further one by being mentioned.
func TestAMentionLeavesNobodyBehindInAGroup(t *testing.T) {
	for name, c := range map[string]struct {
		seen []int64
		want [2]int // members of the two chats
	}{
		"seen nowhere":   {nil, [2]int{1, 1}},
		"seen in one":    {[]int64{-1}, [2]int{1, 0}},
		"seen elsewhere": {[]int64{-3}, [2]int{0, 0}},
	} {
		tx := writing(t)
		known, _, err := tx.Appeared(1000, "", "id", noon)
		ok(t, err)
		for _, chat := range c.seen {
			ok(t, tx.SeenIn(known.ID, chat))
		}
		mentioned := got(tx.Mentioned("rina_contoh"))(t)
		ok(t, tx.SeenIn(mentioned.ID, -1))
		ok(t, tx.SeenIn(mentioned.ID, -2))
		_, bound, err := tx.Appeared(1000, "rina_contoh", "id", noon)
		ok(t, err)
		for i, chat := range []int64{-1, -2} {
			members := got(tx.MembersOf(chat))(t)
			if !bound || len(members) != c.want[i] || len(members) == 1 && members[0].ID != known.ID {
				t.Errorf("%s: chat %d has %+v, bound: %v", name, chat, members, bound)
			}
		}
	}
}
