package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// What is done by button with the profile of an idea; its number follows.
const (
	ideaProfile = "profile" // [Buat draf]
	ideaField   = "field"   // [Isi …]: the place of the field in council.ProfileFields behind
)

// aboutProfile marks messages about the profile of an idea: a reply "rancang bangun: …"
// fills the field.
const aboutProfile = "idea profile"

// makerProfile stands in the outbox for the profile of an idea as a document.
const makerProfile = "idea_profile"

// offerProfile tells every coordinator that an idea is being tried, and from when,
// and offers its profile with what is still missing there.
func (r *request) offerProfile(idea council.Idea) error {
	profile, err := r.profileOf(r.speak, idea)
	if err != nil {
		return err
	}
	reference := idea.Reference().String()
	return r.tellCoordinators(reference, aboutProfile, func(speak speaker, _ council.Member) (string, [][]store.Button, error) {
		text := speak.Say("idea_trial.coordinator", "Reference", reference, "Day", r.trialDay(speak, idea)) + " " + speak.Say("idea_profile.offer")
		if gaps := gapWords(speak, profile); gaps != "" {
			text += " " + speak.Say("idea_profile.gaps", "Gaps", gaps)
		}
		return text, [][]store.Button{{button(speak, "idea_profile", pressIdea, ideaProfile, idea.Number)},
			{button(speak, "idea_trial_day", pressIdea, ideaTrialDay, idea.Number)}}, nil
	})
}

// profileOf gives what stands in the profile of an idea: what was written there, and
// else what the idea's life says.
func (r *request) profileOf(speak speaker, idea council.Idea) (council.Profile, error) {
	written, err := r.tx.ProfileFields(idea.Number)
	if err != nil {
		return nil, err
	}
	profile := idea.Profile()
	profile[council.FieldStage] = stageName(speak, idea)
	if !idea.TrialAt.IsZero() {
		profile[council.FieldTrial] = speak.Day(idea.TrialAt.In(r.city.Zone))
	}
	if idea.State == council.IdeaAdopted {
		profile[council.FieldAdoption] = speak.Day(idea.StateSince.In(r.city.Zone))
	}
	if err := r.derive(speak, idea, profile); err != nil {
		return nil, err
	}
	for field, text := range written {
		profile[field] = text
	}
	return profile, nil
}

// stageName is the stage that the index knows.
func stageName(speak speaker, idea council.Idea) string {
	if stage := idea.State.Stage(); stage != "" {
		return speak.Say("idea_profile.stage." + stage)
	}
	return ideaStateName(speak, idea)
}

// derive fills the fields of which other things tell: who began it, what people say
// about the trial, and which tasks show what was done.
func (r *request) derive(speak speaker, idea council.Idea, profile council.Profile) error {
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	names, err := r.ideaSubmitters(speak, family)
	if err != nil {
		return err
	}
	group, err := r.tx.Group(idea.FromGroup)
	switch {
	case notFoundIsNil(err) != nil:
		return err
	case err == nil && group.Kind == council.KindCommunity:
		profile[council.FieldInitiator] = speak.Say("idea_profile.community", "Names", names)
	case err == nil:
		profile[council.FieldInitiator] = speak.Say("idea_profile.staff", "Names", names)
	}
	count, err := r.feedbackCount(idea)
	if err != nil {
		return err
	}
	if count != (council.FeedbackCount{}) {
		profile[council.FieldResult] = speak.Say("idea_trial.said", "Helped", count.Helped, "NotYet", count.NotYet)
	}
	tasks, err := r.familyTasks(family)
	var done []string
	for _, task := range tasks {
		if task.State == council.TaskDone {
			done = append(done, task.Reference().String()+" · "+plainLine(task.Title))
		}
	}
	profile[council.FieldEvidence] = strings.Join(done, "\n")
	return err
}

// gapWords names what is missing in a profile, with how long the design is.
func gapWords(speak speaker, profile council.Profile) string {
	var gaps []string
	for _, field := range profile.Gaps() {
		gaps = append(gaps, gapOf(speak, profile, field))
	}
	return strings.Join(gaps, ", ")
}

func gapOf(speak speaker, profile council.Profile, field council.ProfileField) string {
	name := speak.Say("idea_profile.short." + string(field))
	if field != council.FieldDesign {
		return name
	}
	return speak.Say("idea_profile.words", "Name", name, "N", profile.Words(field), "Least", council.DesignWords)
}

// profiledIdea finds the idea whose profile the person may read and write here: in
// private, or where the council is among itself.
func (r *request) profiledIdea(number int64) (council.Idea, error) {
	if err := r.may(council.ActionDecideIdea, council.Scope{}); err != nil {
		return council.Idea{}, err
	}
	if !r.private && !r.ofCity() {
		return council.Idea{}, council.Refuse("trial_in_private")
	}
	idea, err := r.standsFor(number)
	if err == nil && (idea.Held != council.HeldNot || idea.State == council.IdeaWithdrawn) {
		err = council.Refuse("no_such_thing", "Reference", ideaReference(number))
	}
	return idea, err
}

// sendProfile sends the profile of an idea as a document, with what is missing.
func (r *request) sendProfile(number int64) error {
	idea, err := r.profiledIdea(number)
	if err != nil {
		return err
	}
	profile, err := r.profileOf(r.speak, idea)
	if err != nil {
		return err
	}
	reference := idea.Reference().String()
	text := r.speak.Say("idea_profile.draft", "Reference", reference, "Title", shorten(plainLine(idea.Title), cardTitleLimit))
	if gaps := gapWords(r.speak, profile); gaps != "" {
		text += "\n" + r.speak.Say("idea_profile.gaps", "Gaps", gaps) + "\n" + r.speak.Say("idea_profile.how", "Reference", reference)
	}
	payload := store.Payload{Text: text, Subject: reference, About: aboutProfile, Buttons: fieldRows(r.speak, idea, profile), Files: []store.File{{
		Kind: fileDocument, Maker: makerProfile, Name: r.speak.Say("idea_profile.file", "Reference", reference),
		Arguments: []string{idText(idea.Number), r.speak.Language}}}}
	if r.message != nil && !r.private {
		payload.ReplyTo = r.message.ID
	}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload})
}

// fieldRows are buttons with which the gaps of a profile are filled, two in a row.
func fieldRows(speak speaker, idea council.Idea, profile council.Profile) [][]store.Button {
	var rows [][]store.Button
	for i, field := range profile.Gaps() {
		if i%2 == 0 {
			rows = append(rows, nil)
		}
		label := speak.Say("idea_profile.fill", "Name", speak.Say("idea_profile.short."+string(field)))
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: label, Data: data(pressIdea, ideaField, idea.Number, slices.Index(council.ProfileFields, field))})
	}
	return rows
}

// pressProfile sends the profile of an idea.
func (r *request) pressProfile(number int64, _ pressArguments) error {
	return errors.Join(r.sendProfile(number), r.toast(""))
}

// makeProfile makes the document. Arguments: the idea's number, and the language.
func makeProfile(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) != 2 {
		return nil, errors.New("idea profile: a number and a language are expected")
	}
	number, err := strconv.ParseInt(arguments[0], 10, 64)
	if err != nil {
		return nil, err
	}
	r := &request{Bot: b, tx: tx, now: b.Now(), speak: b.book.In(arguments[1])}
	if r.city, err = b.cityNow(tx); err != nil {
		return nil, err
	}
	idea, err := tx.Idea(number)
	if err != nil {
		return nil, err
	}
	profile, err := r.profileOf(r.speak, idea)
	if err != nil {
		return nil, err
	}
	paper := report.IdeaProfile{City: r.city.Name, Reference: idea.Reference().String()}
	gaps := profile.Gaps()
	for _, field := range council.ProfileFields {
		line := report.ProfileLine{Name: r.speak.Say("idea_profile.field." + string(field)), Text: profile[field], Long: field.Long()}
		switch {
		case field == council.FieldDesign && slices.Contains(gaps, field):
			line.Gap = gapOf(r.speak, profile, field)
		case slices.Contains(gaps, field):
			line.Gap = r.speak.Say("idea_profile.empty")
		case line.Text == "":
			line.Gap = r.speak.Say("idea_profile.not_yet")
		}
		paper.Fields = append(paper.Fields, line)
	}
	return paper.File(r.speak)
}
