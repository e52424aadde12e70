import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import { Status, type Look } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

const PARTS: [
  keyof Pick<Schema<'RunPreviewView'>, 'replaces' | 'truncates' | 'upserts' | 'appends' | 'creates'>,
  Look,
][] = [
  ['truncates', 'bad'],
  ['replaces', 'warning'],
  ['upserts', 'warning'],
  ['appends', 'info'],
  ['creates', 'good'],
];

/** What a run will do to the target, the gravest first. */
export function RunPreview({ preview }: { preview: Schema<'RunPreviewView'> }) {
  const { t } = useTranslation('migration');
  const format = useFormat();
  return (
    <Box sx={{ mb: 4 }}>
      {PARTS.filter(([part]) => preview[part].length > 0).map(([part, look]) => (
        <Box key={part} component="details" sx={{ py: 1 }} open={preview[part].length <= 12}>
          <summary>
            <Status look={look}>{t(`preview.${part}`, { tables: format.number(preview[part].length) })}</Status>
          </summary>
          <Box dir="ltr" sx={{ paddingInlineStart: 6, py: 1, maxHeight: 200, overflowY: 'auto' }}>
            {preview[part].map((name) => (
              <Box component="code" key={name} sx={{ display: 'block' }}>
                {name}
              </Box>
            ))}
          </Box>
        </Box>
      ))}
      {preview.warnings.map((warning) => (
        <Note key={warning} tone="warning">
          {warning}
        </Note>
      ))}
      {preview.needs_approval && <Note tone="info">{t('preview.approval')}</Note>}
    </Box>
  );
}
