import { Button } from '@mantine/core';

interface FormEndProps {
  readonly form: { readonly notice: string | null; readonly sending: boolean };
  /** What the button does. */
  readonly children: string;
}

/** How a form of the gate ends: what went wrong, and the one button. */
export function FormEnd({ form, children }: FormEndProps) {
  return (
    <>
      {form.notice === null ? null : (
        <p className="trouble" role="alert">
          {form.notice}
        </p>
      )}
      <Button type="submit" fullWidth size="md" loading={form.sending}>
        {children}
      </Button>
    </>
  );
}
