package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What the buttons of attendance do; the meeting's number follows.
const (
	attendHere = "here" // who presses is there
	attendPage = "page" // the list to keep, and which page of it
	attendTap  = "tap"  // a member is there, or is not
	attendRep  = "rep"  // the one who was announced for a member is there, or is not
	attendOff  = "off"  // somebody without a member is taken off
	attendAdd  = "add"  // names are asked for
)

// attendanceRow lets people say that they are there, while the meeting takes that; nil
// at other times.
func (r *request) attendanceRow(speak locale.Speaker, m council.Meeting) []store.Button {
	if !m.TakesAttendance(r.now) || m.Minutes.State == council.MinutesAgreed {
		return nil
	}
	return []store.Button{button(speak, "attend_here", pressAttendance, attendHere, m.Number)}
}

// attendanceKeepRow opens the list of who was there, for whoever keeps it.
func (r *request) attendanceKeepRow(speak locale.Speaker, m council.Meeting) []store.Button {
	return []store.Button{button(speak, "attend_keep", pressAttendance, attendPage, m.Number, 0)}
}
