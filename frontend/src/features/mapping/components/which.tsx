import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/select-field';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { isolated } from '@/lib/text/isolated';
import { RemoveMatching } from './remove-matching';

interface Props {
  matching: Schema<'MatchingView'>;
  list: readonly Schema<'MatchingView'>[];
  onChoose: (matchingId: string) => void;
  children: ReactNode;
}

/** Which matching one looks at, where there are several; a further one; and how to be rid of it. */
export function Which({ matching, list, onChoose, children }: Props) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, mt: 5, alignItems: 'center', '& select': { minWidth: 0 } }}>
      {list.length > 1 && (
        <SelectField
          inline
          label={t('which')}
          value={matching.matching_id}
          onChange={onChoose}
          options={list.map(({ matching_id, name, created_at }) => ({
            value: matching_id,
            label: t('made', { name: isolated(name), at: isolated(format.dateTime(created_at)) }),
          }))}
        />
      )}
      {children}
      <RemoveMatching matching={matching} />
    </Box>
  );
}
