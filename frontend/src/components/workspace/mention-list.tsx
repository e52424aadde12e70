import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Person } from './mention';

interface Props {
  id: string;
  people: readonly Person[];
  chosen: Person | undefined;
  onTake: (person: Person) => void;
}

/** Whom one can name, below the text; the text keeps the focus. */
export function MentionList({ id, people, chosen, onTake }: Props) {
  const { t } = useTranslation('workspace');
  return (
    <Box
      component="ul"
      role="listbox"
      id={id}
      aria-label={t('comments.people')}
      sx={{
        position: 'absolute',
        insetInline: 0,
        insetBlockStart: '100%',
        zIndex: 2,
        listStyle: 'none',
        m: 0,
        p: 1,
        border: 1,
        borderColor: 'text.secondary',
        borderRadius: 1,
        bgcolor: 'background.paper',
        maxHeight: 280,
        overflowY: 'auto',
      }}
    >
      {people.map((person) => (
        <Box
          component="li"
          role="option"
          key={person.user_id}
          id={`${id}-${person.user_id}`}
          aria-selected={person === chosen}
          onMouseDown={(event) => {
            // The focus stays in the text.
            event.preventDefault();
            onTake(person);
          }}
          sx={{
            px: 2,
            minHeight: 36,
            display: 'flex',
            alignItems: 'center',
            borderRadius: 1,
            cursor: 'pointer',
            overflowWrap: 'anywhere',
            '&[aria-selected="true"]': {
              bgcolor: 'action.selected',
              outline: '1px solid',
              outlineColor: 'primary.main',
            },
          }}
        >
          <bdi>{person.name}</bdi>
        </Box>
      ))}
    </Box>
  );
}
