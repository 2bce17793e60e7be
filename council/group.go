package council

// GroupKind is what a linked chat is for.
type GroupKind string

// Kinds of groups.
const (
	KindSecretariat  GroupKind = "secretariat"
	KindCouncil      GroupKind = "council"
	KindWorkingGroup GroupKind = "working_group"
	KindCommunity    GroupKind = "community"
)

// GroupKinds lists the kinds in the order in which they are offered.
var GroupKinds = []GroupKind{KindCouncil, KindWorkingGroup, KindCommunity, KindSecretariat}

// Role is the role that being seen in a group of this kind gives.
func (k GroupKind) Role() Role {
	switch k {
	case KindCouncil:
		return RoleCouncil
	case KindWorkingGroup, KindSecretariat:
		return RoleWorkingGroup
	case KindCommunity:
		return RoleCommunity
	}
	return ""
}

// Dimension is one of the six smart city dimensions.
type Dimension string

// The six dimensions of domain.md, section 2.
const (
	Governance  Dimension = "governance"
	Branding    Dimension = "branding"
	Economy     Dimension = "economy"
	Living      Dimension = "living"
	Society     Dimension = "society"
	Environment Dimension = "environment"
)

// Dimensions lists the six in their usual order.
var Dimensions = []Dimension{Governance, Branding, Economy, Living, Society, Environment}

// Group is a linked Telegram chat, or one topic of it.
type Group struct {
	ID        int64
	ChatID    int64
	ThreadID  int // 0: the whole chat
	Title     string
	Kind      GroupKind
	Dimension Dimension // only for working groups
	Language  string
	Reachable bool // false once the bot was thrown out
}
