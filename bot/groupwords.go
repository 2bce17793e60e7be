package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// groupWords reads which groups a text names: "dewan", "pokja lingkungan",
// "smart environment", "#komunitas", or the city's own names of dimensions. The
// dimension is set for working groups.
func groupWords(text string, own locale.OwnGroups) (kind council.GroupKind, dimension council.Dimension, ok bool) {
	name, known := own.Meaning(text)
	if !known {
		return "", "", false
	}
	return groupNamed(name)
}

func (r *request) groupWords(text string) (kind council.GroupKind, dimension council.Dimension, ok bool) {
	return groupWords(text, r.city.Groups)
}

// groupNamed reads the name that buttons and the table of words use.
func groupNamed(name string) (kind council.GroupKind, dimension council.Dimension, ok bool) {
	if slices.Contains(council.Dimensions, council.Dimension(name)) {
		return council.KindWorkingGroup, council.Dimension(name), true
	}
	kind = council.GroupKind(name)
	return kind, "", kind != council.KindWorkingGroup && slices.Contains(council.GroupKinds, kind)
}

// groupKey is the name that groupNamed reads back.
func groupKey(kind council.GroupKind, dimension council.Dimension) string {
	if kind == council.KindWorkingGroup {
		return string(dimension)
	}
	return string(kind)
}

// kindName names what a group is: "Pokja Lingkungan", "Dewan".
func kindName(speak locale.Speaker, kind council.GroupKind, dimension council.Dimension) string {
	return speak.Say("group." + groupKey(kind, dimension))
}

// groupName names a group as people know it. Where several groups are the same
// thing, the chat's title stands beside it.
func (r *request) groupName(group council.Group) string { return r.groupNameIn(r.speak, group) }

// groupNameIn names a group in a language of its own.
func (r *request) groupNameIn(speak locale.Speaker, group council.Group) string {
	name := kindName(speak, group.Kind, group.Dimension)
	groups, err := r.tx.Groups()
	if err != nil {
		return name // the plain name is true as well
	}
	for _, other := range groups {
		if other.ID != group.ID && other.Kind == group.Kind && other.Dimension == group.Dimension {
			return name + " (" + group.Title + ")"
		}
	}
	return name
}
