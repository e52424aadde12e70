import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { findingsOf, type SampledRow } from '../plan/sample';
import { Arrow } from '@/components/arrow';
import { SampleValue } from './sample-value';

interface Props {
  row: SampledRow;
  target: string;
  sources: readonly string[];
  /** What is said of it stands elsewhere. */
  bare?: boolean;
}

interface Before {
  values: readonly (string | null | undefined)[];
  names: readonly string[];
  tone: string | undefined;
}

function Values({ values, names, tone }: Before) {
  return values.map((value, at) => (
    <Box component="span" key={names[at]} title={names[at]}>
      {at > 0 && (
        <Box component="span" sx={{ color: 'text.secondary', px: 0.5 }}>
          ·
        </Box>
      )}
      <SampleValue value={value} tone={tone ?? 'text.secondary'} />
    </Box>
  ));
}

/** A value before and after, and what is said of it. */
export function SampleCell({ row, target, sources, bare = false }: Props) {
  const { t } = useTranslation('transformation');
  const after = row.after?.[target];
  const before = sources.map((name) => row.before[name]);
  const planned = Boolean(row.after);
  const same = planned && before.length === 1 && before[0] === after;
  const findings = findingsOf(row, target);
  const tone = planned ? 'altered.main' : 'error.main';
  return (
    <Box sx={{ py: 1, whiteSpace: 'nowrap' }}>
      {!same && <Values values={before} names={sources} tone={planned || findings.length === 0 ? undefined : tone} />}
      {!same && planned && before.length > 0 && <Arrow label={t('sample.becomes')} />}
      {planned && <SampleValue value={after} tone={findings.length > 0 ? tone : undefined} />}
      {!bare &&
        findings.map(({ kind, message }) => (
          <Box
            key={`${kind} ${message ?? ''}`}
            dir="auto"
            sx={{ color: tone, fontSize: '0.8571rem', whiteSpace: 'normal', minWidth: '16ch' }}
          >
            {message || kind}
          </Box>
        ))}
    </Box>
  );
}
