/** "Anna Keller" of "Anna Keller <anna@example.com>", as versions name their authors. */
export const nameOf = (author: string) => author.replace(/\s*<[^<>]*>$/, '') || author;
