import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import RemoveIcon from 'lucide-react/icons/trash-2';
import { Arrow } from '@/components/arrow';
import { Link } from '@/components/link';
import { CommentButton } from '@/components/workspace/comment-button';
import { usePlanEditor } from '../plan/editor-context';
import type { PlanTable } from '../plan/model';
import { freshTarget, partsOf } from '../plan/parts';
import { useAddress } from './use-address';

interface Props {
  table: PlanTable;
  index: number;
}

/** Where else rows of the same table go. */
function Parts({ table, parts }: { table: PlanTable; parts: readonly PlanTable[] }) {
  const { t } = useTranslation('transformation');
  const [search] = useSearchParams();
  const to = (id: string) => {
    const next = new URLSearchParams(search);
    next.set('table', id);
    next.delete('column');
    return `?${next.toString()}`;
  };
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, mb: 3, color: 'text.secondary', overflowWrap: 'anywhere' }}
    >
      <span>{t('tables.parts', { source: table.source })}</span>
      {parts.map(({ id, target, source }) => (
        <Link key={id} to={to(id)} className="code" aria-current={id === table.id ? 'true' : undefined}>
          <bdi>{target || source}</bdi>
        </Link>
      ))}
    </Box>
  );
}

/** Adds a mapping of the same table into one more, or takes this one away. */
function Buttons({ table, index }: Props) {
  const { t } = useTranslation('transformation');
  const { reading, add, remove } = usePlanEditor();
  const { go } = useAddress();
  const { tables } = reading.model;
  return (
    <>
      {table.source && (
        <Button
          size="small"
          onClick={() => {
            const target = freshTarget(tables, table.source);
            add(['mappings'], { source: table.source, target }, false);
            go({ table: target, column: '' });
          }}
        >
          {t('tables.another')}
        </Button>
      )}
      <Tooltip title={t('tables.remove')}>
        <IconButton
          size="small"
          color="error"
          aria-label={t('tables.remove')}
          onClick={() => {
            remove(['mappings', index]);
            go({ table: partsOf(tables, table).find(({ id }) => id !== table.id)?.id ?? '', column: '' });
          }}
        >
          <RemoveIcon size={15} aria-hidden />
        </IconButton>
      </Tooltip>
    </>
  );
}

/** Which table goes into which, and what can be done with the mapping as a whole. */
export function TableHead({ table, index }: Props) {
  const { t } = useTranslation('transformation');
  const { reading, locked, show } = usePlanEditor();
  const parts = partsOf(reading.model.tables, table);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', mb: parts.length > 1 ? 1 : 3 }}>
        <Typography variant="h2" className="code" sx={{ flex: '1 1 auto', minWidth: 0, overflowWrap: 'anywhere' }}>
          <bdi>{table.source || t('tables.query')}</bdi>
          <Arrow size={15} label={t('sample.becomes')} />
          <bdi>{table.target || table.source}</bdi>
        </Typography>
        <CommentButton table={table.source || table.target} />
        <Button
          size="small"
          onClick={() => {
            show(['mappings', index]);
          }}
        >
          {t('tables.inText')}
        </Button>
        {!locked && <Buttons table={table} index={index} />}
      </Box>
      {parts.length > 1 && <Parts table={table} parts={parts} />}
    </>
  );
}
