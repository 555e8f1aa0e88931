import { mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { appendLine } from './attempt-log.ts';
import { withLock } from './lock.ts';
import { type Attempt, emptyProgress, type HintTaken, type Progress, readProgress, withAttempt, withCluster, withHint } from './progress.ts';
import { writeAtomic } from './write-atomic.ts';

/** Nada de aquí lanza por culpa del disco: el resultado de un laboratorio no depende de poder anotarlo. */
export interface ProgressStore {
  read(): Promise<{ progress: Progress; warning?: string }>;
  addAttempt(attempt: Attempt): Promise<Saved>;
  addHint(hint: HintTaken): Promise<Saved>;
  /** Antes de crear nada en un clúster de verdad, y cuando ya no queda nada en él. */
  setUsedCluster(lab: string, used: boolean): Promise<Saved>;
}

export interface Saved {
  progress: Progress;
  isWritten: boolean;
  warning?: string;
}

export interface StoreOptions {
  /** `.bitacora/`, con su ruta. */
  folder: string;
  now(): number;
  pause(milliseconds: number): Promise<void>;
  /** Distinto cada vez que se llama, también entre procesos. */
  unique(): string;
}

export function createProgressStore({ folder, now, pause, unique }: StoreOptions): ProgressStore {
  const file = path.join(folder, 'progreso.json');
  const attempts = path.join(folder, 'intentos.jsonl');

  async function load(): Promise<{ progress: Progress; warning?: string; isDamaged?: boolean }> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return { progress: emptyProgress };
      return { progress: emptyProgress, warning: `No se puede leer tu progreso: ${reasonOf(error)}. El laboratorio corre igual.` };
    }
    const progress = parse(text);
    return progress ? { progress } : { progress: emptyProgress, isDamaged: true };
  }

  /** Con el cerrojo puesto: se aparta lo que de verdad está roto, no lo que otro acaba de arreglar. */
  async function loadAndSetAside(): Promise<{ progress: Progress; warning?: string }> {
    const { isDamaged, ...loaded } = await load();
    if (!isDamaged) return loaded;
    await rename(file, `${file}.corrupt`);
    return {
      ...loaded,
      warning: 'El archivo de progreso estaba dañado. Se apartó como progreso.json.corrupt y se empieza de nuevo; tus intentos siguen en intentos.jsonl.',
    };
  }

  async function locked<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(folder, { recursive: true });
    return withLock({ file: path.join(folder, 'progreso.lock'), unique: unique(), now, pause }, work);
  }

  async function change(entry: Attempt | HintTaken | undefined, update: (progress: Progress) => Progress): Promise<Saved> {
    try {
      return await locked(async () => {
        const { progress: before, warning } = await loadAndSetAside();
        const progress = update(before);
        if (entry) await appendLine(attempts, entry, unique());
        await writeAtomic(file, `${JSON.stringify(progress, null, 2)}\n`, unique());
        return { progress, isWritten: true, ...(warning ? { warning } : {}) };
      });
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      // Lo que se habría anotado, para que esta pantalla cuente bien aunque no quede escrito.
      const { progress } = await load();
      return { progress: update(progress), isWritten: false, warning: `No se pudo anotar en tu bitácora: ${reasonOf(error)}. El resultado es el mismo.` };
    }
  }

  return {
    async read() {
      const { isDamaged, ...loaded } = await load();
      if (!isDamaged) return loaded;
      try {
        return await locked(loadAndSetAside);
      } catch (error) {
        if (codeOf(error) === undefined) throw error;
        return { progress: emptyProgress, warning: `El archivo de progreso está dañado y no se puede apartar: ${reasonOf(error)}.` };
      }
    },
    addAttempt: (attempt) => change(attempt, (progress) => withAttempt(progress, attempt)),
    setUsedCluster: (lab, used) => change(undefined, (progress) => withCluster(progress, lab, used)),
    addHint: (hint) => change(hint, (progress) => withHint(progress, hint)),
  };
}

function parse(text: string): Progress | undefined {
  try {
    return readProgress(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no queda sitio en el disco',
  EDQUOT: 'has llegado a tu cuota de disco',
  EACCES: 'faltan permisos en la carpeta .bitacora',
  EPERM: 'faltan permisos en la carpeta .bitacora',
  EROFS: 'el disco es de solo lectura',
  ENOTDIR: '.bitacora no es una carpeta',
  EEXIST: '.bitacora no es una carpeta',
  EISDIR: 'progreso.json es una carpeta',
};

const reasonOf = (error: unknown) => reasons[codeOf(error) ?? ''] ?? `el sistema responde ${codeOf(error)}`;
