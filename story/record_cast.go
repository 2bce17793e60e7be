package story

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/sim"
)

// meet takes up in the cast whoever and whatever has come to the local Telegram by hand, as they are when they are seen
// first. Groups that have become supergroups go on under their name.
func (r *Recorder) meet() {
	s := r.stage
	for _, person := range s.telegram.People() {
		if _, known := s.chats[person.ID]; !known {
			r.meetPerson(person)
		}
	}
	for _, group := range s.telegram.Groups() {
		place, known := s.chats[group.ID]
		if !known {
			place = r.meetGroup(group)
		}
		if place.Group != "" {
			r.meetTopics(place.Group, group)
		}
	}
}

func (r *Recorder) meetPerson(person sim.Person) {
	s := r.stage
	name := strings.TrimSpace(person.FirstName + " " + person.LastName)
	made := Person{Name: name, Username: person.Username, Language: "id"}
	if person.LanguageCode == "en" {
		made.Language = "en"
	}
	s.script.Cast.People = append(s.script.Cast.People, made)
	if _, taken := s.people[name]; taken {
		r.problems = append(r.problems, fmt.Errorf("two people are called %q", name))
	}
	s.people[name] = person.ID
	s.chats[person.ID] = Place{Person: name}
}

func (r *Recorder) meetGroup(group sim.Group) Place {
	s := r.stage
	place := Place{Group: group.Title}
	if known := s.groups[group.Title]; known != nil {
		if slices.ContainsFunc(s.telegram.Groups(), func(other sim.Group) bool { return other.ID == known.chat }) {
			r.problems = append(r.problems, fmt.Errorf("two groups are called %q", group.Title))
		}
		known.chat = group.ID // it has become a supergroup
		s.chats[group.ID] = place
		return place
	}
	made := Group{Title: group.Title, Kind: kindOf(group)}
	for _, member := range group.Members {
		made.Members = append(made.Members, s.chats[member].Person)
	}
	s.script.Cast.Groups = append(s.script.Cast.Groups, made)
	s.groups[group.Title] = &stand{chat: group.ID, topics: map[string]int{}}
	s.chats[group.ID] = place
	return place
}

func kindOf(group sim.Group) GroupKind {
	switch {
	case group.Forum:
		return Forum
	case group.Supergroup:
		return Supergroup
	}
	return BasicGroup
}

func (r *Recorder) meetTopics(title string, group sim.Group) {
	here := r.stage.groups[title]
	at := slices.IndexFunc(r.stage.script.Cast.Groups, func(other Group) bool { return other.Title == title })
	topics := r.stage.telegram.Topics(group.ID)
	for _, thread := range slices.Sorted(maps.Keys(topics)) {
		name := topics[thread]
		if _, known := here.topics[name]; !known && at >= 0 {
			here.topics[name] = thread
			cast := &r.stage.script.Cast.Groups[at]
			cast.Topics = append(slices.Clone(cast.Topics), name)
		}
	}
}
