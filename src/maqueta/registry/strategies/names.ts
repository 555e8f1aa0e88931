import type { FieldError } from '../registry.ts';
import { invalid } from './field-errors.ts';

// Los textos son los de apimachinery/pkg/util/validation/validation.go.
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

const subdomainMessage =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelMessage =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const label1035Message =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

const check = (field: string, value: string, pattern: RegExp, message: string, length: number): FieldError[] => [
  ...(value.length > length ? [invalid(field, value, `must be no more than ${length} bytes`)] : []),
  ...(pattern.test(value) ? [] : [invalid(field, value, message)]),
];

export const checkSubdomain = (field: string, value: string): FieldError[] => check(field, value, subdomain, subdomainMessage, 253);
export const checkLabel = (field: string, value: string): FieldError[] => check(field, value, label, labelMessage, 63);
export const checkLabel1035 = (field: string, value: string): FieldError[] => check(field, value, label1035, label1035Message, 63);

const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const labelKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

export const checkLabels = (field: string, labels: Record<string, string> | undefined): FieldError[] =>
  Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...(labelKey.test(key)
      ? []
      : [
          invalid(
            field,
            key,
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
          ),
        ]),
    ...(labelValue.test(value) && value.length <= 63
      ? []
      : [
          invalid(
            field,
            value,
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
          ),
        ]),
  ]);

/** Nombre de puerto IANA. Sigue a IsValidPortName. */
export function checkPortName(field: string, value: string): FieldError[] {
  return [
    ...(value.length > 15 ? [invalid(field, value, 'must be no more than 15 characters')] : []),
    ...(/^[-a-z0-9]+$/.test(value) ? [] : [invalid(field, value, 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')]),
    ...(/[a-z]/.test(value) ? [] : [invalid(field, value, 'must contain at least one letter (a-z)')]),
    ...(value.includes('--') ? [invalid(field, value, 'must not contain consecutive hyphens')] : []),
    ...(/^-|-$/.test(value) ? [invalid(field, value, 'must not begin or end with a hyphen')] : []),
  ];
}

const configKey = /^[-._a-zA-Z0-9]+$/;

/** Claves de un ConfigMap o un Secret: serán nombres de archivo. Sigue a IsConfigMapKey. */
export const checkDataKeys = (field: string, data: Record<string, unknown> | undefined): FieldError[] =>
  Object.keys(data ?? {}).flatMap((key) => {
    const at = `${field}[${key}]`;
    if (key.length > 253) return [invalid(at, key, 'must be no more than 253 bytes')];
    if (!configKey.test(key)) {
      return [
        invalid(
          at,
          key,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        ),
      ];
    }
    if (key === '.' || key === '..') return [invalid(at, key, `must not be '${key}'`)];
    return key.startsWith('..') ? [invalid(at, key, "must not start with '..'")] : [];
  });
