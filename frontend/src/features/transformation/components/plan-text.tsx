import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from '@/components/code-editor';
import { Status } from '@/components/status';
import { usePlanEditor } from '../plan/editor-context';
import { marksOf } from '../plan/faults';

interface Place {
  from: number;
  to: number;
}

interface Props {
  /** What the form wants to be seen. */
  shown: Place | undefined;
  readOnly: boolean;
}

/** The plan file as text, in step with the form. */
export function PlanText({ shown, readOnly }: Props) {
  const { t } = useTranslation('transformation');
  const { reading, faults, setText } = usePlanEditor();
  const [wanted, setWanted] = useState<{ place: Place; over: Place | undefined }>();
  const marks = useMemo(() => marksOf(faults), [faults]);
  const place = wanted && wanted.over === shown ? wanted.place : shown;
  return (
    <>
      <Box sx={{ flex: '1 1 auto', minHeight: 0, '& > div': { height: '100%' } }}>
        <CodeEditor
          label={t('text.label')}
          language="yaml"
          value={reading.text}
          height="100%"
          marks={marks}
          show={place}
          onChange={
            readOnly
              ? undefined
              : (text) => {
                  setText(text, 'text');
                }
          }
        />
      </Box>
      <Box role="status" tabIndex={0} sx={{ mt: 2, maxHeight: 140, overflow: 'auto' }}>
        {faults.length === 0 && <Status look="good">{t('text.good')}</Status>}
        {faults.map((fault) => (
          <Box key={`${String(fault.from)} ${fault.message}`} sx={{ display: 'flex', gap: 2, alignItems: 'baseline' }}>
            <Status look="bad">
              {fault.line === undefined ? (
                t('text.fault')
              ) : (
                <Button
                  size="small"
                  color="error"
                  onClick={() => {
                    setWanted({ place: { from: fault.from, to: fault.to }, over: shown });
                  }}
                >
                  {t('text.line', { line: fault.line })}
                </Button>
              )}
            </Status>
            <Box dir="auto" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
              {fault.message} {fault.fix} {fault.code && <code>{fault.code}</code>}
            </Box>
          </Box>
        ))}
      </Box>
    </>
  );
}
