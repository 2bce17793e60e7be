package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func milestone(kind council.MilestoneKind, at time.Time, zone string) council.Milestone {
	return council.Milestone{Kind: kind, Deadline: council.Deadline{At: at, Zone: zone}}
}

// stageOne has its milestones in another order than that of their dates.
func stageOne(t *testing.T, tx *Tx) council.Evaluation {
	t.Helper()
	return got(tx.CreateEvaluation(council.Evaluation{
		Name: "Evaluasi Smart City Tahap I", State: council.EvaluationOpen, CreatedBy: 3, CreatedAt: noon,
		Milestones: []council.Milestone{
			milestone(council.MilestonePresentation, noon.AddDate(0, 0, 10), "Asia/Makassar"),
			milestone(council.MilestoneUpload, noon.AddDate(0, 0, 9), "Asia/Jakarta"),
		},
	}))(t)
}

func TestAnEvaluationIsReadAsItWasCreated(t *testing.T) {
	tx := writing(t)
	e := stageOne(t, tx)
	if e.Number != 1 || e.Version != 1 || e.Milestones[0].ID == 0 || e.Milestones[0].ID == e.Milestones[1].ID {
		t.Errorf("created %+v", e)
	}
	e.Milestones[0], e.Milestones[1] = e.Milestones[1], e.Milestones[0]
	if difference := cmp.Diff(e, got(tx.Evaluation(1))(t)); difference != "" {
		t.Errorf("milestones in the order of their dates:\n%s", difference)
	}
	if _, err := tx.Evaluation(2); !errors.Is(err, ErrNotFound) {
		t.Errorf("no evaluation: %v", err)
	}
}

func TestTheRhythmOfAnEvaluationIsKept(t *testing.T) {
	tx := writing(t)
	tests := map[string]struct {
		rhythm  council.Rhythm
		wording string
	}{
		"all of it":          {council.Rhythm{Groups: council.Ladder{21, 7, 0}, Council: council.Ladder{3}, Leader: council.Ladder{5}, Minute: 585}, "Mohon \"dicek\"."},
		"a ladder of none":   {council.Rhythm{Leader: council.Ladder{}}, ""},
		"the hour":           {council.Rhythm{Minute: 900}, ""},
		"the sentence alone": {council.Rhythm{}, "Mohon dicek."},
		"nothing of its own": {council.Rhythm{}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.rhythm.Wording = test.wording
			made := got(tx.CreateEvaluation(council.Evaluation{Name: "x", State: council.EvaluationOpen, CreatedAt: noon, Rhythm: test.rhythm}))(t)
			if difference := cmp.Diff(made, got(tx.Evaluation(made.Number))(t)); difference != "" || made.Rhythm.Wording != test.wording {
				t.Errorf("created:\n%s", difference)
			}
			plain := stageOne(t, tx)
			plain.Rhythm = test.rhythm
			ok(t, tx.SaveEvaluation(plain))
			kept := got(tx.Evaluation(plain.Number))(t)
			if difference := cmp.Diff(test.rhythm, kept.Rhythm); difference != "" || kept.Rhythm.Wording != test.wording {
				t.Errorf("saved with %q:\n%s", kept.Rhythm.Wording, difference)
			}
		})
	}
}

func TestMilestonesAreChangedAddedAndRemoved(t *testing.T) {
	tx := writing(t)
	stageOne(t, tx)
	other := stageOne(t, tx)
	e := got(tx.Evaluation(1))(t)
	before := got(tx.Evaluation(1))(t)
	upload, presentation := e.Milestones[0], e.Milestones[1]
	upload.Deadline = council.Deadline{At: noon.AddDate(0, 1, 0), Zone: "Asia/Jayapura"}
	tests := []struct {
		name string
		have []council.Milestone
	}{
		{"one moved behind the other", []council.Milestone{presentation, upload}},
		{"one added", []council.Milestone{milestone(council.MilestoneInternal, noon.AddDate(0, 0, 7), "Asia/Makassar"), presentation, upload}},
		{"one removed", []council.Milestone{upload}},
		{"the last removed", nil},
		{"all back, as undone", before.Milestones},
	}
	for i, test := range tests {
		e.Milestones, e.Version, e.Name = test.have, int64(i+2), test.name
		ok(t, tx.SaveEvaluation(e))
		if difference := cmp.Diff(e, got(tx.Evaluation(1))(t)); difference != "" {
			t.Errorf("%s:\n%s", test.name, difference)
		}
		for _, m := range e.Milestones {
			if m.ID == 0 {
				t.Errorf("%s: no id for %+v", test.name, m)
			}
		}
	}
	if count := len(got(tx.Evaluation(other.Number))(t).Milestones); count != 2 {
		t.Errorf("another evaluation has %d milestones", count)
	}
}

func TestEvaluationsBeingPrepared(t *testing.T) {
	tx := writing(t)
	var want []council.Evaluation
	for _, state := range []council.EvaluationState{council.EvaluationOpen, council.EvaluationClosed, council.EvaluationPostponed, council.EvaluationCancelled} {
		e := stageOne(t, tx)
		e.State = state
		ok(t, tx.SaveEvaluation(e))
		if state == council.EvaluationOpen || state == council.EvaluationPostponed {
			want = append(want, got(tx.Evaluation(e.Number))(t))
		}
	}
	if difference := cmp.Diff(want, got(tx.Evaluations())(t)); difference != "" {
		t.Error(difference)
	}
}

func TestWhichTasksServeAnEvaluation(t *testing.T) {
	tx := writing(t)
	e := stageOne(t, tx)
	last := noon.AddDate(0, 0, 10)
	due := func(at time.Time) council.Deadline { return council.Deadline{At: at, Zone: "Asia/Makassar"} }
	pokja := group(t, tx, -1, 0, council.KindWorkingGroup, council.Living)
	list := people(t, tx, "Baso", "Sri", "Anwar")
	named := create(t, tx, council.Task{Title: "menyebutnya", EvaluationID: e.Number, Deadline: due(last.AddDate(1, 0, 0)), GroupID: pokja.ID, Assignees: council.AssignTo(list[1].ID)})
	loose := create(t, tx, council.Task{Title: "tanpa evaluasi", Deadline: due(last), Assignees: council.AssignTo(list[0].ID, list[1].ID)})
	create(t, tx, council.Task{Title: "sesudahnya", Deadline: due(last.Add(time.Millisecond)), Assignees: council.AssignTo(list[2].ID)})
	create(t, tx, council.Task{Title: "evaluasi lain", EvaluationID: 9, Assignees: council.AssignTo(list[2].ID)})
	undated := create(t, tx, council.Task{Title: "tanpa tenggat", State: council.TaskSubmitted})
	ended := func(at time.Time) council.Task {
		task := create(t, tx, council.Task{Title: "selesai", GroupID: pokja.ID, Assignees: council.AssignTo(list[2].ID)})
		task.State = council.TaskDone
		ok(t, tx.SaveTask(task, at))
		return task
	}
	ended(noon.Add(-time.Hour))
	during := ended(noon.Add(time.Hour))

	numbers := func() []int64 {
		var numbers []int64
		for _, task := range got(tx.Tasks(got(tx.TasksFor(e))(t), 0, 20))(t) {
			numbers = append(numbers, task.Number)
		}
		return numbers
	}
	if difference := cmp.Diff([]int64{loose.Number, named.Number, undated.Number, during.Number}, numbers()); difference != "" {
		t.Errorf("while it is the only one:\n%s", difference)
	}
	owners := got(tx.OpenOwners(got(tx.TasksFor(e))(t)))(t)
	if difference := cmp.Diff([]int64{list[0].ID, list[1].ID}, owners); difference != "" {
		t.Errorf("owners:\n%s", difference)
	}
	for i, want := range [][]int64{{loose.Number}, {loose.Number, named.Number}, {during.Number}} { // of one of them alone
		filter := got(tx.TasksFor(e))(t)
		filter.MemberID = list[i].ID
		var numbers []int64
		for _, task := range got(tx.Tasks(filter, 0, 20))(t) {
			numbers = append(numbers, task.Number)
		}
		owners, owns := got(tx.OpenOwners(filter))(t), i < 2
		if !slices.Equal(numbers, want) || slices.Contains(owners, list[i].ID) != owns {
			t.Errorf("of %s: tasks %v, owners %v", list[i].Name, numbers, owners)
		}
	}
	want := []council.DimensionCount{{Total: 2}, {Dimension: council.Living, Done: 1, Total: 2}}
	if difference := cmp.Diff(want, got(tx.CountByDimension(got(tx.TasksFor(e))(t)))(t)); difference != "" {
		t.Errorf("by dimension:\n%s", difference)
	}
	stageOne(t, tx)
	if difference := cmp.Diff([]int64{named.Number}, numbers()); difference != "" {
		t.Errorf("beside another one:\n%s", difference)
	}
}

func TestAnOwnerIsOneWhoHasSomethingOpen(t *testing.T) {
	tx := writing(t)
	filter := TaskFilter{EvaluationID: 4}
	states := []council.TaskState{council.TaskNew, council.TaskInProgress, council.TaskBlocked, council.TaskSubmitted, council.TaskDone}
	task := council.Task{Title: "x", EvaluationID: 4}
	for i, state := range states {
		task.Assignees = append(task.Assignees, council.Assignee{MemberID: int64(i + 1), State: state})
	}
	task.Assignees = append(task.Assignees, council.Assignee{GroupID: 5, State: council.TaskNew})
	task = create(t, tx, task)
	create(t, tx, council.Task{Title: "y", EvaluationID: 4, Assignees: council.AssignTo(1)})
	create(t, tx, council.Task{Title: "z", EvaluationID: 4, State: council.TaskCancelled, Assignees: council.AssignTo(8)})
	create(t, tx, council.Task{Title: "lain", EvaluationID: 5, Assignees: council.AssignTo(9)})
	if difference := cmp.Diff([]int64{1, 2, 3}, got(tx.OpenOwners(filter))(t)); difference != "" {
		t.Error(difference)
	}
}
