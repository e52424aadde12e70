import Box from '@mui/material/Box';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { VirtualList } from '@/components/virtual-list';
import type { Schema } from '@/lib/api/client';
import type { Counts } from '../model/filters';
import type { Layout } from '../model/slots';
import { Links } from './links';
import { MIDDLE, PairRow, ROW } from './pair-row';

interface Props {
  matching: Schema<'MatchingView'>;
  layout: Layout;
  counts: ReadonlyMap<number, Counts>;
  /** The number of the chosen suggestion. */
  chosen: number | undefined;
  onChoose: (number: number) => void;
  tableOrder: boolean;
  onTableOrder: (tableOrder: boolean) => void;
}

function Heads({ matching, tableOrder, onTableOrder }: Pick<Props, 'matching' | 'tableOrder' | 'onTableOrder'>) {
  const { t } = useTranslation('mapping');
  const head = { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' };
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr 1fr', sm: `minmax(0, 1fr) ${String(MIDDLE)}px minmax(0, 1fr)` },
        px: 3,
        minHeight: 36,
        alignItems: 'center',
        borderBlockEnd: '1px solid',
        borderColor: 'divider',
        color: 'text.secondary',
        fontWeight: 550,
      }}
    >
      <Box sx={head}>
        {t('source')}: <bdi>{matching.source_connection}</bdi>
      </Box>
      <Box sx={{ display: { xs: 'none', sm: 'block' } }} />
      <Box sx={{ display: 'flex', gap: 3, alignItems: 'center', minWidth: 0 }}>
        <Box sx={{ ...head, flex: '1 1 auto' }}>
          {t('target')}: <bdi>{matching.target_connection}</bdi>
        </Box>
        <Box
          component="select"
          aria-label={t('targets')}
          value={tableOrder ? 'table' : ''}
          onChange={({ target }: React.ChangeEvent<HTMLSelectElement>) => {
            onTableOrder(target.value === 'table');
          }}
          sx={{
            font: 'inherit',
            color: 'inherit',
            bgcolor: 'background.paper',
            border: 0,
            minHeight: 28,
            minWidth: 0,
            display: { xs: 'none', sm: 'block' },
          }}
        >
          <option value="">{t('targetsBeside')}</option>
          <option value="table">{t('targetsInOrder')}</option>
        </Box>
      </Box>
    </Box>
  );
}

/** Source and target side by side, line by line, with what leads from where to where. */
export function Pairs({ matching, layout, counts, chosen, onChoose, tableOrder, onTableOrder }: Props) {
  const { t } = useTranslation('mapping');
  const narrow = useMediaQuery('(max-width: 599.95px)');
  const { slots, links, at } = layout;
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden', bgcolor: 'background.paper' }}>
      <Heads matching={matching} tableOrder={tableOrder} onTableOrder={onTableOrder} />
      {slots.length === 0 ? (
        <Empty>{t('nothingFits')}</Empty>
      ) : (
        <VirtualList
          label={t('columns')}
          items={slots}
          itemKey={({ key }) => key}
          rowHeight={narrow ? ROW.narrow : ROW.wide}
          height={{ xs: 'clamp(240px, 100dvh - 380px, 50dvh)', lg: 'max(320px, 100dvh - 440px)' }}
          choice={{
            chosen: chosen === undefined ? -1 : (at.get(chosen) ?? -1),
            passed: (index) => {
              const slot = slots[index];
              return slot?.kind !== 'columns' || slot.one === undefined;
            },
            onChoose: (index) => {
              const slot = slots[index];
              if (slot?.kind === 'columns' && slot.one) onChoose(slot.one.number);
            },
          }}
          behind={
            narrow ? undefined : ({ first, last }) => <Links links={links} first={first} last={last} chosen={chosen} />
          }
        >
          {(slot, _, isChosen) => (
            <PairRow
              slot={slot}
              ends={matching}
              counts={slot.kind === 'tables' ? counts.get(slot.pair.number) : undefined}
              chosen={isChosen}
              narrow={narrow}
            />
          )}
        </VirtualList>
      )}
    </Box>
  );
}
