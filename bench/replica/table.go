package main

import (
	"fmt"
	"io"
	"time"

	"github.com/rembuk/rembuk/bench/table"
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
	figures := table.Table{Untimed: r.untimed}
	figures.Title(fmt.Sprintf("seed %d: %d commands over %d machines, of which %d were lost while they worked", r.seed, r.commands, r.failovers+1, r.failovers))
	figures.Note("answered when their machine was lost", "%v", r.answered)
	figures.Note("lost within the replica's lag", "%v", r.lost)
	figures.Timed("the replica's lag: answered so long before the loss, ms at most", fmt.Sprint(r.lag.Milliseconds()), fmt.Sprintf("<= %d", mostLag.Milliseconds()), r.lag <= mostLag)
	figures.None("lost though something later was kept", r.holes)
	figures.None("neither lost so nor answered", r.unanswered)
	figures.None("done twice", r.doneTwice)
	figures.None("out of order", r.outOfOrder)
	figures.None("numbers that two things have had", r.numberedTwice)
	figures.None("presses on lost cards that were not told so", r.silent)
	figures.Note("said twice by two machines", "%v", r.saidTwice)
	figures.Note("from the loss until the next machine polls, ms at most", "%v", r.slowest.Milliseconds())
	figures.None("erased words in the files of the database, beside Litestream", r.leftAfterErasing)
	figures.Note("until they were out, ms", "%v", r.erasing.Milliseconds())
	figures.Must("the last database's own check", fmt.Sprintf("%.12s", r.whole), "ok", r.whole == "ok")
	return figures.Print(out)
}
