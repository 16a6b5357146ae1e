/**
 * `<fl-criteria data-catalogue data-errors>`: edits the criteria in its hidden input.
 * It redraws when the structure changes and only writes the input when a value does.
 */
import { icon } from "../ui/icon";
import { catalogueFrom, newTest, pickedOf, type Catalogue } from "./catalogue";
import { announce, combobox, el, select, whenShown } from "./dom";
import { eventEditors, fieldEditors, memberEditors } from "./values";
import { makeMovable } from "./moving";
import {
  allNodes,
  countTests,
  emptyGroup,
  fromJson,
  moveStep,
  moveTo,
  nodeAt,
  toJson,
  without,
  type Group,
  type Json,
  type Node,
  type Step,
  type Test,
} from "./tree";

interface Problem {
  path: string;
  message: string;
}
const MODES = [
  { name: "all", label: "all" },
  { name: "any", label: "any" },
];
const NEGATIONS = [
  { name: "no", label: "match" },
  { name: "yes", label: "do not match" },
];

const STEPS: Record<string, Step> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

class Criteria extends HTMLElement {
  static readonly observedAttributes = ["data-errors"];
  private root: Group = emptyGroup();
  private catalogue: Catalogue | null = null;
  private body = el("div", { class: "criteria" });
  private readonly ids = new WeakMap<Node, string>();
  /** What was just added and has no answer yet: it is not wrong before anything was typed. */
  private readonly unanswered = new WeakSet<Node>();
  private made = 0;

  connectedCallback(): void {
    if (this.body.isConnected) return;
    this.append(this.body);
    this.addEventListener("criteria:clear", () => {
      this.root = emptyGroup();
      this.changed(true);
    });
    whenShown(this, () => void this.start());
  }

  /** Every count says what is wrong, mostly nothing as before: whoever is choosing meanwhile must not be disturbed. */
  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (this.catalogue && (before || "[]") !== (after || "[]")) this.draw();
  }

  /** Its first control takes the focus, as soon as there is one. */
  override focus(): void {
    const first = this.querySelector<HTMLElement>("input:not([type=hidden]), button");
    if (first) return first.focus();
    this.tabIndex = -1;
    super.focus();
  }

  private get input(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[name=criteria]")!;
  }

  private async start(): Promise<void> {
    try {
      this.catalogue = await catalogueFrom(this.dataset.catalogue!);
      this.root = fromJson(this.input.value ? (JSON.parse(this.input.value) as Json) : null);
      this.draw();
      if (document.activeElement === this) this.focus();
    } catch (error) {
      this.body.replaceChildren(el("p", { class: "error", role: "alert" }, (error as Error).message));
    }
  }

  private changed(redraw = false): void {
    const json = toJson(this.root);
    this.input.value = json ? JSON.stringify(json) : "";
    this.dispatchEvent(new CustomEvent("criteria:change", { bubbles: true, detail: { tests: countTests(this.root) } }));
    if (redraw) this.draw();
  }

  /** Draw everything, keeping the focus on the control with the same place and label. */
  private draw(): void {
    if (!this.catalogue) return;
    const focused = document.activeElement?.closest<HTMLElement>("[data-node]") ? document.activeElement : null;
    const place = focused?.closest<HTMLElement>("[data-node]")?.dataset.node;
    const label = focused?.getAttribute("aria-label");
    this.body.replaceChildren(this.drawGroup(this.root, true));
    if (place && label)
      this.body.querySelector<HTMLElement>(`[data-node="${place}"] [aria-label="${CSS.escape(label)}"]`)?.focus();
  }

  private idOf(node: Node): string {
    if (!this.ids.has(node)) this.ids.set(node, `n${++this.made}`);
    return this.ids.get(node)!;
  }

  private problemsOf(node: Node): HTMLElement[] {
    if (this.unanswered.has(node)) return [];
    const problems = JSON.parse(this.dataset.errors || "[]") as Problem[];
    return problems
      .filter((problem) => nodeAt(this.root, problem.path) === node)
      .map((problem) => {
        const line = el("p", { class: "error", role: "alert" });
        line.append(icon("alert-circle"), problem.message);
        return line;
      });
  }

  private button(label: string, drawing: SVGSVGElement, action: () => void, text = ""): HTMLButtonElement {
    const made = el("button", {
      type: "button",
      class: `btn btn-quiet btn-sm${text ? "" : " btn-icon"}`,
      "aria-label": label,
      title: text ? undefined : label,
    });
    made.append(drawing, text);
    made.addEventListener("click", action);
    return made;
  }

  private drawGroup(group: Group, isRoot = false): HTMLElement {
    const head = el(
      "div",
      { class: "criteria-head" },
      select("Negation", NEGATIONS, group.not ? "yes" : "no", (name) => {
        group.not = name === "yes";
        this.changed();
      }),
      select("Match", MODES, group.mode, (name) => {
        group.mode = name as Group["mode"];
        this.changed(true);
      }),
      el("span", { class: "muted small" }, "of these"),
    );
    if (!isRoot) head.append(this.button("Remove this group", icon("trash"), () => this.drop(group)));
    const rows = el(
      "div",
      { class: "criteria-rows", "data-rows": this.idOf(group) },
      ...group.children.map((child, at) => this.drawChild(child, at, group)),
    );
    if (this.movable) makeMovable(rows, (node, to, at) => this.moved(node, to, at));
    const foot = el("div", { class: "criteria-foot" }, this.picker(group));
    if (!isRoot || group.children.length)
      foot.append(this.button("Add a group", icon("parentheses"), () => this.addGroup(group), "Group"));
    return el(
      "fieldset",
      {
        class: isRoot ? "criteria-group is-root" : "criteria-group",
        "data-node": this.idOf(group),
        "aria-label": isRoot ? "Filter" : "Group",
      },
      ...(isRoot && !group.children.length ? [] : [head]),
      rows,
      ...this.problemsOf(group),
      foot,
    );
  }

  /** A new group is empty: whoever made it wants to put a condition into it. */
  private addGroup(into: Group): void {
    const group = emptyGroup(into.mode === "all" ? "any" : "all");
    into.children.push(group);
    this.changed(true);
    this.body.querySelector<HTMLElement>(`[data-node="${this.idOf(group)}"] .criteria-picker input`)?.focus();
  }

  private drawChild(child: Node, at: number, group: Group): HTMLElement {
    const word = el("span", { class: "criteria-word" }, at === 0 ? "" : group.mode === "all" ? "and" : "or");
    const content = child.kind === "group" ? this.drawGroup(child) : this.drawTest(child);
    const grip = this.movable ? [this.grip(child)] : [];
    return el("div", { class: "criteria-row", "data-row": this.idOf(child) }, word, ...grip, content);
  }

  private get movable(): boolean {
    return "movable" in this.dataset;
  }

  /** What a condition or group is dragged by; with the keyboard, arrows move it and tell where it went. */
  private grip(child: Node): HTMLButtonElement {
    const name = child.kind === "group" ? "group" : this.nameOf(child);
    const grip = this.button(`Move ${name}`, icon("grip-vertical"), () => undefined);
    grip.classList.add("criteria-grip");
    grip.title = "Drag, or use the arrow keys: up and down, left out of a group, right into one";
    grip.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      if (!moveStep(this.root, child, step)) return announce(`${name} cannot move further ${step}.`);
      this.changed(true);
      this.body.querySelector<HTMLElement>(`[data-row="${this.idOf(child)}"] > .criteria-grip`)?.focus();
      announce(`${name} moved ${step}.`);
    });
    return grip;
  }

  private moved(node: string, to: string, at: number): void {
    const byId = (id: string): Node | undefined => allNodes(this.root).find((one) => this.idOf(one) === id);
    const [child, group] = [byId(node), byId(to)];
    if (child && group?.kind === "group") moveTo(this.root, child, group, at);
    this.changed(true);
  }

  private drawTest(test: Test): HTMLElement {
    const changed = (redraw = false): void => {
      this.unanswered.delete(test);
      this.changed(redraw);
    };
    const catalogue = this.catalogue!;
    const editors =
      test.kind === "field"
        ? fieldEditors(test, catalogue, changed)
        : test.kind === "event"
          ? eventEditors(test, changed)
          : memberEditors(test, catalogue, changed);
    const problems = this.problemsOf(test);
    return el(
      "div",
      {
        class: `criteria-test${problems.length ? " is-wrong" : ""}`,
        role: "group",
        "aria-label": this.nameOf(test),
        "data-node": this.idOf(test),
      },
      el("span", { class: "criteria-field" }, this.nameOf(test)),
      ...editors,
      this.button(`Remove ${this.nameOf(test)}`, icon("x"), () => this.drop(test)),
      ...problems,
    );
  }

  private nameOf(test: Test): string {
    const picked = pickedOf(test);
    const named = this.choices().find((choice) => choice.value === picked)?.label;
    if (named || test.kind === "member") return named ?? picked;
    if (test.kind === "field") return test.field;
    return this.catalogue!.events.find((event) => event.type === test.type)?.label ?? test.type;
  }

  private choices(): { value: string; label: string; group: string }[] {
    const { fields, memberships, events } = this.catalogue!;
    return [
      ...fields.map((field) => ({ value: `field:${field.name}`, label: field.label, group: field.group })),
      ...memberships.map((membership) => ({
        value: `member:${membership.name}`,
        label: membership.label,
        group: "Membership",
      })),
      ...events
        .filter((event) => event.offered !== false)
        .map((event) => ({ value: `event:${event.type}`, label: event.label, group: "Activity" })),
    ];
  }

  private picker(group: Group): HTMLElement {
    const picker = combobox(
      "Add a condition",
      this.choices(),
      [],
      ([picked]) => {
        if (!picked) return;
        const test = newTest(picked, this.catalogue!);
        group.children.push(test);
        this.unanswered.add(test);
        this.changed(true);
        this.body
          .querySelector<HTMLElement>(`[data-node="${this.idOf(test)}"] :is(select, input):not([hidden])`)
          ?.focus();
      },
      { multiple: false },
    );
    picker.dataset.placeholder = "Add a condition…";
    picker.classList.add("criteria-picker");
    return picker;
  }

  private drop(node: Node): void {
    without(this.root, node);
    this.changed(true);
    this.body.querySelector<HTMLElement>(".criteria-picker input")?.focus();
  }
}

customElements.define("fl-criteria", Criteria);
