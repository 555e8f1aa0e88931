/** Cómo escribe Node un valor en la consola. Sin colores y en una línea si cabe en 72 caracteres. */
// Sigue a node: lib/internal/util/inspect.js, en lo que se ve en un registro.
export function inspect(value: unknown, depth = 0, seen: readonly unknown[] = []): string {
  if (typeof value === 'string')
    return value.includes("'") && !value.includes('"')
      ? JSON.stringify(value)
      : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return value.name ? `[Function: ${value.name}]` : '[Function (anonymous)]';
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (seen.includes(value)) return '[Circular *1]';
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  const inside = [...seen, value];
  if (depth > 2) return Array.isArray(value) ? '[Array]' : '[Object]';
  const child = (item: unknown) => inspect(item, depth + 1, inside);
  if (Array.isArray(value)) {
    const items = value.slice(0, 100).map(child);
    if (value.length > 100) items.push(`... ${value.length - 100} more item${value.length > 101 ? 's' : ''}`);
    return wrap('[', items, ']', depth);
  }
  if (value instanceof Map)
    return wrap(
      `Map(${value.size}) {`,
      [...value].map(([key, item]) => `${child(key)} => ${child(item)}`),
      '}',
      depth,
    );
  if (value instanceof Set) return wrap(`Set(${value.size}) {`, [...value].map(child), '}', depth);
  const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined;
  const prefix = name && name !== 'Object' ? `${name} ` : name ? '' : '[Object: null prototype] ';
  const fields = Object.entries(value).map(([key, item]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key}'`}: ${child(item)}`);
  return wrap(`${prefix}{`, fields, '}', depth);
}

/** Un error como sale en el registro. La pila es la del guion, que aquí no se sabe: solo se dice qué pasó. */
export function describeError(error: Error): string {
  const extra = Object.entries(error).filter(([key]) => key !== 'name' && key !== 'message' && key !== 'stack');
  const head = `${error.name}: ${error.message}`;
  return extra.length === 0 ? head : `${head} {\n${extra.map(([key, value]) => `  ${key}: ${inspect(value, 1)}`).join(',\n')}\n}`;
}

function wrap(open: string, items: readonly string[], close: string, depth: number): string {
  if (items.length === 0) return `${open}${close}`;
  const line = `${open} ${items.join(', ')} ${close}`;
  if (line.length + depth * 2 <= 72 && !line.includes('\n')) return line;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${indent}${items.join(`,\n${indent}`)}\n${'  '.repeat(depth)}${close}`;
}

/** `console.log('%s tiene %d', a, b, resto)`. */
export function format(args: readonly unknown[]): string {
  const [first, ...rest] = args;
  const show = (value: unknown) => (typeof value === 'string' ? value : inspect(value));
  if (typeof first !== 'string') return args.map(show).join(' ');
  let used = 0;
  const text = first.replace(/%([sdijoO%])/g, (all, kind: string) => {
    if (kind === '%') return '%';
    if (used >= rest.length) return all;
    const value = rest[used++];
    if (kind === 's') return show(value);
    if (kind === 'd') return String(Number(value));
    if (kind === 'i') return String(Number.parseInt(String(value), 10));
    return kind === 'j' ? JSON.stringify(value) : inspect(value);
  });
  return [text, ...rest.slice(used).map(show)].join(' ');
}
