/** Small makers of elements for the builder. */
type Attributes = Record<string, string | boolean | undefined>;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children);
  return made;
}

export function select(
  label: string,
  choices: readonly { name: string; label: string }[],
  chosen: string,
  onChange: (name: string) => void,
): HTMLSelectElement {
  const made = el(
    "select",
    { class: "select input-sm", "aria-label": label },
    ...choices.map((choice) => new Option(choice.label, choice.name, false, choice.name === chosen)),
  );
  made.addEventListener("change", () => onChange(made.value));
  return made;
}

export function input(
  label: string,
  type: string,
  value: string,
  onInput: (value: string) => void,
  more: Attributes = {},
): HTMLInputElement {
  const made = el("input", { class: "input input-sm", type, value, "aria-label": label, ...more });
  made.addEventListener("input", () => onInput(made.value));
  return made;
}

/** A searchable select (`<fl-combobox>`), single or multiple. */
export function combobox(
  label: string,
  choices: { value: string; label: string; color?: string; group?: string }[],
  chosen: string[],
  onChange: (values: string[]) => void,
  { multiple = true, create = false, source = undefined as string | undefined } = {},
): HTMLElement {
  const made = el("select", { "aria-label": label, multiple });
  if (!multiple) made.add(new Option("", ""));
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const value of chosen)
    if (!choices.some((choice) => choice.value === value)) choices = [...choices, { value, label: value }];
  for (const { value, label: text, color, group } of choices) {
    const option = new Option(text, value, false, chosen.includes(value));
    if (color) option.dataset.color = color;
    if (!group) made.add(option);
    else {
      if (!groups.has(group)) groups.set(group, made.appendChild(el("optgroup", { label: group })));
      groups.get(group)!.append(option);
    }
  }
  made.addEventListener("change", (event) => {
    event.stopPropagation();
    onChange([...made.selectedOptions].map((option) => option.value).filter(Boolean));
  });
  return el(
    "fl-combobox" as "div",
    {
      class: "criteria-combobox",
      "data-label": label,
      "data-create": create,
      "data-source": source,
      "data-placeholder": "Choose…",
    },
    made,
  );
}

/** Tell a screen reader what a key has done. */
export function announce(text: string): void {
  let place = document.getElementById("criteria-said");
  if (!place) {
    place = el("div", { id: "criteria-said", class: "sr-only", role: "status", "aria-live": "polite" });
    document.body.append(place);
  }
  place.textContent = text;
}

/** Call once what is to come with `element`: now or, inside a part that is hidden, as soon as that is shown. */
export function whenShown(element: HTMLElement, then: () => void): void {
  const hidden = element.closest<HTMLElement>("[hidden]");
  if (!hidden) return then();
  const shown = new MutationObserver(() => {
    if (hidden.hidden) return;
    shown.disconnect();
    then();
  });
  shown.observe(hidden, { attributeFilter: ["hidden"] });
}
