package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// dialogAttendance asks for the names of people who are there.
const dialogAttendance = "attendance"

// answerAttendance takes the names that were asked for.
func (r *request) answerAttendance(dialog store.Dialog) error {
	m, err := r.findMeeting(pressArguments{dialog.Data}.number(0))
	if err != nil {
		return err
	}
	if err := r.addAttendees(m, r.text); err != nil {
		return err // the question stays open: what was written is not lost
	}
	_, err = r.tx.EndDialog(r.chatID, r.actor.ID)
	return err
}

// addAttendees notes the people whose names were written, one in each line; all of them
// or none.
func (r *request) addAttendees(m council.Meeting, text string) error {
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	people, err := r.invitedPeople(m)
	if err != nil {
		return err
	}
	var who []council.Attendee
	for line := range strings.Lines(text) {
		if line = plainLine(strings.TrimLeft(line, " \t-•*")); line == "" {
			continue
		}
		named := readAttendee(people, line)
		if named.Office != "" {
			if named.Office, err = r.officeMeant(named.Office); err != nil {
				return err
			}
		}
		one, err := m.Attend(named, r.actor.ID, r.now)
		if err != nil {
			return err
		}
		who = append(who, one)
	}
	switch {
	case len(who) == 0:
		return council.Refuse("attendee_empty")
	case len(who) > council.MinutesLimit:
		return council.Refuse("attendees_many", "Most", strconv.Itoa(council.MinutesLimit))
	}
	return r.keepAttendees(m, who)
}

// keepAttendees notes people, in the place of those whom the same message named before it
// was edited.
func (r *request) keepAttendees(m council.Meeting, who []council.Attendee) error {
	m, said, err := r.openProposed(m)
	if err != nil {
		return err
	}
	if err := r.endNamedBefore(m); err != nil {
		return err
	}
	there, err := r.tx.Attendees(m.Number)
	if err != nil {
		return err
	}
	var added []council.Attendee
	for _, one := range who {
		if one.MemberID == 0 && slices.ContainsFunc(there, func(a council.Attendee) bool {
			return a.MemberID == 0 && a.Name == one.Name && a.Office == one.Office && a.For == one.For
		}) {
			continue // written twice
		}
		kept, fresh, err := r.tx.AddAttendee(m.Number, one)
		if err != nil {
			return err
		}
		if fresh {
			added, there = append(added, kept), append(there, kept)
		}
	}
	if len(added) == 0 {
		return r.replyAbout(m.Reference().String(), aboutAttendance, r.speak.Say("attend.known", "Reference", m.Reference().String()), r.attendanceKeepRow(r.speak, m))
	}
	if err := r.noted(m, added...); err != nil {
		return err
	}
	row := append([]store.Button{button(r.speak, "undo", pressAttendance, attendUndo, m.Number, added[0].ID)}, r.attendanceKeepRow(r.speak, m)...)
	text := joinedLines(r.speak.Count("attend.added", len(added), "Reference", m.Reference().String()), said)
	return r.replyAbout(m.Reference().String(), aboutAttendance, text, row)
}

// endNamedBefore takes those off whom this message named before it was edited.
func (r *request) endNamedBefore(m council.Meeting) error {
	subject, err := r.tx.LastUndoOf(r.actor.ID)
	if err != nil {
		return notFoundIsNil(err)
	}
	var kept attendanceUndo
	if reference, _ := council.ParseKept(subject); r.message == nil || reference.Letter != council.AttendeeLetter {
		return nil
	}
	if _, err := r.tx.LastUndo(subject, &kept); err != nil || kept.Meeting != m.Number || kept.Said != r.message.ID {
		return err
	}
	return errors.Join(r.endAttendees(m, kept.Added), r.tx.ForgetUndo(subject))
}

// invitedPeople are the members who are invited, as far as the bot knows them.
func (r *request) invitedPeople(m council.Meeting) ([]council.Member, error) {
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(guests))
	for i, guest := range guests {
		ids[i] = guest.MemberID
	}
	return membersOf(r.tx, ids)
}

// readAttendee reads "Rahma, Dinas Sosial, mewakili Pak Baso". A name alone that is that
// of one guest is the guest; words that are not understood say from where the person
// comes.
func readAttendee(people []council.Member, line string) council.Attendee {
	name, rest, _ := strings.Cut(line, ",")
	name = strings.TrimSpace(name)
	if id := guestNamed(people, name); id != 0 && (rest == "" || strings.HasPrefix(name, "@")) {
		return council.Attendee{MemberID: id, Office: strings.TrimSpace(rest)}
	}
	who := council.Attendee{Name: name}
	var office []string
	for part := range strings.SplitSeq(rest, ",") {
		part = strings.TrimSpace(part)
		if meaning, represented := leadingMeaning("represents", part); meaning != "" && who.For == 0 {
			if who.For = guestNamed(people, represented); who.For != 0 {
				continue
			}
		}
		if part != "" {
			office = append(office, part)
		}
	}
	if before, behind, found := cutRepresents(name); found && who.For == 0 {
		if who.For = guestNamed(people, behind); who.For != 0 {
			who.Name = before
		}
	}
	who.Office = strings.Join(office, ", ")
	return who
}

// cutRepresents cuts "Rahma mewakili Pak Baso" at the word that says so.
func cutRepresents(name string) (before, behind string, found bool) {
	words := strings.Fields(name)
	for i := 1; i < len(words)-1; i++ {
		if meaning, _ := locale.Meaning("represents", words[i]); meaning != "" {
			return strings.Join(words[:i], " "), strings.Join(words[i+1:], " "), true
		}
	}
	return "", "", false
}

// guestNamed finds the one guest with this name, written with or without a form of
// address before it; 0 for none or several.
func guestNamed(people []council.Member, words string) int64 {
	words = strings.TrimPrefix(strings.TrimSpace(words), "@")
	if id := oneNamed(people, words); id != 0 {
		return id
	}
	if _, rest, several := strings.Cut(words, " "); several {
		return oneNamed(people, rest)
	}
	return 0
}
