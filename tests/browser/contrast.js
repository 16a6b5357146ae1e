/**
 * What axe does over and over for the contrast of a page, done once. Contrast takes two thirds of its time.
 *
 * - A page has a dozen colours, and each is parsed thousands of times by a library of colour spaces: what a text means
 *   as a colour never changes.
 * - The rows of a table look alike: of the texts that have the same look on the same ground, the first is judged.
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
  const NOT_SEEN = "not seen";
  const read = (at, names) => {
    const style = getComputedStyle(at);
    return names.map((name) => style[name]).join();
  };
  const hasText = (at) => [...at.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());

  /** Mark the texts that nobody sees or that look like one before, here and now: another width or theme differs. */
  window.markWhatNeedsNoLook = () => {
    const grounds = new Map([[document, ""]]);
    const ground = (at) => {
      if (!grounds.has(at))
        grounds.set(at, `${ground(at.parentNode)}>${at.localName}.${at.className} ${read(at, GROUND)}`);
      return grounds.get(at);
    };
    const seen = new Set([NOT_SEEN]);
    for (const at of document.body.querySelectorAll("*")) {
      if (at.localName === "svg" || at.closest("svg") || !hasText(at)) continue;
      const look = at.checkVisibility() ? `${ground(at)} ${read(at, TEXT)}` : NOT_SEEN;
      at.toggleAttribute("data-needs-no-look", seen.has(look));
      seen.add(look);
    }
  };
})();
