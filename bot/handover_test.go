package bot

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// officers are a city of which Baso hands over to Yuliana, again and again.
type officers struct {
	*harness
	sitti, group int64            // Telegram ids
	members      map[string]int64 // by first name, the numbers of members
	names        []string
	positions    []int64
}

func newOfficers(t *testing.T) *officers {
	h := newHarness(t)
	o := &officers{harness: h, members: make(map[string]int64), names: []string{"Baso", "Yuliana", "Hasan", "Rahmat"}}
	o.sitti = h.coordinator("Sitti Ramlah", "sitti_contoh")
	var people []int64
	for _, name := range o.names {
		people = append(people, h.person(name, name+"_contoh"))
	}
	o.group = h.linkedGroup("Pokja", "pokja lingkungan", o.sitti, people...)
	for i, name := range o.names {
		h.say(people[i], people[i], "/start")
		h.say(o.group, people[i], "/tugas")
		o.members[name] = h.actor(people[i]).ID
	}
	o.members["Sitti"] = h.actor(o.sitti).ID
	h.change(func(tx *store.Tx) error {
		for _, title := range []string{"Kepala DLH", "Kepala Dinas PU"} {
			position, err := tx.Position(council.Position{Kind: council.PositionOfficeHead, Title: title})
			if err != nil {
				return err
			}
			o.positions = append(o.positions, position.ID)
		}
		return nil
	})
	return o
}

// open is everything that anybody has in hand.
type open struct {
	Tasks           []council.Task
	Questions       []council.Question
	Prompts         []council.Prompt
	Meetings        []council.Meeting
	Recommendations []council.Recommendation
	Holdings        map[int64][]council.Holding
	Roles           map[string][]store.GrantedRole
	Reminders       []council.Reminder
}

func (o *officers) open() (all open) {
	all.Holdings, all.Roles = make(map[int64][]council.Holding), make(map[string][]store.GrantedRole)
	o.look(func(tx *store.Tx) (err error) {
		if all.Tasks, err = tx.Tasks(store.TaskFilter{}, 0, -1); err != nil {
			return err
		}
		slices.SortFunc(all.Tasks, func(a, b council.Task) int { return int(a.Number - b.Number) })
		if all.Questions, err = tx.Questions(store.QuestionFilter{}, 0, -1); err != nil {
			return err
		}
		for number := int64(1); ; number++ {
			prompt, err := tx.Prompt(number)
			if err != nil {
				break
			}
			all.Prompts = append(all.Prompts, prompt)
		}
		for number := int64(1); ; number++ {
			m, err := tx.Meeting(number)
			if err != nil {
				break
			}
			all.Meetings = append(all.Meetings, m)
		}
		if all.Recommendations, err = tx.Recommendations(false); err != nil {
			return err
		}
		day := council.DayOf(o.clock(), time.UTC)
		for _, id := range o.positions {
			if all.Holdings[id], err = tx.Holdings(id, day); err != nil {
				return err
			}
		}
		for name, id := range o.members {
			if all.Roles[name], err = tx.GrantedRoles(id); err != nil {
				return err
			}
		}
		all.Reminders, err = tx.RemindersUntil(time.Time{}, o.clock().AddDate(1, 0, 0))
		return err
	})
	return all
}

// draw gives people things to do.
func (o *officers) draw(t *rapid.T) {
	someone := func(label string) int64 { return o.members[rapid.SampledFrom(o.names[:3]).Draw(t, label)] }
	now := o.clock()
	o.change(func(tx *store.Tx) error {
		for range rapid.IntRange(0, 3).Draw(t, "tasks") {
			task := council.Task{Title: "Rekap", GroupID: 1, CreatedBy: o.members["Sitti"], CreatedAt: now, State: council.TaskNew,
				Deadline: council.Deadline{At: now.AddDate(0, 0, 20), Zone: "Asia/Makassar"}, Version: 1}
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(o.names[:3]), 1, 3, rapid.ID).Draw(t, "assignees") {
				state := rapid.SampledFrom([]council.TaskState{council.TaskNew, council.TaskInProgress, council.TaskBlocked, council.TaskSubmitted}).Draw(t, "state")
				task.Assignees = append(task.Assignees, council.Assignee{MemberID: o.members[name], State: state, Acknowledged: state != council.TaskNew, AssignedAt: now, ActiveAt: now})
			}
			task.State = council.Combine(task.State, task.Assignees)
			if _, err := tx.CreateTask(task, 0, 0); err != nil {
				return err
			}
		}
		if rapid.Bool().Draw(t, "a question") {
			q := council.NewQuestion(council.Question{AskerID: o.members["Sitti"], To: council.Addressee{MemberID: someone("asked")}, Text: "Kapan?"}, true, now, council.Calendar{})
			if _, err := tx.CreateQuestion(q); err != nil {
				return err
			}
		}
		if rapid.Bool().Draw(t, "a prompt") {
			id := someone("prompted")
			prompt, err := tx.CreatePrompt(council.Prompt{Text: "Apa kendala?", Kind: council.AnswerText, Targets: []council.Target{{MemberID: id}}, CreatedBy: o.members["Sitti"], CreatedAt: now, Version: 1})
			if err != nil {
				return err
			}
			if err := tx.SavePrompt(prompt.Open([]council.Asked{{MemberID: id}}, council.Deadline{}, now, council.Calendar{})); err != nil {
				return err
			}
		}
		if rapid.Bool().Draw(t, "a recommendation") {
			if _, err := tx.CreateRecommendation(council.Recommendation{Text: "Libatkan", OwnerID: someone("owner"), State: council.RecommendationOpen, CreatedBy: 1, CreatedAt: now, Version: 1}); err != nil {
				return err
			}
		}
		if rapid.Bool().Draw(t, "a meeting") {
			m := council.Meeting{Title: "Rapat", Starts: now.AddDate(0, 0, 3), Length: time.Hour, Chair: council.Seat{MemberID: someone("chair")}, Scribe: council.Seat{MemberID: someone("scribe")},
				People: []int64{someone("guest")}, State: council.MeetingPlanned, Edition: 1, CreatedBy: o.members["Sitti"], CreatedAt: now, Version: 1}
			if _, err := tx.CreateMeeting(m, 0, 0); err != nil {
				return err
			}
		}
		if rapid.Bool().Draw(t, "a position") {
			id := rapid.SampledFrom(o.positions).Draw(t, "which")
			before, err := tx.Holdings(id, council.DayOf(now, time.UTC))
			if err != nil {
				return err
			}
			holding := council.Holding{MemberID: someone("holder"), Deputy: rapid.Bool().Draw(t, "deputy"), First: council.DayOf(now, time.UTC).Add(rapid.IntRange(-9, 9).Draw(t, "first"))}
			return tx.SetHoldings(id, council.DayOf(now, time.UTC), council.Appoint(before, holding))
		}
		return tx.GrantRole(someone("given"), rapid.SampledFrom([]council.Role{council.RoleCouncil, council.RoleLeader}).Draw(t, "role"), "granted")
	})
}

// TestEverythingOpenGoesToTheOtherAndBack hands over by the wire whatever is drawn: nothing
// open is left to the one, all of it is the other's, what belongs to neither stands as it
// stood, and undoing brings everything back, reminders included.
func TestEverythingOpenGoesToTheOtherAndBack(t *testing.T) {
	o := newOfficers(t)
	rapid.Check(t, func(t *rapid.T) {
		if rapid.IntRange(0, 15).Draw(t, "left out") > 0 {
			return // each of the others costs a tenth of a second
		}
		o.draw(t)
		drawn := o.open()
		if !o.handOver() {
			return // there is nothing
		}
		o.press(o.sitti, o.sitti, "Urungkan") // from now on the reminders are planned by the bot
		before, expected := o.open(), o.open()
		o.brought(t, drawn, before, cmpopts.IgnoreFields(open{}, "Reminders"))
		o.handOver()
		o.compare(t, expected, o.open())
		o.press(o.sitti, o.sitti, "Urungkan")
		o.brought(t, before, o.open())
	})
}

// brought holds that undoing has brought back everything as it was.
func (o *officers) brought(t *rapid.T, before, after open, ignored ...cmp.Option) {
	if diff := cmp.Diff(before, after, append(ignored, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(council.Task{}, "Version"), cmpopts.IgnoreFields(council.Question{}, "Version"),
		cmpopts.IgnoreFields(council.Prompt{}, "Version"), cmpopts.IgnoreFields(council.Meeting{}, "Version"), cmpopts.IgnoreFields(council.Recommendation{}, "Version"),
		cmpopts.IgnoreFields(council.Reminder{}, "ID"), cmpopts.SortSlices(func(a, b council.Reminder) bool { return handedReminder(a) < handedReminder(b) }))...); diff != "" {
		t.Fatalf("undoing does not bring back: %s", diff)
	}
}

func handedReminder(r council.Reminder) string {
	return r.Due.String() + r.Subject.String() + string(r.Step) + string(r.Audience) + idText(r.MemberID)
}

// handOver is the command and [Benar]; false where there was nothing to hand over.
func (o *officers) handOver() bool {
	said := o.say(o.sitti, o.sitti, "/serah_terima @Baso_contoh @Yuliana_contoh")
	if len(said[len(said)-1].Buttons) == 0 {
		return false
	}
	o.press(o.sitti, o.sitti, "Benar")
	return true
}

// compare moves what was expected by itself, and holds it against what was kept.
func (o *officers) compare(t *rapid.T, before, after open) {
	old, taker := o.members["Baso"], o.members["Yuliana"]
	swapped := func(id int64) int64 {
		if id == old {
			return taker
		}
		return id
	}
	for i, was := range before.Tasks {
		now := after.Tasks[i]
		_, had := was.Assignee(old)
		if _, has := now.Assignee(old); has {
			t.Fatalf("%s is still the old one's", was.Reference())
		}
		if _, has := now.Assignee(taker); had && !has {
			t.Fatalf("%s is not the other's", was.Reference())
		}
		for _, assignee := range was.Assignees {
			if kept, _ := now.Assignee(assignee.MemberID); assignee.MemberID != old && kept != assignee {
				t.Fatalf("%s: %+v has become %+v", was.Reference(), assignee, kept)
			}
		}
		now.Assignees, now.State, now.Version = was.Assignees, was.State, was.Version
		if diff := cmp.Diff(was, now); diff != "" {
			t.Fatalf("%s is changed otherwise: %s", was.Reference(), diff)
		}
	}
	for i, was := range before.Questions {
		was.To.MemberID, was.Version = swapped(was.To.MemberID), after.Questions[i].Version
		equal(t, was, after.Questions[i])
	}
	for i, was := range before.Recommendations {
		was.OwnerID, was.Version = swapped(was.OwnerID), after.Recommendations[i].Version
		equal(t, was, after.Recommendations[i])
	}
	for i, was := range before.Prompts {
		was.Targets[0].MemberID, was.Round.Asked[0].MemberID, was.Version = swapped(was.Targets[0].MemberID), swapped(was.Round.Asked[0].MemberID), after.Prompts[i].Version
		equal(t, was, after.Prompts[i])
	}
	for i, was := range before.Meetings {
		was.Chair.MemberID, was.Scribe.MemberID, was.People[0], was.Version = swapped(was.Chair.MemberID), swapped(was.Scribe.MemberID), swapped(was.People[0]), after.Meetings[i].Version
		equal(t, was, after.Meetings[i])
	}
	o.compareOffices(t, before, after)
}

func (o *officers) compareOffices(t *rapid.T, before, after open) {
	old, taker, third := o.members["Baso"], o.members["Yuliana"], o.members["Hasan"]
	today := council.DayOf(o.clock(), time.UTC)
	for position, was := range before.Holdings {
		for days := range 30 {
			on := func(holdings []council.Holding, id int64) bool {
				return slices.ContainsFunc(holdings, func(h council.Holding) bool { return h.MemberID == id && h.Covers(today.Add(days)) })
			}
			now := after.Holdings[position]
			if on(now, old) || on(now, third) != on(was, third) || on(now, taker) != (on(was, taker) || on(was, old)) {
				t.Fatalf("in %d days: %+v has become %+v", days, was, now)
			}
		}
	}
	for _, role := range []council.Role{council.RoleCouncil, council.RoleLeader, council.RoleCoordinator} {
		has := func(all open, name string) bool {
			return slices.ContainsFunc(all.Roles[name], func(g store.GrantedRole) bool { return g.Role == role })
		}
		if has(after, "Baso") || has(after, "Yuliana") != (has(before, "Yuliana") || has(before, "Baso")) || has(after, "Hasan") != has(before, "Hasan") {
			t.Fatalf("%s: %v has become %v", role, before.Roles, after.Roles)
		}
	}
}

func equal(t *rapid.T, wanted, now any) {
	if diff := cmp.Diff(wanted, now); diff != "" {
		t.Fatalf("not as it should be: %s", diff)
	}
}
