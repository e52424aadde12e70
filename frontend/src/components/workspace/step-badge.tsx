import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { Status } from '../status';
import { visuallyHidden } from '../visually-hidden';
import type { StepState, WorkStep } from './steps';

interface Props {
  step: WorkStep;
  state: StepState;
}

function useSaid({ step, state }: Props) {
  const { t } = useTranslation('workspace');
  const format = useFormat();
  const left = state.left === undefined ? '' : format.number(state.left);
  const count = state.more ? t('atLeast', { left }) : left;
  return { count, text: t(`says.${step}.${state.says}`, { left: count }) };
}

/** How a step stands, where there is little room: an icon, and how much is left. */
export function StepBadge(props: Props) {
  const { count, text } = useSaid(props);
  const { look } = props.state;
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
export function StepSays(props: Props) {
  const { text } = useSaid(props);
  return <Status look={props.state.look}>{text}</Status>;
}
