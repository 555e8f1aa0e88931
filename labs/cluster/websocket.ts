import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** Un mensaje del cliente, ya sin su máscara. */
export type Received = { kind: 'data'; data: Buffer } | { kind: 'ping'; data: Buffer } | { kind: 'close' };

/** La cabecera con que se acepta un WebSocket. */
export const acceptKey = (key: string): string => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** Un mensaje del servidor: en una sola pieza y sin máscara. RFC 6455 §5.2. */
export function frame(opcode: 'binary' | 'close' | 'pong', data: Uint8Array): Buffer {
  const head = Buffer.alloc(data.length < 126 ? 2 : data.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | { binary: 2, close: 8, pong: 10 }[opcode];
  if (data.length < 126) head[1] = data.length;
  else if (data.length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(data.length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(data.length), 2);
  }
  return Buffer.concat([head, data]);
}

/** Nadie manda de una vez más que esto por la entrada de una orden. */
const longest = 16 * 1024 * 1024;

/** Lee los mensajes del cliente según llegan; los que vienen en trozos se entregan enteros. Un marco que no vale corta la conexión. */
export function readFrames(socket: Duplex, onMessage: (message: Received) => void): void {
  let pending = Buffer.alloc(0);
  let parts: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let next = cut(pending); next; next = cut(pending)) {
      if (next === 'invalid') return void socket.destroy();
      pending = pending.subarray(next.length);
      const { opcode, isLast, data } = next;
      if (opcode === 8) onMessage({ kind: 'close' });
      else if (opcode === 9) onMessage({ kind: 'ping', data });
      else if (opcode <= 2) {
        parts.push(data);
        if (!isLast) continue;
        onMessage({ kind: 'data', data: Buffer.concat(parts) });
        parts = [];
      }
    }
  });
}

interface Frame {
  length: number;
  opcode: number;
  isLast: boolean;
  data: Buffer;
}

/** El primer marco entero, si ya ha llegado. */
function cut(buffer: Buffer): Frame | 'invalid' | undefined {
  if (buffer.length < 2) return undefined;
  const [first = 0, second = 0] = buffer;
  // Lo que manda un cliente va siempre con máscara.
  if (!(second & 0x80)) return 'invalid';
  const short = second & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (buffer.length < head + 4) return undefined;
  const size = short < 126 ? short : short === 126 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2));
  if (size > longest) return 'invalid';
  const start = head + 4;
  if (buffer.length < start + size) return undefined;
  const mask = buffer.subarray(head, start);
  const data = Buffer.from(buffer.subarray(start, start + size));
  for (let index = 0; index < data.length; index++) data[index] = (data[index] ?? 0) ^ (mask[index % 4] ?? 0);
  return { length: start + size, opcode: first & 0x0f, isLast: (first & 0x80) !== 0, data };
}
