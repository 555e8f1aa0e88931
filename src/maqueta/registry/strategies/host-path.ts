import type { HostPathVolumeSource } from '../../schema/types.generated.ts';
import type { FieldError } from '../registry.ts';
import { invalid, notSupported, required } from './field-errors.ts';

const types = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

// Sigue a kubernetes: pkg/apis/core/validation/validation.go (validateHostPathVolumeSource).
export function validateHostPath({ path, type = '' }: HostPathVolumeSource, at: string): FieldError[] {
  if (!path) return [required(`${at}.path`)];
  return [
    ...(path.split('/').includes('..') ? [invalid(`${at}.path`, path, "must not contain '..'")] : []),
    ...(types.includes(type) ? [] : [notSupported(`${at}.type`, type, types)]),
  ];
}
