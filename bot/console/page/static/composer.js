// The field in which messages and commands are typed, with suggestions for /commands and @people.
import { drawing, h, menu } from "./dom.js";

const drafts = new Map();
let count = 0;

// `options` is {label, draft, send(text), known(), article} for the form `form`; returns {put(text)}.
export function composer(form, options) {
  const listId = `suggestions-${(count += 1)}`;
  const field = h("textarea", {
    rows: 1, placeholder: options.label, "aria-label": options.label,
    "aria-controls": listId, "aria-autocomplete": "list", "data-focus": "composer", autocomplete: "off",
  });
  const list = h("ul", { id: listId, role: "listbox", "aria-label": "Suggestions", hidden: true });
  const send = h("button", { type: "submit", class: "press primary" }, "Send");
  const more = options.article && menu({ class: "plain-button", "aria-label": "Post an article of yours", title: "Post an article of yours" }, drawing("plus"), [
    { label: "Paste an article's text", run: () => pasteText(options.article) },
    { label: "Choose a file (.txt, .html, .pdf)", run: () => chooseFile(options.article) },
  ]);
  form.className = "composer";
  form.replaceChildren(list, h("div", { class: "line" }, more, field, send));
  field.value = drafts.get(options.draft) ?? "";
  let at = -1;

  const grow = () => { field.rows = Math.min(8, field.value.split("\n").length); };
  const hide = () => { list.hidden = true; at = -1; field.removeAttribute("aria-activedescendant"); };
  const pick = (entry) => {
    const before = field.value.slice(0, field.selectionStart);
    const start = before.length - before.match(/[/@][\w-]*$/)[0].length;
    field.setRangeText(`${entry.word} `, start, field.selectionStart, "end");
    drafts.set(options.draft, field.value);
    hide();
    field.focus();
  };
  const mark = (index) => {
    at = index;
    [...list.children].forEach((child, number) => child.setAttribute("aria-selected", number === at ? "true" : "false"));
    field.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const offer = () => {
    const before = field.value.slice(0, field.selectionStart);
    const word = before.match(/^\/[\w-]*$|(?<=^|\s)@[\w-]*$/)?.[0];
    const entries = word ? options.known().filter((entry) => entry.word.startsWith(word) && entry.word !== word) : [];
    if (!entries.length) { hide(); return; }
    list.replaceChildren(...entries.map((entry, number) => h("li", {
      role: "option", id: `${listId}-${number}`, "aria-selected": "false",
      onpointerdown: (event) => { event.preventDefault(); pick(entry); },
    }, h("b", {}, entry.word), entry.about && h("span", { class: "note" }, ` ${entry.about}`))));
    list.entries = entries;
    list.hidden = false;
    mark(0);
  };
  field.addEventListener("input", () => { drafts.set(options.draft, field.value); grow(); offer(); });
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    if (!list.hidden) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); mark((at + step + list.children.length) % list.children.length); return; }
      if (event.key === "Tab" || event.key === "Enter") { event.preventDefault(); pick(list.entries[at]); return; }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); hide(); return; }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  form.onsubmit = async (event) => {
    event.preventDefault();
    const typed = field.value.trim();
    if (!typed || send.getAttribute("aria-busy")) return;
    send.setAttribute("aria-busy", "true");
    const sent = await options.send(typed);
    send.removeAttribute("aria-busy");
    if (!sent) return;
    if (field.value.trim() === typed) field.value = "";
    drafts.set(options.draft, field.value);
    grow();
  };
  grow();
  return {
    put(text) {
      field.value = text;
      drafts.set(options.draft, text);
      grow();
      field.focus();
    },
  };
}

function pasteText(post) {
  const field = h("textarea", { rows: 12, id: "pasted" });
  const dialog = h("dialog", { class: "modal", "aria-labelledby": "paste-title" });
  const end = () => { dialog.close(); dialog.remove(); };
  const form = h("form", {},
    h("header", {}, h("h2", { id: "paste-title" }, "Post an article"), h("button", { type: "button", class: "plain-button", "aria-label": "Close", onclick: end }, drawing("cross"))),
    h("div", { class: "body" }, h("div", { class: "block input" }, h("label", { for: "pasted" }, "Its text; the first line is the title"), field,
      h("p", { class: "hint" }, "A newspaper on this machine prints it, and a link to it is posted."))),
    h("footer", {}, h("button", { type: "button", class: "press", onclick: end }, "Cancel"), h("button", { type: "submit", class: "press primary" }, "Post its link")));
  form.addEventListener("submit", (event) => { event.preventDefault(); if (field.value.trim()) { post({ text: field.value }); end(); } });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); end(); });
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
}

function chooseFile(post) {
  const chooser = h("input", { type: "file", accept: ".txt,.md,.html,.htm,.pdf" });
  chooser.addEventListener("change", () => {
    const reader = new FileReader();
    reader.addEventListener("load", () => post({ name: chooser.files[0].name, content: reader.result.split(",")[1] ?? "" }));
    if (chooser.files[0]) reader.readAsDataURL(chooser.files[0]);
  });
  chooser.click();
}
