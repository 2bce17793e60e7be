package sim

import "encoding/json"

// The shapes in which Telegram speaks. Only fields that this server fills are named.

type wireUser struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

type wireChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

// Entity marks a part of a text. Offset and Length count UTF-16 units.
type Entity struct {
	Type     string    `json:"type"`
	Offset   int       `json:"offset"`
	Length   int       `json:"length"`
	URL      string    `json:"url,omitempty"`
	User     *wireUser `json:"user,omitempty"`
	Language string    `json:"language,omitempty"`
	EmojiID  string    `json:"custom_emoji_id,omitempty"`
	UnixTime int64     `json:"unix_time,omitempty"`
}

// Button is one button under a message: Data for one that calls back, URL for one that opens a link.
type Button struct {
	Text string    `json:"text"`
	Data string    `json:"callback_data,omitempty"`
	URL  string    `json:"url,omitempty"`
	Copy *copyText `json:"copy_text,omitempty"`
}

type copyText struct {
	Text string `json:"text"`
}

type wireMarkup struct {
	Keyboard [][]Button `json:"inline_keyboard"`
}

type wireFile struct {
	ID       string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Size     int    `json:"file_size"`
	Name     string `json:"file_name,omitempty"`
	MIME     string `json:"mime_type,omitempty"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration *int   `json:"duration,omitempty"` // in seconds; always 0 here
	Path     string `json:"file_path,omitempty"`
}

type wireTopic struct {
	Name      string `json:"name"`
	IconColor int    `json:"icon_color"`
}

// serviceFields are the fields of a message that tells of a change in the chat instead of carrying words.
type serviceFields struct {
	NewMembers  []wireUser `json:"new_chat_members,omitempty"`
	LeftMember  *wireUser  `json:"left_chat_member,omitempty"`
	MigrateTo   int64      `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom int64      `json:"migrate_from_chat_id,omitempty"`
	Topic       *wireTopic `json:"forum_topic_created,omitempty"`
}

type wireMessage struct {
	ID              int          `json:"message_id"`
	Thread          int          `json:"message_thread_id,omitempty"`
	IsTopic         bool         `json:"is_topic_message,omitempty"`
	From            *wireUser    `json:"from,omitempty"`
	SenderChat      *wireChat    `json:"sender_chat,omitempty"`
	Date            int64        `json:"date"`
	EditDate        int64        `json:"edit_date,omitempty"`
	Chat            wireChat     `json:"chat"`
	ReplyTo         *wireMessage `json:"reply_to_message,omitempty"`
	MediaGroup      string       `json:"media_group_id,omitempty"`
	Text            string       `json:"text,omitempty"`
	Entities        []Entity     `json:"entities,omitempty"`
	Document        *wireFile    `json:"document,omitempty"`
	Photo           []wireFile   `json:"photo,omitempty"`
	Video           *wireFile    `json:"video,omitempty"`
	Audio           *wireFile    `json:"audio,omitempty"`
	Voice           *wireFile    `json:"voice,omitempty"`
	VideoNote       *wireFile    `json:"video_note,omitempty"`
	Animation       *wireFile    `json:"animation,omitempty"`
	Location        *Location    `json:"location,omitempty"`
	Poll            *wirePoll    `json:"poll,omitempty"`
	Caption         string       `json:"caption,omitempty"`
	CaptionEntities []Entity     `json:"caption_entities,omitempty"`
	Pinned          *wireMessage `json:"pinned_message,omitempty"`
	Markup          *wireMarkup  `json:"reply_markup,omitempty"`
	serviceFields
}

// wireGone is a message that is too old for the bot to see: its date is always 0.
type wireGone struct {
	Chat wireChat `json:"chat"`
	ID   int      `json:"message_id"`
	Date int      `json:"date"`
}

type wirePress struct {
	ID           string   `json:"id"`
	From         wireUser `json:"from"`
	Message      any      `json:"message"`
	ChatInstance string   `json:"chat_instance"`
	Data         string   `json:"data"`
}

type wireMember struct {
	Status    string   `json:"status"`
	User      wireUser `json:"user"`
	Anonymous *bool    `json:"is_anonymous,omitempty"`
	Until     *int64   `json:"until_date,omitempty"`
}

type wireMemberChange struct {
	Chat wireChat   `json:"chat"`
	From wireUser   `json:"from"`
	Date int64      `json:"date"`
	Old  wireMember `json:"old_chat_member"`
	New  wireMember `json:"new_chat_member"`
}

// encode turns a shape of this file into JSON. They all can be encoded, so an error is a mistake of this package.
func encode(shape any) json.RawMessage {
	body, err := json.Marshal(shape)
	if err != nil {
		panic("local Telegram cannot encode its own answer: " + err.Error())
	}
	return body
}
