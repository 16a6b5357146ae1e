/** What comes from Word, Google Docs or a page, in the shapes that an editor here knows: headings, lists, lines. */

const DEEPEST = "h3";

/** Return the HTML as it is to be pasted. Whatever it asks to run or to load is never put into a page here. */
export function tidied(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const gone of page.querySelectorAll("style, script, meta, title, img, [style*='mso-list:Ignore' i]"))
    gone.remove();
  for (const heading of page.querySelectorAll("h1, h4, h5, h6"))
    rename(heading, heading.tagName === "H1" ? "h2" : DEEPEST);
  for (const item of page.querySelectorAll("p[class*=MsoListParagraph], p[style*='mso-list:l' i]")) listed(item, html);
  for (const row of page.querySelectorAll("tr")) {
    const cells = [...row.querySelectorAll(":scope > td, :scope > th")].map((cell) => cell.textContent?.trim() ?? "");
    const line = page.createElement("p");
    line.textContent = cells.join(" | ");
    row.closest("table")?.before(line);
  }
  for (const table of page.querySelectorAll("table")) table.remove();
  return page.body.innerHTML;
}

/** Make a paragraph that Word calls an item of a list the last item of the list before it, or of a new one. */
function listed(item: Element, html: string): void {
  const before = item.previousElementSibling;
  const kind = isNumbered(item, html) ? "ol" : "ul";
  const list = before?.tagName === kind.toUpperCase() ? before : item.ownerDocument.createElement(kind);
  if (list !== before) item.before(list);
  const made = rename(item, "li");
  list.append(made);
  const first = made.firstChild;
  if (first?.nodeType === Node.TEXT_NODE) first.textContent = (first.textContent ?? "").replace(/^[\s·•§]+/, "");
}

/** The mark before an item is gone by now; Word's own number formats tell of numbers in the page's styles. */
function isNumbered(item: Element, html: string): boolean {
  const name = /mso-list:\s*(l\d+)\s+(level\d+)/i.exec(item.getAttribute("style") ?? "");
  if (!name) return false;
  const rule = new RegExp(`@list ${name[1]}:${name[2]}\\s*\\{([^}]*)\\}`, "i").exec(html)?.[1];
  return rule !== undefined && !/mso-level-number-format:\s*bullet/i.test(rule);
}

function rename(element: Element, tag: string): Element {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}
