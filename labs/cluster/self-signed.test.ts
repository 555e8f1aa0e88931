import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createSelfSigned } from './self-signed.ts';

let server: https.Server | undefined;
afterEach(() => void server?.close());

test('dice para quién vale, hasta cuándo, y se firma a sí mismo', () => {
  const { cert } = createSelfSigned(Date.parse('2026-11-20T09:00:00Z'));
  const read = new X509Certificate(cert);
  expect({ subject: read.subject, names: read.subjectAltName, from: read.validFrom, to: read.validTo, ca: read.ca, use: read.keyUsage }).toEqual({
    subject: 'CN=maqueta',
    names: 'DNS:localhost, IP Address:127.0.0.1',
    from: 'Nov 19 09:00:00 2026 GMT',
    to: 'Nov 20 09:00:00 2027 GMT',
    ca: true,
    use: ['1.3.6.1.5.5.7.3.1'],
  });
  expect(read.verify(read.publicKey)).toBe(true);
});

test('dos certificados no comparten ni clave ni número de serie', () => {
  const [one, other] = [createSelfSigned(0), createSelfSigned(0)];
  expect(one.key).not.toBe(other.key);
  expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(other.cert).serialNumber);
});

test.each(['127.0.0.1', 'localhost'])('un cliente que lo tiene por autoridad se fía de %s sin desactivar nada', async (host) => {
  const certificate = createSelfSigned(Date.now());
  server = https.createServer(certificate, (_, response) => response.end('hola'));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = (ca: string) =>
    new Promise<string>((resolve, reject) => {
      https
        .get({ host, port, ca, agent: false, lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) }, async (response) => {
          let body = '';
          for await (const chunk of response) body += chunk;
          resolve(body);
        })
        .on('error', reject);
    });
  expect(await ask(certificate.cert)).toBe('hola');
  await expect(ask(createSelfSigned(Date.now()).cert)).rejects.toThrow(/self-signed certificate|certificate/);
});
