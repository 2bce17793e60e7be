package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// search is /cari kata. In a group, where everybody reads the answer, it finds
// what is the group's.
func (r *request) search() error {
	if err := r.may(council.ActionSearch, council.Scope{Assigned: true, GroupID: r.group.ID}); err != nil {
		return err
	}
	if !r.private && !r.linked() {
		return council.Refuse("not_linked")
	}
	words := strings.TrimSpace(r.text)
	if words == "" {
		return r.reply(r.speak.Say("task.list.search_what"))
	}
	tasks, tasksWhole, err := r.foundTasks(words)
	if err != nil {
		return err
	}
	ideas, ideasWhole, err := r.foundIdeas(words)
	if err != nil {
		return err
	}
	lines := append(tasks, ideas...)
	if len(lines) == 0 {
		lines = []string{r.speak.Say("task.list.none_found", "Words", shorten(words, phraseLimit))}
	}
	if !tasksWhole || !ideasWhole {
		lines = append(lines, r.speak.Say("task.list.newest_searched"))
	}
	return r.reply(strings.Join(lines, "\n"))
}

// foundTasks are the tasks with some words that the person may see here, and how many.
func (r *request) foundTasks(words string) (lines []string, whole bool, err error) {
	found, err := r.tx.SearchTasks(r.visible(store.TaskFilter{GroupID: r.group.ID}), words)
	if err != nil || len(found.Numbers) == 0 {
		return nil, found.Whole, err
	}
	tasks, err := r.tx.Tasks(store.TaskFilter{Among: found.Numbers}, 0, 2*listPage)
	if err != nil {
		return nil, false, err
	}
	for _, task := range tasks {
		lines = append(lines, r.taskLineText(task))
	}
	return r.listFound("task.list.found", words, found, lines), found.Whole, nil
}

// foundIdeas are the ideas with some words, and how many they are.
func (r *request) foundIdeas(words string) (lines []string, whole bool, err error) {
	if mayNot := r.may(council.ActionSupport, council.Scope{}); mayNot != nil {
		return nil, true, nil // others find what else they may see
	}
	found, err := r.tx.SearchIdeas(store.IdeaFilter{AnyState: true}, words)
	if err != nil || len(found.Numbers) == 0 {
		return nil, found.Whole, err
	}
	ideas, err := r.tx.IdeasNumbered(found.Numbers[:min(len(found.Numbers), listPage)])
	if err != nil {
		return nil, false, err
	}
	for _, idea := range ideas {
		lines = append(lines, r.ideaLine(idea))
	}
	return r.listFound("idea_list.found", words, found, lines), found.Whole, nil
}

// listFound puts around the lines that are shown how many there are: where not everything
// was looked at, at least so many.
func (r *request) listFound(head, words string, found store.Found, lines []string) []string {
	if !found.Whole {
		head += "_at_least"
	}
	count, shown := len(found.Numbers), len(lines)
	lines = append([]string{r.speak.Say(head, "N", count, "Words", shorten(words, phraseLimit))}, lines...)
	if found.Whole && shown < count {
		lines = append(lines, r.speak.Say("task.list.more", "N", count-shown))
	}
	return lines
}
