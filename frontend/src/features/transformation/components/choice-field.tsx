import Box from '@mui/material/Box';
import { SelectField } from '@/components/select-field';
import type { PlanPath } from '../plan/document';
import { usePlanEditor } from '../plan/editor-context';

interface Choice {
  value: string;
  label: string;
  means?: string;
}

interface Props {
  label: string;
  path: PlanPath;
  /** '' when the plan says nothing: the first choice, then. */
  value: string;
  options: readonly Choice[];
  /** In the plan `null` stands for that word. */
  asNull?: string;
  /** Instead of setting the path. */
  onChoose?: (word: string) => void;
}

/** One of a few words of the plan, with what the chosen one means below. */
export function ChoiceField({ label, path, value, options, asNull, onChoose }: Props) {
  const { set, locked } = usePlanEditor();
  const chosen = value === '' ? options[0] : options.find((each) => each.value === value);
  const shown = chosen ? options : [...options, { value, label: value }];
  return (
    <Box
      component="fieldset"
      disabled={locked}
      sx={{ border: 0, p: 0, m: 0, mb: 4, minWidth: 0, '& > div:first-of-type': { mb: 0 } }}
    >
      <SelectField
        label={label}
        value={chosen?.value ?? value}
        options={shown}
        onChange={(word) => {
          if (onChoose) onChoose(word);
          else set(path, word === '' ? undefined : word === asNull ? null : word);
        }}
      />
      {chosen?.means && (
        <Box sx={{ color: 'text.secondary', fontSize: '0.9286rem', mt: 1, overflowWrap: 'anywhere' }}>
          {chosen.means}
        </Box>
      )}
    </Box>
  );
}
