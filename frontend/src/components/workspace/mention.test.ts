import { describe, expect, it } from 'vitest';
import { askedAt, completed, fitting, mentionedIn, partsOf } from './mention';

const ana = { user_id: 'u1', name: 'Ana' };
const maria = { user_id: 'u2', name: 'Ana María' };
const ben = { user_id: 'u3', name: 'Ben Ito' };
const all = [ana, maria, ben];

describe('a name that is being written', () => {
  it.each([
    ['@', { from: 0, query: '' }],
    ['Ask @be', { from: 4, query: 'be' }],
    ['(@Ana Ma', { from: 1, query: 'Ana Ma' }],
    ['ana@example.com', undefined],
    ['Ask @ben about the other columns', undefined],
    ['no sign', undefined],
  ])('%s', (text, asked) => {
    expect(askedAt(text, text.length)).toEqual(asked);
  });
  it('is found by its beginning or that of a word, accents aside', () => {
    expect(fitting(all, 'ana')).toEqual([ana, maria]);
    expect(fitting(all, 'mari')).toEqual([maria]);
    expect(fitting(all, 'ito')).toEqual([ben]);
    expect(fitting(all, 'x')).toEqual([]);
  });
  it('is written out where it stands', () => {
    const text = 'Ask @be today';
    expect(completed(text, { from: 4, query: 'be' }, ben)).toEqual({ text: 'Ask @Ben Ito today', caret: 13 });
  });
});

describe('a text', () => {
  it('calls the one with the longest name that stands there, each once', () => {
    expect(mentionedIn('@Ana María and @Ben Ito, @Ben Ito', all)).toEqual(['u2', 'u3']);
    expect(mentionedIn('nobody@example.com', all)).toEqual([]);
  });
  it('stays as it is in parts', () => {
    const text = 'Ask @Ana or @Zoe.';
    expect(partsOf(text, all)).toEqual([{ text: 'Ask ' }, { text: '@Ana', person: ana }, { text: ' or @Zoe.' }]);
    expect(partsOf(text, [])).toEqual([{ text }]);
  });
});
