package council

import (
	"slices"
	"strings"
)

// ProfileField is one field of an idea's profile for the Indeks Inovasi Daerah
// (domain.md section 6).
type ProfileField string

// Fields of a profile.
const (
	FieldName       ProfileField = "name"
	FieldStage      ProfileField = "stage"
	FieldInitiator  ProfileField = "initiator"
	FieldKind       ProfileField = "kind" // digital or not
	FieldForm       ProfileField = "form"
	FieldAffair     ProfileField = "affair"
	FieldTrial      ProfileField = "trial"
	FieldAdoption   ProfileField = "adoption"
	FieldDesign     ProfileField = "design"
	FieldPurpose    ProfileField = "purpose"
	FieldBenefit    ProfileField = "benefit"
	FieldResult     ProfileField = "result"
	FieldRegulation ProfileField = "regulation"
	FieldPeople     ProfileField = "people"
	FieldBudget     ProfileField = "budget"
	FieldEvidence   ProfileField = "evidence"
)

// ProfileFields lists the fields in the order of the form.
var ProfileFields = []ProfileField{FieldName, FieldStage, FieldInitiator, FieldKind, FieldForm, FieldAffair, FieldTrial, FieldAdoption,
	FieldDesign, FieldPurpose, FieldBenefit, FieldResult, FieldRegulation, FieldPeople, FieldBudget, FieldEvidence}

// Limits of a profile: how many words the design must have at least, and how many
// runes any field may have.
const (
	DesignWords  = 300
	ProfileLimit = 4000
)

// Written tells whether people write a field; the others follow from the idea's life.
func (f ProfileField) Written() bool {
	return f != FieldStage && f != FieldTrial && f != FieldAdoption
}

// Long tells whether a field is a text rather than a word.
func (f ProfileField) Long() bool {
	return slices.Index(ProfileFields, f) >= slices.Index(ProfileFields, FieldDesign)
}

// Profile is what stands in the fields.
type Profile map[ProfileField]string

// Words counts the words of a field.
func (p Profile) Words(field ProfileField) int { return len(strings.Fields(p[field])) }

// Gaps lists the fields in which something is missing: those that people write and
// that are empty, and a design that is too short.
func (p Profile) Gaps() []ProfileField {
	var gaps []ProfileField
	for _, field := range ProfileFields {
		tooShort := field == FieldDesign && p.Words(field) < DesignWords
		if field.Written() && strings.TrimSpace(p[field]) == "" || tooShort {
			gaps = append(gaps, field)
		}
	}
	return gaps
}

// Profile is what is known of the idea before anybody writes: its title, what the
// submitter said of the problem and the benefit.
func (i Idea) Profile() Profile {
	return Profile{FieldName: i.Title, FieldPurpose: i.Problem, FieldBenefit: i.Benefit}
}
