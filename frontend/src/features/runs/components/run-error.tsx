import { Note } from '@/components/note';

interface RunFault {
  code?: string;
  message?: string;
  fix?: string;
}

/** Why a run failed: what, what to do, and the code last. */
export function RunError({ error }: { error: unknown }) {
  if (typeof error !== 'object' || error === null) return null;
  const { code, message, fix } = error as RunFault;
  return (
    <Note tone="error">
      <strong>{message}</strong>
      {fix && <div>{fix}</div>}
      <code>{code}</code>
    </Note>
  );
}
