/** The overview of the keys that work here. What a page offers is in its markup (`data-shortcut`, `data-go`), so it cannot lie. */
const FIXED: [string, string][] = [
  ["Search and commands", "Ctrl K"],
  ["This overview", "?"],
  ["Close", "Esc"],
];
const IN_LISTS: [string, string][] = [
  ["Next row", "J"],
  ["Previous row", "K"],
  ["Select the row", "X"],
  ["Open the row", "Enter"],
  ["Search in the list", "/"],
];

function row([what, keys]: [string, string]): HTMLElement {
  const line = Object.assign(document.createElement("div"), { className: "row between shortcut" });
  const hint = Object.assign(document.createElement("span"), { className: "row gap-1" });
  for (const key of keys.split(" "))
    hint.append(Object.assign(document.createElement("kbd"), { className: "kbd", textContent: key }));
  line.append(Object.assign(document.createElement("span"), { textContent: what }), hint);
  return line;
}

export function showShortcuts(): void {
  const dialog = document.getElementById("shortcuts") as HTMLDialogElement;
  const body = document.getElementById("shortcuts-list")!;
  const made = [...document.querySelectorAll<HTMLElement>("[data-shortcut]")].map((item): [string, string] => [
    item.querySelector("span")?.textContent?.trim() ?? "",
    item.dataset
      .shortcut!.split(" ")
      .map((way) =>
        way
          .split("+")
          .map((key) => key[0]!.toUpperCase() + key.slice(1))
          .join(" "),
      )
      .join(" or "),
  ]);
  const places = [...document.querySelectorAll<HTMLElement>(".nav [data-go]")].map((item): [string, string] => [
    item.textContent?.trim() ?? "",
    `G ${item.dataset.go!.toUpperCase()}`,
  ]);
  body.className = "dialog-body stack gap-4";
  body.replaceChildren(
    ...(
      [
        ["Everywhere", [...FIXED, ...made]],
        ["Go to", places],
        ["In lists", document.querySelector("fl-list") ? IN_LISTS : []],
      ] as [string, [string, string][]][]
    )
      .filter(([, rows]) => rows.length)
      .map(([heading, rows]) => {
        const group = Object.assign(document.createElement("section"), { className: "stack gap-2" });
        group.append(Object.assign(document.createElement("h3"), { textContent: heading }), ...rows.map(row));
        return group;
      }),
  );
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("[data-shortcuts]")) showShortcuts();
});
