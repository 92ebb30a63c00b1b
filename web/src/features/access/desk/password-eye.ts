import { i18n } from '@lingui/core';

/** The button that shows a password: reachable by keyboard, with a name, large enough. */
export const passwordEye = () => ({
  visibilityToggleButtonProps: { 'aria-label': i18n._('Show the password'), tabIndex: 0, size: 32 },
});
