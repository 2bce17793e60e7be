//go:build browser

package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// picturesVariable names the folder that the pictures of the coordinators' guide are
// written to; without it they are taken and forgotten. `make pictures` sets it.
const picturesVariable = "REMBUK_PICTURES"

// largestPicture is how many bytes a picture of the guide may have: it is read on
// phones.
const largestPicture = 100_000

// guidePicture is what the guide shows: a chat after somebody has said something to the bot.
type guidePicture struct {
	name   string // of the file
	by, in string // who says it and where; in is empty for the chat with the bot
	say    string // empty: a day passes
	seenBy string // whose chat with the bot is shown; empty: the chat it was said in
	shows  string // what the bot's message has in it
	isLong bool   // its beginning is shown, not its end
}

// The sample city is what they are taken in, one after the other.
var picturesOfTheGuide = []guidePicture{
	{name: "bantuan", by: "Sitti", say: "/bantuan"},
	{name: "evaluasi", by: "Sitti", say: "/evaluasi_baru Evaluasi Smart City Tahap II, Kamis 18 Juni jam 9, unggah terakhir 17 Juni 23.59 WIB", shows: "H-30"},
	{name: "kesiapan", by: "Sitti", say: "/kesiapan"},
	{name: "tugas", by: "Sitti", in: "Pokja Lingkungan", say: "/tugas_baru @suriani_contoh Foto TPS 3R Bontosalewa, tenggat Jumat 16.00", shows: "Foto TPS 3R Bontosalewa"},
	{name: "periksa", by: "Baso", say: "/selesai T-33", seenBy: "Sitti", shows: "Mohon diperiksa"},
	{name: "ide", by: "Sitti", say: "/ide I-1", shows: "truk sampah"},
	{name: "pengumuman", by: "Sitti", say: "/umumkan Dewan, Pokja Lingkungan: Rapat koordinasi pindah ke Aula Bappelitbangda, Selasa pukul 09.00.", shows: "sebelum dikirim"},
	{name: "rapat", by: "Sitti", say: "/rapat_baru Rapat persiapan evaluasi, Kamis 21 Mei jam 9, Media Center, Pokja + Dewan, dipimpin Sekda, notulis @baso_contoh", shows: "Media Center"},
	{name: "status", by: "Sitti", say: "/status", shows: "Keadaan", isLong: true},
	{name: "keterlibatan", by: "Sitti", say: "/keterlibatan", shows: "Keterlibatan", isLong: true},
	{name: "serah-terima", by: "Sitti", say: "/serah_terima @darwis_contoh @yuliana_contoh"},
	{name: "pengaturan", by: "Sitti", say: "/pengaturan"},
	{name: "privasi", by: "Fadli", say: "/privasi"},
	{name: "pagi", seenBy: "Baso", shows: "Selamat pagi"},
}

// TestPicturesOfTheGuide takes them on a phone.
func TestPicturesOfTheGuide(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		b := openBrowser(t)
		for _, shown := range picturesOfTheGuide {
			place, message := shown.comeAbout(page)
			tab := b.open(phone, page.address, place)
			tab.until("the message and its files are there, and nothing blinks",
				fmt.Sprintf(`document.getElementById("m%d") && [...document.images].every((one) => one.complete) && (document.activeElement.blur(), true)`, message))
			if shown.isLong {
				tab.until("its beginning is seen", fmt.Sprintf(`(document.getElementById("m%d").scrollIntoView({ block: "start", behavior: "instant" }), true)`, message))
			}
			keepPicture(t, shown.name, tab.taken())
		}
	})
}

// comeAbout lets it happen, and tells where it is seen: PERSON/CHAT, and the message.
func (p guidePicture) comeAbout(page openPlayground) (place string, message int) {
	page.t.Helper()
	who := page.person(cmp.Or(p.seenBy, p.by))
	chat := who
	if p.in != "" {
		chat = page.group(p.in)
	}
	query := fmt.Sprintf("person=%d&chat=%d", who, chat)
	before := page.state(query).Chat.Messages
	switch {
	case p.say == "":
		page.act("clock", "by", "day")
	case p.in != "":
		page.say(page.person(p.by), chat, p.say)
	default:
		page.say(page.person(p.by), page.person(p.by), p.say)
	}
	page.await("an answer to "+p.say, func() bool {
		for _, one := range page.state(query).Chat.Messages {
			if one.Bot && one.ID > before[len(before)-1].ID && bytes.Contains([]byte(one.Text), []byte(p.shows)) {
				message = one.ID
				return true
			}
		}
		return false
	})
	return fmt.Sprintf("%d/%d", who, chat), message
}

// taken is a picture of what is seen.
func (b *tab) taken() []byte {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	taken, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.fail("take a picture", err)
	}
	return taken
}

func keepPicture(t *testing.T, name string, taken []byte) {
	t.Helper()
	whole, err := png.Decode(bytes.NewReader(taken))
	if err != nil {
		t.Fatal(err)
	}
	var small bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, withFewColors(whole, 64)); err != nil {
		t.Fatal(err)
	}
	if small.Len() > largestPicture {
		t.Errorf("%s.png has %d bytes", name, small.Len())
	}
	folder := cmp.Or(os.Getenv(picturesVariable), t.TempDir())
	if err := os.WriteFile(filepath.Join(folder, name+".png"), small.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// withFewColors keeps the colors that a picture has most of, and puts the nearest in
// the place of each other one: letters and planes need no more.
func withFewColors(whole image.Image, most int) image.Image {
	area := whole.Bounds()
	dots := make(map[color.Color]int)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			dots[whole.At(x, y)]++
		}
	}
	palette := color.Palette(slices.SortedFunc(maps.Keys(dots), func(a, b color.Color) int {
		return cmp.Or(cmp.Compare(dots[b], dots[a]), cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
	}))
	palette = palette[:min(most, len(palette))]
	nearest := make(map[color.Color]uint8, len(dots))
	for one := range dots {
		nearest[one] = uint8(palette.Index(one))
	}
	small := image.NewPaletted(area, palette)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			small.SetColorIndex(x, y, nearest[whole.At(x, y)])
		}
	}
	return small
}
