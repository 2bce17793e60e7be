package store

import (
	"slices"
	"sync/atomic"
)

// durable is what the disk must have before a change is said to be kept.
type durable int

const (
	durableNothing durable = iota
	durableBefore          // every Update committed before
	durableItself          // with all that stands before it in the write-ahead log
)

// syncer waits for the disk beside the writer, which commits what comes next meanwhile:
// SQLite would wait within each commit. Commits that come to wait together share a sync.
type syncer struct {
	sync    func() error
	failed  func() error // nil as long as no sync has failed
	commits chan []job   // jobs of one commit each, in their order
	ended   chan struct{}
	hurried atomic.Bool // nobody waits for the disk
}

// commitsWaiting is how many commits wait for the disk before the writer does.
const commitsWaiting = 16

func newSyncer(sync, failed func() error) *syncer {
	s := &syncer{sync: sync, failed: failed, commits: make(chan []job, commitsWaiting), ended: make(chan struct{})}
	go s.run()
	return s
}

// add answers those of a commit who wait for nothing, and the others when the disk has what
// they wait for.
func (s *syncer) add(commit []job) {
	var waiting []job
	for _, one := range commit {
		if one.until == durableNothing || s.hurried.Load() {
			one.done <- nil
			continue
		}
		waiting = append(waiting, one)
	}
	if len(waiting) > 0 {
		s.commits <- waiting
	}
}

func (s *syncer) run() {
	defer close(s.ended)
	for first := range s.commits {
		s.together(first)
	}
}

// together syncs once for the commits that wait. Whoever is in the first of them and needs no
// more than the earlier ones need not wait for that.
func (s *syncer) together(first []job) {
	var waiting []job
	for _, one := range first {
		if one.until == durableBefore {
			one.done <- s.failed()
			continue
		}
		waiting = append(waiting, one)
	}
	waiting = append(waiting, s.more()...)
	if !slices.ContainsFunc(waiting, func(one job) bool { return one.until == durableItself }) {
		answer(waiting, s.failed())
		return
	}
	answer(waiting, s.sync())
}

// more are the jobs of all commits that wait by now.
func (s *syncer) more() (waiting []job) {
	for {
		select {
		case commit := <-s.commits: // nil when it has ended
			if commit == nil {
				return waiting
			}
			waiting = append(waiting, commit...)
		default:
			return waiting
		}
	}
}

func answer(waiting []job, err error) {
	for _, one := range waiting {
		one.done <- err
	}
}

// end must come after the last add, and waits until everybody was answered.
func (s *syncer) end() {
	close(s.commits)
	<-s.ended
}
