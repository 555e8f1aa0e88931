import { expect, test } from 'vitest';
import { components } from '../taller/build/components.ts';
import { battery, isSerial, shortName } from './battery.ts';

test('la batería es de la misma versión que el Kubernetes del taller', () => {
  const versions = components.filter(({ name }) => name === 'e2e' || name === 'hyper').map(({ version }) => version);
  expect(versions).toEqual([battery.version, battery.version]);
});

test('el filtro elige las pruebas de conformidad de los controladores, y ninguna otra', () => {
  const focus = new RegExp(battery.focus);
  expect(focus.test('[sig-apps] Daemon set should run and stop simple daemon [Conformance] [Serial]')).toBe(true);
  expect(focus.test('[sig-apps] Job should run [Conformance]')).toBe(false);
  expect(focus.test('[sig-apps] Deployment should eventually progress')).toBe(false);
});

test('el nombre se lee sin las etiquetas', () => {
  const name = '[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic] should have a working scale subresource [Conformance]';
  expect(shortName(name)).toBe('StatefulSet Basic StatefulSet functionality should have a working scale subresource');
  expect([isSerial(name), isSerial('[sig-apps] Daemon set [Serial]')]).toEqual([false, true]);
});
