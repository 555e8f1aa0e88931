import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';

export interface WatchLine {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: Record<string, unknown>;
}

/** Una línea que no es JSON: lo que traía puede ser un suceso, así que no se salta; se reabre desde el último visto. */
export class GarbledLine extends Error {}

/** Una línea a medias al cortarse la conexión se descarta sin más: el servidor la repite al reabrir. */
export async function* watchLines(response: IncomingMessage): AsyncGenerator<WatchLine> {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  for await (const chunk of response) {
    pending += decoder.write(chunk as Buffer);
    const lines = pending.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) yield parseLine(line);
  }
}

function parseLine(line: string): WatchLine {
  let value: Partial<WatchLine> | null;
  try {
    value = JSON.parse(line) as Partial<WatchLine> | null;
  } catch {
    throw new GarbledLine();
  }
  if (!value?.type || typeof value.object !== 'object' || value.object === null) throw new GarbledLine();
  return value as WatchLine;
}
