import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { Part } from './part';

type Profile = Schema<'ColumnProfile'>;
const TROUBLES = ['invalid_utf8', 'replacement', 'control', 'mojibake', 'mixed', 'not_normalized'] as const;

interface Oddity {
  text: string;
  examples: readonly string[];
}

/** What is odd about a column, each with examples. */
export function useOddities({ outliers, encoding, findings, date_formats }: Profile): Oddity[] {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const far = outliers && outliers.count > 0 ? [outliers] : [];
  const troubles = TROUBLES.filter((kind) => (encoding?.[kind] ?? 0) > 0);
  return [
    ...far.map(({ count, low, high, method, examples }) => ({
      text: t('odd.outliers', { number: format.number(count), low, high, method }),
      examples,
    })),
    ...troubles.map((kind, at) => ({
      text: t(`odd.${kind}`, { number: format.number(encoding?.[kind] ?? 0) }),
      examples: at === 0 ? (encoding?.examples ?? []) : [],
    })),
    ...findings.map(({ kind, count, example }) => ({
      text: t('odd.finding', { kind: kind.replaceAll('_', ' '), number: format.number(count) }),
      examples: example ? [example] : [],
    })),
    ...(date_formats.length > 1
      ? [
          {
            text: t('odd.dateForms', { number: format.number(date_formats.length) }),
            examples: date_formats.map((each) => each.format),
          },
        ]
      : []),
    ...date_formats
      .filter(({ ambiguous }) => ambiguous)
      .map((each) => ({ text: t('odd.ambiguous'), examples: [each.format] })),
  ];
}

/** What to look at: values far from the others, texts decoded wrongly, values that could not be read. */
export function ColumnOddities({ profile }: { profile: Profile }) {
  const { t } = useTranslation('analysis');
  const oddities = useOddities(profile);
  if (oddities.length === 0) return null;
  return (
    <Part title={t('odd.title')}>
      <Box component="ul" sx={{ m: 0, paddingInlineStart: 5, display: 'grid', gap: 2 }}>
        {oddities.map(({ text, examples }) => (
          <li key={text}>
            <div dir="auto">{text}</div>
            {examples.map((example) => (
              <Box
                component="code"
                dir="auto"
                key={example}
                sx={{ display: 'block', whiteSpace: 'pre-wrap', color: 'text.secondary' }}
              >
                {example}
              </Box>
            ))}
          </li>
        ))}
      </Box>
    </Part>
  );
}
