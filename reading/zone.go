package reading

import "time"

// The zones of Indonesia have had no summer time since 1964, so fixed offsets say all there is to say.
var (
	western = time.FixedZone("WIB", 7*60*60)
	central = time.FixedZone("WITA", 8*60*60)
	eastern = time.FixedZone("WIT", 9*60*60)
)

// zones are the words for zones; "waktu setempat" is the city's own.
var zones = newBook(map[string]*time.Location{
	"wib": western, "waktu indonesia barat": western, "waktu jakarta": western, "jakarta time": western,
	"wita": central, "waktu indonesia tengah": central, "waktu makassar": central, "makassar time": central,
	"wit": eastern, "waktu indonesia timur": eastern, "waktu jayapura": eastern, "jayapura time": eastern,
	"waktu setempat": nil, "local time": nil, "waktu kita": nil,
})

func (r *reader) zoneFollows(index int) bool {
	_, _, ok := zones.look(r, index)
	return ok
}
