package bot

// What is done by a button of pressMeeting; the number of the meeting follows. These
// words stand inside buttons that live as long as their messages.
const (
	meetingComing      = "yes"
	meetingRepresented = "rep"
	meetingAway        = "no"
	meetingAnswers     = "answers" // [Daftar hadir]; a page may follow
)
