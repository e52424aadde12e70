import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useDeferredValue, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/field';
import { stepTo, VirtualList } from '@/components/virtual-list';
import { useFormat } from '@/lib/format/use-format';
import { sourcesOf, targetOf, type Shown, type TablePair, type Wish } from '../model/suggestion';
import { floored } from './marks';

interface Props {
  one: Shown;
  pair: TablePair;
  /** Which source leads to a target column now, by its name. */
  taken: ReadonlyMap<string, string>;
  onDecide: (wish: Wish) => void;
  onClose: () => void;
}

const ROW = 36;

/** The columns of the target that have the text in their name; the likeliest first. */
function useColumns({ one, pair }: Props, text: string) {
  return useMemo(() => {
    const likely = new Map(one.alternatives.map(({ target_column, confidence }) => [target_column, confidence]));
    const part = text.trim().toLowerCase();
    return pair.target_columns
      .filter((name) => name.toLowerCase().includes(part))
      .map((name) => ({ name, confidence: likely.get(name) }))
      .sort((a, b) => (b.confidence ?? -1) - (a.confidence ?? -1));
  }, [one, pair, text]);
}

/** What is done to the value when nothing else is written. */
function exprFor(one: Shown, target: string | undefined) {
  if (one.source_column === undefined) return one.transformation?.expr ?? '';
  if (target !== undefined && target === targetOf(one)) return one.decided_expr ?? one.transformation?.expr ?? '';
  return '';
}

/** Another column of the target, and what is done to the values on the way. */
export function OtherDialog(props: Props) {
  const { one, pair, taken, onDecide, onClose } = props;
  const { t } = useTranslation('mapping');
  const format = useFormat();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [written, setWritten] = useState<string>();
  const columns = useColumns(props, useDeferredValue(text));
  const chosen = Math.min(at, columns.length - 1);
  const target = columns[chosen]?.name;
  const expr = written ?? exprFor(one, target);
  const choose = () => {
    if (target === undefined) return;
    onDecide({ decision: 'changed', target_column: target, ...(expr.trim() && { expr: expr.trim() }) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.key === 'Home' || event.key === 'End' ? undefined : stepTo(event.key, chosen, columns.length);
    if (to === undefined) return;
    event.preventDefault();
    setAt(to);
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          choose();
        }}
      >
        <DialogTitle id={id}>{t('otherFor', { source: sourcesOf(one).join(' + ') })}</DialogTitle>
        <DialogContent>
          <Field
            label={t('findTarget', { table: pair.target_table })}
            autoFocus
            value={text}
            onChange={(said) => {
              setText(said);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            inputProps={{
              role: 'combobox',
              'aria-expanded': true,
              'aria-controls': `${id}-list`,
              'aria-activedescendant': target === undefined ? undefined : `${id}-list-${String(chosen)}`,
            }}
            sx={{ mb: 2 }}
          />
          <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, mb: 4 }}>
            <VirtualList
              id={`${id}-list`}
              label={t('targetColumns')}
              items={columns}
              itemKey={({ name }) => name}
              rowHeight={ROW}
              height="252px"
              choice={{ chosen, onChoose: setAt }}
            >
              {({ name, confidence }, _, isChosen) => (
                <Box
                  sx={{ display: 'flex', gap: 3, px: 3, height: ROW, alignItems: 'center', cursor: 'pointer' }}
                  style={isChosen ? { background: 'var(--miq-palette-action-selected)' } : {}}
                >
                  <Box component="code" dir="auto" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', minWidth: 0 }}>
                    {name}
                  </Box>
                  {taken.has(name) && (
                    <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
                      {t('takenBy', { source: taken.get(name) })}
                    </Box>
                  )}
                  <Box component="span" sx={{ marginInlineStart: 'auto', color: 'text.secondary' }}>
                    {confidence !== undefined && format.percent(floored(confidence))}
                  </Box>
                </Box>
              )}
            </VirtualList>
          </Box>
          <Field
            label={t('expression')}
            hint={t('expressionHint')}
            value={expr}
            onChange={setWritten}
            inputProps={{ dir: 'ltr', spellCheck: false, maxLength: 4000 }}
            sx={{ mb: 0 }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common:action.close')}</Button>
          <Button type="submit" variant="contained" disabled={target === undefined}>
            {target === undefined ? t('choose') : t('chooseThis', { name: target })}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
