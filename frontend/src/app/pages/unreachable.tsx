import { ErrorPanel } from '@/components/error-panel';
import { ApiError } from '@/lib/api/errors';
import { refresh } from '@/lib/api/session';

/** The server gave no answer when the session was to go on. */
export default function Unreachable() {
  return <ErrorPanel error={new ApiError(0, {})} retry={refresh} />;
}
