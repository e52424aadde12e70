import { memo } from 'react';
import type { Box } from './layout';
import { fitText, headOf, HEAD, PAD, ROW } from './measures';
import { keyOf, type GraphRow, type Spot } from './model';

export type Emphasis = 'plain' | 'chosen' | 'near' | 'far';

interface Props {
  box: Box;
  emphasis: Emphasis;
  /** Keys of rows at the other end of what is chosen, and of what is chosen. */
  near: ReadonlySet<string> | undefined;
  chosenKey: string | undefined;
  /** The key of what Tab leads to, when it is in this node. */
  tabStop: string | undefined;
  /** Keys of what can be chosen in it. */
  places: ReadonlySet<string>;
  name: string;
}

const RIGHT_PART = 0.6;

function RowTexts({ row, box, y }: { row: GraphRow; box: Box; y: number }) {
  const room = box.width - 2 * PAD;
  const label = fitText(row.label, row.hint ? room * RIGHT_PART : room - 12);
  const baseline = y + ROW / 2 + 4;
  return (
    <>
      <title>{row.hint ? `${row.label} ${row.hint}` : row.label}</title>
      {row.key && <circle className="key" cx={box.x + PAD - 5} cy={y + ROW / 2} r={2.5} />}
      <text x={box.x + PAD + 2} y={baseline}>
        {label}
      </text>{' '}
      {row.hint && (
        <text className="quiet" x={box.x + box.width - PAD} y={baseline} textAnchor="end">
          {fitText(row.hint, room - label.length * 7.2 - 14)}
        </text>
      )}
    </>
  );
}

/** A node with its rows; what is done with them is heard by the frame around. */
export const NodeBox = memo(function NodeBox(props: Props) {
  const { box, emphasis, near, chosenKey, tabStop, places, name } = props;
  const { node, rows, hidden, x, y, width, height } = box;
  const act = (spot: Spot) => {
    const key = keyOf(spot);
    return {
      role: 'button',
      tabIndex: tabStop === key ? 0 : -1,
      'aria-pressed': chosenKey === key,
      'data-spot': key,
    };
  };
  const head = headOf(node);
  return (
    <g className={`node ${emphasis}`}>
      <rect className="body" x={x} y={y} width={width} height={height} rx={6} />
      <g {...act({ node: node.id })} aria-label={name}>
        <title>{node.label}</title>
        <rect className="head" x={x} y={y} width={width} height={head} rx={6} />
        <text className="name" x={x + PAD} y={y + HEAD / 2 + 4}>
          {fitText(node.label, (width - 2 * PAD) / 1.05)}
        </text>{' '}
        {node.hint && (
          <text className="quiet" x={x + PAD} y={y + HEAD + 6}>
            {fitText(node.hint, width - 2 * PAD)}
          </text>
        )}
      </g>
      {rows.map((row, at) => {
        const spot = { node: node.id, row: row.id };
        const key = keyOf(spot);
        const top = y + head + at * ROW;
        const look = key === chosenKey ? 'chosen' : near?.has(key) ? 'near' : '';
        return places.has(key) ? (
          <g
            key={row.id}
            className={`row ${look}`}
            {...act(spot)}
            aria-label={[node.label, row.label, row.hint].filter(Boolean).join(' ')}
          >
            <rect x={x + 1} y={top} width={width - 2} height={ROW} />
            <RowTexts row={row} box={box} y={top} />
          </g>
        ) : (
          <g key={row.id} className="row">
            <RowTexts row={row} box={box} y={top} />
          </g>
        );
      })}
      {hidden > 0 && (
        <text className="quiet" x={x + PAD + 2} y={y + head + rows.length * ROW + ROW / 2 + 4}>
          +{hidden}
        </text>
      )}
      <rect className="border" x={x} y={y} width={width} height={height} rx={6} />
    </g>
  );
});
