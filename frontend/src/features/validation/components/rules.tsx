import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from '@/components/code-editor';
import { ErrorNote } from '@/components/error-note';
import { useFilters } from '@/components/filter';
import { Note } from '@/components/note';
import { useFaults, spanOf } from '../live/use-faults';
import type { Draft } from '../live/use-draft';
import type { Suite } from '../suite/suite-text';
import { Conflict } from './conflict';
import { DraftBar } from './draft-bar';
import { Faults } from './faults';
import { Proposed } from './proposed';
import { RuleTable } from './rule-table';
import { ViewSwitch } from './view-switch';

interface Props {
  draft: Draft;
  /** Nothing when the text cannot be read. */
  suite: Suite | undefined;
  mayWrite: boolean;
}

/** The rules as a list or as text; what is not saved yet, and what keeps it from being saved. */
export function Rules({ draft, suite, mayWrite }: Props) {
  const { t } = useTranslation('validation');
  const { values, set } = useFilters(['view', 'rule']);
  const faults = useFaults(draft.text);
  const [show, setShow] = useState<{ from: number; to: number }>();
  const asText = values.view === 'text' || !suite;
  const marks = faults.flatMap(({ place, message }) => {
    const span = spanOf(draft.text, place);
    return span ? [{ ...span, severity: 'error' as const, message }] : [];
  });
  return (
    <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, alignItems: 'center' }}>
        <ViewSwitch
          text={asText}
          onChange={(text) => {
            set({ view: text ? 'text' : '' });
          }}
        />
        <DraftBar draft={draft} blocked={faults.length > 0} />
      </Box>
      {draft.theirs && <Conflict draft={draft} theirs={draft.theirs} />}
      <ErrorNote error={draft.error} />
      <Faults
        faults={faults}
        onShow={(place) => {
          set({ view: 'text' });
          setShow(spanOf(draft.text, place));
        }}
      />
      {asText ? (
        <CodeEditor
          label={t('rules.text')}
          language="yaml"
          value={draft.text}
          {...(mayWrite && { onChange: draft.setText })}
          marks={marks}
          show={show}
          height="60vh"
        />
      ) : (
        <>
          {mayWrite && <Proposed draft={draft} suite={suite} />}
          {suite.checks.length === 0 && <Note tone="info">{t('rules.none')}</Note>}
          <RuleTable draft={draft} suite={suite} mayWrite={mayWrite} />
          {mayWrite && (
            <Box>
              <Button
                variant="outlined"
                onClick={() => {
                  set({ rule: 'new' });
                }}
              >
                {t('rules.add')}
              </Button>
            </Box>
          )}
        </>
      )}
    </Box>
  );
}
