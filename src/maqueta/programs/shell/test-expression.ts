import { absolute, type FileSystem, normalize } from '../file-system.ts';

/** `test` y `[`: archivos, cadenas y números. */
export function evaluateTest(args: readonly string[], files: FileSystem, directory: string): boolean {
  const [first = '', second, third] = args;
  if (first === '!') return !evaluateTest(args.slice(1), files, directory);
  const and = args.indexOf('-a');
  if (and > 0) return evaluateTest(args.slice(0, and), files, directory) && evaluateTest(args.slice(and + 1), files, directory);
  const or = args.indexOf('-o');
  if (or > 0) return evaluateTest(args.slice(0, or), files, directory) || evaluateTest(args.slice(or + 1), files, directory);
  if (args.length === 1) return first !== '';
  if (args.length === 2) {
    const path = normalize(absolute(second ?? '', directory));
    if (first === '-z') return second === '';
    if (first === '-n') return second !== '';
    if (first === '-d') return files.isDirectory(path);
    if (first === '-f') return files.exists(path) && !files.isDirectory(path);
    if (first === '-s') return files.exists(path) && !files.isDirectory(path) && files.read(path) !== '';
    return ['-e', '-r', '-w', '-x'].includes(first) && files.exists(path);
  }
  if (second === '=' || second === '==') return first === third;
  if (second === '!=') return first !== third;
  const [a, b] = [Number(first), Number(third)];
  return (
    (second === '-eq' && a === b) ||
    (second === '-ne' && a !== b) ||
    (second === '-lt' && a < b) ||
    (second === '-le' && a <= b) ||
    (second === '-gt' && a > b) ||
    (second === '-ge' && a >= b)
  );
}
