package bot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// evaluationPack is the button [Unduh ZIP].
const evaluationPack = "zip"

// What a pack may take to be sent: so many bytes in each part, below Telegram's
// limit by what changes until it is made, and so many parts. A larger one is written
// on the server.
const (
	packPartLimit = uploadLimit - 3<<20
	packParts     = 10
)

// offerPack offers every coordinator the pack of an evaluation before its
// presentation. Where nothing is filed there is nothing to offer.
func (r *request) offerPack(due council.Reminder) error {
	evaluation, err := r.tx.Evaluation(due.Subject.Number)
	if err != nil {
		return notFoundIsNil(err)
	}
	if _, ahead := evaluation.Next(r.now); !ahead || evaluation.State != council.EvaluationOpen {
		return nil // after an outage: it has lost its point
	}
	contents, err := r.packOf(evaluation.Number, r.speak)
	if err != nil || contents.Files() == 0 {
		return err
	}
	return r.tellCoordinators(evaluation.Reference().String(), aboutEvaluation, func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		text := evaluation.Reference().String() + " · " + evaluation.Name + "\n" + packWords(speak, "pack.offer", contents)
		return text, [][]store.Button{packRow(speak, evaluation)}, nil
	})
}

func packRow(speak locale.Speaker, evaluation council.Evaluation) []store.Button {
	return []store.Button{button(speak, "pack", pressEvaluation, evaluationPack, evaluation.Number)}
}

// packButton stands below an evaluation that a coordinator looks at in private, when
// something is filed for it.
func (r *request) packButton(evaluation council.Evaluation) ([][]store.Button, error) {
	if allowed, _ := council.May(r.actor, council.ActionExport, council.Scope{}); !allowed || !r.private {
		return nil, nil
	}
	standings, err := r.tx.Standings(evaluation.Number)
	filed := func(standing council.IndicatorStanding) bool { return standing.Pieces > 0 }
	if err != nil || !slices.ContainsFunc(standings, filed) {
		return nil, err
	}
	return [][]store.Button{packRow(r.speak, evaluation)}, nil
}

func (r *request) packOf(evaluation int64, speak locale.Speaker) (report.PackContents, error) {
	return report.GatherPack(r.tx, evaluation, r.city.Name, speak, r.now, r.city.Zone)
}

// packWords says what a pack holds, and of how many indicators something is missing.
func packWords(speak locale.Speaker, key string, contents report.PackContents) string {
	text := speak.Say(key, "Indicators", speak.Count("pack.indicators", len(contents.Indicators)), "Files", speak.Count("pack.files", contents.Files()))
	open := 0
	for _, indicator := range contents.Indicators {
		if indicator.State() != council.EvidenceVerified {
			open++
		}
	}
	if open > 0 {
		text += "\n" + speak.Say("pack.incomplete", "Indicators", speak.Count("pack.indicators", open))
	}
	return text
}

// sendPack is [Unduh ZIP]: it brings the coordinator the pack in private, in as many
// parts as Telegram asks for; of one that is too large it says how it is written on
// the server.
func (r *request) sendPack(number int64) error {
	if err := r.may(council.ActionExport, council.Scope{}); err != nil {
		return err
	}
	evaluation, err := r.evaluation(council.EvaluationReference(number))
	if err != nil {
		return err
	}
	if r.actor.Reach != council.ReachOpen {
		return council.Refuse("pack_unreachable")
	}
	contents, err := r.packOf(number, r.speak)
	switch {
	case err != nil:
		return err
	case contents.Files() == 0:
		return council.Refuse("pack_empty", "Reference", evaluation.Reference().String())
	}
	cuts, fits := report.CutPack(contents, packPartLimit)
	if contents.Cuts = cuts; !fits || contents.Parts() > packParts {
		text := r.speak.Say("pack.server", "Reference", evaluation.Reference().String(), "Size", contents.SizeWords())
		if _, err := r.tell(r.actor.Member, evaluation.Reference().String(), aboutEvaluation, text); err != nil {
			return err
		}
		return r.toast(r.speak.Say("pack.toast_server"))
	}
	if err := r.queuePack(contents); err != nil {
		return err
	}
	if err := r.record(evaluation.Reference(), council.EventPacked, "", "parts", strconv.Itoa(contents.Parts())); err != nil {
		return err
	}
	return r.toast(r.speak.Say("pack.toast"))
}

func (r *request) queuePack(contents report.PackContents) error {
	reference := contents.Evaluation.Reference().String()
	text := reference + " · " + contents.Evaluation.Name + "\n" + packWords(r.speak, "pack.sent", contents)
	if contents.Parts() > 1 {
		text += "\n" + r.speak.Say("pack.in_parts", "N", contents.Parts())
	}
	arguments := []string{strconv.FormatInt(contents.Evaluation.Number, 10), r.speak.Language, strconv.FormatInt(r.now.UnixMilli(), 10), idText(r.actor.ID)}
	var files []store.File
	for contents.Part = range contents.Parts() {
		of := append(slices.Clip(arguments), strconv.Itoa(contents.Part))
		files = append(files, store.File{Kind: fileDocument, Maker: makerPack, Name: contents.Name(), Arguments: append(of, cutWords(contents.Cuts)...)})
	}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.actor.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, Files: files, Subject: reference, About: aboutEvaluation}})
}

// cutWords writes where a pack is cut: "ENV-08/17".
func cutWords(cuts []report.PackKey) []string {
	words := make([]string, len(cuts))
	for i, cut := range cuts {
		words[i] = cut.Code + "/" + strconv.FormatInt(cut.Number, 10)
	}
	return words
}

func readCuts(words []string) ([]report.PackKey, error) {
	cuts := make([]report.PackKey, len(words))
	for i, word := range words {
		code, number, _ := strings.Cut(word, "/")
		parsed, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, err
		}
		cuts[i] = report.PackKey{Code: code, Number: parsed}
	}
	return cuts, nil
}
