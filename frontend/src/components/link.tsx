import MuiLink, { type LinkProps } from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';

/** A link inside the app. */
export function Link({ to, ...rest }: Omit<LinkProps<typeof RouterLink>, 'component'> & { to: string }) {
  return <MuiLink component={RouterLink} to={to} {...rest} />;
}
