package bot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// partnerGroups finds the linked working groups of dimensions, one of each.
func (r *request) partnerGroups(dimensions []council.Dimension) ([]council.Group, error) {
	var groups []council.Group
	for _, dimension := range dimensions {
		found, err := r.groupsNamed(council.KindWorkingGroup, dimension)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, council.Refuse("no_such_group")
		}
		groups = append(groups, found[0])
	}
	return groups, nil
}

// shareChange lets a task belong to further working groups, or to some no longer.
func shareChange(with, without []council.Group) taskChange {
	change := taskChange{action: council.ActionShare, event: council.EventShared, detail: []string{"groups", partnerIDs(with)}}
	if len(with) == 0 {
		change.event, change.detail = council.EventUnshared, []string{"groups", partnerIDs(without)}
	}
	change.apply = func(task council.Task, _ int64) (council.Task, error) {
		var err error
		if len(without) > 0 {
			if task, err = task.Unshare(without...); err != nil {
				return task, err
			}
		}
		if len(with) > 0 {
			task, err = task.Share(with...)
		}
		return task, err
	}
	return change
}

func partnerIDs(groups []council.Group) string {
	ids := make([]string, len(groups))
	for i, group := range groups {
		ids[i] = strconv.FormatInt(group.ID, 10)
	}
	return strings.Join(ids, ",")
}

// shareTasks is /disposisi T-12 bersama Pokja Ekonomi, to which people may be named.
func (r *request) shareTasks(numbers, ids []int64, words string, wish partnerWish) error {
	with, err := r.partnerGroups(wish.With)
	if err != nil {
		return err
	}
	without, err := r.partnerGroups(wish.Without)
	if err != nil {
		return err
	}
	change := shareChange(with, without)
	if words = tidy(words); len(ids) == 0 && words != "" {
		first, err := r.task(numbers[0], council.ActionAssign)
		if err != nil {
			return err
		}
		if ids, err = r.namedIn(words, first.GroupID); err != nil {
			return err
		}
	}
	if len(ids) > 0 {
		change = assignShared(change, ids)
	}
	tasks, err := r.changeTasks(numbers, change)
	if err != nil {
		return err
	}
	text := r.sharedText(tasks, with, without)
	if len(ids) > 0 {
		names, err := r.namePersons(r.speak, ids)
		if err != nil {
			return err
		}
		text = r.speak.Say("task.reply.assigned", "Reference", referenceList(tasks), "Persons", names) + "\n" + text
	}
	return r.confirm(tasks, text)
}

// assignShared shares a task and gives it to people at once.
func assignShared(share taskChange, ids []int64) taskChange {
	change := assignChange(council.AssignTo(ids...), ids)
	assign := change.apply
	change.apply = func(task council.Task, memberID int64) (council.Task, error) {
		task, err := share.apply(task, memberID)
		if err != nil {
			return task, err
		}
		return assign(task, memberID)
	}
	return change
}

// sharedText says to which groups tasks belong since a change.
func (r *request) sharedText(tasks []council.Task, with, without []council.Group) string {
	var lines []string
	for key, groups := range map[string][]council.Group{"task.reply.shared": with, "task.reply.unshared": without} {
		if len(groups) > 0 {
			lines = append(lines, r.speak.Say(key, "Reference", referenceList(tasks), "Groups", r.groupNames(r.speak, groups)))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// groupNames names several groups.
func (r *request) groupNames(speak speaker, groups []council.Group) string {
	names := make([]string, len(groups))
	for i, group := range groups {
		names[i] = r.groupNameIn(speak, group)
	}
	return strings.Join(names, ", ")
}

// How a button shares a task, or ends that.
const (
	shareWith    = "w"
	shareWithout = "o"
)

// askPartners offers the working groups with which a task may be shared, and
// those with which it may be no longer.
func (r *request) askPartners(task council.Task) error {
	text, rows, err := r.partnerChoice(task)
	if err != nil {
		return err
	}
	return r.replyAbout(task.Reference().String(), cardTask, text, rows...)
}

func (r *request) partnerChoice(task council.Task) (string, [][]store.Button, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return "", nil, err
	}
	var rows [][]store.Button
	for _, group := range groups {
		label, way := "button.share", shareWith
		switch {
		case group.Kind != council.KindWorkingGroup || group.ID == task.GroupID:
			continue
		case slices.Contains(task.Partners, group.ID):
			label, way = "button.unshare", shareWithout
		}
		rows = append(rows, []store.Button{{Text: r.speak.Say(label, "Group", r.groupNameIn(r.speak, group)), Data: data(pressShare, task.Number, group.ID, way)}})
	}
	if len(rows) == 0 {
		return "", nil, council.Refuse("no_such_group")
	}
	return r.speak.Say("task.reply.share_with", "Reference", task.Reference().String(), "Title", shorten(task.Title, cardTitleLimit)), rows, nil
}

// pressShare opens the choice of working groups, or shares a task with one.
func (r *request) pressShare(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionShare)
	if err != nil {
		return err
	}
	if arguments.text(1) == "" {
		text, rows, err := r.partnerChoice(task)
		if err != nil {
			return err
		}
		if err := r.edit(text, rows...); err != nil {
			return err
		}
		return r.toast("")
	}
	group, err := r.tx.Group(arguments.number(1))
	if err != nil {
		return errorsOr(err, council.Refuse("no_such_group"))
	}
	with, without, toast := []council.Group{group}, []council.Group(nil), "shared"
	if arguments.text(2) == shareWithout {
		with, without, toast = nil, with, "unshared"
	}
	if task, err = r.changeTask(task.Number, shareChange(with, without)); err != nil {
		return err
	}
	if err := r.closePressed(task); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast."+toast, "Reference", task.Reference().String(), "Group", r.groupNameIn(r.speak, group)))
}

// shareNew lets a task belong to the working groups that were named when it was
// made, beside its own.
func (r *request) shareNew(task council.Task, dimensions []council.Dimension) (council.Task, error) {
	groups, err := r.partnerGroups(dimensions)
	if err != nil {
		return task, err
	}
	groups = slices.DeleteFunc(groups, func(group council.Group) bool { return group.ID == task.GroupID })
	if len(groups) == 0 {
		return task, nil
	}
	shared, err := task.Share(groups...)
	shared.Version = task.Version // it is made so, not changed
	return shared, err
}

// historyGroups names the groups of an event.
func (r *request) historyGroups(ids string) (string, error) {
	var groups []council.Group
	for _, id := range strings.Split(ids, ",") {
		group, err := r.tx.Group(pressArguments{id}.number(0))
		if notFoundIsNil(err) != nil {
			return "", err
		}
		if err == nil {
			groups = append(groups, group)
		}
	}
	return r.groupNames(r.speak, groups), nil
}
