import type { Random } from '../clock/random.ts';
import type { Volume as Files } from '../programs/volume.ts';
import type { Pod } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { type Disks, fill, isFromApi, mountVolume } from './volumes.ts';

/** Los volúmenes montados de un Pod. */
export interface PodVolumes {
  get(name: string): Files | undefined;
  /** Monta lo que falte. Si algo no está, lo cuenta y lo intenta otra vez más tarde; `onReady`, cuando esté todo. */
  mount(onReady: () => void): void;
  /** Algo cambió en la API: se verá dentro del Pod un rato después. */
  refresh(): void;
  /** La IP ya se sabe: lo que la pedía se completa. */
  fillAddress(): void;
  /** Lo que vivía en memoria se fue con la luz. */
  loseMemory(): void;
}

interface Options {
  world: World;
  disks: Disks;
  node: string;
  random: Random;
  pod(): Pod;
  later(delay: number, run: () => void): void;
  onFailure(message: string): void;
}

export function createPodVolumes({ world, disks, node, random, pod, later, onFailure }: Options): PodVolumes {
  const mounted = new Map<string, Files>();
  const declared = pod().spec?.volumes ?? [];
  // Sigue a kubernetes: pkg/util/goroutinemap/exponentialbackoff: de 500 ms a 2 min 2 s.
  let delay = 500;

  const mount = (onReady: () => void) => {
    for (const volume of declared) {
      if (mounted.has(volume.name)) continue;
      const files = mountVolume(world, disks, pod(), volume, node);
      if ('volume' in files) {
        if (files.message) onFailure(files.message);
        later(delay, () => mount(onReady));
        delay = Math.min(delay * 2, 122_000);
        return;
      }
      mounted.set(volume.name, files);
    }
    delay = 500;
    onReady();
  };
  const refill = (volumes: typeof declared) => {
    for (const volume of volumes) {
      const files = mounted.get(volume.name);
      if (files) fill(world, pod(), volume, files);
    }
  };

  return {
    get: (name) => mounted.get(name),
    mount,
    // El kubelet mira el origen de vez en cuando, entre uno y sesenta segundos después.
    refresh: () => later(random.between(1000, 60_000), () => refill(declared.filter(isFromApi))),
    fillAddress: () => refill(declared.filter((volume) => volume.downwardAPI ?? volume.projected)),
    loseMemory() {
      for (const { name, emptyDir } of declared) if (emptyDir?.medium === 'Memory') mounted.delete(name);
    },
  };
}
