package bot

import (
	"encoding/json"

	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// letterField is one thing that stands on the city's letters.
type letterField struct {
	word  string // on buttons and in dialogs: it is never changed
	limit int    // in runes
	of    func(*report.Letterhead) *string
}

// letterGovernment is the one field that follows from the city's name where it is empty.
const letterGovernment = "government"

// letterOffice is the field for which the city's list of offices is offered.
const letterOffice = "office"

// letterFields are the fields in the order in which they are asked. There is none for
// the number that civil servants have: it says when somebody was born, such numbers
// are hidden before anything is stored, and it is written by hand.
var letterFields = []letterField{
	{letterGovernment, 120, func(l *report.Letterhead) *string { return &l.Government }},
	{letterOffice, 160, func(l *report.Letterhead) *string { return &l.Office }},
	{"address", 200, func(l *report.Letterhead) *string { return &l.Address }},
	{"contact", 200, func(l *report.Letterhead) *string { return &l.Contact }},
	{"town", 60, func(l *report.Letterhead) *string { return &l.Town }},
	{"position", 160, func(l *report.Letterhead) *string { return &l.Position }},
	{"signer", 120, func(l *report.Letterhead) *string { return &l.Signer }},
}

// letterFieldNamed finds a field by its word.
func letterFieldNamed(word string) (letterField, int, bool) {
	for i, field := range letterFields {
		if field.word == word {
			return field, i, true
		}
	}
	return letterField{}, 0, false
}

// givenLetterhead is what was filled in.
func givenLetterhead(tx *store.Tx) (head report.Letterhead, err error) {
	kept, err := tx.Setting(store.SettingLetterhead)
	if err != nil || kept == "" {
		return head, err
	}
	return head, json.Unmarshal([]byte(kept), &head)
}

// letterhead is what stands on the city's papers, in the language of the city's
// government: what was filled in, and the government's name as far as it follows from
// the city's.
func (r *request) letterhead() (report.Letterhead, error) {
	head, err := givenLetterhead(r.tx)
	if err == nil && head.Government == "" {
		head.Government = r.book.In(locale.Indonesian).Say("paper.government", "City", r.city.Name)
	}
	return head, err
}
