/** Hasta dónde ha visto cada watch abierto: el reloj de la maqueta no avanza hasta que todos están al día. */
export interface FollowProgress {
  open(): { saw(resourceVersion: string): void; close(): void };
  /** Se cumple cuando todos los watch abiertos han visto esa versión. */
  reached(version: number): Promise<void>;
  readonly isFollowing: boolean;
}

export function createFollowProgress(): FollowProgress {
  const seen = new Map<object, number>();
  let waiting: { version: number; resolve: () => void }[] = [];

  const lowest = () => Math.min(...seen.values(), Number.POSITIVE_INFINITY);
  const wake = () => {
    const version = lowest();
    const ready = waiting.filter((one) => one.version <= version);
    waiting = waiting.filter((one) => one.version > version);
    for (const { resolve } of ready) resolve();
  };

  return {
    get isFollowing() {
      return seen.size > 0;
    },
    open() {
      const key = {};
      seen.set(key, 0);
      return {
        saw(resourceVersion) {
          seen.set(key, Number(resourceVersion));
          wake();
        },
        close() {
          seen.delete(key);
          wake();
        },
      };
    },
    reached: (version) =>
      new Promise((resolve) => {
        waiting.push({ version, resolve });
        wake();
      }),
  };
}
