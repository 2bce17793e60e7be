// Package sim is a local Telegram for tests, benchmarks and the playground: the Bot API over HTTP, and a small Go
// door through which people act.
//
// A Server keeps everything in memory. It answers as Telegram does, with the same codes and descriptions, and it lists
// separately what a bot should not have sent (Server.Violations): the real server reads such requests silently.
//
// The page (Server.Page) shows it in a browser, where one can be anybody. Server.Save and Load keep all of it.
//
// What it does not imitate: webhooks, inline mode, channels, payments, stickers, stories, paid media and live photos, web
// apps, reply keyboards (accepted and ignored), e-mail and phone entities, forwarding and
// copying, reactions of people, the queue of 310 unsent messages per chat, the limit of 100,000 queued updates, the two
// milliseconds for which an answer to getUpdates gathers more updates, and the changes of membership around a migration.
//
// Of files: thumbnails, covers, lengths and sizes of films, sound and voices (every duration is 0, and what is in an
// upload of these kinds is not looked at), addresses from which Telegram would fetch, live and named places. A file
// keeps the kind as which it came: no other method takes its id.
//
// Of polls: quizzes, polls of people, descriptions and media, shuffled, added and hidden options, polls for members
// only; a parameter that asks for one of these is a violation. A poll whose closing time is outside of Telegram's limits
// stays open and is a violation. Options are known by their places, also where Telegram makes up persistent ids.
//
// Of groups: rights beyond those of members, administrators and creator, permissions of a group, invitation links,
// bans that end, and the ownership that passes on when a creator leaves. A person who is taken out of a supergroup can be
// added again by anybody. What was said before a person came is there for them to read, and counts as read. Whoever
// deletes the account stays a member and keeps the name, where Telegram shows a deleted account.
//
// Message ids do not survive a migration, and the new supergroup begins without the old messages. What is saved leaves
// out faults on order, the bot's calls and violations, and confirmed updates.
package sim
