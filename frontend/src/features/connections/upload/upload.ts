import { client, type Schema } from '@/lib/api/client';
import { ApiError, asApiError } from '@/lib/api/errors';

type FileView = Schema<'FileView'>;

export interface UploadNow {
  /** `waiting`: the connection was lost, and is tried again by itself. */
  state: 'sending' | 'paused' | 'waiting' | 'done' | 'refused';
  sent: number;
  error?: ApiError;
  file?: FileView;
}

const LONGEST_PAUSE_MS = 15_000;
const QUICK_MS = 1500;

const mayPass = ({ status }: ApiError) => status === 0 || status === 409 || status === 429 || status >= 500;

/**
 * One file on its way to the server, in parts. What was received stays there: after a pause or a lost connection the
 * server says how far it is, and the upload goes on from that byte.
 */
export class Upload {
  private now: UploadNow = { state: 'sending', sent: 0 };
  private readonly listeners = new Set<() => void>();
  private begun: Schema<'UploadView'> | undefined;
  private partSize = 0;
  private failures = 0;
  private stop = new AbortController();
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly source: File) {}

  snapshot = () => this.now;
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start() {
    clearTimeout(this.retry);
    this.stop = new AbortController();
    this.become({ state: 'sending' });
    void this.run(this.stop.signal);
  }

  pause() {
    clearTimeout(this.retry);
    this.stop.abort();
    if (this.now.state === 'sending' || this.now.state === 'waiting') this.become({ state: 'paused' });
  }

  /** Not wanted any more: the server forgets the parts. */
  async giveUp() {
    this.pause();
    const upload_id = this.begun?.upload_id;
    if (!upload_id || this.now.state === 'done') return;
    await client.DELETE('/api/v1/uploads/{upload_id}', { params: { path: { upload_id } } }).catch(() => undefined);
  }

  private become(change: Partial<UploadNow>) {
    this.now = { ...this.now, ...change };
    this.listeners.forEach((listener) => {
      listener();
    });
  }

  private async run(signal: AbortSignal) {
    try {
      let sent = await this.reached(signal);
      while (sent !== undefined && !signal.aborted) sent = await this.sendPart(sent, signal);
    } catch (error) {
      if (!signal.aborted) this.fail(asApiError(error));
    }
  }

  /** Where to go on: 0 for a new upload; nothing when all is there already. */
  private async reached(signal: AbortSignal): Promise<number | undefined> {
    if (this.begun) {
      const known = await this.ask(this.begun.upload_id, signal);
      if (known === 'whole') return undefined;
      if (known !== 'gone') {
        this.become({ sent: known });
        return known;
      }
    }
    const { name, size } = this.source;
    const { data } = await client.POST('/api/v1/uploads', { body: { name, size }, signal });
    this.begun = data;
    this.partSize = data?.part_least ?? 0;
    this.become({ sent: 0 });
    return 0;
  }

  private async ask(upload_id: string, signal: AbortSignal): Promise<number | 'gone' | 'whole'> {
    try {
      const { data } = await client.GET('/api/v1/uploads/{upload_id}', { params: { path: { upload_id } }, signal });
      return data?.received ?? 0;
    } catch (error) {
      if (!asApiError(error).missing) throw error;
    }
    // The answer to the last part may have been lost: then the file is there under the upload's id.
    const found = await client
      .GET('/api/v1/files/{file_id}', { params: { path: { file_id: upload_id } }, signal })
      .catch((error: unknown) => {
        if (asApiError(error).missing || asApiError(error).forbidden) return undefined;
        throw error;
      });
    if (!found?.data) return 'gone';
    this.finish(found.data);
    return 'whole';
  }

  /** The offset after it; nothing after the last. */
  private async sendPart(offset: number, signal: AbortSignal): Promise<number | undefined> {
    const upload_id = this.begun?.upload_id ?? '';
    const body = await this.read(offset);
    const begin = Date.now();
    const { data } = await client.PATCH('/api/v1/uploads/{upload_id}', {
      params: { path: { upload_id } },
      headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/octet-stream' },
      body,
      bodySerializer: (bytes) => bytes as ArrayBuffer,
      signal,
    });
    this.failures = 0;
    if (data?.file) return this.finish(data.file);
    if (Date.now() - begin < QUICK_MS) this.partSize = Math.min(this.partSize * 2, this.begun?.part_most ?? 0);
    const sent = data?.received ?? offset + body.byteLength;
    this.become({ sent });
    return sent;
  }

  private read(offset: number): Promise<ArrayBuffer> {
    return this.source
      .slice(offset, offset + this.partSize)
      .arrayBuffer()
      .catch((error: unknown) => {
        throw new ApiError(-1, { detail: error instanceof Error ? error.message : '' });
      });
  }

  private finish(file: FileView): undefined {
    this.become({ state: 'done', sent: this.source.size, file });
  }

  private fail(error: ApiError) {
    if (!mayPass(error)) {
      this.become({ state: 'refused', error });
      return;
    }
    this.become({ state: 'waiting' });
    this.retry = setTimeout(
      () => {
        this.start();
      },
      Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.failures++),
    );
  }
}
