/** The editors for the value of a condition, by operator and field type. */
import { EVENT_OPS, emptyValue, type Catalogue, type Field, type Operator } from "./catalogue";
import { combobox, el, input, select } from "./dom";
import type { EventTest, FieldTest, MemberTest, Relative, Span, Value } from "./tree";

type Changed = (redraw?: boolean) => void;

const INPUT_TYPES: Record<string, string> = {
  number: "number",
  date: "date",
  datetime: "date",
  email: "text",
  phone: "tel",
  url: "text",
};
const DIRECTIONS = [
  { name: "-1", label: "ago" },
  { name: "1", label: "from now" },
];
const UNITS = [
  { name: "days", label: "days" },
  { name: "weeks", label: "weeks" },
  { name: "months", label: "months" },
];

function coerce(text: string, field: Field | undefined): Value {
  return INPUT_TYPES[field?.type ?? ""] === "number" && text !== "" ? Number(text) : text;
}

function oneValue(label: string, value: Value, field: Field | undefined, set: (value: Value) => void): HTMLElement {
  if (field?.options || field?.source)
    return combobox(label, field.options ?? [], value ? [String(value)] : [], ([chosen]) => set(chosen ?? ""), {
      multiple: false,
      source: field.source,
    });
  const type = INPUT_TYPES[field?.type ?? ""] ?? "text";
  return input(
    label,
    type,
    String(value ?? ""),
    (text) => set(coerce(text, field)),
    type === "number" ? { step: "any" } : {},
  );
}

function amountInput(label: string, amount: number, set: (amount: number) => void): HTMLElement {
  return input(label, "number", String(amount), (text) => set(Math.max(0, Math.trunc(Number(text) || 0))), {
    min: "0",
    class: "input input-sm is-short",
  });
}

/** A length of time: 3 weeks. */
function spanEditors(value: Span, set: (value: Value) => void): HTMLElement[] {
  return [
    amountInput("Amount", value.amount, (amount) => set(Object.assign(value, { amount }))),
    select("Unit", UNITS, value.unit, (unit) => set(Object.assign(value, { unit }))),
  ];
}

/** A moment: a date, or so many days ago. */
function momentEditors(value: Value, set: (value: Value) => void, changed: Changed): HTMLElement[] {
  const isRelative = value !== null && typeof value === "object" && "relative" in value;
  const kinds = [
    { name: "date", label: "the date" },
    { name: "relative", label: "relative to today" },
  ];
  const choose = (name: string): void => {
    set(name === "date" ? "" : { relative: { unit: "days", amount: -30 } });
    changed(true);
  };
  const kind = select("Moment", kinds, isRelative ? "relative" : "date", choose);
  if (!isRelative) return [kind, input("Date", "date", String(value ?? "").slice(0, 10), set)];
  const { relative } = value as Relative;
  const update = (change: Partial<Relative["relative"]>): void => set({ relative: Object.assign(relative, change) });
  return [
    kind,
    amountInput("Amount", Math.abs(relative.amount), (amount) =>
      update({ amount: Math.sign(relative.amount || -1) * amount }),
    ),
    select("Unit", UNITS, relative.unit, (unit) => update({ unit: unit as Relative["relative"]["unit"] })),
    select("Direction", DIRECTIONS, String(Math.sign(relative.amount || -1)), (name) =>
      update({ amount: Number(name) * Math.abs(relative.amount) }),
    ),
  ];
}

function valueEditors(
  test: FieldTest,
  field: Field | undefined,
  operator: Operator | undefined,
  changed: Changed,
): HTMLElement[] {
  const set = (value: Value): void => {
    test.value = value;
    changed();
  };
  switch (operator?.value) {
    case "one":
      return [oneValue("Value", test.value, field, set)];
    case "two": {
      const pair = (Array.isArray(test.value) ? test.value : ["", ""]) as Value[];
      const at =
        (index: number) =>
        (value: Value): void =>
          set(pair.map((old, i) => (i === index ? value : old)) as Value);
      return [
        oneValue("From", pair[0] ?? "", field, (value) => {
          pair[0] = value;
          at(0)(value);
        }),
        el("span", { class: "muted small" }, "and"),
        oneValue("To", pair[1] ?? "", field, (value) => {
          pair[1] = value;
          at(1)(value);
        }),
      ];
    }
    case "many":
      return [
        combobox("Values", field?.options ?? [], Array.isArray(test.value) ? (test.value as string[]) : [], set, {
          create: !field?.options && !field?.source,
          source: field?.source,
        }),
      ];
    case "relative":
      return momentEditors(test.value, set, changed);
    case "span":
      return spanEditors(test.value as unknown as Span, set);
    case "days":
      return [amountInput("Days", Number(test.value), set), el("span", { class: "muted small" }, "days")];
    default:
      return [];
  }
}

export function fieldEditors(test: FieldTest, catalogue: Catalogue, changed: Changed): HTMLElement[] {
  const field = catalogue.fields.find((candidate) => candidate.name === test.field);
  const operator = field?.ops.find((candidate) => candidate.name === test.op);
  const choose = (name: string): void => {
    const next = field?.ops.find((candidate) => candidate.name === name);
    if (next?.value !== operator?.value) test.value = emptyValue(next, field);
    test.op = name;
    changed(true);
  };
  return [select("Operator", field?.ops ?? [], test.op, choose), ...valueEditors(test, field, operator, changed)];
}

export function memberEditors(test: MemberTest, catalogue: Catalogue, changed: Changed): HTMLElement[] {
  const membership = catalogue.memberships.find((candidate) => candidate.name === test.name);
  return [
    select("Operator", membership?.ops ?? [], test.op, (name) => {
      test.op = name;
      changed();
    }),
    combobox(membership?.label ?? test.name, membership?.options ?? [], test.value, (values) => {
      test.value = values;
      changed();
    }),
  ];
}

export function eventEditors(test: EventTest, changed: Changed): HTMLElement[] {
  const parts: HTMLElement[] = [
    select("How often", EVENT_OPS, test.op, (name) => {
      test.op = name as EventTest["op"];
      changed(true);
    }),
  ];
  if (test.op !== "none")
    parts.push(
      input(
        "Times",
        "number",
        String(test.count),
        (text) => {
          test.count = Math.max(0, Math.trunc(Number(text) || 0));
          changed();
        },
        { min: "0", class: "input input-sm is-short" },
      ),
      el("span", { class: "muted small" }, test.count === 1 ? "time" : "times"),
    );
  const spans = [
    { name: "ever", label: "ever" },
    { name: "within", label: "within the last" },
  ];
  parts.push(
    select("Period", spans, test.days === null ? "ever" : "within", (name) => {
      test.days = name === "ever" ? null : 30;
      changed(true);
    }),
  );
  if (test.days !== null)
    parts.push(
      input(
        "Days",
        "number",
        String(test.days),
        (text) => {
          test.days = Math.max(1, Math.trunc(Number(text) || 1));
          changed();
        },
        { min: "1", class: "input input-sm is-short" },
      ),
      el("span", { class: "muted small" }, "days"),
    );
  return [...parts, ...whereEditors(test, changed)];
}

/** Which of these events count: pairs of a name in the event's data and its value. */
function whereEditors(test: EventTest, changed: Changed): HTMLElement[] {
  const pairs = Object.entries(test.where);
  const rename = (from: string, to: string): void => {
    test.where = Object.fromEntries(Object.entries(test.where).map(([key, value]) => [key === from ? to : key, value]));
    changed(true);
  };
  const rows = pairs.map(([key, value]) => {
    const name = input("Detail", "text", key, () => undefined, {
      placeholder: "detail",
      class: "input input-sm is-key",
    });
    name.addEventListener("change", () => rename(key, name.value.trim()));
    const remove = el("button", { type: "button", class: "btn btn-quiet btn-sm" }, "Remove detail");
    remove.addEventListener("click", () => {
      delete test.where[key];
      changed(true);
    });
    return el(
      "span",
      { class: "row gap-1 wrap" },
      el("span", { class: "muted small" }, "where"),
      name,
      el("span", { class: "muted small" }, "is"),
      input("Detail's value", "text", value, (text) => {
        test.where[key] = text;
        changed();
      }),
      remove,
    );
  });
  const add = el("button", { type: "button", class: "btn btn-quiet btn-sm" }, "+ Detail");
  add.addEventListener("click", () => {
    test.where[""] = "";
    changed(true);
  });
  return "" in test.where ? rows : [...rows, add];
}
