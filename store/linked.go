package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// linkedGroups are the groups as they stand. They are asked for with every
// update and change a few times a year, so the writer keeps them from one
// transaction to the next; whatever touches them makes it read them anew.
type linkedGroups struct {
	known  bool
	all    []council.Group // in the order in which they were linked
	byChat map[int64][]linkedGroup
}

// linkedGroup is a group with the thread whose words belong to it, which is none
// (below 0) for one whose topic was deleted.
type linkedGroup struct {
	council.Group
	owns  int
	place int // among all
}

func (l *linkedGroups) forget() { *l = linkedGroups{} }

// groups reads the linked groups, unless they are known.
func (tx *Tx) groups() (*linkedGroups, error) {
	if tx.linked.known {
		return tx.linked, nil
	}
	list, err := all(tx, func(row scanner) (linkedGroup, error) {
		var g linkedGroup
		err := row.Scan(&g.ID, &g.ChatID, &g.owns, &g.Title, &g.Kind, &g.Dimension, &g.Language, &g.Reachable)
		g.ThreadID = max(g.owns, 0)
		return g, err
	}, `SELECT id, chat_id, thread_id, title, kind, dimension, language, reachable FROM linked_group WHERE linked = 1 ORDER BY id`)
	if err != nil {
		return nil, err
	}
	*tx.linked = linkedGroups{known: true, byChat: make(map[int64][]linkedGroup, len(list))}
	for place, group := range list {
		group.place = place
		tx.linked.all = append(tx.linked.all, group.Group)
		tx.linked.byChat[group.ChatID] = append(tx.linked.byChat[group.ChatID], group)
	}
	return tx.linked, nil
}

// Group finds a linked group by id.
func (tx *Tx) Group(id int64) (council.Group, error) {
	linked, err := tx.groups()
	if err != nil {
		return council.Group{}, err
	}
	at, found := slices.BinarySearchFunc(linked.all, id, func(g council.Group, id int64) int { return cmp.Compare(g.ID, id) })
	if !found {
		return council.Group{}, ErrNotFound
	}
	return linked.all[at], nil
}

// GroupOf finds the group that a place in a chat belongs to: the topic's own
// link, else the link of the whole chat.
func (tx *Tx) GroupOf(chatID int64, threadID int) (council.Group, error) {
	linked, err := tx.groups()
	if err != nil {
		return council.Group{}, err
	}
	whole := council.Group{}
	for _, group := range linked.byChat[chatID] {
		switch {
		case group.owns == threadID:
			return group.Group, nil
		case group.owns == 0:
			whole = group.Group
		}
	}
	if whole.ID == 0 {
		return whole, ErrNotFound
	}
	return whole, nil
}

// Groups lists the linked groups in the order in which they were linked.
func (tx *Tx) Groups() ([]council.Group, error) {
	linked, err := tx.groups()
	if err != nil {
		return nil, err
	}
	return slices.Clone(linked.all), nil
}

// groupsIn gives the groups of chats whose ids stand between commas, in the order in
// which they were linked.
func (tx *Tx) groupsIn(chats string) ([]council.Group, error) {
	linked, err := tx.groups()
	if err != nil || chats == "" {
		return nil, err
	}
	places := make([]int, 0, strings.Count(chats, ",")+1)
	for chat := range strings.SplitSeq(chats, ",") {
		chatID, err := strconv.ParseInt(chat, 10, 64)
		if err != nil {
			return nil, err
		}
		for _, group := range linked.byChat[chatID] {
			places = append(places, group.place)
		}
	}
	slices.Sort(places)
	groups := make([]council.Group, len(places))
	for at, place := range places {
		groups[at] = linked.all[place]
	}
	return groups, nil
}
