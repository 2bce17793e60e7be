package main

import (
	"fmt"
	"io"
	"time"
)

// mostLag is how late the replica may be with the spans of deploy/litestream.yml.
const mostLag = 2 * time.Second

// result is what a run has shown.
type result struct {
	plan
	commands   int           // how many were written
	answered   int           // how many had their card when their machine was lost
	lost       int           // confirmed to Telegram, and not in the replica
	lag        time.Duration // how long before the loss the earliest lost one was answered, at most
	holes      int           // lost, though something that came later was kept
	unanswered int           // neither lost nor answered in the end
	doneTwice  int
	saidTwice  int
	slowest    time.Duration // from the loss until the next machine was polling
	whole      string        // what the last database says of itself

	numberedTwice int // numbers that two things have had in the chats
	outOfOrder    int
	silent        int // presses on lost cards that were not told that they mean nothing

	leftAfterErasing int           // how often words of somebody who was erased stand in the files
	erasing          time.Duration // how long it took to get them out
}

// print writes the table, and tells whether everything is as it must be.
func (r result) print(out io.Writer) bool {
	fmt.Fprintf(out, "seed %d: %d commands over %d machines, of which %d were lost while they worked\n\n", r.seed, r.commands, r.failovers+1, r.failovers)
	good := true
	row := func(what, figure, must string, met bool) {
		verdict := ""
		if must != "" {
			verdict = "met"
		}
		if !met {
			verdict, good = "NOT met", false
		}
		fmt.Fprintf(out, "%-68s %12s   %-10s %s\n", what, figure, must, verdict)
	}
	row("answered when their machine was lost", fmt.Sprint(r.answered), "", true)
	row("lost within the replica's lag", fmt.Sprint(r.lost), "", true)
	row("the replica's lag: answered so long before the loss, ms at most", fmt.Sprint(r.lag.Milliseconds()), fmt.Sprintf("<= %d", mostLag.Milliseconds()), r.lag <= mostLag)
	row("lost though something later was kept", fmt.Sprint(r.holes), "0", r.holes == 0)
	row("neither lost so nor answered", fmt.Sprint(r.unanswered), "0", r.unanswered == 0)
	row("done twice", fmt.Sprint(r.doneTwice), "0", r.doneTwice == 0)
	row("out of order", fmt.Sprint(r.outOfOrder), "0", r.outOfOrder == 0)
	row("numbers that two things have had", fmt.Sprint(r.numberedTwice), "0", r.numberedTwice == 0)
	row("presses on lost cards that were not told so", fmt.Sprint(r.silent), "0", r.silent == 0)
	row("said twice by two machines", fmt.Sprint(r.saidTwice), "", true)
	row("from the loss until the next machine polls, ms at most", fmt.Sprint(r.slowest.Milliseconds()), "", true)
	row("erased words in the files of the database, beside Litestream", fmt.Sprint(r.leftAfterErasing), "0", r.leftAfterErasing == 0)
	row("until they were out, ms", fmt.Sprint(r.erasing.Milliseconds()), "", true)
	row("the last database's own check", fmt.Sprintf("%.12s", r.whole), "ok", r.whole == "ok")
	return good
}
