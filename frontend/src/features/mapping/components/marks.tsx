import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import CheckIcon from 'lucide-react/icons/circle-check';
import CircleIcon from 'lucide-react/icons/circle';
import ClockIcon from 'lucide-react/icons/clock';
import NoneIcon from 'lucide-react/icons/circle-slash';
import PencilIcon from 'lucide-react/icons/pencil';
import WarnIcon from 'lucide-react/icons/triangle-alert';
import { Status, type Look } from '@/components/status';
import { useFormat } from '@/lib/format/use-format';
import { bandOf, type Band, type Shown } from '../model/suggestion';

const LOOKS: Record<Band, Look> = { certain: 'good', likely: 'info', unsure: 'warning', none: 'off' };

/** What is not wholly sure is not shown as 100 %. */
export const floored = (confidence: number) => Math.floor(confidence * 100 + 1e-9) / 100;

/** How sure a suggestion is: a word, then the figure. */
export function Confidence({ one, short = false }: { one: Shown; short?: boolean }) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  const band = bandOf(one);
  return (
    <Status look={LOOKS[band]}>
      {band === 'none' ? (
        t('band.none')
      ) : (
        <>
          <Box component="span" sx={short ? { display: { xs: 'none', sm: 'inline' } } : {}}>
            {t(`band.${band}`)}
          </Box>
          <span>{format.percent(floored(one.confidence))}</span>
        </>
      )}
    </Status>
  );
}

const STATES = {
  open: [CircleIcon, 'text.secondary'],
  accepted: [CheckIcon, 'success.main'],
  changed: [PencilIcon, 'altered.main'],
  rejected: [NoneIcon, 'text.secondary'],
  waiting: [ClockIcon, 'info.main'],
  refused: [WarnIcon, 'error.main'],
} as const;

/** What is sent at once is not worth a sign. */
const late = { '@keyframes late': { from: { visibility: 'hidden' } }, animation: 'late 1s step-end' };

/** What was decided, as an icon with its word for who does not see it; `worded`: the word for all. */
export function DecisionMark({ one, worded = false }: { one: Shown; worded?: boolean }) {
  const { t } = useTranslation('mapping');
  const state = one.way === 'refused' ? 'refused' : one.decision;
  const [Icon, color] = STATES[state];
  const word = t(`state.${state}`);
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 1.5, alignItems: 'center', color, flex: 'none' }}>
      <Icon size={15} role={worded ? undefined : 'img'} aria-hidden={worded} aria-label={worded ? undefined : word} />
      {worded && word}
      {one.way === 'waiting' && (
        <Box component={ClockIcon} size={12} role="img" aria-label={t('state.waiting')} sx={late} />
      )}
    </Box>
  );
}
