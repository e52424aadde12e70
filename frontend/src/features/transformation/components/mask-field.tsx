import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useMaskKeys, useMaskKinds, type MaskKind } from '../api/known';
import type { PlanPath } from '../plan/document';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import { maskOf } from '../plan/masks';
import type { PlanColumn } from '../plan/model';
import { ChoiceField } from './choice-field';
import { grid } from './part';
import { PlanField } from './plan-field';

/** In the words of the reader's language; those of the server for a kind that this page does not know yet. */
function useMeaning() {
  const { t } = useTranslation('transformation');
  return ({ kind, description, example, becomes, distinct }: MaskKind) =>
    [
      t(`mask.does.${kind}`, { defaultValue: description }),
      t('mask.example', { value: example, becomes }),
      distinct ? '' : t('mask.repeats'),
    ]
      .filter(Boolean)
      .join(' ');
}

/** What replaces the values of a column: a kind, and the key that it needs. */
export function MaskField({ column, path }: { column: PlanColumn; path: PlanPath }) {
  const { t } = useTranslation('transformation');
  const { faults, set } = usePlanEditor();
  const kinds = useMaskKinds();
  const keys = useMaskKeys();
  const meaning = useMeaning();
  const chosen = kinds.find(({ kind }) => kind === column.maskKind);
  const choose = (kind: string) => {
    const keyed = kinds.find((each) => each.kind === kind)?.keyed ?? false;
    set(path, kind === '' ? undefined : maskOf({ kind, keyed }, keys, column.maskKey));
  };
  const fault = faultAt(faults, path)?.message;
  return (
    <Box sx={grid}>
      <Box>
        <ChoiceField
          label={t('mask.label')}
          path={path}
          value={column.maskKind}
          options={[
            { value: '', label: t('mask.none') },
            ...kinds.map((each) => ({
              value: each.kind,
              label: t(`mask.kinds.${each.kind}`, { defaultValue: each.kind }),
              means: meaning(each),
            })),
          ]}
          onChoose={choose}
        />
        {fault && !chosen?.keyed && <Box sx={{ color: 'error.main', mt: -3, mb: 3 }}>{fault}</Box>}
      </Box>
      {(chosen?.keyed || column.maskKey !== '') && (
        <PlanField
          code
          label={t('mask.key')}
          hint={t('mask.keyHint')}
          path={[...path, 'key']}
          value={column.maskKey}
          choices={keys}
          error={fault}
        />
      )}
    </Box>
  );
}
