/**
 * What axe does over and over for the contrast of a page, done once. Contrast takes two thirds of its time.
 *
 * - A page has a dozen colours, and each is parsed thousands of times by a library of colour spaces: what a text means
 *   as a colour never changes.
 * - The rows of a table look alike, and so do the pages of a firm: of the texts that have the same look on the same
 *   ground, the first is judged. faces.py remembers the looks that were sound, from page to page.
 */
(() => {
  const known = new Map();
  const { prototype } = axe.commons.color.Color;
  const { parseString } = prototype;
  prototype.parseString = function (text) {
    if (!known.has(text)) {
      parseString.call(this, text);
      known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
    }
    return Object.assign(this, known.get(text));
  };

  axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-needs-no-look])" }] });

  const GROUND = ["backgroundColor", "backgroundImage", "opacity", "filter"];
  const TEXT = ["color", "fontSize", "fontWeight", "textShadow"];
  const SKIP = "data-needs-no-look";
  const read = (at, names) => {
    const style = getComputedStyle(at);
    return names.map((name) => style[name]).join();
  };
  const hasText = (at) =>
    at.matches("input, select, textarea") ||
    [...at.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());
  let firsts = []; // of each look, in the order in which they were told

  /** Tell the looks that the texts within `scope` have, here and now: in another width or theme they are others. */
  window.looksOfTexts = (scope) => {
    const grounds = new Map([[document, ""]]);
    const ground = (at) => {
      if (!grounds.has(at))
        grounds.set(at, `${ground(at.parentNode)}>${at.localName}.${at.className} ${read(at, GROUND)}`);
      return grounds.get(at);
    };
    const found = new Map();
    for (const at of document.querySelectorAll(scope ? `${scope}, ${scope} *` : "body *")) {
      if (at.localName === "svg" || at.closest("svg") || !hasText(at)) continue;
      at.toggleAttribute(SKIP, true);
      if (!at.checkVisibility()) continue;
      const look = `${ground(at)} ${read(at, TEXT)}`;
      if (!found.has(look)) found.set(look, at);
    }
    firsts = [...found.values()];
    return [...found.keys()];
  };

  /** Have axe judge the contrast of these looks only, named by their places in the list. */
  window.judgeLooks = (places) => places.forEach((at) => firsts[at].toggleAttribute(SKIP, false));
})();
