import { describe, expect, it } from "vitest";
import { colorOf, crc32, initials } from "./avatar";
import { fold, matching } from "./combobox";
import { size } from "./drop";

describe("avatar", () => {
  it("computes the check value of CRC-32", () => expect(crc32("123456789")).toBe(0xcbf43926));
  it("gives the colour that the server gives", () => expect(colorOf("Alice Ash")).toBe("cyan"));
  it.each([["Alice Ash", "AA"], ["Élodie", "ÉL"], ["Liam O’Brien", "LB"], ["", ""]])("writes %s as %s", (name, letters) => expect(initials(name)).toBe(letters));
});

describe("matching", () => {
  const choices = [{ label: "Müller Logistik" }, { label: "Müller Bau" }];
  it("finds every word without accents and case", () => expect(matching(choices, "muller LOG")).toEqual([choices[0]]));
  it("finds all without words", () => expect(matching(choices, " ")).toEqual(choices));
  it("folds", () => expect(fold(" Čapek ")).toBe("capek"));
});

describe("size", () => {
  it.each([[0, "0 B"], [999, "999 B"], [1500, "1.5 kB"], [93_000_000, "93 MB"]])("%i is %s", (bytes, text) => expect(size(bytes)).toBe(text));
});
