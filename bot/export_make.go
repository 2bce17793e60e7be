package bot

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerExport stands in the outbox for an export.
const makerExport = "export"

// makeExport makes an export of what the database says now. Arguments: what is
// exported, the language, the number of the evaluation (0 for none), and the id of
// the member who asked for it, who must still be allowed to.
func makeExport(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 4 {
		return nil, errors.New("export: what, a language, a number and a member are expected")
	}
	evaluation, asked := pressArguments(arguments).number(2), pressArguments(arguments).number(3)
	r, err := b.askedBy(tx, asked, arguments[1])
	if err != nil {
		return nil, err
	}
	if err := r.mayExport(); err != nil {
		return nil, err
	}
	switch arguments[0] {
	case exportTasks:
		return workbook(r.taskSheets())
	case exportQuestions:
		return workbook(r.questionSheets())
	case exportEvaluation:
		return workbook(r.evaluationSheets(evaluation))
	case exportPDF:
		return r.summaryPDF(evaluation)
	}
	return nil, errors.New("export: nothing is called that")
}

func workbook(sheets []report.Sheet, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	var content bytes.Buffer
	err = report.WriteWorkbook(&content, sheets...)
	return content.Bytes(), err
}

// taskSheets are all tasks by their number, with names.
func (r *request) taskSheets() ([]report.Sheet, error) {
	tasks, err := r.tx.Tasks(store.TaskFilter{}, 0, -1)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(tasks, func(a, b council.Task) int { return cmp.Compare(a.Number, b.Number) })
	groups := r.namesOfGroups()
	lines := make([]report.TaskLine, len(tasks))
	for i, task := range tasks {
		if lines[i], err = r.taskLine(task, groups); err != nil {
			return nil, err
		}
	}
	return []report.Sheet{report.TasksSheet(lines, r.city.Zone, r.speak)}, nil
}

func (r *request) taskLine(task council.Task, groups func(int64) (string, error)) (line report.TaskLine, err error) {
	line.Task = task
	if line.Persons, err = r.personsOf(r.tx, r.speak, task); err != nil {
		return line, err
	}
	var names []string
	for _, id := range task.Groups() {
		name, err := groups(id)
		if err != nil {
			return line, err
		}
		names = append(names, name)
	}
	line.Groups = strings.Join(names, ", ")
	indicator, err := r.tx.IndicatorOfTask(task.Number)
	if err != nil {
		return line, err
	}
	line.Indicator = indicator.Code
	idea, err := r.tx.IdeaOfTask(task.Number)
	if idea != 0 {
		line.Idea = council.Reference{Letter: council.IdeaLetter, Number: idea}.String()
	}
	return line, notFoundIsNil(err)
}

// namesOfGroups gives what names a group, and asks for each only once.
func (r *request) namesOfGroups() func(int64) (string, error) {
	known := map[int64]string{0: ""}
	return func(id int64) (string, error) {
		if name, is := known[id]; is {
			return name, nil
		}
		group, err := r.tx.Group(id)
		switch {
		case errors.Is(err, store.ErrNotFound):
			known[id] = r.speak.Say("question.former_group")
		case err != nil:
			return "", err
		default:
			known[id] = group.Title // as in the sheet of questions: a kind may have several
		}
		return known[id], nil
	}
}

// questionSheets are all questions by their number, but for those that were taken
// back. Who did not wish to be named is not.
func (r *request) questionSheets() ([]report.Sheet, error) {
	questions, err := r.tx.Questions(store.QuestionFilter{}, 0, -1)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(questions, func(a, b council.Question) int { return cmp.Compare(a.Number, b.Number) })
	var lines []report.QuestionLine
	for _, question := range questions {
		if question.Outcome == council.OutcomeWithdrawn {
			continue
		}
		line := report.QuestionLine{Question: question}
		if line.From, err = r.askedFrom(r.speak, question); err != nil {
			return nil, err
		}
		if line.To, err = r.addresseeName(r.speak, question.To); err != nil {
			return nil, err
		}
		if question.Text == "" {
			line.Text = r.speak.Say("question.only_files")
		}
		lines = append(lines, line)
	}
	return []report.Sheet{report.QuestionsSheet(lines, r.now, r.city.Timing.Calendar, r.speak)}, nil
}

// evaluationSheets are an evaluation with its indicators and their evidence.
func (r *request) evaluationSheets(number int64) ([]report.Sheet, error) {
	evaluation, err := r.tx.Evaluation(number)
	if err != nil {
		return nil, err
	}
	book := report.EvaluationBook{Evaluation: evaluation, Zone: r.city.Zone, Tasks: map[int64][]council.Task{}}
	if book.Standings, err = r.tx.Standings(number); err != nil {
		return nil, err
	}
	if book.Evidence, err = r.tx.EvidenceFor(number); err != nil {
		return nil, err
	}
	for _, standing := range book.Standings {
		if book.Tasks[standing.ID], err = r.tx.TasksOfIndicator(standing.ID); err != nil {
			return nil, err
		}
	}
	return book.Sheets(r.speak), nil
}
