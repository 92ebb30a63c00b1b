import * as access from '#contract/access/http.ts';
import { changePolicies, type Policies, readPolicies } from '#contract/access/policies.ts';
import * as calls from '#contract/direct-call/http.ts';
import type { SessionId } from '#contract/ids.ts';
import { type Client, type Ear, newRequestId } from './client.ts';

/** A page of the desk, opened by somebody who does something on it. */
export async function openDesk(member: Client): Promise<Ear> {
  const desk = await member.connect();
  await desk.ask('watch', {});
  await desk.ask('active', {});
  return desk;
}

/** Switches direct calls on, for the organization and for one code. */
export async function allowCalls(
  admin: Client,
  codeId: string,
  more: { readonly ringSeconds?: number; readonly officeHours?: Policies['officeHours'] } = {},
): Promise<void> {
  const policies = await admin.get(readPolicies);
  const { ringSeconds = 45, officeHours = policies.officeHours } = more;
  const changed: Policies = { ...policies, directCall: { enabled: true, ringSeconds }, officeHours };
  await admin.get(changePolicies, { body: { requestId: newRequestId(), policies: changed } });
  await admin.get(access.updateCode, { params: { codeId }, body: { requestId: newRequestId(), directCall: true } });
}

/** A customer calls. */
export async function call(customer: Client, codeId: string): Promise<SessionId> {
  const started = { params: { codeId }, body: { requestId: newRequestId() } };
  return (await customer.get(calls.startDirectCall, started)).sessionId;
}
