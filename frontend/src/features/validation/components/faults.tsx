import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import type { Schema } from '@/lib/api/client';

interface Props {
  faults: readonly Schema<'SuiteFaultView'>[];
  onShow: (place: string) => void;
}

const lineOf = (place: string) => /:(\d+)(:\d+)?$/.exec(place)?.[1];

/** Why a text is not a suite, with the way to the place. */
export function Faults({ faults, onShow }: Props) {
  const { t } = useTranslation('validation');
  return faults.map(({ code, message, place, fix }) => (
    <Note
      key={`${place} ${message}`}
      tone="error"
      urgent
      action={
        lineOf(place) && (
          <Button
            size="small"
            onClick={() => {
              onShow(place);
            }}
          >
            {t('faults.show', { line: lineOf(place) })}
          </Button>
        )
      }
    >
      <strong>
        <bdi>{message}</bdi>
      </strong>
      {fix && <Box dir="auto">{fix}</Box>}
      <code>{code}</code>
    </Note>
  ));
}
