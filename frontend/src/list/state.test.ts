import { describe, expect, it } from "vitest";
import { between, changed, moved, selectionJson } from "./state";

describe("changed", () => {
  it("sets and removes parameters", () => {
    expect(changed("?q=ada&sort=name", { q: null, sort: "-name" })).toBe("?sort=-name");
    expect(changed("?q=ada", { q: "" })).toBe("");
  });
  it("starts at the first page unless paging", () => {
    expect(changed("?after=abc&q=a", { sort: "name" })).toBe("?q=a&sort=name");
    expect(changed("?after=abc", { before: "x", after: null })).toBe("?before=x");
  });
});

describe("selectionJson", () => {
  it("lists ids", () => expect(JSON.parse(selectionJson(["1", "2"], false, "?q=x"))).toEqual({ ids: ["1", "2"] }));
  it("carries the address of the list for everything", () =>
    expect(JSON.parse(selectionJson([], true, "?q=x&view=v"))).toEqual({ all: true, search: "?q=x&view=v" }));
});

describe("moved", () => {
  it("moves within the list", () => expect(moved(["a", "b", "c", "d"], "b", 1)).toEqual(["a", "c", "b", "d"]));
  it("never passes the fixed first", () => expect(moved(["a", "b", "c"], "b", -1)).toEqual(["a", "b", "c"]));
  it("never moves the fixed first", () => expect(moved(["a", "b"], "a", 1)).toEqual(["a", "b"]));
});

describe("between", () => {
  it("takes both ends, in either direction", () => {
    expect(between(["1", "2", "3", "4"], "3", "2")).toEqual(["2", "3"]);
    expect(between(["1", "2"], "gone", "2")).toEqual(["2"]);
  });
});
