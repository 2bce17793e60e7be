package reading

import (
	"regexp"
	"slices"
	"strings"
)

// Authority is who else than the regency decides something.
type Authority string

// Authorities beyond a regency.
const (
	Police      Authority = "police"
	Immigration Authority = "immigration"
	Railway     Authority = "railway"
	Airline     Authority = "airline"
	TaxOffice   Authority = "tax"
	Pilgrimage  Authority = "pilgrimage"
	EnergyPrice Authority = "electricity_price"
)

var authorities = []Authority{Police, Immigration, Railway, Airline, TaxOffice, Pilgrimage, EnergyPrice}

// Judgement is what a text given as an idea seems to be. It is a guess: whoever
// wrote it, and the coordinator, know better.
type Judgement struct {
	Test      bool      // only whether it works is tried
	Idea      bool      // something is proposed
	Complaint bool      // something is broken or not done
	Personal  bool      // it holds somebody's own numbers
	Spam      bool      // links and offers
	Budget    bool      // it names what it costs
	Beyond    Authority // who decides what is wished for; empty: the regency
}

// kinds are what words of kinds_of_ideas.txt tell, one bit each.
type kinds uint32

// kindWords are those words, and words joined with "_", by what they tell; kindNames is
// the bit of each kind.
var kindWords, kindNames = readKindWords()

// beginsCompound are the words with which any of them begins that is more than one:
// before others nothing need be put together.
var beginsCompound = readCompoundBeginnings()

func readCompoundBeginnings() map[string]bool {
	begins := make(map[string]bool)
	for word := range kindWords {
		if first, _, compound := strings.Cut(word, "_"); compound {
			begins[first] = true
		}
	}
	return begins
}

func readKindWords() (words map[string]kinds, names map[string]kinds) {
	words, names = make(map[string]kinds), make(map[string]kinds)
	for _, line := range wordLines("kinds_of_ideas.txt") {
		if names[line[0]] == 0 {
			names[line[0]] = 1 << len(names)
		}
		for _, word := range line[1:] {
			words[word] |= names[line[0]]
		}
	}
	return words, names
}

var (
	// since is for how long something has been so.
	since = regexp.MustCompile(`\b(?:sudah|sdh|udah|dah|su|sejak|selama|hampir|for|since)\s+(?:(?:mau|hampir|lebih|over|about)\s+)?(?:\d+|se|satu|dua|tiga|empat|lima|enam|beberapa|lama|two|three|four|several)\s*(?:hari|hr|minggu|mgg|pekan|bulan|bln|tahun|thn|days?|weeks?|months?|years?)?`)

	// sum is an amount of money.
	sum = regexp.MustCompile(`(?i)\brp\.?\s*\d|\b\d+(?:[.,]\d+)?\s*(?:jt|juta|miliar|milyar|m(?:illion)?)\b(?:\s*rupiah)?`)

	// hidden is a number of which the digits were masked.
	hidden = regexp.MustCompile(`\d*x{6,}|\d{10,}`)

	// shortener is a host behind which anything can be.
	shortener = regexp.MustCompile(`(?i)\b(?:bit\.ly|tinyurl\.com|s\.id|cutt\.ly|shorturl\.at|t\.ly|rb\.gy|wa\.me|linktr\.ee)/`)

	webAddress = regexp.MustCompile(`(?i)https?://|www\.|\b[\w\-]+\.(?:com|net|org|id|me|ly|io|xyz|site|online|info)/`)
)

// Judge tells what a text given as an idea seems to be. Texts in which nothing
// speaks against it are ideas.
func Judge(text string) Judgement {
	lower := strings.ToLower(text)
	words := inPlainSpelling(text)
	told := tellings(words)
	found := make(map[string]int)
	for name, kind := range kindNames {
		found[name] = countOf(words, told, kind, name == "broken")
	}
	links := len(webAddress.FindAllString(text, -1))
	var j Judgement
	j.Test = len(words) <= 2 && len(words) > 0 && found["test"] == len(words) || strings.TrimSpace(text) != "" && len(words) == 0 && links == 0 && len([]rune(text)) <= 3
	j.Spam = links > 0 && (shortener.MatchString(text) && len(words) < 15 || found["offer"] > 0) || links > 2 || found["offer"] > 2
	j.Personal = found["document"] > 0 && (hidden.MatchString(lower) || ownDocument(words))
	j.Budget = sum.MatchString(text) || found["budget"] > 0
	acute := found["acute"] > 0 || since.MatchString(lower)
	j.Complaint = found["broken"] > 0 && (found["idea"] == 0 || acute && !explicitIdea(words)) || found["complains"] > 0 && found["idea"] == 0
	j.Idea = !j.Test && (found["idea"] > 0 || !j.Complaint)
	j.Beyond = beyond(words, found)
	return j
}

// explicitIdea tells whether somebody says that this is a proposal.
func explicitIdea(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.Contains([]string{"usul", "usulan", "saran", "ide", "gagasan", "suggest", "suggestion", "propose", "idea"}, word)
	})
}

// beyond tells who decides what a text is about, when it is not the regency. A card
// of a telephone is a "sim" as well.
func beyond(words []string, found map[string]int) Authority {
	for _, authority := range authorities {
		if found[string(authority)] == 0 {
			continue
		}
		if authority == Police && (slices.Contains(words, "kartu") || slices.Contains(words, "card")) {
			continue
		}
		return authority
	}
	return ""
}

// ownDocument tells whether a document is somebody's own: "NIK saya".
func ownDocument(words []string) bool {
	for i, word := range words {
		if kindWords[word]&kindNames["document"] == 0 {
			continue
		}
		for _, near := range words[max(0, i-1):min(len(words), i+3)] {
			if kindWords[near]&kindNames["own"] != 0 {
				return true
			}
		}
	}
	return false
}

// telling is what words tell that begin at one place of a text: one word, two or three.
type telling [longestCompound]kinds

// tellings finds it for every place. Each word is looked at once, whatever the number of
// kinds.
func tellings(words []string) []telling {
	told := make([]telling, len(words))
	for i, word := range words {
		told[i][0] = kindWords[word]
		if len(word) > slipFrom-1 {
			for _, stem := range stems(word) {
				if len(stem) > stemFrom {
					told[i][0] |= kindWords[stem]
				}
			}
		}
		if beginsCompound[word] {
			for length := 2; length <= min(longestCompound, len(words)-i); length++ {
				told[i][length-1] = kindWords[strings.Join(words[i:i+length], "_")]
			}
		}
	}
	return told
}

// countOf counts the words, and words joined, that tell a kind. Where denied counts,
// what is denied or to be prevented is passed over: "agar tidak menumpuk".
func countOf(words []string, told []telling, kind kinds, denied bool) int {
	count := 0
	for i := 0; i < len(words); {
		length := told[i].length(kind)
		if length == 0 {
			i++
			continue
		}
		if !denied || !isDenied(words[max(0, i-2):i]) {
			count++
		}
		i += length
	}
	return count
}

// length is how many words make one that tells a kind, the most of them; 0 for none.
func (t telling) length(kind kinds) int {
	for length := longestCompound; length > 0; length-- {
		if t[length-1]&kind != 0 {
			return length
		}
	}
	return 0
}

func isDenied(before []string) bool {
	return slices.ContainsFunc(before, func(word string) bool {
		return slices.Contains([]string{"tidak", "bukan", "jangan", "tanpa", "anti", "cegah", "mencegah", "kurangi", "mengurangi", "hindari", "menghindari",
			"lapor", "laporan", "melaporkan", "not", "no", "prevent", "avoid", "without", "report"}, word)
	})
}
