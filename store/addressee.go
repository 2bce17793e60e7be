package store

import (
	"slices"
	"strconv"

	"github.com/rembuk/rembuk/council"
)

// Kinds of addressees.
const (
	toEveryone  = "everyone"
	toKind      = "kind"
	toDimension = "dimension"
	toGroup     = "group"
	toRole      = "role"
	toKept      = "kept"    // everybody of whom something is kept
	toMembers   = "members" // of the group
	toPerson    = "person"  // the name is the member's id
)

type addressee struct {
	kind, name string
	groupID    int64
}

// address keeps, in one of the tables of addressees, whom a thing is for.
func (tx *Tx) address(table string, number int64, to council.Addressees) error {
	if err := tx.run(`DELETE FROM `+table+` WHERE number = ?`, number); err != nil {
		return err
	}
	var list []addressee
	if to.Everyone {
		list = append(list, addressee{kind: toEveryone})
	}
	for _, kind := range to.Kinds {
		list = append(list, addressee{kind: toKind, name: string(kind)})
	}
	for _, dimension := range to.Dimensions {
		list = append(list, addressee{kind: toDimension, name: string(dimension)})
	}
	for _, id := range to.Groups {
		list = append(list, addressee{kind: toGroup, groupID: id})
	}
	for _, role := range to.Roles {
		list = append(list, addressee{kind: toRole, name: string(role)})
	}
	if to.Kept {
		list = append(list, addressee{kind: toKept})
	}
	for _, id := range to.MembersOf {
		list = append(list, addressee{kind: toMembers, groupID: id})
	}
	for _, id := range to.People {
		list = append(list, addressee{kind: toPerson, name: strconv.FormatInt(id, 10)})
	}
	for _, one := range list {
		if err := tx.run(`INSERT INTO `+table+` (number, kind, name, group_id) VALUES (?, ?, ?, ?)`, number, one.kind, one.name, one.groupID); err != nil {
			return err
		}
	}
	return nil
}

// addressees reads, from one of the tables of addressees, whom a thing is for.
func (tx *Tx) addressees(table string, number int64) (council.Addressees, error) {
	list, err := all(tx, func(row scanner) (addressee, error) {
		var one addressee
		err := row.Scan(&one.kind, &one.name, &one.groupID)
		return one, err
	}, `SELECT kind, name, group_id FROM `+table+` WHERE number = ?`, number)
	var to council.Addressees
	for _, one := range list {
		switch one.kind {
		case toEveryone:
			to.Everyone = true
		case toKind:
			to.Kinds = append(to.Kinds, council.GroupKind(one.name))
		case toDimension:
			to.Dimensions = append(to.Dimensions, council.Dimension(one.name))
		case toGroup:
			to.Groups = append(to.Groups, one.groupID)
		case toRole:
			to.Roles = append(to.Roles, council.Role(one.name))
		case toKept:
			to.Kept = true
		case toMembers:
			to.MembersOf = append(to.MembersOf, one.groupID)
		case toPerson:
			id, err := strconv.ParseInt(one.name, 10, 64)
			if err != nil {
				return to, err
			}
			to.People = append(to.People, id)
		}
	}
	slices.Sort(to.People)
	return to, err
}
