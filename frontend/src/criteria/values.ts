/** The editors for the value of a condition, by operator and field type. */
import { EVENT_OPS, MEMBER_OPS, emptyValue, type Catalogue, type Field, type Operator } from "./catalogue";
import { combobox, el, input, select } from "./dom";
import type { EventTest, FieldTest, MemberTest, Relative, Value } from "./tree";

type Changed = (redraw?: boolean) => void;

const INPUT_TYPES: Record<string, string> = { number: "number", money: "number", date: "date", datetime: "date", email: "text", phone: "tel", url: "text" };
const DIRECTIONS = [{ name: "-1", label: "ago" }, { name: "1", label: "from now" }];
const UNITS = [{ name: "days", label: "days" }, { name: "weeks", label: "weeks" }, { name: "months", label: "months" }];

function coerce(text: string, field: Field | undefined): Value {
  return INPUT_TYPES[field?.type ?? ""] === "number" && text !== "" ? Number(text) : text;
}

function oneValue(label: string, value: Value, field: Field | undefined, set: (value: Value) => void): HTMLElement {
  if (field?.type === "boolean") return select(label, [{ name: "true", label: "Yes" }, { name: "false", label: "No" }], String(value), (chosen) => set(chosen === "true"));
  if (field?.options) return combobox(label, field.options, value ? [String(value)] : [], ([chosen]) => set(chosen ?? ""), { multiple: false });
  const type = INPUT_TYPES[field?.type ?? ""] ?? "text";
  return input(label, type, String(value ?? ""), (text) => set(coerce(text, field)), type === "number" ? { step: "any" } : {});
}

function relativeValue(value: Relative, set: (value: Value) => void): HTMLElement[] {
  const { unit, amount } = value.relative;
  const update = (change: Partial<Relative["relative"]>): void => {
    Object.assign(value.relative, change);
    set(value);
  };
  return [
    input("Amount", "number", String(Math.abs(amount)), (text) => update({ amount: Math.sign(value.relative.amount || -1) * Math.abs(Number(text) || 0) }), { min: "0", class: "input input-sm is-short" }),
    select("Unit", UNITS, unit, (name) => update({ unit: name as Relative["relative"]["unit"] })),
    select("Direction", DIRECTIONS, String(Math.sign(amount || -1)), (name) => update({ amount: Number(name) * Math.abs(value.relative.amount) })),
  ];
}

function valueEditors(test: FieldTest, field: Field | undefined, operator: Operator | undefined, changed: Changed): HTMLElement[] {
  const set = (value: Value): void => {
    test.value = value;
    changed();
  };
  switch (operator?.value) {
    case "one":
      return [oneValue("Value", test.value, field, set)];
    case "two": {
      const pair = (Array.isArray(test.value) ? test.value : ["", ""]) as Value[];
      const at = (index: number) => (value: Value): void => set(pair.map((old, i) => (i === index ? value : old)) as Value);
      return [oneValue("From", pair[0] ?? "", field, (value) => { pair[0] = value; at(0)(value); }), el("span", { class: "muted small" }, "and"), oneValue("To", pair[1] ?? "", field, (value) => { pair[1] = value; at(1)(value); })];
    }
    case "many":
      return [combobox("Values", field?.options ?? [], Array.isArray(test.value) ? (test.value as string[]) : [], set, { create: !field?.options })];
    case "relative": {
      const value = test.value && typeof test.value === "object" && "relative" in test.value ? test.value : (emptyValue(operator, field) as Relative);
      return relativeValue(value, set);
    }
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
  const options = (test.kind === "tag" ? catalogue.tags : catalogue.lists) ?? [];
  return [
    select("Operator", MEMBER_OPS[test.kind], test.op, (name) => { test.op = name; changed(); }),
    combobox(test.kind === "tag" ? "Tags" : "Lists", options, test.value, (values) => { test.value = values; changed(); }),
  ];
}

export function eventEditors(test: EventTest, changed: Changed): HTMLElement[] {
  const parts: HTMLElement[] = [select("How often", EVENT_OPS, test.op, (name) => { test.op = name as EventTest["op"]; changed(true); })];
  if (test.op !== "none")
    parts.push(
      input("Times", "number", String(test.count), (text) => { test.count = Math.max(0, Math.trunc(Number(text) || 0)); changed(); }, { min: "0", class: "input input-sm is-short" }),
      el("span", { class: "muted small" }, test.count === 1 ? "time" : "times"),
    );
  const spans = [{ name: "ever", label: "ever" }, { name: "within", label: "within the last" }];
  parts.push(select("Period", spans, test.days === null ? "ever" : "within", (name) => { test.days = name === "ever" ? null : 30; changed(true); }));
  if (test.days !== null)
    parts.push(
      input("Days", "number", String(test.days), (text) => { test.days = Math.max(1, Math.trunc(Number(text) || 1)); changed(); }, { min: "1", class: "input input-sm is-short" }),
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
    const name = input("Detail", "text", key, () => undefined, { placeholder: "detail", class: "input input-sm is-key" });
    name.addEventListener("change", () => rename(key, name.value.trim()));
    const remove = el("button", { type: "button", class: "btn btn-quiet btn-sm" }, "Remove detail");
    remove.addEventListener("click", () => { delete test.where[key]; changed(true); });
    return el("span", { class: "row gap-1 wrap" }, el("span", { class: "muted small" }, "where"), name, el("span", { class: "muted small" }, "is"), input("Detail's value", "text", value, (text) => { test.where[key] = text; changed(); }), remove);
  });
  const add = el("button", { type: "button", class: "btn btn-quiet btn-sm" }, "+ Detail");
  add.addEventListener("click", () => { test.where[""] = ""; changed(true); });
  return "" in test.where ? rows : [...rows, add];
}
