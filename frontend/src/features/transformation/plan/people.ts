/** "Anna Keller" of "Anna Keller <anna@example.com>", as versions of older servers name their authors. */
export const nameOf = (author: string) => author.replace(/\s*<[^<>]*>$/, '') || author;
