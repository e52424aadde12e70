import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { usePlanEditor } from '../plan/editor-context';
import { OddValues } from './odd-values';
import { PlanText } from './plan-text';
import { Running } from './running';
import { SamplePanel } from './sample-panel';
import { Scope } from './scope';
import { SideTabs } from './side-tabs';
import { TableForm } from './table-form';
import { TableHead } from './table-head';
import { TableList } from './table-list';
import { Types } from './types';
import { useAddress } from './use-address';

const PARTS = { scope: Scope, types: Types, on: OddValues, run: Running } as const;
const isPart = (part: string | undefined): part is keyof typeof PARTS => part !== undefined && part in PARTS;

function Form() {
  const { t } = useTranslation('transformation');
  const { reading } = usePlanEditor();
  const { table, part } = useAddress();
  if (isPart(part)) {
    const Part = PARTS[part];
    return <Part />;
  }
  const { tables } = reading.model;
  const found = tables.findIndex(({ id }) => id === table);
  const index = found < 0 ? 0 : found;
  const chosen = tables[index];
  if (!chosen) return <Empty>{t('tables.empty')}</Empty>;
  return (
    <>
      <TableHead table={chosen} index={index} />
      <TableForm key={index} table={chosen} index={index} />
    </>
  );
}

const HEADER = 48;
const beside = {
  position: { lg: 'sticky' },
  insetBlockStart: { lg: HEADER + 12 },
  height: { xs: '70dvh', lg: `calc(100dvh - ${String(HEADER + 92)}px)` },
  minHeight: 320,
  minWidth: 0,
  display: 'flex',
  flexDirection: 'column',
} as const;

interface Props {
  shown: { from: number; to: number } | undefined;
  readOnly: boolean;
}

/** Tables, the form of one, and beside it the text or real rows. */
export function EditorPanes({ shown, readOnly }: Props) {
  const { side } = useAddress();
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 5,
        alignItems: 'start',
        gridTemplateColumns: {
          xs: 'minmax(0, 1fr)',
          md: '200px minmax(0, 1fr)',
          lg: '200px minmax(0, 1fr) minmax(0, 1fr)',
        },
      }}
    >
      <TableList />
      <Box sx={{ minWidth: 0 }}>
        <Form />
      </Box>
      <Box sx={{ ...beside, gridColumn: { md: '1 / -1', lg: 'auto' } }}>
        <SideTabs />
        {side === 'preview' ? <SamplePanel /> : <PlanText shown={shown} readOnly={readOnly} />}
      </Box>
    </Box>
  );
}
