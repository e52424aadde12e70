import { useMemo } from 'react';
import { placeGraph } from './layout';
import type { GraphEdge, GraphNode } from './model';
import { placesOf } from './spots';

function linksOf(edges: readonly GraphEdge[]) {
  const count = new Map<string, { into: number; out: number }>();
  const of = (id: string) => count.get(id) ?? { into: 0, out: 0 };
  for (const { from, to } of edges) {
    count.set(from, { ...of(from), out: of(from).out + 1 });
    count.set(to, { ...of(to), into: of(to).into + 1 });
  }
  return of;
}

/** Where everything of a graph stands, what of it can be focused, and how many links each node has. */
export function useGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]) {
  return useMemo(() => {
    const layout = placeGraph(nodes, edges);
    const places = placesOf(layout, edges);
    const keysOf = new Map<string, Set<string>>();
    for (const { node, key } of places) keysOf.set(node, (keysOf.get(node) ?? new Set()).add(key));
    return { layout, places, keysOf, linksOf: linksOf(edges) };
  }, [nodes, edges]);
}
