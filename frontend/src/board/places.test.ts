import { beforeEach, expect, test } from "vitest";
import { cardsOf, columnOf, jump, neighbours, put, spotOf, step } from "./places";

const card = (id: string): HTMLElement => document.querySelector<HTMLElement>(`[data-deal="${id}"]`)!;
const order = (stage: string): string[] =>
  cardsOf(document.querySelector(`[data-stage="${stage}"] ol`)!).map((found) => found.dataset.deal!);
const lists = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("ol")];

beforeEach(() => {
  document.body.innerHTML = `
    <section data-stage="one"><ol><li data-deal="a"></li><li data-deal="b"></li><li data-deal="c"></li><li data-more></li></ol></section>
    <section data-stage="two"><ol><li data-deal="d"></li><li data-more></li></ol></section>
    <section data-stage="three"><ol></ol></section>
    <div><ol data-stage="won" data-end="won"><li>Won</li></ol></div>`;
});

test("a card steps within its column and stops at its ends", () => {
  expect(step(card("b"), -1)).toBe(true);
  expect(order("one")).toEqual(["b", "a", "c"]);
  expect(step(card("b"), -1)).toBe(false);
  expect(step(card("c"), 1)).toBe(false);
});

test("a card jumps to the next column at its height, above what is still to load", () => {
  expect(jump(card("a"), lists(), 1)).toBe(true);
  expect(order("two")).toEqual(["a", "d"]);
  expect(jump(card("c"), lists(), 1)).toBe(true);
  expect(order("two")).toEqual(["a", "c", "d"]);
  expect(jump(card("a"), lists(), 1)).toBe(true);
  expect(order("three")).toEqual(["a"]);
  expect(jump(card("a"), lists(), 1)).toBe(true);
  expect(columnOf(card("a"))!.dataset.end).toBe("won");
  expect(jump(card("a"), lists(), 1)).toBe(false);
  expect(jump(card("a"), lists(), -1)).toBe(true);
  expect(order("three")).toEqual(["a"]);
});

test("a card goes back to where it was, and knows its neighbours", () => {
  const spot = spotOf(card("b"));
  expect(neighbours(card("b"))).toEqual({ above: "a", below: "c" });
  expect(neighbours(card("c"))).toEqual({ above: "b", below: "" });
  jump(card("b"), lists(), 1);
  put(card("b"), spot);
  expect(order("one")).toEqual(["a", "b", "c"]);
  expect(spot.stage).toBe("one");
});
