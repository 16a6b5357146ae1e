import { describe, expect, it } from "vitest";
import { countTests, emptyGroup, fromJson, nodeAt, pathsOf, toJson, without, type FieldTest, type Json } from "./tree";

const email: FieldTest = { kind: "field", field: "email", op: "contains", value: "@example" };
const trees: Json[] = [
  { all: [{ field: "email", op: "contains", value: "x" }] },
  { any: [{ tag: { op: "has_any", value: ["1", "2"] } }, { all: [{ list: { op: "in", value: ["3"] } }] }] },
  { all: [{ not: { any: [{ field: "custom.size", op: "empty" }] } }] },
  { all: [{ event: { type: "mail.opened", op: ">=", count: 2, within: { days: 30 }, where: { campaign: "7" } } }] },
  { all: [{ event: { type: "mail.clicked", op: "none", within: null } }] },
  { all: [{ field: "created_at", op: "in_last", value: { amount: 3, unit: "weeks" } }] },
  { all: [{ segment: { op: "in", value: ["9"] } }] },
  { all: [{ field: "created_at", op: "after", value: { relative: { unit: "days", amount: -30 } } }] },
];

describe("reading and writing", () => {
  it.each(trees)("writes %j as it was read", (json) => expect(toJson(fromJson(json))).toEqual(json));
  it("wraps a single condition into a group", () =>
    expect(toJson(fromJson({ field: "a", op: "empty" }))).toEqual({ all: [{ field: "a", op: "empty" }] }));
  it("keeps not around one condition", () =>
    expect(toJson(fromJson({ not: { field: "a", op: "empty" } }))).toEqual({
      not: { all: [{ field: "a", op: "empty" }] },
    }));
  it("keeps a double not", () =>
    expect(toJson(fromJson({ not: { not: { all: [{ field: "a", op: "empty" }] } } }))).toEqual({
      not: { all: [{ not: { all: [{ field: "a", op: "empty" }] } }] },
    }));
  it("has no filter without conditions", () => {
    expect(toJson(emptyGroup())).toBeNull();
    expect(toJson({ ...emptyGroup(), children: [emptyGroup("any")] })).toBeNull();
  });
  it("refuses what it does not know", () => expect(() => fromJson({ all: [{ sql: "x" }] })).toThrow(/Unknown/));
});

describe("paths", () => {
  const inner = { ...emptyGroup("any"), not: true, children: [email] };
  const root = { ...emptyGroup(), children: [emptyGroup(), { ...email }, inner] };
  it("counts only what is written", () => {
    expect(pathsOf(root).get(root.children[1]!)).toBe("all.0");
    expect(pathsOf(root).get(email)).toBe("all.1.not.any.0");
  });
  it("finds the node of an error, also inside its value", () => {
    expect(nodeAt(root, "all.1.not.any.0.value")).toBe(email);
    expect(nodeAt(root, "all.1")).toBe(inner);
    expect(nodeAt(root, "")).toBe(root);
    expect(nodeAt(root, "all.9")).toBe(root);
  });
});

describe("without", () => {
  it("removes a condition and the group it emptied", () => {
    const group = { ...emptyGroup(), children: [{ ...emptyGroup("any"), children: [email] }] };
    expect(countTests(group)).toBe(1);
    expect(without(group, email).children).toEqual([]);
  });
});
