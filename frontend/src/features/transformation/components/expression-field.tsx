import Box from '@mui/material/Box';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '@/components/code-editor';
import { useExpressionCheck } from '../api/asking';
import { useOffers, type KnownColumn } from '../api/known';
import type { PlanPath } from '../plan/document';
import { SqlField } from './sql-field';

interface Props {
  label: string;
  path: PlanPath;
  value: string;
  columns: readonly KnownColumn[];
  error?: string | undefined;
}

/** The word that begins at a place, for the mark. */
function wordAt(text: string, at: number) {
  const from = Math.max(0, Math.min(at, text.length - 1));
  const length = /^[\w."]+/.exec(text.slice(from))?.[0].length ?? 1;
  return { from, to: Math.min(from + length, text.length) };
}

/** An expression: completion of columns and functions, its type, and what is wrong with it, at its place. */
export function ExpressionField({ label, path, value, columns, error }: Props) {
  const { t } = useTranslation('transformation');
  const [typed, setTyped] = useState(value);
  const [follows, setFollows] = useState(value);
  if (follows !== value) {
    setFollows(value);
    setTyped(value);
  }
  const offers = useOffers(columns);
  const check = useExpressionCheck(typed, columns);
  const marks = useMemo(
    () =>
      (check?.faults ?? []).map(({ message, position }): Mark => ({
        ...(position === undefined ? { from: 0, to: typed.length } : wordAt(typed, position)),
        message,
        severity: 'error',
      })),
    [check, typed],
  );
  const wrong = check?.faults.map(({ message }) => message).join('\n');
  return (
    <SqlField
      required
      label={label}
      path={path}
      value={value}
      offers={offers}
      marks={marks}
      error={wrong || error}
      onTyped={setTyped}
      hint={
        check?.type ? (
          <>
            {t('column.isOf')} <Box component="code">{check.type}</Box>
          </>
        ) : (
          t('column.exprHint')
        )
      }
    />
  );
}
