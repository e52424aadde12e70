import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '@/lib/api/client';
import { ErrorNote } from '../error-note';
import { useFields } from '../use-fields';
import { mentionedIn, type Person } from './mention';
import { MentionField } from './mention-field';

interface Props {
  projectId: string;
  label: string;
  /** The verb on the button. */
  action: string;
  /** What stands there at first, and whom it names. */
  text?: string;
  named?: readonly Person[];
  focused?: boolean;
  busy: boolean;
  error: unknown;
  onSend: (text: string, mentions: string[]) => void;
  onCancel?: (() => void) | undefined;
  reload?: (() => void) | undefined;
}

const NOBODY: readonly Person[] = [];

/** Who may be named; loaded when somebody is about to be. */
function usePeople(projectId: string, named: readonly Person[]) {
  const [wanted, setWanted] = useState(false);
  const { data } = $api.useQuery(
    'get',
    '/api/v1/projects/{project_id}/people',
    { params: { path: { project_id: projectId } } },
    { enabled: wanted, staleTime: 60_000 },
  );
  return {
    people: data?.items ?? named,
    ask: () => {
      setWanted(true);
    },
  };
}

/** What one writes into a comment; Ctrl+Enter sends it. */
export function CommentForm({
  projectId,
  label,
  action,
  text = '',
  named = NOBODY,
  focused = false,
  busy,
  error,
  onSend,
  onCancel,
  reload,
}: Props) {
  const { t } = useTranslation('workspace');
  const { bind, submit } = useFields({ text }, { required: ['text'], error });
  const { people, ask } = usePeople(projectId, named);
  const send = submit((values) => {
    onSend(values.text.trim(), mentionedIn(values.text, people));
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
    if (event.key !== 'Escape' || !onCancel) return;
    event.preventDefault();
    onCancel();
  };
  return (
    <Box component="form" noValidate onSubmit={send} onKeyDown={onKeyDown}>
      <MentionField label={label} focused={focused} people={people} onAsk={ask} {...bind('text')} />
      <ErrorNote error={error} {...(reload && { reload })} />
      <Box sx={{ display: 'flex', gap: 2 }}>
        <Button type="submit" size="small" variant="contained" loading={busy}>
          {action}
        </Button>
        {onCancel && (
          <Button size="small" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Box>
    </Box>
  );
}
