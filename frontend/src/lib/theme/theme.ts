import { alpha, createTheme, type ThemeOptions } from '@mui/material/styles';
import { tokens } from './tokens';

declare module '@mui/material/styles' {
  interface Palette {
    altered: Palette['primary'];
    sunken: string;
    diff: { added: string; removed: string };
  }
  interface PaletteOptions {
    altered?: PaletteOptions['primary'];
    sunken?: string;
    diff?: { added: string; removed: string };
  }
}

function paletteOf(scheme: 'light' | 'dark') {
  const colour = tokens[scheme];
  const contrastText = scheme === 'light' ? '#ffffff' : '#10131a';
  const status = (main: string) => ({ main, light: main, dark: main, contrastText });
  return {
    primary: { ...status(colour.accent), contrastText: colour.accentText },
    secondary: status(colour.quiet),
    success: status(colour.success),
    warning: status(colour.warning),
    error: status(colour.error),
    info: status(colour.info),
    altered: status(colour.altered),
    text: { primary: colour.text, secondary: colour.quiet },
    background: { default: colour.ground, paper: colour.raised },
    divider: colour.line,
    sunken: colour.sunken,
    diff: { added: alpha(colour.success, 0.12), removed: alpha(colour.error, 0.12) },
    action: { hover: alpha(colour.text, 0.05), selected: alpha(colour.accent, 0.12) },
  };
}

const components: ThemeOptions['components'] = {
  MuiCssBaseline: {
    styleOverrides: {
      html: { fontSize: '87.5%', scrollbarGutter: 'stable' },
      body: { fontVariantNumeric: 'tabular-nums' },
      'code, pre, .code': { fontFamily: tokens.code, fontSize: '0.9286rem' },
      ':focus-visible': { outline: '2px solid var(--miq-palette-primary-main)', outlineOffset: 1 },
      // Paper: what is read, not what is pressed, and no ink for the ground.
      '@media print': {
        'nav, header, .skip, button, .MuiButton-root, [role=search]': { display: 'none !important' },
        'main tr': { breakInside: 'avoid' },
        'main td, main th': { height: '26px !important', paddingBlock: '1px !important' },
        '*': { color: '#000 !important', background: 'transparent !important' },
      },
      '@media (prefers-reduced-motion: reduce)': {
        '*, *::before, *::after': { animation: 'none !important', transition: 'none !important' },
      },
    },
  },
  MuiButtonBase: { defaultProps: { disableRipple: true } },
  MuiButton: {
    defaultProps: { disableElevation: true },
    styleOverrides: { root: { textTransform: 'none', fontWeight: 550, minHeight: 32 } },
  },
  MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiTooltip: { defaultProps: { enterDelay: 400 } },
  MuiTableCell: {
    styleOverrides: {
      root: ({ theme }) => ({
        padding: '4px 12px',
        '& .MuiButton-sizeSmall': { minHeight: 28 },
        height: 36,
        fontSize: '1rem',
        lineHeight: 1.4,
        borderColor: theme.vars?.palette.divider,
        [theme.breakpoints.down('sm')]: { paddingInline: 8 },
        '&:first-of-type': { paddingInlineStart: 16 },
        '&:last-of-type': { paddingInlineEnd: 16 },
        'tbody tr:last-of-type &': { borderBlockEnd: 'none' },
      }),
      head: ({ theme }) => ({ color: theme.vars?.palette.text.secondary, fontWeight: 550, whiteSpace: 'nowrap' }),
    },
  },
  MuiDialog: { defaultProps: { transitionDuration: 120 } },
  MuiDialogTitle: { styleOverrides: { root: { fontSize: '1.2rem', fontWeight: 600 } } },
  MuiMenu: { defaultProps: { transitionDuration: 80 } },
  MuiTab: { styleOverrides: { root: { textTransform: 'none', minHeight: 40, fontWeight: 550 } } },
  MuiTabs: { styleOverrides: { root: { minHeight: 40 } } },
  MuiLink: { defaultProps: { underline: 'hover' } },
  MuiOutlinedInput: { styleOverrides: { input: { padding: '8px 12px', height: '1.4em' }, multiline: { padding: 0 } } },
  MuiChip: { styleOverrides: { root: { borderRadius: 6 } } },
};

const outlined: ThemeOptions['components'] = {
  MuiDialog: {
    ...components.MuiDialog,
    styleOverrides: { paper: ({ theme }) => ({ border: `1px solid ${theme.vars?.palette.divider ?? ''}` }) },
  },
  MuiMenu: {
    ...components.MuiMenu,
    styleOverrides: { paper: ({ theme }) => ({ border: `1px solid ${theme.vars?.palette.divider ?? ''}` }) },
  },
};

export const makeTheme = (direction: 'ltr' | 'rtl') =>
  createTheme({
    direction,
    cssVariables: { colorSchemeSelector: 'data-theme', cssVarPrefix: 'miq' },
    colorSchemes: { light: { palette: paletteOf('light') }, dark: { palette: paletteOf('dark') } },
    shape: { borderRadius: 6 },
    spacing: 4,
    transitions: { duration: { shortest: 80, shorter: 100, short: 120, standard: 140, complex: 140 } },
    typography: {
      fontFamily: tokens.text,
      htmlFontSize: 14,
      fontSize: 14,
      body1: { fontSize: '1rem', lineHeight: 1.5 },
      body2: { fontSize: '0.9286rem', lineHeight: 1.5 },
      h1: { fontSize: '1.4286rem', fontWeight: 620, lineHeight: 1.3 },
      h2: { fontSize: '1.1429rem', fontWeight: 600, lineHeight: 1.4 },
      h3: { fontSize: '1rem', fontWeight: 600, lineHeight: 1.4 },
    },
    components: { ...components, ...outlined },
  });
