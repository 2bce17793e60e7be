// Package story reads, plays and writes story scripts: a conversation between people and the bot, as it should be.
//
// A script is a txtar archive. Its comment holds a title, prose and settings ("zone: Asia/Jayapura"); the file "cast"
// names people and groups; the file "story" holds the conversation, one line per happening; every other file may be
// sent by somebody, called by what stands behind the last "/" of its name; what is no plain text stands in base64, in a
// file NAME.base64. With the setting "interrupt: restart" (or kill) the program is restarted between all lines. Lines
// that begin with two blanks go on with the line before, "=" adds an English gloss to it, and "#" begins a remark.
//
// The cast:
//
//	Sitti Ramlah @sitti_contoh, coordinator, started
//	Nurhikmah, started, english
//	group Pokja Lingkungan: Sitti, Baso; linked as pokja lingkungan
//	basic group Dewan: Sitti, Anwar
//	forum Pokja Bersama: Sitti, Baso; topics Sampah, Energi
//
// A person is named in the story by the whole name or by one word of it that nobody else has. "started" means that
// the private chat has been opened; "coordinator" that the id stands among the owners. A group that is "linked as"
// something has the bot in it from the beginning, and its members joined after that, so that the bot has seen them.
//
// What happens ("in PLACE" is a group, or "group / topic"; without it the private chat of that person is meant):
//
//	at 2026-05-11 09:12                             the first one sets the clock, later ones move it on, and
//	at 08:00, at 08:00:30                           everything that falls due on the way is said at its time
//	2 hours pass
//	the clock is set back to 07:50
//	Sitti in Pokja Lingkungan: /hubungkan pokja     Baso: /tugas     Anwar anonymously in Dewan: /status
//	Baso in Pokja replying to "T-1": sudah jalan    Baso replying to "T-1" sending rekap.pdf: /selesai
//	Baso sending photo a.jpg, "2/foto TPS.jpg": …   photos; several files are an album; likewise video, audio, voice,
//	                                                animation and round video
//	Baso sending location -2.5,121.1:               a place on the map: latitude and longitude
//	Sitti: /tugas_baru @(Nurhikmah) Rekap           (a mention without username)
//	Baso edits "/tugas_baru" in Pokja: …            the latest own message that contains the quoted words
//	Baso presses [Siap] in Pokja on "T-1"           the latest message of the bot with that button (and those words)
//	Baso presses [Siap] on the 2nd last "T-1"       not the latest such message but the one before; likewise when
//	                                                replying and editing; "..." stands in messages without words too
//	Baso presses the old [Siap] in Pokja            a button that the message had and has no more
//	Fadli forges [Sesuai] of Sitti in Forum         sends what another's button would send
//	Fadli forges "x:1"
//	Fadli votes [Senin] [Rabu] in Forum on "rapat"  in the latest poll with these options (and those words); its words
//	Fadli votes for nothing in Forum                are the question and each option with its votes; nothing takes back
//	Nurhikmah joins Forum, leaves Forum; Sitti adds the bot to Forum, removes the bot from Forum
//	Sitti adds Baso to Dewan, takes Baso out of Dewan
//	Baso becomes an administrator of Dewan          the bot is no administrator of Dewan
//	Baso blocks the bot, unblocks the bot, deletes the account
//	Sitti opens the link in the log
//	the kept rekap.pdf is altered, is lost          what the program keeps of that file, behind its back
//	Dewan becomes a supergroup                      topic Sampah of Pokja Bersama is deleted
//	the program restarts, is killed, stops, starts  "is killed" starts it again, "dies" does not
//	the key privacy.officer becomes: Dra. Rahmi     from the next start on
//	fault sendMessage 429 x2 to Baso                429, 500, broken before, broken after; always, until
//	the faults end
//	the line breaks, the line is mended             nothing reaches Telegram in between
//	the machine sleeps until 2026-05-21 07:10       the program stands still while the clock goes on
//	meanwhile Yuliana presses [Ambil] in Pokja      without waiting for what came of the line before
//
// What is expected. A pattern holds when the words of each of its lines stand in the message in this order, the lines
// themselves in any order; "..." stands for any words, in the label of a button too:
//
//	bot in Pokja Lingkungan: T-1 ... Baso           the next message there
//	bot to Baso replying to "kabar": …              … which answers a message with these words
//	bot to Baso sending rekap.csv: …                … which brings this file
//	bot edits to Baso: …                            a message that was edited since somebody last did something
//	buttons [Siap] [Ubah tenggat]                   all buttons of the message looked at last, [...] for any more
//	no buttons [Sesuai], no buttons                 it has none of these, none at all
//	card "T-1" in Pokja: ... Dikerjakan             how the latest card of T-1 stands now: a message with buttons,
//	                                                one line of which begins with the name
//	toast: …                                        what the last press was answered; "toast to Baso: …"; "one toast: …"
//	nothing in Pokja, nothing to Baso, nothing      nothing unread
//	anything in Pokja, anything to Baso, anything   what is unread there is of no interest
//	never "rahasia" to Fadli                        no message of the bot there has these words, from the beginning
//
// Before anything further happens, everything that the bot has said must have been expected: a story says all the
// bot says. Edits may go unmentioned.
//
// A Player plays a script while somebody watches, and a Recorder writes one down of what people do by hand on the local
// Telegram. Its expectations are whole messages, since the clock stands in the script: they hold when it is played.
package story
