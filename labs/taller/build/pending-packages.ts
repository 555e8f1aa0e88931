/**
 * Lo que falta por compilar, de verdad. `go list -deps` dice qué paquetes no están en la caché de Go y de quién depende cada uno; `go build -v`
 * nombra un paquete cuando lo empieza, y para entonces todo aquello de lo que depende está hecho, aunque haya salido de la caché sin nombrarse.
 * De los demás que ha nombrado solo pueden seguir a medias tantos como compila a la vez.
 */
export interface PendingPackages {
  readonly total: number;
  /** Empieza este paquete. Devuelve cuántos de los pendientes están hechos. */
  started(name: string): number;
}

/** El formato que se pide a `go list`. */
export const listFormat = '{{.ImportPath}}|{{.Stale}}|{{join .Imports ","}}';

export function pendingPackages(listed: string, atOnce: number): PendingPackages {
  const imports = new Map<string, readonly string[]>();
  const pending = new Set<string>();
  for (const line of listed.split('\n')) {
    const [name, stale, imported] = line.split('|');
    if (!name) continue;
    imports.set(name, imported ? imported.split(',') : []);
    if (stale === 'true') pending.add(name);
  }
  const total = pending.size;
  const seen = new Set<string>();
  const running = new Set<string>();
  const finish = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    running.delete(name);
    pending.delete(name);
    for (const one of imports.get(name) ?? []) finish(one);
  };
  return {
    total,
    started(name) {
      for (const one of imports.get(name) ?? []) finish(one);
      if (pending.has(name)) running.add(name);
      return total - pending.size + Math.max(0, running.size - atOnce);
    },
  };
}
