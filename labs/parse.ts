import type { LabEntry } from './registry.ts';
import { closest, fold } from './suggest.ts';

/** Destino tal como se escribe. Sin palabra: minikube si se puede y, si no, la maqueta. */
export type TargetWord =
  | { kind: 'automatic' }
  | { kind: 'maqueta' }
  | { kind: 'taller' }
  | { kind: 'minikube'; profile?: string }
  | { kind: 'context'; name: string; isConfirmed: boolean };

export type LabMode = 'demo' | 'challenge';
/** Lo que se hace con un laboratorio. */
export type LabAction = 'run' | 'hint' | 'show' | 'status' | 'space' | 'clean';
export type ReportFormat = 'json' | 'junit';

interface Common {
  /** `auto`: lo decide la terminal. */
  format: 'auto' | 'reader' | 'json';
  target: TargetWord;
}

export type Request = Common &
  (
    | { command: 'list' }
    | { command: 'doctor' }
    | { command: 'all' }
    | { command: 'lab'; action: LabAction; lab: LabEntry; mode: LabMode | undefined }
    | { command: 'report'; report: ReportFormat; name: string | undefined }
    | { command: 'help'; topic: string | undefined }
    | { command: 'usage'; message: string; fix: string }
  );

const actions: Readonly<Record<string, LabAction>> = { pista: 'hint', ordenes: 'show', estado: 'status', espacio: 'space', limpiar: 'clean' };
const commands = ['lista', 'doctor', 'todos', 'informe', 'ayuda', 'precarga', 'recoger'];
const targets = ['minikube', 'maqueta', 'taller', 'contexto', 'perfil'];
const formats = ['plano', 'json', 'ayuda'];
const reportFormats = ['json', 'junit', 'classroom50', 'gradescope', 'moodle'];
const notYet = ['precarga', 'recoger', 'classroom50', 'gradescope', 'moodle'];

/** argv → qué se pide. Pura: no lee nada. Una palabra que sobra es un error de uso con la más parecida. */
export function parse(words: readonly string[], labs: readonly LabEntry[]): Request {
  let format: Common['format'] = 'auto';
  let target: TargetWord = { kind: 'automatic' };
  let subject: string | undefined;
  let lab: LabEntry | undefined;
  let action: LabAction | undefined;
  let mode: LabMode | undefined;
  let report: ReportFormat | undefined;
  let name: string | undefined;
  let isHelp = false;
  let isConfirmed = false;
  const usage = (message: string, fix: string): Request => ({ command: 'usage', message, fix, format, target });
  const prefix = () => [lab?.id ?? subject].filter((word) => word !== undefined);
  const rest = [...words];

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const folded = fold(word);
    if (word.startsWith('-')) {
      const plain = fold(word.replace(/^-+/, ''));
      const meant = plain === 'help' || plain === 'h' ? 'ayuda' : (closest(plain, known(lab, subject, labs)) ?? 'ayuda');
      return usage(`Aquí las opciones son palabras, sin guiones: npm se queda con «${word}».`, order(...prefix(), meant));
    }
    if (subject !== 'informe' && folded === 'json') format = 'json';
    else if (folded === 'plano') format = 'reader';
    else if (folded === 'ayuda') isHelp = true;
    else if (folded === 'confirmo') isConfirmed = true;
    else if (targets.includes(folded)) {
      if (target.kind !== 'automatic') return usage('Un destino por orden: has escrito dos.', order(...prefix(), 'ayuda'));
      if (folded === 'contexto' || folded === 'perfil') {
        // El nombre va tal cual: Kubernetes distingue mayúsculas.
        const value = rest.shift();
        if (value === undefined)
          return usage(`Después de «${folded}» va su nombre.`, folded === 'contexto' ? 'kubectl config get-contexts -o name' : 'minikube profile list');
        target = folded === 'contexto' ? { kind: 'context', name: value, isConfirmed: false } : { kind: 'minikube', profile: value };
      } else target = { kind: folded as 'minikube' | 'maqueta' | 'taller' };
    } else if (subject === 'informe' && folded === 'nombre') {
      name = rest.shift();
      if (name === undefined) return usage('Después de «nombre» va el tuyo, entre comillas si tiene espacios.', order('informe', 'nombre', 'a01'));
    } else if (notYet.includes(folded) && (subject === 'informe' || subject === undefined)) {
      return usage(`«${folded}» aún no está en esta versión.`, commands.includes(folded) ? order('ayuda') : order('informe'));
    } else if (subject === 'informe' && (folded === 'json' || folded === 'junit')) report = folded;
    else if (lab && folded === 'reto') mode = 'challenge';
    else if (lab && actions[folded]) {
      if (action) return usage('Una acción por orden: has escrito dos.', order(lab.id, 'ayuda'));
      action = actions[folded];
    } else if (!lab && subject === undefined) {
      lab = findLab(folded, labs);
      if (!lab && commands.includes(folded)) subject = folded;
      if (!lab && subject === undefined) return unknownSubject(word, labs, usage);
    } else {
      const near = closest(word, known(lab, subject, labs));
      return usage(`No conozco «${word}».${near ? ` ¿Querías decir «${near}»?` : ''}`, order(...prefix(), near ?? 'ayuda'));
    }
  }

  if (target.kind === 'context') target = { ...target, isConfirmed };
  else if (isConfirmed) return usage('«confirmo» solo acompaña a «contexto NOMBRE».', order(...prefix(), 'ayuda'));
  const common = { format, target };
  if (isHelp) return { command: 'help', topic: lab ? 'lab' : subject, ...common };
  if (lab) {
    if (mode && action && action !== 'hint') return usage('«reto» se junta con «pista» y con nada más.', order(lab.id, 'reto'));
    return { command: 'lab', action: action ?? 'run', lab, mode, ...common };
  }
  switch (subject) {
    case 'doctor':
      return { command: 'doctor', ...common };
    case 'todos':
      return { command: 'all', ...common };
    case 'informe':
      return { command: 'report', report: report ?? 'json', name, ...common };
    default:
      return { command: 'list', ...common };
  }
}

/** La orden que se pega. `-s` quita las dos líneas de preámbulo de npm. */
export const order = (...words: string[]): string => ['npm run -s lab', ...words].join(' ');

const findLab = (word: string, labs: readonly LabEntry[]) => labs.find(({ id, slug }) => slug === word || (/^\d+$/.test(word) && Number(id) === Number(word)));

function known(lab: LabEntry | undefined, subject: string | undefined, labs: readonly LabEntry[]): string[] {
  if (lab) return [...Object.keys(actions), 'reto', ...formats, ...targets, 'confirmo'];
  if (subject === 'informe') return [...reportFormats, 'nombre', ...formats];
  if (subject !== undefined) return [...formats, ...targets];
  return [...labs.flatMap(({ id, slug }) => [id, slug]), ...commands, ...formats];
}

function unknownSubject(word: string, labs: readonly LabEntry[], usage: (message: string, fix: string) => Request): Request {
  const near = closest(word, [...known(undefined, undefined, labs), ...Object.keys(actions), 'reto']);
  const [first] = labs;
  if (near && first && (actions[near] || near === 'reto')) return usage(`«${near}» va detrás de un laboratorio.`, order(first.id, near));
  if (near) return usage(`No conozco «${word}». ¿Querías decir ${/^\d+$/.test(near) ? near : `«${near}»`}?`, order(near));
  if (!/^\d+$/.test(word)) return usage(`No conozco «${word}».`, order('ayuda'));
  const nearest = [...labs].sort((a, b) => Math.abs(Number(a.id) - Number(word)) - Math.abs(Number(b.id) - Number(word)))[0];
  return usage(`No hay laboratorio ${word}.${nearest ? ` El más cercano es el ${nearest.id}.` : ''}`, nearest ? order(nearest.id) : order('lista'));
}
