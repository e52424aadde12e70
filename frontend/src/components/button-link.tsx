import Button, { type ButtonProps } from '@mui/material/Button';
import { Link } from 'react-router';

export function ButtonLink({ to, ...rest }: ButtonProps & { to: string }) {
  return <Button component={Link} to={to} {...rest} />;
}
