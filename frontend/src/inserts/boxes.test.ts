import { expect, test } from "vitest";
import { typedBehind } from "./boxes";

test("a shortcut begins with # at a word's beginning, before the caret", () => {
  expect(typedBehind("Hello #log", 10)).toBe("log");
  expect(typedBehind("#", 1)).toBe("");
  expect(typedBehind("#größe", 6)).toBe("größe");
  expect(typedBehind("Hello #log and more", 10)).toBe("log");
  expect(typedBehind("room#4", 6)).toBeNull();
  expect(typedBehind("#log done", 9)).toBeNull();
});
