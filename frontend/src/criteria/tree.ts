/**
 * The criteria as a person edits them, and their JSON form (see fairlead/records/criteria).
 *
 * JSON: {"all": […]} | {"any": […]} | {"not": node} | {"field", "op", "value"} | {"event": {"type", "op", "count",
 * "within", "where"}} | {"<membership>": {"op", "value"}}, where a membership is "tag", "list" or what else the noun has.
 */
export interface Relative {
  relative: { unit: "days" | "weeks" | "months"; amount: number };
}
export interface Span {
  amount: number;
  unit: "days" | "weeks" | "months";
}
export type Value = string | number | boolean | Relative | Span | string[] | [Value, Value] | null;

export interface FieldTest {
  kind: "field";
  field: string;
  op: string;
  value: Value;
}
export interface MemberTest {
  kind: "member";
  name: string;
  op: string;
  value: string[];
}
export interface EventTest {
  kind: "event";
  type: string;
  op: ">=" | "<=" | "=" | "none";
  count: number;
  days: number | null;
  where: Record<string, string>;
}
export type Test = FieldTest | MemberTest | EventTest;
export interface Group {
  kind: "group";
  mode: "all" | "any";
  not: boolean;
  children: Node[];
}
export type Node = Group | Test;
export type Json = Record<string, unknown>;

export function emptyGroup(mode: "all" | "any" = "all"): Group {
  return { kind: "group", mode, not: false, children: [] };
}

/** Read JSON; what cannot be read is refused whole rather than shown wrongly. */
export function fromJson(json: Json | null): Group {
  if (!json) return emptyGroup();
  const node = readNode(json);
  return node.kind === "group" ? node : { ...emptyGroup(), children: [node] };
}

function readNode(json: Json): Node {
  if ("all" in json || "any" in json) {
    const mode = "all" in json ? "all" : "any";
    return { kind: "group", mode, not: false, children: (json[mode] as Json[]).map(readNode) };
  }
  if ("not" in json) {
    const inner = readNode(json.not as Json);
    if (inner.kind === "group" && !inner.not) return { ...inner, not: true };
    return { kind: "group", mode: "all", not: true, children: [inner] };
  }
  if ("field" in json)
    return { kind: "field", field: String(json.field), op: String(json.op), value: (json.value ?? null) as Value };
  if ("event" in json) {
    const test = json.event as {
      type: string;
      op: EventTest["op"];
      count?: number;
      within?: { days: number } | null;
      where?: Record<string, string>;
    };
    return {
      kind: "event",
      type: test.type,
      op: test.op,
      count: test.count ?? 1,
      days: test.within?.days ?? null,
      where: test.where ?? {},
    };
  }
  const [name, content] = Object.entries(json)[0] ?? [];
  const member = content as { op?: string; value?: unknown } | undefined;
  if (name && Object.keys(json).length === 1 && member?.op && Array.isArray(member.value))
    return { kind: "member", name, op: member.op, value: member.value.map(String) };
  throw new Error(`Unknown criteria: ${JSON.stringify(json)}`);
}

/** Write JSON; null for a tree without any condition, which is no filter at all. */
export function toJson(group: Group): Json | null {
  return writeGroup(group);
}

function writeGroup(group: Group): Json | null {
  const children = group.children
    .map((child) => (child.kind === "group" ? writeGroup(child) : writeTest(child)))
    .filter((child) => child !== null);
  if (!children.length) return null;
  return group.not ? { not: { [group.mode]: children } } : { [group.mode]: children };
}

function writeTest(test: Test): Json {
  if (test.kind === "field")
    return test.value === null
      ? { field: test.field, op: test.op }
      : { field: test.field, op: test.op, value: test.value };
  if (test.kind === "event") {
    const where = Object.keys(test.where).length ? { where: test.where } : {};
    const within = test.days === null ? null : { days: test.days };
    return {
      event: { type: test.type, op: test.op, ...(test.op === "none" ? {} : { count: test.count }), within, ...where },
    };
  }
  return { [test.name]: { op: test.op, value: test.value } };
}

/** The path of every node in the JSON that `toJson` writes ("all.0.not.any.1"), as validation errors name it. */
export function pathsOf(root: Group): Map<Node, string> {
  const paths = new Map<Node, string>();
  const join = (...parts: (string | number)[]): string => parts.filter((part) => part !== "").join(".");
  const walk = (group: Group, path: string): void => {
    paths.set(group, path);
    const inside = join(path, group.not ? "not" : "", group.mode);
    group.children
      .filter((child) => child.kind !== "group" || writeGroup(child) !== null)
      .forEach((child, at) => {
        if (child.kind === "group") walk(child, join(inside, at));
        else paths.set(child, join(inside, at));
      });
  };
  walk(root, "");
  return paths;
}

/** The node whose path is the longest beginning of `path`: an error inside a value belongs to its condition. */
export function nodeAt(root: Group, path: string): Node {
  const clean = path.replace(/^\$?\.?/, "");
  let best: [Node, string] = [root, ""];
  for (const [node, at] of pathsOf(root))
    if ((clean === at || clean.startsWith(`${at}.`)) && at.length > best[1].length) best = [node, at];
  return best[0];
}

export function countTests(group: Group): number {
  return group.children.reduce((sum, child) => sum + (child.kind === "group" ? countTests(child) : 1), 0);
}

/** Take `node` out of wherever it stands; groups that it emptied go with it, the root stays. */
export function without(group: Group, node: Node): Group {
  const kept = group.children.filter((child) => {
    if (child === node) return false;
    if (child.kind !== "group" || child.children.length === 0) return true;
    return without(child, node).children.length > 0;
  });
  return Object.assign(group, { children: kept });
}

export type Step = "up" | "down" | "out" | "in";

/** Every node of the tree, outer before inner. */
export function allNodes(root: Group): Node[] {
  return [root, ...root.children.flatMap((child) => (child.kind === "group" ? allNodes(child) : [child]))];
}

function parentOf(root: Group, node: Node): Group | undefined {
  return allNodes(root).find((one): one is Group => one.kind === "group" && one.children.includes(node));
}

/** Put a node at a place of a group; a group never goes into itself. */
export function moveTo(root: Group, node: Node, group: Group, at: number): boolean {
  const from = parentOf(root, node);
  if (!from || (node.kind === "group" && allNodes(node).includes(group))) return false;
  from.children.splice(from.children.indexOf(node), 1);
  group.children.splice(Math.max(0, Math.min(at, group.children.length)), 0, node);
  return true;
}

/** Move a node one place: past its neighbour, out of its group, or into the group beside it. */
export function moveStep(root: Group, node: Node, step: Step): boolean {
  const from = parentOf(root, node);
  if (!from) return false;
  const at = from.children.indexOf(node);
  if (step === "out") {
    const outer = parentOf(root, from);
    return outer ? moveTo(root, node, outer, outer.children.indexOf(from) + 1) : false;
  }
  if (step === "in") {
    const beside = [from.children[at + 1], from.children[at - 1]].find((one): one is Group => one?.kind === "group");
    return beside ? moveTo(root, node, beside, beside === from.children[at - 1] ? beside.children.length : 0) : false;
  }
  const to = at + (step === "up" ? -1 : 1);
  return to >= 0 && to < from.children.length ? moveTo(root, node, from, to) : false;
}
