// Block Kit's interactive elements: https://docs.slack.dev/reference/block-kit/block-elements/
//
// `use` is what they need to know and to do:
//   press(element, value)   tell the app; a promise
//   suggest(element, typed) the options the app offers; a promise
//   values                  a Map from key(block, element) to what a view's inputs hold; null in messages
//   errors                  {block_id: what is wrong with it}
//   people, channels        [{value, text}] to choose from
import { drawing, h, menu } from "./dom.js";
import { text, words } from "./text.js";

let count = 0;
const unique = () => `e${(count += 1)}`;

export const key = (block, element) => `${block.block_id ?? ""}/${element.action_id}`;

// An element outside of an input block: a use of it is told to the app at once.
export function control(element, block, use, about = "") {
  if (element.type === "button" || element.type === "workflow_button") return button(element, use);
  if (element.type === "overflow") return overflow(element, use, about);
  const name = words(element.placeholder) || about || "Choose";
  const told = {
    ...use,
    changed: (value, final = true) => {
      remember(block, element, value, use);
      if (final) tell(element, value, use);
    },
  };
  return h("span", { class: "control" }, make(element, block, told, { "aria-label": name, "data-focus": element.action_id }, name));
}

// An input block: a label, the element, a hint, and what is wrong with it.
export function field(block, use) {
  const element = block.element;
  const id = unique();
  const error = use.errors?.[block.block_id ?? element.action_id];
  const grouped = ["checkboxes", "radio_buttons"].includes(element.type) || element.type.startsWith("multi_");
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
  const asked = {
    ...use,
    changed: (value, final = true) => {
      remember(block, element, value, use);
      if (block.dispatch_action && final) tell(element, value, use);
    },
  };
  const attributes = {
    id, "aria-describedby": described, "aria-invalid": error ? "true" : null, "data-focus": element.action_id,
    "aria-required": block.optional ? null : "true",
  };
  const label = [text(block.label), block.optional && h("span", { class: "optional" }, " (optional)")];
  const inside = [
    make(element, block, asked, attributes, words(block.label)),
    block.hint && h("p", { class: "hint", id: `${id}-hint` }, text(block.hint)),
    error && h("p", { class: "error", id: `${id}-error`, role: "alert" }, error),
  ];
  const holder = grouped
    ? h("fieldset", { class: "block input", "aria-describedby": described }, h("legend", {}, label), inside)
    : h("div", { class: "block input" }, h("label", { for: id }, label), inside);
  holder.dataset.block = block.block_id ?? element.action_id;
  return holder;
}

// What a field begins with, in the form in which changed() gives it.
export function beginning(element) {
  const given = Object.keys(element).find((name) => name.startsWith("initial_"));
  if (!given) return null;
  const value = element[given];
  if (element.type.includes("external")) return value;
  if (given === "initial_option") return value.value;
  return given === "initial_options" ? value.map((option) => option.value) : value;
}

function remember(block, element, value, use) {
  use.values?.set(key(block, element), value);
}

async function tell(element, value, use) {
  if (await confirmed(element.confirm)) await use.press(element, value);
}

function held(block, element, use) {
  const known = use.values?.get(key(block, element));
  return known === undefined ? beginning(element) : known;
}

function button(element, use) {
  const label = words(element.text);
  const node = h("button", {
    type: "button", class: `press ${element.style ?? ""}`, "aria-label": element.accessibility_label, "data-focus": `button ${label}`,
  }, label);
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy")) return;
    if (!(await confirmed(element.confirm))) return;
    if (element.url) window.open(element.url, "_blank", "noopener,noreferrer");
    node.setAttribute("aria-busy", "true");
    try { await use.press(element, element.value); } finally { node.removeAttribute("aria-busy"); }
  });
  return node;
}

function overflow(element, use, about) {
  const items = element.options.map((option) => ({ label: words(option.text), run: () => choose(element, option, use) }));
  const label = about ? `More: ${about.split("\n")[0].slice(0, 80)}` : "More";
  return menu({ class: "press more", "aria-label": label, "data-focus": `${element.action_id} ${label}` }, drawing("dots"), items);
}

function choose(element, option, use) {
  if (option.url) window.open(option.url, "_blank", "noopener,noreferrer");
  return tell(element, option.value, use);
}

function make(element, block, use, attributes, name) {
  const now = held(block, element, use);
  const kind = element.type;
  if (kind in TYPED) return typed(element, now, use, attributes);
  if (kind === "checkboxes" || kind === "radio_buttons") return boxes(kind === "checkboxes" ? "checkbox" : "radio", element.options, now, use, name);
  if (kind.includes("external")) return suggested(element, now, use, attributes, kind.startsWith("multi_"));
  const listed = { users: use.people, conversations: use.channels, channels: use.channels };
  const source = Object.keys(listed).find((each) => kind.includes(`${each}_select`));
  const groups = source ? [{ options: listed[source] }] : element.option_groups ?? [{ options: element.options ?? [] }];
  if (kind.startsWith("multi_")) return boxes("checkbox", groups.flatMap((group) => group.options), now, use, name);
  return select(element, groups, now, use, attributes);
}

const TYPED = {
  plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number",
  datepicker: "date", timepicker: "time", datetimepicker: "datetime-local",
};

function typed(element, now, use, attributes) {
  const node = element.multiline ? h("textarea", { rows: 8, ...attributes }) : h("input", { type: TYPED[element.type], ...attributes });
  if (element.type === "number_input") node.setAttribute("step", element.is_decimal_allowed ? "any" : "1");
  if (element.placeholder) node.setAttribute("placeholder", words(element.placeholder));
  if (element.focus_on_load) node.dataset.first = "yes";
  if (element.max_length) node.setAttribute("maxlength", element.max_length);
  const moment = element.type === "datetimepicker";
  node.value = moment && now ? new Date(now * 1000).toISOString().slice(0, 16) : now ?? "";
  const value = () => (moment && node.value ? Date.parse(`${node.value}Z`) / 1000 : node.value || null);
  node.addEventListener("input", () => use.changed(value(), false));
  node.addEventListener("change", () => use.changed(value(), true));
  return node;
}

function select(element, groups, now, use, attributes) {
  const entry = (option) => h("option", { value: option.value, selected: option.value === now }, words(option.text));
  const node = h("select", attributes, h("option", { value: "", selected: !now }, words(element.placeholder) || "Choose"), groups.map((group) => (
    group.label ? h("optgroup", { label: words(group.label) }, group.options.map(entry)) : group.options.map(entry))));
  node.addEventListener("change", () => use.changed(node.value || null));
  return node;
}

function boxes(type, options, now, use, name) {
  const chosen = new Set([now ?? []].flat());
  const group = unique();
  return h("div", { class: "boxes", role: type === "radio" ? "radiogroup" : "group", "aria-label": name }, options.map((option) => {
    const box = h("input", { type, name: group, value: option.value, checked: chosen.has(option.value), "data-focus": `${group} ${option.value}` });
    box.addEventListener("change", () => {
      if (type === "radio") { use.changed(option.value); return; }
      if (box.checked) chosen.add(option.value); else chosen.delete(option.value);
      use.changed(options.map((each) => each.value).filter((value) => chosen.has(value)));
    });
    return h("label", { class: "box" }, box, h("span", {}, text(option.text), option.description && h("small", {}, text(option.description))));
  }));
}

// A field whose options the app suggests while one types.
function suggested(element, now, use, attributes, many) {
  let offered = [now ?? []].flat();
  const chosen = many ? [...offered] : [];
  const listId = unique();
  const list = h("datalist", { id: listId });
  const node = h("input", { ...attributes, list: listId, autocomplete: "off", placeholder: words(element.placeholder) || "Type to search" });
  const kept = h("ul", { class: "kept" });
  if (!many && now) node.value = words(now.text);
  const keep = () => kept.replaceChildren(...chosen.map((option, at) => h("li", {}, words(option.text), h("button", {
    type: "button", "aria-label": `Remove ${words(option.text)}`, onclick: () => { chosen.splice(at, 1); keep(); use.changed([...chosen]); },
  }, drawing("cross")))));
  node.addEventListener("input", async () => {
    const option = offered.find((each) => words(each.text) === node.value);
    if (option && many) { chosen.push(option); node.value = ""; keep(); use.changed([...chosen]); return; }
    if (option || !node.value) { use.changed(option ?? null); return; }
    if (node.value.length < (element.min_query_length ?? 1)) return;
    const asked = node.value;
    const options = await use.suggest(element, asked);
    if (node.value !== asked) return;
    offered = options;
    list.replaceChildren(...options.map((each) => h("option", { value: words(each.text) })));
  });
  keep();
  return h("span", { class: "suggested" }, node, list, many && kept);
}

function confirmed(question) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => {
    const yes = h("button", { type: "button", class: `press ${question.style ?? "primary"}` }, words(question.confirm) || "Yes");
    const no = h("button", { type: "button", class: "press" }, words(question.deny) || "Cancel");
    const id = unique();
    const dialog = h("dialog", { class: "confirm", "aria-labelledby": id },
      h("h2", { id }, words(question.title) || "Are you sure?"), h("div", { class: "plain" }, text(question.text)), h("footer", {}, no, yes));
    const end = (answer) => { dialog.close(); dialog.remove(); resolve(answer); };
    yes.addEventListener("click", () => end(true));
    no.addEventListener("click", () => end(false));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); end(false); });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
