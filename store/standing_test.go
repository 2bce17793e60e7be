package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// counted reads one number, past everything that is kept ready.
func counted(t *testing.T, tx *Tx, query string, arguments ...any) int {
	t.Helper()
	return got(one(tx, scalar[int], query, arguments...))(t)
}

func TestTasksAreCountedAsTheyStand(t *testing.T) {
	tx := writing(t)
	states := []council.TaskState{council.TaskNew, council.TaskInProgress, council.TaskBlocked, council.TaskSubmitted, council.TaskDone, council.TaskCancelled}
	for number := range 60 {
		task := council.Task{Title: fmt.Sprint(number), GroupID: int64(1 + number%3), CreatedAt: noon, State: council.TaskNew,
			Deadline: council.Deadline{At: noon.AddDate(0, 0, number/2%11-5), Zone: "Asia/Makassar"}}
		task = got(tx.CreateTask(task, 0, 0))(t)
		if number%7 == 0 {
			task.GroupID, task.Assignees = 9, []council.Assignee{{GroupID: 1, State: council.TaskNew}}
		}
		task.State = states[number/3%len(states)]
		ok(t, tx.SaveTask(task, noon.AddDate(0, 0, -number/2)))
	}
	for _, filter := range []TaskFilter{{}, {GroupID: 1}, {GroupID: 3}, {GroupIDs: []int64{1, 2}}} {
		since := noon.AddDate(0, 0, -30)
		where, arguments := filter.where()
		count := func(condition string, more ...any) int {
			return counted(t, tx, `SELECT count(*) FROM task WHERE `+where+` AND `+condition, append(arguments, more...)...)
		}
		want := council.Counts{Running: count(`state IN ('new', 'in_progress', 'submitted')`), Blocked: count(`state = 'blocked'`), Submitted: count(`state = 'submitted'`),
			Overdue: count(`state IN ('new', 'in_progress', 'blocked') AND deadline_at < ?`, milliseconds(noon)), Done: count(`state = 'done' AND ended_at >= ?`, milliseconds(since))}
		if difference := cmp.Diff(want, got(tx.CountTasks(filter, noon, since))(t)); difference != "" || want.Running == 0 || want.Done == 0 || want.Overdue == 0 {
			t.Errorf("%+v: %s", filter, difference)
		}
		all := got(tx.Tasks(filter, 0, -1))(t)
		if matching := got(tx.CountMatching(filter))(t); matching != len(all) {
			t.Errorf("%+v: %d tasks are counted and %d listed", filter, matching, len(all))
		}
		var pages []council.Task
		for offset := 0; offset < len(all)+7; offset += 7 {
			pages = append(pages, got(tx.Tasks(filter, offset, 7))(t)...)
		}
		if difference := cmp.Diff(all, pages); difference != "" {
			t.Errorf("%+v: page by page another list:\n%s", filter, difference)
		}
	}
}

func TestIdeasAreTalliedAsTheyStand(t *testing.T) {
	tx := writing(t)
	states := []council.IdeaState{council.IdeaSubmitted, council.IdeaUnderReview, council.IdeaMerged, council.IdeaWithdrawn, council.IdeaTrial, council.IdeaAdopted}
	rapid.Check(t, func(rt *rapid.T) {
		number := rapid.Int64Range(1, 12).Draw(rt, "idea")
		idea, err := tx.Idea(number)
		if err != nil {
			giver := got(tx.Seen(7, "Baso", "baso", "id", noon))(t)
			idea = got(tx.CreateIdea(council.Idea{SubmitterID: giver.ID, Title: "truk", Text: "truk", State: council.IdeaSubmitted, CreatedAt: noon, StateSince: noon}))(t)
		}
		idea.State = rapid.SampledFrom(states).Draw(rt, "state")
		idea.Dimension = rapid.SampledFrom(council.Dimensions).Draw(rt, "dimension")
		idea.Held = rapid.SampledFrom([]council.HeldReason{council.HeldNot, council.HeldNot, council.HeldSpam}).Draw(rt, "held")
		ok(t, tx.SaveIdea(idea))
		for _, filter := range []IdeaFilter{{}, {AnyState: true}, {Dimension: idea.Dimension}, {State: idea.State}} {
			where, arguments := filter.where()
			want := counted(t, tx, `SELECT count(*) FROM idea WHERE `+where, arguments...)
			if tallied := got(tx.CountIdeas(filter))(t); tallied != want {
				rt.Errorf("%+v: %d are tallied and there are %d", filter, tallied, want)
			}
			sum := 0
			for _, count := range got(tx.CountIdeasByState(filter))(t) {
				sum += count
			}
			if sum != want {
				rt.Errorf("%+v: by state there are %d of %d", filter, sum, want)
			}
		}
	})
}

func TestAnsweredQuestionsCountAsTheyAre(t *testing.T) {
	tx := writing(t)
	asker := got(tx.Seen(7, "Baso", "baso", "id", noon))(t)
	calendar := council.NewCalendar(time.UTC, nil)
	for number := range 20 {
		asked := noon.AddDate(0, 0, -number)
		question := council.Question{AskerID: asker.ID, Text: "?", State: council.QuestionWaiting, AskedAt: asked, Target: asked.AddDate(0, 0, 3)}
		if number%3 > 0 {
			question.State = council.QuestionAnswered
			question.Answers = []council.Answer{{MemberID: asker.ID, Text: "!", At: asked.AddDate(0, 0, number%5)}, {MemberID: asker.ID, Text: "+", At: asked.AddDate(0, 0, 9)}}
		}
		if number%6 == 1 {
			question.ReopenedAt = asked.AddDate(0, 0, 6)
		}
		question = got(tx.CreateQuestion(question))(t)
		ok(t, tx.SaveQuestion(question))
	}
	filter := QuestionFilter{AskedSince: noon.AddDate(0, 0, -15)}
	whole := council.CountQuestions(got(tx.Questions(filter, 0, -1))(t), noon, calendar)
	bare := got(tx.CountOpenQuestions(filter, noon))(t)
	ok(t, tx.EachAnswered(filter, func(question council.Question) { bare.Add(question, noon, calendar) }))
	whole.Next = council.Question{Number: whole.Next.Number, Target: whole.Next.Target}
	if difference := cmp.Diff(whole, bare); difference != "" || whole.Answered == 0 || whole.InTime == 0 || whole.Late == 0 || whole.Next.Number == 0 {
		t.Error(difference)
	}
}

func TestWhatWasDoneTogetherAgreesWithTheEvents(t *testing.T) {
	tx := writing(t)
	groups := []council.Group{{ID: 1, Kind: council.KindCouncil}, {ID: 2, Kind: council.KindCommunity}, {ID: 3, Kind: council.KindWorkingGroup}}
	record := func(days int, letter byte, kind council.EventKind, in string, more ...string) {
		detail := map[string]string{council.DetailIn: in}
		for i := 0; i < len(more); i += 2 {
			detail[more[i]] = more[i+1]
		}
		ok(t, tx.Record(council.Event{At: noon.AddDate(0, 0, days), MemberID: 7, Subject: council.Reference{Letter: letter, Number: int64(10 + days)}, Kind: kind, Detail: detail}, ""))
	}
	record(-20, 'T', council.EventProgress, "3")
	record(1, 'T', council.EventProgress, "2,9")
	record(-2, 'T', council.EventProgress, "2")
	record(1, council.OwnReminderLetter, council.EventCreated, "3") // nobody's but one's own
	record(2, 'M', council.EventHeld, "1,2")
	record(3, 'M', council.EventHeld, "1,2")
	record(3, 'M', council.EventUndone, "1,2", council.DetailWhat, string(council.EventHeld))
	record(-5, 'M', council.EventHeld, "1,2")
	want := got(tx.Involvement(council.Span{From: noon, Until: noon.AddDate(0, 0, 30)}, groups))(t)
	together := got(tx.TogetherSince(noon, groups))(t)
	if difference := cmp.Diff(Together{Meetings: want.City.Meetings, Active: want.ActiveGroups()}, together); difference != "" || together.Meetings != 1 || together.Active != 2 {
		t.Errorf("%+v %s", together, difference)
	}
}
