const MIN_WIDTH = { sm: 600, md: 900 };

/** For who does not see only. */
export const visuallyHidden = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
};

/** On narrow screens only for who does not see. */
export const visuallyHiddenBelow = (size: keyof typeof MIN_WIDTH) => ({
  [`@media (max-width: ${String(MIN_WIDTH[size] - 0.05)}px)`]: visuallyHidden,
});

/** On wide screens only for who does not see. */
export const visuallyHiddenFrom = (size: keyof typeof MIN_WIDTH) => ({
  [`@media (min-width: ${String(MIN_WIDTH[size])}px)`]: visuallyHidden,
});
