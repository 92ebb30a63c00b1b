import { i18n } from '@lingui/core';
import { useState } from 'react';
import type { Refusal } from '#contract/errors.ts';
import { limits } from '#contract/limits.ts';
import { Name } from '#contract/text.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { LanguageSelect } from '#web/ui/language-select.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import type { CodePage } from './code-page-model.ts';
import * as css from './code-screen.module.css';
import { Form, nameTrouble } from './entrance-forms.tsx';

interface NameDialogProps {
  readonly page: CodePage;
  readonly name: string;
  readonly onClose: () => void;
  /** The page speaks another language now. */
  readonly onSwitched: () => void;
}

/** Changes the display name of this device; what was said before keeps the name it was said under. */
export function NameDialog({ page, name: before, onClose, onSwitched }: NameDialogProps) {
  const [name, setName] = useState(before);
  const [state, setState] = useState<{ busy: boolean; refusal: Refusal | null }>({ busy: false, refusal: null });
  const save = async () => {
    if (!Name.safeParse(name).success) return;
    setState({ busy: true, refusal: null });
    const refusal = await page.giveName(name);
    if (refusal === null) onClose();
    else setState({ busy: false, refusal });
  };
  return (
    <Dialog title={i18n._('Change your name')} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <TextField
          label={i18n._('Your name')}
          hint={i18n._('The service team sees it.')}
          value={name}
          onChange={setName}
          maxLength={limits.nameLength}
          autoComplete="name"
          error={nameTrouble(name, state.refusal)}
        />
        <Button kind="primary" submit wide busy={state.busy}>
          {i18n._('Save')}
        </Button>
      </Form>
      <div className={css.language}>
        <LanguageSelect onSwitched={onSwitched} />
      </div>
    </Dialog>
  );
}
