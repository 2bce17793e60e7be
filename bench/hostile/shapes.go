package main

import (
	"fmt"
	"strings"
)

// shapes are updates whose form is the trouble, and not the words in them.
func shapes() []input {
	var made []input
	add := func(name string, build func(person int64) string) {
		made = append(made, input{name: name, who: stranger, build: build})
	}
	for name, mark := range map[string]string{
		"mentions": `{"type":"mention","offset":%d,"length":4}`, "bold": `{"type":"bold","offset":%d,"length":4000}`, "commands": `{"type":"bot_command","offset":%d,"length":1}`,
		"people": `{"type":"text_mention","offset":%d,"length":4,"user":{"id":99%[1]d,"is_bot":false,"first_name":"X"}}`, "past the end": `{"type":"text_link","offset":4095,"length":9%d,"url":"https://a.b"}`,
	} {
		marks := make([]string, 100)
		for at := range marks {
			marks[at] = fmt.Sprintf(mark, at*5)
		}
		content := `"text":` + quoted(repeated("@abc ")) + `,"entities":[` + strings.Join(marks, ",") + `]`
		add("100 marks: "+name, func(person int64) string { return update("message", message(person, person, content)) })
		add("100 marks in a command: "+name, func(person int64) string {
			return update("message", message(person, person, `"text":`+quoted("/ide "+repeated("@abc ")[:4000])+`,"entities":[{"type":"bot_command","offset":0,"length":4},`+strings.Join(marks, ",")+`]`))
		})
	}
	for name, data := range map[string]string{
		"nothing": "", "colons": strings.Repeat(":", 64), "digits": strings.Repeat("9", 64), "an idea": "idea:go:" + strings.Repeat("9", 56), "a task": "ack:" + strings.Repeat("9", 60),
		"a role": "role:9223372036854775807:coordinator", "negative": "card:-9223372036854775808", "a list": "list:" + strings.Repeat("1:", 29), "letters": strings.Repeat("😀", 16),
	} {
		add("a press that carries "+name, func(person int64) string {
			return update("callback_query", fmt.Sprintf(`{"id":"%d","from":{"id":%d,"is_bot":false,"first_name":"Warga"},"chat_instance":"1","data":%s,"message":%s}`,
				messages.Add(1), person, quoted(data), message(person, bot, `"text":"x"`)))
		})
	}
	deep := func(open, close string, depth int) string {
		return strings.Repeat(open, depth) + strings.Repeat(close, depth)
	}
	add("a field 9,000 deep", func(person int64) string {
		return update("message", message(person, person, `"text":"x","unknown":`+deep("[", "]", 9_000)))
	})
	add("replies 500 deep", func(person int64) string {
		return update("message", message(person, person, `"text":"x"`+strings.Repeat(fmt.Sprintf(`,"reply_to_message":{"message_id":1,"date":1,"chat":{"id":%d,"type":"private"},"text":"7301234567890001"`, person), 500)+strings.Repeat("}", 500)))
	})
	add("64 kB that mean nothing", func(person int64) string {
		return update("message", message(person, person, `"text":"x","unknown":`+quoted(strings.Repeat("x", 64<<10))))
	})
	add("everything at its longest, and to be masked", func(person int64) string {
		long := quoted(repeated("73012345 "))
		return update("message", message(person, person, fmt.Sprintf(`"text":%s,"quote":{"text":%[1]s,"position":0},"forward_sender_name":%[1]s,"author_signature":%[1]s,"reply_to_message":{"message_id":1,"date":1,"chat":{"id":%d,"type":"private"},"text":%[1]s}`, long, person)))
	})
	add("no update at all", func(int64) string { return `{"update_id":#}` })
	made = append(made, input{name: "numbers that are none", who: stranger, broken: true, build: func(person int64) string {
		return update("message", message(person, person, `"text":"x","date":1e999`))
	}})
	return append(made, crowds()...)
}

// crowds are updates that name many people, or come from places with long names.
func crowds() []input {
	var made []input
	add := func(name string, build func(person int64) string) {
		made = append(made, input{name: name, who: stranger, build: build})
	}
	for name, chat := range map[string]int64{"nobody linked": unlinked, "a community meets": community} {
		add("200 come in at once where "+name, func(person int64) string {
			coming := make([]string, 200)
			for at := range coming {
				coming[at] = fmt.Sprintf(`{"id":%d,"is_bot":false,"first_name":%s}`, person*1000+int64(at), quoted(strings.Repeat("N", 64)))
			}
			return update("message", message(chat, person, `"new_chat_members":[`+strings.Join(coming, ",")+`]`))
		})
	}
	add("a name of 4,096 letters", func(person int64) string {
		return fmt.Sprintf(`{"update_id":#,"message":{"message_id":1,"date":1,"chat":{"id":%d,"type":"private"},"from":{"id":%[1]d,"is_bot":false,"first_name":%s,"last_name":%[2]s,"username":%[2]s},"text":"/mulai"}}`,
			person, quoted(repeated("n")))
	})
	add("the bot comes into a group with a long name", func(person int64) string {
		return update("my_chat_member", fmt.Sprintf(`{"chat":{"id":%d,"type":"supergroup","title":%s},"from":{"id":%d,"is_bot":false,"first_name":"W"},"date":1,"old_chat_member":{"status":"left","user":{"id":%d,"is_bot":true,"first_name":"R"}},"new_chat_member":{"status":"member","user":{"id":%[4]d,"is_bot":true,"first_name":"R"}}}`,
			unlinked-person, quoted(repeated("G ")), person, bot))
	})
	add("one photo of an album with a long caption", func(person int64) string {
		return update("message", message(person, person, `"media_group_id":"1","photo":[`+strings.Repeat(`{"file_id":"a","file_unique_id":"b","width":1,"height":1},`, 99)+`{"file_id":"a","file_unique_id":"b","width":1,"height":1}],"caption":`+quoted(repeated("besok "))))
	})
	add("a poll of which nothing is known", func(int64) string {
		return update("poll", `{"id":"1","question":`+quoted(repeated("q"))+`,"options":[`+strings.Repeat(`{"text":"x","voter_count":1},`, 99)+`{"text":"x","voter_count":1}],"total_voter_count":100,"is_closed":false,"is_anonymous":true,"type":"regular","allows_multiple_answers":false}`)
	})
	return made
}
