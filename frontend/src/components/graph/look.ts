import type { Theme } from '@mui/material/styles';
import { tokens } from '@/lib/theme/tokens';

/** How nodes and edges look; colours by the theme's variables, so that both schemes need one drawing. */
export const graphLook = (theme: Theme) => {
  const palette = (theme.vars ?? theme).palette;
  return {
    display: 'block',
    fontFamily: tokens.code,
    fontSize: 12,
    userSelect: 'none',
    '& text': { fill: palette.text.primary },
    '& .quiet': { fill: palette.text.secondary, fontSize: 11 },
    '& .name': { fontWeight: 600, fontSize: 12.5 },
    '& .body': { fill: palette.background.paper },
    '& .border': { fill: 'none', stroke: palette.text.secondary, strokeOpacity: 0.45, pointerEvents: 'none' },
    '& .head': { fill: palette.sunken },
    '& .key': { fill: palette.primary.main },
    '& [role=button]': { cursor: 'pointer', outline: 'none' },
    '& .row rect': { fill: 'transparent' },
    '& .row[role=button]:hover rect': { fill: palette.action.hover },
    '& .row.near rect, & .row.chosen rect': { fill: palette.action.selected },
    '& .row.chosen text': { fontWeight: 600 },
    '& .node.near .border': { stroke: palette.primary.main, strokeOpacity: 1 },
    '& .node.chosen .border': { stroke: palette.primary.main, strokeOpacity: 1, strokeWidth: 2 },
    '& .node.far .name, & .node.far text': { fill: palette.text.secondary, fontWeight: 400 },
    '& [role=button]:focus-visible rect': { stroke: palette.primary.main, strokeWidth: 2 },
    '& .edge': { fill: 'none', stroke: palette.text.secondary, strokeWidth: 1.25 },
    '& .edge.far': { strokeOpacity: 0.35 },
    '& .edge.strong': { stroke: palette.primary.main, strokeWidth: 2 },
    '& .arrow.quiet path': { fill: palette.text.secondary },
    '& .arrow.strong path': { fill: palette.primary.main },
  } as const;
};
