import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { CommentButton } from '@/components/workspace/comment-button';
import { quotedName, type Known } from '../api/known';
import type { PlanPath } from '../plan/document';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import type { PlanColumn, PlanTable } from '../plan/model';
import { ColumnSample } from './column-sample';
import { ExpressionField } from './expression-field';
import { MaskField } from './mask-field';
import { MaskProposal } from './mask-proposal';
import { PlanField } from './plan-field';
import { useAddress } from './use-address';

interface Props {
  table: PlanTable;
  column: PlanColumn;
  path: PlanPath;
  known: Known;
}

const WAYS = ['source', 'expr'] as const;
const pair = { display: 'grid', columnGap: 4, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } };

/** Taken as it is, or computed; what stood there goes along. */
function Way({ column, path }: Pick<Props, 'column' | 'path'>) {
  const { t } = useTranslation('transformation');
  const { locked, swap } = usePlanEditor();
  const to = (way: (typeof WAYS)[number]) => {
    if (way === column.by) return;
    const plain = column.expr.replaceAll(/^"|"$/g, '');
    if (way === 'expr') swap(path, 'source', 'expr', quotedName(column.source));
    else swap(path, 'expr', 'source', /^\w+$/.test(plain) ? plain : column.target);
  };
  return (
    <Box
      component="fieldset"
      disabled={locked}
      sx={{ border: 0, p: 0, m: 0, mb: 3, display: 'flex', gap: 4, flexWrap: 'wrap' }}
    >
      <Box component="legend" sx={{ fontWeight: 550, mb: 1, p: 0 }}>
        {t('column.way')}
      </Box>
      {WAYS.map((way) => (
        <Box component="label" key={way} sx={{ display: 'flex', gap: 1.5 }}>
          <input
            type="radio"
            name={`way ${path.join(' ')}`}
            checked={column.by === way}
            onChange={() => {
              to(way);
            }}
          />
          {t(`column.ways.${way}`)}
        </Box>
      ))}
    </Box>
  );
}

/** A column of the plan as a form, with what it makes of real values. */
export function ColumnEditor({ table, column, path, known }: Props) {
  const { t } = useTranslation('transformation');
  const { faults, locked, remove, set, show } = usePlanEditor();
  const { go } = useAddress();
  const wrong = (key: string) => faultAt(faults, [...path, key])?.message;
  const types = [...new Set(known.target.map(({ native }) => native))].sort();
  return (
    <>
      <Way column={column} path={path} />
      {column.by === 'source' ? (
        <PlanField
          code
          label={t('column.source')}
          path={[...path, 'source']}
          value={column.source}
          choices={known.source.map(({ name }) => name)}
          error={wrong('source')}
        />
      ) : (
        <ExpressionField
          label={t('column.expr')}
          path={[...path, 'expr']}
          value={column.expr}
          columns={known.source}
          error={wrong('expr')}
        />
      )}
      <Box sx={pair}>
        <PlanField
          code
          label={t('column.target')}
          path={[...path, 'target']}
          value={column.target}
          choices={known.target.map(({ name }) => name)}
          error={wrong('target')}
          onCommit={(target) => {
            set([...path, 'target'], target.trim() || column.target);
            go({ column: target.trim() || column.target });
          }}
        />
        <PlanField
          code
          label={t('column.type')}
          hint={t('column.typeHint')}
          path={[...path, 'type']}
          value={column.type}
          choices={types}
          error={wrong('type')}
        />
        <PlanField
          code
          label={t('column.zone')}
          hint={t('column.zoneHint')}
          path={[...path, 'assume_zone']}
          value={column.zone}
          choices={Intl.supportedValuesOf('timeZone')}
          error={wrong('assume_zone')}
        />
      </Box>
      <MaskField column={column} path={[...path, 'mask']} />
      <MaskProposal table={table} column={column} path={[...path, 'mask']} />
      <ColumnSample table={table} column={column} />
      <Box sx={{ display: 'flex', gap: 2, mt: 2, flexWrap: 'wrap', alignItems: 'center' }}>
        <CommentButton table={table.source || table.target} field={column.target} />
        <Button
          size="small"
          onClick={() => {
            show(path);
          }}
        >
          {t('tables.inText')}
        </Button>
        {!locked && (
          <Button
            size="small"
            color="error"
            onClick={() => {
              remove(path);
              go({ column: '' });
            }}
          >
            {t('columns.remove')}
          </Button>
        )}
      </Box>
    </>
  );
}
