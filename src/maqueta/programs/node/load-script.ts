/** Lo que el guion no puede usar en la maqueta, con su nombre. */
export class NotInMaqueta extends Error {}

type Modules = (name: string) => Record<string, unknown>;

/**
 * Convierte un guion de Node en una función: los `import` pasan a ser lecturas de módulos simulados y todo nombre global
 * se busca antes en `globals`. Un guion ve solo lo que hay ahí: lo demás es un error que lo nombra.
 */
export function loadScript(source: string, modules: Modules, globals: Readonly<Record<string, unknown>>): () => void {
  const code = blankLiterals(source);
  const asynchronous = /(?<![\w$.])(async|await|yield)(?![\w$:])/.exec(code)?.[1];
  if (asynchronous) throw new NotInMaqueta(`la maqueta no ejecuta promesas: el guion usa ${asynchronous}`);
  if (/(?<![\w$.])import\s*\(/.test(code)) throw new NotInMaqueta('la maqueta no tiene import()');
  if (/(?:^|[\n;])\s*export\s/.test(code)) throw new NotInMaqueta('la maqueta no tiene export en el guion principal');
  const imported: Record<string, unknown> = {};
  const body = extractImports(source, code, (clause, name) => Object.assign(imported, bind(clause, name, modules(name))));
  const scope = new Proxy(Object.create(null) as object, {
    has: (_target, name) => typeof name === 'string' && name !== scopeName && (name in imported || name in globals || name in globalThis),
    get(_target, name) {
      if (typeof name !== 'string') return undefined;
      if (Object.hasOwn(imported, name)) return imported[name];
      if (Object.hasOwn(globals, name)) return globals[name];
      throw new NotInMaqueta(`la maqueta no tiene ${name}`);
    },
    set(_target, name) {
      throw new TypeError(`Assignment to constant variable ${String(name)}.`);
    },
  });
  // `with` pone el ámbito debajo de la función estricta en la que corre el guion.
  return new Function(scopeName, `with (${scopeName}) { return function () { "use strict";\n${body}\n}; }`)(scope) as () => void;
}

const scopeName = '__scope';

function extractImports(source: string, code: string, onImport: (clause: string, name: string) => void): string {
  let result = source;
  // En `code` las cadenas están en blanco, pero ocupan lo mismo: se localiza ahí y se lee en `source`.
  for (const match of [...code.matchAll(/(^|[\n;])([ \t]*)import\b([^'";]*?)(['"])( *)\4/g)]) {
    const start = match.index + (match[1] as string).length;
    const end = match.index + match[0].length;
    const text = source.slice(start, end);
    const name = /(['"])(.*)\1$/s.exec(text)?.[2] ?? '';
    onImport((match[3] as string).replace(/\bfrom\s*$/, '').trim(), name);
    result = result.slice(0, start) + text.replace(/[^\n]/g, ' ') + result.slice(end);
  }
  return result;
}

function bind(clause: string, name: string, module: Record<string, unknown>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const named = /\{([^}]*)\}/.exec(clause)?.[1];
  for (const part of (named ?? '').split(',')) {
    const [original = '', alias] = part.trim().split(/\s+as\s+/);
    if (!original) continue;
    if (original !== 'default' && !(original in module)) {
      throw new NotInMaqueta(`la maqueta no tiene ${original} en el módulo ${name}`);
    }
    found[alias ?? original] = original === 'default' ? module : module[original];
  }
  const namespace = /\*\s*as\s+([\w$]+)/.exec(clause)?.[1];
  if (namespace) found[namespace] = { ...module, default: module };
  const main = /^([\w$]+)/.exec(clause)?.[1];
  if (main) found[main] = module;
  return found;
}

/** El mismo texto con comentarios y contenido de cadenas en blanco; el código dentro de `${}` se conserva. */
function blankLiterals(source: string): string {
  let out = '';
  let at = 0;
  const blank = (until: number) => {
    out += source.slice(at, until).replace(/[^\n]/g, ' ');
    at = until;
  };
  const template = () => {
    out += '`';
    at += 1;
    while (at < source.length && source[at] !== '`') {
      if (source[at] === '\\') blank(Math.min(at + 2, source.length));
      else if (source.startsWith('${', at)) {
        out += '${';
        at += 2;
        plain('}');
        out += '}';
        at += 1;
      } else blank(at + 1);
    }
    out += '`';
    at += 1;
  };
  const plain = (closing: string | undefined) => {
    let depth = 0;
    while (at < source.length) {
      const char = source[at] as string;
      if (closing && char === closing && depth === 0) return;
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      if (source.startsWith('//', at)) {
        const end = source.indexOf('\n', at);
        blank(end < 0 ? source.length : end);
      } else if (source.startsWith('/*', at)) {
        const end = source.indexOf('*/', at + 2);
        blank(end < 0 ? source.length : end + 2);
      } else if (char === '/' && /(^|[=(,:;!&|?{}[\n+*-]|return)\s*$/.test(out.slice(-20))) {
        let end = at + 1;
        let isClass = false;
        while (end < source.length && source[end] !== '\n' && (isClass || source[end] !== '/')) {
          if (source[end] === '\\') end += 1;
          else if (source[end] === '[') isClass = true;
          else if (source[end] === ']') isClass = false;
          end += 1;
        }
        blank(Math.min(end + 1, source.length));
      } else if (char === "'" || char === '"') {
        let end = at + 1;
        while (end < source.length && source[end] !== char && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1;
        out += char;
        at += 1;
        blank(Math.min(end, source.length));
        out += source[at] ?? '';
        at += 1;
      } else if (char === '`') template();
      else {
        out += char;
        at += 1;
      }
    }
  };
  plain(undefined);
  return out;
}
