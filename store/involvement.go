package store

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// Involvement counts a span from its events, for these groups; see
// council.Involvement.
func (tx *Tx) Involvement(span council.Span, groups []council.Group) (council.Involvement, error) {
	count := council.NewInvolvementCount(groups)
	joined, err := tx.joinedGroups()
	if err != nil {
		return council.Involvement{}, err
	}
	for _, part := range []struct {
		scan  func(scanner) (council.Event, error)
		query string
	}{{scanDoing, doings}, {scanMeasured, measuredEvents}} {
		events, err := all(tx, part.scan, part.query, milliseconds(span.From), milliseconds(span.Until))
		if err != nil {
			return council.Involvement{}, err
		}
		for _, event := range events {
			joined.rename(event.Detail)
			count.Add(event)
		}
	}
	return count.Involvement(), nil
}

// singly are the kinds of things of which every event is looked at.
const singly = `('Q', 'P', 'A', 'I', 'M')`

// doings are who did anything about which kind of thing, for which groups, where
// nothing else is counted: that is most of what happens, and is read once.
const doings = `SELECT DISTINCT member_id, substr(subject, 1, 1), coalesce(nullif(detail, '') ->> 'in', '') FROM event INDEXED BY event_at
	WHERE at >= ? AND at < ? AND member_id <> 0
	AND substr(subject, 1, 1) NOT IN ` + singly

func scanDoing(row scanner) (council.Event, error) {
	var event council.Event
	var letter, in string
	err := row.Scan(&event.MemberID, &letter, &in)
	if letter != "" {
		event.Subject.Letter = letter[0]
	}
	event.Detail = map[string]string{council.DetailIn: in}
	return event, err
}

// measuredEvents are those that are counted one by one.
const measuredEvents = `SELECT member_id, subject, kind, detail FROM event INDEXED BY event_at
	WHERE at >= ? AND at < ? AND substr(subject, 1, 1) IN ` + singly + ` ORDER BY id`

func scanMeasured(row scanner) (council.Event, error) {
	var event council.Event
	var subject, detail string
	if err := row.Scan(&event.MemberID, &subject, &event.Kind, &detail); err != nil {
		return event, err
	}
	event.Subject, _ = council.ParseReference(subject) // what is none counts for nothing
	if detail == "" {
		return event, nil
	}
	return event, json.Unmarshal([]byte(detail), &event.Detail)
}

// joinedGroups are the ids of groups by ids that they once had.
type joinedGroups map[string]string

func (tx *Tx) joinedGroups() (joinedGroups, error) {
	pairs, err := all(tx, scanPair, `SELECT before_id, now_id FROM joined_group`)
	joined := make(joinedGroups, len(pairs))
	for _, p := range pairs {
		joined[strconv.FormatInt(p.before, 10)] = strconv.FormatInt(p.now, 10)
	}
	return joined, err
}

// rename makes the details of an event name groups by the ids that they have now.
func (j joinedGroups) rename(detail map[string]string) {
	for _, key := range []string{council.DetailIn, council.DetailGroup, council.DetailTo} {
		if detail[key] != "" {
			detail[key] = j.renamed(detail[key])
		}
	}
}

// renamed names groups, comma-separated, by the ids that they have now.
func (j joinedGroups) renamed(groups string) string {
	if len(j) == 0 {
		return groups
	}
	list := strings.Split(groups, ",")
	for i, id := range list {
		for now, moved := j[id]; moved; now, moved = j[now] {
			list[i] = now
		}
	}
	return strings.Join(list, ",")
}

// GroupsEver lists every group, those whose link has ended as well, in the order
// in which they were linked.
func (tx *Tx) GroupsEver() ([]council.Group, error) {
	return all(tx, scanGroup, `SELECT `+groupColumns+` FROM linked_group ORDER BY id`)
}
