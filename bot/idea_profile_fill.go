package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// dialogProfile asks for the text of a field of an idea's profile; its data is the
// idea's number, its step the field.
const dialogProfile = "profile"

// fillNamed is /ide I-1 isi rancang bangun: …
func (r *request) fillNamed(number int64) error {
	idea, err := r.profiledIdea(number)
	if err != nil {
		return err
	}
	field, text := readField(r.deedWords())
	if field == "" {
		return r.reply(r.speak.Say("idea_profile.which", "Reference", idea.Reference().String(), "Fields", r.fieldNames()))
	}
	if text == "" {
		return r.askField(idea, field)
	}
	return r.fillField(idea, field, text)
}

// replyToProfile takes a reply to a message about the profile: "rancang bangun: …"
// fills the field, other words are a comment.
func (r *request) replyToProfile(idea council.Idea) error {
	name, text, found := strings.Cut(r.text, ":")
	field, known := locale.Meaning("idea_field", name)
	if !found || !known {
		return r.commentIdea(idea)
	}
	idea, err := r.profiledIdea(idea.Number)
	if err != nil {
		return err
	}
	if text = strings.TrimSpace(text); text == "" {
		return r.askField(idea, council.ProfileField(field))
	}
	return r.fillField(idea, council.ProfileField(field), text)
}

// readField reads the name of a field and the text behind it; a colon may stand
// between them.
func readField(words string) (field council.ProfileField, text string) {
	if name, after, found := strings.Cut(words, ":"); found {
		if meaning, known := locale.Meaning("idea_field", name); known {
			return council.ProfileField(meaning), strings.TrimSpace(after)
		}
	}
	rest := strings.TrimSpace(words)
	for taken := ""; rest != ""; {
		var word string
		word, rest = firstWord(rest)
		taken = strings.TrimSpace(taken + " " + word)
		if meaning, known := locale.Meaning("idea_field", taken); known {
			field, text = council.ProfileField(meaning), strings.TrimSpace(rest)
		}
	}
	return field, text
}

func (r *request) fieldNames() string {
	var names []string
	for _, field := range council.ProfileFields {
		if field.Written() {
			names = append(names, r.speak.Say("idea_profile.short."+string(field)))
		}
	}
	return strings.Join(names, ", ")
}

// pressField asks for the text of a field.
func (r *request) pressField(number int64, rest pressArguments) error {
	idea, err := r.profiledIdea(number)
	if err != nil {
		return err
	}
	place := rest.number(0)
	if place < 0 || place >= int64(len(council.ProfileFields)) || !council.ProfileFields[place].Written() {
		return r.stale()
	}
	if err := r.askField(idea, council.ProfileFields[place]); err != nil {
		return err
	}
	return r.toast("")
}

func (r *request) askField(idea council.Idea, field council.ProfileField) error {
	key := "idea_profile.ask"
	if field == council.FieldDesign {
		key = "idea_profile.ask_design"
	}
	return r.ask(dialogProfile, string(field), idText(idea.Number), r.speak.Say(key, "Reference", idea.Reference().String(),
		"Name", r.speak.Say("idea_profile.field."+string(field)), "Least", council.DesignWords))
}

// answerField takes the text of a field.
func (r *request) answerField(dialog store.Dialog) error {
	idea, err := r.profiledIdea(pressArguments{dialog.Data}.number(0))
	if err != nil {
		return err
	}
	words := strings.TrimSpace(r.text)
	if words == "" {
		return r.askField(idea, council.ProfileField(dialog.Step))
	}
	if err := tooLong(words, council.ProfileLimit, "field_too_long"); err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	return r.fillField(idea, council.ProfileField(dialog.Step), words)
}

// fillField keeps the text of a field, and says what is still missing.
func (r *request) fillField(idea council.Idea, field council.ProfileField, text string) error {
	if err := tooLong(text, council.ProfileLimit, "field_too_long"); err != nil {
		return err
	}
	before, err := r.tx.ProfileFields(idea.Number)
	if err != nil {
		return err
	}
	if err := r.tx.KeepProfileField(idea.Number, field, text, r.actor.ID, r.now); err != nil {
		return err
	}
	if err := r.record(idea.Reference(), council.EventCorrected, before[field], "field", string(field)); err != nil {
		return err
	}
	profile, err := r.profileOf(r.speak, idea)
	if err != nil {
		return err
	}
	reference := idea.Reference().String()
	said := r.speak.Say("idea_profile.kept", "Reference", reference, "Name", gapOrName(r.speak, profile, field))
	if gaps := gapWords(r.speak, profile); gaps != "" {
		said += "\n" + r.speak.Say("idea_profile.gaps", "Gaps", gaps)
	} else {
		said += "\n" + r.speak.Say("idea_profile.complete")
	}
	rows := append(fieldRows(r.speak, idea, profile), []store.Button{button(r.speak, "idea_profile", pressIdea, ideaProfile, idea.Number)})
	return r.replyAbout(reference, aboutProfile, said, rows...)
}

// gapOrName names a field, the design with how long it is.
func gapOrName(speak speaker, profile council.Profile, field council.ProfileField) string {
	if field == council.FieldDesign {
		return gapOf(speak, profile, field)
	}
	return speak.Say("idea_profile.short." + string(field))
}
