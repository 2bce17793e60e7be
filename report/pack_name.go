package report

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// Limits of names in runes. A whole path stays below the 260 that Windows allows,
// with room for the folder into which a pack is unpacked.
const (
	folderLimit    = 50
	fileLimit      = 70
	extensionLimit = 10
	bytesLimit     = 200 // of one name: file systems allow 255 bytes
)

// folders are the folders of a pack, each once, whatever their case. The files in one
// differ by their numbers.
type folders map[string]bool

// free gives a folder a name that no other has.
func (f folders) free(name string) string {
	for try := 1; ; try++ {
		found := name
		if try > 1 {
			found += " (" + strconv.Itoa(try) + ")"
		}
		if key := strings.ToLower(found); !f[key] {
			f[key] = true
			return found
		}
	}
}

// evidenceName is a piece of evidence as a file: "01 rekap tonase.pdf". What was sent
// without a name is called by the words beside it, or by what it is.
func evidenceName(speak locale.Speaker, number int, evidence council.Evidence) string {
	name, extension := evidence.Name, ""
	if at := strings.LastIndexByte(name, '.'); at > 0 && evidence.Hash != "" {
		if ending := safeName(name[at+1:], extensionLimit+1); ending != "" && utf8.RuneCountInString(ending) <= extensionLimit {
			name, extension = name[:at], "."+ending
		}
	}
	if name = safeName(name, fileLimit); name == "" {
		name = safeName(evidence.Words, fileLimit)
	}
	if name == "" {
		name = safeName(hostOf(evidence.Link), fileLimit)
	}
	if name == "" {
		name = speak.Say("pack.kind." + evidence.Kind)
	}
	switch {
	case evidence.Hash == "":
		extension = ".url"
	case extension == "":
		extension = usualExtensions[evidence.Kind]
	}
	return twoDigits(number) + " " + name + extension
}

// usualExtensions are those of what Telegram gives no name.
var usualExtensions = map[string]string{
	"photo": ".jpg", "video": ".mp4", "animation": ".mp4", "video_note": ".mp4", "audio": ".mp3", "voice": ".ogg",
}

func twoDigits(number int) string {
	if number < 10 {
		return "0" + strconv.Itoa(number)
	}
	return strconv.Itoa(number)
}

// safeName makes of a text a name for a file or folder that every system takes: it
// has none of the characters that Windows keeps for itself, none that cannot be seen
// or that turn the direction of writing, no path, no dots or blanks at its ends, and
// at most so many runes. Empty where nothing is left.
func safeName(text string, limit int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r), unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, !unicode.IsPrint(r):
			return -1
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	for runes := []rune(text); len(runes) > limit || len(text) > bytesLimit; text = string(runes) {
		runes = runes[:min(len(runes)-1, limit)]
	}
	return strings.Trim(text, ". ")
}

// shortcut is a link as a file that opens it.
func shortcut(address string) []byte {
	return []byte("[InternetShortcut]\r\nURL=" + address + "\r\n")
}

// linkOf is where a link or a place leads, empty for what is no address of the web.
func linkOf(evidence council.Evidence) string {
	if evidence.Kind == council.EvidencePlace {
		north, east, both := strings.Cut(evidence.FileID, ",")
		if _, err := strconv.ParseFloat(north, 64); err != nil || !both {
			return ""
		}
		if _, err := strconv.ParseFloat(east, 64); err != nil {
			return ""
		}
		return "https://www.openstreetmap.org/?mlat=" + north + "&mlon=" + east + "#map=17/" + north + "/" + east
	}
	address, err := url.Parse(strings.TrimSpace(evidence.Link))
	if err != nil || address.Host == "" || address.Scheme != "https" && address.Scheme != "http" {
		return ""
	}
	return strings.ReplaceAll(address.String(), " ", "%20") // which it leaves in the query
}

func hostOf(link string) string {
	address, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		return ""
	}
	return address.Host
}
