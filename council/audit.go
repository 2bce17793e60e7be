package council

// Matter is a kind of what is looked up in the record of events: either by what
// happened, or by the kind of thing that it happened to.
type Matter string

// Matters that are no kind of thing.
const (
	MatterRoles     Matter = "roles"
	MatterGroups    Matter = "groups"
	MatterSettings  Matter = "settings"
	MatterPositions Matter = "positions"
	MatterExports   Matter = "exports"
	MatterPrivacy   Matter = "privacy"
	MatterDecisions Matter = "decisions"
)

// matterKinds says which events belong to a matter that is no kind of thing.
var matterKinds = map[Matter][]EventKind{
	MatterRoles:     {EventRoleChanged},
	MatterGroups:    {EventLinked, EventUnlinked},
	MatterSettings:  {EventSetting, EventRhythm},
	MatterPositions: {EventPosition},
	MatterExports:   {EventExported, EventPacked},
	MatterPrivacy:   {EventConsented, EventConsentWithdrawn, EventPrivacyAsked, EventPrivacyEnded, EventErased},
	MatterDecisions: {EventDecided, EventAgreed},
}

// matterLetters says which things belong to a matter that is a kind of thing.
var matterLetters = map[Matter]byte{
	"tasks": TaskLetter, "evaluations": EvaluationLetter, "indicators": IndicatorLetter, "evidence": EvidenceLetter,
	"ideas": IdeaLetter, "questions": QuestionLetter, "prompts": PromptLetter, "polls": PollLetter,
	"announcements": AnnouncementLetter, "official": OfficialLetter, "meetings": MeetingLetter,
	"recommendations": RecommendationLetter, "reminders": OwnReminderLetter, "holidays": HolidayYearLetter, "leaves": LeaveLetter,
}

// IsKnown tells whether there is such a matter; "" is none.
func (m Matter) IsKnown() bool { return len(matterKinds[m]) > 0 || matterLetters[m] != 0 }

// Kinds are the events of a matter; none where it is a kind of thing.
func (m Matter) Kinds() []EventKind { return matterKinds[m] }

// Letter is that of the things of a matter; 0 where it is about what happened.
func (m Matter) Letter() byte { return matterLetters[m] }
