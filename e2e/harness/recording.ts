import { expect, type Page } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import { changePolicies, defaultPolicies, type Policies } from '#contract/access/policies.ts';
import type { SessionId } from '#contract/ids.ts';
import { listSessionRecordings, type Recording } from '#contract/recording/http.ts';
import { askAs } from './api.ts';
import { type LaunchOptions, launch, type Person } from './browsers.ts';
import type { Scene } from './scene.ts';

/** The red mark in the status bar, or what stands there before; by its words. */
export const markOf = (page: Page) => page.getByRole('button', { name: 'more about the recording' });
export const recordButton = (page: Page) =>
  page.getByRole('button', { name: 'Record the session' }).locator('visible=true');

/** The question, in the language of that person's page. */
export const questionOn = (page: Page) =>
  page.getByRole('dialog', { name: /Darf .* diese Sitzung aufzeichnen\?|May .* record this session\?/ });

/** Answers it, once the page takes answers. */
export async function answer(page: Page, name: string | RegExp): Promise<void> {
  const question = questionOn(page);
  await expect(question).toBeVisible();
  await expect(async () => {
    if (await question.isVisible()) await question.getByRole('button', { name }).click({ timeout: 1000 });
    // It takes no answer right after it has come up; one that is too early is given again.
    await expect(question).toBeHidden({ timeout: 150 });
  }).toPass({ intervals: [50] });
}

/** The mark is red and says that it records; its time has come this far, s. */
export async function expectRecording(page: Page, seconds = 1): Promise<void> {
  await expect(markOf(page)).toContainText('Recording');
  await expect(markOf(page)).toHaveCSS('background-color', 'rgb(224, 49, 49)');
  await expect.poll(() => recordedSeconds(page), { timeout: 30_000, intervals: [100] }).toBeGreaterThanOrEqual(seconds);
}

export async function recordedSeconds(page: Page): Promise<number> {
  const shown = await markOf(page).getByRole('timer').textContent();
  const [minutes = 0, seconds = 0] = (shown ?? '').split(':').map(Number);
  return minutes * 60 + seconds;
}

/** The session's newest recording, once it has come so far. */
export async function recordingOf(scene: Scene, sessionId: SessionId, state: Recording['state']): Promise<Recording> {
  let found: Recording | undefined;
  await expect
    .poll(
      async () => {
        const params = { sessionId };
        const { recordings } = await askAs(scene.expert.context, scene.product.origin, listSessionRecordings, {
          params,
        });
        found = recordings.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1);
        return found?.state;
      },
      { timeout: 60_000, intervals: [150] },
    )
    .toBe(state);
  if (found === undefined) throw new Error('nothing was recorded');
  return found;
}

/** Decides as the admin would on the page Privacy. */
export async function decide(scene: Scene, change: Partial<Policies['recording']>): Promise<void> {
  const policies = { ...defaultPolicies, recording: { ...defaultPolicies.recording, ...change } };
  await askAs(scene.expert.context, scene.product.origin, changePolicies, { body: { policies } });
}

/** One more employee with a browser of their own. */
export async function colleague(scene: Scene, name: string, options: LaunchOptions = {}): Promise<Person> {
  const { origin } = scene.product;
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const { link } = await askAs(scene.expert.context, origin, access.invite, { body: { email, role: 'expert' } });
  const person = await launch('expert', { ...options });
  const secret = link.split('/').at(-1) ?? '';
  const body = { name, password: 'correct horse battery' };
  await askAs(person.context, origin, access.acceptInvitation, { params: { secret }, body });
  return person;
}

/** Lets somebody record, as the admin would on the page Members. */
export async function letRecord(scene: Scene, name: string): Promise<void> {
  const { context } = scene.expert;
  const { origin } = scene.product;
  const { members } = await askAs(context, origin, access.listMembers);
  const memberId = members.find((one) => one.name === name)?.id ?? '';
  await askAs(context, origin, access.updateMember, { params: { memberId }, body: { mayRecord: true } });
}
