package bot

import (
	"sync"
	"time"
)

// strangerAMinute is how many messages and presses of one person outside every group are
// looked at within a minute. Nobody types as many; what comes beyond is passed over,
// but for the sign that a press has come.
const strangerAMinute = 20

// valve counts what people outside every group do within a minute. It is in memory: after
// a start somebody may do a minute's worth once more.
type valve struct {
	mutex  sync.Mutex
	minute int64
	counts map[int64]int
}

// takes tells whether another update of a person is looked at.
func (v *valve) takes(person int64, now time.Time) bool {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	if minute := now.Unix() / 60; minute != v.minute || v.counts == nil {
		v.minute, v.counts = minute, make(map[int64]int)
	}
	v.counts[person]++
	return v.counts[person] <= strangerAMinute
}

// floods tells whether somebody outside every group has done too much within a minute.
func (r *request) floods() bool {
	return r.actor.ID != 0 && r.actor.IsStranger() && !r.strangers.takes(r.actor.ID, r.now)
}
