package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// namePerson is how somebody is named before others: "Pak Baso Irfandi", or
// the name alone while the form of address is not known.
func namePerson(speak locale.Speaker, member council.Member) string {
	if member.Name == "" && member.Username == "" {
		return speak.Say("person.unknown")
	}
	if member.Address == "" {
		return member.Label()
	}
	return addressed(speak, member)
}

// greetPerson is how somebody is spoken to: "Bapak/Ibu" until the form of
// address is known.
func greetPerson(speak locale.Speaker, member council.Member) string {
	if member.Address == "" {
		return strings.TrimSpace(speak.Say("person.unasked", "Name", member.Name))
	}
	return addressed(speak, member)
}

func addressed(speak locale.Speaker, member council.Member) string {
	key := "person." + strings.ToLower(member.Address)
	if !speak.Knows(key) || key == "person.unknown" || key == "person.unasked" || key == "person.titled" {
		key = "person.titled"
	}
	return speak.Say(key, "Address", member.Address, "Name", withoutAddress(member.Label(), member))
}

// withoutAddress leaves out of a name the form of address that stands before it:
// who is called "dr. Herlina" and is addressed so is not "dr. dr. Herlina".
func withoutAddress(name string, member council.Member) string {
	return strings.TrimSpace(strings.TrimPrefix(name, member.Address+" "))
}

// namePersons names several people.
func (r *request) namePersons(speak locale.Speaker, ids []int64) (string, error) {
	var names []string
	for _, id := range ids {
		member, err := r.tx.Member(id)
		if err != nil {
			return "", err
		}
		names = append(names, namePerson(speak, member))
	}
	return strings.Join(names, ", "), nil
}

// speaker speaks to a person in the person's language.
func (b *Bot) speaker(member council.Member) locale.Speaker { return b.book.In(member.Language) }

// coordinators lists those who are told what needs a coordinator.
func coordinators(tx *store.Tx) ([]council.Member, error) {
	return tx.MembersWithRole(council.RoleCoordinator)
}
