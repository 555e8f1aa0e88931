import { timestamp } from '../../world.ts';
import { absolute, FileError, type FileSystem, normalize } from '../file-system.ts';
import { type Binaries, type Binary, finished, type ProcessContext, type Signal } from '../program.ts';
import { nslookup } from './nslookup.ts';
import { shell } from './shell.ts';
import { evaluateTest } from './test-expression.ts';
import { wget } from './wget.ts';

interface Result {
  out?: string;
  err?: string;
  code?: number;
}

interface Input {
  name: string;
  /** Sin las opciones de una letra. */
  operands: readonly string[];
  /** Letras de las opciones: `-la` son `l` y `a`. */
  flags: ReadonlySet<string>;
  args: readonly string[];
  context: ProcessContext;
  files: FileSystem;
  resolve(path: string): string;
}

/** Una orden que lee, escribe y acaba. */
const utility =
  (run: (input: Input) => Result): Binary =>
  (context) => {
    const [name = '', ...args] = context.argv;
    const operands = args.filter((arg) => !/^-[a-zA-Z]+$/.test(arg));
    const flags = new Set(args.filter((arg) => /^-[a-zA-Z]+$/.test(arg)).join(''));
    const resolve = (path: string) => normalize(absolute(path, context.workingDirectory)) || '/';
    const { out = '', err = '', code = 0 } = guarded(name, () => run({ name, operands, flags, args, context, files: context.files, resolve }));
    if (out) context.write('stdout', out);
    if (err) context.write('stderr', err);
    return finished(context, code);
  };

/** Un archivo que falta o una expresión mal escrita es un error de la orden, nunca de la maqueta. */
function guarded(name: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof FileError) return { err: `${name}: ${error.path}: ${sentence(error)}\n`, code: 1 };
    if (error instanceof SyntaxError) return { err: `${name}: bad regex\n`, code: 2 };
    throw error;
  }
}

const sentence = (error: FileError) => `${error.message.slice(0, 1).toUpperCase()}${error.message.slice(1)}`;

/** Aplica `each` a cada archivo; uno que falla no impide los demás. */
const overFiles = ({ name, operands }: Input, each: (path: string) => string, verb = "can't open "): Result => {
  let out = '';
  let err = '';
  for (const path of operands) {
    try {
      out += each(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      err += `${name}: ${verb}'${path}': ${sentence(error)}\n`;
    }
  }
  return { out, err, code: err ? 1 : 0 };
};

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const textOf = ({ operands, context, files, resolve }: Input, from = 0): string =>
  operands.length > from
    ? operands
        .slice(from)
        .map((path) => files.read(resolve(path)))
        .join('')
    : context.stdin;

const sleep: Binary = (context) => {
  const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
  let seconds = 0;
  for (const arg of context.argv.slice(1)) {
    const match = /^(\d+(?:\.\d+)?|inf(?:inity)?)([smhd]?)$/.exec(arg);
    if (!match) {
      context.write('stderr', `sleep: invalid number '${arg}'\n`);
      return finished(context, 1);
    }
    seconds += match[1]?.startsWith('inf') ? Number.POSITIVE_INFINITY : Number(match[1]) * (units[match[2] ?? ''] ?? 1);
  }
  const timer = Number.isFinite(seconds) ? context.clock.after(seconds * 1000, () => context.exit(0)) : undefined;
  return { isStable: true, signal: () => false, stop: () => timer?.cancel() };
};

const countOption = (input: Input): { count: number; operands: readonly string[] } => {
  const at = input.args.indexOf('-n');
  const short = input.args.find((arg) => /^-\d+$/.test(arg));
  const count = at >= 0 ? Number(input.args[at + 1]) : short ? -Number(short) : 10;
  return { count, operands: input.operands.filter((operand) => operand !== short && (at < 0 || operand !== input.args[at + 1])) };
};

const kill = utility(({ args, context }) => {
  const signal = (args.find((arg) => arg.startsWith('-')) ?? '-TERM').slice(1).replace(/^SIG/, '');
  const pid = args.filter((arg) => !arg.startsWith('-')).at(-1);
  if (pid !== '1') return { err: `kill: can't kill pid ${pid}: No such process\n`, code: 1 };
  const names: Readonly<Record<string, string>> = { '9': 'KILL', '15': 'TERM', '2': 'INT', '3': 'QUIT', '1': 'HUP' };
  const name = `SIG${names[signal] ?? signal}`;
  // El núcleo no deja que nadie de dentro mate al proceso 1 con SIGKILL.
  if (name !== 'SIGKILL') context.clock.after(1, () => context.signalMain(name as Signal));
  return {};
});

const list = (input: Input): Result => {
  const { files, resolve, flags } = input;
  const operands = input.operands.length > 0 ? input.operands : ['.'];
  return overFiles(
    { ...input, operands },
    (path) => {
      const full = resolve(path);
      const names = files.isDirectory(full) ? files.list(full).filter((name) => flags.has('a') || !name.startsWith('.')) : [path];
      if (!files.exists(full)) throw new FileError('ENOENT', path);
      if (!flags.has('l')) return joined(names);
      return joined(
        names.map((name) => {
          const child = files.isDirectory(full) ? `${full}/${name}` : full;
          const isDirectory = files.isDirectory(child);
          return `${isDirectory ? 'drwxr-xr-x' : '-rw-r--r--'}    1 root     root     ${String(isDirectory ? 4096 : files.read(child).length).padStart(9)} ${name}`;
        }),
      );
    },
    '',
  );
};

/** Las órdenes que traen busybox y alpine, en lo que un laboratorio necesita. */
export const busybox: Binaries = {
  sh: shell,
  ash: shell,
  sleep,
  wget,
  nslookup,
  kill,
  true: utility(() => ({})),
  false: utility(() => ({ code: 1 })),
  echo: utility(({ args }) => ({ out: `${(args[0] === '-n' ? args.slice(1) : args).join(' ')}${args[0] === '-n' ? '' : '\n'}` })),
  printf: utility(({ args: [format = '', ...values] }) => {
    let index = 0;
    return {
      out: format
        .replaceAll('\\n', '\n')
        .replaceAll('\\t', '\t')
        .replace(/%[sd]/g, () => values[index++] ?? ''),
    };
  }),
  cat: utility((input) => (input.operands.length === 0 ? { out: input.context.stdin } : overFiles(input, (path) => input.files.read(input.resolve(path))))),
  hostname: utility(({ context, flags }) => ({ out: `${flags.has('i') ? context.address : context.hostname}\n` })),
  ls: utility(list),
  pwd: utility(({ context }) => ({ out: `${context.workingDirectory}\n` })),
  date: utility(({ args, context }) => {
    const now = context.clock.now();
    if (args.includes('+%s')) return { out: `${Math.floor(now / 1000)}\n` };
    const iso = timestamp(now);
    const format = args.find((arg) => arg.startsWith('+'));
    if (format) {
      const fields: Readonly<Record<string, string>> = {
        Y: iso.slice(0, 4),
        m: iso.slice(5, 7),
        d: iso.slice(8, 10),
        H: iso.slice(11, 13),
        M: iso.slice(14, 16),
        S: iso.slice(17, 19),
        F: iso.slice(0, 10),
        T: iso.slice(11, 19),
        s: String(Math.floor(now / 1000)),
      };
      return { out: `${format.slice(1).replace(/%([YmdHMSFTs])/g, (_all, field: string) => fields[field] ?? '')}\n` };
    }
    const [weekday, day, month, year] = new Date(now).toUTCString().replace(',', '').split(' ');
    return { out: `${weekday} ${month} ${String(Number(day)).padStart(2)} ${iso.slice(11, 19)} UTC ${year}\n` };
  }),
  mkdir: utility((input) =>
    overFiles(
      input,
      (path) => {
        input.files.makeDirectory(input.resolve(path), input.flags.has('p'));
        return '';
      },
      "can't create directory ",
    ),
  ),
  rm: utility((input) =>
    overFiles(
      input,
      (path) => {
        if (!input.flags.has('f') || input.files.exists(input.resolve(path))) input.files.remove(input.resolve(path), input.flags.has('r'));
        return '';
      },
      "can't remove ",
    ),
  ),
  touch: utility((input) =>
    overFiles(
      input,
      (path) => {
        input.files.append(input.resolve(path), '');
        return '';
      },
      '',
    ),
  ),
  cp: utility((input) => {
    const target = input.resolve(input.operands.at(-1) ?? '');
    return overFiles({ ...input, operands: input.operands.slice(0, -1) }, (path) => {
      const name = input.files.isDirectory(target) ? `${target}/${path.split('/').at(-1)}` : target;
      input.files.write(name, input.files.read(input.resolve(path)));
      return '';
    });
  }),
  mv: utility((input) => {
    const { files, flags, resolve, operands } = input;
    const target = resolve(operands.at(-1) ?? '');
    return overFiles(
      { ...input, operands: operands.slice(0, -1) },
      (path) => {
        const from = resolve(path);
        const to = files.isDirectory(target) ? normalize(`${target}/${path.split('/').at(-1)}`) : target;
        files.write(to, files.read(from));
        files.remove(from, false);
        return flags.has('v') ? `'${path}' -> '${to}'\n` : '';
      },
      "can't rename ",
    );
  }),
  grep: utility((input) => {
    const { flags, operands } = input;
    const pattern = new RegExp(flags.has('F') ? (operands[0] ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : (operands[0] ?? ''), flags.has('i') ? 'i' : '');
    const found = linesOf(textOf(input, 1)).filter((line) => pattern.test(line) !== flags.has('v'));
    const out = flags.has('q') ? '' : flags.has('c') ? `${found.length}\n` : joined(found);
    return { out, code: found.length > 0 ? 0 : 1 };
  }),
  wc: utility((input) => {
    const text = textOf(input);
    const counts = { l: linesOf(text).length, w: text.split(/\s+/).filter(Boolean).length, c: text.length };
    const chosen = (['l', 'w', 'c'] as const).filter((flag) => input.flags.has(flag));
    return {
      out: `${(chosen.length > 0 ? chosen : (['l', 'w', 'c'] as const)).map((flag) => counts[flag]).join(' ')}${input.operands[0] ? ` ${input.operands[0]}` : ''}\n`,
    };
  }),
  head: utility((input) => {
    const { count, operands } = countOption(input);
    return { out: joined(linesOf(textOf({ ...input, operands })).slice(0, count)) };
  }),
  tail: (context) => {
    // `tail -f /dev/null` es la manera de no acabar nunca.
    if (context.argv.includes('-f')) return { isStable: true, signal: () => false, stop() {} };
    return utility((input) => {
      const { count, operands } = countOption(input);
      return { out: joined(linesOf(textOf({ ...input, operands })).slice(-count)) };
    })(context);
  },
  seq: utility(({ operands }) => {
    const [from, to] = operands.length > 1 ? [Number(operands[0]), Number(operands[1])] : [1, Number(operands[0])];
    return { out: joined(Array.from({ length: Math.max(0, to - from + 1) }, (_value, index) => String(from + index))) };
  }),
  env: utility(({ context }) => ({ out: joined(Object.entries(context.env).map(([name, value]) => `${name}=${value}`)) })),
  printenv: utility(({ context, operands: [name] }) =>
    name === undefined
      ? { out: joined(Object.entries(context.env).map(([key, value]) => `${key}=${value}`)) }
      : name in context.env
        ? { out: `${context.env[name]}\n` }
        : { code: 1 },
  ),
  uname: utility(({ flags, context }) => ({ out: `${flags.has('n') ? context.hostname : flags.has('m') ? 'x86_64' : 'Linux'}\n` })),
  id: utility(() => ({ out: 'uid=0(root) gid=0(root) groups=0(root)\n' })),
  whoami: utility(() => ({ out: 'root\n' })),
  test: utility(({ args, files, context }) => ({ code: evaluateTest(args, files, context.workingDirectory) ? 0 : 1 })),
  '[': utility(({ args, files, context }) => ({ code: evaluateTest(args.slice(0, -1), files, context.workingDirectory) ? 0 : 1 })),
};
