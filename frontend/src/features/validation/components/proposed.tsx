import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import { useFormat } from '@/lib/format/use-format';
import type { Draft } from '../live/use-draft';
import { decide, type Check, type Decision, type Suite } from '../suite/suite-text';

const CERTAIN = 0.99;

/** Rules that were proposed and wait for a decision: all of them at once, or those that are certain. */
export function Proposed({ draft, suite }: { draft: Draft; suite: Suite }) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const open = suite.checks.filter(({ remark }) => remark !== undefined);
  if (open.length === 0) return null;
  const certain = open.filter(({ remark }) => (remark?.confidence ?? 0) >= CERTAIN);
  const take = (checks: readonly Check[], decision: Decision) => () => {
    draft.setText(decide(draft.text, new Map(checks.map(({ at }) => [at, decision]))));
  };
  return (
    <Note tone="info">
      <strong>{t('proposed.waiting', { count: open.length })}</strong>
      <Box sx={{ mb: 2 }}>{t('proposed.text')}</Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        <Button size="small" variant="contained" onClick={take(open, 'accept')}>
          {t('proposed.acceptAll', { number: format.number(open.length) })}
        </Button>
        {certain.length > 0 && certain.length < open.length && (
          <Button size="small" variant="outlined" onClick={take(certain, 'accept')}>
            {t('proposed.acceptCertain', { share: format.percent(CERTAIN), number: format.number(certain.length) })}
          </Button>
        )}
        <Button size="small" onClick={take(open, 'leave')}>
          {t('proposed.leaveAll', { number: format.number(open.length) })}
        </Button>
      </Box>
    </Note>
  );
}
