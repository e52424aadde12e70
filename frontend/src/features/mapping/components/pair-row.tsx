import Box from '@mui/material/Box';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import ArrowIcon from 'lucide-react/icons/arrow-right';
import PlusIcon from 'lucide-react/icons/combine';
import type { Schema } from '@/lib/api/client';
import { useColumnFacts } from '../data/use-column-facts';
import type { Counts } from '../model/filters';
import type { Slot } from '../model/slots';
import { sourcesOf, targetOf, type Shown } from '../model/suggestion';
import { ColumnCell } from './column-cell';
import { Confidence, DecisionMark } from './marks';

export const MIDDLE = 216;
export const ROW = { wide: 36, narrow: 68 };

type Ends = Pick<Schema<'MatchingView'>, 'source_connection_id' | 'target_connection_id'>;

const row = {
  height: '100%',
  px: 3,
  borderBlockEnd: '1px solid',
  borderColor: 'divider',
  alignItems: 'center',
  cursor: 'default',
};

/** A pair of tables, above its columns. */
function TablesRow({ pair, counts }: { pair: Extract<Slot, { kind: 'tables' }>['pair']; counts: Counts | undefined }) {
  const { t } = useTranslation('mapping');
  return (
    <Box sx={{ ...row, display: 'flex', gap: 2, bgcolor: 'sunken', fontWeight: 600, overflow: 'hidden' }}>
      <code dir="auto">{pair.source_table}</code>
      <Box
        component={ArrowIcon}
        size={14}
        aria-label={t('to')}
        sx={{ flex: 'none', '[dir=rtl] &': { scale: '-1 1' } }}
      />
      <code dir="auto">{pair.target_table}</code>
      {counts && (
        <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400, marginInlineStart: 'auto' }}>
          {t('left', { count: counts.open })}
        </Box>
      )}
    </Box>
  );
}

function Source({ one, ends, table }: { one: Shown; ends: Ends; table: string }) {
  const facts = useColumnFacts(ends.source_connection_id, table);
  const { t } = useTranslation('mapping');
  const names = sourcesOf(one);
  const only = one.source_column;
  return (
    <>
      <DecisionMark one={one} />
      {only === undefined ? (
        <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', minWidth: 0 }}>
          <PlusIcon size={14} role="img" aria-label={t('madeOf')} style={{ flex: 'none' }} />
          <Box component="code" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            {names.join(' + ')}
          </Box>
        </Box>
      ) : (
        <ColumnCell name={only} facts={facts?.get(only)} quiet={one.decision === 'rejected'} />
      )}
    </>
  );
}

function Target({ name, ends, table, free }: { name: string; ends: Ends; table: string; free: boolean }) {
  const facts = useColumnFacts(ends.target_connection_id, table);
  return <ColumnCell name={name} facts={facts?.get(name)} quiet={free} />;
}

/** A column that goes, with others, into a target. */
function Part({ target }: { target: string }) {
  const { t } = useTranslation('mapping');
  return (
    <Box component="span" title={t('partOf', { target })} sx={{ display: 'flex', gap: 1.5, alignItems: 'center' }}>
      <PlusIcon size={15} aria-hidden />
      {t('part')}
    </Box>
  );
}

interface Props {
  slot: Slot;
  ends: Ends;
  counts: Counts | undefined;
  chosen: boolean;
  narrow: boolean;
}

const cell = { display: 'flex', gap: 2, alignItems: 'center', minWidth: 0 };

/** A line of the two sides; the links between them are drawn behind it. */
export const PairRow = memo(function PairRow({ slot, ends, counts, chosen, narrow }: Props) {
  const { t } = useTranslation('mapping');
  if (slot.kind === 'tables') return <TablesRow pair={slot.pair} counts={counts} />;
  const { pair, one, target } = slot;
  const shownTarget = narrow && one ? targetOf(one) : target;
  return (
    <Box
      sx={{
        ...row,
        display: 'grid',
        columnGap: narrow ? 2 : 0,
        gridTemplateColumns: narrow
          ? 'minmax(0, 1fr) max-content'
          : `minmax(0, 1fr) ${String(MIDDLE)}px minmax(0, 1fr)`,
        bgcolor: chosen ? 'action.selected' : undefined,
        boxShadow: chosen ? 'inset 3px 0 0 var(--miq-palette-primary-main)' : undefined,
        '[role=option]:hover > &': chosen ? {} : { bgcolor: 'action.hover' },
      }}
    >
      <Box sx={cell}>{one && <Source one={one} ends={ends} table={pair.source_table} />}</Box>
      <Box sx={{ ...cell, px: narrow ? 0 : 3, fontSize: '0.9286rem' }}>
        {one && one.decision !== 'rejected' && (slot.part ? <Part target={slot.part} /> : <Confidence one={one} />)}
        {one?.decision === 'rejected' && <Box sx={{ color: 'text.secondary' }}>{t('band.none')}</Box>}
      </Box>
      <Box sx={{ ...cell, ...(narrow && { gridColumn: '1 / -1' }) }}>
        {narrow && shownTarget !== undefined && (
          <Box component={ArrowIcon} size={14} aria-hidden sx={{ flex: 'none', '[dir=rtl] &': { scale: '-1 1' } }} />
        )}
        {shownTarget !== undefined && (
          <Target name={shownTarget} ends={ends} table={pair.target_table} free={one === undefined} />
        )}
      </Box>
    </Box>
  );
});
