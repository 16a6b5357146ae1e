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

  // Of some texts axe cannot tell (one letter, hidden by what it scrolls in): they prove nothing of those like them.
  const sound = new Set();
  const check = axe._audit.checks["color-contrast"];
  const { evaluate } = check;
  check.evaluate = function (at, ...more) {
    const result = evaluate.call(this, at, ...more);
    if (result === true) sound.add(at);
    return result;
  };

  const GROUND = ["backgroundColor", "backgroundImage", "opacity", "filter"];
  const BARE = ["rgba(0, 0, 0, 0)", "none", "1", "none"].join();
  const TEXT = ["color", "fontSize", "fontWeight", "textShadow"];
  const SKIP = "data-needs-no-look";
  const hasText = (at) =>
    at.matches("input, select, textarea") ||
    [...at.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());

  /** Return how an element and what it lies in are made, and how they look: the ground, from the page to `at`. */
  const reader = () => {
    const grounds = new Map([[document, { made: "", look: "" }]]);
    return function ground(at) {
      if (!grounds.has(at)) {
        const under = ground(at.parentNode);
        const style = getComputedStyle(at);
        const own = GROUND.map((name) => style[name]).join();
        const called = `>${at.localName}.${at.className}`;
        const isBare = own === BARE && ["static", "relative"].includes(style.position);
        grounds.set(at, {
          made: `${under.made}${called} ${own}`,
          look: isBare ? under.look : `${under.look}${own === BARE ? called : `> ${own}`}`,
        });
      }
      return grounds.get(at);
    };
  };

  let firsts = []; // of each look, in the order in which they were told

  /** Tell the looks of the texts within `scope`, and how each is made: in another width or theme they are others. */
  window.looksOfTexts = (scope) => {
    const ground = reader();
    const found = new Map();
    for (const at of document.querySelectorAll(scope ? `${scope}, ${scope} *` : "body *")) {
      if (at.localName === "svg" || at.closest("svg") || !hasText(at)) continue;
      at.toggleAttribute(SKIP, true);
      if (!at.checkVisibility()) continue;
      const style = getComputedStyle(at);
      const text = TEXT.map((name) => style[name]).join();
      const { made, look } = ground(at);
      const kind = `${made} ${text}`;
      if (!found.has(kind)) found.set(kind, { at, told: [`${look} ${text}`, kind] });
    }
    firsts = [...found.values()].map(({ at }) => at);
    return [...found.values()].map(({ told }) => told);
  };

  /** Have axe judge the contrast of these looks only, named by their places in the list. */
  window.judgeLooks = (places) => places.forEach((at) => firsts[at].toggleAttribute(SKIP, false));

  /** Tell which of the looks were found sound, by their places. */
  window.soundLooks = () => firsts.flatMap((at, place) => (sound.has(at) ? [place] : []));
})();
