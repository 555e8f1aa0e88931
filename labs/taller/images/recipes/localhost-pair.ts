import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

/**
 * Certificado de `localhost` y su clave, siempre los mismos: la imagen que los lleva tiene que salir igual cada vez.
 * No protegen nada; las pruebas los piden como archivos o los usan para hablar TLS consigo mismas.
 */
export function localhostPair(): { certificate: string; key: string } {
  const seed = createHash('sha256').update('localhost del taller').digest();
  // PKCS #8 de una clave Ed25519: una cabecera fija y los 32 bytes. Sigue a RFC 8410.
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const algorithm = der(0x30, der(0x06, [0x2b, 0x65, 0x70]));
  const name = der(0x30, der(0x31, der(0x30, der(0x06, [0x55, 0x04, 0x03]), der(0x0c, [...Buffer.from('localhost')]))));
  const validity = der(0x30, time('20260101000000Z'), time('21260101000000Z'));
  const alternatives = der(0x30, der(0x06, [0x55, 0x1d, 0x11]), der(0x04, der(0x30, der(0x82, [...Buffer.from('localhost')]), der(0x87, [127, 0, 0, 1]))));
  const isAuthority = der(0x30, der(0x06, [0x55, 0x1d, 0x13]), der(0x01, [0xff]), der(0x04, der(0x30, der(0x01, [0xff]))));
  const extensions = der(0xa3, der(0x30, alternatives, isAuthority));
  const body = der(0x30, der(0xa0, der(0x02, [2])), der(0x02, [1]), algorithm, name, validity, name, [...spki], extensions);
  const signature = der(0x03, [0, ...sign(null, Buffer.from(body), key)]);
  const text = Buffer.from(der(0x30, body, algorithm, signature))
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return { certificate: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`, key: String(key.export({ format: 'pem', type: 'pkcs8' })) };
}

/** Un valor de ASN.1 en DER: etiqueta, longitud y contenido. */
function der(tag: number, ...parts: readonly (readonly number[])[]): number[] {
  const content = parts.flat();
  if (content.length < 128) return [tag, content.length, ...content];
  return [tag, 0x82, content.length >> 8, content.length & 0xff, ...content];
}

/** GeneralizedTime si pasa de 2050, como pide RFC 5280; antes, UTCTime con dos cifras de año. */
const time = (when: string): number[] => (when < '2050' ? der(0x17, [...Buffer.from(when.slice(2))]) : der(0x18, [...Buffer.from(when)]));
