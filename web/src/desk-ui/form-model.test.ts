import { expect, test } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { createForm } from './form-model.ts';

function formWith(answers: Outcome<string>[]) {
  const sent: { values: unknown; requestId: string }[] = [];
  const done: string[] = [];
  let ids = 0;
  const form = createForm<'name' | 'email', string>({
    initial: { name: '', email: '' },
    check: ({ name }) => (name === '' ? { name: 'Give a name.' } : {}),
    async send(values, requestId) {
      sent.push({ values, requestId });
      return answers.shift() ?? accepted('done');
    },
    words: (refusal) => (refusal.code === 'email-taken' ? { field: 'email', text: 'Taken.' } : { text: 'Trouble.' }),
    done: (reply) => done.push(reply),
    newRequestId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  });
  return { form, sent, done };
}

test('nothing is sent while a field is wrong; mending it takes its words away', async () => {
  const { form, sent } = formWith([]);
  expect(await form.submit()).toBe('name');
  expect(form.state.get().errors).toEqual({ name: 'Give a name.' });
  form.change('name', 'Ada');
  expect(form.state.get().errors).toEqual({});
  expect(sent).toEqual([]);
});

test('the same values are sent with the same request id, others with another', async () => {
  const { form, sent } = formWith([refused('unavailable'), accepted('done')]);
  form.change('name', 'Ada');
  await form.submit();
  expect(form.state.get().notice).toBe('Trouble.');
  await form.submit();
  expect(sent[0]?.requestId).toBe(sent[1]?.requestId);
  await form.submit();
  expect(sent[2]?.requestId).not.toBe(sent[1]?.requestId);
});

test('a refusal stands beside its field', async () => {
  const { form, done } = formWith([refused('email-taken')]);
  form.change('name', 'Ada');
  expect(await form.submit()).toBe('email');
  expect(form.state.get()).toMatchObject({ errors: { email: 'Taken.' }, notice: null, sending: false });
  expect(done).toEqual([]);
});

test('a second press while sending does nothing', async () => {
  const { form, sent, done } = formWith([]);
  form.change('name', 'Ada');
  await Promise.all([form.submit(), form.submit()]);
  expect(sent).toHaveLength(1);
  expect(done).toEqual(['done']);
});
