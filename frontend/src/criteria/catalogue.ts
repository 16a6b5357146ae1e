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
  /** The shape of the value: nothing; one; from and to; a list; a moment, fixed or relative; a length of time; days. */
  value: "none" | "one" | "two" | "many" | "relative" | "span" | "days";
}
export interface Field {
  name: string;
  label: string;
  group: string;
  type: string;
  ops: Operator[];
  options?: Option[];
  /** Where to search for options: GET ?q= and ?ids= answer JSON [{value, label}]. */
  source?: string;
}
export interface Membership {
  name: string;
  label: string;
  ops: Operator[];
  options: Option[];
}
export interface Catalogue {
  fields: Field[];
  memberships: Membership[];
  events: { type: string; label: string; offered?: false }[]; // what cannot happen here has a name all the same
}

export const EVENT_OPS = [
  { name: ">=", label: "at least" },
  { name: "<=", label: "at most" },
  { name: "=", label: "exactly" },
  { name: "none", label: "never" },
] as const;

const loaded = new Map<string, Promise<Catalogue>>();

/** The catalogue of one list, fetched once a page. */
export function catalogueFrom(url: string): Promise<Catalogue> {
  if (!loaded.has(url))
    loaded.set(
      url,
      send(url, { headers: { Accept: "application/json" } }).then((response) => {
        if (!response?.ok) throw new Error("The fields could not be loaded.");
        return response.json() as Promise<Catalogue>;
      }),
    );
  return loaded.get(url)!;
}

export function emptyValue(operator: Operator | undefined, field: Field | undefined): Value {
  if (!operator || operator.value === "none") return null;
  if (operator.value === "many") return [];
  if (operator.value === "two") return ["", ""];
  if (operator.value === "relative") return { relative: { unit: "days", amount: -30 } };
  if (operator.value === "span") return { amount: 30, unit: "days" };
  if (operator.value === "days") return 30;
  return field?.options?.[0]?.value ?? "";
}

/** A fresh condition for what was picked: "field:email", "member:tag" or "event:mail.opened". */
export function newTest(picked: string, catalogue: Catalogue): Test {
  const [kind, ...rest] = picked.split(":");
  const name = rest.join(":");
  if (kind === "member")
    return {
      kind,
      name,
      op: catalogue.memberships.find((candidate) => candidate.name === name)?.ops[0]?.name ?? "",
      value: [],
    };
  if (kind === "event") return { kind, type: name, op: ">=", count: 1, days: 30, where: {} };
  const field = catalogue.fields.find((candidate) => candidate.name === name);
  const operator = field?.ops[0];
  return { kind: "field", field: name, op: operator?.name ?? "", value: emptyValue(operator, field) };
}

export function pickedOf(test: Test): string {
  return test.kind === "field"
    ? `field:${test.field}`
    : test.kind === "event"
      ? `event:${test.type}`
      : `member:${test.name}`;
}
