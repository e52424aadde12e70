import { asApiError, errorOf, type ApiError } from '@/lib/api/errors';
import { sessionFetch } from '@/lib/api/session';
import type { Queue, Queued } from './queue';

const PAUSE_MS = 5000;
/** A request that was cut off is answered like one that is at work: after so many times its person is asked. */
const MOST_AT_WORK = 10;
/** What browsers let a request carry that outlives its page, together with others. */
const MOST_KEPT_ALIVE = 8000;
const LOCK = 'miq.queue';

/** The server could not say yes or no: it is asked again. */
const mayPass = (status: number) => status === 0 || status === 401 || status === 429 || status >= 500;
/** The same request is being answered: of a page that went away meanwhile, or another tab. */
const isAtWork = ({ status, retryAfter }: ApiError) => status === 409 && retryAfter !== undefined;

/** Sends a change; `keepalive`: what is on its way arrives even when this page goes away. */
export async function send({ id, path, body }: Queued): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': id };
  const text = JSON.stringify(body);
  const keepalive = text.length <= MOST_KEPT_ALIVE;
  const request = new Request(new URL(path, location.origin), { method: 'POST', headers, body: text, keepalive });
  const answer = await sessionFetch(request);
  if (!answer.ok) throw await errorOf(answer);
  return answer.status === 204 ? undefined : await answer.json();
}

/** One tab at a time, where the browser can say so; elsewhere the keys of the changes see to it. */
async function alone(work: () => Promise<void>) {
  const locks = (navigator as Partial<Navigator>).locks;
  await (locks ? locks.request(LOCK, work) : work());
}

/** Sends what waits in a queue, one after the other; begins again when the server can be reached again. */
export class Sender {
  private busy = false;
  private wanted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly atWork = new Map<string, number>();

  constructor(private readonly queue: Queue) {}

  /** Sends from now on; what is given back ends that. */
  start() {
    const go = () => void this.run();
    const leave = this.queue.subscribe(go);
    window.addEventListener('online', go);
    this.wanted = true;
    go();
    return () => {
      this.wanted = false;
      leave();
      window.removeEventListener('online', go);
      clearTimeout(this.timer);
    };
  }

  private async run() {
    if (this.busy || !this.next()) return;
    clearTimeout(this.timer);
    this.busy = true;
    let pause = 0;
    try {
      await alone(async () => {
        pause = await this.sendAll();
      });
    } finally {
      this.busy = false;
    }
    if (this.next()) this.timer = setTimeout(() => void this.run(), pause);
  }

  private next() {
    return this.wanted && navigator.onLine ? this.queue.next() : undefined;
  }

  /** How long to wait before one goes on. */
  private async sendAll() {
    let pause = 0;
    for (let entry = this.next(); entry && pause === 0; entry = this.next()) pause = await this.sendOne(entry);
    return pause;
  }

  private async sendOne(entry: Queued) {
    if (!(await this.queue.claim(entry.id))) return 0;
    let answer: unknown;
    try {
      answer = await send(entry);
    } catch (error) {
      return this.failed(entry, asApiError(error));
    }
    this.queue.sent(entry, answer);
    return 0;
  }

  private failed({ id }: Queued, error: ApiError) {
    const { status, code, detail, retryAfter } = error;
    const again = isAtWork(error) && (this.atWork.get(id) ?? 0) < MOST_AT_WORK;
    if (again) this.atWork.set(id, (this.atWork.get(id) ?? 0) + 1);
    if (again || mayPass(status)) return retryAfter === undefined ? PAUSE_MS : retryAfter * 1000;
    this.queue.refuse(id, { status, code, detail });
    return 0;
  }
}
