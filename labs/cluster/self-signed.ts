import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. Es su propia autoridad: quien se conecte debe recibirlo. */
  cert: string;
  key: string;
}

/**
 * Un certificado para `127.0.0.1` y `localhost`, con clave nueva, que vive lo que el proceso. kubectl solo manda su token por TLS
 * (client-go: tools/clientcmd/client_config.go, «only try to read the auth information if we are secure»), y Node sabe firmar pero no
 * escribir X.509: aquí están los pocos campos que hacen falta, en DER.
 */
export function createSelfSigned(now: number): Certificate {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const name = sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from('maqueta')))));
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    // Ni cero ni negativo: hay clientes que lo rechazan.
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    algorithm,
    name,
    sequence(utcTime(now - day), utcTime(now + 365 * day)),
    name,
    publicKey,
    tlv(
      0xa3,
      sequence(
        extension('2.5.29.19', sequence(tlv(0x01, Buffer.from([0xff])))),
        // digitalSignature y keyCertSign.
        extension('2.5.29.15', tlv(0x03, Buffer.from([2, 0x84]))),
        extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
        extension('2.5.29.17', sequence(tlv(0x82, Buffer.from('localhost')), tlv(0x87, Buffer.from([127, 0, 0, 1])))),
        extension('2.5.29.14', tlv(0x04, createHash('sha256').update(publicKey).digest().subarray(0, 20))),
      ),
    ),
  );
  const signature = sign('sha256', body, privateKey);
  const der = sequence(body, algorithm, tlv(0x03, Buffer.from([0]), signature));
  return { cert: pem(der), key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}

const day = 86_400_000;

function tlv(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: readonly Buffer[]): Buffer => tlv(0x30, ...contents);

const integer = (value: Buffer): Buffer => tlv(0x02, value);

const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), tlv(0x04, value));

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tlv(0x06, Buffer.from(bytes));
}

/** `261120090000Z` */
const utcTime = (instant: number): Buffer => tlv(0x17, Buffer.from(`${new Date(instant).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));

const pem = (der: Buffer): string => `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
