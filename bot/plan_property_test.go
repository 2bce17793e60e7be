package bot

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/scheduler"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/store/storetest"
)

// TestThePlanIsWhatWillBeSaid foretells a month of a random city, lets the
// scheduler live through that month, and compares the two word for word.
func TestThePlanIsWhatWillBeSaid(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		m := newRandomMonth(t, folder)
		defer m.close()
		foretold := m.foretell(t)
		said := m.live(t)
		slices.Sort(foretold)
		slices.Sort(said)
		if !slices.Equal(foretold, said) {
			t.Fatalf("from %s on, foretold only:\n%s\nsaid only:\n%s", m.now.In(m.zone), without(foretold, said), without(said, foretold))
		}
	})
}

func without(list, other []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(list), func(line string) bool { return slices.Contains(other, line) }), "\n")
}

// randomMonth is a city with reminders, and the recorder of what is said in it.
type randomMonth struct {
	store      *store.Store
	zone       *time.Location
	now, until time.Time
	timing     council.Timing
	people     []int64
	groups     []council.Group
	said       []string
}

func newRandomMonth(t *rapid.T, folder string) *randomMonth {
	name, err := os.MkdirTemp(folder, "")
	m := &randomMonth{zone: time.FixedZone("WITA", 8*60*60)}
	if err == nil {
		storetest.Empty(t, filepath.Join(name, "rembuk.db"))
		m.store, err = store.Open(context.Background(), filepath.Join(name, "rembuk.db"))
	}
	if err != nil {
		t.Fatal(err)
	}
	first := time.Date(2026, 5, 11, 0, 0, 0, 0, m.zone)
	m.now = first.Add(time.Duration(rapid.IntRange(0, 21*24*60).Draw(t, "minute")) * time.Minute)
	m.until = m.now.AddDate(0, 0, 31)
	m.timing = council.Timing{Calendar: council.NewCalendar(m.zone, []council.Holiday{{Date: council.Day{Year: 2026, Month: 5, Day: 27}},
		{Date: council.Day{Year: 2026, Month: 5, Day: 28}}, {Date: council.Day{Year: 2026, Month: 6, Day: 1}}, {Date: council.Day{Year: 2026, Month: 6, Day: 16}}})}
	err = m.store.Update(context.Background(), func(tx *store.Tx) error {
		for _, fill := range []func(*rapid.T, *store.Tx) error{m.fillPeople, m.fillAbsences, m.fillTasks, m.fillEvaluations, m.fillOwn, m.fillQuestions, m.fillMeetings} {
			if err := fill(t, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *randomMonth) close() { _ = m.store.Close() }

func (m *randomMonth) fillPeople(_ *rapid.T, tx *store.Tx) error {
	for i, role := range []council.Role{council.RoleCoordinator, council.RoleLeader, "", "", ""} {
		member, err := tx.Seen(int64(100+i), fmt.Sprint("Orang ", i), "", "id", m.now)
		if err != nil {
			return err
		}
		m.people = append(m.people, member.ID)
		if role != "" {
			if err := tx.GrantRole(member.ID, role, "granted"); err != nil {
				return err
			}
		}
		if i < 4 { // the last one has never opened the private chat
			if err := tx.SetReach(member.ID, council.ReachOpen); err != nil {
				return err
			}
		}
	}
	for i, kind := range []council.GroupKind{council.KindSecretariat, council.KindWorkingGroup, council.KindCouncil, council.KindCommunity} {
		group, err := tx.LinkGroup(council.Group{ChatID: int64(-1000 - i), Title: string(kind), Kind: kind, Dimension: council.Environment, Language: "id"})
		if err != nil {
			return err
		}
		m.groups = append(m.groups, group)
	}
	return nil
}

func (m *randomMonth) fillAbsences(t *rapid.T, tx *store.Tx) error {
	today := m.timing.Calendar.Day(m.now)
	for range rapid.IntRange(0, 3).Draw(t, "leaves") {
		first := today.Add(rapid.IntRange(-3, 25).Draw(t, "first"))
		if _, err := tx.AddLeave(council.Leave{MemberID: rapid.SampledFrom(m.people).Draw(t, "away"), First: first,
			Last: first.Add(rapid.IntRange(0, 6).Draw(t, "length"))}); err != nil {
			return err
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "quiet times") {
		hearer := store.Hearer{MemberID: rapid.SampledFrom(m.people).Draw(t, "quiet")}
		if rapid.Bool().Draw(t, "a group") {
			hearer = store.Hearer{GroupID: rapid.SampledFrom(m.groups).Draw(t, "quiet group").ID}
		}
		from := rapid.IntRange(0, 23).Draw(t, "from") * 60
		quiet := council.QuietTime{From: from, Until: (from + rapid.IntRange(1, 12).Draw(t, "hours")*60) % (24 * 60)}
		if err := tx.SetQuietTimes(hearer, []council.QuietTime{quiet}); err != nil {
			return err
		}
	}
	return nil
}

func (m *randomMonth) fillTasks(t *rapid.T, tx *store.Tx) error {
	for range rapid.IntRange(0, 6).Draw(t, "tasks") {
		created := m.now.Add(-time.Duration(rapid.IntRange(0, 20*24).Draw(t, "hours ago")) * time.Hour)
		task := council.Task{Title: "Rekap", CreatedBy: m.people[0], CreatedAt: created, State: council.TaskNew, GroupID: m.groups[1].ID}
		if rapid.IntRange(0, 9).Draw(t, "dated") > 0 {
			due := created.Add(time.Duration(rapid.IntRange(1, 40*24*4).Draw(t, "quarters")) * 15 * time.Minute)
			task.Deadline = council.Deadline{At: due, Zone: "Asia/Makassar"}
		}
		for _, id := range m.people[2:] {
			if rapid.Bool().Draw(t, "assigned") {
				state := rapid.SampledFrom([]council.TaskState{council.TaskNew, council.TaskInProgress, council.TaskBlocked, council.TaskSubmitted}).Draw(t, "state")
				assignee := council.Assignee{MemberID: id, State: state, Acknowledged: state != council.TaskNew, AssignedAt: created}
				if assignee.Acknowledged {
					assignee.ActiveAt = created
				}
				task.Assignees = append(task.Assignees, assignee)
			}
		}
		task, err := tx.CreateTask(task, 0, 0)
		if err != nil {
			return err
		}
		if err := tx.AddReminders(council.PlanTask(task, m.now, m.timing)); err != nil {
			return err
		}
	}
	return nil
}

func (m *randomMonth) fillEvaluations(t *rapid.T, tx *store.Tx) error {
	for i := range rapid.IntRange(0, 3).Draw(t, "evaluations") {
		evaluation := council.Evaluation{Name: fmt.Sprint("Tahap ", i), State: council.EvaluationOpen, CreatedBy: m.people[0], CreatedAt: m.now}
		for _, kind := range []council.MilestoneKind{council.MilestonePresentation, council.MilestoneUpload}[:rapid.IntRange(1, 2).Draw(t, "dates")] {
			at := m.now.Add(time.Duration(rapid.IntRange(1, 40*24).Draw(t, "hours")) * time.Hour)
			evaluation.Milestones = append(evaluation.Milestones, council.Milestone{Kind: kind, Deadline: council.Deadline{At: at, Zone: "Asia/Makassar"}})
		}
		if rapid.Bool().Draw(t, "own hour") {
			evaluation.Rhythm.Minute = rapid.IntRange(council.UsualHours.Starts, council.UsualHours.Ends).Draw(t, "minute of the day")
			evaluation.Rhythm.Groups = council.Ladder{9, 7, 4, 1, 0}
		}
		evaluation, err := tx.CreateEvaluation(evaluation)
		if err != nil {
			return err
		}
		if evaluation, err = tx.Evaluation(evaluation.Number); err != nil {
			return err
		}
		if err := tx.AddReminders(council.PlanEvaluation(evaluation, m.groups, m.now, m.timing)); err != nil {
			return err
		}
	}
	return nil
}

func (m *randomMonth) fillOwn(t *rapid.T, tx *store.Tx) error {
	for range rapid.IntRange(0, 3).Draw(t, "own reminders") {
		next := m.now.Add(time.Duration(rapid.IntRange(1, 20*24).Draw(t, "in hours")) * time.Hour).Truncate(time.Minute)
		own := council.OwnReminder{MemberID: rapid.SampledFrom(m.people).Draw(t, "who"), Text: "Rapat", Next: next, CreatedAt: m.now}
		if rapid.Bool().Draw(t, "repeats") {
			own.Recurrence = &council.Recurrence{Unit: rapid.SampledFrom([]council.Unit{council.EveryWorkday, council.EveryWeek, council.EveryDay}).Draw(t, "unit"),
				Every: 1, Weekday: next.In(m.zone).Weekday(), Hour: next.In(m.zone).Hour(), Minute: next.In(m.zone).Minute()}
		}
		if rapid.Bool().Draw(t, "for a group") {
			own.GroupID = m.groups[3].ID
		}
		if _, err := tx.CreateOwnReminder(own); err != nil {
			return err
		}
	}
	return nil
}

// fillQuestions puts questions to groups, with and without somebody in charge, and
// to people, each of which may have asked for more time.
func (m *randomMonth) fillQuestions(t *rapid.T, tx *store.Tx) error {
	for i, kind := range []council.PositionKind{council.PositionInCharge, council.PositionSecretary} {
		if !rapid.Bool().Draw(t, "somebody is in office") {
			continue
		}
		position := council.Position{Kind: kind}
		if kind == council.PositionInCharge {
			position.GroupID = m.groups[2].ID
		}
		position, err := tx.Position(position)
		if err != nil {
			return err
		}
		first := m.timing.Calendar.Day(m.now).Add(rapid.IntRange(-9, 20).Draw(t, "begins"))
		if err := tx.SetHoldings(position.ID, first, []council.Holding{{PositionID: position.ID, MemberID: m.people[2+i], First: first}}); err != nil {
			return err
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "questions") {
		asked := m.now.Add(-time.Duration(rapid.IntRange(0, 9*24).Draw(t, "asked hours ago")) * time.Hour)
		to := rapid.SampledFrom([]council.Addressee{{GroupID: m.groups[2].ID}, {GroupID: m.groups[1].ID}, {MemberID: m.people[3]}, {MemberID: m.people[4]}}).Draw(t, "to")
		question := council.NewQuestion(council.Question{AskerID: m.people[2], FromGroup: m.groups[3].ID, Text: "kapan?", To: to}, true, asked, m.timing.Calendar)
		if rapid.IntRange(0, 3).Draw(t, "more time") == 0 {
			day := m.timing.Calendar.Day(m.now).Add(rapid.IntRange(1, 20).Draw(t, "needs days"))
			question, _ = question.NeedTime(day, m.now, m.timing.Calendar)
		}
		question, err := tx.CreateQuestion(question)
		if err != nil {
			return err
		}
		if err := tx.AddReminders(council.PlanQuestion(question, m.now, m.timing)); err != nil {
			return err
		}
	}
	return nil
}

// fillMeetings invites groups and people to meetings, some of which repeat, with answers and
// without, some noted as attended.
func (m *randomMonth) fillMeetings(t *rapid.T, tx *store.Tx) error {
	for i, id := range m.people {
		if err := tx.SeenIn(id, m.groups[1+i%3].ChatID); err != nil {
			return err
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "meetings") {
		meeting := council.Meeting{Title: "Rapat", Length: council.MeetingLength, CreatedBy: m.people[0], CreatedAt: m.now}
		meeting.Starts = m.now.Add(time.Duration(rapid.IntRange(-100, 25*24*4).Draw(t, "begins in quarters")) * 15 * time.Minute).Truncate(15 * time.Minute)
		meeting.To.Kinds = []council.GroupKind{council.KindCouncil}
		meeting.To.Groups = []int64{m.groups[rapid.IntRange(1, 3).Draw(t, "invited")].ID}
		if rapid.Bool().Draw(t, "has a scribe") {
			meeting.Scribe.MemberID = rapid.SampledFrom(m.people).Draw(t, "scribe")
		}
		if rapid.Bool().Draw(t, "comes again") {
			local := meeting.Starts.In(m.zone)
			meeting.Recurrence = &council.Recurrence{Unit: rapid.SampledFrom([]council.Unit{council.EveryWeek, council.EveryMonth}).Draw(t, "unit of meetings"),
				Every: 1, Weekday: local.Weekday(), Day: local.Day(), Hour: local.Hour(), Minute: local.Minute()}
		}
		meeting, err := tx.CreateMeeting(meeting, 0, 0)
		if err != nil {
			return err
		}
		for _, id := range m.people {
			response := rapid.SampledFrom([]council.Response{council.ResponseNone, council.ResponseComing, council.ResponseAway}).Draw(t, "answer")
			if err := tx.SaveGuest(meeting.Number, council.Guest{MemberID: id, Response: response}); err != nil {
				return err
			}
		}
		if rapid.IntRange(0, 3).Draw(t, "somebody is there") == 0 {
			if _, _, err := tx.AddAttendee(meeting.Number, council.Attendee{MemberID: m.people[1], At: m.now}); err != nil {
				return err
			}
		}
		if err := tx.AddReminders(council.PlanMeeting(meeting, m.groups, m.now, m.timing)); err != nil {
			return err
		}
	}
	return nil
}

// foretell lists what the plan says will be said: "at | to | what".
func (m *randomMonth) foretell(t *rapid.T) (lines []string) {
	before := m.rows(t)
	err := m.store.View(context.Background(), func(tx *store.Tx) error {
		facts, err := newPlanFacts(tx, m.timing, m.now)
		if err != nil {
			return err
		}
		lastDay := council.DayOf(m.until, m.zone)
		reminders, err := tx.RemindersUntil(time.UnixMilli(0), lastDay.Add(1).At(0, 0, m.zone).Add(-time.Millisecond))
		if err != nil {
			return err
		}
		sayings, err := foretell(facts, reminders, m.until, true)
		for _, s := range sayings {
			if s.until.IsZero() && !s.unreachable {
				lines = append(lines, saidLine(s.at.In(m.zone), s.to, s.reminder))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := m.rows(t); !slices.Equal(before, after) {
		t.Fatal("a dry run has written something")
	}
	return lines
}

func (m *randomMonth) rows(t *rapid.T) (rows []council.Reminder) {
	err := m.store.View(context.Background(), func(tx *store.Tx) (err error) {
		rows, err = tx.RemindersUntil(time.UnixMilli(0), m.until.AddDate(10, 0, 0))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func saidLine(at time.Time, to store.Hearer, reminder council.Reminder) string {
	return fmt.Sprintf("%s | %d/%d | %s %d %s %s", at.Format("2006-01-02 15:04"), to.MemberID, to.GroupID, reminder.Subject, reminder.MilestoneID, reminder.Step, reminder.Audience)
}

// live lets the scheduler live through the month.
func (m *randomMonth) live(t *rapid.T) []string {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	clock := &jumpingClock{now: m.now, end: m.until, stop: cancel}
	if err := scheduler.New(m.store, m, clock, slog.New(slog.DiscardHandler)).Run(ctx); err != nil {
		t.Fatal(err)
	}
	return m.said
}

func (m *randomMonth) Say(_ context.Context, _ *store.Tx, notice council.Notice) error {
	for _, item := range notice.Items {
		m.said = append(m.said, saidLine(notice.At.In(m.zone), store.Hearer{MemberID: notice.MemberID, GroupID: notice.GroupID}, item.Reminder))
	}
	return nil
}

func (m *randomMonth) Timing(*store.Tx) (council.Timing, error) { return m.timing, nil }

func (m *randomMonth) LeaveUnlinked(*store.Tx, time.Time) error { return nil }

func (m *randomMonth) Act(context.Context, *store.Tx, council.Reminder) error { return nil }

// jumpingClock is at once where somebody waits for.
type jumpingClock struct {
	now, end time.Time
	stop     func()
}

func (c *jumpingClock) Now() time.Time { return c.now }

func (c *jumpingClock) Wait(ctx context.Context, until time.Time) error {
	switch {
	case ctx.Err() != nil:
	case until.After(c.end):
		c.stop()
	case until.After(c.now):
		c.now = until
	}
	return ctx.Err()
}
