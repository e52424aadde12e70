import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { list, make, pending, refuse } from '@/testing/mock-api';
import { ALL, heading, renderApp, where } from '@/testing/render-app';
import { anchorOf, nameOf } from './anchor';

/** The first page of a file is compiled while one waits. */
const COLD = { timeout: 12_000 };
const STEPS = 'GET /api/v1/projects/{project_id}/steps';
const COMMENTS = 'GET /api/v1/projects/{project_id}/comments';
const WRITE = 'POST /api/v1/projects/{project_id}/comments';
const ONE = '/api/v1/projects/{project_id}/comments/{comment_id}';
const project = () => make('ProjectView', { project_id: 'p1', name: 'Shop to CRM', next_states: [] });
const step = (reason: string, members = {}) =>
  make('ProjectStep', { step: 'migration', state: 'open', reason, left: undefined, total: undefined, ...members });
const comment = (members = {}) =>
  make('CommentView', {
    comment_id: 'k1',
    project_id: 'p1',
    field: '',
    author_id: 'u2',
    author: 'Ben Ito <ben@example.com>',
    text: 'Keep the numbers?',
    version: 1,
    ...members,
  });
const answers = { 'GET /api/v1/projects/{project_id}': project, [COMMENTS]: () => list(comment()) };
const open = (path = '/projects/p1?comments=all', more = {}, permissions = ALL) =>
  renderApp(path, { answers: { ...answers, ...more }, permissions });

describe('the steps of a project', () => {
  it('say how much is left in each, by words too', async () => {
    const { api } = await open('/projects/p1', { [STEPS]: () => list(step('waiting_for_approval', { left: 1 })) });
    const migration = await screen.findByRole('link', { name: 'Migration Waiting for approval: 1' }, COLD);
    expect(migration).toBeVisible();
    expect(screen.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page');
    const tabs = within(screen.getByRole('navigation', { name: 'Steps of the project' }));
    expect(tabs.getByRole('link', { name: 'Analysis' })).toBeVisible();
    expect(api.of(STEPS)).toHaveLength(1);
  });
  it('keep the plan that was chosen, and what was open beside', async () => {
    const { user } = await open('/projects/p1?plan=l1&comments=all');
    const steps = within(await screen.findByRole('navigation', { name: 'Steps of the project' }, COLD));
    await user.click(steps.getByRole('link', { name: /^Migration/ }));
    expect(where()).toBe('/projects/p1/migration?plan=l1&comments=all');
    await waitFor(() => {
      expect(document.title).toBe('Migration · Shop to CRM · MigrateIQ');
    }, COLD);
  });
  it('are those of the plan that the address names, in words on the overview', async () => {
    const open_ = step('suggestions_open', { step: 'mapping', left: 1200, total: 5000 });
    const { api } = await open('/projects/p1?plan=l2', { [STEPS]: () => list(open_) });
    const way = within(await screen.findByRole('region', { name: 'From analysis to migration' }, COLD));
    expect(await way.findByText('Suggestions to decide: 1,200 of 5,000')).toBeVisible();
    expect(api.of(STEPS)[0]?.query.get('plan_id')).toBe('l2');
  });
  it.each(['plan.changed', 'run.state', 'analysis.finished', 'matching.decided', 'check.alert'])(
    'are looked at again after %s',
    async (event) => {
      const { api } = await open('/projects/p1', { [STEPS]: () => list(step('rehearsed')) });
      await screen.findByRole('link', { name: 'Migration Rehearsed' }, COLD);
      await waitFor(() => {
        expect(FakeSocket.last?.topics()).toContain('project:p1');
      });
      FakeSocket.last?.event('project:p1', event, {});
      await waitFor(() => {
        expect(api.of(STEPS)).toHaveLength(2);
      });
    },
  );
  it('that cannot be told have no badge', async () => {
    await open('/projects/p1', { [STEPS]: () => refuse(503, 'MIQ-API-018') });
    const tabs = within(await screen.findByRole('navigation', { name: 'Steps of the project' }, COLD));
    expect(tabs.getByRole('link', { name: 'Migration' })).toBeVisible();
    expect(tabs.getByRole('link', { name: 'Mapping' })).toBeVisible();
  });
});

describe('who is here', () => {
  it('is told by the server, with what they edit; gone when they leave', async () => {
    await open('/projects/p1');
    await heading('Shop to CRM');
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('project:p1');
    });
    const say = (state: unknown) => {
      FakeSocket.last?.event('project:p1', 'presence:u2', { user_id: 'u2', name: 'Ben Ito', state });
    };
    say({ step: 'mapping', table: 'customer', field: 'email' });
    expect(await screen.findByText('Ben Ito edits customer.email')).toBeVisible();
    expect(screen.getByText('Also here: Ben Ito').closest('[role=status]')).not.toBeNull();
    say({ step: 'mapping' });
    await waitFor(() => {
      expect(screen.queryByText(/edits/)).toBeNull();
    });
    say(null);
    await waitFor(() => {
      expect(screen.queryByText(/Also here/)).toBeNull();
    });
  });
  it('is not forgotten because of an answer that was under way before', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const late = new Promise((done) => {
      answer = done;
    });
    const { queries } = await open('/projects/p1', { 'GET /api/v1/projects/{project_id}/presence': () => late });
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('project:p1');
    });
    FakeSocket.last?.event('project:p1', 'presence:u2', { user_id: 'u2', name: 'Ben Ito', state: { step: 'mapping' } });
    expect(await screen.findByText('Also here: Ben Ito')).toBeVisible();
    answer({ items: [] });
    await waitFor(() => {
      expect(queries.isFetching()).toBe(0);
    });
    expect(screen.getByText('Also here: Ben Ito')).toBeVisible();
  });
  it('hears where I am, and what I edit', async () => {
    const { user } = await open('/projects/p1');
    const told = () => FakeSocket.last?.said.filter((message) => message.do === 'presence').at(-1)?.state;
    await waitFor(() => {
      expect(told()).toEqual({ step: 'overview' });
    });
    await user.click(screen.getByRole('button', { name: 'Edit' }));
    await waitFor(() => {
      expect(told()).toEqual({ step: 'overview', table: 'Shop to CRM' });
    });
  });
});

describe('who was granted a role in one project', () => {
  const READ = ALL.filter((each) => each.endsWith('.read'));
  const of = (permissions: string[]) => ({
    'GET /api/v1/projects/{project_id}': () => make('ProjectView', { project_id: 'p1', name: 'Shop', permissions }),
  });
  it('may do there what the role says', async () => {
    await open('/projects/p1?comments=all', of(['projects.read', 'projects.comment', 'projects.write']), READ);
    expect(await screen.findByLabelText('Your comment', undefined, COLD)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Edit' })).toBeVisible();
  });
  it('and no more', async () => {
    await open('/projects/p1?comments=all', of(['projects.read']), READ);
    expect(await screen.findByText('Keep the numbers?', undefined, COLD)).toBeVisible();
    expect(screen.queryByLabelText('Your comment')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  });
});

describe('comments', () => {
  it('are loading, none, failed or not to be seen', async () => {
    const first = await open(undefined, { [COMMENTS]: pending });
    const panel = await screen.findByRole('complementary', { name: 'Comments' });
    expect(panel.querySelector('.MuiSkeleton-root')).not.toBeNull();
    first.unmount();
    const second = await open(undefined, { [COMMENTS]: () => list() });
    expect(await screen.findByText('Nobody has said anything here yet.')).toBeVisible();
    second.unmount();
    const third = await open(undefined, { [COMMENTS]: () => refuse(503, 'MIQ-API-018') });
    expect(await screen.findByRole('alert')).toHaveTextContent('MIQ-API-018');
    third.unmount();
    await open(
      undefined,
      {},
      ALL.filter((each) => each !== 'projects.comment'),
    );
    expect(await screen.findByText('Keep the numbers?')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Answer' })).toBeNull();
    expect(screen.queryByLabelText('Your comment')).toBeNull();
  }, 40_000);
  it('open by keyboard, and Escape gives the focus back', async () => {
    const { user } = await open('/projects/p1');
    const button = await screen.findByRole('button', { name: 'Open comments: 1' });
    button.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('heading', { level: 2, name: 'Comments' })).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(where()).toBe('/projects/p1');
    expect(button).toHaveFocus();
  });
  it('are written on a field, by Ctrl+Enter', async () => {
    const { api, user } = await open('/projects/p1?comments=%2Fcustomer%2Femail', { [WRITE]: () => comment() });
    expect(await screen.findByText('customer.email')).toBeVisible();
    await user.type(screen.getByLabelText('Your comment'), 'Lower case?{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(api.of(WRITE)[0]?.body).toEqual({ text: 'Lower case?', field: '/customer/email' });
    });
    await waitFor(() => {
      expect(screen.getByLabelText('Your comment')).toHaveValue('');
    });
  });
  it('are answered, and lead to what they are about', async () => {
    const { api, user } = await open(undefined, {
      [COMMENTS]: () =>
        list(comment({ field: '/customer' }), comment({ comment_id: 'k2', parent_id: 'k1', text: 'Yes.' })),
      [WRITE]: () => comment(),
    });
    const replies = await screen.findByRole('list', { name: 'Answers' });
    expect(within(replies).getByText('Yes.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Answer' }));
    await user.type(screen.getByLabelText('Answer'), 'Agreed');
    await user.click(screen.getAllByRole('button', { name: 'Answer' }).at(-1) as HTMLElement);
    await waitFor(() => {
      expect(api.of(WRITE)[0]?.body).toEqual({ text: 'Agreed', parent_id: 'k1' });
    });
    await user.click(screen.getByRole('button', { name: 'Comments on customer' }));
    expect(where()).toBe('/projects/p1?comments=%2Fcustomer');
  });
  it('of oneself are changed on the version shown; a conflict is said and nothing is lost', async () => {
    const own = comment({ author_id: 'u1', author: 'Anna Keller' });
    const { api, user } = await open(undefined, {
      [COMMENTS]: () => list(own),
      [`PATCH ${ONE}`]: () => refuse(412, 'MIQ-API-009'),
    });
    const panel = within(await screen.findByRole('complementary', { name: 'Comments' }));
    await user.click(await panel.findByRole('button', { name: 'Edit' }));
    await user.type(panel.getByLabelText('Edit'), ' Really?');
    await user.click(panel.getByRole('button', { name: 'Save' }));
    expect(await panel.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    expect(panel.getByLabelText('Edit')).toHaveValue('Keep the numbers? Really?');
    expect(api.of(`PATCH ${ONE}`)[0]?.headers.get('If-Match')).toBe('"v1"');
  });
  it('of oneself are deleted, after asking', async () => {
    const { api, user } = await open(undefined, { [COMMENTS]: () => list(comment({ author_id: 'u1' })) });
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }));
    await waitFor(() => {
      expect(api.of(`DELETE ${ONE}`)[0]?.headers.get('If-Match')).toBe('"v1"');
    });
  });
  it('are resolved and reopened as they were seen; what is resolved stands elsewhere', async () => {
    let seen = comment({ resolved_at: undefined });
    const { api, user } = await open(undefined, {
      [COMMENTS]: () => list(seen),
      [`PATCH ${ONE}`]: ({ body }: { body: unknown }) => {
        const { resolved } = body as { resolved: boolean };
        const by = resolved && { resolved_at: '2026-05-04T03:02:01Z', resolved_by_name: 'Anna Keller' };
        seen = comment({ version: 2, ...by });
        return seen;
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Resolve' }));
    expect(await screen.findByText('Everything here is resolved.')).toBeVisible();
    expect(api.of(`PATCH ${ONE}`)[0]?.body).toEqual({ resolved: true });
    expect(api.of(`PATCH ${ONE}`)[0]?.headers.get('If-Match')).toBe('"v1"');
    const show = screen.getByLabelText('Threads');
    expect(
      within(show)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['Open: 0', 'Resolved: 1', 'All: 1']);
    expect(screen.getByRole('button', { name: 'Comments' })).toBeVisible();
    await user.selectOptions(show, 'resolved');
    expect(where()).toBe('/projects/p1?comments=all&threads=resolved');
    expect(await screen.findByText('Resolved')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Reopen' }));
    expect(await screen.findByText('Nothing here is resolved yet.')).toBeVisible();
    expect(api.of(`PATCH ${ONE}`)[1]?.headers.get('If-Match')).toBe('"v2"');
  });
  it('call somebody by @ and the first letters of the name, by keyboard', async () => {
    const people = [
      { user_id: 'u2', name: 'Ben Ito' },
      { user_id: 'u3', name: 'Benedikta Ruiz' },
      { user_id: 'u4', name: 'Clara Bens' },
    ];
    const { api, user } = await open(undefined, {
      [WRITE]: () => comment({ text: 'Ask @Ben Ito please.', mentions: [people[0]] }),
      'GET /api/v1/projects/{project_id}/people': () => ({ items: people }),
    });
    const text = await screen.findByLabelText('Your comment');
    await user.type(text, 'Ask @be');
    const found = await screen.findByRole('listbox', { name: 'People' });
    expect(
      within(found)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(people.map(({ name }) => name));
    expect(screen.getByText(/^People found: 3/)).toBeInTheDocument();
    await user.keyboard('{ArrowDown}');
    expect(text).toHaveAttribute('aria-activedescendant', within(found).getByRole('option', { selected: true }).id);
    expect(within(found).getByRole('option', { selected: true })).toHaveTextContent('Benedikta Ruiz');
    await user.keyboard('{ArrowUp}{Enter}');
    expect(text).toHaveValue('Ask @Ben Ito ');
    await waitFor(() => {
      expect(text).toHaveFocus();
    });
    await user.keyboard('please. @be{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(where()).toBe('/projects/p1?comments=all');
    await user.keyboard('{Backspace}{Backspace}{Backspace}{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(api.of(WRITE)[0]?.body).toEqual({ text: 'Ask @Ben Ito please.', mentions: ['u2'] });
    });
  });
  it('show whom they call', async () => {
    const text = 'Ask @Ben Ito, not @Clara.';
    await open(undefined, {
      [COMMENTS]: () => list(comment({ text, mentions: [{ user_id: 'u2', name: 'Ben Ito' }] })),
    });
    expect((await screen.findByText('@Ben Ito')).tagName).toBe('STRONG');
  });
  it('of others arrive by themselves', async () => {
    let all = [comment()];
    await open(undefined, { [COMMENTS]: () => list(...all) });
    await screen.findByText('Keep the numbers?');
    all = [...all, comment({ comment_id: 'k2', text: 'And the names?' })];
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('project:p1');
    });
    FakeSocket.last?.event('project:p1', 'comment.created', { comment_id: 'k2' });
    expect(await screen.findByText('And the names?')).toBeVisible();
  });
  it('stand at names with any sign in them', () => {
    expect(anchorOf('a/b', 'c~d')).toBe('/a~1b/c~0d');
    expect(nameOf('/a~1b/c~0d')).toBe('a/b.c~d');
    expect(nameOf('/mappings/0/columns/3')).toBe('/mappings/0/columns/3');
  });
});
