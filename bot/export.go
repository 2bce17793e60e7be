package bot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What can be exported. These words stand in buttons and in the outbox: they are
// added to, never changed.
const (
	exportEvaluation = "evaluation"
	exportTasks      = "tasks"
	exportIdeas      = "ideas"
	exportQuestions  = "questions"
	exportPDF        = "pdf"
)

// exports lists what can be exported, as it is offered.
var exports = [][]string{{exportEvaluation, exportTasks}, {exportIdeas, exportQuestions}, {exportPDF}}

// pressExport is what its buttons mean: what is exported, and of which evaluation.
const pressExport = "export"

// export is /ekspor, for coordinators: the lists of the city as sheets, and a
// summary for the head of the region. Names stand in them, so they go to one person.
func (r *request) export() error {
	if err := r.mayExport(); err != nil {
		return err
	}
	word, rest := firstWord(r.text)
	what, known := locale.Meaning("export", word)
	if !known {
		return r.offerExports()
	}
	reference, named := council.ParseReference(rest)
	if !named && !r.about.IsZero() {
		reference = r.about
	}
	if reference.Letter == council.EvaluationLetter && ofEvaluation(what) {
		return r.sendExport(what, reference.Number)
	}
	_, err := r.exportSome(what)
	return err
}

// ofEvaluation tells whether an export is about one evaluation.
func ofEvaluation(what string) bool { return what == exportEvaluation || what == exportPDF }

// mayExport refuses everybody but coordinators, and groups.
func (r *request) mayExport() error {
	if err := r.mayInPlace(council.ActionExport); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("export_in_private")
	}
	return nil
}

func (r *request) offerExports() error {
	var rows [][]store.Button
	for _, together := range exports {
		var row []store.Button
		for _, what := range together {
			row = append(row, store.Button{Text: r.speak.Say("export.button." + what), Data: data(pressExport, what)})
		}
		rows = append(rows, row)
	}
	return r.reply(r.speak.Say("export.which"), rows...)
}

// pressExport sends what was chosen.
func (r *request) pressExport(arguments pressArguments) error {
	if err := r.mayExport(); err != nil {
		return err
	}
	what := arguments.text(0)
	if !slices.Contains(slices.Concat(exports...), what) {
		return r.stale()
	}
	sent, err := true, error(nil)
	if number := arguments.number(1); number != 0 && ofEvaluation(what) {
		err = r.sendExport(what, number)
	} else {
		sent, err = r.exportSome(what)
	}
	switch {
	case err != nil:
		return err
	case !sent:
		return r.toast("")
	}
	return r.toast(r.speak.Say("export.making"))
}

// exportSome sends what needs no evaluation, and else that of the only one that is
// being prepared; where there are several it asks. sent is false where nothing is on
// its way.
func (r *request) exportSome(what string) (sent bool, err error) {
	switch what {
	case exportIdeas:
		return false, r.exportIdeas(ideaChoice{}) // which says itself what comes
	case exportTasks, exportQuestions:
		return true, r.sendExport(what, 0)
	}
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return false, err
	}
	open := slices.DeleteFunc(slices.Clone(evaluations), func(e council.Evaluation) bool { return e.State != council.EvaluationOpen })
	switch {
	case len(open) == 1:
		return true, r.sendExport(what, open[0].Number)
	case len(evaluations) == 1:
		return true, r.sendExport(what, evaluations[0].Number)
	case len(evaluations) == 0 && what == exportPDF:
		return true, r.sendExport(what, 0)
	case len(evaluations) == 0:
		return false, council.Refuse("export_no_evaluation")
	}
	return false, r.askExported(what, evaluations)
}

// evaluationsAsked is how many evaluations are offered, the newest first.
const evaluationsAsked = 8

func (r *request) askExported(what string, evaluations []council.Evaluation) error {
	slices.SortFunc(evaluations, func(a, b council.Evaluation) int { return int(b.Number - a.Number) })
	var rows [][]store.Button
	for _, evaluation := range evaluations[:min(len(evaluations), evaluationsAsked)] {
		label := evaluation.Reference().String() + " · " + shorten(evaluation.Name, phraseLimit)
		rows = append(rows, []store.Button{{Text: label, Data: data(pressExport, what, evaluation.Number)}})
	}
	return r.reply(r.speak.Say("export.which_evaluation"), rows...)
}

// sendExport sends a file, which is made when it leaves.
func (r *request) sendExport(what string, number int64) error {
	caption := r.speak.Say("export.made." + what)
	if number != 0 {
		evaluation, err := r.tx.Evaluation(number)
		if err != nil {
			return errorsOr(err, council.Refuse("no_such_thing", "Reference", council.EvaluationReference(number).String()))
		}
		caption = r.speak.Say("export.made_of."+what, "Reference", evaluation.Reference().String(), "Name", evaluation.Name)
	}
	if err := r.record(council.Reference{}, council.EventExported, "", "what", what, "evaluation", idText(number)); err != nil {
		return err
	}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: caption, Files: []store.File{r.exported(what, number)}}})
}

// exported is the file of an export; number is the evaluation's, or 0.
func (r *request) exported(what string, number int64) store.File {
	name := r.speak.Say("export.file."+what, "Day", r.day().String())
	if number != 0 {
		name = r.speak.Say("export.file_of."+what, "Day", r.day().String(), "Reference", strings.ToLower(council.EvaluationReference(number).String()))
	}
	return store.File{Kind: fileDocument, Maker: makerExport, Name: name,
		Arguments: []string{what, r.speak.Language, strconv.FormatInt(number, 10), strconv.FormatInt(r.actor.ID, 10)}}
}
