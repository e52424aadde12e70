import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { list, make, mockApi, refuse } from '@/testing/mock-api';
import { ALL, renderApp, where } from '@/testing/render-app';
import { begin } from '@/lib/api/session';
import { Upload } from './upload';

/** The first page of a file loads all of its code. */
const COLD = { timeout: 12_000 };
const CREATE = 'POST /api/v1/uploads';
const PART = 'PATCH /api/v1/uploads/{upload_id}';
const ASK = 'GET /api/v1/uploads/{upload_id}';
const file = (members = {}) => make('FileView', { file_id: 'up1', name: 'people.csv', kind: 'csv', ...members });
const upload = (members = {}) =>
  make('UploadView', { upload_id: 'up1', name: 'people.csv', part_least: 10, part_most: 40, received: 0, ...members });
const TEXT = 'id,name\n1,Anna\n2,Ben\n3,Cleo\n4,Dora\n';
const source = () => new File([TEXT], 'people.csv');

/** A server that takes parts; `received` is how far it is. */
function takes(kind = 'csv') {
  const server = { received: 0, parts: [] as string[] };
  const answers = {
    [CREATE]: () => upload({ size: TEXT.length }),
    [ASK]: () => upload({ size: TEXT.length, received: server.received }),
    [PART]: ({ body, headers }: { body: unknown; headers: Headers }) => {
      expect(Number(headers.get('Upload-Offset'))).toBe(server.received);
      server.parts.push(String(body));
      server.received += String(body).length;
      const whole = server.received === TEXT.length;
      return upload({ size: TEXT.length, received: server.received, ...(whole && { file: file({ kind }) }) });
    },
    'GET /api/v1/files': () => list(file({ kind })),
  };
  return { server, answers };
}
const drop = (file: File) =>
  fireEvent.drop(screen.getByText(/CSV, JSON Lines, Parquet or SQLite/), { dataTransfer: { files: [file] } });

describe('a file', () => {
  it('is dropped, sent in parts, and becomes a connection', async () => {
    const { server, answers } = takes();
    const { api, user } = await renderApp('/connections/new?kind=csv', {
      answers: { ...answers, 'POST /api/v1/connections': () => make('ConnectionView', { connection_id: 'c1' }) },
    });
    await screen.findByLabelText(/Bring a file/, {}, COLD);
    drop(source());
    expect(await screen.findByText('Uploaded')).toBeVisible();
    expect(server.parts.join('')).toBe(TEXT);
    expect(server.parts.length).toBeGreaterThan(1);
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('people');
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/connections')[0]?.body).toMatchObject({ name: 'people', url: 'csv:upload:up1' });
    });
  }, 30_000);
  it('is chosen by hand before any kind is; its content says which it is', async () => {
    const { answers } = takes('jsonl');
    const { user } = await renderApp('/connections/new', { answers });
    await user.upload(await screen.findByLabelText(/Bring a file/), source());
    await waitFor(() => {
      expect(where()).toBe('/connections/new?kind=jsonl');
    });
    expect(screen.getByRole('radio', { name: /JSON Lines/ })).toBeChecked();
  });
  it('of another kind than asked for changes the kind, and says so', async () => {
    const { answers } = takes('parquet');
    await renderApp('/connections/new?kind=csv', { answers });
    await screen.findByLabelText(/Bring a file/, {}, COLD);
    drop(source());
    expect(await screen.findByText(/By its content this is Parquet/)).toBeVisible();
  });
  it('that is refused is refused in words, and another can be chosen', async () => {
    const { answers } = takes();
    const { user } = await renderApp('/connections/new?kind=csv', {
      answers: { ...answers, [PART]: () => refuse(422, 'MIQ-OBJ-003', { detail: 'This is a ZIP archive.' }) },
    });
    await screen.findByLabelText(/Bring a file/, {}, COLD);
    drop(source());
    expect(await screen.findByRole('alert')).toHaveTextContent('This is a ZIP archive.Fix of MIQ-OBJ-003');
    await user.click(screen.getByRole('button', { name: 'Choose another file' }));
    expect(screen.getByLabelText(/Bring a file/)).toBeEnabled();
  });
  it('is one at a time', async () => {
    const { api } = await renderApp('/connections/new?kind=csv');
    await screen.findByLabelText(/Bring a file/, {}, COLD);
    fireEvent.drop(screen.getByText(/CSV, JSON Lines/), { dataTransfer: { files: [source(), source()] } });
    expect(await screen.findByRole('alert')).toHaveTextContent('One file at a time');
    expect(api.of(CREATE)).toHaveLength(0);
  });
  it('cannot be brought by who may not', async () => {
    await renderApp('/connections/new?kind=csv', { permissions: ALL.filter((name) => name !== 'files.write') });
    await screen.findByRole('textbox', { name: 'Path' });
    expect(screen.queryByLabelText(/Bring a file/)).toBeNull();
  });
});

describe('an upload', () => {
  const start = (answers: Parameters<typeof mockApi>[0]) => {
    const api = mockApi(answers);
    begin({ access_token: 'token', expires_in: 900 });
    const upload = new Upload(source());
    upload.start();
    return { api, upload };
  };
  it('goes on where the server stands after the connection was lost', async () => {
    const { server, answers } = takes();
    let failures = 1;
    const { api, upload } = start({
      ...answers,
      [PART]: (sent) => {
        const answer = answers[PART](sent);
        // The part arrived, but its answer did not.
        if (server.received < TEXT.length && failures-- > 0) throw new TypeError('Failed to fetch');
        return answer;
      },
    });
    await waitFor(() => {
      expect(upload.snapshot().state).toBe('waiting');
    });
    await waitFor(() => {
      expect(upload.snapshot()).toMatchObject({ state: 'done', file: { file_id: 'up1' } });
    });
    expect(server.parts.join('')).toBe(TEXT);
    expect(api.of(CREATE)).toHaveLength(1);
  });
  it('finds its file when only the last answer was lost', async () => {
    const { answers } = takes();
    let lost = false;
    const { upload } = start({
      ...answers,
      [ASK]: () => refuse(404, 'MIQ-API-003'),
      [PART]: (sent) => {
        const answer = answers[PART](sent) as { file?: unknown };
        if (!answer.file) return answer;
        lost = true;
        throw new TypeError('Failed to fetch');
      },
      'GET /api/v1/files/{file_id}': () => file(),
    });
    await waitFor(() => {
      expect(upload.snapshot().state).toBe('done');
    });
    expect(lost).toBe(true);
  });
  const paused = async () => {
    const { server, answers } = takes();
    const begun = start({
      ...answers,
      [PART]: (sent) => {
        if (server.parts.length === 1) begun.upload.pause();
        return answers[PART](sent);
      },
    });
    await waitFor(() => {
      expect(begun.upload.snapshot().state).toBe('paused');
    });
    return { ...begun, server };
  };
  it('rests while it is paused, and goes on from what arrived', async () => {
    const { api, upload, server } = await paused();
    upload.start();
    await waitFor(() => {
      expect(upload.snapshot().state).toBe('done');
    });
    expect(api.of(ASK)).toHaveLength(1);
    expect(server.parts.join('')).toBe(TEXT);
  });
  it('is forgotten by the server when it is given up', async () => {
    const { api, upload } = await paused();
    await upload.giveUp();
    expect(api.of('DELETE /api/v1/uploads/{upload_id}')).toHaveLength(1);
  });
});
