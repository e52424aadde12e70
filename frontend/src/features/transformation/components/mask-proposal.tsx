import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import { useFormat } from '@/lib/format/use-format';
import { useMaskKeys, useMaskKinds } from '../api/known';
import type { PlanPath } from '../plan/document';
import { usePlanEditor } from '../plan/editor-context';
import { maskOf } from '../plan/masks';
import type { PlanColumn, PlanTable } from '../plan/model';
import { useTableSample } from './use-table-sample';

interface Props {
  table: PlanTable;
  column: PlanColumn;
  path: PlanPath;
}

/** Says of a column without a mask that it looks like personal data, and takes the mask that fits by one click. */
export function MaskProposal({ table, column, path }: Props) {
  const { t } = useTranslation('transformation');
  const format = useFormat();
  const { locked, set } = usePlanEditor();
  const kinds = useMaskKinds();
  const keys = useMaskKeys();
  const { data } = useTableSample(table);
  const proposal = data?.columns.find(({ target }) => target === column.target)?.proposal;
  if (!proposal || column.maskKind || column.by !== 'source') return null;
  const mask = kinds.find(({ kind }) => kind === proposal.mask);
  const take = mask && !locked && (
    <Button
      size="small"
      variant="outlined"
      onClick={() => {
        set(path, maskOf(mask, keys));
      }}
    >
      {t('mask.take', { kind: t(`mask.kinds.${mask.kind}`, { defaultValue: mask.kind }) })}
    </Button>
  );
  return (
    <Note tone="info" action={take}>
      {t('mask.looks', { what: proposal.title, sure: format.percent(proposal.confidence) })}
      {!mask && ` ${t('mask.noneFits')}`}
    </Note>
  );
}
