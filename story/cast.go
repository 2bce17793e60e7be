package story

import (
	"fmt"
	"slices"
	"strings"
)

// person finds one of the cast by the whole name or by a word of it that nobody else has.
func (c Cast) person(called string) (Person, error) {
	names := make([]string, len(c.People))
	for i, person := range c.People {
		names[i] = person.Name
	}
	i, err := find(names, called, "in the cast nobody")
	if err != nil {
		return Person{}, err
	}
	return c.People[i], nil
}

// group finds a group in the same way.
func (c Cast) group(called string) (Group, error) {
	titles := make([]string, len(c.Groups))
	for i, group := range c.Groups {
		titles[i] = group.Title
	}
	i, err := find(titles, called, "in the cast no group")
	if err != nil {
		return Group{}, err
	}
	return c.Groups[i], nil
}

func find(names []string, called, nobody string) (int, error) {
	if i := slices.Index(names, called); i >= 0 {
		return i, nil
	}
	var found []int
	for i, name := range names {
		if slices.Contains(strings.Fields(name), called) {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 0:
		return 0, fmt.Errorf("%s is called %q", nobody, called)
	case 1:
		return found[0], nil
	}
	return 0, fmt.Errorf("%q may be %q or %q", called, names[found[0]], names[found[1]])
}

// names are the first and the last name by which Telegram knows the person: "dr. Herlina", "Pabokori".
func (p Person) names() (first, last string) {
	if at := strings.LastIndex(p.Name, " "); at > 0 {
		return p.Name[:at], p.Name[at+1:]
	}
	return p.Name, ""
}

// place reads "Dewan" or "Pokja Bersama / Sampah".
func (c Cast) place(called string) (Place, error) {
	title, topic, _ := strings.Cut(called, " / ")
	group, err := c.group(title)
	if err != nil {
		return Place{}, err
	}
	if topic != "" && group.Kind != Forum {
		return Place{}, fmt.Errorf("%q is no forum and has no topic %q", title, topic)
	}
	return Place{Group: group.Title, Topic: topic}, nil
}

// readCast reads the file "cast": one person or group a line, people before the groups they are in.
func readCast(text string) (Cast, error) {
	var cast Cast
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := cast.add(line); err != nil {
			return Cast{}, fmt.Errorf("cast, line %d: %w", i+1, err)
		}
	}
	return cast, nil
}

func (c *Cast) add(line string) error {
	for _, kind := range []GroupKind{BasicGroup, Supergroup, Forum} {
		if rest, found := strings.CutPrefix(line, string(kind)+" "); found {
			group, err := c.readGroup(kind, rest)
			c.Groups = append(c.Groups, group)
			return err
		}
	}
	person, err := readPerson(line)
	c.People = append(c.People, person)
	return err
}

func readPerson(line string) (Person, error) {
	traits := strings.Split(line, ",")
	name, username, _ := strings.Cut(traits[0], " @")
	person := Person{Name: strings.TrimSpace(name), Username: strings.TrimSpace(username), Language: "id"}
	for _, trait := range traits[1:] {
		switch strings.TrimSpace(trait) {
		case "coordinator":
			person.Coordinator = true
		case "started":
			person.Started = true
		case "english":
			person.Language = "en"
		default:
			return Person{}, fmt.Errorf("%q is not one of: coordinator, started, english", strings.TrimSpace(trait))
		}
	}
	return person, nil
}

func (c *Cast) readGroup(kind GroupKind, line string) (Group, error) {
	parts := strings.Split(line, ";")
	title, members, _ := strings.Cut(parts[0], ":")
	group := Group{Title: strings.TrimSpace(title), Kind: kind}
	for _, called := range splitList(members) {
		person, err := c.person(called)
		if err != nil {
			return Group{}, err
		}
		group.Members = append(group.Members, person.Name)
	}
	for _, part := range parts[1:] {
		part = strings.TrimSpace(part)
		if words, found := strings.CutPrefix(part, "linked as "); found {
			group.Linked = words
		} else if topics, found := strings.CutPrefix(part, "topics "); found {
			group.Topics = splitList(topics)
		} else {
			return Group{}, fmt.Errorf("%q is neither \"linked as …\" nor \"topics …\"", part)
		}
	}
	return group, nil
}

func splitList(text string) []string {
	var items []string
	for _, item := range strings.Split(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
