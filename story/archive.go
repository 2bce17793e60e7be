package story

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"
)

// File is one file of a script's archive.
type File struct {
	Name string
	Data []byte
}

// encodedFile ends the name of a file that stands in base64, since an archive holds lines of text only.
const encodedFile = ".base64"

// decoded is the file as it is sent.
func (f File) decoded() (File, error) {
	name, found := strings.CutSuffix(f.Name, encodedFile)
	if !found {
		return f, nil
	}
	data, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(f.Data), nil)))
	if err != nil {
		return File{}, fmt.Errorf("the file %s: %w", f.Name, err)
	}
	return File{name, data}, nil
}

// encoded is the file as it stands in an archive.
func (f File) encoded() File {
	if f.isPlain() {
		return f
	}
	const width = 76
	text := base64.StdEncoding.EncodeToString(f.Data)
	var lines bytes.Buffer
	for ; len(text) > width; text = text[width:] {
		lines.WriteString(text[:width] + "\n")
	}
	lines.WriteString(text + "\n")
	return File{f.Name + encodedFile, lines.Bytes()}
}

// isPlain reports whether an archive can hold the file as it is.
func (f File) isPlain() bool {
	if !utf8.Valid(f.Data) || len(f.Data) > 0 && !bytes.HasSuffix(f.Data, []byte("\n")) || strings.HasSuffix(f.Name, encodedFile) {
		return false
	}
	for line := range bytes.Lines(f.Data) {
		if _, found := fileMarker(string(line)); found {
			return false
		}
	}
	return true
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
