package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// addresseeChoice is a draft for which groups and roles are chosen by tapping; its
// buttons carry annTo, annToggle and annGroups with the key of the draft.
type addresseeChoice struct {
	press string // what the buttons mean
	key   int
	to    council.Addressees // chosen so far
}

// addresseesOffered is how many single groups stand on one page to choose from.
const addresseesOffered = 8

// addresseeMark stands before what is chosen.
const addresseeMark = "✓ "

// addresseeRows offer kinds of groups and roles, or with a page single groups.
func (r *request) addresseeRows(choice addresseeChoice, page int) ([][]store.Button, error) {
	if page > 0 {
		return r.addresseeGroupRows(choice, page)
	}
	return r.addresseeKindRows(choice), nil
}

// addresseeKindRows offer all groups, kinds of groups and roles.
func (r *request) addresseeKindRows(choice addresseeChoice) [][]store.Button {
	toggle := func(name string) store.Button {
		return choice.toggle(name, r.speak.Say("announcement.name."+name))
	}
	rows := [][]store.Button{{toggle(addresseesAll)}}
	for i := 0; i+1 < len(council.GroupKinds); i += 2 {
		rows = append(rows, []store.Button{
			toggle(addresseesKind + string(council.GroupKinds[i])), toggle(addresseesKind + string(council.GroupKinds[i+1])),
		})
	}
	rows = append(rows, []store.Button{button(r.speak, "announcement_groups", choice.press, annGroups, choice.key, 1)})
	var row []store.Button
	for _, role := range council.Roles {
		if row = append(row, toggle(addresseesRole+string(role))); len(row) == 2 {
			rows, row = append(rows, row), nil
		}
	}
	if len(row) > 0 {
		rows = append(rows, row)
	}
	return rows
}

// addresseeGroupRows offer a page of single groups.
func (r *request) addresseeGroupRows(choice addresseeChoice, page int) ([][]store.Button, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	pages := max(1, (len(groups)+addresseesOffered-1)/addresseesOffered)
	page = min(max(page, 1), pages)
	var rows [][]store.Button
	for _, group := range groups[(page-1)*addresseesOffered : min(page*addresseesOffered, len(groups))] {
		toggle := choice.toggle(addresseesSingle+idText(group.ID), r.groupName(group))
		toggle.Data += ":" + idText(int64(page))
		rows = append(rows, []store.Button{toggle})
	}
	turn := []store.Button{}
	if page > 1 {
		turn = append(turn, button(r.speak, "previous", choice.press, annGroups, choice.key, page-1))
	}
	turn = append(turn, button(r.speak, "back", choice.press, annTo, choice.key))
	if page < pages {
		turn = append(turn, button(r.speak, "next", choice.press, annGroups, choice.key, page+1))
	}
	return append(rows, turn), nil
}

func (c addresseeChoice) toggle(name, label string) store.Button {
	if to, _ := addresseesOf(name); c.to.Name(to) {
		label = addresseeMark + label
	}
	return store.Button{Text: label, Data: data(c.press, annToggle, c.key, name)}
}

// toggled adds addressees to those chosen, or takes them away if they are among them.
func toggled(chosen, to council.Addressees) council.Addressees {
	if chosen.Name(to) {
		return chosen.Without(to)
	}
	return chosen.And(to)
}
