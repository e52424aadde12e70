import Box from '@mui/material/Box';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { EdgeTable } from './graph/edge-table';
import { Edges } from './graph/edges';
import { graphLook } from './graph/look';
import { keyOf, neighbours, type GraphEdge, type GraphNode, type Spot } from './graph/model';
import { NodeBox, type Emphasis } from './graph/node-box';
import { DIRECTIONS, nextPlace } from './graph/spots';
import { useDrag } from './graph/use-drag';
import { useGraph } from './graph/use-graph';
import { useZoom } from './graph/use-zoom';
import { ZoomButtons } from './graph/zoom-buttons';
import { visuallyHidden } from './visually-hidden';

export type { GraphEdge, GraphNode, GraphRow, Spot } from './graph/model';

interface Props {
  /** What it is a drawing of. */
  label: string;
  /** Both keep their identity as long as the graph is the same: its layout is computed anew for others. */
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
  /** What is emphasised with its neighbours. */
  chosen: Spot | undefined;
  onChoose: (spot: Spot | undefined) => void;
}

const NOWHERE = new Set<string>();
const keyAt = (target: EventTarget) => (target as Element).closest<SVGElement>('[data-spot]')?.dataset.spot;

/** Nodes and edges as a drawing with keyboard and zoom, and the same as a table. */
export function GraphView({ label, nodes, edges, chosen, onChoose }: Props) {
  const { t } = useTranslation('common');
  const help = useId();
  const { layout, places, keysOf, linksOf } = useGraph(nodes, edges);
  const near = useMemo(() => (chosen ? neighbours(edges, chosen) : undefined), [edges, chosen]);
  const [focused, setFocused] = useState<string>();
  const chosenKey = chosen && keyOf(chosen);
  const { frame, zoom, closer, farther, fit } = useZoom(
    layout,
    places.find(({ key }) => key === chosenKey),
  );
  const drag = useDrag();
  const tabStop = places.some(({ key }) => key === focused) ? focused : (chosenKey ?? places[0]?.key);

  const choose = (key: string | undefined) => {
    const place = key === chosenKey ? undefined : places.find((each) => each.key === key);
    onChoose(place && { node: place.node, row: place.row });
  };
  const emphasisOf = (id: string): Emphasis => {
    if (!near) return 'plain';
    if (chosen?.node === id) return 'chosen';
    return near.has(id) ? 'near' : 'far';
  };
  const acts: Record<string, () => void> = {
    Enter: () => {
      choose(tabStop);
    },
    Escape: () => {
      onChoose(undefined);
    },
    '+': closer,
    '-': farther,
    '0': fit,
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = places.find(({ key }) => key === tabStop);
    const direction = DIRECTIONS[event.key];
    const act = acts[event.key === ' ' ? 'Enter' : event.key];
    if (!direction && !act) return;
    event.preventDefault();
    act?.();
    const next = from && direction && nextPlace(places, from, direction);
    if (!next) return;
    const drawn = [...event.currentTarget.querySelectorAll<SVGElement>('[data-spot]')];
    drawn.find(({ dataset }) => dataset.spot === next.key)?.focus();
  };
  return (
    <div>
      <Box sx={{ position: 'relative' }}>
        <ZoomButtons closer={closer} farther={farther} fit={fit} />
        <Box
          ref={frame}
          dir="ltr"
          role="group"
          aria-label={label}
          aria-describedby={help}
          onKeyDown={press}
          onFocus={({ target }) => {
            setFocused(keyAt(target));
          }}
          onClick={({ target }) => {
            const key = keyAt(target);
            if (key !== undefined) choose(key);
          }}
          {...drag.handlers}
          sx={{ overflow: 'auto', maxHeight: '70vh', minHeight: 160, cursor: drag.pulling ? 'grabbing' : 'grab' }}
        >
          <Box
            component="svg"
            viewBox={`0 0 ${String(layout.width)} ${String(layout.height)}`}
            width={layout.width * zoom}
            height={layout.height * zoom}
            sx={graphLook}
          >
            <Edges layout={layout} edges={edges} chosen={chosen} />
            {[...layout.boxes.values()].map((box) => {
              const { id, label, hint } = box.node;
              // What is read out begins with what is seen.
              const name = hint ? `${label} ${hint}` : label;
              const keys = keysOf.get(id) ?? NOWHERE;
              return (
                <NodeBox
                  key={id}
                  box={box}
                  emphasis={emphasisOf(id)}
                  near={near?.has(id) ? near : undefined}
                  chosenKey={chosen?.node === id ? chosenKey : undefined}
                  tabStop={tabStop !== undefined && keys.has(tabStop) ? tabStop : undefined}
                  places={keys}
                  name={t('graph.node', { name, ...linksOf(id) })}
                />
              );
            })}
          </Box>
        </Box>
        <Box id={help} sx={visuallyHidden}>
          {t('graph.help')}
        </Box>
      </Box>
      <EdgeTable label={label} nodes={nodes} edges={edges} />
    </div>
  );
}
