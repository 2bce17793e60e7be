package council

import (
	"strconv"
	"strings"
)

// Kinds of things that carry a reference, by their letter.
const (
	TaskLetter           = 'T'
	EvaluationLetter     = 'E'
	OwnReminderLetter    = 'N'
	IdeaLetter           = 'I'
	QuestionLetter       = 'Q'
	PromptLetter         = 'P'
	PollLetter           = 'V'
	AnnouncementLetter   = 'A'
	MeetingLetter        = 'M'
	RecommendationLetter = 'R'
	PrivacyRequestLetter = 'H' // what somebody asks about their own data
	OfficialLetter       = 'G' // an official notice
)

// Kinds of things that are spoken of and that nobody names: they have a
// reference so that reminders, and what can be undone, hang on them.
const (
	AbsenceLetter     = 'B' // the bot was away; the number is the absence's
	HolidayYearLetter = 'Y' // a year without a list of holidays; the number is the year
	DigestLetter      = 'D' // what was said to a person on one morning
	LeaveLetter       = 'L' // a person's leaves; the number is the member's
	QuietLetter       = 'J' // a person's quiet times; the number is the member's
	GroupQuietLetter  = 'K' // a group's quiet times; the number is the group's
	PositionLetter    = 'O' // an office that people hold; the number is the position's
	RhythmLetter      = 'C' // the city's ladders and hour; the number is 1
	WeekLetter        = 'W' // a week of summaries; the number is its year times 100 plus the week, by ISO 8601
	IndicatorLetter   = 'X' // a line of an evaluation; people name its code
	SheetLetter       = 'S' // the indicators of an evaluation as one; the number is the evaluation's
	EvidenceLetter    = 'F' // a file or link filed for an indicator
	SettingLetter     = 'U' // a setting of the city; the number is the setting's
	PackLetter        = 'Z' // the pack of an evaluation's evidence; the number is the evaluation's
)

// Kinds of things of which only the undoing hangs on a reference. The letters are small
// ones, which nobody can name: ParseReference reads none of them.
const (
	MinuteLetter   = 'h' // a line of minutes; the number is the line's
	AttendeeLetter = 'g' // who was at a meeting; the number is the note's
)

// Reference names one thing: "T-12", "E-1". Numbers are unpadded and never
// reused. The zero Reference names nothing.
type Reference struct {
	Letter byte
	Number int64
}

// TaskReference names the task with this number.
func TaskReference(number int64) Reference { return Reference{TaskLetter, number} }

// EvaluationReference names the evaluation with this number.
func EvaluationReference(number int64) Reference { return Reference{EvaluationLetter, number} }

// IsZero tells whether the reference names nothing.
func (r Reference) IsZero() bool { return r.Letter == 0 }

// String writes the reference as people see it, "T-12"; the zero Reference is "".
func (r Reference) String() string {
	if r.IsZero() {
		return ""
	}
	return string(r.Letter) + "-" + strconv.FormatInt(r.Number, 10)
}

// ParseReference reads a reference tolerantly: "T-12", "t12", "T-012", "t 12"
// without the blank. Anything else, and the number 0, is not a reference.
func ParseReference(word string) (Reference, bool) {
	word = strings.Trim(word, " .,;:()[]!?")
	if len(word) < 2 {
		return Reference{}, false
	}
	letter := word[0] &^ 0x20
	if letter < 'A' || letter > 'Z' {
		return Reference{}, false
	}
	digits := strings.TrimPrefix(word[1:], "-")
	if digits == "" || len(digits) > 12 || strings.Trim(digits, "0123456789") != "" {
		return Reference{}, false
	}
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || number == 0 {
		return Reference{}, false
	}
	return Reference{letter, number}, true
}

// ParseKept reads a reference exactly as String wrote it, those of small letters included.
func ParseKept(kept string) (Reference, bool) {
	reference, ok := ParseReference(kept)
	if !ok || reference.Letter != kept[0]&^0x20 {
		return Reference{}, false
	}
	reference.Letter = kept[0]
	return reference, true
}
