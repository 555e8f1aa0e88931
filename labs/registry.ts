import type { LabDefinition } from './lab.ts';

/** Un laboratorio, sin importarlo: cargar `lab.ts` y el motor cuesta más que toda la primera línea. */
export interface LabEntry {
  id: string;
  slug: string;
  /** El mismo que en `lab.ts`: una prueba lo exige. */
  title: string;
  load(): Promise<LabDefinition>;
}

/** Los laboratorios, en el orden en que se hacen. `npm run nuevo` añade aquí los suyos. */
export const labs: readonly LabEntry[] = [
  { id: '04', slug: 'mundo-real', title: 'Preparar nuestra app para el mundo real', load: async () => (await import('./04-mundo-real/lab.ts')).lab },
  { id: '05', slug: 'servicios', title: 'Services: quién reparte', load: async () => (await import('./05-servicios/lab.ts')).lab },
  { id: '07', slug: 'statefulset', title: 'Un nombre, un orden y un disco', load: async () => (await import('./07-statefulset/lab.ts')).lab },
  { id: '09', slug: 'daemonset', title: 'Uno por nodo', load: async () => (await import('./09-daemonset/lab.ts')).lab },
  { id: '14', slug: 'sla', title: '¿Cuántos nueves?', load: async () => (await import('./14-sla/lab.ts')).lab },
];

/** `04-mundo-real`: cómo se llaman sus carpetas. */
export const folderOf = ({ id, slug }: { id: string; slug: string }): string => `${id}-${slug}`;
