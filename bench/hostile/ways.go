package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// way is how a text reaches the program.
type way struct {
	name  string
	who   kind
	brief bool // belongs to the short run as well
	write func(person int64, text string) string
}

// ways are where people write a text, and behind which command.
func ways() []way {
	made := []way{
		{"in private", stranger, true, private},
		{"as a command", stranger, true, func(person int64, text string) string { return private(person, "/"+strings.ReplaceAll(text, " ", "_")) }},
		{"as a photo's caption", stranger, false, func(person int64, text string) string {
			return update("message", message(person, person, `"photo":[{"file_id":"a","file_unique_id":"b","width":1,"height":1}],"caption":`+quoted(text)))
		}},
		{"edited", stranger, false, func(person int64, text string) string {
			return update("edited_message", message(person, person, written(text)))
		}},
		{"replying to the bot where nobody linked", stranger, false, func(person int64, text string) string { return toBot(unlinked, person, text) }},
		{"in private", member, true, private},
		{"replying to the bot", member, true, func(person int64, text string) string { return toBot(community, person, text) }},
		{"as a command", member, true, func(person int64, text string) string { return private(person, "/"+strings.ReplaceAll(text, " ", "_")) }},
		{"in private", staff, false, private},
		{"replying to the bot", staff, false, func(person int64, text string) string { return toBot(pokja, person, text) }},
	}
	for _, command := range []string{"/mulai ", "/ide ", "/hapus_data ", "/data_saya ", "/bantuan "} {
		made = append(made, behind(command, stranger, command == "/ide " || command == "/mulai ", private))
	}
	for _, command := range []string{"/ide ", "/tanya ", "/cari ", "/ingatkan ", "/cuti ", "/dukung ", "/daftar_ide ", "/jam_tenang ", "/bahasa ", "/status ", "/tugas_saya "} {
		brief := command == "/ide " || command == "/ingatkan " || command == "/cari "
		made = append(made, behind(command, member, brief, func(person int64, text string) string { return inGroup(community, person, text) }))
	}
	for _, command := range []string{"/ide ", "/ingatkan ", "/tanya "} {
		made = append(made, behind(command, member, command == "/ingatkan ", private))
	}
	for _, command := range []string{"/tugas_baru ", "/tugas_baru rekap tonase tenggat ", "/selesai T-1 ", "/terkendala T-1 ", "/jawab Q-1 ", "/ingatkan ", "/tugaskan T-1 ", "/tenggat T-1 ", "/cari ", "/hubungkan ", "/rekap "} {
		made = append(made, behind(command, staff, command == "/tugas_baru ", func(person int64, text string) string { return inGroup(pokja, person, text) }))
	}
	return made
}

func behind(command string, who kind, brief bool, write func(int64, string) string) way {
	return way{"behind " + strings.TrimSpace(command), who, brief, func(person int64, text string) string {
		return write(person, string([]rune(command + text)[:longText]))
	}}
}

// inputsFor lists every text in every way, and what is no text. In the short run each text comes
// in few ways.
func inputsFor(short bool, only string) (inputs []input) {
	all := texts()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, one := range ways() {
			if short && !one.brief {
				continue
			}
			text := all[name]
			inputs = append(inputs, input{name: fmt.Sprintf("%s, %s, %s", name, one.name, kindShort[one.who]), who: one.who,
				build: func(person int64) string { return one.write(person, text) }})
		}
	}
	inputs = append(inputs, shapes()...)
	return slices.DeleteFunc(inputs, func(one input) bool { return !strings.Contains(one.name, only) })
}

var kindShort = [...]string{"stranger", "community", "working group"}
