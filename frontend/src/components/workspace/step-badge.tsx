import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { Status } from '../status';
import { visuallyHidden } from '../visually-hidden';
import { lookOf, type StepState } from './steps';

interface Props {
  state: StepState;
}

function useSaid({ step, reason, left, total }: StepState) {
  const { t } = useTranslation('workspace');
  const format = useFormat();
  const count = left ? format.number(left) : '';
  const share = left && total ? t('leftOf', { left: count, total: format.number(total) }) : count;
  return { count, text: t(`says.${step}.${reason}`, { left: share }) };
}

/** How a step stands, where there is little room: an icon, and how much is left. */
export function StepBadge({ state }: Props) {
  const { count, text } = useSaid(state);
  const look = lookOf(state);
  if (look === 'plain') {
    return (
      <Box component="span" sx={visuallyHidden}>
        {text}
      </Box>
    );
  }
  return (
    <Box component="span" title={text} sx={{ display: 'inline-flex', fontSize: '0.9286rem', fontWeight: 550 }}>
      <Status look={look}>
        {count && <span aria-hidden>{count}</span>}
        <Box component="span" sx={visuallyHidden}>
          {text}
        </Box>
      </Status>
    </Box>
  );
}

/** The same in words. */
export function StepSays({ state }: Props) {
  const { text } = useSaid(state);
  return <Status look={lookOf(state)}>{text}</Status>;
}
