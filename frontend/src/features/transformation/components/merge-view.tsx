import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Note } from '@/components/note';
import { TextDiff } from '@/components/text-diff';
import type { Schema } from '@/lib/api/client';
import { joinPieces, mergePieces, type Piece } from '@/lib/text/merge';
import type { Base } from '../plan/draft';
import { useValidation } from '../api/asking';
import { nameOf } from '../plan/people';
import { ConflictCard } from './conflict-card';
import type { useSaving } from './use-saving';

interface Props {
  /** What my edits are based on. */
  base: Base;
  mine: string;
  /** The version that was saved meanwhile. */
  theirs: Schema<'PlanTextView'>;
  saving: ReturnType<typeof useSaving>;
  onBack: () => void;
  /** Goes on in the editor with this text, on top of their version. */
  onTake: (merged: string) => void;
}

/** What a conflict becomes: by conflict, in the order of the text. */
type Settled = Readonly<Record<number, string>>;

function useMerge(base: string, mine: string, theirs: string) {
  const pieces = useMemo(() => mergePieces(base, mine, theirs), [base, mine, theirs]);
  const conflicts = pieces.filter(({ kind }) => kind === 'conflict');
  const [settled, setSettled] = useState<Settled>({});
  const merged = joinPieces(pieces, (piece) => settled[conflicts.indexOf(piece)]?.split('\n') ?? piece.mine);
  return {
    conflicts,
    settled,
    merged,
    open: conflicts.filter((_, at) => settled[at] === undefined).length,
    alone: pieces.filter(({ kind }) => kind === 'mine' || kind === 'theirs').length,
    settle: (at: number, text: string) => {
      setSettled((before) => ({ ...before, [at]: text }));
    },
  };
}

function Sides({ base, mine, theirs }: Pick<Props, 'base' | 'mine' | 'theirs'>) {
  const { t } = useTranslation('transformation');
  const sides = [
    { title: t('merge.theirs', { name: nameOf(theirs.author) }), text: theirs.text },
    { title: t('merge.mine'), text: mine },
  ];
  return (
    <Box
      sx={{ display: 'grid', gap: 4, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' } }}
    >
      {sides.map(({ title, text }) => (
        <Box key={title} component="section" sx={{ minWidth: 0 }}>
          <Typography variant="h3" sx={{ mb: 1 }}>
            {title}
          </Typography>
          <TextDiff label={title} from={base.text} to={text} around={2} />
        </Box>
      ))}
    </Box>
  );
}

/** Somebody saved the plan while I edited it: what each of us changed, and one text of both. */
export function MergeView({ base, mine, theirs, saving, onBack, onTake }: Props) {
  const { t } = useTranslation('transformation');
  const heading = useRef<HTMLHeadingElement>(null);
  const merge = useMerge(base.text, mine, theirs.text);
  const { data: validation } = useValidation(theirs.project_id, merge.merged);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const all = (side: (piece: Piece) => readonly string[]) => {
    merge.conflicts.forEach((piece, at) => {
      merge.settle(at, side(piece).join('\n'));
    });
  };
  return (
    <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <div>
        <Typography variant="h2" ref={heading} tabIndex={-1} sx={{ outline: 'none' }}>
          {t('merge.title', { name: nameOf(theirs.author), version: theirs.version })}
        </Typography>
        <Box sx={{ color: 'text.secondary' }}>
          {t('merge.lead', { base: base.version })} {t('merge.alone', { number: merge.alone })}
        </Box>
      </div>
      <Sides base={base} mine={mine} theirs={theirs} />
      {merge.conflicts.length > 0 && (
        <Box component="section" aria-label={t('merge.conflicts')}>
          <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'center', mb: 2 }}>
            <Typography variant="h3" sx={{ flex: '1 1 auto' }}>
              {t('merge.conflicts')} · <span role="status">{t('merge.open', { number: merge.open })}</span>
            </Typography>
            <Button
              size="small"
              variant="outlined"
              onClick={() => {
                all((piece) => piece.theirs);
              }}
            >
              {t('merge.allTheirs')}
            </Button>
            <Button
              size="small"
              variant="outlined"
              onClick={() => {
                all((piece) => piece.mine);
              }}
            >
              {t('merge.allMine')}
            </Button>
          </Box>
          {merge.conflicts.map((piece, at) => (
            <ConflictCard
              key={at}
              number={at + 1}
              piece={piece}
              name={nameOf(theirs.author)}
              settled={merge.settled[at]}
              onSettle={(text) => {
                merge.settle(at, text);
              }}
            />
          ))}
        </Box>
      )}
      <Box component="section" aria-label={t('merge.result')}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {t('merge.result')}
        </Typography>
        <TextDiff label={t('merge.result')} from={theirs.text} to={merge.merged} />
        {validation?.faults.map(({ message, line }) => (
          <Note key={message} tone="error">
            {line === undefined ? '' : `${t('text.line', { line })}: `}
            <span dir="auto">{message}</span>
          </Note>
        ))}
      </Box>
      <ErrorNote error={saving.error} />
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap' }}>
        <Button
          variant="contained"
          loading={saving.busy}
          disabled={merge.open > 0}
          onClick={() => {
            saving.save(merge.merged, theirs.version, t('merge.message', { version: theirs.version }));
          }}
        >
          {t('merge.save')}
        </Button>
        <Button
          variant="outlined"
          disabled={merge.open > 0}
          onClick={() => {
            onTake(merge.merged);
          }}
        >
          {t('merge.edit')}
        </Button>
        <Button
          onClick={() => {
            onTake(theirs.text);
          }}
        >
          {t('merge.takeTheirs')}
        </Button>
        <Button onClick={onBack}>{t('merge.back')}</Button>
      </Box>
    </Box>
  );
}
