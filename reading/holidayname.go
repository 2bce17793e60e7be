package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	longestName   = 80  // letters of a day's name
	longestDecree = 160 // letters of the decree's
)

// jointLeave are the words that make a day one of joint leave; names are kept in
// Indonesian, as the decree writes them.
var jointLeave = regexp.MustCompile(`(?i)cuti[ _-]*bersama|joint[ _-]*leave|collective[ _-]*leave`)

const jointLeavePrefix = "Cuti bersama"

// wordsOfHeadings are the words of which headings consist; a line with any other
// word should be a day off.
var wordsOfHeadings = wordSet(`hari libur nasional cuti bersama dan daftar kalender tahun resmi sesuai berdasarkan pemerintah bulan tanggal nama
	keterangan jenis no nomor indonesia republik a b c i ii iii public national holidays holiday joint collective leave list of and the date name
	type calendar year official for in day days off status libur_nasional cuti_bersama joint_leave januari februari maret april mei juni juli
	agustus september oktober november desember january february march may june july august october december`)

// wordsAround may stand beside a date without being part of a name.
var wordsAround = wordSet(`hari tanggal tgl pada dan sampai hingga mulai dari no nomor senin selasa rabu kamis jumat sabtu minggu ahad
	monday tuesday wednesday thursday friday saturday sunday and to from on`)

// wordsOfTables stand in the head of a table only.
var wordsOfTables = wordSet("tanggal nama keterangan jenis date name type status")

// Cells of a table that tell what kind of day it is.
var (
	kindCells = wordSet("libur nasional libur_nasional hari public national holiday tidak no false")
	yesCells  = wordSet("ya yes true 1")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// heading is what a line says that names no day.
type heading struct {
	year            int
	joint, holidays bool // what stands below, or which columns there are
	table           bool // the head of a table
}

// headingOf reads a line of which every word belongs to headings; an empty line
// is one that says nothing.
func headingOf(line string) (found heading, ok bool) {
	if len(line) > longestLine {
		return heading{}, false
	}
	tokens := split(line)
	for index, token := range tokens {
		isNumbering := index == 0 && len(tokens) > 2 && strings.Contains(".)", tokens[1].text)
		switch {
		case token.kind == numberToken && len(token.text) == 4 && token.value >= earliestYear && token.value <= latestYear && found.year == 0:
			found.year = token.value
		case token.kind == numberToken && !isNumbering, token.kind == wordToken && !wordsOfHeadings[token.text]:
			return heading{}, false
		case wordsOfTables[token.text]:
			found.table = true
		case token.text == "libur" || token.text == "holiday" || token.text == "holidays":
			found.holidays = true
		}
	}
	found.joint = jointLeave.MatchString(line) && (found.table || !nationalToo.MatchString(line))
	return found, true
}

var nationalToo = regexp.MustCompile(`(?i)nasional|national|public`)

var (
	decreeWords  = regexp.MustCompile(`(?i)\bSKB\b|\bSurat Keputusan Bersama\b|\bKeputusan Bersama\b|\bdecree\b`)
	decreeNumber = regexp.MustCompile(`(?i)\b(?:nomor|no)\b\.?[ :]*[a-z]*\d+|\d+/\d{4}`)
	decreeOnly   = regexp.MustCompile(`(?i)^(?:dan |serta )?(?:nomor|no)\b\.?[ :]*\d+ tahun \d{4}`)
)

// withoutDecree takes what names the decree off the end of a line.
func withoutDecree(line string) (rest, decree string) {
	if decreeOnly.MatchString(line) {
		return "", trimDecree(line)
	}
	if at := decreeWords.FindStringIndex(line); at != nil && decreeNumber.MatchString(line[at[0]:]) {
		return strings.TrimSpace(line[:at[0]]), trimDecree(line[at[0]:])
	}
	return line, ""
}

func trimDecree(text string) string {
	return cut(strings.Trim(strings.Join(strings.Fields(text), " "), " ,;:.|-–—()"), longestDecree)
}

// dayName is what a day is called, put together from what stands around its date.
type dayName struct {
	parts  []string
	joint  bool // it is joint leave
	column bool // a cell that says yes means joint leave
}

var (
	inBrackets   = regexp.MustCompile(`\([^()]*\)`)                      // "(Sabtu-Minggu)"
	numberOfLine = regexp.MustCompile(`^\(?(?:\d{1,3}|[A-Za-z])[.)]\s*`) // "1. ", "(2) ", "a. "
)

// take adds what stands on one side of the date.
func (n *dayName) take(side string) {
	side = inBrackets.ReplaceAllStringFunc(side, func(inside string) string {
		if onlyOf(inside, wordsAround) {
			return " "
		}
		return inside
	})
	for _, cell := range strings.FieldsFunc(side, func(r rune) bool { return r == ';' || r == '|' }) {
		if text := n.cell(cell); text != "" {
			n.parts = append(n.parts, text)
		}
	}
}

// written is the name in full. That of joint leave begins with these words.
func (n *dayName) written() string {
	name := strings.Join(n.parts, " ")
	if jointLeave.MatchString(name) {
		n.joint = true
	} else if n.joint {
		name = strings.TrimSpace(jointLeavePrefix + " " + name)
	}
	return cut(name, longestName)
}

// cell gives what a part of a line adds to the name; a part that only tells the
// kind of day is taken note of.
func (n *dayName) cell(text string) string {
	text = tidyCell(text)
	if comma := strings.LastIndex(text, ","); comma >= 0 {
		last := tidyCell(text[comma+1:])
		if onlyOf(last, kindCells) || onlyJointLeave(last) {
			n.joint = n.joint || onlyJointLeave(last)
			text = tidyCell(text[:comma])
		}
	}
	switch {
	case onlyJointLeave(text), n.column && yesCells[strings.ToLower(text)]:
		n.joint = true
		return ""
	case onlyOf(text, wordsAround), onlyOf(text, kindCells):
		return ""
	}
	return text
}

func onlyJointLeave(text string) bool {
	return text != "" && strings.Trim(jointLeave.ReplaceAllString(text, ""), " .") == ""
}

// tidyCell takes signs that lead into a name, or out of it, off.
func tidyCell(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	text = strings.TrimLeft(text, " :;,.-–—=|/)]&*•·_")
	text = strings.TrimRight(text, " :;,-–—=|/([&*•·_")
	return text
}

// onlyOf tells whether a text consists of these words, of numbers and signs.
func onlyOf(text string, words map[string]bool) bool {
	for _, token := range split(text) {
		if token.kind == wordToken && !words[token.text] {
			return false
		}
	}
	return true
}

// cut shortens a text to so many letters.
func cut(text string, letters int) string {
	if utf8.RuneCountInString(text) <= letters {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:letters-1])) + "…"
}
