package bot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
)

// Up to how many groups of a kind the text names each, and how much of a name;
// more are counted.
const (
	involvementGroups = 8
	involvementName   = 32
)

// name names the days that were counted: "Oktober 2026", "1–16 Oktober 2026".
func (v involvementView) name(speak locale.Speaker, span council.Span) string {
	month := council.MonthOf(span.From, v.zone)
	if span == month.Span(v.zone) {
		return speak.Month(month.Year, month.Month)
	}
	return speak.DaysOfMonth(month.Year, month.Month, council.DayOf(span.Until, v.zone).Day)
}

// lines are the numbers in words, all of them for private chats, and three short
// ones for groups.
func (v involvementView) lines(speak locale.Speaker, all bool) []string {
	head := speak.Say("involvement.head", "Span", v.name(speak, v.span), "Before", v.name(speak, v.spanBefore))
	lines := []string{head, speak.Say("involvement.active", "Active", compare(speak, v.now.City.Active, v.before.City.Active),
		"Groups", compare(speak, v.now.ActiveGroups(), v.before.ActiveGroups()), "All", len(v.groups))}
	lines = append(lines, v.questionLine(speak))
	if !all {
		return lines
	}
	for _, share := range []struct {
		key         string
		now, before council.Share
	}{{"involvement.prompts", v.now.City.Prompts, v.before.City.Prompts}, {"involvement.read", v.now.City.Read, v.before.City.Read}} {
		if share.now.Of > 0 {
			lines = append(lines, speak.Say(share.key, "Did", share.now.Did, "Of", share.now.Of,
				"Percent", comparePercent(speak, share.now, share.before)))
		}
	}
	lines = append(lines, v.laterLines(speak)...)
	return append(append(lines, ""), v.kindLines(speak)...)
}

func (v involvementView) questionLine(speak locale.Speaker) string {
	now, before := v.now.City.Asked, v.before.City.Asked
	line := speak.Say("involvement.questions", "Asked", compare(speak, now.Count, before.Count), "Answered", compare(speak, now.Answered, before.Answered))
	if now.Answered > 0 {
		line += speak.Say("involvement.in_time", "InTime", now.InTime, "Percent", council.Share{Did: now.InTime, Of: now.Answered}.Percent())
	}
	if median, known := now.Median(); known {
		line += " · " + speak.Count("involvement.median", plural(median), "Days", speak.Decimal(median))
	}
	return line
}

// plural is the number by which a count of days takes its grammatical number.
func plural(days float64) int {
	if days == 1 {
		return 1
	}
	return 2
}

// laterLines are for what only some cities do: nothing is said where there is none.
func (v involvementView) laterLines(speak locale.Speaker) (lines []string) {
	now, before := v.now.City, v.before.City
	if now.Given+now.Decided+before.Given+before.Decided > 0 {
		lines = append(lines, speak.Say("involvement.ideas", "Given", compare(speak, now.Given, before.Given), "Decided", compare(speak, now.Decided, before.Decided)))
	}
	if now.Meetings+before.Meetings > 0 {
		lines = append(lines, speak.Say("involvement.meetings", "Meetings", compare(speak, now.Meetings, before.Meetings)))
	}
	return lines
}

// kindLines are one line for every kind of group, with its groups where there are several.
func (v involvementView) kindLines(speak locale.Speaker) (lines []string) {
	for _, kind := range council.GroupKinds {
		groups := slices.DeleteFunc(slices.Clone(v.groups), func(group report.NamedGroup) bool { return group.Kind != kind })
		if len(groups) == 0 {
			continue
		}
		now, before := v.now.Kinds[kind], v.before.Kinds[kind]
		line := speak.Say("involvement.kind_line", "Kind", speak.Say("involvement.kind."+string(kind)), "Active", compare(speak, now.Active, before.Active))
		if now.Asked.Count > 0 {
			line += " · " + speak.Say("involvement.asked", "N", now.Asked.Count)
		}
		if now.Put.Count+now.Put.Answered > 0 {
			line += " · " + speak.Say("involvement.put", "N", now.Put.Count, "Answered", now.Put.Answered)
		}
		lines = append(lines, line)
		if len(groups) > 1 {
			lines = append(lines, v.groupLine(speak, groups))
		}
	}
	return lines
}

func (v involvementView) groupLine(speak locale.Speaker, groups []report.NamedGroup) string {
	if len(groups) > involvementGroups {
		return speak.Say("involvement.groups_active", "Active", compare(speak, activeOf(groups, v.now), activeOf(groups, v.before)), "All", len(groups))
	}
	var parts []string
	for _, group := range groups {
		name := group.Name
		if group.Kind != council.KindWorkingGroup { // the line before names the kind
			name = group.Title
		}
		parts = append(parts, shorten(name, involvementName)+" "+compare(speak, v.now.Groups[group.ID].Active, v.before.Groups[group.ID].Active))
	}
	return speak.Say("involvement.groups", "Groups", strings.Join(parts, ", "))
}

// activeOf counts the groups in which anybody was active.
func activeOf(groups []report.NamedGroup, involvement council.Involvement) (count int) {
	for _, group := range groups {
		if involvement.Groups[group.ID].Active > 0 {
			count++
		}
	}
	return count
}

// compare writes a number beside the one of the month before: "12 (↑ 9)".
func compare(speak locale.Speaker, now, before int) string {
	return compared(speak, strconv.Itoa(now), strconv.Itoa(before), now-before)
}

func comparePercent(speak locale.Speaker, now, before council.Share) string {
	percent := func(share council.Share) string { return speak.Say("involvement.percent", "N", share.Percent()) }
	if before.Of == 0 {
		return percent(now)
	}
	return compared(speak, percent(now), percent(before), now.Percent()-before.Percent())
}

func compared(speak locale.Speaker, now, before string, difference int) string {
	key := "involvement.same"
	switch {
	case difference > 0:
		key = "involvement.more"
	case difference < 0:
		key = "involvement.less"
	}
	return speak.Say(key, "Now", now, "Before", before)
}
