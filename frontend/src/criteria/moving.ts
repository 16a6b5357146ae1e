/** Dragging conditions and groups between groups, with mouse and touch. */
import Sortable from "sortablejs";

type Moved = (node: string, to: string, at: number) => void;

/** Let the rows of a group be dragged, within it and into others. */
export function makeMovable(rows: HTMLElement, moved: Moved): void {
  Sortable.create(rows, {
    group: "criteria",
    handle: ".criteria-grip",
    draggable: ".criteria-row",
    animation: 120,
    fallbackOnBody: true,
    swapThreshold: 0.6,
    emptyInsertThreshold: 12,
    onEnd: ({ item, to, newDraggableIndex }) => moved(item.dataset.row!, to.dataset.rows!, newDraggableIndex ?? 0),
  });
}
