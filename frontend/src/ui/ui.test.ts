import { describe, expect, it } from "vitest";
import { showWhatApplies } from "./applying";
import { colorOf, crc32, initials } from "./avatar";
import { fold, matching } from "./choices";
import { Combobox } from "./combobox";
import { size } from "./drop";

describe("avatar", () => {
  it("computes the check value of CRC-32", () => expect(crc32("123456789")).toBe(0xcbf43926));
  it("gives the colour that the server gives", () => expect(colorOf("Alice Ash")).toBe("cyan"));
  it.each([
    ["Alice Ash", "AA"],
    ["Élodie", "ÉL"],
    ["Liam O’Brien", "LB"],
    ["", ""],
  ])("writes %s as %s", (name, letters) => expect(initials(name)).toBe(letters));
});

describe("matching", () => {
  const choices = [{ label: "Müller Logistik" }, { label: "Müller Bau" }];
  it("finds every word without accents and case", () => expect(matching(choices, "muller LOG")).toEqual([choices[0]]));
  it("finds all without words", () => expect(matching(choices, " ")).toEqual(choices));
  it("puts first what begins so, and keeps groups together", () => {
    const languages = ["Algerian Arabic", "Low German", "German", "Angers"].map((label) => ({ label }));
    expect(matching(languages, "ger").map(({ label }) => label)).toEqual([
      "German",
      "Low German",
      "Algerian Arabic",
      "Angers",
    ]);
    const grouped = [
      { label: "The best", group: "A" },
      { label: "Best", group: "B" },
      { label: "Best of all", group: "A" },
    ];
    expect(matching(grouped, "best").map(({ label }) => label)).toEqual(["Best of all", "The best", "Best"]);
  });
  it("folds", () => expect(fold(" Čapek ")).toBe("capek"));
});

describe("combobox", () => {
  it("sends several in the order of choosing and lists them as they were", () => {
    document.body.innerHTML = `<form><fl-combobox><select name="who" multiple><option value="a">Ann</option><option value="b" selected>Bob</option><option value="c">Cy</option></select></fl-combobox></form>`;
    const box = document.querySelector<Combobox>("fl-combobox")!;
    const choose = (value: string): void =>
      (box as unknown as { set(value: string, chosen: boolean): void }).set(value, true);
    choose("c");
    choose("a");
    expect(new FormData(document.querySelector("form")!).getAll("who")).toEqual(["b", "c", "a"]);
    const listed = (box as unknown as { options(): { value: string }[] }).options();
    expect(listed.map((choice) => choice.value)).toEqual(["a", "b", "c"]);
  });
});

describe("fields that apply to one choice only", () => {
  const shown = (): string[] =>
    [...document.querySelectorAll<HTMLElement>(".field:not([hidden]) :is(select, input)")].map((control) =>
      control.getAttribute("name")!,
    );
  it("follow the choice; an error shows until something is chosen", () => {
    document.body.innerHTML = `<form><div class="field"><select name="way"><option>rules</option><option>team</option><option>person</option></select></div>
      <div class="field"><select name="team" data-when="way=team"></select></div><div class="field"><input name="note" data-when="way=team,person"></div>
      <div class="field"><input name="wrong" data-when="way=person" aria-invalid="true"></div></form>`;
    const way = document.querySelector<HTMLSelectElement>("[name=way]")!;
    const choose = (value: string): string[] => {
      way.value = value;
      way.dispatchEvent(new Event("change", { bubbles: true }));
      return shown();
    };
    showWhatApplies();
    expect(shown()).toEqual(["way", "wrong"]);
    expect(choose("team")).toEqual(["way", "team", "note"]);
    expect(choose("person")).toEqual(["way", "note", "wrong"]);
  });
});

describe("size", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1500, "1.5 kB"],
    [93_000_000, "93 MB"],
  ])("%i is %s", (bytes, text) => expect(size(bytes)).toBe(text));
});
