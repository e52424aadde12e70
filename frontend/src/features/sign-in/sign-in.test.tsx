import { screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { refuse } from '@/testing/mock-api';
import { heading, renderApp, where } from '@/testing/render-app';

const LOGIN = 'POST /api/v1/auth/login';
const tokens = () => ({ access_token: 'new', token_type: 'Bearer', expires_in: 900, csrf_token: 'csrf' });

async function fill(user: UserEvent, texts: Record<string, string>) {
  for (const [label, text] of Object.entries(texts)) await user.type(await screen.findByLabelText(label), text);
}

it('signs in as a browser and goes where one wanted to go', async () => {
  const { api, user } = await renderApp('/runs?state=failed', { signedIn: false, answers: { [LOGIN]: tokens } });
  await heading('Sign in');
  await fill(user, { 'E-mail': 'anna@example.com', Password: 'correct horse battery' });
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await heading('Runs');
  expect(where()).toBe('/runs?state=failed');
  expect(api.of(LOGIN)[0]?.headers.get('X-Client')).toBe('web');
  await waitFor(() => {
    expect(api.of('GET /api/v1/runs')[0]?.headers.get('Authorization')).toBe('Bearer new');
  });
});

it('asks for what is missing, and for nothing of the server', async () => {
  const { api, user } = await renderApp('/sign-in', { signedIn: false });
  await user.click(await screen.findByRole('button', { name: 'Sign in' }));
  expect(await screen.findAllByText('Please fill this in')).toHaveLength(2);
  expect(api.of(LOGIN)).toHaveLength(0);
});

it('asks for the code of who has a second factor', async () => {
  const { api, user } = await renderApp('/sign-in', {
    signedIn: false,
    answers: { [LOGIN]: ({ body }) => ((body as { otp?: string }).otp ? tokens() : refuse(401, 'MIQ-AUTH-002')) },
  });
  await fill(user, { 'E-mail': 'anna@example.com', Password: 'correct horse battery' });
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await fill(user, { Code: '123456' });
  expect(screen.queryByRole('alert')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => {
    expect(where()).toBe('/');
  });
  expect(api.of(LOGIN)[1]?.body).toEqual({
    email: 'anna@example.com',
    password: 'correct horse battery',
    otp: '123456',
  });
});

it('says what is wrong, and what to do', async () => {
  const { user } = await renderApp('/sign-in', {
    signedIn: false,
    answers: { [LOGIN]: () => refuse(401, 'MIQ-AUTH-001') },
  });
  await fill(user, { 'E-mail': 'anna@example.com', Password: 'wrong' });
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('E-mail, password or code is wrong');
});

it('never goes on to another site', async () => {
  const { user } = await renderApp('/sign-in?next=//evil.example', { signedIn: false, answers: { [LOGIN]: tokens } });
  await fill(user, { 'E-mail': 'anna@example.com', Password: 'correct horse battery' });
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => {
    expect(where()).toBe('/');
  });
});

it('answers the same for every address that forgot its password', async () => {
  const { api, user } = await renderApp('/forgot-password', { signedIn: false });
  await fill(user, { 'E-mail': 'anna@example.com' });
  await user.click(screen.getByRole('button', { name: 'Send the link' }));
  expect(await screen.findByRole('status')).toHaveTextContent('If there is an account');
  expect(api.of('POST /api/v1/auth/password/forgot')).toHaveLength(1);
});

it.each([
  ['/reset-password', 'POST /api/v1/auth/password/reset', 'Set the password', {}],
  ['/accept-invitation', 'POST /api/v1/auth/invitations/accept', 'Accept', { 'Your name': 'Ben' }],
  ['/setup', 'POST /api/v1/auth/setup', 'Set the server up', { 'Your name': 'Anna', 'E-mail': 'anna@example.com' }],
])('%s takes the token of its link out of the address bar', async (path, operation, button, texts) => {
  window.history.replaceState(null, '', `${path}#token=secret`);
  const { api, user } = await renderApp(path, {
    signedIn: false,
    answers: operation.endsWith('setup') ? { [operation]: tokens } : {},
  });
  await fill(user, { ...texts, 'New password': 'correct horse battery', 'The same again': 'correct horse battery' });
  expect(window.location.hash).toBe('');
  await user.click(screen.getByRole('button', { name: button }));
  await waitFor(() => {
    expect(api.of(operation)[0]?.body).toMatchObject({ token: 'secret', password: 'correct horse battery' });
  });
});

it('does not send two passwords that differ', async () => {
  window.history.replaceState(null, '', '/reset-password#token=secret');
  const { api, user } = await renderApp('/reset-password', { signedIn: false });
  await fill(user, { 'New password': 'correct horse battery', 'The same again': 'something else' });
  await user.click(screen.getByRole('button', { name: 'Set the password' }));
  expect(await screen.findByText('The two are not the same')).toBeVisible();
  expect(api.of('POST /api/v1/auth/password/reset')).toHaveLength(0);
});
