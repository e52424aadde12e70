import Box from '@mui/material/Box';

/** Older servers kept people as "Ana <ana@example.com>": what they stored is still told so. */
export const shortName = (name: string) => /^(.+?)\s*<[^<>]*>$/.exec(name)?.[1] ?? name;

/** Somebody by name; the address, where it is known, shows on hover. */
export function Person({ name }: { name: string }) {
  const short = shortName(name);
  return (
    <Box component="bdi" title={short === name ? undefined : name}>
      {short}
    </Box>
  );
}
