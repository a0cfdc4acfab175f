// Block Kit as elements: https://docs.slack.dev/reference/block-kit/blocks/
import { h, link } from "./dom.js";
import { text, words, rich } from "./text.js";
import { control, field } from "./elements.js";

// `use` says what the elements do: see elements.js.
export function show(blocks, use) {
  return blocks.map((block) => (BLOCKS[block.type] ?? unknown)(block, use));
}

export function picture(image, kind) {
  if (!image.file) return link(image.image_url ?? "", image.alt_text ?? "picture");
  return h("img", { src: `/files/${image.file}`, alt: image.alt_text ?? "", class: kind });
}

const BLOCKS = {
  header: (block) => h("h2", { class: "block" }, text(block.text)),
  divider: () => h("hr", { class: "block" }),
  section,
  context: (block) => h("div", { class: "block context" }, block.elements.map((element) => (
    element.type === "image" ? picture(element, "small") : h("span", {}, text(element))))),
  actions: (block, use) => h("div", { class: "block actions" }, block.elements.map((element) => control(element, block, use))),
  context_actions: (block, use) => h("div", { class: "block actions" }, block.elements.map((element) => control(element, block, use))),
  image: (block) => h("figure", { class: "block" }, block.title && h("figcaption", {}, text(block.title)), picture(block, "large")),
  input: (block, use) => field(block, use),
  rich_text: (block) => h("div", { class: "block" }, rich(block)),
  markdown: (block) => h("div", { class: "block plain" }, block.text),
  table,
};

function section(block, use) {
  const body = h("div", { class: "words" });
  if (block.text) body.append(h("div", { class: "plain" }, text(block.text)));
  if (block.fields) body.append(h("div", { class: "fields" }, block.fields.map((each) => h("div", { class: "plain" }, text(each)))));
  const accessory = block.accessory;
  if (!accessory) return h("div", { class: "block section" }, body);
  const beside = accessory.type === "image" ? picture(accessory, "beside") : control(accessory, block, use, words(block.text));
  return h("div", { class: "block section" }, body, h("div", { class: "accessory" }, beside));
}

function table(block) {
  const rows = block.rows.map((cells, at) => h("tr", {}, cells.map((cell, column) => (
    h(at ? "td" : "th", { scope: at ? null : "col", class: block.column_settings?.[column]?.align === "right" ? "number" : null },
      cell.elements ? rich(cell) : cell.text ?? "")))));
  return h("div", { class: "block wide" }, h("table", {}, h("thead", {}, rows.slice(0, 1)), h("tbody", {}, rows.slice(1))));
}

function unknown(block) {
  const found = [];
  const gather = (part) => {
    if (part?.type === "mrkdwn" || part?.type === "plain_text") found.push(h("div", { class: "plain" }, text(part)));
    else if (part && typeof part === "object") Object.values(part).forEach(gather);
  };
  gather(block);
  return h("div", { class: "block" }, found);
}
