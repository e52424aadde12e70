import Box from '@mui/material/Box';
import { Loaded } from '@/components/loaded';
import { Tick } from '@/components/tick';
import { usePeople } from '../lib/whole-list';

interface Props {
  label: string;
  chosen: readonly string[];
  onChange: (user_ids: string[]) => void;
}

/** Some of all people. */
export function PeopleTicks({ label, chosen, onChange }: Props) {
  const people = usePeople();
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0 }}>
      <Box component="legend" sx={{ fontWeight: 550, mb: 2 }}>
        {label}
      </Box>
      <Box sx={{ maxHeight: 220, overflowY: 'auto' }}>
        <Loaded query={people}>
          {(everybody) => (
            <>
              {everybody.map(({ user_id, name, email }) => (
                <Tick
                  key={user_id}
                  label={
                    <>
                      <bdi>{name}</bdi> <bdi>({email})</bdi>
                    </>
                  }
                  checked={chosen.includes(user_id)}
                  onChange={(checked) => {
                    onChange(checked ? [...chosen, user_id] : chosen.filter((each) => each !== user_id));
                  }}
                />
              ))}
            </>
          )}
        </Loaded>
      </Box>
    </Box>
  );
}
