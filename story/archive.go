package story

import (
	"bytes"
	"strings"
)

// File is one file of a script's archive.
type File struct {
	Name string
	Data []byte
}

// splitArchive reads a txtar archive: a comment, then files that begin with a line "-- name --".
func splitArchive(data []byte) (comment string, files []File) {
	var text bytes.Buffer
	name := ""
	keep := func() {
		if name == "" {
			comment = text.String()
		} else {
			files = append(files, File{name, bytes.Clone(text.Bytes())})
		}
		text.Reset()
	}
	for line := range bytes.Lines(data) {
		if marker, found := fileMarker(string(line)); found {
			keep()
			name = marker
			continue
		}
		text.Write(line)
	}
	keep()
	return comment, files
}

func fileMarker(line string) (name string, found bool) {
	line = strings.TrimRight(line, "\r\n")
	if len(line) < 7 || !strings.HasPrefix(line, "-- ") || !strings.HasSuffix(line, " --") {
		return "", false
	}
	name = strings.TrimSpace(line[3 : len(line)-3])
	return name, name != ""
}

// joinArchive is the other direction of splitArchive.
func joinArchive(comment string, files []File) []byte {
	var archive bytes.Buffer
	write := func(text []byte) {
		archive.Write(text)
		if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
			archive.WriteByte('\n')
		}
	}
	write([]byte(comment))
	for _, file := range files {
		archive.WriteString("-- " + file.Name + " --\n")
		write(file.Data)
	}
	return archive.Bytes()
}
