import { memo, useId } from 'react';
import { anchorOf, pathOf, type Layout } from './layout';
import { endOf, startOf, touches, type GraphEdge, type Spot } from './model';

interface Props {
  layout: Layout;
  edges: readonly GraphEdge[];
  chosen: Spot | undefined;
}

function EdgePath({
  edge,
  layout,
  className,
  arrow,
}: {
  edge: GraphEdge;
  layout: Layout;
  className: string;
  arrow: string;
}) {
  const from = layout.boxes.get(edge.from);
  const to = layout.boxes.get(edge.to);
  if (!from || !to) return null;
  const path = pathOf(from, to, anchorOf(from, startOf(edge)), anchorOf(to, endOf(edge)));
  return (
    <path className={className} d={path} strokeDasharray={edge.loose ? '5 4' : undefined} markerEnd={`url(#${arrow})`}>
      {edge.label && <title>{edge.label}</title>}
    </path>
  );
}

const ARROW = 'M0 0L7 3.5L0 7Z';

/** The edges, under the nodes; those of what is chosen above the others. */
export const Edges = memo(function Edges({ layout, edges, chosen }: Props) {
  const id = useId();
  const ofChosen = (edge: GraphEdge) => chosen !== undefined && touches(edge, chosen);
  const sorted = edges
    .map((edge, at) => ({ edge, at, strong: ofChosen(edge) }))
    .sort((a, b) => Number(a.strong) - Number(b.strong));
  return (
    <g aria-hidden>
      {['quiet', 'strong'].map((look) => (
        <marker
          key={look}
          id={`${id}${look}`}
          className={`arrow ${look}`}
          viewBox="0 0 7 7"
          refX={6}
          refY={3.5}
          markerWidth={7}
          markerHeight={7}
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d={ARROW} />
        </marker>
      ))}
      {sorted.map(({ edge, at, strong }) => (
        <EdgePath
          key={at}
          edge={edge}
          layout={layout}
          className={`edge ${strong ? 'strong' : chosen ? 'far' : ''}`}
          arrow={`${id}${strong ? 'strong' : 'quiet'}`}
        />
      ))}
    </g>
  );
});
