import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { Meaning } from './meaning';
import { Part } from './part';

function Evidence({ items }: { items: readonly string[] }) {
  return (
    <Box component="ul" dir="auto" sx={{ m: 0, mt: 1, paddingInlineStart: 5, color: 'text.secondary' }}>
      {items.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </Box>
  );
}

/** What the values mean, how that is known, what keeps the secret, and what else it might be. */
export function ColumnMeaning({ meaning }: { meaning: Schema<'SemanticProfile'> }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const others = meaning.candidates.filter(({ kind }) => kind !== meaning.kind);
  if (!meaning.kind && !meaning.is_pii && others.length === 0) return null;
  return (
    <Part title={t('column.meaning')}>
      {meaning.kind || meaning.is_pii ? <Meaning of={meaning} /> : <span>{t('meaning.unsure')}</span>}
      <Evidence items={meaning.evidence} />
      {meaning.is_pii && (
        <Box sx={{ mt: 2 }}>
          {t(`sensitivity.${meaning.sensitivity}`, { defaultValue: meaning.sensitivity })}
          {meaning.mask && (
            <>
              {' · '}
              {t('meaning.mask')} <code>{meaning.mask}</code>
            </>
          )}
        </Box>
      )}
      {others.length > 0 && (
        <Box sx={{ mt: 2, color: 'text.secondary' }}>
          {t('meaning.others')}{' '}
          {others.map(({ kind, confidence }, at) => (
            <span key={kind}>
              {at > 0 && ', '}
              <code>{kind}</code> {format.percent(confidence)}
            </span>
          ))}
        </Box>
      )}
    </Part>
  );
}
