import { expect, test } from '@playwright/test';
import { type Coturn, startCoturn } from './call-lab/coturn.ts';
import { expectMovingPicture, expectSound, routesInUse } from './harness/media.ts';
import { CUSTOMER, EXPERT, meet, type Scene, setScene } from './harness/scene.ts';

const SECRET = 'a secret that only relay and server know';
const PORT = 34_790;

let scene: Scene;
let relay: Coturn;
test.beforeAll(async () => {
  relay = await startCoturn(SECRET, PORT);
  scene = await setScene({ environment: { TURN_URLS: relay.url, TURN_SECRET: SECRET } });
});
test.afterAll(async () => {
  await scene.end();
  await relay.stop();
});

test('A1 where no direct way leads through, the call goes over the TURN relay with the credentials of the server', async () => {
  for (const { context } of [scene.expert, scene.customer]) {
    await context.addInitScript(() => {
      // As in a network that lets nothing through but the relay.
      const Native = window.RTCPeerConnection;
      window.RTCPeerConnection = class extends Native {
        constructor(configuration?: RTCConfiguration) {
          super({ ...configuration, iceTransportPolicy: 'relay' });
        }
        override setConfiguration(configuration: RTCConfiguration): void {
          super.setConfiguration({ ...configuration, iceTransportPolicy: 'relay' });
        }
      };
    });
  }
  const { sessionId } = await scene.newSession('Far away');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await expectMovingPicture(phone, EXPERT, 'expert');
  await expectSound(desk);
  await expectSound(phone);
  for (const page of [desk, phone]) {
    const routes = await routesInUse(page);
    expect(routes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(routes)).toEqual(new Set(['relay']));
  }
});
