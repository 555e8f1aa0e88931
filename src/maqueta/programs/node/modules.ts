import type { RecordAnswer, ServiceRecord } from '../../network/network.ts';
import type { ProcessContext } from '../program.ts';
import { EventEmitter } from './event-emitter.ts';
import type { EventLoop } from './event-loop.ts';
import { createFsModule } from './fs-module.ts';
import { createClient } from './http-client.ts';
import { IncomingMessage } from './http-message.ts';
import { createServerFactory, ServerResponse } from './http-server.ts';
import { format, inspect } from './inspect.ts';
import { NotInMaqueta } from './load-script.ts';
import { pathModule } from './path-module.ts';
import { statusTexts } from './status-texts.ts';
import { connectionError } from './system-error.ts';

/** Los módulos de Node que tiene la maqueta. Pedir otro es un error que lo nombra. */
export function createModules(context: ProcessContext, loop: EventLoop, globals: Readonly<Record<string, unknown>>): (name: string) => Record<string, unknown> {
  const builders: Readonly<Record<string, () => Record<string, unknown>>> = {
    http() {
      class Agent extends EventEmitter {
        constructor(options: { keepAlive?: boolean } = {}) {
          super();
          // Una conexión guardada va siempre al mismo Pod: fingirla con otra nueva daría un reparto que no es.
          if (options.keepAlive) throw new NotInMaqueta('la maqueta abre una conexión por petición: no tiene Agent con keepAlive');
        }

        destroy() {}
      }
      return {
        ...createServerFactory(context, loop),
        ...createClient(context, loop),
        IncomingMessage,
        ServerResponse,
        Agent,
        globalAgent: new Agent(),
        STATUS_CODES: statusTexts,
        METHODS: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
      };
    },
    fs: () => createFsModule(context, loop),
    os: () => ({
      hostname: () => context.hostname,
      platform: () => 'linux',
      type: () => 'Linux',
      arch: () => 'x64',
      tmpdir: () => '/tmp',
      homedir: () => '/root',
      uptime: () => context.clock.now() / 1000,
      availableParallelism: () => 2,
      cpus: () => [{ model: 'maqueta' }, { model: 'maqueta' }],
      networkInterfaces: () => ({ eth0: [{ address: context.address, family: 'IPv4', internal: false }] }),
      EOL: '\n',
    }),
    process: () => globals.process as Record<string, unknown>,
    timers: () =>
      Object.fromEntries(['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'].map((name) => [name, globals[name]])),
    dns: () => createDnsModule(context, loop),
    events: () => Object.assign(EventEmitter, { EventEmitter }) as unknown as Record<string, unknown>,
    path: () => pathModule,
    util: () => ({ inspect: (value: unknown) => inspect(value), format: (...args: unknown[]) => format(args) }),
    url: () => ({ URL, URLSearchParams }),
    perf_hooks: () => ({ performance: globals.performance }),
    buffer: () => ({ Buffer: globals.Buffer }),
  };
  const built = new Map<string, Record<string, unknown>>();
  return (asked) => {
    const name = asked.replace(/^node:/, '');
    const builder = Object.hasOwn(builders, name) ? builders[name] : undefined;
    if (!builder) throw new NotInMaqueta(`la maqueta no tiene el módulo ${asked}`);
    let module = built.get(name);
    if (!module) built.set(name, (module = builder()));
    return module;
  };
}

function createDnsModule(context: ProcessContext, loop: EventLoop): Record<string, unknown> {
  const find = (host: string, done: (error: Error | null, addresses: readonly string[]) => void) =>
    loop.after(context.random.between(0.5, 2), () => {
      let answer = context.network.resolve(context.origin, host);
      for (let hops = 0; answer.kind === 'name' && hops < 8; hops++) answer = context.network.resolve(context.origin, `${answer.target.replace(/\.$/, '')}.`);
      if (answer.kind === 'addresses') done(null, answer.addresses);
      else done(connectionError('ENOTFOUND', host, 0, undefined), []);
    });
  const ask = (host: string, type: 'SRV' | 'CNAME', done: (answer: RecordAnswer) => void) =>
    loop.after(context.random.between(0.5, 2), () => done(context.network.query(context.origin, host, type)));
  return {
    lookup(host: string, ...rest: unknown[]) {
      const done = rest.pop() as (error: Error | null, address?: unknown, family?: number) => void;
      const isAll = (rest[0] as { all?: boolean } | undefined)?.all === true;
      find(host, (error, addresses) => {
        if (error) done(error);
        else if (isAll)
          done(
            null,
            addresses.map((address) => ({ address, family: 4 })),
          );
        else done(null, addresses[0], 4);
      });
    },
    resolve4(host: string, done: (error: Error | null, addresses?: readonly string[]) => void) {
      // `resolve4` pregunta al DNS tal cual, sin los sufijos de búsqueda.
      find(`${host.replace(/\.$/, '')}.`, (error, addresses) => {
        if (!error) return done(null, [...addresses]);
        done(queryError('queryA', 'ENOTFOUND', host));
      });
    },
    resolveSrv(host: string, done: (error: Error | null, records?: readonly ServiceRecord[]) => void) {
      ask(host, 'SRV', (answer) => (answer.kind === 'services' ? done(null, [...answer.records]) : done(refusal(answer, 'querySrv', host))));
    },
    resolveCname(host: string, done: (error: Error | null, names?: readonly string[]) => void) {
      ask(host, 'CNAME', (answer) => (answer.kind === 'name' ? done(null, [answer.target.replace(/\.$/, '')]) : done(refusal(answer, 'queryCname', host))));
    },
  };
}

const queryError = (syscall: string, code: string, hostname: string) =>
  Object.assign(new Error(`${syscall} ${code} ${hostname}`), { errno: undefined, code, syscall, hostname });

const refusal = ({ kind }: RecordAnswer, syscall: string, host: string) => queryError(syscall, kind === 'nxdomain' ? 'ENOTFOUND' : 'ENODATA', host);
