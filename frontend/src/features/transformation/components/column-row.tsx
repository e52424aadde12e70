import Box from '@mui/material/Box';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import ChevronIcon from 'lucide-react/icons/chevron-right';
import MaskIcon from 'lucide-react/icons/eye-off';
import WarnIcon from 'lucide-react/icons/triangle-alert';
import { visuallyHidden } from '@/components/visually-hidden';
import type { Known } from '../api/known';
import type { PlanPath } from '../plan/document';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import type { PlanColumn, PlanTable } from '../plan/model';
import { ColumnEditor } from './column-editor';
import { useAddress } from './use-address';

interface Props {
  table: PlanTable;
  column: PlanColumn;
  path: PlanPath;
  known: Known;
  open: boolean;
}

const one = {
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  minWidth: 0,
  position: 'relative',
  // As the row reads, whatever the code in it does.
  textAlign: 'match-parent',
} as const;

const button = {
  all: 'unset',
  boxSizing: 'border-box',
  cursor: 'pointer',
  width: '100%',
  minHeight: 36,
  display: 'grid',
  gap: 3,
  alignItems: 'center',
  gridTemplateColumns: {
    xs: '16px minmax(0, 1fr) minmax(0, 1fr)',
    sm: '16px minmax(0, 5fr) minmax(0, 8fr) minmax(0, 4fr)',
  },
  px: 2,
  '&:hover': { bgcolor: 'action.hover' },
  '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: -2 },
} as const;

/** A column in one line: what it becomes, from what, of which type; open, its form. */
export function ColumnRow({ table, column, path, known, open }: Props) {
  const { t } = useTranslation('transformation');
  const { faults } = usePlanEditor();
  const { go } = useAddress();
  const id = useId();
  const fault = faultAt(faults, path);
  return (
    <Box
      component="li"
      sx={{ borderBlockStart: '1px solid', borderColor: 'divider', bgcolor: open ? 'sunken' : undefined }}
    >
      <Box
        component="button"
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => {
          go({ column: open ? '' : column.target });
        }}
        sx={button}
      >
        <Box
          component={ChevronIcon}
          size={14}
          aria-hidden
          sx={{
            color: 'text.secondary',
            transform: open ? 'rotate(90deg)' : undefined,
            '[dir=rtl] &': open ? {} : { transform: 'scaleX(-1)' },
          }}
        />
        <Box component="span" className="code" sx={{ ...one, fontWeight: 600 }}>
          <bdi>{column.target || '–'}</bdi>
          {fault && (
            <Box component="span" sx={{ color: 'error.main', marginInlineStart: 1.5 }}>
              <WarnIcon size={13} aria-hidden />
              <Box component="span" sx={visuallyHidden}>
                {t('tables.faulty')}
              </Box>
            </Box>
          )}
        </Box>
        <Box
          component="span"
          className="code"
          dir="ltr"
          sx={{ ...one, color: column.by === 'expr' ? 'text.primary' : 'text.secondary' }}
        >
          <Box component="span" sx={visuallyHidden}>
            {column.by === 'expr' ? t('columns.computed') : t('columns.from')}
          </Box>
          {column.by === 'expr' ? column.expr : column.source}
        </Box>
        <Box
          component="span"
          className="code"
          sx={{ ...one, color: 'text.secondary', display: { xs: 'none', sm: 'block' } }}
        >
          <span dir="ltr">{column.type}</span>
          {column.maskKind && (
            <Box component="span" sx={{ color: 'text.primary', marginInlineStart: column.type ? 1.5 : 0 }}>
              <Box component="span" sx={visuallyHidden}>
                {t('mask.by')}
              </Box>
              <MaskIcon size={12} aria-hidden /> <span dir="ltr">{column.maskKind}</span>
            </Box>
          )}
        </Box>
      </Box>
      {open && (
        <Box id={id} sx={{ px: { xs: 2, sm: 6 }, pt: 2, pb: 3 }}>
          <ColumnEditor table={table} column={column} path={path} known={known} />
        </Box>
      )}
    </Box>
  );
}
