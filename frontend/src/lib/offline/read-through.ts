import { sessionUser } from '@/lib/api/session';
import { answered, shownFrom, unanswered } from './away';
import { dropKept, findKept, keep } from './kept';

type Fetch = (request: Request) => Promise<Response>;

/** A gateway in between says that the server is away. */
const GATEWAY = new Set([502, 504]);
const GONE = new Set([403, 404]);

const wasAborted = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

async function instead(request: Request) {
  unanswered();
  const found = await findKept(sessionUser(), request).catch(() => undefined);
  if (found) shownFrom(found.at);
  return found?.answer;
}

function remember(request: Request, answer: Response) {
  const user = sessionUser();
  if (!user) return;
  // A full disk is no reason for a page to fail.
  if (answer.ok) keep(user, request, answer.clone()).catch(() => undefined);
  else if (GONE.has(answer.status)) dropKept(user, request).catch(() => undefined);
}

/** fetch that keeps what may be kept, and answers with it when no answer comes. */
export const readThrough =
  (go: Fetch): Fetch =>
  async (request) => {
    let answer: Response;
    try {
      answer = await go(request);
    } catch (error) {
      const found = wasAborted(error) ? undefined : await instead(request);
      if (found) return found;
      throw error;
    }
    if (GATEWAY.has(answer.status)) return (await instead(request)) ?? answer;
    answered();
    remember(request, answer);
    return answer;
  };
