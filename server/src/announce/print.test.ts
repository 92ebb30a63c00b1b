import { expect, test } from 'vitest';
import { type News, newsLines } from './print.ts';

const news: News = {
  local: 'http://localhost:8080',
  phone: 'https://192.168.1.20:8443',
  selfSigned: true,
  setup: 'http://localhost:8080/setup/abc',
  demo: null,
};

test('a first start tells where to go, what the phone will say, and the set-up link', async () => {
  const text = (await newsLines(news, false)).join('\n');
  expect(text).toContain('On this computer:  http://localhost:8080');
  expect(text).toContain('Phones in the same network:  https://192.168.1.20:8443');
  expect(text).toContain('Your connection is not private');
  expect(text).toContain('Continue to 192.168.1.20');
  expect(text).toContain('http://localhost:8080/setup/abc');
  expect(text).toContain('█▀▀▀▀▀█');
});

test('a later start with a real certificate tells neither', async () => {
  const text = (
    await newsLines({ ...news, phone: 'https://help.example.org', selfSigned: false, setup: null }, false)
  ).join('\n');
  expect(text).not.toContain('not private');
  expect(text).not.toContain('/setup/');
});

test('without a network there is no code to scan', async () => {
  const text = (await newsLines({ ...news, phone: null }, true)).join('\n');
  expect(text).toContain('No address for phones');
  expect(text).not.toContain('▀');
});

test('the demo tells its logins and a code to scan', async () => {
  const demo = {
    logins: [{ name: 'Anna', email: 'anna@demo.example', password: 'p4ssword' }],
    codeName: 'Press 7',
    codeUrl: 'https://192.168.1.20:8443/c/abc',
  };
  const text = (await newsLines({ ...news, setup: null, demo }, false)).join('\n');
  expect(text).toContain('anna@demo.example');
  expect(text).toContain('p4ssword');
  expect(text).toContain('https://192.168.1.20:8443/c/abc');
});
