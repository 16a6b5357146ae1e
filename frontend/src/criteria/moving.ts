/** Dragging conditions and groups between groups, with mouse and touch. */
import type Sortable from "sortablejs";

type Moved = (node: string, to: string, at: number) => void;

let library: Promise<{ default: typeof Sortable }> | undefined;

/** Let the rows of a group be dragged, within it and into others. The library comes when first needed. */
export function makeMovable(rows: HTMLElement, moved: Moved): void {
  library ??= import("sortablejs") as Promise<{ default: typeof Sortable }>;
  void library.then(({ default: sortable }) => {
    sortable.create(rows, {
      group: "criteria",
      handle: ".criteria-grip",
      draggable: ".criteria-row",
      animation: 120,
      fallbackOnBody: true,
      swapThreshold: 0.6,
      emptyInsertThreshold: 12,
      onEnd: ({ item, to, newDraggableIndex }) => moved(item.dataset.row!, to.dataset.rows!, newDraggableIndex ?? 0),
    });
  });
}
