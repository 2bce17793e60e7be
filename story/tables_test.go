package story

// smallCast is the cast of the stories in this file; lines follow.
const smallCast = `A small story
-- cast --
Sitti Ramlah @sitti_contoh, coordinator, started
Baso Irfandi @baso_contoh, started
Nurhikmah
group Pokja Lingkungan: Sitti, Baso; linked as pokja lingkungan
basic group Dewan: Sitti, Baso
forum Pokja Bersama: Sitti, Baso; topics Sampah, Energi
-- berkas.pdf --
isi
-- story --
at 2026-05-11 09:12
`

// storiesThatHold are played with the echo bot, each after smallCast.
var storiesThatHold = map[string]string{
	"private and group": `
Baso: halo
bot to Baso replying to "halo": Gema: halo
Sitti in Pokja Lingkungan: /kabar
bot in Pokja Lingkungan: Gema: ... kabar`,
	"what the bot is not shown": `
Baso in Pokja Lingkungan: bukan untuk bot
nothing`,
	"somebody the bot cannot write to": `
Nurhikmah joins Pokja Lingkungan
Nurhikmah in Pokja Lingkungan: /kabar
bot in Pokja Lingkungan: kabar
nothing to Nurhikmah`,
	"one card": `
Sitti in Pokja Lingkungan: /kartu T-1
bot in Pokja Lingkungan: T-1 ... Baru
buttons [Ambil] [Rincian]
no buttons [Siap]
Baso presses [Ambil] in Pokja Lingkungan on "T-1"
toast: Tercatat
card "Kartu T-1" in Pokja Lingkungan: Diambil Baso
no buttons
bot edits in Pokja Lingkungan: Diambil
nothing`,
	"two at once": `
Sitti in Pokja Lingkungan: /kartu T-1
bot in Pokja Lingkungan: T-1
Sitti presses [Ambil] in Pokja Lingkungan
meanwhile Baso presses [Ambil] in Pokja Lingkungan
one toast: Tercatat
one toast: Sudah diambil`,
	"a stale button": `
Sitti in Pokja Lingkungan: /kartu T-1
bot in Pokja Lingkungan: T-1
Sitti presses [Ambil] in Pokja Lingkungan
Baso presses the old [... Ambil] in Pokja Lingkungan
toast to Baso: Sudah diambil Sitti`,
	"a forged button": `
Sitti: /kartu T-1
bot to Sitti: T-1
Baso: halo
bot to Baso: halo
Baso forges [Ambil] of Sitti
toast: Tercatat
anything`,
	"forged data": `
Baso: halo
bot to Baso: halo
Baso forges "ambil apa saja"
toast: Tercatat`,
	"a button that opens the private chat": `
Sitti in Pokja Lingkungan: /kartu T-1
bot in Pokja Lingkungan: T-1
Nurhikmah presses [Rincian] in Pokja Lingkungan
bot to Nurhikmah: Gema: /start rincian`,
	"time passes": `
Sitti: /ingatkan 10:00
Baso: /ingatkan 09:30
at 09:29
nothing
at 09:30
bot to Baso: Waktunya, pukul 09.30
2 hours pass
bot to Sitti: Waktunya, pukul 10.00`,
	"a clock set back": `
Sitti: /ingatkan 10:00
at 10:00
bot to Sitti: Waktunya
the clock is set back to 09:50
at 10:10
nothing`,
	"an absence": `
the program stops
Baso: halo
Sitti: hai
25 hours pass
the program starts
nothing
Baso: lagi
bot to Baso: lagi`,
	"a short absence": `
the program stops
Baso: halo
10 minutes pass
nothing
the program starts
bot to Baso: halo`,
	"ends and beginnings": `
the program restarts
the program is killed
Baso: halo
bot to Baso: halo`,
	"membership": `
Sitti adds the bot to Dewan
Nurhikmah joins Dewan
Nurhikmah leaves Dewan
Sitti in Dewan: /kabar
bot in Dewan: kabar
Dewan becomes a supergroup
Sitti in Dewan: /kabar lagi
bot in Dewan: lagi
Sitti removes the bot from Dewan
Sitti in Dewan: /kabar
nothing`,
	"an anonymous administrator": `
Sitti anonymously in Pokja Lingkungan: /kabar
bot in Pokja Lingkungan: tanpa nama`,
	"moved by others": `
Sitti adds the bot to Dewan
Sitti adds Nurhikmah to Dewan
Nurhikmah in Dewan: /kabar
bot in Dewan: kabar
Sitti takes Nurhikmah out of Dewan
Baso becomes an administrator of Dewan
Baso is no administrator of Dewan
the bot becomes an administrator of Dewan
Baso in Dewan: bukan untuk bot
bot in Dewan: bukan untuk bot
the bot is no administrator of Dewan
Baso in Dewan: bukan untuk bot
nothing`,
	"an earlier message": `
Sitti: /kartu T-1
bot to Sitti: T-1
Sitti: /kartu T-1
bot to Sitti: T-1
Sitti presses [Ambil] on the 2nd last "T-1"
bot edits to Sitti: Diambil
Sitti presses [Ambil] on "T-1"
toast: Sudah diambil
Baso: satu dua
bot to Baso: satu dua
Baso: satu tiga
bot to Baso: satu tiga
Baso edits the 2nd last "satu": empat
bot to Baso: Diubah: empat`,
	"the program is dead for a while": `
the program dies
Baso: halo
nothing
at 09:20:30
the program starts
bot to Baso: halo`,
	"faults until they end": `
fault sendMessage 500 always
Sitti in Pokja Lingkungan: /hilang
Sitti in Pokja Lingkungan: /lagi
nothing
the faults end
Sitti in Pokja Lingkungan: /ada
bot in Pokja Lingkungan: ada`,
	"topics": `
Sitti adds the bot to Pokja Bersama
Sitti in Pokja Bersama / Sampah: /kabar
bot in Pokja Bersama / Sampah: kabar
Sitti in Pokja Bersama: /umum
bot in Pokja Bersama: umum
topic Energi of Pokja Bersama is deleted`,
	"files, mentions, edits, lines": `
Baso sending berkas.pdf: /bukti
bot to Baso: bukti ... (berkas berkas.pdf)
Baso: 🙏 untuk @(Nurhikmah)
bot to Baso: 🙏 untuk Nurhikmah (menyebut Nurhikmah)
Baso edits "untuk": bukan
bot to Baso: Diubah: bukan
Baso:
  satu
  dua
bot to Baso:
  satu
  dua`,
	"blocking": `
Baso blocks the bot
Baso unblocks the bot
Baso: halo
bot to Baso: halo
Baso deletes the account
nothing`,
	"never": `
Baso: halo
bot to Baso: halo
never "hal" to Baso
never "halo" to Sitti
never "halo" in Dewan`,
	"edited before it is expected": `
Baso: /kartu T-1
meanwhile Baso: /diam
bot to Baso: T-1
Baso presses [Ambil]
meanwhile Sitti: halo
bot edits to Baso: Diambil Baso
bot to Sitti: halo`,
	"anything": `
Baso: halo
anything to Baso
Sitti in Pokja Lingkungan: /kabar
anything
nothing`,
	"a fault that is tried again": `
fault sendMessage 429 x2
Sitti in Pokja Lingkungan: /hilang
bot in Pokja Lingkungan: hilang`,
	"a fault": `
fault sendMessage 500 in Pokja Lingkungan
Sitti in Pokja Lingkungan: /hilang
nothing
Sitti in Pokja Lingkungan: /ada
bot in Pokja Lingkungan: ada`,
}

// storiesThatDoNotHold end with what is wanted here in their failure.
var storiesThatDoNotHold = map[string]struct{ lines, want string }{
	"said otherwise":    {"Baso: halo\nbot to Baso: lain", "the bot said otherwise:\n    bot to Baso Irfandi: Gema: halo"},
	"not said":          {"Baso: /diam\nbot to Baso: halo", "the bot has said nothing more to Baso Irfandi"},
	"not edited":        {"Baso: halo\nbot to Baso: halo\nbot edits to Baso: halo", "the bot has said nothing more to Baso Irfandi"},
	"edited otherwise":  {"Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Ambil]\nbot edits to Baso: Baru", "the bot said otherwise:\n    bot to Baso Irfandi:\n      Kartu T-1\n      Diambil Baso"},
	"edited long ago":   {"Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Ambil]\nBaso: /diam\nbot edits to Baso: Diambil", "the bot has said nothing more to Baso Irfandi"},
	"edited, not said":  {"Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Ambil]\nbot to Baso: Diambil", "the bot has said nothing more to Baso Irfandi"},
	"not expected":      {"Baso: halo\nBaso: lagi", "the bot said what no line before this one expects:\n    bot to Baso Irfandi: Gema: halo"},
	"not expected last": {"Baso: halo", "the bot said what no line before this one expects"},
	"something":         {"Baso: halo\nnothing", "the bot has said something"},
	"not at that hour":  {"Baso: /ingatkan 10:00\nat 10:00\nnothing to Baso", "the bot has said something"},
	"other buttons":     {"Baso: /kartu T-1\nbot to Baso: T-1\nbuttons [Ambil]", "the message has other buttons: [Ambil] [Rincian]"},
	"buttons too many":  {"Baso: /kartu T-1\nbot to Baso: T-1\nno buttons", "the message has other buttons"},
	"one button more":   {"Baso: /kartu T-1\nbot to Baso: T-1\nno buttons [Siap] [Rincian]", "the message has other buttons"},
	"no such button":    {"Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Siap]", "has a button [Siap]"},
	"the card is older": {"Baso: /kartu T-1\nbot to Baso: T-1\ncard \"Kartu T-1\" to Baso: Diambil", "it stands otherwise now"},
	"another toast":     {"Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Ambil]\ntoast: Maaf", `answered otherwise: Baso Irfandi was told "Tercatat"`},
	"no toast expected": {"Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Ambil]\ntoast:", "answered otherwise"},
	"no second toast":   {"Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Ambil]\none toast: Tercatat\none toast: Tercatat", "nobody pressed"},
	"another topic":     {"Sitti adds the bot to Pokja Bersama\nSitti in Pokja Bersama / Sampah: /a\nbot in Pokja Bersama: a", "it was said elsewhere"},
	"no reply":          {"Sitti in Pokja Lingkungan: /kartu T-1\nbot in Pokja Lingkungan replying to \"kartu\": T-1", "does not reply to a message with"},
	"said after all":    {"Baso: halo\nbot to Baso: halo\nnever \"halo\"", "the bot has said it:\n    bot to Baso Irfandi: Gema: halo"},
	"back in time":      {"at 09:00", "the clock already shows 2026-05-11 09:12"},
	"no link":           {"Baso opens the link in the log", "the program has logged no link"},
	"another card":      {"Baso: /kartu T-12\nbot to Baso: T-12\ncard \"Kartu T-1\" to Baso: Baru", "there is no card"},
	"words, no card":    {"Baso: T-1\nbot to Baso: T-1\ncard \"Gema\" to Baso: T-1", "there is no card"},
	"no card":           {"card \"T-9\" to Baso: Baru", `there is no card "T-9" to Baso Irfandi`},
	"never such button": {"Baso: halo\nbot to Baso: halo\nBaso presses the old [Siap]", "ever had a button [Siap]"},
	"nothing to forge":  {"Baso: halo\nbot to Baso: halo\nBaso forges [Siap] of Sitti", "no button [Siap] was ever shown to Sitti Ramlah"},
	"nowhere to press":  {"Nurhikmah forges \"x\"", "there is no message of the bot to Nurhikmah to press on"},
	"nothing looked at": {"no buttons", "no message was looked at before"},
	"no such topic":     {"bot in Pokja Bersama / Air: x", `Pokja Bersama has no topic "Air"`},
	"nothing to edit":   {"Baso edits \"x\": y", `Baso Irfandi has no message with "x"`},
	"nothing to answer": {"Baso replying to \"T-9\": y", `there is no message with "T-9" to Baso Irfandi to reply to`},
}
