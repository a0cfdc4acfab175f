// Messages: who, when, what, reactions, the way into the thread, and the menu of each.
import { drawing, h, menu } from "./dom.js";
import { spoken } from "./text.js";
import { picture, show } from "./blocks.js";

// `page` is {perform, lists, state, openThread, dates}; `inThread` leaves out the way into the thread.
export function items(messages, page, inThread) {
  const made = [];
  let day = "";
  for (const message of messages) {
    if (message.day !== day && !inThread) {
      day = message.day;
      made.push({ key: `day ${day}`, sign: day, make: () => h("li", { class: "day" }, h("span", {}, message.day)) });
    }
    const replies = inThread ? [] : page.replies(message.ts);
    made.push({
      key: message.ts,
      sign: JSON.stringify([message, replies.length, replies.at(-1)?.time, inThread]),
      make: () => one(message, replies, page, inThread),
    });
  }
  return made;
}

function one(message, replies, page, inThread) {
  const use = {
    ...page.lists(),
    values: null,
    press: (element, value) => page.perform("press", { channel: message.channel, ts: message.ts, place: element.place, value }),
    suggest: async (element, typed) => (
      (await page.perform("suggest", { channel: message.channel, ts: message.ts, place: element.place, typed }))?.options ?? []),
  };
  const content = message.blocks.length ? show(message.blocks, use) : message.nodes.length ? [h("div", { class: "plain" }, spoken(message.nodes))] : [];
  return h("li", { class: `message${message.only_you ? " only-you" : ""}` },
    avatar(message),
    h("div", { class: "said" },
      message.only_you && h("p", { class: "note" }, "Only visible to you"),
      h("p", { class: "byline" }, h("strong", {}, message.author), message.app && h("span", { class: "app" }, "App"),
        h("time", { datetime: message.iso }, message.time), message.edited && h("span", { class: "note" }, "edited")),
      content,
      message.files.map(file),
      message.previews.filter(Boolean).map((title) => h("p", { class: "preview" }, title)),
      reactions(message),
      replies.length > 0 && thread(message, replies, page)),
    tools(message, page, inThread));
}

const tints = new Map(); // of people, in the order in which they were first seen

export function avatar(person) {
  if (person.app || person.bot) return h("img", { class: "avatar", src: "/mark.svg", alt: "" });
  const name = person.author ?? person.real_name;
  const id = person.user ?? person.id;
  if (!tints.has(id)) tints.set(id, tints.size % 4);
  const tint = tints.get(id);
  return h("span", { class: `avatar tint-${tint}`, "aria-hidden": "true" }, name.split(" ").map((word) => word[0]).join("").slice(0, 2));
}

function file(each) {
  if (each.picture) return h("figure", { class: "file" }, h("figcaption", {}, each.title), h("a", { href: `/files/${each.id}`, target: "_blank" }, picture({ file: each.id, alt_text: each.alt }, "large")));
  return h("p", { class: "file" }, h("a", { href: `/files/${each.id}`, download: each.name }, each.title), h("span", { class: "note" }, ` ${Math.ceil(each.size / 1024)} KB`));
}

function reactions(message) {
  if (!message.reactions.length) return null;
  return h("ul", { class: "reactions", "aria-label": "Reactions" }, message.reactions.map((each) => (
    h("li", { title: `${each.users.join(", ")}: ${each.name}` }, h("span", { role: "img", "aria-label": `${each.name} by ${each.users.join(", ")}` }, each.emoji), ` ${each.users.length}`))));
}

function thread(message, replies, page) {
  const label = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  const faces = [...new Map(replies.map((reply) => [reply.user, reply])).values()].slice(0, 3).map(avatar);
  return h("button", { type: "button", class: "replies", "data-focus": "replies", onclick: () => page.openThread(message.ts) },
    faces, h("span", {}, label), h("span", { class: "note" }, `last at ${replies.at(-1).time}`));
}

function tools(message, page, inThread) {
  const at = { channel: message.channel, ts: message.ts };
  const state = page.state();
  const entries = message.only_you ? [] : state.shortcuts.map((each) => (
    { label: each.title, run: () => page.perform("shortcut", { ...at, callback_id: each.id }) }));
  if (message.user === state.me) entries.push({ label: "Delete message", danger: true, run: () => page.perform("delete", at) });
  return h("div", { class: "tools" },
    !inThread && !message.only_you && h("button", {
      type: "button", class: "plain-button", "aria-label": "Reply in thread", title: "Reply in thread", "data-focus": "reply", onclick: () => page.openThread(message.ts),
    }, drawing("reply")),
    entries.length > 0 && menu({ class: "plain-button", "aria-label": "More actions", title: "More actions", "data-focus": "tools" }, drawing("dots"), entries));
}
