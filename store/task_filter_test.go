package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

// sampleTasks makes tasks 1 to 9 of members 1 to 3 in three groups.
func sampleTasks(t *testing.T, tx *Tx) {
	t.Helper()
	people(t, tx, "Baso", "Sri", "Anwar")
	group(t, tx, -1, 0, council.KindWorkingGroup, council.Environment) // group 1
	group(t, tx, -2, 0, council.KindWorkingGroup, council.Living)      // group 2
	group(t, tx, -3, 0, council.KindCouncil, "")                       // group 3
	due := func(hours int) council.Deadline {
		return council.Deadline{At: noon.Add(time.Duration(hours) * time.Hour), Zone: "Asia/Makassar"}
	}
	for _, task := range []council.Task{
		{Title: "Rekap TONASE bank sampah", GroupID: 1, Deadline: due(-2), Assignees: council.AssignTo(1)},
		{Title: "Foto posko", GroupID: 1, State: council.TaskBlocked, Deadline: due(-1), Assignees: council.AssignTo(1, 2)},
		{Title: "Data puskesmas", GroupID: 2, State: council.TaskInProgress, Deadline: due(3), EvaluationID: 4, Assignees: council.AssignToGroup(2)},
		{Title: "Surat undangan", FullText: "kepada Désa Bontomaté'ne dan Ёлка", GroupID: 3, State: council.TaskSubmitted, Deadline: due(-5), Assignees: council.AssignTo(2)},
		{Title: "Peta jalan 12% 50_50", GroupID: 2, Assignees: council.AssignToGroup(1)},
		{Title: "Sudah", GroupID: 1, State: council.TaskInProgress, Deadline: due(-9), EvaluationID: 4, Assignees: council.AssignTo(1)},
		{Title: "Batal", GroupID: 1, Deadline: due(-9), Assignees: council.AssignTo(3)},
		{Title: "Tanpa grup", Assignees: council.AssignTo(3)},
		{Title: "Milik bersama", GroupID: 2, Deadline: due(1)},
	} {
		create(t, tx, task)
	}
	for number, state := range map[int64]council.TaskState{6: council.TaskDone, 7: council.TaskCancelled} {
		task := got(tx.Task(number))(t)
		task.State = state
		ok(t, tx.SaveTask(task, noon))
	}
}

func TestFiltersOfTasks(t *testing.T) {
	tx := writing(t)
	sampleTasks(t, tx)
	tests := map[string]struct {
		filter TaskFilter
		want   []int64 // open ones first, by deadline, those without one last
	}{
		"all":                                {TaskFilter{}, []int64{4, 1, 2, 9, 3, 5, 8, 6, 7}},
		"of a member":                        {TaskFilter{MemberID: 1}, []int64{1, 2, 6}},
		"of a member, open":                  {TaskFilter{MemberID: 1, OpenOnly: true}, []int64{1, 2}},
		"of a group":                         {TaskFilter{GroupID: 1}, []int64{1, 2, 5, 6, 7}},
		"of a group, open":                   {TaskFilter{GroupID: 1, OpenOnly: true}, []int64{1, 2, 5}},
		"of several groups":                  {TaskFilter{GroupIDs: []int64{1, 3}}, []int64{4, 1, 2, 5, 6, 7}},
		"of a group and a member":            {TaskFilter{GroupID: 1, MemberID: 2}, []int64{2}},
		"of a dimension":                     {TaskFilter{Dimension: council.Living}, []int64{9, 3, 5}},
		"of an evaluation":                   {TaskFilter{EvaluationID: 4}, []int64{3, 6}},
		"of no evaluation that exists":       {TaskFilter{EvaluationID: 5}, nil},
		"due within a span":                  {TaskFilter{OpenOnly: true, Due: Span{Since: noon.Add(-time.Hour), Until: noon.Add(3 * time.Hour)}}, []int64{2, 9}},
		"overdue":                            {TaskFilter{OverdueAt: noon}, []int64{1, 2}},
		"overdue at the deadline itself":     {TaskFilter{OverdueAt: noon.Add(-2 * time.Hour)}, nil},
		"done lately":                        {TaskFilter{EndedSince: noon}, []int64{6}},
		"done since tomorrow":                {TaskFilter{EndedSince: noon.AddDate(0, 0, 1)}, nil},
		"visible to one in no group":         {TaskFilter{VisibleTo: 2}, []int64{4, 2}},
		"visible to one in a group":          {TaskFilter{VisibleTo: 2, GroupIDs: []int64{2}}, []int64{4, 2, 9, 3, 5}},
		"visible by the group's assignment":  {TaskFilter{VisibleTo: 99, GroupIDs: []int64{1}}, []int64{1, 2, 5, 6, 7}},
		"visible to one who has nothing":     {TaskFilter{VisibleTo: 99}, nil},
		"a word in other letters":            {TaskFilter{Words: "tonase"}, []int64{1}},
		"words in any order":                 {TaskFilter{Words: " SAMPAH  rekap "}, []int64{1}},
		"a part of a word":                   {TaskFilter{Words: "puskes"}, []int64{3}},
		"one word missing":                   {TaskFilter{Words: "rekap posko"}, nil},
		"in the full text, with accents":     {TaskFilter{Words: "DÉSA bontomaté'ne"}, []int64{4}},
		"Cyrillic":                           {TaskFilter{Words: "ёЛКА"}, []int64{4}},
		"marks that mean something to LIKE":  {TaskFilter{Words: "12% 50_50"}, []int64{5}},
		"LIKE's marks stand for themselves":  {TaskFilter{Words: "1%s"}, nil},
		"words that one may see":             {TaskFilter{Words: "data", VisibleTo: 1, GroupIDs: []int64{3}}, nil},
		"overdue of a group and a dimension": {TaskFilter{GroupID: 1, Dimension: council.Environment, OverdueAt: noon, OpenOnly: true}, []int64{1, 2}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var numbers []int64
			for _, task := range got(tx.Tasks(test.filter, 0, 20))(t) {
				numbers = append(numbers, task.Number)
				if difference := cmp.Diff(got(tx.Task(task.Number))(t), task); difference != "" {
					t.Errorf("listed otherwise than found:\n%s", difference)
				}
			}
			if difference := cmp.Diff(test.want, numbers); difference != "" {
				t.Error(difference)
			}
			if count := got(tx.CountMatching(test.filter))(t); count != len(test.want) {
				t.Errorf("counted %d", count)
			}
		})
	}
}

func TestPagesOfTasks(t *testing.T) {
	tx := writing(t)
	sampleTasks(t, tx)
	var numbers []int64
	for offset := 0; offset < 12; offset += 4 {
		for _, task := range got(tx.Tasks(TaskFilter{}, offset, 4))(t) {
			numbers = append(numbers, task.Number)
		}
	}
	if difference := cmp.Diff([]int64{4, 1, 2, 9, 3, 5, 8, 6, 7}, numbers); difference != "" {
		t.Error(difference)
	}
}

func TestTheRenamedTaskIsFoundByItsNewWordsAlone(t *testing.T) {
	tx := writing(t)
	task := create(t, tx, council.Task{Title: "Rekap tonase"})
	task.Title = "Rekap kompos"
	ok(t, tx.SaveTask(task, noon))
	for word, want := range map[string]int{"tonase": 0, "kompos": 1} {
		if count := got(tx.CountMatching(TaskFilter{Words: word}))(t); count != want {
			t.Errorf("%s: %d", word, count)
		}
	}
}

func TestCountsOfTasks(t *testing.T) {
	tx := writing(t)
	sampleTasks(t, tx)
	tests := map[string]struct {
		filter     TaskFilter
		now, since time.Time
		want       council.Counts
	}{
		// Overdue ones that are new or in progress are running, too; what is
		// handed in is not overdue; cancelled ones count nowhere.
		"all":               {TaskFilter{}, noon, noon, council.Counts{Running: 6, Blocked: 1, Overdue: 2, Submitted: 1, Done: 1}},
		"later":             {TaskFilter{}, noon.Add(2 * time.Hour), noon, council.Counts{Running: 6, Blocked: 1, Overdue: 3, Submitted: 1, Done: 1}},
		"done last month":   {TaskFilter{}, noon, noon.Add(time.Hour), council.Counts{Running: 6, Blocked: 1, Overdue: 2, Submitted: 1}},
		"of a group":        {TaskFilter{GroupID: 1}, noon, noon, council.Counts{Running: 2, Blocked: 1, Overdue: 2, Done: 1}},
		"of an evaluation":  {TaskFilter{EvaluationID: 4}, noon, noon, council.Counts{Running: 1, Done: 1}},
		"of nobody's group": {TaskFilter{GroupID: 77}, noon, noon, council.Counts{}},
	}
	for name, test := range tests {
		if difference := cmp.Diff(test.want, got(tx.CountTasks(test.filter, test.now, test.since))(t)); difference != "" {
			t.Errorf("%s:\n%s", name, difference)
		}
	}
}
