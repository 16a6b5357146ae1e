import { describe, expect, it } from "vitest";
import { namesIn, symbol } from "./icons";

describe("icons", () => {
  it("finds the names in templates, components and TypeScript", () =>
    expect(
      namesIn(`{% icon "users" %} <c-button icon="plus" icon_end='chevron-right'> icon("x", "y") Item(icon="tag")`),
    ).toEqual(["users", "plus", "chevron-right", "x", "tag"]));
  it("leaves only the shapes in a symbol", () => {
    const svg = `<svg xmlns="x"\n  class="a">\n  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n  <path d="M1 2" />\n</svg>`;
    expect(symbol("a", svg)).toContain(`stroke-linejoin="round"><path d="M1 2" /></symbol>`);
  });
});
