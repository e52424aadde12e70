/** Keeps its own direction amid text of the other, where no element can stand: the options of a choice, titles. */
export const isolated = (text: string) => `\u2068${text}\u2069`;
