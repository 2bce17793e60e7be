package store

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// share lets a task of the sample belong to groups beside its own.
func share(t testing.TB, tx *Tx, number int64, groups ...int64) {
	t.Helper()
	task := got(tx.Task(number))(t)
	task.Partners = groups
	ok(t, tx.SavePartners(task))
}

// await lets a task of the sample wait for others.
func await(t testing.TB, tx *Tx, number int64, awaited ...int64) {
	t.Helper()
	task := got(tx.Task(number))(t)
	task.Waits = nil
	for _, other := range awaited {
		task.Waits = append(task.Waits, council.Awaited{Number: other})
	}
	ok(t, tx.SaveWaits(task))
}

func TestWhatTiesATaskIsReadWithIt(t *testing.T) {
	tx := writing(t)
	sampleTasks(t, tx)
	share(t, tx, 1, 2, 3)
	await(t, tx, 2, 1, 6) // 6 is done
	await(t, tx, 4, 1)
	await(t, tx, 7, 1) // which is cancelled
	one, two := got(tx.Task(1))(t), got(tx.Task(2))(t)
	if difference := cmp.Diff([]any{[]int64{2, 3}, []council.Awaited(nil), []int64{2, 4}}, []any{one.Partners, one.Waits, one.AwaitedBy}); difference != "" {
		t.Errorf("T-1:\n%s", difference)
	}
	if difference := cmp.Diff([]council.Awaited{{Number: 1}, {Number: 6, Over: true}}, two.Waits); difference != "" {
		t.Errorf("T-2:\n%s", difference)
	}
	if difference := cmp.Diff(one, got(tx.Tasks(TaskFilter{GroupID: 3, OpenOnly: true}, 0, 9))(t)[1]); difference != "" {
		t.Errorf("in a list it is another:\n%s", difference)
	}
	if difference := cmp.Diff(council.Waits{2: {1, 6}, 4: {1}, 7: {1}}, got(tx.Waits())(t)); difference != "" {
		t.Errorf("all:\n%s", difference)
	}
	await(t, tx, 2)
	await(t, tx, 4)
	await(t, tx, 7)
	share(t, tx, 1)
	if tied := number(t, tx, `SELECT count(*) FROM task WHERE tied`); tied != 0 {
		t.Errorf("%d tasks are tied to nothing", tied)
	}
	if plain := got(tx.Task(1))(t); plain.Partners != nil || plain.AwaitedBy != nil {
		t.Errorf("T-1 is tied: %+v", plain)
	}
}

// TestWhatHasEndedIsAwaitedAgainWhenTakenUp asks for no change of who waits.
func TestWhatHasEndedIsAwaitedAgainWhenTakenUp(t *testing.T) {
	tx := writing(t)
	sampleTasks(t, tx)
	await(t, tx, 2, 1)
	for _, state := range []council.TaskState{council.TaskDone, council.TaskInProgress, council.TaskCancelled, council.TaskNew} {
		awaited := got(tx.Task(1))(t)
		awaited.State = state
		ok(t, tx.SaveTask(awaited, noon))
		if waiting := got(tx.Task(2))(t).Waiting(); waiting == state.Ended() {
			t.Errorf("T-1 is %s, and T-2 waits: %v", state, waiting)
		}
	}
}

func TestSharedTasksAreInAllTheirGroupsAndOnceInTheCity(t *testing.T) {
	tx := writing(t)
	sampleTasks(t, tx)
	share(t, tx, 9, 1)
	share(t, tx, 2, 2)
	await(t, tx, 3, 9)
	tests := map[string]struct {
		filter TaskFilter
		want   []int64
	}{
		"of the partner":            {TaskFilter{GroupID: 1, OpenOnly: true}, []int64{1, 2, 9, 5}},
		"of its own group":          {TaskFilter{GroupID: 2, OpenOnly: true}, []int64{2, 9, 3, 5}},
		"of both groups":            {TaskFilter{GroupIDs: []int64{1, 2}, OpenOnly: true}, []int64{1, 2, 9, 3, 5}},
		"that somebody may see":     {TaskFilter{VisibleTo: 3, GroupIDs: []int64{1}, OpenOnly: true}, []int64{1, 2, 9, 5, 8}},
		"of a dimension":            {TaskFilter{Dimension: council.Environment, OpenOnly: true}, []int64{1, 2, 9}},
		"shared, of a group":        {TaskFilter{GroupID: 1, Shared: true}, []int64{2, 9}},
		"awaited, of a group":       {TaskFilter{GroupID: 1, Awaited: true}, []int64{9}},
		"awaited, of another group": {TaskFilter{GroupID: 3, Awaited: true}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var numbers []int64
			for _, task := range got(tx.Tasks(test.filter, 0, 50))(t) {
				numbers = append(numbers, task.Number)
			}
			if difference := cmp.Diff(test.want, numbers); difference != "" {
				t.Error(difference)
			}
			if count := got(tx.CountMatching(test.filter))(t); count != len(test.want) {
				t.Errorf("counted %d", count)
			}
		})
	}
	if counts := got(tx.countAll(TaskFilter{}, noon))(t); counts.Total != 8 {
		t.Errorf("the city has %d tasks", counts.Total)
	}
	want := []council.DimensionCount{{Total: 2}, {Dimension: council.Environment, Done: 1, Total: 4}, {Dimension: council.Living, Total: 4}}
	if difference := cmp.Diff(want, got(tx.CountByDimension(TaskFilter{}))(t)); difference != "" {
		t.Errorf("by dimension:\n%s", difference)
	}
	again := group(t, tx, -9, 0, council.KindWorkingGroup, council.Living)
	share(t, tx, 9, 1, again.ID)
	share(t, tx, 6, 2, again.ID) // which is done
	want[2] = council.DimensionCount{Dimension: council.Living, Done: 1, Total: 5}
	if difference := cmp.Diff(want, got(tx.CountByDimension(TaskFilter{}))(t)); difference != "" {
		t.Errorf("counted twice in one dimension:\n%s", difference)
	}
}

// TestWhoseTasksAllWaitOwesNothing for an evaluation.
func TestWhoseTasksAllWaitOwesNothing(t *testing.T) {
	tx := writing(t)
	sampleTasks(t, tx)
	if owners := got(tx.OpenOwners(TaskFilter{}))(t); !slices.Equal(owners, []int64{1, 2, 3}) {
		t.Fatalf("owners %v", owners)
	}
	await(t, tx, 8, 1)
	if owners := got(tx.OpenOwners(TaskFilter{}))(t); !slices.Equal(owners, []int64{1, 2}) {
		t.Errorf("T-8 waits, and owners are %v", owners)
	}
	await(t, tx, 8, 6)
	if owners := got(tx.OpenOwners(TaskFilter{}))(t); !slices.Equal(owners, []int64{1, 2, 3}) {
		t.Errorf("what T-8 waited for is done, and owners are %v", owners)
	}
}

func TestSharedTasksFollowAGroupThatWasLinkedAnew(t *testing.T) {
	tx := writing(t)
	sampleTasks(t, tx)
	old := group(t, tx, oldChat, 0, council.KindWorkingGroup, council.Economy)
	share(t, tx, 1, 2, old.ID)
	anew := group(t, tx, newChat, 0, council.KindWorkingGroup, council.Economy)
	own := create(t, tx, council.Task{Title: "x", GroupID: anew.ID, Partners: []int64{2, old.ID}})
	ok(t, tx.Migrate(oldChat, newChat))
	if partners := got(tx.Task(1))(t).Partners; !slices.Equal(partners, []int64{2, anew.ID}) {
		t.Errorf("T-1 is shared with %v", partners)
	}
	if partners := got(tx.Task(own.Number))(t).Partners; !slices.Equal(partners, []int64{2}) {
		t.Errorf("a task of the group's own is shared with %v", partners)
	}
}

func TestACardThatIsLeft(t *testing.T) {
	tx := writing(t)
	card := got(tx.Card("T-1", "task", -1, 0))(t)
	ok(t, tx.Queue(Outgoing{ChatID: -1, Kind: KindCard, CardID: card.ID, Payload: Payload{Text: "kartu", Subject: "T-1", About: "task"}}, noon))
	ok(t, tx.Sent(got(tx.Claim(1))(t), 31, noon))
	ok(t, tx.Queue(Outgoing{ChatID: -1, Kind: KindCard, CardID: card.ID, Payload: Payload{Text: "kartu baru"}}, noon))
	ok(t, tx.LeaveCard(card.ID))
	if subject, kind, err := tx.MessageAbout(-1, 31); subject != "T-1" || kind != "task" || err != nil {
		t.Errorf("what the message was about: %q %q %v", subject, kind, err)
	}
	if cards := got(tx.Cards("T-1"))(t); len(cards) != 0 {
		t.Errorf("cards %+v", cards)
	}
	if open := got(tx.OpenOutbox())(t); len(open) != 0 {
		t.Errorf("waits to be sent: %+v", open)
	}
}

func TestSummariesArePlannedOnce(t *testing.T) {
	tx := writing(t)
	week := func(number int64, due time.Time) council.Reminder {
		return council.Reminder{Subject: council.Reference{Letter: council.WeekLetter, Number: number}, Step: council.StepSummary, Audience: council.ToBot,
			Anchor: noon, Due: due}
	}
	begun, next := week(202623, noon.Add(-time.Hour)), week(202624, noon.Add(time.Hour))
	ok(t, tx.PlanSummaries([]council.Reminder{begun, next}, noon.Add(-2*time.Hour)))
	ok(t, tx.PlanSummaries([]council.Reminder{week(202624, noon.Add(3*time.Hour))}, noon))
	acts := got(tx.DueActs(noon.Add(9 * time.Hour)))(t)
	if len(acts) != 2 || !acts[0].Due.Equal(begun.Due) || !acts[1].Due.Equal(noon.Add(3*time.Hour)) {
		t.Fatalf("planned %+v", acts)
	}
	ok(t, tx.EndReminder(acts[1].ID, true, "due", noon))
	ok(t, tx.PlanSummaries([]council.Reminder{week(202624, noon.Add(5*time.Hour))}, noon))
	if again := got(tx.DueActs(noon.Add(9 * time.Hour)))(t); len(again) != 1 {
		t.Errorf("a week that was summed up is again: %+v", again)
	}
}
