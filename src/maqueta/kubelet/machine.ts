import type { Random } from '../clock/random.ts';
import type { Image } from '../programs/program.ts';
import { findImage } from '../programs/registry.ts';
import type { World } from '../world.ts';

/** Una máquina: su enchufe, su cable y las imágenes que ya tiene. */
export interface Machine {
  readonly name: string;
  readonly address: string;
  readonly random: Random;
  isOn: boolean;
  /** Cuándo se encendió por última vez. */
  bootedAt: number;
  /** El cable: sin él el kubelet sigue trabajando, pero ni se entera ni cuenta nada. */
  isConnected: boolean;
  hasImage(image: Image): boolean;
  /** Descarga de una en una, como `serializeImagePulls`. `waited` incluye la cola. */
  pull(reference: string, onDone: (result: { image: Image; took: number; waited: number } | undefined) => void): () => void;
  /** Próxima vuelta en que el kubelet mira qué contenedores corren (PLEG): cada segundo. */
  untilRelist(): number;
}

export function createMachine({ clock, random }: World, name: string, address: string): Machine {
  const own = random.fork(`kubelet:${name}`);
  const images = new Set<string>();
  const phase = own.between(0, 1000);
  let pullsUntil = clock.now();
  return {
    name,
    address,
    random: own,
    isOn: true,
    bootedAt: clock.now(),
    isConnected: true,
    hasImage: (image) => images.has(image.name),
    pull(reference, onDone) {
      const asked = clock.now();
      const image = findImage(reference);
      const start = Math.max(asked, pullsUntil);
      // Lo ya descargado solo se comprueba; lo que no existe lo dice el registro enseguida.
      const took = !image ? own.between(400, 1200) : images.has(image.name) ? own.between(150, 400) : own.between(500, 3000);
      pullsUntil = start + took;
      const timer = clock.after(pullsUntil - asked, () => {
        if (image) images.add(image.name);
        onDone(image && { image, took, waited: clock.now() - asked });
      });
      return () => timer.cancel();
    },
    untilRelist() {
      const elapsed = (clock.now() + phase) % 1000;
      return 1000 - elapsed;
    },
  };
}
