// The page's own words in its two languages. What the bot says comes from the bot.

const words = {
  id: {
    language: "EN", language_name: "English", to_dark: "Tampilan gelap", to_light: "Tampilan terang",
    as: "Sebagai", chats: "Percakapan", choose: "Pilih percakapan", start: "Mulai", back: "Kembali", close: "Tutup", ok: "Baik",
    bot: "bot", group: "grup", supergroup: "grup besar", members: "anggota", general: "Umum", topics: "Topik", unread: "belum dibaca", draft: "Draf",
    messages: "Pesan", unread_line: "Belum dibaca", to_end: "Ke pesan terakhir", empty: "Belum ada pesan", you: "Pesan sendiri",
    not_started: "Orang ini belum pernah membuka percakapan dengan bot.", photo: "Foto", voice: "Pesan suara", video_note: "Video bulat", audio: "Audio", video: "Video", file: "Berkas", location: "Lokasi", poll: "Jajak pendapat", more: "Pilihan untuk pesan {}",
    reply: "Balas", change: "Ubah", copy: "Salin", copied: "Disalin", edited: "diubah", unseen: "tidak terlihat oleh bot",
    spoiler: "Teks tersembunyi", expand: "Selengkapnya", collapse: "Ringkas", download: "Unduh",
    write: "Tulis pesan", attach: "Lampirkan berkas", send: "Kirim", menu: "Perintah", cancel: "Batal", replying: "Balas ke", changing: "Mengubah pesan",
    attached: "Lampiran", remove: "Lepas {}", drop: "Lepaskan berkas di sini", too_many_files: "Paling banyak 10 berkas sekali kirim.",
    poll_anonymous: "Jajak pendapat anonim", poll_public: "Jajak pendapat terbuka", poll_multiple: "boleh pilih beberapa", poll_closed: "Jajak pendapat selesai", poll_vote: "Pilih",
    poll_total: "{} suara", poll_nobody: "Belum ada suara", poll_retract: "Tarik kembali", poll_mine: "pilihan sendiri",
    poll_one_answer: "Hanya satu pilihan yang dapat diambil.", poll_final: "Suara di sini tidak dapat diubah.", no_such_option: "Pilihan ini tidak ada.",
    service_joined: "{} bergabung", service_left: "{} keluar dari grup", service_topic: "Topik “{}” dibuat", service_pinned: "Pesan disematkan",
    service_migrated_to: "Grup ini menjadi grup besar", service_migrated_from: "Grup ini menjadi grup besar",
    link_elsewhere: "Tautan ini hanya bekerja di Telegram", offline: "Sambungan terputus, mencoba lagi…", failed: "Belum berhasil, silakan coba lagi.",
    file_too_big: "Berkas kosong atau lebih dari 20 MB.", no_such_chat: "Percakapan ini tidak ada.", chat_moved: "Grup ini sudah menjadi grup besar.",
    nothing_said: "Pesan masih kosong.", text_too_long: "Pesan terlalu panjang.", no_such_message: "Pesan ini tidak ada lagi.",
    no_such_button: "Tombol ini sudah tidak ada.", no_answer: "Bot belum menjawab.", no_reminder: "Tidak ada pengingat yang menunggu.",
    no_such_topic: "Topik ini sudah tidak ada.", account_gone: "Akun orang ini sudah dihapus.",
    person_new: "belum memulai", person_blocked: "memblokir bot", person_gone: "akun dihapus",
    no_date: "Tanggal ini tidak terbaca.", not_later: "Jam hanya dapat dimajukan.",
    tools: "Alat", tools_close: "Tutup alat", tools_clock: "Jam", tools_people: "Orang", tools_faults: "Gangguan", tools_stories: "Cerita", tools_wire: "Kawat",
  },
  en: {
    language: "ID", language_name: "Bahasa Indonesia", to_dark: "Dark look", to_light: "Light look",
    as: "You are", chats: "Chats", choose: "Choose a chat", start: "Start", back: "Back", close: "Close", ok: "OK",
    bot: "bot", group: "group", supergroup: "supergroup", members: "members", general: "General", topics: "Topics", unread: "unread", draft: "Draft",
    messages: "Messages", unread_line: "Unread", to_end: "To the latest message", empty: "No messages yet", you: "Your message",
    not_started: "This person has never opened a chat with the bot.", photo: "Photo", voice: "Voice message", video_note: "Round video", audio: "Audio", video: "Video", file: "File", location: "Location", poll: "Poll", more: "Options for the message of {}",
    reply: "Reply", change: "Edit", copy: "Copy", copied: "Copied", edited: "edited", unseen: "the bot does not see this",
    spoiler: "Hidden text", expand: "Show more", collapse: "Show less", download: "Download",
    write: "Write a message", attach: "Attach files", send: "Send", menu: "Commands", cancel: "Cancel", replying: "Reply to", changing: "Editing",
    attached: "Attached", remove: "Remove {}", drop: "Drop files here", too_many_files: "At most 10 files at once.",
    poll_anonymous: "Anonymous poll", poll_public: "Public poll", poll_multiple: "several may be chosen", poll_closed: "Poll closed", poll_vote: "Vote",
    poll_total: "Votes: {}", poll_nobody: "No votes yet", poll_retract: "Retract vote", poll_mine: "your choice",
    poll_one_answer: "Only one option can be chosen.", poll_final: "Votes here cannot be changed.", no_such_option: "This option does not exist.",
    service_joined: "{} joined", service_left: "{} left the group", service_topic: "Topic “{}” created", service_pinned: "Message pinned",
    service_migrated_to: "This group became a supergroup", service_migrated_from: "This group became a supergroup",
    link_elsewhere: "This link works in Telegram only", offline: "Disconnected, trying again…", failed: "That did not work, please try again.",
    file_too_big: "The file is empty or larger than 20 MB.", no_such_chat: "This chat does not exist.", chat_moved: "This group has become a supergroup.",
    nothing_said: "The message is still empty.", text_too_long: "The message is too long.", no_such_message: "This message is gone.",
    no_such_button: "This button is gone.", no_answer: "The bot has not answered yet.", no_reminder: "No reminder is waiting.",
    no_such_topic: "This topic is gone.", account_gone: "This person's account was deleted.",
    person_new: "has not started", person_blocked: "blocked the bot", person_gone: "account deleted",
    no_date: "This date cannot be read.", not_later: "The clock can only move forward.",
    tools: "Tools", tools_close: "Close the tools", tools_clock: "Clock", tools_people: "People", tools_faults: "Faults", tools_stories: "Stories", tools_wire: "Wire",
  },
};

let language = localStorage.getItem("language") === "en" ? "en" : "id";

/** Takes up the words of another module, as {id: {name: "…"}, en: {name: "…"}}; a name begins with the module's own ("wire_copy"). */
export function addWords(more) {
  for (const of of Object.keys(words)) Object.assign(words[of], more[of]);
}

export function word(name, about = "") {
  return (words[language][name] ?? words[language].failed).replace("{}", about);
}

export function switchLanguage() {
  language = language === "id" ? "en" : "id";
  localStorage.setItem("language", language);
}

export function applyWords() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
}

/** Writes a day such as "2026-11-25" in full, or short for lists. */
export function day(text, short = false) {
  const options = short ? { day: "numeric", month: "short" } : { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(language === "id" ? "id" : "en-GB", { ...options, timeZone: "UTC" }).format(new Date(text + "T12:00:00Z"));
}

/** Writes the time of a moment: 09.00 in Indonesian, 09:00 in English. */
export function time(at) {
  return language === "id" ? at.time : at.time.replace(".", ":");
}

/** Writes a moment for the clock: Rabu, 25 Nov 2026 · 09.00 WITA. */
export function moment(at) {
  const options = { weekday: language === "id" ? "long" : "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  const date = new Intl.DateTimeFormat(language === "id" ? "id" : "en-GB", options).format(new Date(at.day + "T12:00:00Z"));
  return `${date} · ${time(at)}${at.zone.match(/^[A-Z]/) ? " " + at.zone : ""}`;
}
