// The files that go with a message: chosen, dropped or pasted, and shown until they are sent.

import { word } from "./words.js";
import { make, makeButton, sign } from "./make.js";
import { extension, sizeOf } from "./files.js";

const find = (id) => document.getElementById(id);
const mostFiles = 10; // as in an album
const mostBytes = 20 * 1024 * 1024;
let files = [];
let changed = null;
let refuse = null;

export const attachedFiles = () => files;

export function clear() {
  files = [];
  draw();
}

function add(more) {
  const fit = [...more].filter((file) => file.size > 0 && file.size <= mostBytes);
  if (fit.length < more.length) refuse(word("file_too_big"));
  if (files.length + fit.length > mostFiles) refuse(word("too_many_files"));
  files = [...files, ...fit].slice(0, mostFiles);
  draw();
  find("text").focus();
}

function draw() {
  find("tray").hidden = !files.length;
  find("tray").setAttribute("aria-label", word("attached"));
  find("tray").replaceChildren(...files.map(chip));
  changed?.();
}

function chip(file) {
  const item = make("li", "chip");
  const icon = make("span", "file-icon");
  icon.append(make("i", "", extension(file.name)));
  if (file.type.startsWith("image/")) thumbnail(file, icon);
  const words = make("span", "file-words");
  words.append(make("b", "", file.name), make("span", "", sizeOf(file.size)));
  const away = makeButton("plain round", "", word("remove", file.name), () => {
    files = files.filter((one) => one !== file);
    draw();
    find("text").focus();
  });
  away.append(sign("close"));
  item.append(icon, words, away);
  return item;
}

async function thumbnail(file, icon) {
  const picture = await createImageBitmap(file, { resizeHeight: 80 }).catch(() => null);
  if (!picture) return; // not a picture after all; its name is enough
  const canvas = make("canvas");
  Object.assign(canvas, { width: 80, height: 80 });
  canvas.getContext("2d").drawImage(picture, (80 - picture.width) / 2, 0);
  icon.replaceChildren(canvas);
}

/** Connects the button, dropping and pasting. `redraw` is called when the files change, `tell` with what is wrong with some. */
export function begin(redraw, tell) {
  changed = redraw;
  refuse = tell;
  find("clip").onclick = () => find("file").click();
  find("file").onchange = () => {
    add(find("file").files);
    find("file").value = "";
  };
  find("text").onpaste = (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  };
  const talk = document.querySelector(".talk");
  const carries = (event) => event.dataTransfer?.types.includes("Files") && !find("composer").hidden;
  talk.ondragover = (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    find("drop").hidden = false;
  };
  talk.ondragleave = (event) => { if (!talk.contains(event.relatedTarget)) find("drop").hidden = true; };
  talk.ondrop = (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    find("drop").hidden = true;
    add(event.dataTransfer.files);
  };
}
