/** What a noun can be filtered by, as its room serves it, and what a new condition starts with. */
import { send } from "../http";
import type { Test, Value } from "./tree";

export interface Option {
  value: string;
  label: string;
  color?: string;
}
export interface Operator {
  name: string;
  label: string;
  value: "none" | "one" | "two" | "many" | "relative";
}
export interface Field {
  name: string;
  label: string;
  group: string;
  type: string;
  ops: Operator[];
  options?: Option[];
}
export interface Catalogue {
  fields: Field[];
  tags?: Option[];
  lists?: Option[];
  events?: { type: string; label: string }[];
}

export const MEMBER_OPS: Record<"tag" | "list", { name: string; label: string }[]> = {
  tag: [{ name: "has_any", label: "has any of" }, { name: "has_all", label: "has all of" }, { name: "has_none", label: "has none of" }],
  list: [{ name: "in", label: "is on any of" }, { name: "not_in", label: "is on none of" }],
};
export const EVENT_OPS = [{ name: ">=", label: "at least" }, { name: "<=", label: "at most" }, { name: "=", label: "exactly" }, { name: "none", label: "never" }] as const;

const loaded = new Map<string, Promise<Catalogue>>();

/** The catalogue of one list, fetched once a page. */
export function catalogueFrom(url: string): Promise<Catalogue> {
  if (!loaded.has(url))
    loaded.set(url, send(url, { headers: { Accept: "application/json" } }).then((response) => {
      if (!response?.ok) throw new Error("The fields could not be loaded.");
      return response.json() as Promise<Catalogue>;
    }));
  return loaded.get(url)!;
}

export function emptyValue(operator: Operator | undefined, field: Field | undefined): Value {
  if (!operator || operator.value === "none") return null;
  if (operator.value === "many") return [];
  if (operator.value === "two") return ["", ""];
  if (operator.value === "relative") return { relative: { unit: "days", amount: -30 } };
  if (field?.type === "boolean") return true;
  return field?.options?.[0]?.value ?? "";
}

/** A fresh condition for what was picked: "field:email", "tag", "list" or "event:mail.opened". */
export function newTest(picked: string, catalogue: Catalogue): Test {
  const [kind, ...rest] = picked.split(":");
  const name = rest.join(":");
  if (kind === "tag" || kind === "list") return { kind, op: MEMBER_OPS[kind][0]!.name, value: [] };
  if (kind === "event") return { kind, type: name, op: ">=", count: 1, days: 30, where: {} };
  const field = catalogue.fields.find((candidate) => candidate.name === name);
  const operator = field?.ops[0];
  return { kind: "field", field: name, op: operator?.name ?? "", value: emptyValue(operator, field) };
}

export function pickedOf(test: Test): string {
  return test.kind === "field" ? `field:${test.field}` : test.kind === "event" ? `event:${test.type}` : test.kind;
}
