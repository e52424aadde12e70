/** Text as the plan writes it: numbers as numbers. */
export const scalarOf = (text: string): string | number =>
  /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : text.trim();

/** Several names in one field. */
export const namesOf = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
