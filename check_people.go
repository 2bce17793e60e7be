package main

import (
	"fmt"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// checkPeople counts who has a role, work, a position or a place in a group and cannot be
// written to, by why. Names stand in a coordinator's /status.
func checkPeople(read contents) []finding {
	if len(read.out) == 0 {
		return []finding{{fine, "people", "everybody who has something to do can be written to"}}
	}
	counts := make(map[council.Reach]int)
	for _, member := range read.out {
		counts[member.Reach]++
	}
	var reasons []string
	for _, one := range []struct {
		reach council.Reach
		words string
	}{
		{council.ReachUnknown, "%d never opened a private chat with the bot"}, {council.ReachBlocked, "%d blocked it"},
		{council.ReachGone, "%d deleted their account"},
	} {
		if counts[one.reach] > 0 {
			reasons = append(reasons, fmt.Sprintf(one.words, counts[one.reach]))
		}
	}
	return []finding{{note, "people", fmt.Sprintf("%d who have something to do cannot be written to: %s; a coordinator sees who, with the cure, in /status", len(read.out), strings.Join(reasons, ", "))}}
}
