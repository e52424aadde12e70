import { headOf, ROW } from './measures';
import { keyOf, type GraphEdge, type Spot } from './model';
import type { Layout } from './layout';

export interface Place extends Spot {
  key: string;
  x: number;
  y: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';
export const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Everything that can be focused: nodes, and of their rows those with an edge. */
export function placesOf({ boxes }: Layout, edges: readonly GraphEdge[]): Place[] {
  const linked = new Set(
    edges.flatMap(({ from, fromRow, to, toRow }) => [
      keyOf({ node: from, row: fromRow }),
      keyOf({ node: to, row: toRow }),
    ]),
  );
  return [...boxes.values()].flatMap(({ node, rows, x, y, width }) => {
    const middle = x + width / 2;
    const head = { key: keyOf({ node: node.id }), node: node.id, x: middle, y: y + headOf(node) / 2 };
    const own = rows.flatMap(({ id }, at) => {
      const key = keyOf({ node: node.id, row: id });
      const place = { key, node: node.id, row: id, x: middle, y: y + headOf(node) + (at + 0.5) * ROW };
      return linked.has(key) ? [place] : [];
    });
    return [head, ...own];
  });
}

const AWAY: Record<Direction, (from: Place, to: Place) => [along: number, across: number]> = {
  left: (from, to) => [from.x - to.x, to.y - from.y],
  right: (from, to) => [to.x - from.x, to.y - from.y],
  up: (from, to) => [from.y - to.y, to.x - from.x],
  down: (from, to) => [to.y - from.y, to.x - from.x],
};
const ASIDE = 2.5;

/** The nearest place in a direction; what lies aside counts as farther. */
export function nextPlace(places: readonly Place[], from: Place, direction: Direction): Place | undefined {
  let best: Place | undefined;
  let least = Infinity;
  for (const place of places) {
    const [along, across] = AWAY[direction](from, place);
    const cost = along + ASIDE * Math.abs(across);
    if (along > 1 && cost < least) [best, least] = [place, cost];
  }
  return best;
}
