import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** The accent. Shade 8 carries white text on light ground (5.9:1), shade 4 carries black text on dark ground. */
const teal: MantineColorsTuple = [
  '#e6f6f8',
  '#c9ecf1',
  '#99dfe8',
  '#66d3e0',
  '#3bc9db',
  '#5cd5e4',
  '#15aabf',
  '#1098ad',
  '#0b7285',
  '#095d6d',
];
const gray: MantineColorsTuple = [
  '#f6f8f8',
  '#eff2f3',
  '#e4e8ea',
  '#d5dbde',
  '#b9c2c7',
  '#79858c',
  '#566269',
  '#434e54',
  '#2b3439',
  '#171d20',
];
const dark: MantineColorsTuple = [
  '#e4e9eb',
  '#b9c3c8',
  '#9aa6ad',
  '#76838a',
  '#323c41',
  '#262e32',
  '#1d2427',
  '#14191c',
  '#0f1416',
  '#0a0e10',
];
const red: MantineColorsTuple = [
  '#fdecec',
  '#fad7d7',
  '#f4b3b3',
  '#f08c8c',
  '#ff8787',
  '#fa5252',
  '#e03131',
  '#c92a2a',
  '#b42323',
  '#8f1c1c',
];
const green: MantineColorsTuple = [
  '#e8f6ec',
  '#cfecd8',
  '#a5dbb6',
  '#75c98f',
  '#5fc380',
  '#40b367',
  '#2f9e54',
  '#2b8a4b',
  '#20703c',
  '#18562e',
];

/** Mantine with Sightglass' colours, sizes and habits. Colour schemes follow the system. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 8, dark: 4 },
  // Mantine picks the text on a filled ground without knowing the scheme; here each scheme has its own.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    if (input.variant !== 'filled') return colors;
    if (input.color === 'red') return { ...colors, background: '#c92a2a', hover: '#b42323', color: '#fff' };
    return { ...colors, color: 'var(--d-on-accent)' };
  },
  colors: { teal, gray, dark, red, green },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.35' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '14px' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  headings: { fontWeight: '620' },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 32, color: 'gray' } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'xl',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.36 },
        transitionProps: { transition: 'fade-up', duration: 140 },
        closeButtonProps: { size: 32 },
      },
    },
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'md',
        radius: 'lg',
        transitionProps: { duration: 100 },
      },
    },
    Select: { defaultProps: { comboboxProps: { shadow: 'md', transitionProps: { duration: 100 } } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, events: { hover: true, focus: true, touch: false } } },
  },
});

/** What the theme object cannot say: readable greys in both schemes. */
export const cssVariables: CSSVariablesResolver = (of) => ({
  variables: {},
  light: {
    '--mantine-color-text': '#171d20',
    '--mantine-color-dimmed': '#566269',
    '--mantine-color-placeholder': '#6a767d',
    '--mantine-color-error': of.colors.red[7] ?? '#c92a2a',
    '--mantine-color-default-border': '#d5dbde',
    '--mantine-color-anchor': of.colors['teal']?.[8] ?? '#0b7285',
  },
  dark: {
    '--mantine-color-text': '#e4e9eb',
    '--mantine-color-dimmed': '#9aa6ad',
    '--mantine-color-placeholder': '#8a969d',
    '--mantine-color-error': of.colors.red[4] ?? '#ff8787',
    '--mantine-color-default-border': '#323c41',
    '--mantine-color-anchor': of.colors['teal']?.[4] ?? '#3bc9db',
  },
});
